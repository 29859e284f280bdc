#include "sip/reliable_provisional.hpp"

#include <utility>

namespace strowger::sip {

bool ReliableProvisionals::add(Answer answer) {
  if (waiting_.size() >= waiting_max) return false;
  waiting_.push_back(std::move(answer));
  return true;
}

std::optional<Answer> ReliableProvisionals::next() {
  if (awaiting_ || waiting_.empty()) return std::nullopt;
  Answer answer = std::move(waiting_.front());
  waiting_.erase(waiting_.begin());
  current_ = next_rseq_++;
  awaiting_ = true;
  with_body_ = !answer.body.empty();
  interval_ = t1;
  return answer;
}

Duration ReliableProvisionals::next_interval() { return std::exchange(interval_, 2 * interval_); }

bool ReliableProvisionals::acknowledge(const RAck& rack, std::uint32_t invite_sequence) {
  if (!awaiting_ || rack.rseq != current_ || rack.cseq != invite_sequence ||
      rack.method != Method::invite) {
    return false;
  }
  awaiting_ = false;
  return true;
}

}  // namespace strowger::sip
