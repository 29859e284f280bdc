#include "cli/trace_text.hpp"

#include "cli/data_directory.hpp"
#include "host/log.hpp"
#include "model/utf8.hpp"
#include "sip/headers.hpp"
#include "sip/message.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <chrono>
#include <string_view>

namespace strowger::cli {

namespace {

using host::escaped;
using trace::Direction;
using trace::Packet;

constexpr std::size_t day_chars = 11;  // "2026-11-28 " of local_time()
constexpr std::size_t first_line_bytes_max = 200;  // more is cut in the one-line form

std::string time_of_day(trace::Time at) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(at);
  return fmt::format("{}.{:06}", local_time(whole).substr(day_chars), (at - whole).count());
}

std::string utc_microseconds(trace::Time at) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(at);
  return fmt::format("{}.{:06}Z", utc_time(whole).substr(0, 19), (at - whole).count());
}

const char* arrow(Direction direction) { return direction == Direction::in ? "──▶" : "◀──"; }

// What the start line does not say.
std::string notes(const sip::Message& message) {
  std::string text;
  const auto cseq = sip::cseq(message);
  if (!message.is_request() && cseq) {
    text += fmt::format("  ({} {})", cseq->number, escaped(cseq->method_text));
  }
  if (const auto type = sip::content_type(message); type && !message.body().empty()) {
    text += type->is("application", "sdp") ? "  SDP" : "  body";
  }
  return text + "  " + escaped(sip::call_id(message));
}

}  // namespace

std::string trace_line(const Packet& packet) {
  auto text = fmt::format("{}  {:<21}  {}  ", time_of_day(packet.at), packet.remote.text(),
                          arrow(packet.direction));
  const auto message = sip::Message::parse(packet.bytes);
  if (!message) return text + fmt::format("{} bytes that are no SIP\n", packet.bytes.size());
  return text + escaped(message->start_line().substr(0, first_line_bytes_max)) + notes(*message) +
         '\n';
}

std::string trace_whole(const Packet& packet) {
  auto text = fmt::format("{}  {} {} {} {}\n", time_of_day(packet.at),
                          sip::uri_name(packet.transport), packet.remote.text(),
                          arrow(packet.direction), packet.local.text());
  std::string_view rest = packet.bytes;
  while (!rest.empty()) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    text += escaped(line) + '\n';
  }
  return text + '\n';
}

std::string trace_json(const Packet& packet) {
  const auto message = sip::Message::parse(packet.bytes);
  const auto call_id = message ? sip::call_id(*message) : std::string_view();
  const auto text = [](std::string_view bytes) {
    return model::utf8_repaired(bytes, 3 * bytes.size());
  };
  return boost::json::serialize(boost::json::object{
             {"at", utc_microseconds(packet.at)},
             {"direction", packet.direction == Direction::in ? "in" : "out"},
             {"transport", sip::uri_name(packet.transport)},
             {"local", packet.local.text()},
             {"remote", packet.remote.text()},
             {"call_id", text(call_id)},
             {"message", text(packet.bytes)}}) +
         '\n';
}

}  // namespace strowger::cli
