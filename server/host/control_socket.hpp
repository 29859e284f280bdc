// How commands talk to a running server: a Unix socket in the data directory that only its owner
// can open. One JSON line asks, {"do":"reload"}; one JSON line answers, {"ok":true} or
// {"ok":false,"error":"…"}.
#pragma once

#include "base/result.hpp"
#include "host/file_descriptor.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace strowger::host {

constexpr std::size_t control_line_bytes_max = 65'536;
constexpr std::chrono::milliseconds control_read_wait{2'000};     // the server for a request's line
constexpr std::chrono::milliseconds control_answer_wait{60'000};  // a command for its answer

std::filesystem::path control_path(const std::filesystem::path& data_directory);

class ControlServer {
 public:
  // Given what to do ("reload"), returns a JSON object as text, or a complaint. Runs in the control
  // thread, one request at a time; may take its time.
  using Handler = std::function<Result<std::string, Complaint>(std::string_view what)>;

  // An old socket file is replaced: hold the data directory's lock first.
  static Result<std::unique_ptr<ControlServer>, Complaint> start(
      const std::filesystem::path& data_directory, Handler handler);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

 private:
  ControlServer(FileDescriptor listener, std::filesystem::path path, Handler handler);
  void serve();
  void answer(FileDescriptor connection) const;

  FileDescriptor listener_;
  FileDescriptor stop_;  // eventfd
  std::filesystem::path path_;
  Handler handler_;
  std::thread thread_;
};

// Asks the server that runs on this data directory. Nothing when none does.
std::optional<Result<std::string, Complaint>> ask_server(
    const std::filesystem::path& data_directory, std::string_view what);

}  // namespace strowger::host
