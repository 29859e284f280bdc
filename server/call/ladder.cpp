#include "call/ladder.hpp"

#include "sip/headers.hpp"

#include <optional>

namespace strowger::call {

namespace {

void put_cseq(const std::optional<sip::CSeq>& cseq, model::LadderLine& line) {
  if (!cseq) return;
  line.cseq = cseq->number;
  line.method = cseq->method_text;
}

}  // namespace

model::LadderLine ladder_line(std::int64_t at_ms, model::Direction direction,
                              const sip::Message& message) {
  model::LadderLine line{.at_ms = at_ms, .direction = direction};
  line.first_line = message.start_line();
  put_cseq(sip::cseq(message), line);
  if (!message.body().empty())
    line.note = message.header(sip::HeaderName::content_type).value_or("body");
  return line;
}

model::LadderLine ladder_line(std::int64_t at_ms, model::Direction direction,
                              std::string_view bytes) {
  model::LadderLine line{.at_ms = at_ms, .direction = direction};
  const auto head = bytes.substr(0, bytes.find("\r\n\r\n"));
  line.first_line = head.substr(0, head.find("\r\n"));
  const auto header = [&](std::string_view name) {
    const auto at = head.find(name);
    if (at == std::string_view::npos) return std::string_view();
    const auto value = head.substr(at + name.size());
    return value.substr(0, value.find("\r\n"));
  };
  put_cseq(sip::CSeq::parse(header("\r\nCSeq: ")), line);
  if (head.size() + 4 < bytes.size()) line.note = header("\r\nContent-Type: ");
  return line;
}

std::string product_name(const sip::Message& message) {
  auto name = message.header(sip::HeaderName::user_agent);
  if (!name) name = message.header(sip::HeaderName::server);
  return std::string(name.value_or(std::string_view()).substr(0, model::record_name_bytes_max));
}

}  // namespace strowger::call
