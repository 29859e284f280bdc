#include "model/account_settings.hpp"

#include "base/time_zone.hpp"
#include "model/json_reader.hpp"
#include "model/response_check.hpp"

#include <boost/json/object.hpp>

namespace strowger::model {

namespace json = boost::json;

namespace {

constexpr JsonLimits limits{settings_bytes_max, 4};

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
      else wrong("unknown-setting", std::string(name), "there is no such setting");
    }
    return settings;
  }

  Findings take_findings() { return std::move(findings_); }

 private:
  void wrong(const char* code, const std::string& name, const std::string& what) {
    add_finding(findings_, {Severity::error, code, "/" + name, "", name + ": " + what + ".", ""});
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

  std::string timezone(const json::value& value) {
    const auto* const text = value.if_string();
    if (text && TimeZone::named(*text)) return std::string(*text);
    wrong("bad-value", "timezone", "a time zone such as Europe/Berlin");
    return "";
  }

  // The rules are those of the Response block.
  std::optional<BareResponse> response(std::string_view name, const json::value& value) {
    if (!value.is_object()) {
      wrong("bad-value", std::string(name), "an object with code and message");
      return std::nullopt;
    }
    Block block;
    block.data = value.get_object();
    for (const auto& member : block.data) {
      if (member.key() == "code" || member.key() == "message") continue;
      wrong("unknown-setting", std::string(name) + "/" + std::string(member.key()),
            "only code and message are understood here");
    }
    for (auto& finding : check_response(block, "")) {
      if (finding.severity != Severity::error) continue;
      finding.pointer.replace(0, std::string_view("/data").size(), "/" + std::string(name));
      add_finding(findings_, std::move(finding));
    }
    auto read = read_response(block);
    return BareResponse{.code = read.code, .phrase = std::move(read.phrase)};
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

}  // namespace strowger::model
