#include "model/words.hpp"

#include <algorithm>

namespace strowger::model {
namespace {

// What is filled in is never looked at again: it may have braces of its own.
std::string filled(std::string_view form, const Places& places) {
  std::string text;
  for (;;) {
    const auto begin = form.find("{{");
    const auto end = form.find("}}", begin);
    if (end == form.npos) return text.append(form);
    const auto name = form.substr(begin + 2, end - begin - 2);
    const auto place = std::ranges::find(places, name, &Place::name);
    text.append(form.substr(0, begin));
    if (place != places.end()) text.append(place->value);
    form.remove_prefix(end + 2);
  }
}

}  // namespace

Words::Words(std::string_view form, Places places)
    : text(filled(form, places)), form(form), places(std::move(places)) {}

}  // namespace strowger::model
