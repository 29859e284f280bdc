// How commands talk to a running server: a Unix socket in the data directory that only its owner
// can open. One JSON line asks, {"do":"reload"}; one JSON line answers, {"ok":true} or
// {"ok":false,"error":"…"}. After some answers the connection goes on with what was asked for.
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

constexpr std::size_t control_line_bytes_max = 65'536;       // of a request
constexpr std::size_t control_answer_bytes_max = 1 << 30;  // of a million registrations
constexpr std::chrono::milliseconds control_read_wait{2'000};     // the server for a request's line
constexpr std::chrono::milliseconds control_answer_wait{60'000};  // a command for its answer

std::filesystem::path control_path(const std::filesystem::path& data_directory);

// A JSON object as text; where there is more to come, who sends it and goes on with the connection.
struct ControlReply {
  std::string line;
  std::function<void(FileDescriptor connection, std::string line)> then = nullptr;
};

class ControlServer {
 public:
  // Given what to do ("reload"), returns the answer, or a complaint. Runs in the control thread,
  // one request at a time; may take its time.
  using Handler = std::function<Result<ControlReply, Complaint>(std::string_view what)>;

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

// An answer after which the connection goes on.
struct ControlStream {
  FileDescriptor connection;
  std::string begun;  // what has come already of that
};
std::optional<Result<ControlStream, Complaint>> open_stream(
    const std::filesystem::path& data_directory, std::string_view what);

}  // namespace strowger::host
