#include "sip/login.hpp"

#include "sip/digest.hpp"
#include "sip/headers.hpp"
#include "sip/writer.hpp"

#include <algorithm>
#include <vector>

namespace strowger::sip {

namespace {

constexpr std::size_t cnonce_length = 16;

bool asks(const Message::Header& header, int status) {
  return header.name == (status == 407 ? HeaderName::proxy_authenticate
                                       : HeaderName::www_authenticate);
}

bool is_credentials(HeaderName name) {
  return name == HeaderName::authorization || name == HeaderName::proxy_authorization;
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

std::vector<std::string> realms_asked(const Message& response) {
  std::vector<std::string> realms;
  for (const auto& header : response.headers()) {
    if (!asks(header, response.status()) || realms.size() == challenges_answered_max) continue;
    if (const auto challenge = parse_challenge(header.value)) realms.push_back(challenge->realm);
  }
  return realms;
}

bool is_stale(const Message& response) {
  for (const auto& header : response.headers()) {
    if (!asks(header, response.status())) continue;
    const auto challenge = parse_challenge(header.value);
    if (challenge && challenge->stale) return true;
  }
  return false;
}

HeaderList credentials_in(const Message& request) {
  HeaderList credentials;
  for (const auto& header : request.headers()) {
    if (is_credentials(header.name)) credentials.emplace_back(name(header.name), header.value);
  }
  return credentials;
}

std::string with_credentials(const Message& request, std::uint32_t number, std::string_view via,
                             const HeaderList& credentials) {
  Writer writer = Writer::request(request.method_text(), request.request_uri());
  for (const auto& header : request.headers()) {
    if (header.name == HeaderName::via) {
      writer.header(HeaderName::via, via);
    } else if (header.name == HeaderName::cseq) {
      const auto method = std::string(request.method_text());
      writer.header(HeaderName::cseq, std::to_string(number) + " " + method);
    } else if (header.name != HeaderName::content_type &&
               header.name != HeaderName::content_length && !is_credentials(header.name)) {
      writer.copy(header);
    }
  }
  writer.headers(credentials);
  const auto type = request.header(HeaderName::content_type);
  return type ? writer.finish(*type, request.body()) : writer.finish();
}

}  // namespace strowger::sip
