#include "model/seat_kit.hpp"

#include "base/check.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr std::string_view seat_module = "user";  // KAZOO's name of the action

// The seat's name may be longer than that of a callflow or a device.
std::string short_name(const std::string& name, std::size_t chars_max) {
  std::size_t chars = 0;
  std::size_t end = 0;
  while (end < name.size() && chars < chars_max) {
    do ++end;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U);
    ++chars;
  }
  return name.substr(0, end);
}

Callflow from(const json::object& document) {
  auto callflow = parse_callflow(json::serialize(document));
  check(callflow.has_value(), "a seat's callflow can be read");
  return std::move(*callflow);
}

std::string_view member(const json::object& object, std::string_view name) {
  const auto* const value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return "";
  return {value->get_string().data(), value->get_string().size()};
}

}  // namespace

Device first_device(const Seat& seat, std::string id, const std::string& username) {
  const json::object sip{{"method", "password"}, {"username", username}};
  auto device = read_device({{"id", std::move(id)},
                             {"name", short_name(seat.name(), device_name_chars_max)},
                             {"owner_id", seat.id},
                             {"device_type", "softphone"},
                             {"enabled", true},
                             {"sip", sip}});
  check(device.has_value(), "a seat's first device can be read");
  return std::move(*device);
}

Callflow seat_callflow(const Seat& seat, std::string id) {
  json::array numbers;
  if (!seat.extension.empty()) numbers.emplace_back(seat.extension);
  const json::object block{{"module", seat_module}, {"data", json::object{{"id", seat.id}}}};
  return from({{"id", std::move(id)},
               {"name", short_name(seat.name(), name_chars_max)},
               {"numbers", std::move(numbers)},
               {"type", seat_callflow_type},
               {"owner_id", seat.id},
               {"flow", block}});
}

bool is_seat_callflow(const Callflow& callflow, std::string_view seat_id) {
  return callflow.root && callflow.root->module == seat_module &&
         callflow.root->text("id") == seat_id &&
         member(callflow.document, "type") == seat_callflow_type &&
         member(callflow.document, "owner_id") == seat_id;
}

Callflow followed(const Callflow& callflow, const Seat& before, const Seat& after) {
  json::object document = callflow.document;
  json::array numbers;
  for (const auto& number : callflow.numbers) {
    if (number != before.extension) numbers.emplace_back(number);
  }
  if (!after.extension.empty()) numbers.emplace(numbers.begin(), after.extension);
  document["numbers"] = std::move(numbers);
  if (callflow.name == short_name(before.name(), name_chars_max)) {
    document["name"] = short_name(after.name(), name_chars_max);
  }
  return from(document);
}

bool rings(const Callflow& callflow, std::string_view id) {
  bool found = false;
  if (callflow.root) {
    for_each_block(*callflow.root,
                   [&](const Block& block) { found = found || block.text("id") == id; });
  }
  return found;
}

}  // namespace strowger::model
