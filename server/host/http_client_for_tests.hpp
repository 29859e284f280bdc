// The simplest client: sends a text and reads until the server closes. For the tests of this room.
#pragma once

#include "host/file_descriptor.hpp"
#include "host/http_server.hpp"
#include "host/socket_address.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>
#include <string_view>

namespace strowger::host {

inline FileDescriptor connected(const HttpServer& server) {
  FileDescriptor fd(socket(AF_INET, SOCK_STREAM, 0));
  const SocketAddress name(server.address());
  EXPECT_EQ(connect(fd.get(), name.get(), name.length), 0);
  return fd;
}

inline void say(const FileDescriptor& fd, std::string_view text) {
  ::send(fd.get(), text.data(), text.size(), MSG_NOSIGNAL);
}

// Until the server closes.
inline std::string all_said(const FileDescriptor& fd) {
  std::string answer;
  char piece[4'096];
  for (ssize_t count = 0; (count = recv(fd.get(), piece, sizeof piece, 0)) > 0;) {
    answer.append(piece, count);
  }
  return answer;
}

inline std::string ask(const HttpServer& server, const std::string& text) {
  const auto fd = connected(server);
  say(fd, text);
  return all_said(fd);
}

}  // namespace strowger::host
