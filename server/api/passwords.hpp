// Argon2id by libsodium. A hash takes tens of milliseconds and 64 MiB on purpose, so only few run
// at once.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::api {

inline constexpr std::size_t password_chars_min = 10;
inline constexpr std::size_t password_bytes_max = 256;

struct PasswordCost {
  std::uint64_t operations = 2;
  std::size_t memory_bytes = std::size_t{64} << 20;

  // For tests: as cheap as libsodium lets it be.
  static PasswordCost least();
};

class Passwords {
 public:
  explicit Passwords(PasswordCost cost);

  // Nothing: too many at once, or no memory; try again.
  std::optional<std::string> hash(std::string_view password);
  // Against "" (nobody, or no password set) it takes as long as against a hash, and is false.
  std::optional<bool> matches(std::string_view hash, std::string_view password);

 private:
  static constexpr int at_once_max = 2;
  class Turn;

  PasswordCost cost_;
  std::once_flag made_;
  std::string nobody_;  // the hash of something random; made when it is first needed
  std::atomic<int> running_ = 0;
};

// For people to type: 20 letters and digits without those that look alike.
std::string random_password();
// 43 characters of A-Z a-z 0-9 - _ from 256 bits.
std::string random_secret();
std::string random_identifier();  // 20 characters of a-z and digits

}  // namespace strowger::api
