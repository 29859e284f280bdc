#include "call/carrier_logins.hpp"

#include "sip/headers.hpp"

#include <algorithm>
#include <utility>

namespace strowger::call {

namespace {

using std::chrono::seconds;

// RFC 5626 4.5, where one flow failed: from 30 s on, doubled up to half an hour, by lot between
// half and whole, so that a thousand systems do not come back together.
constexpr seconds first_pause{30};
constexpr seconds longest_pause{1'800};
constexpr seconds longest_expiry{7'200};
constexpr seconds unresolved_pause{1};
constexpr std::uint64_t reconnect_ms = 1'000;
constexpr int refresh_percent = 80;  // of the time that was granted

// Our contact's own, else the header's (RFC 3261 10.2.4). `ours`: as it was registered. Where none
// is that, as some carriers rewrite them, the one that lapses first will do.
seconds granted(const sip::Message& response, std::string_view ours, seconds asked) {
  const auto own = sip::SipUri::parse(ours);
  std::optional<std::uint32_t> told;
  for (const auto value : response.values(sip::HeaderName::contact)) {
    const auto contact = sip::NameAddr::parse(value);
    const auto expires = contact ? contact->params.get("expires") : std::nullopt;
    const auto number = expires ? sip::parse_number(*expires, 1'000'000) : std::nullopt;
    if (!number || *number == 0) continue;
    const auto uri = sip::SipUri::parse(contact->uri);
    const auto time = static_cast<std::uint32_t>(*number);
    if (own && uri && *uri == *own) return std::clamp(seconds{time}, seconds{10}, longest_expiry);
    told = std::min(told.value_or(1'000'000), time);
  }
  if (!told) told = sip::expires(response);
  const auto time = told ? seconds{*told} : asked;
  return std::clamp(time, seconds{10}, longest_expiry);
}

}  // namespace

void CarrierLogins::wake(Entry& entry, Instant due) {
  if (entry.timer != 0) timers_.disarm(entry.timer);
  entry.timer = timers_.arm(due, entry.account.key);
}

void CarrierLogins::use(std::vector<CarrierAccount> accounts, Now now) {
  for (auto& [key, entry] : entries_) {
    const auto kept = std::ranges::find(accounts, key, &CarrierAccount::key);
    const bool same = kept != accounts.end() && kept->same_as(entry->account);
    if (!same) take_back(entry, now);
  }
  std::erase_if(entries_, [](const auto& one) { return one.second->leaving; });
  for (auto& account : accounts) {
    auto& entry = entries_[account.key];
    if (entry) continue;
    entry = std::make_shared<Entry>();
    entry->expires = account.expires;
    entry->call_id = new_call_id_();
    entry->account = std::move(account);
    entry->account.state->tell(CarrierLogin::trying, 0, "", now.wall, std::nullopt);
    ask(entry, now);
  }
}

// RFC 3261 10.2.2. The answer matters only when it asks for credentials.
void CarrierLogins::take_back(const EntryPtr& entry, Now now) {
  entry->leaving = true;
  entry->challenges = 0;
  if (entry->timer != 0) timers_.disarm(std::exchange(entry->timer, 0));
  std::erase_if(asked_, [&](const auto& one) { return one.second == entry; });
  if (entry->account.state->status().login == CarrierLogin::registered) ask(entry, now);
  entry->account.state->tell(CarrierLogin::off, 0, "", std::nullopt, std::nullopt);
}

void CarrierLogins::ask(const EntryPtr& entry, Now now) {
  const auto& account = entry->account;
  const auto places = account.state->places();
  if (places->empty()) {
    if (!entry->leaving) wake(*entry, now.instant + unresolved_pause);
    return;
  }
  const auto& peer = (*places)[entry->place % places->size()].peer;
  const auto aor = "sip:" + sip::escape_user(account.login.username) + "@" + account.domain;
  const auto time = entry->leaving ? seconds{0}
                                   : std::chrono::duration_cast<seconds>(entry->expires);
  sip::Inquiry inquiry;
  inquiry.to = peer;
  inquiry.request_uri = entry->asked_uri = "sip:" + account.domain;
  inquiry.from = "<" + aor + ">";
  inquiry.to_header = "<" + aor + ">";
  inquiry.call_id = entry->call_id;
  inquiry.cseq = ++entry->cseq;
  entry->contact = agent_.contact(peer, account.login.username);
  inquiry.headers = {{"Contact", entry->contact},
                     {"Expires", std::to_string(time.count())}};
  const auto credentials = std::exchange(entry->credentials, {});
  inquiry.headers.insert(inquiry.headers.end(), credentials.begin(), credentials.end());
  asked_[agent_.ask(inquiry, now)] = entry;
}

void CarrierLogins::on(const sip::Replied& event, Now now) {
  const auto asked = asked_.find(event.session);
  if (asked == asked_.end()) return;
  const auto entry = asked->second;
  asked_.erase(asked);
  const bool refused = event.response && event.response->status() >= 300;
  if (refused && try_again(entry, *event.response, now)) return;
  if (entry->leaving) return;
  if (!event.response || refused) failed(*entry, event.response, now);
  else registered(*entry, event, now);
}

void CarrierLogins::registered(Entry& entry, const sip::Replied& event, Now now) {
  const auto& response = *event.response;
  entry.connection = event.source.connection;
  entry.challenges = 0;
  const auto contact = sip::NameAddr::parse(entry.contact);
  const auto time = granted(response, contact ? contact->uri : std::string_view{},
                            std::chrono::duration_cast<seconds>(entry.expires));
  if (entry.account.state->status().login != CarrierLogin::registered) {
    log_(LogLevel::info, "trunk " + entry.account.key + " is registered for " +
                             std::to_string(time.count()) + " s");
  }
  entry.failures = 0;
  entry.account.state->tell(CarrierLogin::registered, response.status(),
                            std::string(response.reason_phrase()), now.wall, now.wall + time);
  wake(entry, now.instant + time * refresh_percent / 100);
}

// A challenge, or an expiry that is too short (10.3 step 7): the same again at once, otherwise.
bool CarrierLogins::try_again(const EntryPtr& entry, const sip::Message& response, Now now) {
  const int status = response.status();
  if (sip::is_challenge(status)) {
    const bool again = entry->challenges == 1 && sip::is_stale(response);
    if (entry->challenges > 0 && !again) return false;
    entry->credentials =
        sip::answers_to(response, {.method = "REGISTER", .uri = entry->asked_uri, .body = {}},
                        entry->account.login, random_);
    if (entry->credentials.empty()) return false;
    ++entry->challenges;
    ask(entry, now);
    return true;
  }
  const auto least = response.header(sip::HeaderName::min_expires);
  const auto number = least ? sip::parse_number(*least, longest_expiry.count()) : std::nullopt;
  if (status != 423 || !number || seconds{*number} <= entry->expires) return false;
  entry->expires = seconds{*number};
  entry->challenges = 0;  // the carrier may ask once more who we are
  ask(entry, now);
  return true;
}

void CarrierLogins::failed(Entry& entry, const sip::MessagePtr& response, Now now) {
  const int code = response ? response->status() : 0;
  const std::string phrase(response ? response->reason_phrase() : "no answer");
  const auto login = response ? CarrierLogin::refused : CarrierLogin::silent;
  const bool news = entry.account.state->status().login != login;
  entry.account.state->tell(login, code, phrase, now.wall, std::nullopt);
  if (news) {
    log_(LogLevel::warning, "trunk " + entry.account.key + " is not registered: " +
                                (code == 0 ? phrase : std::to_string(code) + " " + phrase));
  }
  entry.challenges = 0;
  ++entry.place;  // the next address, if there is one
  const int doublings = std::min(entry.failures++, 6);
  const Duration pause = std::min<Duration>(first_pause * (1 << doublings), longest_pause);
  const auto half = std::chrono::duration_cast<std::chrono::milliseconds>(pause).count() / 2;
  const auto by_lot = static_cast<std::int64_t>(random_.bits() % static_cast<std::uint64_t>(half));
  wake(entry, now.instant + std::chrono::milliseconds{half + by_lot});
}

// At most a second later, by lot: a carrier that restarts loses all of its customers at once.
void CarrierLogins::connection_lost(std::uint64_t connection, Now now) {
  for (auto& [key, entry] : entries_) {
    if (connection == 0 || entry->connection != connection) continue;
    entry->connection = 0;
    if (entry->account.state->status().login != CarrierLogin::registered) continue;
    const auto by_lot = static_cast<std::int64_t>(random_.bits() % reconnect_ms);
    wake(*entry, now.instant + std::chrono::milliseconds{by_lot});
  }
}

void CarrierLogins::tick(Now now) {
  while (const auto key = timers_.take_due(now.instant)) {
    const auto found = entries_.find(*key);
    if (found == entries_.end()) continue;
    found->second->timer = 0;
    ask(found->second, now);
  }
}

}  // namespace strowger::call
