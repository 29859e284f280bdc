#include "host/tls_links.hpp"

namespace strowger::host {

void TlsLinks::use(TlsContext client) {
  const std::lock_guard lock(mutex_);
  client_ = std::move(client);
}

TlsContext TlsLinks::client() const {
  const std::lock_guard lock(mutex_);
  return client_;
}

std::uint32_t TlsLinks::number(const std::string& who, const TlsFarEnd& far,
                               const TlsLink::Report& report) {
  const std::lock_guard lock(mutex_);
  const auto found = numbers_.find({who, far});
  if (found != numbers_.end()) return found->second;
  if (links_.size() >= links_max) return 0;
  links_.push_back(std::make_shared<TlsLink>(who, far, report));
  const auto number = static_cast<std::uint32_t>(links_.size());
  numbers_.emplace(std::tuple{who, far}, number);
  return number;
}

void TlsLinks::keep(const std::vector<std::uint32_t>& numbers) {
  const std::lock_guard lock(mutex_);
  for (const auto& link : links_) link->wanted_ = false;
  for (const auto number : numbers) {
    if (number != 0 && number <= links_.size()) links_[number - 1]->wanted_ = true;
  }
}

std::shared_ptr<const TlsLink> TlsLinks::find(std::uint32_t number) const {
  const std::lock_guard lock(mutex_);
  return number == 0 || number > links_.size() ? nullptr : links_[number - 1];
}

}  // namespace strowger::host
