// A call whose caller is written by hand: its INVITE has been answered, or is early yet.
#pragma once

#include "sip/user_agent_harness.hpp"

#include <string>
#include <string_view>

namespace strowger::sip::testing {

inline const Body other{"application/sdp", "v=0\r\ns=other\r\n"};

class Call {
 public:
  // An INVITE with an offer, answered 200 and acknowledged, unless it is to stay early.
  explicit Call(bool early = false) {
    scene.receive(request("INVITE", 1, {.headers = "Supported: 100rel\n", .body = sdp}));
    if (early) {
      act([&](UserAgent& agent, Now now) {
        return agent.progress(scene.session, {.status = 183, .body = sdp}, true, now);
      });
      tag = scene.our_tag();
    } else {
      act([&](UserAgent& agent, Now now) { return agent.accept(scene.session, sdp, now); });
      tag = scene.our_tag();
      receive("ACK", 1);
    }
    scene.story();
  }

  void receive(std::string_view method, unsigned number, RequestParts parts = {}) {
    parts.to_tag = tag;
    scene.receive(request(method, number, parts));
  }
  void prack() {
    receive("PRACK", 2,
            {.headers = "RAck: " + scene.header_of_last(HeaderName::rseq) + " 1 INVITE\n"});
    scene.story();
  }
  // A response to the newest request that we sent.
  void respond(std::string_view status, const Body& body = {}, std::string_view headers = {}) {
    respond_to(scene.last(), status, body, headers);
  }
  void respond_to(const std::string& request, std::string_view status, const Body& body = {},
                  std::string_view headers = {}) {
    const auto sent = Message::parse(request);
    std::string text = "SIP/2.0 " + std::string(status) + "\n";
    for (const auto header : sent->headers()) {
      const bool copied = header.name == HeaderName::via || header.name == HeaderName::from ||
                          header.name == HeaderName::to || header.name == HeaderName::call_id ||
                          header.name == HeaderName::cseq;
      if (copied) text += std::string(header.line) + "\n";
    }
    text += "Contact: <sip:anna@192.0.2.10:5062>\n";
    text += headers;
    scene.receive(wire(text, body));
  }
  template <class Verb>
  bool act(Verb verb) {
    return scene.act(verb);
  }
  bool answer() {
    return act([&](UserAgent& agent, Now now) {
      return agent.answer_offer(scene.session, other, now);
    });
  }
  bool refuse(int status) {
    return act([&](UserAgent& agent, Now now) {
      return agent.refuse_offer(scene.session, status, now);
    });
  }
  bool reinvite(const Body& body) {
    return act(
        [&](UserAgent& agent, Now now) { return agent.reinvite(scene.session, body, now); });
  }
  bool withdraw() {
    return act([&](UserAgent& agent, Now now) { return agent.withdraw(scene.session, now); });
  }
  bool update(const Body& body) {
    return act([&](UserAgent& agent, Now now) { return agent.update(scene.session, body, now); });
  }
  bool info() {
    return act([&](UserAgent& agent, Now now) {
      return agent.info(scene.session, {"application/dtmf-relay", "Signal=1"}, now);
    });
  }

  Scene scene;
  std::string tag;
};

}  // namespace strowger::sip::testing
