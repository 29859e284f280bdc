#include "model/account_settings.hpp"

#include "base/time_zone.hpp"
#include "model/device.hpp"
#include "model/document_reader.hpp"
#include "model/hangup_cause.hpp"
#include "model/identifier.hpp"
#include "model/json_reader.hpp"
#include "model/response_check.hpp"

#include <boost/json/object.hpp>

namespace strowger::model {

namespace json = boost::json;

namespace {

constexpr JsonLimits limits{settings_bytes_max, 4};

std::string below(std::string_view name, std::string_view member) {
  return std::string(name) + "/" + std::string(member);
}

class Reader {
 public:
  AccountSettings read(const json::object& object) {
    AccountSettings settings;
    for (const auto& [key, value] : object) {
      const std::string_view name(key.data(), key.size());
      if (name == "early_media_max_s") settings.early_media_max = seconds(value);
      else if (name == "timezone") settings.timezone = timezone(value);
      else if (name == "unknown_number") settings.unknown_number = response(name, value);
      else if (name == "default_response") settings.default_response = response(name, value);
      else if (name == "cause_responses") settings.cause_responses = by_cause(name, value);
      else if (name == "caller_id") settings.caller_id = caller_id(object);
      else if (name == "media") read_media(object, settings);
      else if (name == "qualify_s") settings.qualify = qualify(value);
      else if (name == "outbound_limits") settings.outbound_limits = outbound_limits(object);
      else if (!is_dialling(name)) unknown(name);
    }
    read_dialling(object, settings.dialling, findings_);
    return settings;
  }

  Findings take_findings() { return std::move(findings_); }

 private:
  static bool is_dialling(std::string_view name) {
    return name == "country_code" || name == "national_prefix" ||
           name == "international_prefix" || name == "number_classes";
  }

  CallerId caller_id(const json::object& settings) {
    auto reader = DocumentReader(settings, "", findings_).object("caller_id");
    return {.name = reader.text("name", {.chars_max = caller_name_chars_max}),
            .number = reader.text("number", {.chars_max = caller_number_chars_max})};
  }

  void read_media(const json::object& object, AccountSettings& settings) {
    auto reader = DocumentReader(object, "", findings_).object("media");
    settings.transcode = reader.flag("transcode", true);
    settings.keypress_prompt =
        reader.text("keypress_prompt", is_identifier, "the id of a media file");
  }

  OutboundLimits outbound_limits(const json::object& settings) {
    auto reader = DocumentReader(settings, "", findings_).object("outbound_limits");
    const OutboundLimits usual;
    const auto read = [&](const char* name, std::int64_t fallback) {
      return reader.integer(name, {0, outbound_limit_max}, fallback);
    };
    return {.calls_per_hour = read("calls_per_hour", usual.calls_per_hour),
            .minutes_per_hour = read("minutes_per_hour", usual.minutes_per_hour),
            .seat_calls_per_hour = read("seat_calls_per_hour", usual.seat_calls_per_hour),
            .seat_minutes_per_hour = read("seat_minutes_per_hour", usual.seat_minutes_per_hour)};
  }

  void unknown(std::string_view name) {
    wrong("unknown-setting", std::string(name), "there is no such setting");
  }

  void wrong(const char* code, const std::string& name, const std::string& what) {
    add_finding(findings_,
                finding_in_words(Severity::error, code, "/" + name, "",
                                 {"{{name}}: {{wanted}}.", {{"name", name}, {"wanted", what}}}));
  }

  std::optional<std::chrono::seconds> seconds(const json::value& value) {
    const auto* const number = value.if_int64();
    if (number && *number >= 1 && *number <= early_media_choice_max.count()) {
      return std::chrono::seconds{*number};
    }
    wrong("bad-value", "early_media_max_s",
          "a whole number from 1 to " + std::to_string(early_media_choice_max.count()));
    return std::nullopt;
  }

