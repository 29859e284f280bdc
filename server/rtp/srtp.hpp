// SRTP and SRTCP (RFC 3711): packets encrypted and authenticated, in place. libsrtp does the work.
#pragma once

#include "rtp/packet.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

struct srtp_ctx_t_;

namespace strowger::rtp {

enum class SrtpSuite : std::uint8_t { aes_cm_128_hmac_sha1_80, aes_cm_128_hmac_sha1_32 };
using SrtpKey = std::array<std::byte, 30>;  // master key and salt

// One direction of one session, whatever its SSRCs. It counts packets, so a stream must keep it as
// long as its key is the same.
class SrtpSender {
 public:
  SrtpSender(SrtpSuite suite, const SrtpKey& key);
  // Grows the packet by the authentication tag, for RTCP by an index too. False: not a packet; it
  // must not be sent.
  bool protect(std::vector<std::byte>& packet, bool rtcp);

 private:
  std::shared_ptr<srtp_ctx_t_> context_;
};

class SrtpReceiver {
 public:
  SrtpReceiver(SrtpSuite suite, const SrtpKey& key);
  // False: forged, altered, or heard before. What is left in `packet` means nothing then.
  bool unprotect(std::vector<std::byte>& packet, bool rtcp);

 private:
  std::shared_ptr<srtp_ctx_t_> context_;
};

}  // namespace strowger::rtp
