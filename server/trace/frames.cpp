#include "trace/frames.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace strowger::trace {

namespace {

// "a b c" into pieces; false when there are more or fewer.
template <std::size_t N>
bool split(std::string_view line, std::array<std::string_view, N>& pieces) {
  for (std::size_t i = 0; i < N; ++i) {
    const auto end = line.find(' ');
    if ((end == std::string_view::npos) != (i + 1 == N)) return false;
    pieces[i] = line.substr(0, end);
    line.remove_prefix(std::min(pieces[i].size() + 1, line.size()));
  }
  return true;
}

template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<sip::Transport> transport(std::string_view name) {
  using sip::Transport;
  for (const auto each : {Transport::udp, Transport::tcp, Transport::tls, Transport::ws,
                          Transport::wss}) {
    if (sip::uri_name(each) == name) return each;
  }
  return std::nullopt;
}

auto nonsense(std::string_view line) {
  return complain("the server sent what is no frame of a trace: " +
                  std::string(line.substr(0, 80)));
}

}  // namespace

std::string frame(const Packet& packet) {
  const auto bytes = std::string_view(packet.bytes).substr(0, frame_payload_bytes_max);
  return fmt::format("packet {} {} {} {} {} {}\n{}", packet.at.time_since_epoch().count(),
                     packet.direction == Direction::in ? "in" : "out",
                     sip::uri_name(packet.transport), packet.local.text(), packet.remote.text(),
                     bytes.size(), bytes);
}

std::string frame(const Missed& missed) { return fmt::format("missed {}\n", missed.packets); }

Result<std::optional<FrameReader::Frame>, Complaint> FrameReader::next() {
  const auto end = waiting_.find('\n');
  if (end == std::string::npos) {
    if (waiting_.size() > frame_line_bytes_max) return nonsense(waiting_);
    return std::nullopt;
  }
  const auto line = waiting_.substr(0, end);
  if (!line.starts_with("missed ")) return read_packet(line);
  const auto missed = number<std::uint64_t>(std::string_view(line).substr(7));
  if (!missed) return nonsense(line);
  waiting_.erase(0, end + 1);
  return Frame{Missed{*missed}};
}

Result<std::optional<FrameReader::Frame>, Complaint> FrameReader::read_packet(
    std::string_view line) {
  std::array<std::string_view, 7> words;
  if (!split(line, words) || words[0] != "packet") return nonsense(line);
  const auto at = number<std::int64_t>(words[1]);
  const auto how = transport(words[3]);
  const auto local = Endpoint::parse(words[4]);
  const auto remote = Endpoint::parse(words[5]);
  const auto size = number<std::size_t>(words[6]);
  const bool in = words[2] == "in";
  if (!at || (!in && words[2] != "out") || !how || !local || !remote || !size ||
      *size > frame_payload_bytes_max) {
    return nonsense(line);
  }
  if (waiting_.size() - line.size() - 1 < *size) return std::nullopt;
  Packet packet{.direction = in ? Direction::in : Direction::out,
                .transport = *how,
                .local = *local,
                .remote = *remote,
                .at = Time(std::chrono::microseconds(*at)),
                .bytes = waiting_.substr(line.size() + 1, *size)};
  waiting_.erase(0, line.size() + 1 + *size);
  return Frame{std::move(packet)};
}

}  // namespace strowger::trace
