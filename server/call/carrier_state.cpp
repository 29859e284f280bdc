#include "call/carrier_state.hpp"

namespace strowger::call {

std::string_view carrier_login_name(CarrierLogin login) {
  constexpr std::array<std::string_view, 5> names = {"off", "trying", "registered", "refused",
                                                     "silent"};
  return names[static_cast<std::size_t>(login)];
}

bool CarrierState::claim(std::optional<std::int64_t> most) {
  const auto before = calls_.fetch_add(1, std::memory_order_relaxed);
  if (!most || before < *most) return true;
  give_back();
  return false;
}

std::shared_ptr<const CarrierPlaces> CarrierState::places() const {
  const std::lock_guard lock(mutex_);
  return places_;
}

void CarrierState::settle(CarrierPlaces places, std::string trouble) {
  auto fresh = std::make_shared<const CarrierPlaces>(std::move(places));
  const std::lock_guard lock(mutex_);
  if (*places_ != *fresh) status_.tls_trouble.clear();  // it was about others
  std::swap(places_, fresh);
  status_.trouble = std::move(trouble);
}

void CarrierState::tell_tls(const std::string& trouble) {
  const std::lock_guard lock(mutex_);
  status_.tls_trouble = trouble;
}

void CarrierState::fell_silent(std::size_t address, Instant now) {
  if (address < addresses_max) resting_until_[address] = (now + rest).time_since_epoch().count();
}

void CarrierState::answered(std::size_t address) {
  if (address < addresses_max) resting_until_[address] = 0;
}

bool CarrierState::rests(std::size_t address, Instant now) const {
  return address < addresses_max && resting_until_[address] > now.time_since_epoch().count();
}

CarrierStatus CarrierState::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void CarrierState::tell(CarrierLogin login, int code, std::string phrase,
                        std::optional<WallTime> since, std::optional<WallTime> expires) {
  const std::lock_guard lock(mutex_);
  // Since when it stands like this.
  const bool same = status_.login == login && status_.since && since;
  status_.login = login;
  status_.code = code;
  status_.phrase = std::move(phrase);
  if (!same) status_.since = since;
  status_.expires = expires;
}

std::shared_ptr<CarrierClaim> CarrierClaim::of(const std::shared_ptr<CarrierState>& state,
                                               std::optional<std::int64_t> most) {
  if (!state->claim(most)) return nullptr;
  return std::make_shared<CarrierClaim>(state);
}

}  // namespace strowger::call
