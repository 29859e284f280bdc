// Commands as a person runs them: what they print and return, on a data directory of their own.
#pragma once

#include "cli/commands.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace strowger::cli {

struct Ran {
  int code;
  std::string out;
  std::string err;
};

inline Ran run_plain(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  Shell shell{out, err};
  const int code = run(words, shell);
  return {code, out.str(), err.str()};
}

class CommandTest : public testing::Test {
 protected:
  Ran command(std::vector<std::string> words) const {
    words.insert(words.end(), {"--data", directory_.path().string()});
    return run_plain(words);
  }

  store::TemporaryDirectory directory_;
};

}  // namespace strowger::cli
