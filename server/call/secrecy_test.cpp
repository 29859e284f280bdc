// A caller whose device has to speak by SRTP.
#include "call/parties_for_tests.hpp"

#include "sip/inside.hpp"

namespace strowger::call {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

struct Secrecy : Parties {
  std::vector<bool> spared;

  static Task<> ask(Call& call, std::vector<bool>& spared) {
    spared.push_back(call.require_srtp());
    if (!call.over()) call.reject(standard_rejection(486));
    co_return;
  }
  void start() {
    open([this](Call& call) { return ask(call, spared); }, {});
  }
};

TEST_F(Secrecy, WhoOffersPlainSoundIsRefused) {
  start();
  invite(caller().sdp());
  EXPECT_THAT(spared, ElementsAre(false));
  EXPECT_THAT(caller().heard(), Contains("488 INVITE"));
}

TEST_F(Secrecy, WhoOffersKeysOrNothingIsNot) {
  start();
  auto keyed = caller().sdp();
  keyed.replace(keyed.find("RTP/AVP"), 7, "RTP/SAVP");
  invite(keyed);
  invite(std::nullopt);
  EXPECT_THAT(spared, ElementsAre(true, true));
}

// docs/decisions/0031: what passes between two shards never leaves the machine; the device itself
// talks to the other one.
TEST_F(Secrecy, WhatComesFromAnotherShardNeedsNoKeys) {
  start();
  caller().comes_by = sip::inside_connection;
  invite(caller().sdp());
  EXPECT_THAT(spared, ElementsAre(true));
}

}  // namespace
}  // namespace strowger::call
