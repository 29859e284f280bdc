// Challenges and credentials; whatever challenge can be read must be answered by credentials that
// can be read back and that verify. Nobody gets in by credentials that they made up.
// Rooms: sip
// Longest: 1024
#include "sip/authenticator.hpp"
#include "sip/digest.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

class OnePhone final : public strowger::sip::Subscribers {
 public:
  using Domain = strowger::sip::Domain;
  using Subscriber = strowger::sip::Subscriber;
  std::optional<Domain> domain(std::string_view) const override { return Domain{"a", "pbx", true}; }
  std::optional<Subscriber> find(const Domain&, std::string_view user) const override {
    if (user != "anna") return std::nullopt;
    return Subscriber{.identity = {"a", "desk", ""}, .ha1_md5 = std::string(32, 'a'),
                      .addresses = {"anna"}};
  }
  bool owns(std::string_view, std::string_view) const override { return true; }
};

void judge(std::string_view authorization) {
  using namespace strowger;
  auto request = sip::Message::parse("REGISTER sip:pbx SIP/2.0\r\nAuthorization: " +
                                     std::string(authorization) + "\r\n\r\n");
  if (!request) return;
  const OnePhone phones;
  SeededRandom random{1};
  sip::Authenticator authenticator(phones, random);
  const auto verdict = authenticator.judge(*request, {}, *phones.domain("pbx"), Instant{});
  require(verdict.kind != sip::Verdict::Kind::proven);
  require(verdict.log.find('\n') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace strowger::sip;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)parse_credentials(text);
  judge(text);
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
