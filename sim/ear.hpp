// The media side of a phone: its offers and answers, what it hears, and the digits it sends.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "media/player.hpp"
#include "rtp/dtmf.hpp"
#include "rtp/sender.hpp"
#include "sdp/negotiate.hpp"
#include "sim/phone_options.hpp"
#include "sim/recording.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sim {

class Ear {
 public:
  struct Packet {
    bool rtcp = false;
    Endpoint to;
    std::vector<std::byte> bytes;
  };

  Ear(const PhoneOptions& options, Endpoint media, Random& random);

  // ---- SDP bodies
  std::string offer();
  std::string reoffer(Reoffer how);
  // The other side's answer to the last offer; false when it is no usable one.
  bool take_answer(std::string_view body);
  // Our answer to the other side's offer; nothing when there is nothing in common.
  std::optional<std::string> answer(std::string_view body);
  bool agreed() const { return agreed_.has_value(); }

  // ---- media. After `deaf` sound still counts, as late.
  void receive(std::span<const std::byte> datagram, bool rtcp, Instant at);
  void expect_sound() { open_ = true; }
  // Another call: what came too late for the one before is forgotten.
  void begin_again() { over_.reset(); }
  void expect_no_more(Instant at);
  void press(std::string_view digits, Instant at);
  // The owner talks from now on, if there is anything to say (PhoneOptions::speaks_hz).
  void talk(Instant at);
  void tick(Instant at);
  std::optional<Instant> deadline() const;
  std::optional<Packet> poll();

  const Recording& recording() const { return recording_; }
  // Packets before any description of the sender had come, and after the call was over.
  std::size_t early_packets() const { return early_; }
  std::size_t late_packets() const { return late_; }
  // How long after the end of the call the last of them came.
  Duration late_by() const { return late_ == 0 ? Duration{} : last_late_ - *over_; }
  std::size_t rtcp_packets() const { return rtcp_; }
  bool can_press() const { return agreed_ && agreed_->telephone_event_pt; }
  const Endpoint& local() const { return media_; }

 private:
  void say(Instant at);
  sdp::LocalMedia local_media() const;
  std::optional<media::Codec> codec_of(std::uint8_t payload_type) const;
  sdp::Session described(sdp::Direction direction, bool keyed);

  const PhoneOptions options_;
  Endpoint media_;
  std::uint64_t session_id_;
  std::uint64_t version_ = 0;
  std::optional<sdp::Session> offered_;
  std::optional<sdp::Negotiated> agreed_;
  Recording recording_;
  bool open_ = false;
  std::optional<Instant> over_;
  std::size_t early_ = 0;
  std::size_t late_ = 0;
  std::size_t rtcp_ = 0;
  Instant last_late_{};
  rtp::Sender sender_;
  std::optional<rtp::DtmfSender> digits_;
  std::optional<media::Player> voice_;
  Instant next_packet_{};
  std::deque<Packet> out_;
};

}  // namespace strowger::sim
