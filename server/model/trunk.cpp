#include "model/trunk.hpp"

#include "base/endpoint.hpp"
#include "model/document_reader.hpp"
#include "model/json_reader.hpp"
#include "model/response_check.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr JsonLimits limits{trunk_bytes_max, trunk_depth_max};
constexpr std::string_view transports[] = {"udp", "tcp", "tls"};
constexpr std::string_view forms[] = {"e164", "e164_no_plus", "national", "as_dialled"};
constexpr std::int64_t rank_max = 65'535;  // of priorities and weights (RFC 2782)

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_network(std::string_view text) { return IpNetwork::parse(text).has_value(); }

bool is_number_part(std::string_view text) {
  return text.size() <= 16 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || c == '+' || c == '*' || c == '#';
         });
}

bool is_shown_number(std::string_view text) {
  return text.size() <= caller_number_chars_max && is_number_part(text.substr(0, 16)) &&
         (text.size() <= 16 || is_number_part(text.substr(16)));
}

bool is_class(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '_';
  });
}

// Of whatever a carrier gives: what can stand in a URI and in a quoted string without escapes.
bool is_name_at_carrier(std::string_view text) {
  return text.size() <= 128 && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || std::string_view("-._~+*@").find(c) != std::string_view::npos;
  });
}

TrunkAddress read_address(DocumentReader reader) {
  TrunkAddress address;
  address.host = reader.text("host", is_host, "a name like sip.example.net, or an IP address");
  address.port = static_cast<std::uint16_t>(reader.integer("port", {1, 65'535}, 0));
  address.transport = static_cast<TrunkTransport>(reader.choice("transport", transports, 0));
  address.priority = static_cast<int>(reader.integer("priority", {0, rank_max}, 0));
  address.weight = static_cast<int>(reader.integer("weight", {0, rank_max}, 0));
  const auto* const host = reader.find("host");
  if (host == nullptr || (host->is_string() && host->get_string().empty())) {
    reader.complain("host", "missing", "An address needs a host.");
  }
  return address;
}

TrunkTls read_tls(DocumentReader reader) {
  TrunkTls tls;
  tls.verify = reader.flag("verify", true);
  tls.wildcards = reader.flag("wildcards", false);
  return tls;
}

void refuse_secret(DocumentReader& reader, std::string_view name) {
  if (!reader.has(name)) return;
  reader.complain(name, "secret-in-document", "A trunk's document holds no password.",
                  "Take it out; it is set by itself.");
}

std::string read_login(DocumentReader reader) {
  auto username = reader.text("username", is_sip_username,
                              "1 to 64 letters, digits, or - . _ ~ + *");
  refuse_secret(reader, "password");
  refuse_secret(reader, "ha1");
  return username;
}

// Who logs in is known by that: an address could be anybody's who shares it.
TrunkInbound read_inbound(DocumentReader reader, bool logs_in) {
  TrunkInbound inbound;
  inbound.enabled = reader.flag("enabled", true);
  inbound.from_addresses = reader.flag("from_addresses", !logs_in);
  inbound.trust_identity = reader.flag("trust_identity", true);
  for (const auto& text : reader.texts("sources", trunk_sources_max, is_network,
                                       "an IP address, or a network like 192.0.2.0/24")) {
    if (const auto network = IpNetwork::parse(text)) inbound.sources.push_back(*network);
  }
  return inbound;
}

std::vector<CustomHeader> read_headers(DocumentReader headers) {
  std::vector<CustomHeader> all;
  for (const auto& member : headers.json()) {
    const std::string name(member.key());
    if (all.size() == custom_headers_max) {
      headers.complain(name, "too-many",
                       {"A trunk has at most {{maximum}} headers of its own.",
                        {{"maximum", std::to_string(custom_headers_max)}}});
      return all;
    }
    if (!is_safe_extra_header(name)) {
      headers.complain(name, "header-not-allowed", "This header may not be set here.",
                       "Choose a name like X-Account.");
      continue;
    }
    all.push_back({name, headers.text(name, {.chars_max = 64})});
  }
  return all;
}

TrunkOutbound read_outbound(DocumentReader reader) {
  TrunkOutbound outbound;
  outbound.enabled = reader.flag("enabled", true);
  outbound.priority = static_cast<int>(reader.integer("priority", {0, rank_max}, 0));
  outbound.username = reader.text("username", is_name_at_carrier,
                                  "letters, digits, or - . _ ~ + * @");
  outbound.realm = reader.text("realm", {.chars_max = 128});
  outbound.classes = reader.texts("classes", outbound_classes_max, is_class,
                                  "the name of a class of numbers");
  outbound.form = static_cast<NumberForm>(reader.choice("number_form", forms, 0));
  outbound.strip = reader.text("strip", is_number_part, "digits, + * or #, at most 16");
  outbound.prefix = reader.text("prefix", is_number_part, "digits, + * or #, at most 16");
  outbound.no_reply = std::chrono::seconds(reader.integer("no_reply_s", {1, 32}, 4));
  outbound.headers = read_headers(reader.object("custom_sip_headers"));
  refuse_secret(reader, "password");
  return outbound;
}

TrunkRegistration read_registration(DocumentReader reader) {
  TrunkRegistration registration;
  registration.enabled = reader.flag("enabled", false);
  registration.domain = reader.text("domain", is_host, "a name like sip.example.net");
  registration.expires = std::chrono::seconds(reader.integer("expires_s", {60, 7'200}, 600));
  return registration;
}

TrunkCallerId read_caller_id(DocumentReader reader) {
  TrunkCallerId caller_id;
  caller_id.fixed.number = reader.text("number", is_shown_number, "digits, + in front");
  caller_id.fixed.name = reader.text("name", {.chars_max = caller_name_chars_max});
  caller_id.always = reader.flag("always", false);
  caller_id.domain = reader.text("domain", is_host, "a name like sip.example.net");
  caller_id.asserted = reader.flag("p_asserted_identity", true);
  if (caller_id.always && caller_id.fixed.number.empty()) {
    reader.complain("number", "missing", "The number that is always shown is not given.");
  }
  return caller_id;
}

Trunk read(DocumentReader& reader) {
  Trunk trunk;
  trunk.id = read_document_id(reader);
  trunk.name = reader.text("name", {.chars_min = 1, .chars_max = trunk_name_chars_max});
  trunk.enabled = reader.flag("enabled", true);
  if (const auto* const list = reader.items("addresses", trunk_addresses_max)) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      trunk.addresses.push_back(read_address(reader.item("addresses", i)));
    }
  }
  trunk.tls = read_tls(reader.object("tls"));
  trunk.srtp = reader.object("media").object("encryption").flag("enforce_security", false);
  trunk.login = read_login(reader.object("login"));
  trunk.inbound = read_inbound(reader.object("inbound"), !trunk.login.empty());
  trunk.outbound = read_outbound(reader.object("outbound"));
  trunk.registration = read_registration(reader.object("registration"));
  trunk.caller_id = read_caller_id(reader.object("caller_id"));
  trunk.channels = reader.integer("channels", {1, trunk_channels_max});
  if (!reader.has("name")) reader.complain("name", "missing", "A trunk needs a name.");
  if (trunk.registration.enabled && (trunk.addresses.empty() || trunk.outbound.username.empty())) {
    reader.complain("registration", "missing",
                    "To register at the carrier, an address and outbound.username are needed.");
  }
  return trunk;
}

}  // namespace

std::string_view trunk_transport_name(TrunkTransport transport) {
  return transports[static_cast<std::size_t>(transport)];
}

std::string_view number_form_name(NumberForm form) {
  return forms[static_cast<std::size_t>(form)];
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > host_bytes_max) return false;
  if (IpAddress::parse(text)) return true;
  const bool letters = std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '.';
  });
  // 1.2.3 is neither an address nor a name (RFC 3261 25.1: the last label begins with a letter).
  const auto last = text.rfind('.') == std::string_view::npos ? text
                                                              : text.substr(text.rfind('.') + 1);
  return letters && !last.empty() && !(last.front() >= '0' && last.front() <= '9') &&
         text.front() != '.' && text.front() != '-' && text.find("..") == std::string_view::npos;
}

