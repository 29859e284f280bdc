#include "sip/nonce.hpp"

#include <openssl/crypto.h>

#include <charconv>
#include <limits>
#include <utility>

namespace strowger::sip {

namespace {

constexpr std::size_t serial_digits = 16;
constexpr std::size_t stem_digits = 24;  // with the second it was made in
constexpr std::size_t nonce_digits = stem_digits + 32;

std::uint32_t second(Instant now) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
}

std::string hex(std::uint64_t number, std::size_t digits) {
  return Key{0, number}.text().substr(serial_digits - digits);
}

template <class Number>
bool read_hex(std::string_view text, Number& number) {
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, 16);
  return read.ec == std::errc{} && read.ptr == end;
}

}  // namespace

std::string Nonces::sign(std::string_view stem) const {
  const Key key = keys_.of({"nonce", stem});
  return hex(key.high, serial_digits) + hex(key.low, serial_digits);
}

std::string Nonces::make(Instant now) {
  std::string stem = hex(++last_, serial_digits) + hex(second(now), stem_digits - serial_digits);
  return stem + sign(stem);
}

std::optional<Nonces::Parts> Nonces::parse(std::string_view nonce) const {
  if (nonce.size() != nonce_digits) return std::nullopt;
  const auto stem = nonce.substr(0, stem_digits);
  const auto signature = sign(stem);
  if (CRYPTO_memcmp(signature.data(), nonce.data() + stem_digits, signature.size()) != 0) {
    return std::nullopt;
  }
  Parts parts;
  if (!read_hex(stem.substr(0, serial_digits), parts.serial)) return std::nullopt;
  if (!read_hex(stem.substr(serial_digits), parts.made)) return std::nullopt;
  return parts;
}

bool Nonces::valid(std::string_view nonce, Instant now) const {
  const auto parts = parse(nonce);
  return parts && second(now) - parts->made < nonce_lifetime.count();
}

bool Nonces::use(std::string_view nonce, std::uint32_t count, Instant now) {
  const auto parts = parse(nonce);
  if (!parts) return false;
  forget_old(now);
  if (parts->serial <= forgotten_) return false;
  Counts& counts = used_[parts->serial];
  counts.made = parts->made;
  const bool fresh = mark(counts, count);
  if (used_.size() > nonces_in_use_max) {
    forgotten_ = used_.begin()->first;
    used_.erase(used_.begin());
  }
  return fresh;
}

// Serials are given in the order of time.
void Nonces::forget_old(Instant now) {
  while (!used_.empty() && second(now) - used_.begin()->second.made >= nonce_lifetime.count()) {
    forgotten_ = used_.begin()->first;
    used_.erase(used_.begin());
  }
}

// Requests may overtake each other on their way, hence a window and not just a highest count.
bool Nonces::mark(Counts& counts, std::uint32_t count) {
  if (count == 0) {
    const bool first = counts.seen == 0;
    counts = {std::numeric_limits<std::uint32_t>::max(), ~std::uint64_t{0}, counts.made};
    return first;
  }
  if (count > counts.highest) {
    const std::uint32_t ahead = count - std::exchange(counts.highest, count);
    counts.seen = ahead < nonce_counts_remembered ? counts.seen << ahead | 1 : 1;
    return true;
  }
  const std::uint32_t behind = counts.highest - count;
  const std::uint64_t bit = behind < nonce_counts_remembered ? std::uint64_t{1} << behind : 0;
  if (bit == 0 || (counts.seen & bit) != 0) return false;
  counts.seen |= bit;
  return true;
}

}  // namespace strowger::sip
