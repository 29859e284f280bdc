// TLS that we open ourselves, over real sockets: both ends are transports of ours.
#include "host/certificate_for_tests.hpp"
#include "host/clock.hpp"
#include "host/loop_for_tests.hpp"
#include "host/socket_address.hpp"
#include "host/tcp_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <functional>
#include <string>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct LinkEnd final : TcpTransport::User {
  void received(const sip::Peer& peer, std::string bytes) override {
    peers.push_back(peer);
    messages.push_back(std::move(bytes));
  }
  void connection_lost(std::uint64_t connection) override { lost.push_back(connection); }
  void unreachable(const sip::Peer& peer) override { nowhere.push_back(peer); }

  std::vector<sip::Peer> peers;
  std::vector<std::string> messages;
  std::vector<std::uint64_t> lost;
  std::vector<sip::Peer> nowhere;
};

std::shared_ptr<const std::string> ask(int number) {
  return std::make_shared<const std::string>("OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nCSeq: " +
                                             std::to_string(number) +
                                             " OPTIONS\r\nContent-Length: 0\r\n\r\n");
}

class TcpLinksTest : public testing::Test {
 protected:
  TcpLinksTest() {
    const auto files = folder_.named("far", "DNS:sip.example.net");
    links_.emplace(load_authorities(files.certificate, {}).value());
    far_.emplace(loop_, far_end_, TcpLimits{});
    far_->use(load_certificate(files, wall_now()).value().context);
    address_ = far_->listen(sip::Transport::tls, *Endpoint::parse("127.0.0.1:0")).value();
  }
  void start(TcpLimits limits = {}) { near_.emplace(loop_, near_end_, limits, 1, &*links_); }

  sip::Peer to(const std::string& name, const char* who = "trunk default/a") {
    const auto number = links_->number(who, {name}, [this](const std::string& trouble) {
      troubles_.push_back(trouble);
    });
    return {.transport = sip::Transport::tls,
            .local = *Endpoint::parse("127.0.0.1:5061"),
            .remote = address_,
            .link = number};
  }

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

  CertificateFolder folder_;
  Loop loop_;
  std::optional<TlsLinks> links_;
  LinkEnd near_end_;
  LinkEnd far_end_;
  std::optional<TcpTransport> near_;
  std::optional<TcpTransport> far_;
  Endpoint address_;
  std::vector<std::string> troubles_;
};

TEST_F(TcpLinksTest, OneConnectionServesOneNameAndAnotherNameHasItsOwn) {
  start();
  const auto peer = to("sip.example.net");
  EXPECT_TRUE(near_->send(peer, ask(1)));
  EXPECT_TRUE(near_->send(peer, ask(2)));
  until([&] { return far_end_.messages.size() == 2; });
  EXPECT_EQ(far_->connections(), 1U);
  EXPECT_THAT(troubles_, ElementsAre(""));
  // CVE-2020-15260: the same address is no reason to use it for somebody else.
  EXPECT_TRUE(near_->send(to("sip.example.net", "trunk other/a"), ask(3)));
  until([&] { return far_end_.messages.size() == 3; });
  EXPECT_EQ(far_->connections(), 2U);
  // What comes over it says whose it is.
  EXPECT_TRUE(far_->send(far_end_.peers[0], ask(4)));
  until([&] { return near_end_.messages.size() == 1; });
  EXPECT_EQ(near_end_.peers[0].link, peer.link);
  EXPECT_EQ(far_end_.peers[0].link, 0U);
}

TEST_F(TcpLinksTest, AWrongNameIsToldNothingAndRests) {
  start();
  const auto peer = to("other.example");
  EXPECT_TRUE(near_->send(peer, ask(1)));
  until([&] { return !near_end_.nowhere.empty(); });
  EXPECT_THAT(near_end_.nowhere, ElementsAre(peer));
  ASSERT_THAT(troubles_, SizeIs(1));
  EXPECT_THAT(troubles_[0], HasSubstr("TLS to other.example (127.0.0.1:"));
  EXPECT_THAT(troubles_[0], HasSubstr("that of sip.example.net, not of other.example"));
  EXPECT_FALSE(near_->send(peer, ask(2))) << "it is tried again at once";
  until([&] { return near_->connections() == 0 && far_->connections() == 0; });
  EXPECT_THAT(far_end_.messages, IsEmpty());
  EXPECT_THAT(near_end_.nowhere, SizeIs(1)) << "told twice";
}

TEST_F(TcpLinksTest, WhoTakesTheConnectionAndSaysNothingIsGivenUp) {
  start({.connecting = 50ms});
  const FileDescriptor mute(socket(AF_INET, SOCK_STREAM, 0));
  const SocketAddress any(*Endpoint::parse("127.0.0.1:0"));
  ASSERT_EQ(bind(mute.get(), any.get(), any.length), 0);
  ASSERT_EQ(listen(mute.get(), 1), 0);
  auto peer = to("sip.example.net");
  peer.remote = bound_endpoint(mute.get());
  EXPECT_TRUE(near_->send(peer, ask(1)));
  until([&] { return !near_end_.nowhere.empty(); });
  EXPECT_THAT(troubles_.back(), HasSubstr("does not speak TLS"));
}

TEST_F(TcpLinksTest, NobodyThereIsToldAtOnceOverTcpToo) {
  start();
  const FileDescriptor closed(socket(AF_INET, SOCK_STREAM, 0));
  const SocketAddress any(*Endpoint::parse("127.0.0.1:0"));
  ASSERT_EQ(bind(closed.get(), any.get(), any.length), 0);
  auto peer = to("sip.example.net");
  peer.remote = bound_endpoint(closed.get());
  near_->send(peer, ask(1));
  until([&] { return near_end_.nowhere.size() == 1; });
  EXPECT_THAT(troubles_.back(), HasSubstr("no connection"));
  peer.transport = sip::Transport::tcp;
  peer.link = 0;
  near_->send(peer, ask(2));
  until([&] { return near_end_.nowhere.size() == 2; });
  EXPECT_EQ(near_end_.nowhere[1], peer);
}

TEST_F(TcpLinksTest, StaysOpenAsLongAsSomebodyWantsIt) {
  start({.quiet = 30ms, .keep_alive = 10ms});
  const auto peer = to("sip.example.net");
  EXPECT_TRUE(near_->send(peer, ask(1)));
  until([&] { return far_end_.messages.size() == 1; });
  const auto long_after = monotonic_now() + 200ms;
  until([&] { return monotonic_now() > long_after; });
  EXPECT_EQ(near_->connections(), 1U);
  links_->keep({});
  until([&] { return near_->connections() == 0; });
  EXPECT_THAT(near_end_.nowhere, ElementsAre(peer));
}

TEST_F(TcpLinksTest, AfterTheFarEndLeavesTheNextMessageOpensAnother) {
  start();
  const auto peer = to("sip.example.net");
  EXPECT_TRUE(near_->send(peer, ask(1)));
  until([&] { return far_end_.messages.size() == 1; });
  far_->cut(far_end_.peers[0].connection);
  until([&] { return near_->connections() == 0; });
  EXPECT_THAT(near_end_.nowhere, ElementsAre(peer)) << "what waits for an answer waits in vain";
  EXPECT_TRUE(near_->send(peer, ask(2)));
  until([&] { return far_end_.messages.size() == 2; });
}

TEST_F(TcpLinksTest, ThereIsNoTlsToWhoeverIsNotKnownByName) {
  start();
  auto peer = to("sip.example.net");
  peer.link = 0;
  EXPECT_FALSE(near_->send(peer, ask(1)));
}

}  // namespace
}  // namespace strowger::host
