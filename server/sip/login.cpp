#include "sip/login.hpp"

#include "sip/digest.hpp"

#include <algorithm>
#include <vector>

namespace strowger::sip {

namespace {

constexpr std::size_t cnonce_length = 16;

bool asks(const Message::Header& header, int status) {
  return header.name == (status == 407 ? HeaderName::proxy_authenticate
                                       : HeaderName::www_authenticate);
}

}  // namespace

HeaderList answers_to(const Message& response, const Challenged& request, const Login& login,
                      Random& random) {
  HeaderList answers;
  if (login.username.empty()) return answers;
  const int status = response.status();
  std::vector<std::string> answered;  // realms
  for (const auto& header : response.headers()) {
    if (!asks(header, status) || answered.size() == challenges_answered_max) continue;
    const auto challenge = parse_challenge(header.value);
    if (!challenge || (!login.realm.empty() && challenge->realm != login.realm)) continue;
    if (std::ranges::find(answered, challenge->realm) != answered.end()) continue;
    answered.push_back(challenge->realm);
    const auto cnonce = random.token(cnonce_length);
    answers.emplace_back(status == 407 ? "Proxy-Authorization" : "Authorization",
                         answer_challenge(*challenge, {.username = login.username,
                                                       .password = login.password,
                                                       .method = request.method,
                                                       .uri = request.uri,
                                                       .cnonce = cnonce,
                                                       .body = request.body}));
  }
  return answers;
}

bool is_stale(const Message& response) {
  for (const auto& header : response.headers()) {
    if (!asks(header, response.status())) continue;
    const auto challenge = parse_challenge(header.value);
    if (challenge && challenge->stale) return true;
  }
  return false;
}

}  // namespace strowger::sip
