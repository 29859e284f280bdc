// Reading a callflow: first the JSON (json_reader), then its shape, then ids for blocks without
// one.
#include "model/callflow.hpp"

#include "model/identifier.hpp"
#include "model/json_reader.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

namespace strowger::model {
namespace {

namespace json = boost::json;

// A block at depth d lies 2d JSON levels deep; +1 for the data object, +1 for a {"data": …}
// wrapper.
constexpr JsonLimits limits{document_bytes_max, 2 * block_depth_max + data_depth_max + 2};

// Ids (`,"id":"n10000"` beside at least `"k":{"module":"m"}`) and numbers ("1.5" becomes "1.5E0")
// make a document at most so many times longer.
constexpr std::size_t growth_max = 4;
// `,"id":"…"`, which Callflow::assign_id may still add.
constexpr std::size_t id_member_bytes = identifier_chars_max + 8;

std::string as_text(const json::string& text) { return {text.data(), text.size()}; }

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7F;
  });
}

std::size_t depth_of(const json::value& value) {
  std::size_t deepest = 0;
  if (value.is_object()) {
    for (const auto& member : value.get_object()) {
      deepest = std::max(deepest, depth_of(member.value()));
    }
  } else if (value.is_array()) {
    for (const json::value& item : value.get_array()) deepest = std::max(deepest, depth_of(item));
  } else {
    return 0;
  }
  return deepest + 1;
}

class Reader {
 public:
  Findings findings;

  void error(std::string code, std::string pointer, Words text, Words hint) {
    note(Severity::error, std::move(code), std::move(pointer), std::move(text), std::move(hint));
  }

  void note(Severity severity, std::string code, std::string pointer, Words text, Words hint) {
    add_finding(findings, finding_in_words(severity, std::move(code), std::move(pointer), "",
                                           std::move(text), std::move(hint)));
  }

  void wrong_type(std::string pointer, const char* wanted, const json::value& got) {
    error("wrong-type", std::move(pointer),
          {"This must be {{wanted}}, but it is {{kind}}.",
           {{"wanted", wanted}, {"kind", std::string(kind_name(got))}}},
          "");
  }

  Block read_block(json::object& node, std::string pointer, std::size_t depth);
  void read_head(Callflow& flow);
  void assign_ids(Block& root, json::object& node);

 private:
  void read_module(Block& block, const json::object& node);
  void read_data(Block& block, const json::object& node);
  void read_id(Block& block, const json::object& node);
  void read_children(Block& block, json::object& node, std::size_t depth);
  bool room_for_block(const std::string& pointer, std::size_t depth);
  void assign_below(Block& block, json::object& node);
  std::string next_id();

  std::string read_name(const json::object& document);
  std::string read_document_id(const json::object& document);
  std::vector<std::string> read_texts(const json::object& document, const char* member,
                                      std::size_t count_max);
  void check_numbers(const std::vector<std::string>& numbers);
  void check_patterns(const std::vector<std::string>& patterns);
  std::string read_feature_code(const json::object& document);

  std::size_t blocks_ = 0;
  std::set<std::string, std::less<>> ids_;
  std::set<std::string, std::less<>> given_;  // ids seen while assigning
  std::size_t last_number_ = 0;
};

bool Reader::room_for_block(const std::string& pointer, std::size_t depth) {
  if (depth > block_depth_max) {
    error("too-deep", pointer,
          {"More than {{maximum}} blocks stand below each other.",
           {{"maximum", std::to_string(block_depth_max)}}},
          "Split it into several callflows.");
    return false;
  }
  if (++blocks_ <= blocks_max) return true;
  if (blocks_ == blocks_max + 1) {
    error("too-many-blocks", pointer,
          {"The callflow has more than {{maximum}} blocks.",
           {{"maximum", std::to_string(blocks_max)}}},
          "Split it into several callflows.");
  }
  return false;
}

void Reader::read_module(Block& block, const json::object& node) {
  const json::value* value = node.if_contains("module");
  if (value == nullptr) {
    error("missing-module", block.pointer, "The block does not say which action it is.",
          "Add “module”, for example \"module\": \"response\".");
    return;
  }
  const std::string pointer = block.pointer + "/module";
  if (!value->is_string()) return wrong_type(pointer, "the name of an action", *value);
  block.module = as_text(value->get_string());
  if (block.module.empty() || utf8_length(block.module) > module_chars_max ||
      has_control(block.module)) {
    error("bad-module", pointer,
          {"The name of an action has 1 to {{maximum}} printable characters.",
           {{"maximum", std::to_string(module_chars_max)}}},
          "");
  }
}

void Reader::read_data(Block& block, const json::object& node) {
  const json::value* value = node.if_contains("data");
  block.has_data = value != nullptr;
  if (value == nullptr) return;
  const std::string pointer = block.pointer + "/data";
  if (!value->is_object()) return wrong_type(pointer, "an object", *value);
  if (depth_of(*value) > data_depth_max) {
    return error("too-deep", pointer,
                 {"The data nests deeper than {{maximum}} levels.",
                  {{"maximum", std::to_string(data_depth_max)}}},
                 "");
  }
  block.data = value->get_object();
}

