#include "sip/validation.hpp"

#include "sip/headers.hpp"
#include "sip/multipart.hpp"

#include <algorithm>
#include <array>

namespace strowger::sip {
namespace {

using Verdict = std::optional<Refusal>;

constexpr std::array<std::string_view, 3> our_extensions = {"100rel", "replaces", "timer"};
constexpr std::string_view accepted_types =
    "application/sdp, multipart/mixed, multipart/alternative";

Verdict refuse(int status, std::string_view phrase) {
  return Refusal{status, std::string(phrase), {}};
}
Verdict bad(std::string_view phrase) { return refuse(400, phrase); }

// How often each header is there, in one pass.
using Census = std::array<std::uint16_t, static_cast<std::size_t>(HeaderName::count_)>;

class RequestCheck {
 public:
  RequestCheck(const Message& request, Transport transport, const Capabilities& capabilities)
      : request_(request), transport_(transport), capabilities_(capabilities) {
    for (std::size_t i = 0; i < request.size(); ++i) {
      ++census_[static_cast<std::size_t>(request.name_at(i))];
    }
  }

  // In the order of RFC 3261 8.2, after what makes the message unreadable.
  Verdict run() const {
    using Step = Verdict (RequestCheck::*)() const;
    constexpr std::array<Step, 12> steps = {
        &RequestCheck::flaws,     &RequestCheck::version,     &RequestCheck::presence,
        &RequestCheck::length,    &RequestCheck::request_uri, &RequestCheck::vias,
        &RequestCheck::addresses, &RequestCheck::identifiers, &RequestCheck::contacts,
        &RequestCheck::require,   &RequestCheck::acceptable,  &RequestCheck::body_accepted};
    for (const Step step : steps) {
      if (auto refusal = (this->*step)()) return refusal;
    }
    return std::nullopt;
  }

 private:
  std::size_t count(HeaderName header) const { return census_[static_cast<std::size_t>(header)]; }
  bool has(HeaderName header) const { return count(header) > 0; }
  Method method() const { return request_.method(); }

  Verdict flaws() const;
  Verdict version() const;
  Verdict presence() const;
  Verdict length() const;
  Verdict request_uri() const;
  Verdict vias() const;
  Verdict addresses() const;
  Verdict identifiers() const;
  Verdict contacts() const;
  Verdict require() const;
  Verdict acceptable() const;
  Verdict body_accepted() const;
  Verdict body_type() const;
  Verdict unsupported_body() const;

