// The reliable provisional responses of one INVITE that we answer (RFC 3262 §3): numbered by RSeq,
// one on its way at a time, repeated until its PRACK comes.
#pragma once

#include "sip/headers.hpp"
#include "sip/transaction.hpp"
#include "sip/user_agent.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace strowger::sip {

class ReliableProvisionals {
 public:
  static constexpr std::size_t waiting_max = 16;  // responses; more are refused

  // `first` is 1 to 2^31-1 (RFC 3262 3 wants it random).
  explicit ReliableProvisionals(std::uint32_t first) : next_rseq_(first) {}

  // False: too many are waiting.
  bool add(Answer answer);
  // The next one to be sent now, numbered current(); nothing while a PRACK is awaited.
  std::optional<Answer> next();
  std::uint32_t current() const { return current_; }

  // The interval to the next repetition: T1, doubling without the cap of T2.
  Duration next_interval();
  // Does this RAck acknowledge what was sent last? True once for each; copies give false (481).
  bool acknowledge(const RAck& rack, std::uint32_t invite_sequence);
  bool awaiting() const { return awaiting_; }
  // A 2xx must wait for its PRACK then (RFC 3262 3).
  bool awaiting_with_body() const { return awaiting_ && with_body_; }
  // Nothing more is sent; a late PRACK is still taken.
  void stop() { waiting_.clear(); }

 private:
  std::vector<Answer> waiting_;  // a deque would take half a kB in calls that have none
  std::uint32_t next_rseq_;
  std::uint32_t current_ = 0;
  bool awaiting_ = false;
  bool with_body_ = false;
  Duration interval_ = t1;
};

}  // namespace strowger::sip
