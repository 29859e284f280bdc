// Runs a program on some bytes and takes the bytes it prints: for work on untrusted input that must
// not happen in this process.
#pragma once

#include "base/result.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace strowger::cli {

struct ChildLimits {
  std::chrono::milliseconds time{60'000};         // from start to exit; then it is killed
  std::size_t output_bytes_max = std::size_t{64} << 20;  // then it is killed
  const std::atomic<bool>* stop = nullptr;  // when it becomes true: it is killed
};

// `arguments[0]` is the program's path. Its standard error is ours. Complains when it can't be
// started, is killed by a limit or a signal, or exits with anything but 0.
Result<std::vector<std::byte>, Complaint> run_child(const std::vector<std::string>& arguments,
                                                    std::span<const std::byte> input,
                                                    ChildLimits limits = {});

}  // namespace strowger::cli
