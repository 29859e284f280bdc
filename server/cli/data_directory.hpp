// What the commands on a data directory have in common: opening it, the running server's ear, and
// the way complaints are told.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "cli/commands.hpp"
#include "model/action_catalog.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace strowger::cli {

enum class IfMissing : std::uint8_t { refuse, create };

Result<std::unique_ptr<store::Store>, Complaint> open_store(const std::filesystem::path& data,
                                                            IfMissing missing);
// The same, and the account of the options exists.
Result<std::unique_ptr<store::Store>, Complaint> open_account(const DataOptions& options,
                                                              IfMissing missing);

// After a write: the server that runs on this directory, if any, has taken it in when this returns.
Result<void, Complaint> make_live(const DataOptions& options);

// All actions of this build.
model::Catalog load_catalog();

// "strowger: what" on err; exit_failed.
int fail(Shell& shell, const Complaint& complaint);
int fail(Shell& shell, const store::Error& error);

// A regular file or, for "-", standard input; at most `bytes_max`.
Result<std::string, Complaint> read_input(const std::string& file, std::size_t bytes_max);

std::string random_id();                       // 20 characters
std::string local_time(WallTime time);         // "2026-11-23 14:05:09", in the machine's zone
std::string utc_time(WallTime time);           // "2026-11-23T13:05:09.123Z"

}  // namespace strowger::cli
