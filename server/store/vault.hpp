// Texts that have to be read again and that a copy of the database shall not tell: encrypted with a
// key that lies beside it, in a file of its own (docs/decisions/0029-carriers-passwords.md).
#pragma once

#include "store/error.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::store {

class Vault {
 public:
  // The key's file; made when something is sealed for the first time, readable by its owner only.
  explicit Vault(std::filesystem::path key_file) : path_(std::move(key_file)) {}

  // AES-256-GCM. `place`: what it belongs to; it can be opened as nothing else.
  Outcome<std::string> seal(std::string_view text, std::string_view place);
  // `storage` when the key is gone or another one, or the bytes were changed.
  Outcome<std::string> open(std::string_view sealed, std::string_view place);

 private:
  static constexpr std::size_t key_bytes = 32;
  using Key = std::array<unsigned char, key_bytes>;

  Outcome<Key> key(bool make);
  Outcome<Key> make_key();

  std::filesystem::path path_;
};

}  // namespace strowger::store
