// One open file of the operating system, closed at the end; errors as store::Error.
#pragma once

#include "store/error.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace strowger::store {

class File {
 public:
  // `flags` as for open(2); a new file is readable by its owner and group.
  static Outcome<File> open(const std::filesystem::path& path, int flags);
  File() = default;
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  File& operator=(File&& other) noexcept;
  ~File();

  Outcome<void> write_all(std::string_view bytes) const;
  Outcome<void> sync() const;                   // fdatasync
  Outcome<void> truncate(std::size_t bytes) const;
  // Takes the exclusive lock or says `conflict` at once; held until the file is closed.
  Outcome<void> lock() const;

 private:
  explicit File(int fd) : fd_(fd) {}
  int fd_ = -1;
};

Outcome<std::string> read_file(const std::filesystem::path& path);
// Gives `take` the whole file in pieces of at most `bytes_max`, each but the last cut behind a line
// break, unless it holds none. Ends early with the first error of `take`.
Outcome<void> read_in_pieces(const std::filesystem::path& path, std::size_t bytes_max,
                             const std::function<Outcome<void>(std::string_view)>& take);
// Makes created and renamed names durable.
Outcome<void> sync_directory(const std::filesystem::path& directory);

}  // namespace strowger::store
