#include "sip/header_name.hpp"

#include "sip/grammar.hpp"

#include <array>
#include <cstddef>

namespace strowger::sip {
namespace {

struct Row {
  HeaderName header;
  std::string_view name;
  std::string_view compact;
};

// Compact forms: RFC 3261 §20 and the IANA registry of header fields.
constexpr std::array<Row, static_cast<std::size_t>(HeaderName::count_)> rows = {{
    {HeaderName::other, "", ""},
    {HeaderName::accept, "Accept", ""},
    {HeaderName::accept_contact, "Accept-Contact", "a"},
    {HeaderName::accept_encoding, "Accept-Encoding", ""},
    {HeaderName::accept_language, "Accept-Language", ""},
    {HeaderName::accept_resource_priority, "Accept-Resource-Priority", ""},
    {HeaderName::alert_info, "Alert-Info", ""},
    {HeaderName::allow, "Allow", ""},
    {HeaderName::allow_events, "Allow-Events", "u"},
    {HeaderName::answer_mode, "Answer-Mode", ""},
    {HeaderName::authentication_info, "Authentication-Info", ""},
    {HeaderName::authorization, "Authorization", ""},
    {HeaderName::call_id, "Call-ID", "i"},
    {HeaderName::call_info, "Call-Info", ""},
    {HeaderName::contact, "Contact", "m"},
    {HeaderName::content_disposition, "Content-Disposition", ""},
    {HeaderName::content_encoding, "Content-Encoding", "e"},
    {HeaderName::content_id, "Content-ID", ""},
    {HeaderName::content_language, "Content-Language", ""},
    {HeaderName::content_length, "Content-Length", "l"},
    {HeaderName::content_type, "Content-Type", "c"},
    {HeaderName::cseq, "CSeq", ""},
    {HeaderName::date, "Date", ""},
    {HeaderName::diversion, "Diversion", ""},
    {HeaderName::error_info, "Error-Info", ""},
    {HeaderName::event, "Event", "o"},
    {HeaderName::expires, "Expires", ""},
    {HeaderName::feature_caps, "Feature-Caps", ""},
    {HeaderName::flow_timer, "Flow-Timer", ""},
    {HeaderName::from, "From", "f"},
    {HeaderName::geolocation, "Geolocation", ""},
    {HeaderName::history_info, "History-Info", ""},
    {HeaderName::identity, "Identity", "y"},
    {HeaderName::in_reply_to, "In-Reply-To", ""},
    {HeaderName::info_package, "Info-Package", ""},
    {HeaderName::join, "Join", ""},
    {HeaderName::max_breadth, "Max-Breadth", ""},
    {HeaderName::max_forwards, "Max-Forwards", ""},
    {HeaderName::mime_version, "MIME-Version", ""},
    {HeaderName::min_expires, "Min-Expires", ""},
    {HeaderName::min_se, "Min-SE", ""},
    {HeaderName::organization, "Organization", ""},
    {HeaderName::p_access_network_info, "P-Access-Network-Info", ""},
    {HeaderName::p_asserted_identity, "P-Asserted-Identity", ""},
    {HeaderName::p_associated_uri, "P-Associated-URI", ""},
    {HeaderName::p_called_party_id, "P-Called-Party-ID", ""},
    {HeaderName::p_charging_vector, "P-Charging-Vector", ""},
    {HeaderName::p_early_media, "P-Early-Media", ""},
    {HeaderName::p_preferred_identity, "P-Preferred-Identity", ""},
    {HeaderName::path, "Path", ""},
    {HeaderName::priority, "Priority", ""},
    {HeaderName::privacy, "Privacy", ""},
    {HeaderName::proxy_authenticate, "Proxy-Authenticate", ""},
    {HeaderName::proxy_authorization, "Proxy-Authorization", ""},
    {HeaderName::proxy_require, "Proxy-Require", ""},
    {HeaderName::rack, "RAck", ""},
    {HeaderName::reason, "Reason", ""},
    {HeaderName::record_route, "Record-Route", ""},
    {HeaderName::recv_info, "Recv-Info", ""},
    {HeaderName::refer_sub, "Refer-Sub", ""},
    {HeaderName::refer_to, "Refer-To", "r"},
    {HeaderName::referred_by, "Referred-By", "b"},
    {HeaderName::reject_contact, "Reject-Contact", "j"},
    {HeaderName::remote_party_id, "Remote-Party-ID", ""},
    {HeaderName::replaces, "Replaces", ""},
    {HeaderName::reply_to, "Reply-To", ""},
    {HeaderName::request_disposition, "Request-Disposition", "d"},
    {HeaderName::require, "Require", ""},
    {HeaderName::resource_priority, "Resource-Priority", ""},
    {HeaderName::retry_after, "Retry-After", ""},
    {HeaderName::route, "Route", ""},
    {HeaderName::rseq, "RSeq", ""},
    {HeaderName::security_client, "Security-Client", ""},
    {HeaderName::security_server, "Security-Server", ""},
    {HeaderName::security_verify, "Security-Verify", ""},
    {HeaderName::server, "Server", ""},
    {HeaderName::service_route, "Service-Route", ""},
    {HeaderName::session_expires, "Session-Expires", "x"},
    {HeaderName::session_id, "Session-ID", ""},
    {HeaderName::sip_etag, "SIP-ETag", ""},
    {HeaderName::sip_if_match, "SIP-If-Match", ""},
    {HeaderName::subject, "Subject", "s"},
    {HeaderName::subscription_state, "Subscription-State", ""},
    {HeaderName::supported, "Supported", "k"},
    {HeaderName::target_dialog, "Target-Dialog", ""},
    {HeaderName::timestamp, "Timestamp", ""},
    {HeaderName::to, "To", "t"},
    {HeaderName::unsupported, "Unsupported", ""},
    {HeaderName::user_agent, "User-Agent", ""},
    {HeaderName::user_to_user, "User-to-User", ""},
    {HeaderName::via, "Via", "v"},
    {HeaderName::warning, "Warning", ""},
    {HeaderName::www_authenticate, "WWW-Authenticate", ""},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].header) != i) return false;
  }
  return true;
}
static_assert(in_order());

