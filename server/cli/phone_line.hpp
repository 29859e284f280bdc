// A scripted phone on real sockets: SIP over UDP or TCP, RTP and RTCP, and a poll loop. For
// `strowger call` and scenarios on the wire.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "host/file_descriptor.hpp"
#include "host/system_random.hpp"
#include "sim/phone.hpp"
#include "sip/stream_framer.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace strowger::cli {

class PhoneLine {
 public:
  // The complaint says which socket could not be had, and why.
  static Result<std::unique_ptr<PhoneLine>, Complaint> open(const Endpoint& server,
                                                            sip::Transport transport,
                                                            sim::PhoneOptions options);

  sim::Phone& phone() { return *phone_; }
  // Sends what the phone has to send. After every verb.
  void flush();
  // Waits for packets or the phone's next deadline, at most until `limit`, and hands over what
  // came.
  void wait(Instant limit);
  // Waits for several lines at once.
  static void wait(const std::vector<PhoneLine*>& lines, Instant limit);
  // The TCP connection broke; the phone knows.
  bool broken() const { return broken_; }

 private:
  PhoneLine() = default;
  Result<void, Complaint> open_sip(const Endpoint& server, sip::Transport transport);
  Result<void, Complaint> open_media();
  void read_sip(Now now);
  void read_stream(Now now);
  void read_media(bool rtcp, Now now);
  void write_stream(std::string_view bytes);
  void lose_connection(Now now);
  std::optional<Instant> deadline() const { return phone_->deadline(); }

  host::SystemRandom random_;
  host::FileDescriptor sip_;
  host::FileDescriptor rtp_;
  host::FileDescriptor rtcp_;
  sip::Peer line_;
  Endpoint media_;
  sip::StreamFramer framer_;
  std::unique_ptr<sim::Phone> phone_;
  bool broken_ = false;
};

// "sip:1000@127.0.0.1:5060;transport=tcp" → where it is. Names are looked up; 5060 is the default
// port.
struct CallTarget {
  Endpoint server;
  sip::Transport transport = sip::Transport::udp;
};
Result<CallTarget, Complaint> resolve_target(std::string_view uri);

}  // namespace strowger::cli
