// What an action is to the interpreter. An action is one folder: action.json describes it, and its
// .cpp supplies an ActionCode: block data in, a runnable block out, or a complaint about the data.
#pragma once

#include "base/result.hpp"
#include "base/task.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace strowger::flow {

class Data;
class Run;

// The branch a block leaves by; "_" is the default one.
struct Exit {
  std::string key = "_";
  // Take the child called `key` only; without it the walk falls back to "_" anyway, but the record
  // says so.
};

// A block whose data has been read. Immutable, shared by all calls of a revision.
class Runnable {
 public:
  virtual ~Runnable() = default;
  // Straight-line code over run.call(). When it ended the call, the exit is of no interest.
  virtual Task<Exit> run(Run& run) const = 0;
};

using ActionCode = Result<std::unique_ptr<Runnable>, Complaint> (*)(const Data& data);

struct ActionEntry {
  std::string_view manifest;  // the text of action.json
  ActionCode code;
  std::string_view help = {};  // the text of README.md
};

}  // namespace strowger::flow

namespace strowger::actions {

// Every folder of actions/, as listed by the build.
std::span<const flow::ActionEntry> all();

}  // namespace strowger::actions
