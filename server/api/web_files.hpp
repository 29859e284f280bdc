// The web app: files of one directory, and its index.html for every address that the app routes by
// itself. Nothing outside the directory is ever read.
#pragma once

#include "api/http.hpp"

#include <filesystem>

namespace strowger::api {

class WebFiles {
 public:
  explicit WebFiles(const std::filesystem::path& directory);  // "" for none

  Response answer(const Request& request) const;

 private:
  Response file(const std::filesystem::path& path, const Request& request) const;
  Response page() const;

  std::filesystem::path root_;  // canonical; "" when there is nothing
};

}  // namespace strowger::api
