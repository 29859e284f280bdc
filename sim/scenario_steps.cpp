// The steps of a scenario: what the caller does, and what it must get and hear.
#include "sim/scenario_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace strowger::sim {
namespace {

constexpr std::string_view keypad = "0123456789*#ABCD";

bool is_code(std::string_view word) {
  return word.size() == 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_method(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string need_digits(Words& words) {
  const std::string digits(words.need("the digits"));
  if (digits.find_first_not_of(keypad) != std::string::npos) {
    throw BadStatement(fmt::format("`{}` is not made of keys {}", digits, keypad));
  }
  return digits;
}

void read_timing(Words& words, Act& act) {
  if (words.take("at")) act.at = words.duration("the time after `at`");
  else if (words.take("after")) act.after = words.duration("the time after `after`");
  words.expect_end();
}

Reoffer read_reoffer(Words& words) {
  if (words.take("hold")) return Reoffer::hold;
  if (words.take("resume")) return Reoffer::resume;
  if (words.take("plain")) return Reoffer::plain;
  return Reoffer::same;
}

int read_times(Words& words) {
  const std::string_view word = words.peek();
  if (word.size() < 2 || word[0] != 'x') return 1;
  const auto times = parse_decimal(word.substr(1));
  if (!times || *times < 1 || *times > 10'000) throw BadStatement("x20 means twenty times");
  words.next();
  return static_cast<int>(*times);
}

// "SUBSCRIBE dialog 1001 [for 300s]", "SUBSCRIBE end".
void read_subscribe(Words& words, Act& act) {
  if (words.take("end")) {
    act.kind = Act::Kind::unsubscribe;
    return;
  }
  act.kind = Act::Kind::subscribe;
  act.event = words.need("dialog or message-summary");
  act.user = unquoted(words.need("who is watched"));
  if (!words.take("for")) return;
  act.lasts = std::chrono::duration_cast<std::chrono::seconds>(words.duration("how long"));
}

std::variant<Act, Expect, Sent, Hear> read_doing(Words& words) {
  const std::string word(words.need("what the caller does"));
  if (word == "digits") return read_digits(words);
  if (word == "ACK" || word == "PRACK") {
    words.expect_end();
    return Sent{word};
  }
  Act act;
  if (word == "INVITE") {
    act.kind = words.take("again") ? Act::Kind::repeat_invite : Act::Kind::invite;
    act.times = read_times(words);
  } else if (word == "CANCEL") {
    act.kind = Act::Kind::cancel;
  } else if (word == "BYE") {
    act.kind = Act::Kind::bye;
  } else if (word == "INFO" && words.take("digit")) {
    act.kind = Act::Kind::info_digit;
    act.digits = need_digits(words);
    if (act.digits.size() != 1) throw BadStatement("one INFO carries one digit");
  } else if (word == "re-INVITE" || word == "UPDATE") {
    act.kind = word == "UPDATE" ? Act::Kind::update : Act::Kind::reinvite;
    act.how = read_reoffer(words);
  } else if (word == "REFER") {
    act.kind = Act::Kind::refer;
    act.refer_to = unquoted(words.need("the number or Refer-To value after REFER"));
  } else if (word == "SUBSCRIBE") {
    read_subscribe(words, act);
  } else if (word == "MESSAGE") {
    act.kind = Act::Kind::message;
    act.user = unquoted(words.need("whom the MESSAGE is for"));
    act.text = unquoted(words.need("the text, in quotes"));
  } else if (word == "vanish") {
    act.kind = Act::Kind::vanish;
  } else {
    throw BadStatement(
        fmt::format("a caller can't `{}`; it can INVITE, CANCEL, BYE, ACK, PRACK, digits 12, "
                    "INFO digit 5, re-INVITE, UPDATE, REFER 1003, SUBSCRIBE dialog 1001, "
                    "MESSAGE 1001 \"text\", vanish",
                    word));
  }
  read_timing(words, act);
  return act;
}

void add_header(Words& words, Phone::Response& response) {
  response.headers.push_back(header_line(unquoted(split_key(words.next()).value)));
}

Act read_response(std::string_view code, Words& words) {
  Act act;
  act.kind = Act::Kind::respond;
  act.response.code = std::stoi(std::string(code));
  while (!words.done()) {
    if (words.peek().front() == '"') act.response.phrase = unquoted(words.next());
    else if (words.take("early-media")) act.response.described = true;
    else if (words.take("reliable")) act.response.reliable = true;
    else if (words.peek().starts_with("header=")) add_header(words, act.response);
    else break;
  }
  read_timing(words, act);
  return act;
}

Hear read_early_media(Words& words) {
  Hear hear;
  hear.kind = Hear::Kind::media;
  hear.media = words.need("the media's id after early-media");
  const std::string_view bracket = words.peek();
  if (bracket.size() >= 2 && bracket.front() == '(') {
    Words inside(bracket.substr(1, bracket.size() - 2));
    hear.length = inside.duration("the length in brackets");
    if (const auto tolerance = inside.maybe_tolerance()) hear.tolerance = *tolerance;
    inside.expect_end();
    words.next();
  }
  return hear;
}

bool read_check(Words& words, Expect& expect) {
  for (const auto& [word, kind] :
       {std::pair{"has", HeaderCheck::Kind::present}, std::pair{"no", HeaderCheck::Kind::absent}}) {
    if (!words.take(word)) continue;
    expect.checks.push_back({kind, std::string(words.need("a header name")), ""});
    return true;
  }
  const KeyValue pair = split_key(words.peek());
  if (pair.sign == 0) return false;
  expect.checks.push_back(
      {pair.sign == '~' ? HeaderCheck::Kind::contains : HeaderCheck::Kind::exact,
       std::string(pair.key), unquoted(pair.value)});
  words.next();
  return true;
}

Expect read_getting(Words& words) {
  Expect expect;
  expect.word = words.need("the code or method that comes");
  if (is_code(expect.word)) {
    expect.answers = "INVITE";
  } else if (!is_method(expect.word)) {
    throw BadStatement(fmt::format("`{}` is neither a code nor a method", expect.word));
  }
  while (!words.done()) {
    if (words.peek().front() == '"') {
      expect.phrase = unquoted(words.next());
    } else if (words.take("to")) {
      expect.answers = words.need("the method it answers");
    } else if (words.take("early-media")) {
      expect.early_media = read_early_media(words);
    } else if (words.take("within")) {
      expect.within = words.duration("the time after `within`");
    } else if (words.take("at")) {
      expect.at = At{words.duration("the time after `at`")};
      if (const auto tolerance = words.maybe_tolerance()) expect.at->tolerance = *tolerance;
    } else if (!read_check(words, expect)) {
      words.expect_end();
    }
  }
  return expect;
}

}  // namespace

Act read_digits(Words& words) {
  Act act;
  act.kind = Act::Kind::digits;
  act.digits = need_digits(words);
  read_timing(words, act);
  return act;
}

Hear read_hear(Words& words) {
  Hear hear;
  const std::string word(words.need("what is heard"));
  if (word == "nothing" || word == "anything") {
    hear.kind = word == "nothing" ? Hear::Kind::nothing : Hear::Kind::anything;
    words.expect_end();
    return hear;
  }
  const auto hz = word.ends_with("Hz")
                      ? parse_decimal(std::string_view(word).substr(0, word.size() - 2))
                      : std::nullopt;
  hear.kind = hz ? Hear::Kind::tone : Hear::Kind::media;
  if (hz) hear.hz = *hz;
  else hear.media = word;
  hear.length = words.maybe_duration();
  if (const auto tolerance = words.maybe_tolerance()) hear.tolerance = *tolerance;
  words.expect_end();
  return hear;
}

Step read_phone_step(Words& words) {
  Step step;
  const std::string_view what = words.need("->, <- or hears");
  if (what == "hears") {
    step.what = read_hear(words);
  } else if (what == "->" && is_code(words.peek())) {
    const std::string code(words.next());
    step.what = read_response(code, words);
  } else if (what == "->") {
    step.what = read_doing(words);
  } else if (what == "<-") {
    step.what = read_getting(words);
  } else {
    throw BadStatement(fmt::format("a phone `->`, `<-` or `hears`, not `{}`", what));
  }
  return step;
}

Step read_caller_step(Words& words) {
  Step step;
  const std::string_view arrow = words.need("-> or <-");
  if (arrow == "->") {
    step.what = read_doing(words);
  } else if (arrow == "<-") {
    step.what = read_getting(words);
  } else {
    throw BadStatement(fmt::format("`caller ->` or `caller <-`, not `caller {}`", arrow));
  }
  return step;
}

}  // namespace strowger::sim
