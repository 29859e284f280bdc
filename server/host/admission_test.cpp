#include "host/admission.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{std::chrono::hours{1}};
const sip::KeyMaker keys(1, 2);

std::string request(const std::string& method, const std::string& call,
                    const std::string& to_tag = "") {
  return method + " sip:486@pbx SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + call +
         "\r\nFrom: <sip:a@pbx>;tag=1\r\nTo: <sip:486@pbx>" +
         (to_tag.empty() ? "" : ";tag=" + to_tag) + "\r\nCall-ID: " + call + "\r\nCSeq: 1 " +
         method + "\r\n\r\n";
}

Arrival arrival(std::string bytes, Instant at, sip::Transport transport = sip::Transport::udp) {
  return {{.transport = transport}, std::move(bytes), at};
}

class AdmissionTest : public testing::Test {
 protected:
  bool add(const std::string& bytes, Instant at = start,
           sip::Transport transport = sip::Transport::udp) {
    return admission.add(arrival(bytes, at, transport), sip::scan_head(bytes), at);
  }

  Admission admission{{.waiting_max = 10, .ahead_max = 20, .bytes_max = 10'000}, keys};
};

TEST_F(AdmissionTest, LetsCallsInProgressGoAhead) {
  const std::vector<std::string> first{
      request("ACK", "a"),        request("BYE", "b", "x"),    request("INVITE", "c", "x"),
      request("CANCEL", "d"),     request("PRACK", "e", "x"),  "SIP/2.0 200 OK\r\n\r\n",
  };
  ASSERT_TRUE(add(request("INVITE", "new")));
  ASSERT_TRUE(add("what is this"));
  for (const auto& bytes : first) ASSERT_TRUE(add(bytes));
  for (const auto& bytes : first) EXPECT_EQ(admission.next_ahead()->bytes, bytes);
  EXPECT_FALSE(admission.next_ahead());
  EXPECT_EQ(admission.next_waiting()->bytes, request("INVITE", "new"));
  EXPECT_EQ(admission.next_waiting()->bytes, "what is this");
  EXPECT_TRUE(admission.empty());
}

TEST_F(AdmissionTest, AsksNothingOfWhatComesWhileItIsCalm) {
  Admission calm({.wait = 20ms, .calm_max = 3}, keys);
  const std::vector<std::string> all{request("INVITE", "a"), request("CANCEL", "a"), "what?"};
  for (const auto& bytes : all) {
    ASSERT_TRUE(calm.is_calm(start));
    calm.add_unread(arrival(bytes, start), start);
  }
  EXPECT_FALSE(calm.is_calm(start));  // enough for a turn
  for (const auto& bytes : all) EXPECT_EQ(calm.next_ahead()->bytes, bytes);
  EXPECT_TRUE(calm.is_calm(start));
  ASSERT_TRUE(add(request("INVITE", "b")));
  EXPECT_FALSE(admission.is_calm(start));  // nothing may overtake it
}

TEST_F(AdmissionTest, IsNotCalmSoonAfterARefusal) {
  const auto late = start + 300ms;
  ASSERT_TRUE(add(request("INVITE", "a"), start));
  ASSERT_TRUE(add(request("INVITE", "b"), start));
  ASSERT_TRUE(admission.next_late(late));
  ASSERT_TRUE(admission.next_late(late));
  ASSERT_TRUE(admission.empty());
  EXPECT_FALSE(admission.is_calm(late + 199ms));
  EXPECT_TRUE(admission.is_calm(late + 201ms));
}

TEST_F(AdmissionTest, LetsNothingOvertakeTheRequestOfItsCall) {
  ASSERT_TRUE(add(request("INVITE", "one")));
  ASSERT_TRUE(add(request("INVITE", "two")));
  ASSERT_TRUE(add(request("CANCEL", "one")));
  EXPECT_FALSE(admission.next_ahead());
  EXPECT_EQ(admission.next_waiting()->bytes, request("INVITE", "one"));
  EXPECT_EQ(admission.next_waiting()->bytes, request("INVITE", "two"));
  EXPECT_EQ(admission.next_waiting()->bytes, request("CANCEL", "one"));
  ASSERT_TRUE(add(request("CANCEL", "one")));
  EXPECT_TRUE(admission.next_ahead()) << "nothing of its call waits any more";
}

TEST_F(AdmissionTest, LosesNothingOfAStream) {
  ASSERT_TRUE(add("what is this", start, sip::Transport::tcp));
  EXPECT_TRUE(admission.next_ahead());
}

TEST_F(AdmissionTest, WorksOffABurst) {
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(add(request("INVITE", std::to_string(i))));
  EXPECT_FALSE(admission.next_late(start + 199ms));
}

TEST_F(AdmissionTest, GivesUpWhatWaitedTooLongInOverload) {
  ASSERT_TRUE(add(request("INVITE", "old")));
  ASSERT_TRUE(add(request("CANCEL", "old")));
  ASSERT_TRUE(add(request("INVITE", "new"), start + 290ms));
  EXPECT_EQ(admission.next_late(start + 300ms)->bytes, request("INVITE", "old"));
  EXPECT_FALSE(admission.next_late(start + 300ms));
  EXPECT_EQ(admission.next_ahead()->bytes, request("CANCEL", "old"));
  EXPECT_EQ(admission.next_waiting()->bytes, request("INVITE", "new"));
}

TEST_F(AdmissionTest, IsBounded) {
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(add(request("INVITE", std::to_string(i))));
  EXPECT_FALSE(add(request("INVITE", "one more")));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(add(request("BYE", "b" + std::to_string(i), "x")));
  EXPECT_FALSE(add(request("BYE", "one more", "x")));
  while (admission.next_ahead()) continue;
  EXPECT_TRUE(add(request("BYE", "again", "x")));
  EXPECT_FALSE(add("SIP/2.0 200 OK\r\n" + std::string(10'000, 'x'))) << "bytes";
  while (admission.next_ahead() || admission.next_waiting()) continue;
  EXPECT_TRUE(add("SIP/2.0 200 OK\r\n" + std::string(9'000, 'x'))) << "bytes are given back";
}

// A shard in virtual time that serves a call in `service` and refuses one in `refusal`, as
// host::Intake does: turns of 4 ms, the late ones first, and host::Pace lets a millisecond pass
// from one to the next.
struct Shard {
  Admission admission{{}, keys};
  Duration service = 100us;
  Duration refusal = 4us;
  Instant now = start;
  Instant turned = start;
  std::vector<Duration> served = {};   // after so long
  std::vector<Duration> refused = {};

  void turn() {
    now = std::max(now, turned + 1ms);
    turned = now;
    while (const auto late = admission.next_late(now)) refuse(*late);
    const auto until = now + 4ms;
    while (now < until) {
      const auto next = admission.next_waiting();
      if (!next) break;
      now += service;
      served.push_back(now - next->at);
    }
  }
  void refuse(const Arrival& arrival) {
    now += refusal;
    refused.push_back(now - arrival.at);
  }
};

// Calls come in every `gap`, for `length`.
void offer(Shard& shard, Duration gap, Duration length) {
  std::uint64_t calls = 0;
  for (Instant due = shard.now, end = due + length; due < end;) {
    shard.now = std::max(shard.now, shard.turned + 1ms);
    for (; due < end && due <= shard.now; due += gap, ++calls) {
      const auto bytes = request("INVITE", std::to_string(calls));
      auto one = arrival(bytes, due);
      if (!shard.admission.add(std::move(one), sip::scan_head(bytes), shard.now)) {
        shard.refuse(one);
      }
    }
    if (shard.admission.empty()) shard.now = due;
    else shard.turn();
  }
  while (!shard.admission.empty()) shard.turn();
}

Duration share(std::vector<Duration> times, double part) {
  std::ranges::sort(times);
  return times[static_cast<std::size_t>(static_cast<double>(times.size() - 1) * part)];
}

// The beginning is a burst like any other, which is forgotten.
void settle_and_offer(Shard& shard, Duration gap, Duration length) {
  offer(shard, gap, 500ms);
  shard.served.clear();
  shard.refused.clear();
  offer(shard, gap, length);
}

TEST(Admission, RefusesNobodyBelowCapacity) {
  Shard shard;
  offer(shard, 110us, 3s);
  EXPECT_TRUE(shard.refused.empty());
}

// Above capacity: so many times, and what part of it must be served.
TEST(Admission, ServesNearlyAllThatItCan) {
  const struct {
    double times;
    double least;
  } cases[] = {{1.1, 0.97}, {3, 0.9}, {5, 0.8}};
  for (const auto& [times, least] : cases) {
    SCOPED_TRACE(times);
    Shard shard;
    const auto service_ns = static_cast<double>(shard.service.count());
    const Duration gap{static_cast<std::int64_t>(service_ns / times)};
    settle_and_offer(shard, gap, 3s);
    const auto capacity = static_cast<double>(3s / shard.service);
    EXPECT_GE(static_cast<double>(shard.served.size()), least * capacity);
    EXPECT_LT(share(shard.served, 0.99), 50ms);
    EXPECT_LT(share(shard.refused, 0.99), 5ms) << "whoever can't be served is told at once";
  }
}

// Something else had the processor for a while, and what was measured then is wrong.
TEST(Admission, ForgetsHowSlowItWas) {
  Shard shard;
  shard.service = 5ms;
  offer(shard, 20us, 500ms);
  shard.service = 30us;
  offer(shard, 20us, 500ms);
  shard.served.clear();
  offer(shard, 20us, 1s);
  EXPECT_GE(static_cast<double>(shard.served.size()), 0.85 * static_cast<double>(1s / 30us));
}

TEST(Admission, RecoversAtOnce) {
  Shard shard;
  offer(shard, shard.service / 10, 1s);
  shard.refused.clear();
  offer(shard, 2 * shard.service, 1s);
  EXPECT_TRUE(shard.refused.empty());
}

}  // namespace
}  // namespace strowger::host
