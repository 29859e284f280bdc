// What an account's settings do to its calls.
#include "call/call.hpp"
#include "flow/interpreter.hpp"

#include <gmock/gmock.h>

namespace strowger::flow {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class NoPorts final : public call::MediaPorts {
 public:
  std::optional<call::MediaPort> open(const IpAddress&) override { return std::nullopt; }
  void close(call::PortId) override {}
};

class SettingsOfAnAccount : public testing::Test {
 protected:
  // The last message that a caller of `number` gets. Number 1 has an empty callflow.
  std::string answer(const model::AccountSettings& settings, const std::string& number) {
    auto account = std::make_shared<AccountSnapshot>();
    account->id = "default";
    account->settings = settings;
    account->numbers.add("empty", {"1"}, {});
    auto program = std::make_shared<Program>();
    program->callflow_id = "empty";
    account->programs["empty"] = program;
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->accounts.push_back(account);
    const Interpreter interpreter([&] { return snapshot; }, {});
    SeededRandom random{7};
    NoPorts ports;
    call::Exchange exchange({}, random, ports,
                            [&](call::Call& call) { return interpreter.walk(call); });
    const sip::Peer caller{sip::Transport::udp, *Endpoint::parse("127.0.0.1:5060"),
                           *Endpoint::parse("127.0.0.1:6000"), 0};
    exchange.receive_sip(caller,
                         "INVITE sip:" + number + "@pbx SIP/2.0\r\n"
                         "Via: SIP/2.0/UDP 127.0.0.1:6000;branch=z9hG4bK1\r\n"
                         "Max-Forwards: 70\r\nFrom: <sip:anna@pbx>;tag=a\r\n"
                         "To: <sip:" + number + "@pbx>\r\nCall-ID: 1@caller\r\nCSeq: 1 INVITE\r\n"
                         "Contact: <sip:anna@127.0.0.1:6000>\r\nContent-Length: 0\r\n\r\n",
                         {});
    std::string last;
    while (auto output = exchange.poll()) {
      if (const auto* sent = std::get_if<call::SendSip>(&*output)) last = *sent->bytes;
      if (auto* stored = std::get_if<call::StoreRecord>(&*output)) record_ = stored->record;
    }
    return last;
  }

  model::CallRecord record_;
};

TEST_F(SettingsOfAnAccount, UnknownNumbersGetTheirResponse) {
  EXPECT_THAT(answer({}, "2"), StartsWith("SIP/2.0 404 Not Found\r\n"));
  const auto gone = answer({.unknown_number = model::BareResponse{410, "Gone for good", ""}}, "2");
  EXPECT_THAT(gone, StartsWith("SIP/2.0 410 Gone for good\r\n"));
  EXPECT_THAT(gone, HasSubstr("Reason: Q.850;cause=22;"));
  EXPECT_EQ(record_.disposition, model::Disposition::no_route);
}

// What can't be played never keeps the code from being sent.
TEST_F(SettingsOfAnAccount, MediaThatIsGoneIsRecorded) {
  EXPECT_THAT(answer({.unknown_number = model::BareResponse{410, "Gone for good", "lost"}}, "2"),
              StartsWith("SIP/2.0 410 Gone for good\r\n"));
  ASSERT_EQ(record_.media.size(), 1U);
  EXPECT_EQ(record_.media[0].media_id, "lost");
  EXPECT_EQ(record_.media[0].skipped, "no such media");
}

TEST_F(SettingsOfAnAccount, ACallflowWithoutAnEndGetsTheDefaultResponse) {
  EXPECT_THAT(answer({}, "1"), StartsWith("SIP/2.0 480 "));
  EXPECT_THAT(answer({.default_response = model::BareResponse{503, "Try later", ""}}, "1"),
              StartsWith("SIP/2.0 503 Try later\r\n"));
  EXPECT_EQ(record_.callflow_id, "empty");
}

}  // namespace
}  // namespace strowger::flow
