// The telephone numbers of an account's country: how they are dialled, what they are in the form
// of E.164 (+493012345), and which class each belongs to, that seats may or may not call.
#pragma once

#include "base/result.hpp"
#include "model/finding.hpp"
#include "model/trunk.hpp"

#include <boost/json/fwd.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t number_classes_max = 32;
inline constexpr std::size_t class_pattern_bytes_max = 512;
// Always allowed, whatever a seat may: nobody asks before calling an ambulance.
inline constexpr std::string_view emergency_class = "emergency";
inline constexpr std::string_view unclassified = "unclassified";

// The first whose pattern matches the whole number counts.
struct NumberClass {
  std::string name;
  std::string pattern;  // RE2; {country} stands for the country code

  bool operator==(const NumberClass&) const = default;
};

// What an account gets that has not made its own table.
const std::vector<NumberClass>& default_number_classes();

struct Dialling {
  std::string country;               // "49"; "" when nobody said
  std::string national = "0";        // in front of numbers of the country; "" for none
  std::string international = "00";  // in front of the country code
  std::vector<NumberClass> classes = default_number_classes();

  bool operator==(const Dialling&) const = default;
};

// Members country_code, national_prefix, international_prefix, number_classes of the account's
// settings. What is wrong is added to the findings.
void read_dialling(const boost::json::object& settings, Dialling& dialling, Findings& findings);

class DialPlan {
 public:
  DialPlan() : DialPlan(Dialling{}) {}
  explicit DialPlan(const Dialling& dialling);
  ~DialPlan();
  DialPlan(const DialPlan&) = delete;
  DialPlan& operator=(const DialPlan&) = delete;

  // "+493012345" for 03012345, 00493012345 or +493012345; what has none of these forms (short
  // numbers, and all others where no country is set) is returned as it is.
  std::string e164(std::string_view number) const;
  // As a carrier wants to have it.
  std::string formed(std::string_view number, NumberForm form) const;
  // What a carrier's number may be called in the account's callflows, likeliest first.
  std::vector<std::string> names_of(std::string_view number) const;
  // `unclassified` when no pattern matches.
  std::string_view class_of(std::string_view number) const;

 private:
  struct Tables;
  Dialling dialling_;
  std::unique_ptr<Tables> tables_;
};

}  // namespace strowger::model
