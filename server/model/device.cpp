#include "model/device.hpp"

#include "model/identifier.hpp"
#include "model/json_reader.hpp"
#include "model/response_check.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr JsonLimits limits{device_bytes_max, device_depth_max};
constexpr std::string_view types[] = {"sip_device", "softphone", "sip_uri", "landline",
                                      "cellphone"};
constexpr std::string_view invite_formats[] = {"contact", "username", "e164", "route"};
constexpr std::string_view methods[] = {"password"};

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Its grammar is checked when it is called; here only that it can't break a line or a log.
bool is_sip_uri(std::string_view text) {
  const bool scheme = text.starts_with("sip:") || text.starts_with("sips:");
  return scheme && text.size() <= sip_route_bytes_max && text.size() > text.find(':') + 1 &&
         std::ranges::all_of(text, [](char c) {
           return c > 0x20 && c < 0x7F && c != '<' && c != '>' && c != '"';
         });
}

std::vector<CustomHeader> read_headers(DocumentReader headers) {
  std::vector<CustomHeader> all;
  for (const auto& member : headers.json()) {
    const std::string name(member.key());
    if (all.size() == custom_headers_max) {
      headers.complain(name, "too-many",
                       {"A device has at most {{maximum}} headers of its own.",
                        {{"maximum", std::to_string(custom_headers_max)}}});
      return all;
    }
    if (!is_safe_extra_header(name)) {
      headers.complain(name, "header-not-allowed", "This header may not be set here.",
                       "Choose a name like X-Department.");
      continue;
    }
    auto value = headers.text(name, {.chars_max = custom_header_bytes_max});
    if (value.size() <= custom_header_bytes_max) {
      all.push_back({name, std::move(value)});
    } else {
      headers.complain(name, "bad-length",
                       {"The value has at most {{maximum}} bytes.",
                        {{"maximum", std::to_string(custom_header_bytes_max)}}});
    }
  }
  return all;
}

void refuse_secrets(DocumentReader& sip) {
  for (const auto* const name : {"password", "ha1"}) {
    if (!sip.has(name)) continue;
    sip.complain(name, "secret-in-document", "A device's document holds no secret.",
                 "Take it out; a secret is set by itself.");
  }
}

void read_sip(DocumentReader sip, Device& device) {
  refuse_secrets(sip);
  sip.choice("method", methods, 0);
  device.username = sip.text("username", is_sip_username,
                             "1 to 64 letters, digits, or the characters - . _ ~ + *");
  device.invite_format =
      static_cast<InviteFormat>(sip.choice("invite_format", invite_formats, 0));
  device.route = sip.text("route", is_sip_uri, "a SIP address like sip:door@192.0.2.7");
  if (const auto qualify = sip.integer("qualify_s", {0, qualify_max.count()})) {
    device.qualify = std::chrono::seconds{*qualify};
    if (!is_qualify_interval(*qualify)) {
      sip.complain("qualify_s", "bad-value",
                   "A phone is asked every 15 to 3600 seconds whether it is there; 0: never.");
    }
  }
  auto headers = sip.object("custom_sip_headers");
  // KAZOO's newer form has two maps below, its older one is the map itself.
  const bool nested = headers.has("out") || headers.has("in");
  device.headers = read_headers(nested ? headers.object("out") : headers);
  if (registers(device.type) && device.username.empty() && !sip.has("username")) {
    sip.complain("username", "missing", "A phone needs a username to register with.");
  }
  if (device.type == DeviceType::sip_uri && device.route.empty() && !sip.has("route")) {
    sip.complain("route", "missing", "A device of the type sip_uri needs the address to call.");
  }
  if (device.type == DeviceType::sip_uri) device.invite_format = InviteFormat::route;
}

void check_forwarded(DocumentReader& reader, const Device& device) {
  if (device.type != DeviceType::landline && device.type != DeviceType::cellphone) return;
  if (device.calls.call_forward.enabled) return;
  reader.complain("call_forward", "missing",
                  {"A {{type}} is called by its number, and there is none.",
                   {{"type", std::string(device_type_name(device.type))}}},
                  "Set call_forward to {\"enabled\": true, \"number\": …}.");
}

Device read(DocumentReader& reader) {
  Device device;
  device.id = read_document_id(reader);
  device.name = reader.text("name", {.chars_min = 1, .chars_max = device_name_chars_max});
  device.owner_id = reader.text("owner_id", is_identifier, "the id of a seat");
  device.enabled = reader.flag("enabled", true);
  device.type = static_cast<DeviceType>(reader.choice("device_type", types, 0));
  device.calls_max = reader.object("limits").integer("concurrent_calls",
                                                     {1, concurrent_calls_max});
  device.srtp = reader.object("media").object("encryption").flag("enforce_security", false);
  device.transcode = reader.object("media").flag("transcode", true);
  device.calls = read_call_preferences(reader);
  device.suppress_unregister_notifications =
      reader.flag("suppress_unregister_notifications", false);
  read_sip(reader.object("sip"), device);
  check_forwarded(reader, device);
  if (!reader.has("name")) reader.complain("name", "missing", "A device needs a name.");
  return device;
}

}  // namespace

std::string_view device_type_name(DeviceType type) {
  return types[static_cast<std::size_t>(type)];
}

bool registers(DeviceType type) {
  return type == DeviceType::sip_device || type == DeviceType::softphone;
}

void Device::assign_id(std::string new_id) {
  id = std::move(new_id);
  document["id"] = id;
}

Result<Device, Findings> read_device(json::object document) {
  Findings findings;
  DocumentReader reader(document, "", findings);
  auto device = read(reader);
  if (has_errors(findings)) return unexpected(std::move(findings));
  device.document = std::move(document);
  return device;
}

Result<Device, Findings> parse_device(std::string_view json_text) {
  auto object = read_json_object(json_text, limits, "device");
  if (!object) return unexpected(std::move(object.error()));
  return read_device(std::move(*object));
}

std::string serialize(const Device& device) { return json::serialize(device.document); }

bool is_sip_username(std::string_view text) {
  return !text.empty() && text.size() <= sip_username_chars_max &&
         std::ranges::all_of(text, [](char c) {
           constexpr std::string_view marks = "-._~+*";
           return is_alphanumeric(c) || marks.find(c) != std::string_view::npos;
         });
}

std::string digest_realm(std::string_view account_realm) {
  return account_realm.empty() ? "strowger" : std::string(account_realm);
}

}  // namespace strowger::model
