#include "model/callflow.hpp"

#include "model/json_reader.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

const Block* find_in(const Block& block, std::string_view id) {
  if (block.id == id) return &block;
  for (const Branch& branch : block.children) {
    if (const Block* found = find_in(branch.block, id)) return found;
  }
  return nullptr;
}

std::size_t count_in(const Block& block) {
  std::size_t count = 1;
  for (const Branch& branch : block.children) count += count_in(branch.block);
  return count;
}

}  // namespace

bool Block::skipped() const {
  const auto* value = data.if_contains("skip_module");
  return value != nullptr && value->is_bool() && value->get_bool();
}

const Block* Block::child(std::string_view key) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [key](const Branch& branch) { return branch.key == key; });
  return found == children.end() ? nullptr : &found->block;
}

std::string_view Block::text(std::string_view name) const {
  const auto* value = data.if_contains(name);
  if (value == nullptr || !value->is_string()) return "";
  return {value->get_string().data(), value->get_string().size()};
}

const Block* Callflow::find_block(std::string_view block_id) const {
  return root ? find_in(*root, block_id) : nullptr;
}

std::size_t Callflow::block_count() const { return root ? count_in(*root) : 0; }

void Callflow::assign_id(std::string new_id) {
  id = std::move(new_id);
  document["id"] = id;
}

void Callflow::rename(std::string new_name) {
  name = std::move(new_name);
  document["name"] = name;
}

std::string serialize(const Callflow& callflow) {
  return boost::json::serialize(callflow.document);
}

std::string serialize_pretty(const Callflow& callflow) {
  std::string text = pretty_json(callflow.document);
  return text.size() <= document_bytes_max ? text : serialize(callflow);
}

bool is_number(std::string_view text) {
  if (text == no_match_number) return true;
  if (text.empty() || text.size() > number_chars_max) return false;
  bool dialable = false;
  for (const char c : text) {
    const bool solid = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z') || c == '*' || c == '#';
    if (!solid && c != '-' && c != '.' && c != '_' && c != '+') return false;
    dialable = dialable || solid;
  }
  return dialable;
}

std::string pointer_token(std::string_view key) {
  std::string out;
  out.reserve(key.size());
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace strowger::model
