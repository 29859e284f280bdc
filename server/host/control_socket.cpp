#include "host/control_socket.hpp"

#include "host/beside_calls.hpp"
#include "host/log.hpp"

#include <boost/json.hpp>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace strowger::host {

namespace json = boost::json;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

namespace {

std::optional<sockaddr_un> name_of(const std::filesystem::path& path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof name.sun_path) return std::nullopt;
  std::ranges::copy(path.native(), name.sun_path);
  return name;
}

bool wait_readable(int fd, SteadyClock::time_point until) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(until - SteadyClock::now());
    pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
    const int count = poll(&one, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (count >= 0 || errno != EINTR) return count > 0;
  }
}

struct Line {
  std::string text;
  std::string beyond;  // what came with it
};

// Up to the line break, without it. Nothing on silence, end of file, or a line too long.
std::optional<Line> read_line(int fd, milliseconds patience, std::size_t bytes_max) {
  const auto until = SteadyClock::now() + patience;
  std::string line;
  std::vector<char> piece(65'536);
  while (line.size() < bytes_max && wait_readable(fd, until)) {
    const auto count = recv(fd, piece.data(), piece.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    const auto looked = line.size();
    line.append(piece.data(), count);
    const auto end = line.find('\n', looked);
    if (end != std::string::npos) return Line{line.substr(0, end), line.substr(end + 1)};
  }
  return std::nullopt;
}

bool write_line(int fd, std::string line) {
  line += '\n';
  std::string_view rest = line;
  while (!rest.empty()) {
    const auto count = send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    rest.remove_prefix(count);
  }
  return true;
}

std::string refusal(std::string_view why) {
  return json::serialize(json::object{{"ok", false}, {"error", why}});
}

}  // namespace

std::filesystem::path control_path(const std::filesystem::path& data_directory) {
  return data_directory / "control.sock";
}

// ---- the server's side

Result<std::unique_ptr<ControlServer>, Complaint> ControlServer::start(
    const std::filesystem::path& data_directory, Handler handler) {
  const auto path = control_path(data_directory);
  const auto refuse = [&](std::string_view why) {
    return complain("can't listen on " + path.string() + ": " + std::string(why));
  };
  const auto name = name_of(path);
  if (!name) return refuse("the path is too long for a Unix socket (107 bytes)");
  FileDescriptor listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!listener) return refuse(std::strerror(errno));
  unlink(path.c_str());
  // Nobody may connect between bind and chmod.
  const auto mask = umask(0177);
  const int bound = bind(listener.get(), reinterpret_cast<const sockaddr*>(&*name), sizeof *name);
  const int error = errno;
  umask(mask);
  if (bound != 0) return refuse(std::strerror(error));
  if (listen(listener.get(), 64) != 0) return refuse(std::strerror(errno));
  return std::unique_ptr<ControlServer>(
      new ControlServer(std::move(listener), path, std::move(handler)));
}

ControlServer::ControlServer(FileDescriptor listener, std::filesystem::path path, Handler handler)
    : listener_(std::move(listener)),
      stop_(eventfd(0, EFD_CLOEXEC)),
      path_(std::move(path)),
      handler_(std::move(handler)),
      thread_([this] { serve(); }) {}

ControlServer::~ControlServer() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(stop_.get(), &one, sizeof one);
  thread_.join();
  unlink(path_.c_str());
}

void ControlServer::serve() {
  begin_beside_calls("control");
  for (;;) {
    std::array<pollfd, 2> both{{{.fd = listener_.get(), .events = POLLIN, .revents = 0},
                                {.fd = stop_.get(), .events = POLLIN, .revents = 0}}};
    if (poll(both.data(), both.size(), -1) < 0) continue;
    if (both[1].revents != 0) return;
    FileDescriptor connection(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (connection) {
      answer(std::move(connection));
    } else {
      poll(&both[1], 1, 100);  // out of descriptors: later
    }
  }
}

void ControlServer::answer(FileDescriptor connection) const {
  const auto line = read_line(connection.get(), control_read_wait, control_line_bytes_max);
  if (!line) return;
  boost::system::error_code error;
  const auto request = json::parse(line->text, error);
  const auto* const what = !error && request.is_object() && request.as_object().contains("do")
                               ? request.as_object().at("do").if_string()
                               : nullptr;
  if (!what) {
    write_line(connection.get(), refusal("a request is one line like {\"do\":\"status\"}"));
    return;
  }
  const auto reply = handler_(std::string_view(what->data(), what->size()));
  if (reply && reply->then) return reply->then(std::move(connection), reply->line);
  write_line(connection.get(), reply ? reply->line : refusal(reply.error().what));
}

// ---- the command's side

namespace {

struct Answer {
  FileDescriptor connection;
  Line line;
};

std::optional<Result<Answer, Complaint>> ask(const std::filesystem::path& data_directory,
                                             std::string_view what) {
  const auto name = name_of(control_path(data_directory));
  if (!name) return std::nullopt;
  FileDescriptor connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!connection) return std::nullopt;
  // Refused or missing: the server is not there, or left its socket behind when it was killed.
  if (connect(connection.get(), reinterpret_cast<const sockaddr*>(&*name), sizeof *name) != 0) {
    if (errno == ECONNREFUSED || errno == ENOENT) return std::nullopt;
    return complain("can't reach the server on " + data_directory.string() + ": " +
                    std::strerror(errno));
  }
  write_line(connection.get(), json::serialize(json::object{{"do", what}}));
  auto line = read_line(connection.get(), control_answer_wait, control_answer_bytes_max);
  if (!line) return complain("the server did not answer; its log says more");
  boost::system::error_code error;
  const auto reply = json::parse(line->text, error);
  if (error || !reply.is_object()) {
    return complain("the server's answer makes no sense: " + line->text);
  }
  const auto& object = reply.as_object();
  if (object.contains("ok") && object.at("ok") == json::value(true)) {
    return Answer{std::move(connection), std::move(*line)};
  }
  const auto* const why = object.if_contains("error");
  return complain(why && why->is_string() ? std::string(why->get_string()) : line->text);
}

}  // namespace

std::optional<Result<std::string, Complaint>> ask_server(
    const std::filesystem::path& data_directory, std::string_view what) {
  auto answer = ask(data_directory, what);
  if (!answer) return std::nullopt;
  return std::move(*answer).map([](Answer&& got) { return std::move(got.line.text); });
}

std::optional<Result<ControlStream, Complaint>> open_stream(
    const std::filesystem::path& data_directory, std::string_view what) {
  auto answer = ask(data_directory, what);
  if (!answer) return std::nullopt;
  return std::move(*answer).map([](Answer&& got) {
    return ControlStream{std::move(got.connection), std::move(got.line.beyond)};
  });
}

}  // namespace strowger::host
