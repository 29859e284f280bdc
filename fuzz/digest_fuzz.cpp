// Challenges and credentials; whatever challenge can be read must be answered by credentials that
// can be read back and that verify.
#include "sip/digest.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace strowger::sip;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)parse_credentials(text);
  const auto challenge = parse_challenge(text);
  // An answer repeats realm, nonce and opaque with escapes: it may outgrow the limit that the
  // challenge kept.
  if (!challenge || challenge->nonce.empty() || size > digest_header_bytes_max / 4) return 0;
  const Proof proof{
      .username = "u", .password = "p", .method = "INVITE", .uri = "sip:a@b", .cnonce = "c"};
  const auto credentials = parse_credentials(answer_challenge(*challenge, proof));
  require(credentials.has_value());
  require(credentials->realm == challenge->realm && credentials->nonce == challenge->nonce);
  const auto ha1 = digest_ha1(challenge->algorithm, "u", challenge->realm, "p");
  require(digest_response(*credentials, ha1, "INVITE", "") == credentials->response);
  return 0;
}
