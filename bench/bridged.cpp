#include "bridged.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <random>

namespace strowger::bench {

namespace {

constexpr std::uint64_t caller_key = std::uint64_t{1} << 32;
constexpr std::uint64_t phone_key = caller_key + 1;
constexpr int events_max = 256;
constexpr double settle_s = 1.0;  // after the last call is up, and after the last packet
constexpr std::string_view ip = "127.0.0.1";
constexpr DatagramSocket::Options stamped{.blocking = false, .stamped = true};

void watch(int epoll, const DatagramSocket& socket, std::uint64_t key) {
  epoll_event event{.events = EPOLLIN, .data = {.u64 = key}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, socket.fd(), &event);
}

}  // namespace

BridgedCalls::BridgedCalls(const BridgedPlan& plan)
    : plan_(plan),
      text_(std::string(ip), plan.server, plan.server_port),
      run_(fmt::format("z9hG4bKd{:08x}-", std::random_device()())),
      server_(address_of(plan.server, plan.server_port)),
      epoll_(epoll_create1(0)),
      caller_(address_of(std::string(ip), 0), stamped),
      phone_(address_of(std::string(ip), 0), stamped),
      streams_(plan.talk_s > 0 ? 2 * plan.calls : 2, std::string(ip), epoll_, 0),
      calls_(plan.calls),
      phone_peers_(plan.calls) {
  watch(epoll_, caller_, caller_key);
  watch(epoll_, phone_, phone_key);
}

BridgedCalls::~BridgedCalls() { close(epoll_); }

void BridgedCalls::relay_through(std::vector<std::uint16_t> ports) {
  plan_.relay_ports = std::move(ports);
}

void BridgedCalls::run() {
  if (!plan_.relay_ports.empty()) return talk_in_relay();
  start_ns_ = wall_ns();
  while (next_ < calls_.size()) turn();
  if (plan_.talk_s > 0) {
    talk();
    for (std::uint32_t i = 0; i < calls_.size(); ++i) {
      hang_up(i);
      if (i % 8 == 0) turn();
    }
  }
  until_over();
  if (plan_.talk_s == 0) mark("measured");
}

void BridgedCalls::talk_in_relay() {
  for (std::size_t i = 0; i < plan_.relay_ports.size(); ++i) {
    streams_.greet(i, address_of(std::string(ip), plan_.relay_ports[i]));
  }
  turn_for(settle_s);
  for (std::size_t i = 0; i < plan_.relay_ports.size(); ++i) {
    streams_.speak_to(i, address_of(std::string(ip), plan_.relay_ports[i]));
  }
  talk();
}

void BridgedCalls::talk() {
  turn_for(settle_s);
  streams_.forget_times();
  mark("measuring");
  turn_for(plan_.talk_s);
  mark("measured");
  for (std::size_t i = 0; i < 2 * calls_.size(); ++i) streams_.fall_silent(i);
  turn_for(settle_s);
}

void BridgedCalls::turn_for(double seconds) {
  const auto end = wall_ns() + static_cast<std::int64_t>(seconds * 1e9);
  while (wall_ns() < end) turn();
}

void BridgedCalls::until_over() {
  const auto end = wall_ns() + 4'000'000'000;
  while (wall_ns() < end && over_ < calls_.size()) turn();
}

void BridgedCalls::turn() {
  const auto now = wall_ns();
  const auto due = [&](std::uint32_t index) {
    return start_ns_ + static_cast<std::int64_t>(index * (1e9 / plan_.rate));
  };
  while (start_ns_ != 0 && next_ < calls_.size() && due(next_) <= now) start(next_++);
  const auto again = streams_.speak(now);
  caller_.flush();
  phone_.flush();
  const auto left = std::max<std::int64_t>(again - wall_ns(), 0);
  const timespec time{.tv_sec = 0, .tv_nsec = left};
  std::array<epoll_event, events_max> events;
  const int count = epoll_pwait2(epoll_, events.data(), events_max, &time, nullptr);
  for (int i = 0; i < count; ++i) {
    const auto key = events[i].data.u64;
    if (key == caller_key) caller_.receive([&](const Arrival& a) { take_caller(a); });
    else if (key == phone_key) phone_.receive([&](const Arrival& a) { take_phone(a); });
    else streams_.listen(key);
  }
  caller_.flush();
  phone_.flush();
}

void BridgedCalls::start(std::uint32_t index) {
  if (plan_.talk_s == 0 && index == plan_.warm) mark("measuring");
  calls_[index] = {.stage = Stage::calling, .since_ns = wall_ns()};
  const auto media = streams_.port(plan_.talk_s > 0 ? 2 * index : 0);
  caller_.queue(server_, text_.invite({.index = index, .number = plan_.number,
                                       .port = caller_.port(), .media_port = media}));
}

std::string BridgedCalls::via(std::uint32_t index, std::string_view method) const {
  return fmt::format("SIP/2.0/UDP {}:{};branch={}{:08x}-{};rport", ip, caller_.port(), run_, index,
                     method);
}

void BridgedCalls::take_caller(const Arrival& arrival) {
  const auto cseq = first_header(arrival.bytes, "CSeq");
  if (cseq.ends_with("BYE")) {
    const auto branch = arrival.bytes.find(run_);
    if (branch == std::string_view::npos) return;
    const auto digits = std::string(arrival.bytes.substr(branch + run_.size(), 8));
    const auto index = static_cast<std::uint32_t>(std::stoul(digits, nullptr, 16));
    if (index >= next_ || calls_[index].stage != Stage::ending) return;
    calls_[index].stage = Stage::over;
    ++over_;
    return;
  }
  const auto answer = text_.read(arrival.bytes);
  if (!answer || answer->index >= next_ || answer->code < 200) return;
  if (answer->code < 300) {
    connect(answer->index, arrival);
  } else {
    caller_.queue(server_, text_.ack({.index = answer->index, .number = plan_.number,
                                      .port = caller_.port(), .media_port = 0}, answer->to));
  }
}

void BridgedCalls::connect(std::uint32_t index, const Arrival& ok) {
  Call& call = calls_[index];
  const bool first = call.stage == Stage::calling;
  if (first) call.dialog = Dialog::of(ok.bytes);
  caller_.queue(server_, request(call.dialog, "ACK", via(index, "ack"), 1));
  if (!first) return;  // its 200 came again
  setup_.add_ns(ok.at_ns - call.since_ns);
  call.stage = Stage::talking;
  ++up_;
  if (plan_.talk_s == 0) return hang_up(index);
  if (const auto port = audio_port(ok.bytes)) {
    streams_.speak_to(2 * index, address_of(std::string(ip), *port));
  }
}

void BridgedCalls::hang_up(std::uint32_t index) {
  if (calls_[index].stage != Stage::talking) return;
  calls_[index].stage = Stage::ending;
  caller_.queue(server_, request(calls_[index].dialog, "BYE", via(index, "bye"), 2));
}

void BridgedCalls::take_phone(const Arrival& arrival) {
  if (arrival.bytes.starts_with("INVITE ")) {
    take_invite(arrival);
  } else if (arrival.bytes.starts_with("ACK ")) {
    const auto found = at_phone_.find(std::string(first_header(arrival.bytes, "Call-ID")));
    if (plan_.talk_s == 0 || found == at_phone_.end() || !phone_peers_[found->second]) return;
    streams_.speak_to(2 * found->second + 1,
                      address_of(std::string(ip), *phone_peers_[found->second]));
  } else if (!arrival.bytes.starts_with("SIP/2.0 ")) {
    phone_.queue(arrival.from, answer(arrival.bytes, "200 OK", "phone", {}, {}));
  }
}

void BridgedCalls::take_invite(const Arrival& arrival) {
  const std::string id(first_header(arrival.bytes, "Call-ID"));
  const auto index =
      at_phone_.try_emplace(id, static_cast<std::uint32_t>(at_phone_.size())).first->second;
  if (index >= calls_.size()) return;  // more calls than we make
  phone_peers_[index] = audio_port(arrival.bytes);
  const auto contact = fmt::format("sip:phone@{}:{}", ip, phone_.port());
  const auto media = streams_.port(plan_.talk_s > 0 ? 2 * index + 1 : 1);
  phone_.queue(arrival.from, answer(arrival.bytes, "180 Ringing", "phone", contact, {}));
  phone_.queue(arrival.from, answer(arrival.bytes, "200 OK", "phone", contact,
                                    audio(ip, media)));
}

void BridgedCalls::mark(const char* what) {
  fmt::print("{} {}\n", what, streams_.heard());
  std::fflush(stdout);
}

std::string BridgedCalls::json() {
  return fmt::format(R"({{"calls":{},"connected":{},"ended":{},"setup_us":{},{}}})",
                     calls_.size() - plan_.warm, up_, over_, setup_.json(), streams_.json());
}

}  // namespace strowger::bench
