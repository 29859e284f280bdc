// What a block was configured with: typed looks into its `data`, for actions. A value of the wrong
// type is a complaint with its name; the string "486" passes for a number, since KAZOO's editor
// stores it so.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace strowger::flow {

class Data {
 public:
  explicit Data(const boost::json::object& object) : object_(object) {}

  bool has(std::string_view name) const;
  Result<std::optional<std::int64_t>, Complaint> integer(std::string_view name) const;
  // `otherwise` when absent; a complaint when it is not within `least` and `most`.
  Result<std::int64_t, Complaint> integer(std::string_view name, std::int64_t least,
                                          std::int64_t most, std::int64_t otherwise) const;
  Result<std::optional<std::string>, Complaint> text(std::string_view name) const;
  Result<std::optional<bool>, Complaint> boolean(std::string_view name) const;
  Result<std::vector<std::string>, Complaint> texts(std::string_view name) const;
  Result<std::vector<std::pair<std::string, std::string>>, Complaint> text_map(
      std::string_view name) const;
  const boost::json::object& json() const { return object_; }

 private:
  const boost::json::object& object_;
};

}  // namespace strowger::flow
