// A sentence with places for what it names: read as it is, or said in another language by a program
// that has its form in that.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::model {

struct Place {
  std::string name;
  std::string value;

  bool operator==(const Place&) const = default;
};
using Places = std::vector<Place>;

struct Words {
  Words() = default;
  Words(const char* sentence) : text(sentence) {}
  Words(std::string sentence) : text(std::move(sentence)) {}
  // `form` has {{name}} where the value of the place of that name stands.
  Words(std::string_view form, Places places);

  std::string text;
  std::string form;  // "" when it has no places
  Places places;
};

}  // namespace strowger::model