  std::chrono::seconds qualify(const json::value& value) {
    const auto* const number = value.if_int64();
    if (number && is_qualify_interval(*number)) return std::chrono::seconds{*number};
    wrong("bad-value", "qualify_s", "0 for never, or a whole number from 15 to 3600");
    return {};
  }

  std::string timezone(const json::value& value) {
    const auto* const text = value.if_string();
    if (text && TimeZone::named(*text)) return std::string(*text);
    wrong("bad-value", "timezone", "a time zone such as Europe/Berlin");
    return "";
  }

  std::map<std::string, BareResponse, std::less<>> by_cause(std::string_view name,
                                                            const json::value& value) {
    std::map<std::string, BareResponse, std::less<>> responses;
    if (!value.is_object()) {
      wrong("bad-value", std::string(name), "an object of responses by cause");
      return responses;
    }
    for (const auto& [key, member] : value.get_object()) {
      const std::string_view cause(key.data(), key.size());
      if (find_cause(cause) == nullptr) {
        wrong("unknown-cause", below(name, cause), "no cause, such as USER_BUSY or NO_ANSWER");
      } else if (auto one = response(below(name, cause), member)) {
        responses.emplace(cause, std::move(*one));
      }
    }
    return responses;
  }

  // The rules are those of the Response block.
  std::optional<BareResponse> response(std::string_view name, const json::value& value) {
    if (!value.is_object()) {
      wrong("bad-value", std::string(name), "an object with code, message and media");
      return std::nullopt;
    }
    Block block;
    block.data = value.get_object();
    for (const auto& member : block.data) {
      const auto& key = member.key();
      if (key == "code" || key == "message" || key == "media") continue;
      wrong("unknown-setting", below(name, key),
            "only code, message and media are understood here");
    }
    for (auto& finding : check_response(block, "")) {
      if (finding.severity != Severity::error) continue;
      finding.pointer.replace(0, std::string_view("/data").size(), "/" + std::string(name));
      add_finding(findings_, std::move(finding));
    }
    auto read = read_response(block);
    return BareResponse{.code = read.code,
                        .phrase = std::move(read.phrase),
                        .media = std::move(read.media)};
  }

  Findings findings_;
};

}  // namespace

Result<AccountSettings, Findings> read_account_settings(const json::object& object) {
  Reader reader;
  auto settings = reader.read(object);
  if (auto findings = reader.take_findings(); !findings.empty()) return unexpected(findings);
  return settings;
}

Result<AccountSettings, Findings> read_account_settings(std::string_view text) {
  const auto read = read_json(text, limits);
  if (!read) return unexpected(read.error());
  if (read->value.is_object()) return read_account_settings(read->value.get_object());
  return unexpected(Findings{{Severity::error, "bad-value", "", "", "This is no object.", ""}});
}

std::vector<NamedMedia> media_named_by(const AccountSettings& settings) {
  std::vector<NamedMedia> all;
  const auto add = [&](std::string pointer, const std::string& id) {
    if (!id.empty()) all.push_back({std::move(pointer), id});
  };
  add("/media/keypress_prompt", settings.keypress_prompt);
  if (settings.unknown_number) add("/unknown_number/media", settings.unknown_number->media);
  if (settings.default_response) add("/default_response/media", settings.default_response->media);
  for (const auto& [cause, response] : settings.cause_responses) {
    add("/cause_responses/" + cause + "/media", response.media);
  }
  return all;
}

Findings missing_media(const AccountSettings& settings,
                       const std::function<bool(const std::string& id)>& is_there) {
  Findings missing;
  for (auto& [pointer, id] : media_named_by(settings)) {
    if (is_there(id)) continue;
    missing.push_back(finding_in_words(Severity::error, "unknown-media", std::move(pointer), "",
                                       {"There is no media “{{id}}”.", {{"id", id}}},
                                       "Choose another, or upload it."));
  }
  return missing;
}

}  // namespace strowger::model
