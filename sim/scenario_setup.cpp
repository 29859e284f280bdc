// The set-up of a scenario: the caller, its line, the network, limits, prompts.
#include "sim/scenario_parser.hpp"

#include "model/identifier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace strowger::sim {
namespace {

constexpr std::array codecs_known = {"pcmu", "pcma", "g729", "g722", "opus", "gsm"};

[[noreturn]] void no_such(std::string_view what, std::string_view word) {
  throw BadStatement(fmt::format("there is no {} `{}`, see docs/scenarios.md", what, word));
}

std::vector<std::string> comma_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    items.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

void read_offer(std::string_view value, PhoneOptions& phone) {
  if (value == "none") {
    phone.offer = false;
    return;
  }
  phone.codecs = comma_list(value);
  for (const std::string& codec : phone.codecs) {
    if (std::find(codecs_known.begin(), codecs_known.end(), codec) == codecs_known.end()) {
      no_such("codec", codec);
    }
  }
}

template <class Value>
Value choose(std::string_view what, std::string_view value,
             std::initializer_list<std::pair<std::string_view, Value>> choices) {
  for (const auto& [name, chosen] : choices) {
    if (name == value) return chosen;
  }
  no_such(what, value);
}

bool read_flag(std::string_view word, PhoneOptions& phone) {
  if (word == "anonymous") phone.anonymous = true;
  else if (word == "srtp") phone.srtp = true;
  else if (word == "no-events") phone.events = false;
  else if (word == "port-zero") phone.port_zero = true;
  else return false;
  return true;
}

bool read_media_option(const KeyValue& option, PhoneOptions& phone) {
  using sdp::Direction;
  if (option.key == "offer") {
    read_offer(option.value, phone);
  } else if (option.key == "direction") {
    phone.direction = choose<Direction>("direction", option.value,
                                        {{"sendrecv", Direction::sendrecv},
                                         {"sendonly", Direction::sendonly},
                                         {"recvonly", Direction::recvonly},
                                         {"inactive", Direction::inactive}});
  } else if (option.key == "media-address") {
    phone.media_address = unquoted(option.value);
  } else if (option.key == "body") {
    phone.body = unquoted(option.value);
  } else if (option.key == "speaks") {
    const auto hz = option.value.ends_with("Hz")
                        ? parse_decimal(option.value.substr(0, option.value.size() - 2))
                        : std::nullopt;
    if (!hz) throw BadStatement("speaks=440Hz");
    phone.speaks_hz = *hz;
  } else if (option.key == "body-type") {
    phone.body_type = unquoted(option.value);
  } else {
    return false;
  }
  return true;
}

bool read_sip_option(const KeyValue& option, PhoneOptions& phone) {
  using Reliable = sip::Invitation::Reliable;
  if (option.key == "100rel") {
    phone.reliable = choose<Reliable>("100rel", option.value,
                                      {{"none", Reliable::unsupported},
                                       {"supported", Reliable::supported},
                                       {"required", Reliable::required}});
  } else if (option.key == "from") {
    phone.user = unquoted(option.value);
  } else if (option.key == "name") {
    phone.display_name = unquoted(option.value);
  } else if (option.key == "to") {
    phone.to = unquoted(option.value);
  } else if (option.key == "early") {
    phone.early_media_header = choose<bool>("early", option.value, {{"supported", true}});
  } else if (option.key == "header") {
    phone.headers.push_back(header_line(unquoted(option.value)));
  } else {
    return false;
  }
  return true;
}

bool read_session_timer(const KeyValue& option, PhoneOptions& phone) {
  if (option.key != "timer") return false;
  const auto wanted = parse_duration(option.value);
  if (!wanted) throw BadStatement("timer= is a time such as 600s; 0s: known, and never asked for");
  phone.session_timer = {.known = true, .wanted = *wanted};
  return true;
}

bool read_line_option(const KeyValue& option, Scenario& scenario) {
  if (option.key == "transport") {
    scenario.transport = choose<sip::Transport>(
        "transport", option.value, {{"udp", sip::Transport::udp}, {"tcp", sip::Transport::tcp}});
  } else if (option.key == "ip") {
    scenario.v6 = choose<bool>("ip", option.value, {{"v4", false}, {"v6", true}});
  } else if (option.key == "address") {
    scenario.address = IpAddress::parse(option.value);
    if (!scenario.address) throw BadStatement("address= wants an IP address");
    scenario.v6 = scenario.address->is_v6();
  } else if (option.key == "device") {
    scenario.caller_device = unquoted(option.value);
  } else {
    return false;
  }
  return true;
}

void read_fault(const KeyValue& option, std::string_view name, Faults& faults) {
  const auto share = [&] {
    const auto value = parse_share(option.value);
    if (!value) throw BadStatement(fmt::format("{} is a share such as 10%", option.key));
    return *value;
  };
  const auto time = [&] {
    const auto value = parse_duration(option.value);
    if (!value) throw BadStatement(fmt::format("{} is a time such as 100ms", option.key));
    return *value;
  };
  if (name == "loss") faults.loss = share();
  else if (name == "duplicate") faults.duplicate = share();
  else if (name == "reorder") faults.reorder = share();
  else if (name == "split") faults.split = share();
  else if (name == "delay") faults.delay = time();
  else if (name == "jitter") faults.jitter = time();
  else no_such("network fault", option.key);
}

}  // namespace

