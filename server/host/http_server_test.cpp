#include "host/http_server.hpp"

#include "host/http_client_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace strowger::host {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

api::Response echo(const api::Request& request) {
  if (request.path == "/throw") throw std::runtime_error("on purpose");
  return {.body = request.method + "|" + request.path + "|" + request.query + "|" +
                  std::to_string(request.body.size())};
}

std::unique_ptr<HttpServer> start(HttpLimits limits = {}) {
  auto server = HttpServer::start(*Endpoint::parse("127.0.0.1:0"), limits, echo);
  EXPECT_TRUE(server) << server.error().what;
  return std::move(*server);
}

TEST(HttpServer, CarriesRequestsAndResponses) {
  const auto server = start();
  const auto answer = ask(*server,
                          "GET /a%20b?x=1&y HTTP/1.1\r\nHost: h\r\n\r\n"
                          "POST /c HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                          "Content-Length: 5\r\n\r\nhello");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("GET|/a%20b|x=1&y|0HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, EndsWith("POST|/c||5"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff"));
}

TEST(HttpServer, HasNoBodyForHead) {
  const auto server = start();
  const auto answer = ask(*server, "HEAD /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 10\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST(HttpServer, RefusesWithinItsLimits) {
  const auto server = start({.head_bytes_max = 500, .body_bytes_max = 100});
  const struct {
    std::string text;
    const char* status;
  } cases[] = {
      {"GET / HTTP/1.1\r\nX: " + std::string(1'000, 'x') + "\r\n\r\n", "HTTP/1.1 431 "},
      {"POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'x'),
       "HTTP/1.1 413 "},
      {"what is this\r\n\r\n", "HTTP/1.1 400 "},
      {"POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n", "HTTP/1.1 400 "},
      {"GET /throw HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 500 "},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.status);
    const auto answer = ask(*server, c.text);
    EXPECT_THAT(answer, StartsWith(c.status));
    EXPECT_THAT(answer, HasSubstr("application/problem+json"));
    EXPECT_THAT(answer, testing::Not(HasSubstr("on purpose")));
  }
}

TEST(HttpServer, ClosesOnSilence) {
  const auto server = start({.request = std::chrono::seconds{0}});
  EXPECT_EQ(ask(*server, "GET / HTTP/1.1\r\n"), "");
}

TEST(HttpServer, HasALimitOfConnections) {
  const auto server = start({.connections_max = 0});
  EXPECT_EQ(ask(*server, ""), "");
}

TEST(HttpServer, LetsTheLongestWaitingOfAnAddressMakeRoom) {
  const auto server = start({.per_address_max = 2});
  const auto first = connected(*server);
  const auto second = connected(*server);
  say(first, "GET / HT");
  say(second, "GET / HT");
  EXPECT_THAT(ask(*server, "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(all_said(first), "") << "it made room";
  say(second, "TP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(all_said(second), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServer, SaysWhyItCannotListen) {
  const auto first = start();
  const auto second = HttpServer::start(first->address(), {}, echo);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("in use"));
}

}  // namespace
}  // namespace strowger::host
