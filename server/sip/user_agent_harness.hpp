// For tests: a UserAgent on a virtual clock. The far end is written by hand; what happens is told
// as lines that a person can read ("500 > 486 INVITE": after 500 ms a 486 to an INVITE was sent).
#pragma once

#include "sip/headers.hpp"
#include "sip/user_agent.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace strowger::sip::testing {

inline const Body sdp{"application/sdp", "v=0\r\n"};

inline std::string_view why_text(Ended::Why why) {
  switch (why) {
    case Ended::Why::rejected: return "rejected";
    case Ended::Why::cancelled: return "cancelled";
    case Ended::Why::bye_received: return "bye_received";
    case Ended::Why::bye_sent: return "bye_sent";
    case Ended::Why::no_ack: return "no_ack";
    case Ended::Why::timeout: return "timeout";
    case Ended::Why::expired: return "expired";
    case Ended::Why::transport_failed: return "transport_failed";
  }
  return "?";
}

// "INVITE", "486 INVITE"
inline std::string brief(const Message& message) {
  if (message.is_request()) return std::string(message.method_text());
  const auto sequence = cseq(message);
  return std::to_string(message.status()) + " " +
         std::string(sequence ? sequence->method_text : "?");
}

inline std::string brief(std::string_view bytes) {
  const auto message = Message::parse(std::string(bytes));
  return message ? brief(*message) : "?";
}

struct Brief {
  std::string operator()(const Send& e) const { return "> " + brief(*e.bytes); }
  std::string operator()(const Invited&) const { return "invited"; }
  std::string operator()(const Seen& e) const { return "< " + brief(*e.message); }
  std::string operator()(const ProvisionalAcknowledged& e) const {
    return "pracked" + with(e.body);
  }
  std::string operator()(const ProvisionalUnacknowledged&) const { return "unpracked"; }
  std::string operator()(const Established& e) const { return "established" + with(e.body); }
  std::string operator()(const Reoffered& e) const { return "reoffered" + with(e.offer); }
  std::string operator()(const Withdrawn&) const { return "withdrawn"; }
  std::string operator()(const Refreshed& e) const { return "refreshed" + with(e.answer); }
  std::string operator()(const Referred&) const { return "referred"; }
  std::string operator()(const InfoReceived&) const { return "info"; }
  std::string operator()(const Ended& e) const { return "ended " + std::string(why_text(e.why)); }
  std::string operator()(const Gone&) const { return "gone"; }
  std::string operator()(const Progressed& e) const { return "progressed " + brief(*e.response); }
  std::string operator()(const Accepted& e) const { return "accepted " + brief(*e.response); }
  std::string operator()(const Refused& e) const {
    return "refused " + (e.response ? brief(*e.response) : std::string("by nobody"));
  }
  std::string operator()(const Replied& e) const {
    return "replied " + (e.response ? brief(*e.response) : std::string("nothing"));
  }
  std::string operator()(const Watching& e) const { return "watching " + e.watched; }
  std::string operator()(const Paged&) const { return "paged"; }
  std::string operator()(const Registered&) const { return "registered"; }
  std::string operator()(const Guessed&) const { return "guessed"; }
  std::string operator()(const Noted&) const { return "noted"; }

  static std::string with(const Body& body) { return body.empty() ? "" : " sdp"; }
};

// Lines end in LF here; a body is given its headers.
inline std::string wire(std::string_view text, const Body& body = {}) {
  std::string bytes;
  for (const char c : text) {
    if (c == '\n') bytes.push_back('\r');
    bytes.push_back(c);
  }
  if (!body.empty()) bytes += "Content-Type: " + body.type + "\r\n";
  bytes += "Content-Length: " + std::to_string(body.content.size()) + "\r\n\r\n";
  return bytes + body.content;
}

struct RequestParts {
  std::string branch = {};   // "z9hG4bK" is put before it; empty: method and number
  std::string headers = {};  // whole lines
  std::string to_tag = {};
  Body body = {};
  std::string via = "SIP/2.0/UDP 192.0.2.10:5060;rport";
  std::string from_tag = "caller";
};

