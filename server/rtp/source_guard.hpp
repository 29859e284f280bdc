// Symmetric RTP that an intruder can't bend: who may send into a stream, and where ours goes.
// The source is learnt once, only from an address that signalling named; nobody else is ever heard
// or answered ("RTP bleed", CVE-2017-14099, CVE-2025-53399). Make a new guard at each offer/answer.
#pragma once

#include "base/endpoint.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>

namespace strowger::rtp {

// How long after an offer or answer of the far end its source may move: its phone, or the NAT
// before it, has chosen another port.
constexpr Duration learning_window = std::chrono::seconds(5);
// The locked source may change its SSRC after being silent for so long (a gateway's new stream),
// or, behind a NAT, its port.
constexpr Duration ssrc_change_silence = std::chrono::milliseconds(200);

class SourceGuard {
 public:
  // `signalled`: from the SDP. `signalling_peer`: where the SIP message really came from.
  SourceGuard(Endpoint signalled, IpAddress signalling_peer, Instant start);

  // May this RTP packet be used? The signalled endpoint itself may start at any time, and takes
  // over from a learnt one within the window. Only when the far end signals from another address
  // than it names for media (NAT), any port of that other address may start, at any time too: who
  // is muted at first sends nothing (docs/decisions/0046-muted-phones-behind-nat.md). After
  // described_again(), another port of it may go on where the learnt one has fallen silent.
  bool accept(const Endpoint& from, std::uint32_t ssrc, Instant now);

  // May this RTCP datagram be read? Only from the address that media comes or would come from.
  bool accept_rtcp(const Endpoint& from) const;

  // Where our packets go: the locked source, before that the signalled endpoint; none when that is
  // no address to send to (0.0.0.0, port 0).
  std::optional<Endpoint> send_to() const;

  // The window begins anew, for a far end that starts to talk late: call it when the call is
  // answered without a new description. A locked source stays.
  void reopen(Instant now);
  // The far end has named the same endpoint in a new offer or answer: after a hold its NAT may have
  // another port for it. A locked source stays until the other one is heard, within the window.
  void described_again(Instant now);

  bool locked() const { return source_.has_value(); }
  std::uint64_t rejected() const { return rejected_; }

 private:
  bool may_start(const Endpoint& from) const;
  bool may_go_on(const Endpoint& from, Instant now) const;
  bool learning(Instant now) const;
  bool refuse();

  Endpoint signalled_;
  IpAddress signalling_peer_;
  Instant start_;
  bool may_move_ = false;
  std::optional<Endpoint> source_;
  std::uint32_t ssrc_ = 0;
  Instant last_heard_{};
  std::uint64_t rejected_ = 0;
};

}  // namespace strowger::rtp
