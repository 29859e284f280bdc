// `strowger callflow import`: documents from files into the store, published unless lint objects.
#pragma once

#include "cli/commands.hpp"

#include <string>
#include <vector>

namespace strowger::cli {

struct ImportOptions : DataOptions {
  std::vector<std::string> files;  // "-" is standard input
  bool strict = false;             // one file with errors, and nothing of any is stored
  bool draft = false;              // never publish
  std::string who = "cli";
  std::string note;
};

int import_callflows(const ImportOptions& options, Shell& shell);

}  // namespace strowger::cli
