#include "host/intake.hpp"

#include <fmt/format.h>

#include <utility>

namespace strowger::host {

bool Intake::takes_unread(const sip::Peer& peer, Instant now) {
  return is_calm(now) && entrance_.lets_anything_in(peer.remote.address, now);
}

bool Intake::lets_in(const sip::Peer& peer, const std::optional<sip::HeadScan>& scan,
                     Instant now) {
  const bool begins = scan && scan->begins_something();
  if (entrance_.lets_in(peer.remote.address, begins, now)) return true;
  if (begins && now - excess_answered_ >= excess_answer_pause) {
    excess_answered_ = now;
    answer(*scan, peer, "Too Many Messages");
  } else {
    lose(peer, counters_.messages_over_limit);
  }
  return false;
}

void Intake::add(Arrival arrival, const std::optional<sip::HeadScan>& scan, Instant now) {
  if (scan && entrance_.refusals().acknowledges(*scan)) return;
  if (admission_.add(std::move(arrival), scan, now)) return;
  if (!scan || !scan->begins_something()) return lose(arrival.peer, counters_.messages_dropped);
  if (!refuse(*scan, arrival.peer, "Overloaded")) repeated_.push_back(std::move(arrival));
}

void Intake::begin_turn(Instant now) {
  turn_ends_ = now + turn_max;
  ahead_ends_ = now + ahead_max;
  for (std::size_t i = 0; i < late_per_turn; ++i) {
    auto late = admission_.next_late(now);
    if (!late) break;
    if (!refuse(*late, "Overloaded")) repeated_.push_back(std::move(*late));
  }
  counters_.requests_waiting.set(admission_.waiting());
  tell_of_overload(now);
}

std::optional<Arrival> Intake::next(Instant now) {
  if (!repeated_.empty()) {
    auto arrival = std::move(repeated_.back());
    repeated_.pop_back();
    return arrival;
  }
  if (now < ahead_ends_) {
    if (auto ahead = admission_.next_ahead()) return ahead;
  }
  while (now < turn_ends_) {
    auto waiting = admission_.next_waiting();
    if (!waiting || !is_refused(*waiting)) return waiting;
  }
  return std::nullopt;
}

std::vector<call::SendSip> Intake::take_refusals() { return std::exchange(refusals_, {}); }

std::vector<std::uint64_t> Intake::take_broken() { return std::exchange(broken_, {}); }

bool Intake::refuse(const Arrival& arrival, std::string_view phrase) {
  if (const auto request = sip::scan_head(arrival.bytes)) {
    return refuse(*request, arrival.peer, phrase);
  }
  lose(arrival.peer, counters_.messages_dropped);
  return true;
}

// False: it repeats what is known already. Such a request costs little and harms a call if it is
// refused.
bool Intake::refuse(const sip::HeadScan& request, const sip::Peer& peer, std::string_view phrase) {
  if (exchange_.knows(request)) return false;
  answer(request, peer, phrase);
  return true;
}

// A new call that would be refused after all that parsing it costs.
bool Intake::is_refused(const Arrival& arrival) {
  if (!exchange_.full()) return false;
  const auto request = sip::scan_head(arrival.bytes);
  const bool new_call = request && request->method == sip::Method::invite &&
                        request->begins_something();
  return new_call && refuse(arrival, "Too Many Calls");
}

void Intake::answer(const sip::HeadScan& request, const sip::Peer& peer,
                    std::string_view phrase) {
  counters_.requests_refused.add();
  refusals_.push_back(entrance_.refusals().write(request, peer, phrase));
}

void Intake::lose(const sip::Peer& peer, Counter& counter) {
  counter.add();
  if (peer.connection != 0) broken_.push_back(peer.connection);
}

void Intake::tell_of_overload(Instant now) {
  const auto refused = counters_.requests_refused.get();
  if (refused == told_ || !overload_warning_.now(now)) return;
  log_warning(fmt::format("more comes in than can be served: {} requests got 503 since this was "
                          "last said; {} wait", refused - std::exchange(told_, refused),
                          admission_.waiting()));
}

}  // namespace strowger::host
