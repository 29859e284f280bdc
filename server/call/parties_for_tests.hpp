// An exchange among phones that are real SIP user agents, on a network without delay: what each of
// them gets is kept as a story. For the tests of calls with more than one party.
#pragma once

#include "call/bridge.hpp"
#include "call/call.hpp"
#include "rtp/packet.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace strowger::call {

class EnoughPorts final : public MediaPorts {
 public:
  std::optional<MediaPort> open(const IpAddress& signalling) override {
    if (left == 0) return std::nullopt;
    --left;
    ++opened;
    return MediaPort{opened, {signalling, static_cast<std::uint16_t>(20'000 + 2 * opened)}};
  }
  void close(PortId) override { ++left; }
  int left = 10;
  PortId opened = 0;
};

inline std::string sdp_of(std::uint16_t port, std::string_view formats = "0 8 101",
                          std::string_view more = "") {
  return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " +
         std::to_string(port) + " RTP/AVP " + std::string(formats) +
         "\r\na=rtpmap:101 telephone-event/8000\r\n" + std::string(more);
}

class Party {
 public:
  Party(std::uint16_t number, Random& random)
      : port(number),
        agent({.server_name = ""}, random),
        line{sip::Transport::udp, {IpAddress::loopback_v4(), number}, exchange_at(), 0} {}

  static Endpoint exchange_at() { return {IpAddress::loopback_v4(), 5060}; }
  Target target(Duration delay = {}, Duration timeout = std::chrono::seconds{20}) const {
    return {.uri = "sip:phone@127.0.0.1:" + std::to_string(port),
            .peer = {sip::Transport::udp, exchange_at(), line.local, 0},
            .route = {},
            .name = "phone " + std::to_string(port),
            .device = {},
            .delay = delay,
            .timeout = timeout,
            .headers = {},
            .hopeless = {}};
  }
  std::uint16_t media_port() const { return static_cast<std::uint16_t>(port + 10'000); }
  std::string sdp(std::string_view formats = "0 8 101", std::string_view more = "") const {
    return sdp_of(media_port(), formats, more);
  }
  // What came since the last time, and clears it.
  std::vector<std::string> heard() { return std::exchange(story, {}); }

  std::uint16_t port;
  std::uint64_t comes_by = 0;  // the connection that the exchange is told
  std::string deaf_to;  // a header that it does not see: "Replaces: "
  std::string loses;    // messages of its own that begin so do not arrive: "ACK "
  sip::UserAgent agent;
  sip::Peer line;
  sip::SessionId session = 0;
  std::vector<std::string> story;
  std::string last;  // the newest message that came, whole
  std::string body;  // the newest description that came
  std::string invite;       // the first one
  std::string last_invite;
};

// Where the newest description wants its packets.
inline Endpoint media_in(const std::string& body) {
  const auto at = body.find("m=audio ");
  const auto port = std::stoi(body.substr(at + 8));
  return {IpAddress::loopback_v4(), static_cast<std::uint16_t>(port)};
}

struct Parties : testing::Test {
  SeededRandom random{7};
  EnoughPorts ports;
  Now now{Instant(std::chrono::seconds{100}), WallTime(std::chrono::seconds{100})};
  std::unique_ptr<Exchange> exchange;
  std::map<std::uint16_t, std::unique_ptr<Party>> parties;
  std::deque<SendMedia> media;
  std::vector<model::CallRecord> records;
  std::vector<LampNews> lamps;
  std::vector<std::string> results;  // what scripts put here
  sip::Invitation::Reliable reliable = sip::Invitation::Reliable::unsupported;  // by the caller

  Party& party(std::uint16_t port) {
    auto& party = parties[port];
    if (!party) party = std::make_unique<Party>(port, random);
    return *party;
  }
  Party& caller() { return party(6000); }
  Party& bob() { return party(7001); }
  Party& cleo() { return party(7002); }

  void open(Exchange::Script script, Exchange::Config config = {}) {
    exchange = std::make_unique<Exchange>(config, random, ports, std::move(script));
  }
  void invite(std::optional<std::string> sdp, sip::HeaderList headers = {},
              std::uint64_t max_forwards = 70) {
    sip::Invitation invitation;
    invitation.to = caller().line;
    invitation.request_uri = "sip:1000@pbx.example";
    invitation.from = "\"Anna \\\"A\\\" Berg\" <sip:2000@pbx.example>";
    invitation.to_header = "<sip:1000@pbx.example>";
    invitation.headers = std::move(headers);
    if (sdp) invitation.body = {"application/sdp", *sdp};
    invitation.reliable = reliable;
    invitation.max_forwards = max_forwards;
    caller().session = caller().agent.invite(std::move(invitation), now);
    settle();
  }
  void invite() { invite(caller().sdp()); }
  // Another caller.
  void invite_from(Party& from, const std::string& uri) {
    sip::Invitation invitation;
    invitation.to = from.line;
    invitation.request_uri = uri;
    invitation.from = "<sip:2002@pbx.example>";
    invitation.to_header = "<" + uri + ">";
    invitation.body = {"application/sdp", from.sdp()};
    invitation.reliable = sip::Invitation::Reliable::unsupported;
    from.session = from.agent.invite(std::move(invitation), now);
    settle();
  }

  void ring(Party& phone) {
    phone.agent.progress(phone.session, {.status = 180, .phrase = "Ringing"}, false, now);
    settle();
  }
  void answer(Party& phone) { answer(phone, phone.sdp()); }
  void answer(Party& phone, std::string sdp) {
    phone.agent.accept(phone.session, {"application/sdp", std::move(sdp)}, now);
    settle();
  }
  void refuse(Party& phone, int code, sip::HeaderList headers = {}) {
    phone.agent.reject(phone.session, {.status = code, .phrase = "No", .headers = headers}, now);
    settle();
  }
  void hang_up(Party& phone, sip::HeaderList headers = {}) {
    phone.agent.bye(phone.session, std::move(headers), now);
    settle();
  }
  // A packet of `phone` to where it was told to send; what comes out of the exchange for it.
  std::vector<SendMedia> say(Party& phone, const rtp::Header& header, bool rtcp = false) {
    std::array<std::byte, 64> buffer{};
    const std::array<std::byte, 4> payload{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
    const auto packet = rtp::write_packet(header, payload, buffer);
    return pass(phone, {packet.begin(), packet.end()}, rtcp);
  }
  std::vector<SendMedia> pass(Party& phone, const std::vector<std::byte>& packet, bool rtcp) {
    media.clear();
    Endpoint from{IpAddress::loopback_v4(), phone.media_port()};
    if (rtcp) ++from.port;
    const auto id = static_cast<PortId>((media_in(phone.body).port - 20'000) / 2);
    exchange->receive_media(id, rtcp, from, packet, now);
    settle();
    return {media.begin(), media.end()};
  }

  // ---- time and delivery
  void advance(Duration by) {
    const auto end = now.instant + by;
    while (true) {
      auto due = exchange->deadline();
      for (auto& [port, party] : parties) {
        const auto theirs = party->agent.deadline();
        if (theirs && (!due || *theirs < *due)) due = theirs;
      }
      if (!due || *due > end) break;
      go_to(std::max(*due, now.instant));
      exchange->tick(now);
      for (auto& [port, party] : parties) party->agent.tick(now);
      settle();
    }
    go_to(end);
  }
  void go_to(Instant instant) {
    now.wall += std::chrono::duration_cast<std::chrono::milliseconds>(instant - now.instant);
    now.instant = instant;
  }
  void settle() {
    bool moved = true;
    while (moved) {
      moved = drain_exchange();
      for (auto& [port, party] : parties) moved = drain(*party) || moved;
    }
  }

 private:
  bool drain_exchange() {
    bool moved = false;
    while (auto output = exchange->poll()) {
      moved = true;
      if (auto* message = std::get_if<SendSip>(&*output)) deliver(*message);
      if (auto* packet = std::get_if<SendMedia>(&*output)) media.push_back(std::move(*packet));
      if (auto* record = std::get_if<StoreRecord>(&*output)) records.push_back(record->record);
      if (auto* told = std::get_if<LampTold>(&*output)) lamps.push_back(*told->news);
    }
    return moved;
  }
  void deliver(const SendSip& message) {
    const auto found = parties.find(message.peer.remote.port);
    if (found == parties.end()) return;
    Party& to = *found->second;
    to.last = *message.bytes;
    const auto at = to.last.find("\r\n\r\n");
    if (at + 4 < to.last.size()) to.body = to.last.substr(at + 4);
    if (to.last.starts_with("INVITE ") && to.invite.empty()) to.invite = to.last;
    if (to.last.starts_with("INVITE ")) to.last_invite = to.last;
    const auto cseq = to.last.find("CSeq: ");
    const bool request = !to.last.starts_with("SIP/2.0");
    const auto space = to.last.find(' ', cseq + 6);
    const auto method = to.last.substr(space + 1, to.last.find('\r', space) - space - 1);
    to.story.push_back(request ? method : to.last.substr(8, 3) + " " + method);
    auto seen = to.last;
    const auto header = to.deaf_to.empty() ? std::string::npos : seen.find(to.deaf_to);
    if (header != std::string::npos) seen.erase(header, seen.find("\r\n", header) + 2 - header);
    to.agent.receive(to.line, seen, now);
  }
  bool drain(Party& party) {
    bool moved = false;
    while (auto output = party.agent.poll()) {
      moved = true;
      if (auto* sent = std::get_if<sip::Send>(&*output)) {
        if (!party.loses.empty() && sent->bytes->starts_with(party.loses)) continue;
        exchange->receive_sip(
            {sip::Transport::udp, Party::exchange_at(), party.line.local, 0, party.comes_by},
            *sent->bytes, now);
      } else if (auto* invited = std::get_if<sip::Invited>(&*output)) {
        party.session = invited->session;
      } else if (auto* reoffered = std::get_if<sip::Reoffered>(&*output)) {
        party.story.push_back(reoffered->offer.empty() ? "asked" : "offered");
      } else if (std::get_if<sip::Ended>(&*output)) {
        party.story.push_back("ended");
      }
    }
    return moved;
  }
};

}  // namespace strowger::call