void Trunk::assign_id(std::string new_id) {
  id = std::move(new_id);
  document["id"] = id;
}

bool Trunk::uses_tls() const {
  return std::ranges::any_of(addresses, [](const TrunkAddress& address) {
    return address.transport == TrunkTransport::tls;
  });
}

const std::string& Trunk::domain() const {
  if (!registration.domain.empty() || addresses.empty()) return registration.domain;
  return addresses.front().host;
}

Result<Trunk, Findings> read_trunk(json::object document) {
  Findings findings;
  DocumentReader reader(document, "", findings);
  auto trunk = read(reader);
  if (has_errors(findings)) return unexpected(std::move(findings));
  trunk.document = std::move(document);
  return trunk;
}

Result<Trunk, Findings> parse_trunk(std::string_view json_text) {
  auto object = read_json_object(json_text, limits, "trunk");
  if (!object) return unexpected(std::move(object.error()));
  return read_trunk(std::move(*object));
}

Findings trunk_warnings(const Trunk& trunk) {
  Findings findings;
  const auto warn = [&](std::string code, std::string pointer, std::string text, std::string hint) {
    add_finding(findings, {.severity = Severity::warning,
                           .code = std::move(code),
                           .pointer = std::move(pointer),
                           .block_id = {},
                           .text = std::move(text),
                           .hint = std::move(hint)});
  };
  if (trunk.uses_tls() && !trunk.tls.verify) {
    warn("tls-not-verified", "/tls/verify",
         "Whoever answers at this address is taken for the carrier, whatever its certificate says.",
         "Put the authority that signed it into the file of sip.ca, and take this out.");
  }
  const bool all_tls = std::ranges::all_of(trunk.addresses, [](const TrunkAddress& address) {
    return address.transport == TrunkTransport::tls;
  });
  if (trunk.srtp && !all_tls) {
    warn("srtp-without-tls", "/media/encryption/enforce_security",
         "Not all of its addresses are reached by TLS: there the keys can be read on the way.",
         "Choose TLS as their transport.");
  }
  return findings;
}

std::string serialize(const Trunk& trunk) { return json::serialize(trunk.document); }

}  // namespace strowger::model
