#include "call/text_messages.hpp"

#include "call/ringing.hpp"
#include "model/reason_phrase.hpp"
#include "model/response_code.hpp"
#include "sip/headers.hpp"
#include "sip/paged_message.hpp"

#include <algorithm>
#include <array>

namespace strowger::call {

namespace {

using sip::HeaderName;

// What goes on to the phones (RFC 3428 §4, §7, §8): what the text is and what is said of it. All
// else is between its sender and us.
constexpr std::array passed_on = {
    HeaderName::date,     HeaderName::expires,          HeaderName::subject,
    HeaderName::priority, HeaderName::in_reply_to,      HeaderName::content_disposition,
    HeaderName::mime_version, HeaderName::content_encoding, HeaderName::content_language,
};
constexpr std::size_t header_bytes_max = 256;  // longer ones stay here

sip::HeaderList companions(const sip::Message& message) {
  sip::HeaderList headers;
  for (const auto name : passed_on) {
    const auto value = message.header(name);
    if (!value || value->size() > header_bytes_max) continue;
    headers.emplace_back(std::string(sip::name(name)), sip::unfolded(*value));
  }
  return headers;
}

// Without its tag: this is another request of ours.
std::string sender_of(const sip::Message& message) {
  const auto& from = sip::from(message);
  const auto uri = sip::SipUri::parse(from->uri);
  const auto name = from->display_text();
  return (name.empty() ? "" : sip::quoted_string(name) + " ") + "<" +
         std::string(uri ? uri->base() : from->uri) + ">";
}

// RFC 4320 4.2: no 408. What a phone wants of us, credentials or another address, is nothing that
// its sender could do something about.
bool says_nothing(int code) { return code < 400 || code == 401 || code == 407 || code == 408; }

}  // namespace

std::vector<const sip::Binding*> TextMessages::places(
    const sip::Paged& event, const std::vector<std::string>& devices) const {
  std::vector<const sip::Binding*> places;
  const auto size = event.message->body().size();
  for (const auto& device : devices) {
    if (device == event.identity.device) continue;
    const auto aor = sip::address_of_record(event.domain.account, device);
    for (const auto& binding : locations_.bindings(aor)) {
      const auto hop = sip::next_hop(binding);
      if (!binding.reachable) continue;
      const bool fits = hop && (sip::is_reliable(hop->transport) ||
                                size <= sip::message_bytes_by_datagram);
      if (fits && places.size() < text_copies_max) places.push_back(&binding);
    }
  }
  return places;
}

void TextMessages::on(const sip::Paged& event, Now now) {
  const auto& message = *event.message;
  const auto uri = sip::SipUri::parse(message.request_uri());
  const auto user = uri ? uri->number_text() : std::string();
  Text text{.about = "message of " + event.identity.account + "/" + event.identity.device +
                     " to " + user};
  const auto devices = subscribers_->phones_of(event.domain, user);
  if (!devices) return answer(event.session, text, 404, "Not Found", now);
  sip::Inquiry copy;
  copy.method = sip::Method::message;
  copy.from = sender_of(message);
  copy.max_forwards = sip::max_forwards(message).value_or(71) - 1U;
  copy.body = {std::string(message.header(HeaderName::content_type).value_or("")),
               std::string(message.body())};
  const auto headers = companions(message);
  std::vector<sip::SessionId> sent;
  for (const auto* place : places(event, *devices)) {
    copy.to = *sip::next_hop(*place);
    copy.request_uri = place->contact;
    copy.to_header = "<" + place->contact + ">";
    copy.call_id = new_call_id_();
    copy.headers.clear();
    for (const auto& route : place->path) copy.headers.emplace_back("Route", route);
    copy.headers.insert(copy.headers.end(), headers.begin(), headers.end());
    sent.push_back(agent_.ask(copy, now));
  }
  if (sent.empty()) return refuse(event.session, text, now);
  text.awaited = sent.size();
  texts_[event.session] = std::move(text);
  for (const auto session : sent) copies_[session] = event.session;
}

bool TextMessages::on(const sip::Replied& event, Now now) {
  const auto copy = copies_.extract(event.session);
  if (copy.empty()) return false;
  const auto at = texts_.find(copy.mapped());
  if (at == texts_.end()) return true;  // another phone has answered
  Text& text = at->second;
  const int code = event.response ? event.response->status() : 408;
  const auto phrase =
      event.response ? model::repaired_phrase(event.response->reason_phrase()) : std::string();
  if (code < 300) {
    answer(copy.mapped(), text, code, phrase, now);
    return true;
  }
  const bool better = text.code == 0 || refusal_rank(code) < refusal_rank(text.code);
  if (!says_nothing(code) && better) {
    text.code = code;
    text.phrase = phrase;
  }
  if (--text.awaited == 0) refuse(copy.mapped(), text, now);
  return true;
}

void TextMessages::over(sip::SessionId session) { texts_.erase(session); }

void TextMessages::refuse(sip::SessionId session, const Text& text, Now now) {
  if (text.code == 0) return answer(session, text, 480, "Temporarily Unavailable", now);
  answer(session, text, text.code, text.phrase, now);
}

void TextMessages::answer(sip::SessionId session, const Text& text, int code, std::string phrase,
                          Now now) {
  log_(LogLevel::debug, text.about + ": " + std::to_string(code) + " " + phrase);
  agent_.answer(session,
                {.status = code, .phrase = std::move(phrase), .headers = {}, .body = {}}, now);
}

}  // namespace strowger::call
