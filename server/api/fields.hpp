// Members of a JSON object from outside, read with their bounds; what is wrong is collected, one
// finding each.
#pragma once

#include "api/reply.hpp"
#include "model/finding.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

struct TextBounds {
  std::size_t chars_min = 0;
  std::size_t chars_max = 128;
};

class Fields {
 public:
  explicit Fields(const boost::json::object& object) : object_(object) {}

  bool has(std::string_view name) const { return object_.contains(name); }
  // "" and a finding when it is missing or wrong.
  std::string text(std::string_view name, TextBounds bounds);
  std::string text_or(std::string_view name, std::string fallback, TextBounds bounds);
  bool flag_or(std::string_view name, bool fallback);
  std::int64_t integer_or(std::string_view name, std::int64_t fallback, std::int64_t minimum,
                          std::int64_t maximum);
  std::vector<std::string> texts(std::string_view name, std::size_t items_max, TextBounds bounds);
  // nullptr when it is missing; a finding when it is something else.
  const boost::json::object* object(std::string_view name);

  void complain(std::string_view name, model::Words text, std::string code = "bad-value");
  bool good() const { return findings_.empty(); }
  Response refusal() const { return api::refusal(findings_, 422); }

 private:
  const boost::json::object& object_;
  model::Findings findings_;
};

// At most `chars_max` code points, no control characters, valid UTF-8.
bool is_plain_text(std::string_view text, TextBounds bounds);

}  // namespace strowger::api
