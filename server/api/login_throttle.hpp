// Slows down guessing of passwords: by user and source together, and by source alone.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace strowger::api {

class LoginThrottle {
 public:
  static constexpr int free_per_user = 5;     // wrong answers for one user from one source
  static constexpr int free_per_source = 20;  // wrong answers from one source
  static constexpr std::chrono::seconds wait_max{900};
  static constexpr std::size_t remembered_max = 20'000;

  // How long until this source may try this user; 0 s: now.
  std::chrono::seconds wait(std::string_view user, std::string_view source, WallTime now);
  void failed(std::string_view user, std::string_view source, WallTime now);
  void succeeded(std::string_view user, std::string_view source);

 private:
  struct Failures {
    int count = 0;
    WallTime last{};
    WallTime until{};
  };

  void count(const std::string& key, int free, WallTime now);
  void forget_old(WallTime now);

  std::mutex mutex_;
  std::unordered_map<std::string, Failures> failures_;
};

}  // namespace strowger::api
