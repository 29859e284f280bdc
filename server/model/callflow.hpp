// A callflow document: KAZOO-shaped JSON, kept whole, with its blocks read out of it.
//
// `document` is the truth and is what gets stored and exported; the other members are read from it
// by parse_callflow and are never written back, so fields that we do not know survive unchanged.
// Errors are Findings with JSON pointers. A document that parses is not yet sensible: see lint.hpp.
#pragma once

#include "base/result.hpp"
#include "model/finding.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::model {

// Of the text, and of the document as one line with all block ids: what is accepted once can be
// exported and accepted again.
inline constexpr std::size_t document_bytes_max = 2'000'000;
inline constexpr std::size_t block_depth_max = 200;     // blocks on one path, the first is 1
inline constexpr std::size_t data_depth_max = 32;       // JSON levels inside one block's data
inline constexpr std::size_t blocks_max = 10'000;       // per document
inline constexpr std::size_t name_chars_max = 128;      // Unicode code points
inline constexpr std::size_t number_chars_max = 36;
inline constexpr std::size_t numbers_max = 10'000;      // per document
inline constexpr std::size_t patterns_max = 50;         // per document
inline constexpr std::size_t pattern_bytes_max = 256;
inline constexpr std::size_t module_chars_max = 64;
inline constexpr std::size_t branch_key_bytes_max = 128;

inline constexpr std::string_view no_match_number = "no_match";  // the reserved catch-all
inline constexpr std::string_view default_branch = "_";

struct Branch;

struct Block {
  std::string id;      // unique within the document; given by parse_callflow where missing
  std::string module;  // the action's name
  boost::json::object data;
  bool has_data = true;       // false: the document left `data` out and an empty one is read
  std::vector<Branch> children;  // in document order
  std::string pointer;           // "/flow", "/flow/children/_", …

  bool skipped() const;  // data.skip_module: true means bypass to `_`
  const Block* child(std::string_view key) const;  // nullptr when there is none
  // A string member of data; "" when it is missing or something else.
  std::string_view text(std::string_view name) const;
};

struct Branch {
  std::string key;
  Block block;
};

struct Callflow {
  std::string id;    // `id`, else `_id`; "" when the document names none
  std::string name;  // may be ""
  std::vector<std::string> numbers;
  std::vector<std::string> patterns;
  std::vector<std::string> flags;
  std::string feature_code;    // featurecode.name; "" when it is none
  std::optional<Block> root;   // nothing for `"flow": {}`, a draft that has no blocks yet

  boost::json::object document;
  Findings import_notes;  // warnings and infos of the import: unwrapped, precision lost, ids clash

  const Block* find_block(std::string_view block_id) const;
  std::size_t block_count() const;
  // Sets `id` here and in the document.
  void assign_id(std::string new_id);
  // Sets `name` here and in the document.
  void rename(std::string new_name);
};

// Text from outside. Refuses what is not a callflow at all: not JSON, comments, NaN, trailing
// bytes, duplicate keys, wrong types, too large or too deep; nothing is half-read. A document
// wrapped as KAZOO's API does it, {"data": {…}}, is unwrapped and import_notes says so.
// Blocks without an id get n1, n2, … in pre-order, in the document too; the same text always gets
// the same.
Result<Callflow, Findings> parse_callflow(std::string_view json_text);

// One block with its children, as KAZOO's manuals show them. Not a callflow; for tests and
// previews.
Result<Block, Findings> parse_node(std::string_view json_text);

// The document as one line of JSON, equal in meaning to what was parsed (plus block ids).
std::string serialize(const Callflow& callflow);
// The same, indented by two spaces, for people; one line when the indented form would be larger
// than document_bytes_max.
std::string serialize_pretty(const Callflow& callflow);

// 1..36 characters of digits, letters and - . _ * # + (a SIP user); or `no_match`.
bool is_number(std::string_view text);

// "~" and "/" escaped for a JSON pointer (RFC 6901 §3).
std::string pointer_token(std::string_view key);

// Every block, parents before children, in document order.
template <class Visit>
void for_each_block(const Block& block, const Visit& visit) {
  visit(block);
  for (const Branch& branch : block.children) for_each_block(branch.block, visit);
}

}  // namespace strowger::model
