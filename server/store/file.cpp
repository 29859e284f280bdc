#include "store/file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace strowger::store {
namespace {

constexpr mode_t new_file_mode = 0640;

tl::unexpected<Error> system_failure(const std::string& what) {
  return fail(ErrorKind::storage, what + ": " + std::generic_category().message(errno));
}

}  // namespace

Outcome<File> File::open(const std::filesystem::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags, new_file_mode);
  if (fd < 0) return system_failure("cannot open " + path.string());
  return File(fd);
}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

File::~File() {
  if (fd_ >= 0) ::close(fd_);
}

Outcome<void> File::write_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("cannot write");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Outcome<void> File::sync() const {
  if (::fdatasync(fd_) != 0) return system_failure("cannot sync");
  return {};
}

Outcome<void> File::truncate(std::size_t bytes) const {
  if (::ftruncate(fd_, static_cast<off_t>(bytes)) != 0) return system_failure("cannot truncate");
  return {};
}

Outcome<void> File::lock() const {
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK) return system_failure("cannot lock");
  return fail(ErrorKind::conflict, "another process holds the lock");
}

Outcome<std::string> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  std::string bytes(error ? 0 : size, '\0');
  std::ifstream in(path, std::ios::binary);
  if (error || !in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    return fail(ErrorKind::storage, "cannot read " + path.string());
  }
  return bytes;
}

Outcome<void> read_in_pieces(const std::filesystem::path& path, std::size_t bytes_max,
                             const std::function<Outcome<void>(std::string_view)>& take) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  std::ifstream in(path, std::ios::binary);
  if (error || !in) return fail(ErrorKind::storage, "cannot read " + path.string());
  // One more, so that the end of a file that fits is seen at once.
  std::string buffer(std::min<std::uintmax_t>(bytes_max, size + 1), '\0');
  std::size_t kept = 0;
  while (!in.eof()) {
    in.read(buffer.data() + kept, static_cast<std::streamsize>(buffer.size() - kept));
    if (in.bad()) return fail(ErrorKind::storage, "cannot read " + path.string());
    const std::string_view there(buffer.data(), kept + static_cast<std::size_t>(in.gcount()));
    const auto last_break = in.eof() ? there.npos : there.rfind('\n');
    const auto piece = last_break == there.npos ? there : there.substr(0, last_break + 1);
    if (auto taken = take(piece); !taken) return taken;
    kept = there.size() - piece.size();
    std::copy(there.begin() + piece.size(), there.end(), buffer.begin());
  }
  return {};
}

Outcome<void> sync_directory(const std::filesystem::path& directory) {
  auto handle = File::open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!handle) return tl::unexpected<Error>(std::move(handle.error()));
  return handle->sync();
}

}  // namespace strowger::store
