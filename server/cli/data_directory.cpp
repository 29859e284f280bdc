#include "cli/data_directory.hpp"

#include "base/check.hpp"
#include "cli/command_line.hpp"
#include "flow/action.hpp"
#include "host/control_socket.hpp"
#include "host/system_random.hpp"
#include "model/finding.hpp"
#include "store/sqlite_store.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <iostream>

namespace strowger::cli {

void add_data_options(Command command, DataOptions& options) {
  command.add_option("--data", options.data, "Data directory")
      .envname("STROWGER_DATA")
      .type_name("DIR")
      .capture_default_str();
  command.add_option("--account", options.account, "Account")
      .type_name("ID")
      .capture_default_str();
  command.add_flag("--json", options.json, "Print JSON for programs");
}

Result<std::unique_ptr<store::Store>, Complaint> open_store(const std::filesystem::path& data,
                                                            IfMissing missing) {
  std::error_code ignored;
  if (missing == IfMissing::refuse && !std::filesystem::exists(data / "strowger.db", ignored)) {
    return complain("there is no data in " + data.string() +
                    "; name the directory with --data or STROWGER_DATA, or begin with "
                    "`strowger callflow import FILE`");
  }
  auto store = store::open_sqlite(data);
  if (!store) return complain(store.error().text);
  return std::move(*store);
}

Result<std::unique_ptr<store::Store>, Complaint> open_account(const DataOptions& options,
                                                              IfMissing missing) {
  auto store = open_store(options.data, missing);
  if (!store) return store;
  if (const auto account = (*store)->account(options.account); !account) {
    return complain(account.error().kind == store::ErrorKind::not_found
                        ? "there is no account " + options.account +
                              "; see `strowger account list`"
                        : account.error().text);
  }
  return store;
}

Result<void, Complaint> make_live(const DataOptions& options) {
  const auto reply = host::ask_server(options.data, "reload");
  if (!reply || *reply) return {};
  return complain("saved, but the running server has not taken it in: " + reply->error().what);
}

model::Catalog load_catalog() {
  model::Catalog catalog;
  for (const auto& entry : actions::all()) {
    const auto added = catalog.add(entry.manifest);
    check(added.has_value(), added ? "" : model::one_line(added.error().front()).c_str());
  }
  return catalog;
}

int fail(Shell& shell, const Complaint& complaint) {
  shell.err << "strowger: " << complaint.what << '\n';
  return exit_failed;
}

int fail(Shell& shell, const store::Error& error) { return fail(shell, Complaint{error.text}); }

Result<std::string, Complaint> read_input(const std::string& file, std::size_t bytes_max) {
  std::ifstream opened;
  std::error_code error;
  if (file != "-") {
    if (std::filesystem::is_directory(file, error)) return complain(file + " is a directory");
    opened.open(file, std::ios::binary);
    if (!opened) return complain("can't read " + file);
  }
  std::istream& in = file == "-" ? std::cin : opened;
  std::string bytes(bytes_max + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) return complain("can't read " + file);
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.size() > bytes_max) {
    return complain(fmt::format("{} is larger than {} bytes", file, bytes_max));
  }
  return bytes;
}

std::string random_id() {
  host::SystemRandom random;
  return random.token(20);
}

std::string local_time(WallTime time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  const std::time_t seconds = whole.time_since_epoch().count();
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", parts);
}

std::string utc_time(WallTime time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  const std::time_t seconds = whole.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", parts, (time - whole).count());
}

}  // namespace strowger::cli
