// The media of one call: its offers and answers, one RTP stream each way, and what is being played.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "call/media_ports.hpp"
#include "media/codec.hpp"
#include "media/player.hpp"
#include "media/transcoder.hpp"
#include "rtp/dtmf.hpp"
#include "rtp/receiver.hpp"
#include "rtp/reporter.hpp"
#include "rtp/sender.hpp"
#include "rtp/source_guard.hpp"
#include "rtp/srtp.hpp"
#include "rtp/translation.hpp"
#include "sdp/negotiate.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace strowger::call {

// As they are offered where we make them out of another codec.
std::vector<sdp::Codec> made_of_others(const std::vector<media::Codec>& codecs);

class MediaSession {
 public:
  struct Outgoing {
    bool rtcp = false;
    Endpoint to;
    std::span<const std::byte> bytes;  // valid until the next call of any session of this thread
  };

  // In the order of our own offers; at least one.
  using Codecs = std::vector<media::Codec>;

  // `signalling_peer`: where the caller's SIP really comes from; media may come from there as well.
  MediaSession(MediaPort port, IpAddress signalling_peer, Random& random, Now now,
               Codecs codecs = every_codec(), sdp::Secrecy secrecy = sdp::Secrecy::in_kind);
  static Codecs every_codec();

  PortId port() const { return port_.id; }

  // ---- offer and answer (RFC 3264). Texts are SDP bodies; errors are reasons for the record.
  // `early`: refuse an offer whose writer would not hear us. `one_way`: answer a=sendonly.
  struct AnswerOptions {
    bool early = false;
    bool one_way = false;
  };
  Result<std::string, std::string> answer(std::string_view offer, AnswerOptions options, Now now);
  std::string offer();
  Result<void, std::string> accept_answer(std::string_view answer, Now now);
  bool negotiated() const { return negotiated_.has_value(); }
  // The call is answered with what early media agreed on: the caller may start to send only now.
  void answered(Now now);
  // The description we last sent; empty before the first.
  const std::string& local_description() const { return described_; }
  // Neither end has put the other one on hold.
  bool both_talk() const {
    return far_end_listens() && negotiated_->direction == sdp::Direction::sendrecv;
  }
  bool far_end_listens() const { return negotiated_ && negotiated_->far_end_listens; }
  std::string_view codec_name() const;
  // What is played is made of; means nothing while another one is negotiated (can_play).
  media::Codec codec() const { return codec_; }
  // Prompts exist in the codecs that this system speaks; of another one it only relays packets.
  bool can_play(const media::Prompt& prompt) const;

  // ---- a bridge: what the other end says is said to this one (sdp/pass_on.hpp)
  // A description for this end, of `theirs` at the other. `answering`: the offer of this end.
  Result<std::string, std::string> describe(const sdp::Session& theirs,
                                            const sdp::Session* answering = nullptr);
  // What this end said itself: where its packets are to go. `answered`: what that was an offer of,
  // and what we have answered to it.
  Result<void, std::string> take_stream(const sdp::Session& said, Now now,
                                        const sdp::Session* answered = nullptr);
  // False: it has to be encrypted, and has no line with keys.
  bool is_secret_enough(const sdp::Session& offer) const;
  // What this end has agreed to, as an offer to somebody else; nothing before that.
  std::optional<sdp::Session> promised() const;
  // What this end can do, as an offer to somebody else whom it did not talk with before: what it
  // said itself, not on hold any more.
  std::optional<sdp::Session> abilities() const;
  // Packets are relayed from now on: no reports of our own any more. Where our stream stands, when
  // this end has heard one.
  std::optional<rtp::Continuation> hand_over();
  // The relay is over: we may play again.
  void take_back(const std::optional<rtp::Continuation>& standing);
  // Where a relayed packet goes; nothing when this end does not want any.
  struct Target {
    bool rtcp_port = false;
    Endpoint to;
  };
  std::optional<Target> target(bool rtcp) const;
  // Encrypts a relayed packet, where this end wants that. False: it must not be sent.
  bool seal(std::vector<std::byte>& packet, bool rtcp);
  std::optional<int> telephone_event() const;

