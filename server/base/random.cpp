#include "base/random.hpp"

#include <bit>

namespace strowger {

std::string Random::token(std::size_t length) {
  constexpr char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::string text(length, '\0');
  std::uint64_t pool = 0;
  int left = 0;
  for (char& c : text) {
    if (left < 5) {
      pool = bits();
      left = 64;
    }
    c = alphabet[pool & 31];
    pool >>= 5;
    left -= 5;
  }
  return text;
}

std::string Random::token_of(WallTime now) {
  constexpr char sorted[] = "234567abcdefghijklmnopqrstuvwxyz";
  constexpr std::size_t length = 8;  // 40 bits: they begin again in 2004, 2039, …
  auto left = static_cast<std::uint64_t>(now.time_since_epoch().count());
  std::string text(length, '\0');
  for (std::size_t i = length; i-- > 0; left >>= 5) text[i] = sorted[left & 31];
  constexpr std::size_t chance = 13;
  return text + token(chance);
}

namespace {
// splitmix64 spreads any seed, even 0, over the whole state.
std::uint64_t splitmix(std::uint64_t& x) {
  x += 0x9e3779b97f4a7c15;
  std::uint64_t z = x;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}
}  // namespace

SeededRandom::SeededRandom(std::uint64_t seed) {
  for (auto& word : state_) word = splitmix(seed);
}

std::uint64_t SeededRandom::bits() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

}  // namespace strowger
