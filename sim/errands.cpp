#include "sim/errands.hpp"

#include "sim/phone_messages.hpp"
#include "sip/headers.hpp"
#include "sip/login.hpp"
#include "sip/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace strowger::sim {

namespace {

constexpr std::size_t token_length = 16;
constexpr int unauthorized = 401;

}  // namespace

Errands::Errand Errands::begin(std::string method, const std::string& user,
                               const sip::Peer& line) {
  Errand errand;
  errand.method = std::move(method);
  errand.uri = fmt::format("sip:{}@{}", sip::escape_user(user), line.remote.address.uri_text());
  errand.call_id = random_.token(token_length);
  const auto& name = options_.login.empty() ? options_.user : options_.login;
  errand.from = fmt::format("<sip:{}@{}>;tag={}", sip::escape_user(name),
                            line.remote.address.uri_text(), random_.token(token_length));
  errand.to = fmt::format("<{}>", errand.uri);
  return errand;
}

void Errands::subscribe(const std::string& event, const std::string& user,
                        std::chrono::seconds lasts, const sip::Peer& line, Now now) {
  auto errand = begin("SUBSCRIBE", user, line);
  errand.event = event;
  errand.lasts = lasts;
  ask(errands_.emplace_back(std::move(errand)), {}, line, now);
}

bool Errands::unsubscribe(const sip::Peer& line, Now now) {
  const auto newest = std::find_if(errands_.rbegin(), errands_.rend(), [](const Errand& each) {
    return !each.event.empty() && each.to.find(";tag=") != std::string::npos && !each.sent;
  });
  if (newest == errands_.rend()) return false;
  newest->lasts = std::chrono::seconds{0};
  newest->tried_login = false;
  ask(*newest, {}, line, now);
  return true;
}

void Errands::message(const std::string& user, const std::string& text, const sip::Peer& line,
                      Now now) {
  auto errand = begin("MESSAGE", user, line);
  errand.text = text;
  ask(errands_.emplace_back(std::move(errand)), {}, line, now);
}

void Errands::ask(Errand& errand, const sip::HeaderList& credentials, const sip::Peer& line,
                  Now now) {
  auto writer = sip::Writer::request(errand.method, errand.uri);
  writer.header(sip::HeaderName::via,
                fmt::format("SIP/2.0/{} {};branch=z9hG4bK{};rport", sip::via_name(line.transport),
                            line.local.text(), random_.token(token_length)));
  writer.header(sip::HeaderName::max_forwards, 70);
  writer.header(sip::HeaderName::from, errand.from);
  writer.header(sip::HeaderName::to, errand.to);
  writer.header(sip::HeaderName::call_id, errand.call_id);
  writer.header(sip::HeaderName::cseq, fmt::format("{} {}", ++errand.cseq, errand.method));
  writer.headers(credentials);
  std::string bytes;
  if (errand.event.empty()) {
    bytes = writer.finish("text/plain;charset=UTF-8", errand.text);
  } else {
    writer.header(sip::HeaderName::contact, fmt::format("<sip:{}>", line.local.text()));
    writer.header(sip::HeaderName::event, errand.event);
    writer.header(sip::HeaderName::expires, static_cast<std::uint64_t>(errand.lasts.count()));
    bytes = writer.finish();
  }
  errand.sent = std::make_shared<const std::string>(std::move(bytes));
  errand.wait = sip::t1;
  errand.due = now.instant + errand.wait;
  errand.end = now.instant + 64 * sip::t1;
  out_.push_back(errand.sent);
}

bool Errands::take(const sip::Message& message, const sip::Peer& line, Now now) {
  if (message.is_request()) return take_request(message, line);
  for (Errand& errand : errands_) {
    if (errand.call_id != sip::call_id(message)) continue;
    const bool newest = message_sequence(message) == errand.cseq && errand.sent;
    if (newest && message.status() >= 200) answered(errand, message, line, now);
    return true;
  }
  return false;
}

void Errands::answered(Errand& errand, const sip::Message& response, const sip::Peer& line,
                       Now now) {
  errand.sent = nullptr;
  if (response.status() == unauthorized && !std::exchange(errand.tried_login, true)) {
    const auto credentials = sip::answers_to(
        response, {.method = errand.method, .uri = errand.uri, .body = errand.text},
        {options_.login, options_.password, {}}, random_);
    if (!credentials.empty()) return ask(errand, credentials, line, now);
  }
  const auto to = response.header(sip::HeaderName::to);
  if (response.status() < 300 && !errand.event.empty() && to) errand.to = std::string(*to);
}

bool Errands::take_request(const sip::Message& request, const sip::Peer& line) {
  const bool told = message_method(request) == "NOTIFY" &&
                    std::ranges::any_of(errands_, [&](const Errand& each) {
                      return each.call_id == sip::call_id(request);
                    });
  const bool text = message_method(request) == "MESSAGE";
  if (!told && !text) return false;
  // A repetition gets the same bytes.
  const auto tag = sip::to_tag(request).empty() ? fmt::format("t{}", sip::call_id(request))
                                                : std::string();
  auto reply = sip::Writer::reply(request, {.status = 200, .phrase = "OK", .to_tag = tag,
                                            .source = line.remote});
  out_.push_back(std::make_shared<const std::string>(reply.finish()));
  return true;
}

void Errands::tick(Now now) {
  for (Errand& errand : errands_) {
    if (!errand.sent || errand.due > now.instant) continue;
    errand.wait = std::min(errand.wait * 2, sip::t2);
    errand.due = now.instant + errand.wait;
    if (now.instant >= errand.end) errand.sent = nullptr;
    else out_.push_back(errand.sent);
  }
}

std::optional<Instant> Errands::deadline() const {
  std::optional<Instant> first;
  for (const Errand& errand : errands_) {
    if (errand.sent && (!first || errand.due < *first)) first = errand.due;
  }
  return first;
}

Errands::Bytes Errands::poll() {
  if (out_.empty()) return nullptr;
  auto bytes = std::move(out_.front());
  out_.erase(out_.begin());
  return bytes;
}

}  // namespace strowger::sim