void Reader::read_id(Block& block, const json::object& node) {
  const json::value* value = node.if_contains("id");
  if (value == nullptr) return;
  const std::string pointer = block.pointer + "/id";
  if (!value->is_string()) return wrong_type(pointer, "a string", *value);
  block.id = as_text(value->get_string());
  if (!is_identifier(block.id)) {
    return error("bad-id", pointer, "A block's id is 1 to 64 letters, digits, - or _.",
                 "Remove it, and one is made.");
  }
  ids_.insert(block.id);
}

void Reader::read_children(Block& block, json::object& node, std::size_t depth) {
  json::value* value = node.if_contains("children");
  if (value == nullptr) return;
  const std::string pointer = block.pointer + "/children";
  if (!value->is_object()) return wrong_type(pointer, "an object of blocks", *value);
  for (auto& member : value->get_object()) {
    const std::string key(member.key().data(), member.key().size());
    std::string at = pointer + "/" + pointer_token(key);
    if (blocks_ > blocks_max) return;
    if (key.empty() || key.size() > branch_key_bytes_max || has_control(key)) {
      error("bad-branch-key", at,
            {"The name of a branch has 1 to {{maximum}} bytes and no control characters.",
             {{"maximum", std::to_string(branch_key_bytes_max)}}},
            "Use “_” for the way that is always taken.");
      continue;
    }
    if (!member.value().is_object()) {
      wrong_type(std::move(at), "a block", member.value());
      continue;
    }
    block.children.push_back(
        {key, read_block(member.value().get_object(), std::move(at), depth + 1)});
  }
}

Block Reader::read_block(json::object& node, std::string pointer, std::size_t depth) {
  Block block;
  block.pointer = std::move(pointer);
  if (!room_for_block(block.pointer, depth)) return block;
  read_module(block, node);
  read_data(block, node);
  read_id(block, node);
  read_children(block, node, depth);
  return block;
}

std::string Reader::next_id() {
  for (;;) {
    std::string id = "n" + std::to_string(++last_number_);
    if (!ids_.contains(id)) return id;
  }
}

void Reader::assign_below(Block& block, json::object& node) {
  if (block.id.empty()) {
    block.id = next_id();
    node["id"] = block.id;
  } else if (!given_.insert(block.id).second) {
    const std::string old = block.id;
    block.id = next_id();
    node["id"] = block.id;
    note(Severity::warning, "duplicate-block-id", block.pointer + "/id",
         {"Another block has the id “{{id}}” too; this one is now “{{new}}”.",
          {{"id", old}, {"new", block.id}}},
         "");
  }
  for (Branch& branch : block.children) {
    assign_below(branch.block, node["children"].get_object()[branch.key].get_object());
  }
}

void Reader::assign_ids(Block& root, json::object& node) { assign_below(root, node); }

std::string Reader::read_name(const json::object& document) {
  const json::value* value = document.if_contains("name");
  if (value == nullptr) return "";
  if (!value->is_string()) {
    wrong_type("/name", "a string", *value);
    return "";
  }
  std::string name = as_text(value->get_string());
  const std::size_t length = utf8_length(name);
  if (length > name_chars_max) {
    error("name-too-long", "/name",
          {"The name has {{number}} characters; at most {{maximum}} are allowed.",
           {{"number", std::to_string(length)}, {"maximum", std::to_string(name_chars_max)}}},
          "Shorten it.");
  } else if (has_control(name)) {
    error("bad-name", "/name", "The name contains a control character.", "Remove it.");
  }
  return name;
}

std::string Reader::read_document_id(const json::object& document) {
  std::string id;
  for (const char* member : {"id", "_id"}) {
    const json::value* value = document.if_contains(member);
    if (value == nullptr) continue;
    const std::string pointer = std::string("/") + member;
    if (!value->is_string()) {
      wrong_type(pointer, "a string", *value);
      continue;
    }
    const std::string text = as_text(value->get_string());
    if (!is_identifier(text)) {
      error("bad-id", pointer, "An id is 1 to 64 letters, digits, - or _.", "");
    } else if (id.empty()) {
      id = text;
    } else if (id != text) {
      note(Severity::warning, "two-ids", pointer,
           {"“id” and “_id” differ; “id” ({{id}}) counts.", {{"id", id}}}, "");
    }
  }
  return id;
}

std::vector<std::string> Reader::read_texts(const json::object& document, const char* member,
                                            std::size_t count_max) {
  std::vector<std::string> texts;
  const json::value* value = document.if_contains(member);
  if (value == nullptr) return texts;
  const std::string pointer = std::string("/") + member;
  if (!value->is_array()) {
    wrong_type(pointer, "an array of strings", *value);
    return texts;
  }
  const json::array& items = value->get_array();
  if (items.size() > count_max) {
    error("too-many", pointer,
          {"{{number}} entries; at most {{maximum}} are allowed.",
           {{"number", std::to_string(items.size())}, {"maximum", std::to_string(count_max)}}},
          "");
    return texts;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_string()) {
      texts.push_back(as_text(items[i].get_string()));
    } else {
      wrong_type(pointer + "/" + std::to_string(i), "a string", items[i]);
      texts.emplace_back();
    }
  }
  return texts;
}

