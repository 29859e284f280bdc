#include "model/ring_group.hpp"

#include "model/document_reader.hpp"
#include "model/identifier.hpp"
#include "model/json_reader.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr JsonLimits limits{ring_group_bytes_max, ring_group_depth_max};
constexpr std::string_view strategies[] = {"simultaneous", "single", "weighted_random"};
constexpr std::string_view endpoint_types[] = {"user", "device", "group"};

std::chrono::seconds seconds(DocumentReader& reader, std::string_view name, std::int64_t least,
                             std::chrono::seconds most, std::chrono::seconds fallback) {
  return std::chrono::seconds(reader.integer(name, {least, most.count()}, fallback.count()));
}

RingEndpoint read_endpoint(DocumentReader reader) {
  const RingEndpoint usual;
  RingEndpoint endpoint;
  endpoint.type = static_cast<RingEndpoint::Type>(reader.choice("endpoint_type", endpoint_types,
                                                                0));
  endpoint.id = reader.text("id", is_identifier, "the id of a seat, a device or a ring group");
  endpoint.delay = seconds(reader, "delay", 0, ring_delay_max, usual.delay);
  endpoint.timeout = seconds(reader, "timeout", 1, ring_endpoint_timeout_max, usual.timeout);
  endpoint.weight = reader.integer("weight", {1, ring_weight_max}, usual.weight);
  if (!reader.has("id")) reader.complain("id", "missing", "It is not said who shall ring.");
  return endpoint;
}

RingGroup read(DocumentReader& reader) {
  RingGroup group;
  group.id = read_document_id(reader);
  group.name = reader.text("name", {.chars_min = 1, .chars_max = ring_group_name_chars_max});
  group.strategy = static_cast<RingStrategy>(reader.choice("strategy", strategies, 0));
  if (const auto* const list = reader.items("endpoints", ring_endpoints_max)) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      group.endpoints.push_back(read_endpoint(reader.item("endpoints", i)));
    }
  }
  group.timeout = seconds(reader, "timeout", 0, ring_group_timeout_max, group.timeout);
  group.repeats = reader.integer("repeats", {1, ring_repeats_max}, group.repeats);
  group.ringback = reader.text("ringback", is_identifier, "the id of a sound");
  if (!reader.has("name")) reader.complain("name", "missing", "A ring group needs a name.");
  return group;
}

}  // namespace

std::string_view ring_strategy_name(RingStrategy strategy) {
  return strategies[static_cast<std::size_t>(strategy)];
}

std::string_view ring_endpoint_name(RingEndpoint::Type type) {
  return endpoint_types[static_cast<std::size_t>(type)];
}

void RingGroup::assign_id(std::string new_id) {
  id = std::move(new_id);
  document["id"] = id;
}

Result<RingGroup, Findings> read_ring_group(json::object document) {
  Findings findings;
  DocumentReader reader(document, "", findings);
  auto group = read(reader);
  if (has_errors(findings)) return unexpected(std::move(findings));
  group.document = std::move(document);
  return group;
}

Result<RingGroup, Findings> parse_ring_group(std::string_view json_text) {
  auto object = read_json_object(json_text, limits, "ring group");
  if (!object) return unexpected(std::move(object.error()));
  return read_ring_group(std::move(*object));
}

std::string serialize(const RingGroup& group) { return json::serialize(group.document); }

}  // namespace strowger::model
