#include "host/tcp_transport.hpp"

#include "host/clock.hpp"
#include "host/loop_for_tests.hpp"
#include "host/socket_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <functional>
#include <string>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string options(int number) {
  return "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nCSeq: " + std::to_string(number) +
         " OPTIONS\r\nContent-Length: 4\r\n\r\nbody";
}

// A transport in a loop, and what it told its user.
class TcpTransportTest : public testing::Test, public TcpTransport::User {
 protected:
  void start(TcpLimits limits = {}) {
    User& user = *this;
    transport_.emplace(loop_, user, limits);
    const auto bound = transport_->listen(sip::Transport::tcp, *Endpoint::parse("127.0.0.1:0"));
    ASSERT_TRUE(bound) << bound.error().what;
    address_ = *bound;
  }

  // Runs the loop until `done`, or for far too long.
  void until(const std::function<bool()>& done) {
    bool late = false;
    const auto alarm = loop_.at(monotonic_now() + 10s, [&] {
      late = true;
      loop_.stop();
    });
    Watcher watcher(loop_, done);
    loop_.run(&watcher);
    loop_.disarm(alarm);
    EXPECT_FALSE(late);
  }

  FileDescriptor connect_to(const Endpoint& address) {
    FileDescriptor fd(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    const SocketAddress name(address);
    ::connect(fd.get(), name.get(), name.length);
    return fd;
  }

  static void put(const FileDescriptor& fd, std::string_view text) {
    ASSERT_EQ(::send(fd.get(), text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }

  // What has arrived by now; "EOF" at the end when the far end closed.
  static std::string got(const FileDescriptor& fd) {
    std::string text;
    char piece[4'096];
    for (;;) {
      const auto count = recv(fd.get(), piece, sizeof piece, 0);
      if (count == 0) return text + "EOF";
      if (count < 0) return text;
      text.append(piece, count);
    }
  }

  void received(const sip::Peer& peer, std::string bytes) override {
    peer_ = peer;
    messages_.push_back(std::move(bytes));
    if (on_message_) on_message_();
  }
  void connection_lost(std::uint64_t connection) override { lost_.push_back(connection); }
  void unreachable(const sip::Peer& peer) override { unreachable_.push_back(peer); }

  Loop loop_;
  std::optional<TcpTransport> transport_;
  Endpoint address_;
  sip::Peer peer_;
  std::vector<std::string> messages_;
  std::vector<std::uint64_t> lost_;
  std::vector<sip::Peer> unreachable_;
  std::function<void()> on_message_;
};

TEST_F(TcpTransportTest, CutsMessagesHoweverTheyArrive) {
  start();
  const auto caller = connect_to(address_);
  const auto both = options(1) + options(2);
  for (std::size_t i = 0; i < both.size(); i += 7) {
    put(caller, std::string_view(both).substr(i, 7));
    until([] { return true; });
  }
  until([&] { return messages_.size() == 2; });
  EXPECT_THAT(messages_, ElementsAre(options(1), options(2)));
  EXPECT_EQ(peer_.transport, sip::Transport::tcp);
  EXPECT_EQ(peer_.local, address_);
  EXPECT_EQ(peer_.remote, bound_endpoint(caller.get()));
  EXPECT_NE(peer_.connection, 0U);
}

TEST_F(TcpTransportTest, AnswersOnTheSameConnection) {
  start();
  const auto caller = connect_to(address_);
  put(caller, options(1));
  until([&] { return messages_.size() == 1; });
  EXPECT_TRUE(transport_->send(peer_, std::make_shared<const std::string>("answer")));
  std::string heard;
  until([&] { return (heard += got(caller)) == "answer"; });
}

TEST_F(TcpTransportTest, AnswersKeepAlives) {
  start();
  const auto caller = connect_to(address_);
  put(caller, "\r\n\r\n");
  std::string heard;
  until([&] { return (heard += got(caller)) == "\r\n"; });
  EXPECT_TRUE(messages_.empty());
}

TEST_F(TcpTransportTest, SaysAllItsLastWordsOnABrokenStream) {
  start();
  const auto caller = connect_to(address_);
  on_message_ = [&] {
    // As the shard does: at the end of the turn, in several messages.
    loop_.at(monotonic_now(), [this] {
      for (const char* word : {"one ", "two ", "three"}) {
        EXPECT_TRUE(transport_->send(peer_, std::make_shared<const std::string>(word)));
      }
    });
  };
  put(caller, options(1) + "this is no SIP at all\r\n\r\n");
  std::string heard;
  until([&] { return (heard += got(caller)).ends_with("EOF"); });
  EXPECT_EQ(heard, "one two threeEOF");
}

TEST_F(TcpTransportTest, TellsWhenTheFarEndIsGone) {
  start();
  auto caller = connect_to(address_);
  put(caller, options(1));
  until([&] { return messages_.size() == 1; });
  caller.reset();
  until([&] { return !lost_.empty(); });
  EXPECT_THAT(lost_, ElementsAre(peer_.connection));
  EXPECT_EQ(transport_->connections(), 0U);
  EXPECT_FALSE(transport_->send(peer_, std::make_shared<const std::string>("too late")));
}

TEST_F(TcpTransportTest, OpensAConnectionWhenItHasNone) {
  start();
  const auto phone = connect_to(address_);  // only for a port that nobody listens on
  TcpTransport other(loop_, *this, {});
  const auto there = other.listen(sip::Transport::tcp, *Endpoint::parse("127.0.0.1:0"));
  const sip::Peer to{.transport = sip::Transport::tcp, .local = address_, .remote = *there};
  EXPECT_TRUE(transport_->send(to, std::make_shared<const std::string>(options(1))));
  EXPECT_TRUE(transport_->send(to, std::make_shared<const std::string>(options(2))));
  until([&] { return messages_.size() == 2; });
  EXPECT_THAT(messages_, ElementsAre(options(1), options(2)));
  EXPECT_EQ(other.connections(), 1U);
}

TEST_F(TcpTransportTest, TellsWhenItCannotConnect) {
  start();
  FileDescriptor nobody(socket(AF_INET, SOCK_STREAM, 0));
  const SocketAddress name(*Endpoint::parse("127.0.0.1:0"));
  ASSERT_EQ(bind(nobody.get(), name.get(), name.length), 0);
  const sip::Peer to{.transport = sip::Transport::tcp,
                     .local = address_,
                     .remote = bound_endpoint(nobody.get())};
  const bool sent = transport_->send(to, std::make_shared<const std::string>(options(1)));
  if (sent) until([&] { return lost_.size() == 1; });
  EXPECT_EQ(transport_->connections(), 0U);
}

TEST_F(TcpTransportTest, CutsWhoeverIsTooSlow) {
  const struct {
    const char* what;
    const char* sends;
  } cases[] = {
      {"says nothing", ""},
      {"never ends its head", "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nX: "},
      {"never sends the body", "OPTIONS sip:x SIP/2.0\r\nContent-Length: 900\r\n\r\n"},
      {"only keeps alive", "\r\n\r\n"},
  };
  start({.first_message = 20ms, .rest_of_message = 20ms});
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    lost_.clear();
    const auto caller = connect_to(address_);
    put(caller, c.sends);
    until([&] { return lost_.size() == 1; });
  }
}

TEST_F(TcpTransportTest, AConnectionThatSpokeMayBeQuietLonger) {
  start({.first_message = 1ms, .rest_of_message = 20ms, .quiet = 1h});
  const auto caller = connect_to(address_);
  put(caller, options(1));
  until([&] { return messages_.size() == 1; });
  const auto later = monotonic_now() + 50ms;
  until([&] { return monotonic_now() >= later; });
  EXPECT_TRUE(lost_.empty());
  // But not in the middle of a message.
  put(caller, "OPTIONS");
  until([&] { return lost_.size() == 1; });
}

TEST_F(TcpTransportTest, CutsWhoeverDoesNotRead) {
  start({.unsent_bytes_max = 100'000});
  const auto caller = connect_to(address_);
  put(caller, options(1));
  until([&] { return messages_.size() == 1; });
  const auto much = std::make_shared<const std::string>(60'000, 'x');
  int sent = 0;
  while (transport_->send(peer_, much)) ASSERT_LT(++sent, 10'000);
  EXPECT_THAT(lost_, ElementsAre(peer_.connection));
}

TEST_F(TcpTransportTest, HasALimitOfConnections) {
  start({.connections_max = 2});
  const auto first = connect_to(address_);
  const auto second = connect_to(address_);
  put(first, options(1));
  put(second, options(2));
  until([&] { return messages_.size() == 2; });
  const auto third = connect_to(address_);
  std::string heard;
  until([&] { return (heard += got(third)).ends_with("EOF"); });
  EXPECT_EQ(transport_->connections(), 2U);
}

TEST_F(TcpTransportTest, LetsTheLongestSilentMakeRoom) {
  start({.per_address_max = 2});
  const auto known = connect_to(address_);
  put(known, options(1));
  until([&] { return messages_.size() == 1; });
  const auto silent = connect_to(address_);
  until([&] { return transport_->connections() == 2; });
  const auto newcomer = connect_to(address_);
  put(newcomer, options(2));
  until([&] { return messages_.size() == 2; });
  std::string heard;
  until([&] { return (heard += got(silent)).ends_with("EOF"); });
  EXPECT_EQ(transport_->connections(), 2U);
  EXPECT_EQ(got(known), "") << "it has said something, and stays";
}

}  // namespace
TEST(ConnectedToItself, IsTrueWhenBothEndsAreOne) {
  FileDescriptor fd(socket(AF_INET, SOCK_STREAM, 0));
  const SocketAddress any(*Endpoint::parse("127.0.0.1:0"));
  ASSERT_EQ(bind(fd.get(), any.get(), any.length), 0);
  EXPECT_FALSE(connected_to_itself(fd.get()));
  const SocketAddress own(bound_endpoint(fd.get()));
  ASSERT_EQ(connect(fd.get(), own.get(), own.length), 0);
  EXPECT_TRUE(connected_to_itself(fd.get()));

  FileDescriptor listener(socket(AF_INET, SOCK_STREAM, 0));
  ASSERT_EQ(bind(listener.get(), any.get(), any.length), 0);
  ASSERT_EQ(listen(listener.get(), 1), 0);
  FileDescriptor other(socket(AF_INET, SOCK_STREAM, 0));
  const SocketAddress there(bound_endpoint(listener.get()));
  ASSERT_EQ(connect(other.get(), there.get(), there.length), 0);
  EXPECT_FALSE(connected_to_itself(other.get()));
}

}  // namespace strowger::host
