#include "sim/phone_messages.hpp"

#include "sip/grammar.hpp"
#include "sip/headers.hpp"

namespace strowger::sim {

std::string_view message_method(const sip::Message& message) {
  if (message.is_request()) return message.method_text();
  const auto cseq = sip::cseq(message);
  return cseq ? cseq->method_text : std::string_view{};
}

std::uint32_t message_sequence(const sip::Message& message) {
  const auto cseq = sip::cseq(message);
  return cseq ? cseq->number : 0;
}

std::string start_word(const sip::Message& message) {
  return message.is_request() ? std::string(message.method_text())
                              : std::to_string(message.status());
}

std::optional<std::string> joined_header(const sip::Message& message, std::string_view name) {
  const sip::HeaderName known = sip::header_name_from(name);
  std::optional<std::string> joined;
  for (const auto& header : message.headers()) {
    const bool same =
        known == sip::HeaderName::other ? sip::iequals(header.text, name) : header.name == known;
    if (!same) continue;
    if (joined) {
      *joined += ", ";
      *joined += header.value;
    } else {
      joined = std::string(header.value);
    }
  }
  return joined;
}

std::string summary(const sip::Message& message) {
  if (message.is_request()) return std::string(message.method_text());
  std::string text = std::to_string(message.status());
  if (!message.reason_phrase().empty()) text += " " + std::string(message.reason_phrase());
  text += " (" + std::string(message_method(message)) + ")";
  return text;
}

}  // namespace strowger::sim
