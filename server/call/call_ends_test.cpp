// What others of the account see of a call: lamps (RFC 4235).
#include "call/leg.hpp"
#include "call/parties_for_tests.hpp"

namespace strowger::call {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Whoever calls from here is Anna's phone.
class AnnasPlace final : public sip::Subscribers {
 public:
  std::optional<sip::Domain> domain(std::string_view) const override { return std::nullopt; }
  std::optional<sip::Subscriber> find(const sip::Domain&, std::string_view) const override {
    return std::nullopt;
  }
  bool owns(std::string_view, std::string_view) const override { return false; }
  std::optional<sip::Identity> known_by_source(const sip::Peer&, std::string_view,
                                                std::string_view) const override {
    return sip::Identity{.account = "acc", .device = "annas-desk", .seat = "anna", .trunk = {}};
  }
};

struct CallEnds : Parties {
  const AnnasPlace annas_;
  const RingOptions usual_;  // by name: STYLE.md, coroutines
  bool hides_ = false;

  Task<> script(Call& call) {
    call.record().account = "acc";
    call.presentation().hide_number = hides_;
    std::vector<Target> targets{bob().target()};
    targets[0].device = "bobs-desk";
    targets[0].seat = "bob";
    const auto result = co_await call.ring(std::move(targets), usual_);
    if (result.leg != nullptr) co_await call.bridge(*result.leg);
    if (!call.over()) call.hang_up();
  }
  void start() {
    Exchange::Config config;
    config.anonymous = Anonymous::any;
    config.subscribers = &annas_;
    open([this](Call& call) { return script(call); }, config);
  }
  void watch(const std::string& watched, LampNews::What what = LampNews::What::watched) {
    exchange->apply({what, 1, watched, {}}, now);
    settle();
  }
  // What was told since the last time: "early Anna <sip:2000@…>"
  std::vector<std::string> told() {
    std::vector<std::string> lines;
    for (const auto& news : std::exchange(lamps, {})) {
      auto line = news.watched + ":";
      for (const auto& one : news.calls) {
        line += one.initiator ? " out " : " in ";
        line += std::string(sip::dialog_state_name(one.state)) + " " + one.remote_display + "<" +
                one.remote + ">";
      }
      lines.push_back(line);
    }
    return lines;
  }
};

const std::string bobs = Lamps::of_seat("acc", "bob");

TEST_F(CallEnds, NobodyWatchesNobodyIsTold) {
  start();
  watch(Lamps::of_seat("acc", "cleo"));
  invite();
  ring(bob());
  answer(bob());
  hang_up(bob());
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(CallEnds, APhoneThatRingsIsSeenUntilItHangsUp) {
  start();
  watch(bobs);
  invite();
  EXPECT_THAT(told(), IsEmpty()) << "it does not ring yet";
  ring(bob());
  EXPECT_THAT(told(), ElementsAre(bobs + ": in early Anna \"A\" Berg<sip:2000@pbx.example>"));
  answer(bob());
  EXPECT_THAT(told(), ElementsAre(bobs + ": in confirmed Anna \"A\" Berg<sip:2000@pbx.example>"));
  hang_up(bob());
  EXPECT_THAT(told(), ElementsAre(bobs + ":"));
}

TEST_F(CallEnds, ACallThatIsThereAlreadyIsToldToWhoBeginsToWatch) {
  start();
  invite();
  ring(bob());
  watch(Lamps::of_device("acc", "bobs-desk"));
  EXPECT_THAT(told(), ElementsAre(Lamps::of_device("acc", "bobs-desk") +
                                  ": in early Anna \"A\" Berg<sip:2000@pbx.example>"));
  watch(Lamps::of_device("acc", "bobs-desk"), LampNews::What::unwatched);
  hang_up(bob());
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(CallEnds, OfCallersWhoWantNotToBeShownNothingIsSaid) {
  start();
  watch(bobs);
  invite(caller().sdp(), {{"Privacy", "id"}});
  ring(bob());
  EXPECT_THAT(told(), ElementsAre(bobs + ": in early <>"));
}

TEST_F(CallEnds, NorOfThoseWhomABlockHides) {
  hides_ = true;
  start();
  watch(bobs);
  invite();
  ring(bob());
  EXPECT_THAT(told(), ElementsAre(bobs + ": in early <>"));
}

TEST_F(CallEnds, WhoCallsIsSeenFromTheBeginning) {
  start();
  const auto annas = Lamps::of_seat("acc", "anna");
  watch(annas);
  invite();
  EXPECT_THAT(told(), ElementsAre(annas + ": out trying <sip:1000@pbx.example>"));
  ring(bob());
  EXPECT_THAT(told(), ElementsAre(annas + ": out early <sip:1000@pbx.example>"));
  answer(bob());
  EXPECT_THAT(told(), ElementsAre(annas + ": out confirmed <sip:1000@pbx.example>"));
  hang_up(bob());
  EXPECT_THAT(told(), ElementsAre(annas + ":"));
}

TEST_F(CallEnds, WhomAnAnonymousCallerCallsIsNotSaid) {
  start();
  const auto annas = Lamps::of_seat("acc", "anna");
  watch(annas);
  invite(caller().sdp(), {{"Privacy", "id"}});
  EXPECT_THAT(told(), ElementsAre(annas + ": out trying <>"));
}

TEST_F(CallEnds, WhoGivesUpLeavesNoLampLit) {
  start();
  watch(bobs);
  invite();
  ring(bob());
  told();
  caller().agent.cancel(caller().session, now);
  settle();
  EXPECT_THAT(told(), ElementsAre(bobs + ":"));
}

}  // namespace
}  // namespace strowger::call