void Reader::check_numbers(const std::vector<std::string>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (is_number(numbers[i])) continue;
    error("bad-number", "/numbers/" + std::to_string(i),
          {"A number has 1 to {{maximum}} digits, letters, or the characters * # + - . and _.",
           {{"maximum", std::to_string(number_chars_max)}}},
          "Write it as it is dialled; “no_match” catches all other numbers.");
  }
}

void Reader::check_patterns(const std::vector<std::string>& patterns) {
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (!patterns[i].empty() && patterns[i].size() <= pattern_bytes_max) continue;
    error("bad-pattern-length", "/patterns/" + std::to_string(i),
          {"A pattern has 1 to {{maximum}} bytes.",
           {{"maximum", std::to_string(pattern_bytes_max)}}},
          "");
  }
}

std::string Reader::read_feature_code(const json::object& document) {
  const json::value* value = document.if_contains("featurecode");
  if (value == nullptr) return "";
  if (!value->is_object()) {
    wrong_type("/featurecode", "an object", *value);
    return "";
  }
  const json::value* name = value->get_object().if_contains("name");
  return name != nullptr && name->is_string() ? as_text(name->get_string()) : "";
}

void Reader::read_head(Callflow& flow) {
  flow.name = read_name(flow.document);
  flow.id = read_document_id(flow.document);
  flow.numbers = read_texts(flow.document, "numbers", numbers_max);
  check_numbers(flow.numbers);
  flow.patterns = read_texts(flow.document, "patterns", patterns_max);
  check_patterns(flow.patterns);
  flow.flags = read_texts(flow.document, "flags", numbers_max);
  flow.feature_code = read_feature_code(flow.document);
}

tl::unexpected<Findings> refuse(std::string code, Words text, Words hint) {
  return unexpected(Findings{finding_in_words(Severity::error, std::move(code), "", "",
                                              std::move(text), std::move(hint))});
}

// KAZOO's API and many exports wrap the document: {"data": {…}, "request_id": …}.
bool is_wrapped(const json::object& top) {
  const json::value* inner = top.if_contains("data");
  return !top.contains("flow") && !top.contains("module") && inner != nullptr &&
         inner->is_object() && inner->get_object().contains("flow");
}

}  // namespace

Result<Callflow, Findings> parse_callflow(std::string_view json_text) {
  auto text = read_json(json_text, limits);
  if (!text) return unexpected(std::move(text.error()));
  if (!text->value.is_object()) {
    return refuse("not-a-callflow",
                  {"A callflow is a JSON object, but this is {{kind}}.",
                   {{"kind", std::string(kind_name(text->value))}}},
                  "");
  }
  Reader reader;
  reader.findings = std::move(text->notes);
  Callflow flow;
  json::object& top = text->value.get_object();
  if (is_wrapped(top)) {
    flow.document = std::move(top["data"].get_object());
    reader.note(Severity::info, "unwrapped", "",
                "The callflow was taken out of its envelope {\"data\": …}; the rest of the "
                "envelope is not kept.",
                "");
  } else {
    flow.document = std::move(top);
  }
  json::value* root = flow.document.if_contains("flow");
  if (root == nullptr && flow.document.contains("module")) {
    return refuse("bare-block", "This is one block, not a whole callflow.",
                  "Put it into a document: {\"name\": …, \"numbers\": […], \"flow\": "
                  "<block>}.");
  }
  if (root == nullptr) {
    return refuse("missing-flow", "The document has no “flow”, so it is not a callflow.",
                  "Add the first block: \"flow\": {\"module\": …, \"data\": {…}}.");
  }
  reader.read_head(flow);
  if (!root->is_object()) {
    reader.wrong_type("/flow", "a block", *root);
  } else if (!root->get_object().empty()) {
    flow.root = reader.read_block(root->get_object(), "/flow", 1);
  }
  if (has_errors(reader.findings)) return unexpected(std::move(reader.findings));
  if (flow.root) reader.assign_ids(*flow.root, root->get_object());
  const bool may_have_grown = json_text.size() > document_bytes_max / growth_max;
  const std::size_t room = flow.document.contains("id") ? 0 : id_member_bytes;
  if (may_have_grown && serialize(flow).size() + room > document_bytes_max) {
    return refuse("too-large",
                  {"With the ids of its blocks the document is larger than {{maximum}} bytes.",
                   {{"maximum", std::to_string(document_bytes_max)}}},
                  "Split it into several callflows.");
  }
  flow.import_notes = std::move(reader.findings);
  return flow;
}

Result<Block, Findings> parse_node(std::string_view json_text) {
  auto text = read_json(json_text, limits);
  if (!text) return unexpected(std::move(text.error()));
  Reader reader;
  Block block;
  if (text->value.is_object()) {
    block = reader.read_block(text->value.get_object(), "", 1);
  } else {
    reader.wrong_type("", "a block", text->value);
  }
  if (has_errors(reader.findings)) return unexpected(std::move(reader.findings));
  reader.assign_ids(block, text->value.get_object());
  return block;
}

}  // namespace strowger::model
