#include "model/response_check.hpp"

#include "model/param_check.hpp"
#include "model/reason_phrase.hpp"
#include "model/response_code.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace strowger::model {
namespace {

namespace json = boost::json;

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

bool is_control(char c) { return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7F; }

// Missing, null and "" all mean "not filled in".
const json::value* filled(const Block& block, std::string_view name) {
  const json::value* value = block.data.if_contains(name);
  if (value == nullptr || value->is_null()) return nullptr;
  return value->is_string() && value->get_string().empty() ? nullptr : value;
}

// A URI as it may stand between < and > in a header: no blanks, no brackets, no quotes.
bool is_plain_uri(std::string_view text, std::initializer_list<std::string_view> schemes) {
  if (text.size() > target_bytes_max) return false;
  const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
    return is_control(c) || static_cast<std::uint8_t>(c) >= 0x80 ||
           std::string_view(" <>\"{}|\\^`").find(c) != std::string_view::npos;
  });
  return clean && std::any_of(schemes.begin(), schemes.end(), [&](std::string_view scheme) {
           return text.size() > scheme.size() && text.starts_with(scheme);
         });
}

bool is_target(std::string_view text) { return is_plain_uri(text, {"sip:", "sips:", "tel:"}); }
bool is_contact(std::string_view text) {
  return is_plain_uri(text, {"https:", "http:", "sip:", "sips:"});
}

bool is_header_value(std::string_view text) {
  if (text.empty() || text.size() > header_value_bytes_max) return false;
  if (std::any_of(text.begin(), text.end(), is_control)) return false;
  return utf8_repaired(text, text.size()) == text;
}

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string code_name(int code) {
  const ResponseCode* row = find_code(code);
  return std::to_string(code) + (row == nullptr ? "" : " " + std::string(row->phrase));
}

// {{code}} and {{explanation}} in what is said about it.
Places places_of(int code) {
  return {{"code", code_name(code)}, {"explanation", std::string(code_explanation(code))}};
}

Words explained(int code) { return {"{{code}}: {{explanation}}", places_of(code)}; }

std::vector<std::string> targets_of(const Block& block) {
  std::vector<std::string> targets;
  const json::value* value = filled(block, "redirect_to");
  if (value == nullptr || !value->is_array()) return targets;
  for (const json::value& item : value->get_array()) {
    if (targets.size() >= redirect_targets_max) break;
    if (item.is_string() && is_target(view(item.get_string()))) {
      targets.emplace_back(view(item.get_string()));
    }
  }
  return targets;
}

class ResponseChecker {
 public:
  ResponseChecker(const Block& block, std::string_view answered_by)
      : block_(block), answered_by_(answered_by) {}

  Findings check() {
    const std::optional<int> code = read_code();
    if (code) check_code(*code);
    check_message();
    if (code) check_retry_after(*code);
    check_cause();
    check_targets();
    check_contact();
    check_headers();
    check_answered();
    return std::move(findings_);
  }

 private:
  void note(Severity severity, const char* code, const std::string& member, Words text,
            Words hint = {}) {
    std::string pointer = block_.pointer + "/data";
    if (!member.empty()) pointer += "/" + member;
    add_finding(findings_, finding_in_words(severity, code, std::move(pointer), block_.id,
                                            std::move(text), std::move(hint)));
  }

  std::optional<int> read_code();
  void check_code(int code);
  void check_asked(int code);
  void check_message();
  void check_retry_after(int code);
  void check_cause();
  void check_targets();
  void check_contact();
  void check_headers();
  void check_answered();

  const Block& block_;
  std::string_view answered_by_;
  Findings findings_;
};

std::optional<int> ResponseChecker::read_code() {
  const json::value* value = filled(block_, "code");
  if (value == nullptr) {
    note(Severity::info, "default-code", "code", "No SIP code is chosen; 486 Busy Here is sent.");
    return response_code_default;
  }
  const auto number = as_integer(*value);
  if (number && *number >= 0 && *number <= 999) return static_cast<int>(*number);
  note(Severity::error, "no-such-code", "code",
       "This is no SIP code: one is a whole number from 300 to 699.",
       std::string(code_instead(0)));
  return std::nullopt;
}

