#include "model/seat.hpp"

#include "model/json_reader.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr JsonLimits limits{seat_bytes_max, seat_depth_max};

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool made_of(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [&](char c) {
    return is_alphanumeric(c) || more.find(c) != std::string_view::npos;
  });
}

// Whether there is such a zone is known where the tz database is; here only its form is.
bool is_timezone(std::string_view text) {
  return text.size() <= 64 && is_alphanumeric(text.front()) && made_of(text, "_+-/");
}

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 35 && made_of(text, "-");
}

bool is_class(std::string_view text) {
  return !text.empty() && text.size() <= outbound_class_chars_max && made_of(text, "-_");
}

// Something@something without spaces: whether it is deliverable, only a message can tell.
bool is_email(std::string_view text) {
  const auto at = text.rfind('@');
  return text.size() <= email_bytes_max && at != std::string_view::npos && at > 0 &&
         at + 1 < text.size() && std::ranges::none_of(text, [](unsigned char c) {
           return c <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' || c == ',';
         });
}

Seat read(DocumentReader& reader) {
  Seat seat;
  seat.id = read_document_id(reader);
  seat.first_name = reader.text("first_name", {.chars_max = first_name_chars_max});
  seat.last_name = reader.text("last_name", {.chars_max = last_name_chars_max});
  seat.email = reader.text("email", is_email, "an address like anna@example.com");
  seat.extension = reader.text("extension", is_dialable, "digits as they are dialled");
  seat.calls = read_call_preferences(reader);
  seat.timezone = reader.text("timezone", is_timezone, "a time zone like Europe/Berlin");
  seat.language = reader.text("language", is_language, "a language tag like en or de-DE");
  seat.ring_timeout = std::chrono::seconds(
      reader.integer("ring_timeout_s", {1, ring_timeout_max.count()},
                     ring_timeout_default.count()));
  seat.outbound = reader.texts("outbound", outbound_classes_max, is_class,
                               "the name of a class of numbers");
  seat.enabled = reader.flag("enabled", true);
  return seat;
}

}  // namespace

std::string Seat::name() const {
  if (first_name.empty() || last_name.empty()) return first_name + last_name;
  return first_name + " " + last_name;
}

void Seat::assign_id(std::string new_id) {
  id = std::move(new_id);
  document["id"] = id;
}

Result<Seat, Findings> read_seat(json::object document) {
  Findings findings;
  DocumentReader reader(document, "", findings);
  auto seat = read(reader);
  if (findings.empty() && seat.name().empty()) {
    reader.complain("first_name", "missing", "A seat needs a first or a last name.");
  }
  if (has_errors(findings)) return unexpected(std::move(findings));
  seat.document = std::move(document);
  return seat;
}

Result<Seat, Findings> parse_seat(std::string_view json_text) {
  auto object = read_json_object(json_text, limits, "seat");
  if (!object) return unexpected(std::move(object.error()));
  return read_seat(std::move(*object));
}

std::string serialize(const Seat& seat) { return json::serialize(seat.document); }

}  // namespace strowger::model
