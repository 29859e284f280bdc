#include "cli/child_process.hpp"

#include "host/file_descriptor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace strowger::cli {

using host::FileDescriptor;
using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds stop_looked_at{100};  // so often

struct Pipe {
  FileDescriptor read_end;
  FileDescriptor write_end;
};

std::optional<Pipe> make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

class Child {
 public:
  Child(std::span<const std::byte> input, ChildLimits limits)
      : input_(input), limits_(limits), until_(SteadyClock::now() + limits.time) {}

  ~Child() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

  bool start(const std::vector<std::string>& arguments) {
    auto in = make_pipe();
    auto out = make_pipe();
    if (!in || !out) return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in->read_end.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out->write_end.get(), STDOUT_FILENO);
    std::vector<char*> words;
    for (const auto& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const int error =
        posix_spawn(&pid_, words[0], &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
      pid_ = 0;
      errno = error;
      return false;
    }
    to_ = std::move(in->write_end);
    from_ = std::move(out->read_end);
    fcntl(to_.get(), F_SETFL, O_NONBLOCK);
    if (input_.empty()) to_.reset();
    return true;
  }

  // Writes and reads until the child closes its output. Returns what is wrong.
  std::optional<std::string> talk() {
    while (true) {
      std::array<pollfd, 2> both{{{.fd = from_.get(), .events = POLLIN, .revents = 0},
                                  {.fd = to_.get(), .events = POLLOUT, .revents = 0}}};
      const auto left = std::chrono::ceil<milliseconds>(until_ - SteadyClock::now()).count();
      if (limits_.stop && *limits_.stop) return "it was no longer wanted";
      const auto wait = limits_.stop ? std::min(left, stop_looked_at.count()) : left;
      const int count = left > 0 ? poll(both.data(), both.size(), static_cast<int>(wait)) : 0;
      if (count < 0 && errno == EINTR) continue;
      if (count == 0 && wait < left) continue;
      if (count <= 0) return fmt::format("it took longer than {} ms", limits_.time.count());
      if (both[1].revents != 0) write_some();
      if (both[0].revents != 0 && !read_some()) return std::nullopt;
      if (output_.size() > limits_.output_bytes_max) {
        return fmt::format("it printed more than {} bytes", limits_.output_bytes_max);
      }
    }
  }

  std::optional<std::string> finish() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    if (WIFSIGNALED(status)) {
      return fmt::format("it died of signal {} ({})", WTERMSIG(status),
                         strsignal(WTERMSIG(status)));
    }
    if (WEXITSTATUS(status) != 0) {
      return fmt::format("it ended with exit code {}", WEXITSTATUS(status));
    }
    return std::nullopt;
  }

  std::vector<std::byte> take_output() { return std::move(output_); }

 private:
  // A child that stops reading may still have printed what matters.
  void write_some() {
    const auto count = write(to_.get(), input_.data(), input_.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count > 0) input_ = input_.subspan(count);
    if (count <= 0 || input_.empty()) to_.reset();
  }

  bool read_some() {
    std::array<std::byte, 65'536> piece;
    const auto count = read(from_.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) return true;
    if (count <= 0) return false;
    output_.insert(output_.end(), piece.begin(), piece.begin() + count);
    return true;
  }

  std::span<const std::byte> input_;
  ChildLimits limits_;
  SteadyClock::time_point until_;
  pid_t pid_ = 0;
  FileDescriptor to_;
  FileDescriptor from_;
  std::vector<std::byte> output_;
};

}  // namespace

Result<std::vector<std::byte>, Complaint> run_child(const std::vector<std::string>& arguments,
                                                    std::span<const std::byte> input,
                                                    ChildLimits limits) {
  signal(SIGPIPE, SIG_IGN);
  Child child(input, limits);
  if (!child.start(arguments)) {
    return complain("can't start " + arguments.front() + ": " + std::strerror(errno));
  }
  if (const auto trouble = child.talk()) return complain(*trouble);
  if (const auto trouble = child.finish()) return complain(*trouble);
  return child.take_output();
}

}  // namespace strowger::cli
