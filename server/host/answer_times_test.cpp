#include "host/answer_times.hpp"

#include <gtest/gtest.h>

namespace strowger::host {
namespace {

using model::CallRecord;
using model::Disposition;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr WallTime began{milliseconds(1'700'000'000'000)};

CallRecord refused() {
  CallRecord record;
  record.started = began;
  record.ended = began;
  record.code = 486;
  record.disposition = Disposition::rejected;
  return record;
}

CallRecord answered() {
  CallRecord record;
  record.started = began;
  record.answered = began;
  record.code = 200;
  record.disposition = Disposition::answered;
  return record;
}

TEST(AnnouncesAnswer, IsTrueOfTheRecordAheadOfEachFinalAnswerOnly) {
  EXPECT_TRUE(announces_answer(refused()));
  EXPECT_TRUE(announces_answer(answered()));

  auto talking = answered();
  talking.bridged_ms = 5;
  EXPECT_FALSE(announces_answer(talking));
  auto hung_up = answered();
  hung_up.ended = began;
  EXPECT_FALSE(announces_answer(hung_up));
  auto cancelled = refused();
  cancelled.code = 487;
  cancelled.disposition = Disposition::abandoned;
  EXPECT_FALSE(announces_answer(cancelled));
  auto complete = refused();
  complete.complete = true;
  EXPECT_FALSE(announces_answer(complete));
  auto lost = refused();  // with its connection: nothing was sent
  lost.code = 0;
  EXPECT_FALSE(announces_answer(lost));
}

TEST(AnswerTimes, AreTakenFromTheArrivalOfAnInviteThatIsAnsweredAtOnce) {
  Counters counters;
  AnswerTimes times(counters);
  const Instant arrived{microseconds(1'000)};
  times.handling(arrived, {arrived + microseconds(100), began});
  times.see(refused());
  times.done();
  EXPECT_TRUE(times.waiting());
  times.left({arrived + microseconds(300), began});
  EXPECT_FALSE(times.waiting());
  EXPECT_EQ(counters.at_once.nanoseconds(), 300'000U);
  EXPECT_EQ(counters.answer.nanoseconds(), 300'000U);
}

TEST(AnswerTimes, OfCallflowsThatWaitedAreTakenFromTheCallsBeginning) {
  Counters counters;
  AnswerTimes times(counters);
  times.see(refused());  // a timer's doing: no message is handled
  // Nor is the message that ends a wait the INVITE.
  times.handling(Instant{}, {Instant{}, began + milliseconds(700)});
  times.see(answered());
  times.done();
  times.left({Instant{}, began + milliseconds(750)});
  EXPECT_EQ(counters.answer.nanoseconds(), 2 * 750'000'000U);
  EXPECT_EQ(counters.at_once.nanoseconds(), 0U);
}

}  // namespace
}  // namespace strowger::host