void read_caller(Words& words, Scenario& scenario) {
  while (!words.done()) {
    const std::string_view word = words.next();
    const KeyValue option = split_key(word);
    const bool known = option.sign == '=' ? read_media_option(option, scenario.phone) ||
                                                read_sip_option(option, scenario.phone) ||
                                                read_session_timer(option, scenario.phone) ||
                                                read_line_option(option, scenario)
                                          : read_flag(word, scenario.phone);
    if (!known) no_such("caller option", word);
  }
}

void read_phone(Words& words, Scenario& scenario) {
  PhoneSpec spec;
  spec.name = words.need("the phone's name");
  if (!model::is_identifier(spec.name) || spec.name == "caller") {
    throw BadStatement(fmt::format("`{}` is no name for a phone", spec.name));
  }
  if (scenario.find_phone(spec.name) != nullptr) {
    throw BadStatement(fmt::format("there is a phone {} already", spec.name));
  }
  while (!words.done()) {
    const std::string_view word = words.next();
    const KeyValue option = split_key(word);
    bool known = false;
    if (option.sign == '=' && option.key == "device") {
      spec.device = unquoted(option.value);
      known = true;
    } else if (word == "out-of-reach") {
      spec.out_of_reach = known = true;
    } else {
      known = option.sign == '=' ? read_media_option(option, spec.options) ||
                                       read_session_timer(option, spec.options)
                                 : read_flag(word, spec.options);
    }
    if (!known) no_such("phone option", word);
  }
  scenario.phones.push_back(std::move(spec));
}

void read_loss(Words& words, Scenario& scenario) {
  Loss loss;
  if (words.take("first")) {
    loss.which = Loss::Which::first;
  } else if (words.take("after")) {
    words.need("`first`");
    loss.which = Loss::Which::after_first;
  } else {
    words.take("all");
  }
  if (const auto count = parse_decimal(words.peek()); count && *count < 100) {
    loss.count = static_cast<int>(*count);
    words.next();
  }
  loss.received = words.take("<-");
  loss.what = words.need("the message that gets lost");
  if (loss.what.front() >= '1' && loss.what.front() <= '6') loss.received = true;
  if (words.take("to")) loss.cseq_method = words.need("the method that it answers");
  words.expect_end();
  scenario.phone.losses.push_back(std::move(loss));
}

void read_net(Words& words, Scenario& scenario) {
  scenario.faulty = true;
  while (!words.done()) {
    const KeyValue option = split_key(words.next());
    constexpr std::string_view to_server = "to-server-";
    constexpr std::string_view to_caller = "to-caller-";
    if (option.key.starts_with(to_server)) {
      read_fault(option, option.key.substr(to_server.size()), scenario.to_server);
    } else if (option.key.starts_with(to_caller)) {
      read_fault(option, option.key.substr(to_caller.size()), scenario.to_caller);
    } else {
      read_fault(option, option.key, scenario.to_server);
      read_fault(option, option.key, scenario.to_caller);
    }
  }
}