void ResponseChecker::check_code(int code) {
  const std::string instead(code_instead(code));
  const ResponseCode* row = find_code(code);
  switch (verdict(code)) {
    case Verdict::ok: break;
    case Verdict::ask: check_asked(code); break;
    case Verdict::automatic:
      note(Severity::info, "companion-header", "code",
           {"The header {{header}} is added by itself.",
            {{"header", std::string(companion_name(row->companion))}}});
      break;
    case Verdict::warn:
      note(Severity::warning, row == nullptr ? "unregistered-code" : "doubtful-code", "code",
           explained(code), instead);
      break;
    case Verdict::no:
      note(Severity::error, code < 100 || code > 699 ? "no-such-code" : "refused-code", "code",
           {"{{code}} cannot be sent from here. {{explanation}}", places_of(code)}, instead);
      break;
  }
  if (row != nullptr && row->doubtful) {
    note(Severity::warning, "doubtful-code", "code", explained(code), instead);
  }
}

void ResponseChecker::check_asked(int code) {
  constexpr int rejected = 608;
  if (code == rejected) {
    if (filled(block_, "contact") != nullptr) return;
    note(Severity::warning, "contact-missing", "code",
         {"608 Rejected without contact data: {{explanation}}", places_of(code)},
         "Fill the contact data, or use 607.");
    if (filled(block_, "media") != nullptr) return;
    note(Severity::error, "media-needed", "media",
         "608 Rejected without contact data needs an announcement that says whom to ask.",
         std::string(code_instead(code)));
    return;
  }
  if (!targets_of(block_).empty()) return;
  note(Severity::error, "redirect-missing", "code",
       {"{{code}} needs the addresses that the caller shall try instead. {{explanation}}",
        places_of(code)},
       std::string(code_instead(code)));
}

void ResponseChecker::check_message() {
  const json::value* value = filled(block_, "message");
  if (value == nullptr || !value->is_string()) return;  // other types are the schema's business
  const std::string_view message = view(value->get_string());
  if (const auto checked = check_phrase(message); !checked) {
    const PhraseError& error = checked.error();
    note(Severity::error, "bad-message", "message",
         {"Byte {{byte}} of the message: {{what}}.",
          {{"byte", std::to_string(error.offset)}, {"what", error.what}}},
         {"Write “{{repaired}}”, for example.", {{"repaired", repaired_phrase(message)}}});
  } else if (!is_ascii(message)) {
    note(Severity::warning, "message-not-ascii", "message",
         "Many phones show only ASCII characters of the message; it is sent as it stands.");
  }
}

void ResponseChecker::check_retry_after(int code) {
  const json::value* value = filled(block_, "retry_after");
  if (value == nullptr) return;
  const auto seconds = as_integer(*value);
  if (!seconds || *seconds < 0 || *seconds > retry_after_seconds_max) {
    note(Severity::error, "bad-retry-after", "retry_after",
         {"Retry-After is a whole number of seconds from 0 to {{maximum}}.",
          {{"maximum", std::to_string(retry_after_seconds_max)}}});
  } else if (!may_carry_retry_after(code)) {
    note(Severity::error, "retry-after-not-allowed", "retry_after",
         {"{{code}} does not carry Retry-After (RFC 3261 20.33).", places_of(code)},
         "Only 404, 413, 480, 486, 500, 503, 600 and 603 do.");
  }
}

void ResponseChecker::check_cause() {
  const json::value* value = filled(block_, "q850_cause");
  if (value == nullptr) return;
  if (value->is_string() && value->get_string() == "none") return;
  const auto cause = as_integer(*value);
  if (cause && *cause >= q850_cause_min && *cause <= q850_cause_max) return;
  note(Severity::error, "bad-cause", "q850_cause",
       "A Q.850 cause is a whole number from 1 to 127, or “none”.");
}

void ResponseChecker::check_targets() {
  const json::value* value = filled(block_, "redirect_to");
  if (value == nullptr) return;
  if (!value->is_array()) {
    return note(Severity::error, "bad-target", "redirect_to",
                "This must be an array of addresses.");
  }
  const json::array& items = value->get_array();
  if (items.size() > redirect_targets_max) {
    note(Severity::error, "too-many", "redirect_to",
         {"At most {{maximum}} addresses are allowed.",
          {{"maximum", std::to_string(redirect_targets_max)}}});
  }
  for (std::size_t i = 0; i < items.size() && i < redirect_targets_max; ++i) {
    if (items[i].is_string() && is_target(view(items[i].get_string()))) continue;
    note(Severity::error, "bad-target", "redirect_to/" + std::to_string(i),
         {"This is no sip: or tel: address of at most {{maximum}} bytes.",
          {{"maximum", std::to_string(target_bytes_max)}}},
         "Write it as sip:user@host or tel:+49….");
  }
}

void ResponseChecker::check_contact() {
  const json::value* value = filled(block_, "contact");
  if (value == nullptr) return;
  if (value->is_string() && is_contact(view(value->get_string()))) return;
  note(Severity::error, "bad-contact", "contact",
       {"The contact data is the https: or sip: address of a signed jCard, at most {{maximum}} "
        "bytes.",
        {{"maximum", std::to_string(target_bytes_max)}}});
}

