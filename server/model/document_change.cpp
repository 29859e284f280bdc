#include "model/document_change.hpp"

namespace strowger::model {

namespace json = boost::json;

void merge_patch(json::object& document, const json::object& patch) {
  for (const auto& [name, value] : patch) {
    if (value.is_null()) {
      document.erase(name);
    } else if (value.is_object()) {
      auto& inner = document[name];
      if (!inner.is_object()) inner = json::object();
      merge_patch(inner.get_object(), value.get_object());
    } else {
      document[name] = value;
    }
  }
}

}  // namespace strowger::model
