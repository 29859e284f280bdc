#include "sip/registrar.hpp"

#include "sip/headers.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace strowger::sip {

namespace {

using std::chrono::seconds;

struct Refused {
  int status;
  std::string phrase;
  HeaderList headers = {};
};
using Refusal = std::optional<Refused>;

// "0.7" → 700; nothing when it is no qvalue (RFC 3261 25.1).
std::optional<int> parse_q(std::string_view text) {
  const auto dot = text.find('.');
  const auto whole = text.substr(0, dot);
  const auto decimals = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  if ((whole != "0" && whole != "1") || decimals.size() > 3) return std::nullopt;
  int thousandths = whole == "1" ? 1'000 : 0;
  for (std::size_t i = 0, weight = 100; i < decimals.size(); ++i, weight /= 10) {
    if (!is_digit(decimals[i])) return std::nullopt;
    thousandths += (decimals[i] - '0') * static_cast<int>(weight);
  }
  if (thousandths > 1'000) return std::nullopt;
  return thousandths;
}

bool same_contact(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto left = SipUri::parse(a);
  const auto right = SipUri::parse(b);
  return left && right && left->is_sip() && right->is_sip() && *left == *right;
}

// 10.3 step 7: by address; RFC 5626 6: flows by instance and flow, whatever their address.
bool same_binding(const Binding& a, const Binding& b) {
  const bool flows = a.reg_id != 0 && b.reg_id != 0;
  if (flows) return a.instance == b.instance && a.reg_id == b.reg_id;
  return same_contact(a.contact, b.contact);
}

LocationChange::Removed removal(const Binding& binding, Instant at) {
  return {binding.contact, binding.instance, binding.reg_id, at};
}

class RegisterRequest {
 public:
  RegisterRequest(const Message& request, const Peer& source, const RegistrarLimits& limits,
                  Now now)
      : request_(request), source_(source), limits_(limits), now_(now) {}

  // In the order of 10.3; the first that refuses ends it.
  Refusal read() {
    if (auto refusal = read_identity()) return refusal;
    if (auto refusal = read_path()) return refusal;
    return read_contacts();
  }

  Refusal apply(std::span<const Binding> known, LocationChange& change) const;
  bool outbound() const { return outbound_; }
  const std::vector<std::string>& path() const { return path_; }

 private:
  Refusal read_identity();
  Refusal read_path();
  Refusal read_contacts();
  Refusal read_contact(const NameAddr& contact);
  Refusal read_flow(const NameAddr& contact, Binding& binding);
  std::optional<seconds> lifetime(const NameAddr& contact) const;
  seconds lifetime_max() const;
  // 10.3 steps 6 and 7: an older request that was late must not undo a newer one.
  bool overtaken(const Binding& known) const {
    return known.call_id == call_id_ && known.cseq >= cseq_;
  }

  const Message& request_;
  const Peer& source_;
  const RegistrarLimits& limits_;
  Now now_;
  std::string call_id_;
  std::uint32_t cseq_ = 0;
  std::vector<std::string> path_;
  std::vector<Binding> wanted_;     // what shall be bound
  std::vector<Binding> unwanted_;   // what shall be removed
  bool everything_ = false;         // "*"
  bool outbound_ = false;
};

Refusal RegisterRequest::read_identity() {
  call_id_ = call_id(request_);
  if (call_id_.size() > registration_call_id_bytes_max) return Refused{400, "Call-ID Too Long"};
  cseq_ = cseq(request_).value_or(CSeq{}).number;
  return std::nullopt;
}

// RFC 3327 5.3: without `Supported: path` the phone would not see who put itself in the path.
Refusal RegisterRequest::read_path() {
  std::size_t bytes = 0;
  for (const auto value : request_.values(HeaderName::path)) {
    const auto hop = NameAddr::parse(value);
    if (!hop || !SipUri::parse(hop->uri)) return Refused{400, "Bad Path Header Field"};
    path_.push_back(unfolded(value));
    bytes += path_.back().size();
  }
  if (bytes > path_bytes_max) return Refused{400, "Path Header Field Too Long"};
  const bool agreed = has_token(request_, HeaderName::supported, "path") ||
                      has_token(request_, HeaderName::require, "path");
  if (path_.empty() || agreed) return std::nullopt;
  return Refused{420, "Bad Extension", {{"Unsupported", "path"}}};
}

Refusal RegisterRequest::read_contacts() {
  const auto values = request_.values(HeaderName::contact);
  if (values.size() > bindings_per_aor_max) return Refused{403, "Too Many Contacts"};
  for (const auto value : values) {
    const auto contact = NameAddr::parse(value);
    if (!contact) return Refused{400, "Bad Contact Header Field"};
    if (contact->star) {
      everything_ = true;
      return std::nullopt;
    }
    if (auto refusal = read_contact(*contact)) return refusal;
  }
  return std::nullopt;
}

Refusal RegisterRequest::read_contact(const NameAddr& contact) {
  if (contact.uri.size() > contact_bytes_max) return Refused{400, "Contact Too Long"};
  Binding binding;
  binding.contact = contact.uri;
  binding.flow = source_;
  binding.path = path_;
  binding.q = parse_q(contact.params.get("q").value_or("1")).value_or(1'000);
  binding.call_id = call_id_;
  binding.cseq = cseq_;
  const auto agent = request_.header(HeaderName::user_agent).value_or("");
  binding.user_agent = unfolded(agent.substr(0, user_agent_bytes_max));
  if (auto refusal = read_flow(contact, binding)) return refusal;
  const auto lasts = lifetime(contact);
  if (lasts == seconds{0}) {
    unwanted_.push_back(std::move(binding));
    return std::nullopt;
  }
  if (!lasts) {
    return Refused{423, "Interval Too Brief",
                   {{"Min-Expires", std::to_string(limits_.expires_min.count())}}};
  }
  binding.since = now_.wall;
  binding.expires = now_.wall + *lasts;
  binding.refreshed = now_.instant;
  binding.due = now_.instant + *lasts;
  wanted_.push_back(std::move(binding));
  return std::nullopt;
}

// RFC 5626 6. A reg-id without an instance, or without `Supported: outbound`, is ignored.
Refusal RegisterRequest::read_flow(const NameAddr& contact, Binding& binding) {
  binding.instance = contact.params.text_of("+sip.instance").value_or("");
  if (binding.instance.size() > instance_bytes_max) return Refused{400, "Instance Too Long"};
  const auto id = parse_number(contact.params.get("reg-id").value_or(""), sequence_max);
  const bool supported = has_token(request_, HeaderName::supported, "outbound");
  if (!id || *id == 0 || binding.instance.empty() || !supported) return std::nullopt;
  if (request_.values(HeaderName::contact).size() > 1) {
    return Refused{400, "One Contact per Flow"};
  }
  const bool direct = request_.values(HeaderName::via).size() == 1;
  const auto edge = path_.empty() ? std::nullopt : NameAddr::parse(path_.back());
  const auto edge_uri = edge ? SipUri::parse(edge->uri) : std::nullopt;
  if (!direct && !(edge_uri && edge_uri->params.has("ob"))) {
    return Refused{439, "First Hop Lacks Outbound Support"};
  }
  binding.reg_id = static_cast<std::uint32_t>(*id);
  outbound_ = true;
  return std::nullopt;
}

seconds RegisterRequest::lifetime_max() const {
  const bool stream = is_reliable(source_.transport);
  return stream ? std::min(limits_.expires_max, expires_on_stream_max) : limits_.expires_max;
}

// Nothing when it is too short. 10.3 step 7: of the contact, else of the request, else ours. A
// number that can't be read counts as none (20.19 lets 3600 be taken; ours says what is done).
std::optional<seconds> RegisterRequest::lifetime(const NameAddr& contact) const {
  auto asked = parse_number(contact.params.get("expires").value_or(""), 0xffff'ffff);
  if (!asked) asked = expires(request_);
  const auto wanted = asked ? seconds{static_cast<std::int64_t>(*asked)} : limits_.expires_default;
  if (wanted == seconds{0}) return wanted;
  if (wanted < limits_.expires_min) return std::nullopt;
  return std::min(wanted, lifetime_max());
}

Refusal RegisterRequest::apply(std::span<const Binding> known, LocationChange& change) const {
  const Refused late{500, "CSeq Is Not the Newest"};
  const auto remove = [&](const Binding& binding) {
    change.removed.push_back(removal(binding, now_.instant));
  };
  const auto find = [&](const Binding& like) {
    return std::ranges::find_if(known, [&](const Binding& one) { return same_binding(one, like); });
  };
  if (everything_) {
    if (std::ranges::any_of(known, [&](const Binding& one) { return overtaken(one); })) return late;
    for (const Binding& binding : known) remove(binding);
    return std::nullopt;
  }
  for (const Binding& binding : unwanted_) {
    const auto old = find(binding);
    if (old == known.end()) continue;
    if (overtaken(*old)) return late;
    remove(*old);
  }
  for (Binding binding : wanted_) {
    const auto old = find(binding);
    if (old != known.end()) {
      if (overtaken(*old)) return late;
      binding.since = old->since;
      binding.round_trip = old->round_trip;
      if (!named(*old)(binding)) remove(*old);
    }
    const auto twice = std::ranges::find_if(change.bound, named(binding));
    if (twice != change.bound.end()) *twice = std::move(binding);
    else change.bound.push_back(std::move(binding));
  }
  return std::nullopt;
}

// A phone that comes back under a new address each time would shut itself out: of more contacts
// than the limit the one that was refreshed longest ago goes.
void make_room(std::vector<Binding>& now_bound, LocationChange& change, Instant now) {
  while (now_bound.size() > bindings_per_aor_max) {
    const auto oldest = std::ranges::min_element(now_bound, {}, &Binding::refreshed);
    change.removed.push_back(removal(*oldest, now));
    now_bound.erase(oldest);
  }
}

// What is bound after the change.
std::vector<Binding> result_of(std::span<const Binding> known, const LocationChange& change) {
  std::vector<Binding> bound = change.bound;
  for (const Binding& old : known) {
    const bool gone = std::ranges::any_of(change.removed, named(old));
    const bool renewed = std::ranges::any_of(change.bound, named(old));
    if (!gone && !renewed) bound.push_back(old);
  }
  return bound;
}

// With leading zeros.
std::string digits(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string contact_value(const Binding& binding, Instant now) {
  const auto left = std::chrono::duration_cast<seconds>(binding.due - now).count();
  std::string value = "<" + binding.contact + ">;expires=" + std::to_string(left);
  if (binding.q != 1'000) value += ";q=0." + digits(binding.q, 3);
  if (!binding.instance.empty()) value += ";+sip.instance=" + sip::quoted_string(binding.instance);
  if (binding.reg_id != 0) value += ";reg-id=" + std::to_string(binding.reg_id);
  return value;
}

}  // namespace

std::string date_text(WallTime time) {
  constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<seconds>(time - day)};
  std::string text(weekdays[std::chrono::weekday{day}.c_encoding()]);
  text += ", " + digits(static_cast<unsigned>(date.day()), 2) + " ";
  text += months[static_cast<unsigned>(date.month()) - 1];
  text += " " + digits(static_cast<int>(date.year()), 4) + " " + digits(clock.hours().count(), 2);
  text += ":" + digits(clock.minutes().count(), 2) + ":" + digits(clock.seconds().count(), 2);
  return text + " GMT";
}

Registration register_contacts(const Message& request, const Peer& source, const std::string& aor,
                               std::span<const Binding> known, const RegistrarLimits& limits,
                               Now now) {
  RegisterRequest asked(request, source, limits, now);
  Registration done;
  done.change.aor = aor;
  auto refusal = asked.read();
  if (!refusal) refusal = asked.apply(known, done.change);
  if (refusal) {
    return {.status = refusal->status,
            .phrase = std::move(refusal->phrase),
            .headers = std::move(refusal->headers),
            .change = {}};
  }
  if (done.change.bound.empty()) done.change.why = LocationChange::Why::unregistered;
  auto bound = result_of(known, done.change);
  make_room(bound, done.change, now.instant);
  // 10.3 step 8.
  for (const Binding& binding : bound) {
    done.headers.push_back({"Contact", contact_value(binding, now.instant)});
  }
  for (const std::string& hop : asked.path()) done.headers.push_back({"Path", hop});
  if (asked.outbound()) {
    done.headers.push_back({"Require", "outbound"});
    done.headers.push_back({"Flow-Timer", std::to_string(flow_timer.count())});
  }
  done.headers.push_back({"Supported", "path, outbound"});
  done.headers.push_back({"Date", date_text(now.wall)});
  return done;
}

}  // namespace strowger::sip