void ResponseChecker::check_headers() {
  const json::value* value = filled(block_, "extra_headers");
  if (value == nullptr) return;
  if (!value->is_object()) {
    return note(Severity::error, "bad-header", "extra_headers",
                "This must be an object: header name to value.");
  }
  if (value->get_object().size() > extra_headers_max) {
    note(Severity::error, "too-many", "extra_headers",
         {"At most {{maximum}} headers are allowed.",
          {{"maximum", std::to_string(extra_headers_max)}}});
  }
  for (const auto& member : value->get_object()) {
    const std::string name(member.key().data(), member.key().size());
    const std::string at = "extra_headers/" + pointer_token(name);
    if (!is_safe_extra_header(name)) {
      note(Severity::error, "header-not-allowed", at, "This header may not be set here.",
           "Use X-…, Error-Info, Call-Info, Organization or Server.");
    } else if (!member.value().is_string() ||
               !is_header_value(view(member.value().get_string()))) {
      note(Severity::error, "bad-header", at,
           {"The value is a text of 1 to {{maximum}} bytes without control characters.",
            {{"maximum", std::to_string(header_value_bytes_max)}}});
    }
  }
}

void ResponseChecker::check_answered() {
  if (answered_by_.empty()) return;
  note(Severity::warning, "already-answered", "",
       {"The {{title}} above answers the call, so the caller gets no SIP code: the call is ended "
        "by BYE, with the code in its Reason header.",
        {{"title", std::string(answered_by_)}}},
       "Let the block above play without answering, or put the Response before it.");
}

std::optional<int> effective_cause(const Block& block, int code) {
  const json::value* value = filled(block, "q850_cause");
  if (value == nullptr) return q850_cause(code);
  if (value->is_string() && value->get_string() == "none") return std::nullopt;
  const auto cause = as_integer(*value);
  const bool sane = cause && *cause >= q850_cause_min && *cause <= q850_cause_max;
  return sane ? std::optional(static_cast<int>(*cause)) : q850_cause(code);
}

int effective_code(const Block& block) {
  const json::value* value = filled(block, "code");
  const auto number = value == nullptr ? std::nullopt : as_integer(*value);
  if (!number || *number < 300 || *number > 699) return response_code_default;
  const int code = static_cast<int>(*number);
  if (verdict(code) == Verdict::no) return response_code_default;
  const bool untargeted = code < 400 && targets_of(block).empty();
  return untargeted ? response_code_default : code;
}

}  // namespace

Findings check_response(const Block& block, std::string_view answered_by) {
  return ResponseChecker(block, answered_by).check();
}

bool is_safe_extra_header(std::string_view name) {
  if (name.empty() || name.size() > header_name_bytes_max) return false;
  if (!std::all_of(name.begin(), name.end(), is_token_char)) return false;
  const std::string low = lower(name);
  constexpr std::string_view allowed[] = {"error-info", "call-info", "organization", "server"};
  return (low.size() > 2 && low.starts_with("x-")) ||
         std::find(std::begin(allowed), std::end(allowed), low) != std::end(allowed);
}

ResponseSettings read_response(const Block& block) {
  ResponseSettings settings;
  settings.code = effective_code(block);
  const std::string_view message = block.text("message");
  const bool blank = message.find_first_not_of(" \t") == std::string_view::npos;
  settings.phrase = !blank && check_phrase(message)
                        ? std::string(message)
                        : std::string(default_phrase(settings.code));
  settings.media = block.text("media");
  settings.q850_cause = effective_cause(block, settings.code);
  if (const json::value* value = filled(block, "retry_after")) {
    const auto seconds = as_integer(*value);
    const bool sane = seconds && *seconds >= 0 && *seconds <= retry_after_seconds_max;
    if (sane && may_carry_retry_after(settings.code)) settings.retry_after = *seconds;
  }
  settings.redirect_to = targets_of(block);
  if (is_contact(block.text("contact"))) settings.contact = block.text("contact");
  const json::value* headers = filled(block, "extra_headers");
  if (headers == nullptr || !headers->is_object()) return settings;
  for (const auto& member : headers->get_object()) {
    const std::string_view name(member.key().data(), member.key().size());
    const bool room = settings.extra_headers.size() < extra_headers_max;
    if (!room || !is_safe_extra_header(name) || !member.value().is_string()) continue;
    const std::string_view text = view(member.value().get_string());
    if (is_header_value(text)) settings.extra_headers.emplace_back(name, text);
  }
  return settings;
}

}  // namespace strowger::model
