// Every callflow that refers to one sound, seat, device or ring group shall refer to another.
#pragma once

#include "api/visit.hpp"
#include "store/store.hpp"

#include <string>
#include <vector>

namespace strowger::api {

// The revisions to write, in order: what was live is live again with the change, what was a draft
// stays one. Under the write lock.
store::Outcome<std::vector<store::CallflowWrite>> repointing(Visit& visit,
                                                             model::RefTarget target,
                                                             const std::string& from,
                                                             const std::string& to);

}  // namespace strowger::api
