// The store in one SQLite file, `<data>/strowger.db`, in WAL mode: readers and a running server do
// not wait for each other.
#pragma once

#include "store/store.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace strowger::store {

inline constexpr std::chrono::milliseconds busy_timeout{5'000};

// Creates directory and file where missing, and brings an older schema up to date. `storage` when
// the file is no database or was written by a newer version.
Outcome<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& data_directory);

}  // namespace strowger::store