// An open-addressed table over length and three characters: one probe finds nearly every name.
constexpr std::size_t table_size = 512;

constexpr std::size_t slot_of(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(lower(text[i])); };
  const std::size_t length = text.size();
  return (length * 37 + at(0) * 11u + at(length - 1) * 5u + at(length / 2) * 71u) % table_size;
}

constexpr auto table = [] {
  std::array<HeaderName, table_size> made{};
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::size_t slot = slot_of(rows[i].name);
    while (made[slot] != HeaderName::other) slot = (slot + 1) % table_size;
    made[slot] = rows[i].header;
  }
  return made;
}();

constexpr auto letters = [] {
  std::array<HeaderName, 26> made{};
  for (const Row& row : rows) {
    if (!row.compact.empty()) made[static_cast<std::size_t>(row.compact[0] - 'a')] = row.header;
  }
  return made;
}();

}  // namespace

HeaderName header_name_from(std::string_view text) {
  if (text.empty()) return HeaderName::other;
  if (text.size() == 1) {
    const char letter = lower(text[0]);
    if (letter < 'a' || letter > 'z') return HeaderName::other;
    return letters[static_cast<std::size_t>(letter - 'a')];
  }
  for (std::size_t slot = slot_of(text);; slot = (slot + 1) % table_size) {
    const HeaderName header = table[slot];
    if (header == HeaderName::other) return header;
    const std::string_view canonical = name(header);
    if (canonical == text || iequals(canonical, text)) return header;
  }
}

std::string_view name(HeaderName header) { return rows[static_cast<std::size_t>(header)].name; }

std::string_view compact_name(HeaderName header) {
  return rows[static_cast<std::size_t>(header)].compact;
}

}  // namespace strowger::sip
