#include "rtp/srtp.hpp"

#include "base/check.hpp"

#include <srtp2/srtp.h>

namespace strowger::rtp {

namespace {

constexpr unsigned long replay_window = 128;  // packets: 2.5 s that may overtake each other

std::shared_ptr<srtp_ctx_t_> context(SrtpSuite suite, const SrtpKey& key, srtp_ssrc_type_t which) {
  static const auto ready = srtp_init();
  check(ready == srtp_err_status_ok, "libsrtp does not start");
  auto secret = key;  // libsrtp's interface lacks a const
  srtp_policy_t policy{};
  // RFC 4568 6.2: the short tag is RTP's only.
  if (suite == SrtpSuite::aes_cm_128_hmac_sha1_32) {
    srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&policy.rtp);
  } else {
    srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
  }
  srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
  policy.ssrc.type = which;
  policy.key = reinterpret_cast<unsigned char*>(secret.data());
  policy.window_size = replay_window;
  srtp_t made = nullptr;
  check(srtp_create(&made, &policy) == srtp_err_status_ok, "libsrtp refuses a key");
  return {made, srtp_dealloc};
}

}  // namespace

SrtpSender::SrtpSender(SrtpSuite suite, const SrtpKey& key)
    : context_(context(suite, key, ssrc_any_outbound)) {}

bool SrtpSender::protect(std::vector<std::byte>& packet, bool rtcp) {
  int length = static_cast<int>(packet.size());
  packet.resize(packet.size() + SRTP_MAX_TRAILER_LEN + 4);
  const auto status = rtcp ? srtp_protect_rtcp(context_.get(), packet.data(), &length)
                           : srtp_protect(context_.get(), packet.data(), &length);
  packet.resize(static_cast<std::size_t>(length));
  return status == srtp_err_status_ok;
}

SrtpReceiver::SrtpReceiver(SrtpSuite suite, const SrtpKey& key)
    : context_(context(suite, key, ssrc_any_inbound)) {}

bool SrtpReceiver::unprotect(std::vector<std::byte>& packet, bool rtcp) {
  int length = static_cast<int>(packet.size());
  const auto status = rtcp ? srtp_unprotect_rtcp(context_.get(), packet.data(), &length)
                           : srtp_unprotect(context_.get(), packet.data(), &length);
  packet.resize(static_cast<std::size_t>(length));
  return status == srtp_err_status_ok;
}

}  // namespace strowger::rtp