  // ---- transcoding between two ends that have no codec in common (call/relay.hpp)
  // What this end and another have to agree on, lest their packets be transcoded.
  bool same_codec(const MediaSession& other) const;
  // The same codec by another number: its packets can't go on as they are.
  bool numbers_otherwise(const MediaSession& other) const;
  // What packets of this end may be, and what those for it have to be; nothing when it is a codec
  // that we can't make.
  media::HeardForms heard_forms() const;
  std::optional<media::SentForm> sent_form() const;
  // What it hears from now on is our stream; we report on it.
  rtp::Sender& sender() { return sender_; }
  void speak_ourselves(Now now);
  // A packet of sender() left now: whoever goes on with our stream counts from here.
  void spoke(Now now) {
    next_packet_ = now.instant + std::chrono::milliseconds{media::frame_ms};
  }

  // ---- playing. One prompt at a time; a new one replaces the old.
  void play(std::shared_ptr<const media::Prompt> prompt, int loops, Now now);
  void stop();
  bool playing() const { return player_.has_value(); }
  // What tick() will look at, into the processor's cache.
  void fetch() const;
  std::int64_t played_ms() const { return player_ ? player_->played_ms() : 0; }

  // When tick() has something to do; nothing while silent.
  std::optional<Instant> deadline() const;
  // At most one packet; call again until nothing comes. Sets `finished` when the prompt has been
  // heard to its end: 20 ms after its last packet went out.
  std::optional<Outgoing> tick(Now now, bool& finished);
  // Last words; nothing when no packet was ever sent.
  std::optional<Outgoing> goodbye(Now now);

  // ---- receiving
  struct Heard {
    bool accepted = false;  // it came from where it may, and its keys fit
    std::span<const std::byte> plain;  // the packet, decrypted; valid until the next one
    std::optional<rtp::Header> rtp;   // of a packet of the stream; none: it was RTCP
    std::span<const std::byte> payload;  // what it carries
    std::optional<char> digit;        // when the packet starts one
  };
  Heard receive(bool rtcp, const Endpoint& from, std::span<const std::byte> packet, Now now);

  std::uint32_t packets_sent() const { return sender_.packets(); }
  std::uint64_t packets_rejected() const;

 private:
  void adopt(sdp::AgreedStream agreed, Now now);
  void use(const sdp::AgreedStream& agreed);
  void expect_srtp(const sdp::Session& offer);
  void agree_on_keys(const std::optional<sdp::Crypto>& theirs);
  std::span<const std::byte> sealed(std::span<const std::byte> packet, bool rtcp);
  bool open(std::span<const std::byte>& packet, bool rtcp);
  sdp::LocalMedia local(bool early, bool one_way) const;
  void remember(const sdp::Session& description);
  std::optional<sdp::Session> description() const;
  std::optional<Outgoing> report(Now now);
  std::optional<Endpoint> rtcp_target() const;

  MediaPort port_;
  IpAddress signalling_peer_;
  Random& random_;
  Codecs codecs_;
  sdp::Secrecy secrecy_;
  std::optional<sdp::SrtpKey> key_;  // of what we send; once somebody wants SRTP
  media::Codec codec_ = media::Codec::pcmu;  // as negotiated
  std::uint64_t session_id_;
  std::string described_;  // what we last sent; as text, a quarter of what it takes when parsed
  std::unique_ptr<const sdp::Session> said_;  // by the far end, in a bridge
  std::optional<sdp::AgreedStream> negotiated_;
  std::optional<rtp::SourceGuard> guard_;
  rtp::Sender sender_;
  rtp::Receiver receiver_;
  rtp::Reporter reporter_;
  rtp::DtmfReceiver dtmf_;
  std::optional<media::Player> player_;
  Instant next_packet_{};
  std::uint64_t rejected_before_ = 0;
  bool relayed_ = false;     // the codec was agreed on by the two ends
  bool handed_over_ = false;
  struct Srtp {
    sdp::Crypto theirs;
    rtp::SrtpSender out;
    rtp::SrtpReceiver in;
    std::vector<std::byte> sealed;
    std::vector<std::byte> opened;
    std::uint64_t forged = 0;
  };
  std::unique_ptr<Srtp> srtp_;  // none: packets go as they are
};

}  // namespace strowger::call