inline std::string request(std::string_view method, unsigned number,
                           const RequestParts& parts = {}) {
  const std::string m(method);
  const std::string n = std::to_string(number);
  const std::string branch = parts.branch.empty() ? m + n : parts.branch;
  return wire(m + " sip:1000@192.0.2.1 SIP/2.0\nVia: " + parts.via + ";branch=z9hG4bK" + branch +
                  "\nMax-Forwards: 70\nFrom: <sip:anna@192.0.2.10>;tag=" + parts.from_tag +
                  "\nTo: <sip:1000@192.0.2.1>" +
                  (parts.to_tag.empty() ? "" : ";tag=" + parts.to_tag) +
                  "\nCall-ID: one@test\nCSeq: " + n + " " + m +
                  "\nContact: <sip:anna@192.0.2.10:5060>\n" + parts.headers,
              parts.body);
}

class Scene {
 public:
  explicit Scene(UserAgent::Config config = {}, std::uint64_t seed = 1)
      : random(seed), agent(registering(std::move(config)), random) {
    peer.local = *Endpoint::parse("192.0.2.1:5060");
    peer.remote = *Endpoint::parse("192.0.2.10:5060");
  }

  SeededRandom random;
  LocationTable locations;  // of an agent that has subscribers
  UserAgent agent;
  Peer peer;
  std::vector<Send> sent;     // all of them, in order
  SessionId session = 0;      // of the newest Invited
  Identity identity;          // likewise
  std::string log;            // the newest line
  MessagePtr reoffer;         // of the newest Reoffered

  Now now() const {
    return {Instant{} + std::chrono::hours{1} + elapsed_,
            WallTime{} + std::chrono::duration_cast<std::chrono::milliseconds>(elapsed_)};
  }

  void receive(std::string bytes) {
    agent.receive(peer, std::move(bytes), now());
    drain();
  }

  // Stops at every deadline on the way.
  void advance(Duration span) {
    const Duration end = elapsed_ + span;
    for (auto due = agent.deadline(); due && *due <= Instant{} + std::chrono::hours{1} + end;
         due = agent.deadline()) {
      elapsed_ = std::max(elapsed_, *due - Instant{} - std::chrono::hours{1});
      agent.tick(now());
      drain();
    }
    elapsed_ = end;
  }
  void advance_ms(int span) { advance(std::chrono::milliseconds{span}); }

  // A verb, and what it brings about: scene.act([&](auto& agent, Now now) { … });
  template <class Verb>
  auto act(Verb verb) {
    auto result = verb(agent, now());
    drain();
    return result;
  }

  // What happened since the last call.
  std::vector<std::string> story() { return std::exchange(story_, {}); }
  // The newest message sent, and headers of it.
  std::string last() const { return sent.empty() ? "" : *sent.back().bytes; }
  std::string header_of_last(HeaderName header) const {
    const auto message = Message::parse(last());
    return std::string(message ? message->header(header).value_or("") : "");
  }
  // Our tag, as the newest response told it.
  std::string our_tag() const {
    for (auto it = sent.rbegin(); it != sent.rend(); ++it) {
      const auto message = Message::parse(*it->bytes);
      if (message && !message->is_request() && message->status() > 100) {
        return std::string(to_tag(*message));
      }
    }
    return {};
  }

 private:
  UserAgent::Config registering(UserAgent::Config config) {
    config.locations = &locations;
    return config;
  }

  void drain() {
    while (auto output = agent.poll()) {
      story_.push_back(std::to_string(milliseconds(elapsed_)) + " " + std::visit(Brief{}, *output));
      if (auto* send = std::get_if<Send>(&*output)) sent.push_back(*send);
      if (auto* invited = std::get_if<Invited>(&*output)) {
        session = invited->session;
        identity = invited->identity;
      }
      if (auto* registered = std::get_if<Registered>(&*output)) {
        locations.apply(registered->change, true);
      }
      if (auto* noted = std::get_if<Noted>(&*output)) log = noted->text;
      if (auto* reoffered = std::get_if<Reoffered>(&*output)) reoffer = reoffered->request;
    }
  }

  Duration elapsed_{};
  std::vector<std::string> story_;
};

}  // namespace strowger::sip::testing
