// The members of a stored document (a seat, a device …) read one by one, with their bounds. What is
// wrong is collected as findings with JSON pointers; what nobody asks for stays in the document as
// it is. A member that is null counts as absent.
#pragma once

#include "model/finding.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

struct TextLimits {
  std::size_t chars_min = 0;  // Unicode code points
  std::size_t chars_max = 128;
};

struct IntegerLimits {
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
};

class DocumentReader {
 public:
  // `findings` must outlive it.
  DocumentReader(const boost::json::object& object, std::string pointer, Findings& findings)
      : object_(object), pointer_(std::move(pointer)), findings_(findings) {}

  bool has(std::string_view name) const { return find(name) != nullptr; }
  // nullptr when it is absent.
  const boost::json::value* find(std::string_view name) const;

  // "" when it is absent. No control characters; valid UTF-8.
  std::string text(std::string_view name, TextLimits limits = {});
  // "" when it is absent; `right` decides, `wanted` says to people what is right.
  std::string text(std::string_view name, bool (*right)(std::string_view), const char* wanted);
  bool flag(std::string_view name, bool fallback);
  std::optional<std::int64_t> integer(std::string_view name, IntegerLimits limits);
  std::int64_t integer(std::string_view name, IntegerLimits limits, std::int64_t fallback);
  // The place of the text in `names`; `fallback` when it is absent or none of them.
  std::size_t choice(std::string_view name, std::span<const std::string_view> names,
                     std::size_t fallback);
  std::vector<std::string> texts(std::string_view name, std::size_t items_max,
                                 bool (*right)(std::string_view), const char* wanted);
  // The array's items when it is there and has at most so many; else nullptr.
  const boost::json::array* items(std::string_view name, std::size_t items_max);
  // Reads below `name`; an empty object when it is absent.
  DocumentReader object(std::string_view name);
  // Reads item `index` of the array `name`; an empty object when it is none.
  DocumentReader item(std::string_view name, std::size_t index);

  void complain(std::string_view name, std::string code, Words text, Words hint = {});
  std::string pointer_of(std::string_view name) const;
  const boost::json::object& json() const { return object_; }

 private:
  void wrong_type(std::string_view name, const char* wanted, const boost::json::value& got);

  const boost::json::object& object_;
  std::string pointer_;
  Findings& findings_;
};

// What has an id of its own: `id`, else KAZOO's `_id`; "" when the document names none.
std::string read_document_id(DocumentReader& reader);

}  // namespace strowger::model