  const Message& request_;
  Transport transport_;
  const Capabilities& capabilities_;
  Census census_{};
};

Verdict RequestCheck::flaws() const {
  const Flaws flaws = request_.flaws();
  if (!flaws.any()) return std::nullopt;
  if (flaws.too_many_headers) return refuse(513, "Too Many Header Fields");
  if (flaws.unfinished) return bad("Incomplete Message");
  if (flaws.start_line) return bad("Bad Request-Line");
  if (flaws.header_line) return bad("Bad Header Field");
  return bad("Illegal Control Character");
}

Verdict RequestCheck::version() const {
  if (iequals(request_.version(), "SIP/2.0")) return std::nullopt;
  return refuse(505, "Version Not Supported");
}

Verdict RequestCheck::presence() const {
  struct Rule {
    HeaderName header;
    bool mandatory;
    std::string_view missing, repeated;
  };
  // 8.1.1, 20; Max-Forwards is left out by RFC 2543 callers (RFC 4475 3.4.1).
  constexpr std::array<Rule, 6> rules = {{
      {HeaderName::from, true, "Missing From Header Field", "Repeated From Header Field"},
      {HeaderName::to, true, "Missing To Header Field", "Repeated To Header Field"},
      {HeaderName::call_id, true, "Missing Call-ID Header Field", "Repeated Call-ID Header Field"},
      {HeaderName::cseq, true, "Missing CSeq Header Field", "Repeated CSeq Header Field"},
      {HeaderName::max_forwards, false, "", "Repeated Max-Forwards Header Field"},
      {HeaderName::content_type, false, "", "Repeated Content-Type Header Field"},
  }};
  if (!has(HeaderName::via)) return bad("Missing Via Header Field");
  for (const Rule& rule : rules) {
    if (rule.mandatory && !has(rule.header)) return bad(rule.missing);
    if (count(rule.header) > 1) return bad(rule.repeated);
  }
  return std::nullopt;
}

// 18.3, 20.14. Two equal lengths are let pass.
Verdict RequestCheck::length() const {
  const auto length = request_.content_length();
  if (!has(HeaderName::content_length)) {
    const bool needed = transport_ == Transport::tcp || transport_ == Transport::tls;
    return needed ? bad("Missing Content-Length Header Field") : std::nullopt;
  }
  if (!length) return bad("Bad Content-Length Header Field");
  if (*length > message_bytes_max) return refuse(513, "Message Too Large");
  if (*length > request_.body().size()) return bad("Content-Length Exceeds Message");
  return std::nullopt;
}

// 8.2.2.1, 19.1.1.
Verdict RequestCheck::request_uri() const {
  const std::string_view text = request_.request_uri();
  if (text.size() > request_uri_bytes_max) return refuse(414, "Request-URI Too Long");
  const auto uri = SipUri::parse(text);
  if (!uri) {
    const bool foreign = scheme_of(text) == Scheme::other;
    return foreign ? refuse(416, "Unsupported URI Scheme") : bad("Bad Request-URI");
  }
  if (uri->scheme == Scheme::other) return refuse(416, "Unsupported URI Scheme");
  // A sips URI asks for TLS on every hop (26.2.2), which is already broken here.
  const bool secure = transport_ == Transport::tls || transport_ == Transport::wss;
  if (uri->scheme == Scheme::sips && !secure) return refuse(416, "Unsupported URI Scheme");
  if (!uri->headers.empty()) return bad("Header Fields in Request-URI");
  return std::nullopt;
}

Verdict RequestCheck::vias() const {
  const auto& top = top_via(request_);
  if (!top || !top->whole) return bad("Bad Via Header Field");
  std::size_t seen = 0;
  for (const auto header : request_.headers()) {
    if (header.name != HeaderName::via) continue;
    std::string_view rest = header.value;
    while (const auto value = next_item(rest)) {
      if (++seen > vias_max) return bad("Too Many Via Header Fields");
      if (seen > 1 && !Via::parse(*value)) return bad("Bad Via Header Field");
    }
  }
  return std::nullopt;
}

bool good_address(const std::optional<NameAddr>& address) {
  return address && !address->star && SipUri::parse(address->uri);
}

Verdict RequestCheck::addresses() const {
  const auto& sender = from(request_);
  if (!good_address(sender)) return bad("Bad From Header Field");
  const auto& target = to(request_);
  if (!good_address(target)) return bad("Bad To Header Field");
  // 10.3 step 5: an address-of-record is a SIP address (RFC 4475 3.3.4).
  if (method() == Method::register_ && scheme_of(target->uri) == Scheme::other) {
    return bad("Bad To Header Field");
  }
  if (!has(HeaderName::route) && !has(HeaderName::record_route)) return std::nullopt;
  for (const auto header : request_.headers()) {
    const bool route = header.name == HeaderName::route || header.name == HeaderName::record_route;
    if (!route) continue;
    std::string_view rest = header.value;
    while (const auto value = next_item(rest)) {
      if (!good_address(NameAddr::parse(*value))) return bad("Bad Route Header Field");
    }
  }
  return std::nullopt;
}

Verdict RequestCheck::identifiers() const {
  const std::string_view id = call_id(request_);
  if (id.empty() || std::any_of(id.begin(), id.end(), is_white)) {
    return bad("Bad Call-ID Header Field");
  }
  const auto& sequence = cseq(request_);
  if (!sequence) return bad("Bad CSeq Header Field");
  if (sequence->method_text != request_.method_text()) return bad("CSeq Method Mismatch");
  if (has(HeaderName::max_forwards) && !max_forwards(request_)) {
    return bad("Bad Max-Forwards Header Field");
  }
  if (method() == Method::prack && !rack(request_)) return bad("Bad RAck Header Field");
  return std::nullopt;
}

Verdict RequestCheck::contacts() const {
  if (!has(HeaderName::contact)) return std::nullopt;
  bool star = false;
  std::size_t seen = 0;
  for (const auto header : request_.headers()) {
    if (header.name != HeaderName::contact) continue;
    std::string_view rest = header.value;
    while (const auto value = next_item(rest)) {
      const auto address = NameAddr::parse(*value);
      ++seen;
      if (address && address->star) {
        star = true;
      } else if (!good_address(address)) {
        return bad("Bad Contact Header Field");
      }
    }
  }
  if (!star) return std::nullopt;
  // 10.2.2: "*" alone, in REGISTER, with Expires: 0.
  const bool allowed = seen == 1 && method() == Method::register_ && expires(request_) == 0U;
  return allowed ? std::nullopt : bad("Bad Contact Header Field");
}

// 8.2.2.3. Proxy-Require is not asked of a user agent (20.29).
Verdict RequestCheck::require() const {
  const bool exempt = method() == Method::ack || method() == Method::cancel;
  if (exempt || !has(HeaderName::require)) return std::nullopt;
  std::string missing;
  for (const auto header : request_.headers()) {
    if (header.name != HeaderName::require) continue;
    std::string_view rest = header.value;
    while (const auto tag = next_item(rest)) {
      if (tag->empty()) continue;
      if (!is_token(*tag)) return bad("Bad Require Header Field");
      const auto known = [&](std::string_view one) { return iequals(one, *tag); };
      if (std::any_of(capabilities_.extensions.begin(), capabilities_.extensions.end(), known)) {
        continue;
      }
      if (!missing.empty()) missing += ", ";
      missing += *tag;
    }
  }
  if (missing.empty()) return std::nullopt;
  return Refusal{420, "Bad Extension", {{"Unsupported", std::move(missing)}}};
}

// 20.1, 21.4.7: what we answer an INVITE with is SDP.
Verdict RequestCheck::acceptable() const {
  if (method() != Method::invite || !has(HeaderName::accept)) return std::nullopt;
  for (const auto header : request_.headers()) {
    if (header.name != HeaderName::accept) continue;
    std::string_view rest = header.value;
    while (const auto range = next_item(rest)) {
      const auto type = ContentType::parse(*range);
      if (type &&
          (type->is("application", "sdp") || type->is("application", "*") || type->is("*", "*"))) {
        return std::nullopt;
      }
    }
  }
  return refuse(406, "Not Acceptable");
}

// 8.2.3.
Verdict RequestCheck::body_accepted() const {
  // Nothing can be said back to an ACK, and a CANCEL means what it means.
  const bool judged = method() != Method::ack && method() != Method::cancel;
  if (request_.body().empty() || !judged) return std::nullopt;
  const auto disposition = request_.header(HeaderName::content_disposition);
  const bool optional = disposition && Part{.disposition = *disposition}.optional();
  if (!optional && has(HeaderName::content_encoding)) {
    const auto encoding = *request_.header(HeaderName::content_encoding);
    if (!iequals(encoding, "identity")) {
      return Refusal{415, "Unsupported Content Encoding", {{"Accept-Encoding", "identity"}}};
    }
  }
  const auto type = content_type(request_);
  if (!type) {
    // 7.4.1: a body needs a Content-Type.
    return bad(has(HeaderName::content_type) ? "Bad Content-Type Header Field"
                                             : "Missing Content-Type Header Field");
  }
  return optional ? std::nullopt : body_type();
}

// Only the methods that carry offers and answers are bound to SDP; others are the user agent's to
// judge.
Verdict RequestCheck::body_type() const {
  const bool carries_sdp =
      method() == Method::invite || method() == Method::update || method() == Method::prack;
  if (!carries_sdp) return std::nullopt;
  const auto type = content_type(request_);
  const bool multipart = iequals(type->type, "multipart");
  if (!multipart && !type->is("application", "sdp")) return unsupported_body();
  const auto sdp = find_sdp(*request_.header(HeaderName::content_type), request_.body());
  if (sdp) return std::nullopt;
  if (sdp.error() == MultipartError::unsupported_part) return unsupported_body();
  return bad(sdp.error() == MultipartError::no_boundary ? "Missing Multipart Boundary"
                                                        : "Bad Multipart Body");
}

Verdict RequestCheck::unsupported_body() const {
  return Refusal{415, "Unsupported Media Type", {{"Accept", std::string(accepted_types)}}};
}

}  // namespace

const Capabilities& Capabilities::ours() {
  static const Capabilities capabilities{our_extensions};
  return capabilities;
}

std::optional<Refusal> check_request(const Message& request, Transport transport,
                                     const Capabilities& capabilities) {
  return RequestCheck(request, transport, capabilities).run();
}

bool can_reply(const Message& request) {
  return request.is_request() && request.method() != Method::ack && top_via(request).has_value();
}

std::optional<std::string_view> check_response(const Message& response) {
  if (response.flaws().any()) return "malformed head";
  const auto& via = top_via(response);
  if (!via || !via->whole) return "no usable Via";
  if (!from(response) || !to(response)) return "no usable From or To";
  if (call_id(response).empty()) return "no Call-ID";
  if (!cseq(response)) return "no usable CSeq";
  const auto length = response.content_length();
  const bool told = response.header(HeaderName::content_length).has_value();
  if (told && (!length || *length > response.body().size())) return "bad Content-Length";
  return std::nullopt;
}

}  // namespace strowger::sip
