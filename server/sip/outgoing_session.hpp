// A session that we begin: we are the client of its INVITE (RFC 3261 13.2, RFC 3262 §4). The
// INVITE may be forked on its way: then there are several early dialogs, and the first 2xx wins.
#pragma once

#include "sip/session.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace strowger::sip {

class OutgoingSession final : public Session {
 public:
  static constexpr std::size_t forks_max = 16;  // early dialogs; more are ignored

  OutgoingSession(AgentCore& core, SessionId id) : Session(core, id) {}

  // Sends the INVITE. The session must have its entry.
  void start(Invitation invitation);
  void cancel(HeaderList headers = {});

  void receive_response(const Key& transaction, const MessagePtr& response,
                        const Peer& source) override;
  void request_failed(const Key& transaction, bool timed_out) override;
  void fire(Timer timer) override;
  void set_answer(Body sdp) override;
  // Copies of a 2xx, and 2xx of other forks, still want their ACK.
  bool outlives_its_end() const override { return true; }

 private:
  struct OwedPrack {
    std::string remote_tag;
    std::uint32_t rseq = 0;
  };

  void receive_provisional(const MessagePtr& response, const Peer& source);
  void receive_success(const MessagePtr& response, const Peer& source);
  void receive_failure(const MessagePtr& response);
  void send_invite();
  bool ask_for_more_time(const Message& refusal);
  bool take_reliable(Dialog& dialog, const Message& response);
  void send_prack(Dialog& dialog, std::uint32_t rseq, const Body& body);
  Dialog* dialog_for(const Message& response, const Peer& source);
  void confirm(Dialog& dialog, const MessagePtr& response);
  void hang_up_fork(const Message& response, const Peer& source);

  Key invite_;
  // Until it has an answer: an interval that was too small is asked for again (RFC 4028 7.3).
  std::unique_ptr<Invitation> invitation_;
  std::string local_;                    // our whole From value
  std::uint32_t sequence_ = 1;           // of the INVITE
  bool offered_ = false;                 // the INVITE held an offer
  bool proceeding_ = false;              // a provisional response came (9.1)
  bool cancelling_ = false;
  HeaderList cancel_headers_;
  bool cancel_sent_ = false;
  std::unordered_map<std::string, std::uint32_t> rseqs_;  // the newest, by remote tag
  std::optional<OwedPrack> owed_prack_;  // its response held an offer and we have no answer yet
};

}  // namespace strowger::sip
