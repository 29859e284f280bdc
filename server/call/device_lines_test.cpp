// Calls that a device is in, of all exchanges, against its limit.
#include "call/device_lines.hpp"

#include "call/parties_for_tests.hpp"

namespace strowger::call {
namespace {

using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(DeviceLines, AreGivenBack) {
  const auto lines = std::make_shared<DeviceLines>();
  auto first = lines->take("acme", "201", 2);
  const auto second = lines->take("acme", "201", 2);
  EXPECT_NE(second, nullptr);
  EXPECT_EQ(lines->take("acme", "201", 2), nullptr);
  EXPECT_NE(lines->take("acme", "201"), nullptr) << "without a limit: whoever calls";
  EXPECT_NE(lines->take("globex", "201", 1), nullptr) << "accounts name devices as they like";
  EXPECT_EQ(lines->taken("acme", "201"), 2);
  first.reset();
  EXPECT_EQ(lines->taken("acme", "201"), 1);
  EXPECT_NE(lines->take("acme", "201", 2), nullptr);
}

struct DeviceLinesInCalls : Parties {
  std::shared_ptr<DeviceLines> lines = std::make_shared<DeviceLines>();
  std::vector<Target> targets;
  std::string account = "acme";
  std::vector<std::string> whys;

  static Target device(const Party& party, std::string id, std::int64_t most) {
    auto target = party.target();
    target.device = std::move(id);
    target.lines_max = most;
    return target;
  }
  static Task<> script(Call& call, DeviceLinesInCalls& test) {
    call.record().account = test.account;
    const auto result = co_await call.ring(test.targets, {});
    test.results.push_back(std::to_string(result.code));
    if (result.leg == nullptr) {
      call.reject(standard_rejection(result.code));
      co_return;
    }
    const auto end = co_await call.bridge(*result.leg);
    if (end == BridgeEnd::callee_left) call.hang_up();
  }
  void start(std::vector<Target> to) {
    targets = std::move(to);
    Exchange::Config config;
    config.lines = lines;
    open([this](Call& call) { return script(call, *this); }, std::move(config));
  }
};

TEST_F(DeviceLinesInCalls, WhoHasAllInUseIsBusyUntilOneEnds) {
  start({device(bob(), "201", 1)});
  invite(caller().sdp());
  answer(bob());
  EXPECT_EQ(lines->taken("acme", "201"), 1);
  bob().heard();
  invite(caller().sdp());
  EXPECT_THAT(results, ElementsAre("200", "486"));
  EXPECT_THAT(bob().heard(), IsEmpty()) << "nothing is sent to it";
  EXPECT_EQ(records.back().legs[0].note, "all of its lines are in use");
  hang_up(bob());
  EXPECT_EQ(lines->taken("acme", "201"), 0);
  invite(caller().sdp());
  EXPECT_THAT(bob().heard(), Contains("INVITE"));
}

TEST_F(DeviceLinesInCalls, CallsOfAnotherExchangeCount) {
  start({device(bob(), "201", 2)});
  const auto there = lines->take("acme", "201");
  auto more = lines->take("acme", "201");
  invite(caller().sdp());
  EXPECT_THAT(results, ElementsAre("486"));
  more.reset();
  invite(caller().sdp());
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE"));
}

TEST_F(DeviceLinesInCalls, AnotherAccountsDeviceIsAnother) {
  start({device(bob(), "201", 1)});
  for (const auto* const one : {"acme", "globex", "acme"}) {
    account = one;
    invite(caller().sdp());
  }
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "INVITE"));
  EXPECT_THAT(results, ElementsAre("486"));
}

TEST_F(DeviceLinesInCalls, TwoContactsThatRingForOneCallAreOneLine) {
  start({device(bob(), "201", 1), device(cleo(), "201", 1)});
  invite(caller().sdp());
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE"));
  EXPECT_THAT(cleo().heard(), ElementsAre("INVITE"));
  EXPECT_EQ(lines->taken("acme", "201"), 1);
  ring(bob());
  ring(cleo());
  answer(cleo());
  EXPECT_EQ(lines->taken("acme", "201"), 1);
  hang_up(cleo());
  EXPECT_EQ(lines->taken("acme", "201"), 0);
}

TEST_F(DeviceLinesInCalls, WhoWaitsForItsTurnHasNoneYet) {
  auto later = device(bob(), "201", 1);
  later.delay = seconds{5};
  start({cleo().target(), later});
  invite(caller().sdp());
  EXPECT_EQ(lines->taken("acme", "201"), 0);
  auto elsewhere = lines->take("acme", "201");
  advance(seconds{4});
  elsewhere.reset();
  advance(seconds{2});
  EXPECT_THAT(bob().heard(), Contains("INVITE")) << "free by the time that it was due";
  EXPECT_EQ(lines->taken("acme", "201"), 1);
}

}  // namespace
}  // namespace strowger::call
