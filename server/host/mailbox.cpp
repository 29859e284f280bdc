#include "host/mailbox.hpp"

#include "base/check.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <iterator>
#include <utility>

namespace strowger::host {

Mailbox::Mailbox() : bell_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  check(static_cast<bool>(bell_), "no descriptors left for a mailbox");
}

Mailbox::~Mailbox() { take(); }

void Mailbox::post(std::vector<Letter> letters) {
  if (letters.empty()) return;
  waiting_.fetch_add(letters.size(), std::memory_order_relaxed);
  auto delivery = std::make_unique<Delivery>(Delivery{std::move(letters), nullptr});
  Delivery* before = latest_.load(std::memory_order_relaxed);
  do {
    delivery->before = before;
  } while (!latest_.compare_exchange_weak(before, delivery.get(), std::memory_order_release,
                                          std::memory_order_relaxed));
  delivery.release();  // the taker's now, who may have freed it already
  if (before) return;  // the bell has rung
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(bell_.get(), &one, sizeof one);
}

std::vector<Letter> Mailbox::take() {
  Delivery* next = latest_.exchange(nullptr, std::memory_order_acquire);
  std::vector<std::unique_ptr<Delivery>> deliveries;  // the latest first
  while (next) {
    deliveries.emplace_back(next);
    next = deliveries.back()->before;
  }
  std::vector<Letter> letters;
  for (auto delivery = deliveries.rbegin(); delivery != deliveries.rend(); ++delivery) {
    if (letters.empty()) {
      letters = std::move((*delivery)->letters);
    } else {
      std::move((*delivery)->letters.begin(), (*delivery)->letters.end(),
                std::back_inserter(letters));
    }
  }
  waiting_.fetch_sub(letters.size(), std::memory_order_relaxed);
  return letters;
}

}  // namespace strowger::host