void read_limits(Words& words, Scenario& scenario) {
  call::Limits& call = scenario.limits;
  const std::pair<std::string_view, Duration*> times[] = {
      {"early_media_max", &call.early_media_max},
      {"unanswered_max", &call.unanswered_max},
      {"call_max", &call.call_max},
      {"prack_wait", &call.prack_wait},
      {"progress_repeat_first", &call.progress_repeat_first},
      {"progress_repeat", &call.progress_repeat},
      {"keypress_max", &call.keypress_max},
      {"session_expires", &call.session_expires},
      {"session_expires_min", &call.session_expires_min},
  };
  const std::pair<std::string_view, std::size_t*> counts[] = {
      {"calls_max", &call.calls_max},
      {"ladder_max", &call.ladder_max},
      {"path_max", &call.path_max},
      {"digits_max", &call.digits_max},
      {"variable_bytes_max", &call.variable_bytes_max},
      {"variables_max", &call.variables_max},
      {"steps_max", &scenario.flow_limits.steps_max},
      {"depth_max", &scenario.flow_limits.depth_max},
  };
  while (!words.done()) {
    const KeyValue option = split_key(words.next());
    bool known = false;
    for (const auto& [name, limit] : times) {
      const auto value = parse_duration(option.value);
      if (name != option.key || !value) continue;
      *limit = *value;
      known = true;
    }
    for (const auto& [name, limit] : counts) {
      const auto value = parse_decimal(option.value);
      if (name != option.key || !value) continue;
      *limit = static_cast<std::size_t>(*value);
      known = true;
    }
    if (!known) no_such("limit", fmt::format("{}={}", option.key, option.value));
  }
  if (scenario.virtual_only.empty()) scenario.virtual_only = "has limits of its own";
}

void read_media(Words& words, Scenario& scenario) {
  MediaSpec media{std::string(words.need("the media's id")), {}};
  if (!model::is_identifier(media.id)) {
    throw BadStatement(fmt::format("`{}` is no id: letters, digits, - and _ only", media.id));
  }
  if (scenario.find_media(media.id) != nullptr) {
    throw BadStatement(fmt::format("there is a media {} already", media.id));
  }
  while (!words.done()) {
    const std::string_view word = words.next();
    const auto hz =
        word.ends_with("Hz") ? parse_decimal(word.substr(0, word.size() - 2)) : std::nullopt;
    if (!hz && word != "silence")
      throw BadStatement(fmt::format("`{}` is neither 440Hz nor silence", word));
    const Duration length = words.duration("the length of the tone");
    media.stretches.push_back(
        {hz ? *hz : Stretch::silence_hz, std::chrono::duration_cast<Milliseconds>(length)});
  }
  if (media.stretches.empty()) throw BadStatement("media: closed 440Hz 2.4s");
  scenario.media.push_back(std::move(media));
}

void read_record(Words& words, int line, Scenario& scenario) {
  while (!words.done()) {
    RecordCheck check;
    check.line = line;
    if (words.take("no")) {
      check.name = words.need("a field name");
      check.kind =
          check.name == "record" ? RecordCheck::Kind::no_record : RecordCheck::Kind::absent;
      scenario.record_checks.push_back(std::move(check));
      continue;
    }
    const KeyValue field = split_key(words.next());
    if (field.sign == 0)
      throw BadStatement(fmt::format("`{}` is not name=value or name~\"part\"", field.key));
    check.name = field.key;
    check.kind = field.sign == '~' ? RecordCheck::Kind::contains : RecordCheck::Kind::equals;
    std::string_view value = field.value;
    if (const std::size_t sign = value.find("±");
        sign != std::string_view::npos && value.front() != '"') {
      const auto tolerance = parse_decimal(value.substr(sign + std::string_view("±").size()));
      if (!tolerance) throw BadStatement(fmt::format("`{}` is not such as 2400±40", value));
      check.tolerance = *tolerance;
      value = value.substr(0, sign);
    }
    check.value = unquoted(value);
    scenario.record_checks.push_back(std::move(check));
  }
}

}  // namespace strowger::sim
