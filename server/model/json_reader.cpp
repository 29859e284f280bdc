#include "model/json_reader.hpp"

#include "model/json_handler.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

std::string place(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n');
  const auto column = before.size() - (line_start == before.npos ? 0 : line_start + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

struct Trouble {
  std::string text;
  std::string hint;
};

// A word for the commonest things that look like JSON and are not.
Trouble name_trouble(std::string_view text, std::size_t offset, const json::error_code& error) {
  if (error == json::error::incomplete) {
    return {"The JSON text ends too early.", "Check that the file is whole."};
  }
  const std::string_view rest = text.substr(std::min(offset, text.size()));
  const std::string_view here = rest.empty() ? text.substr(text.size() - 1) : rest;
  if (here.starts_with('/')) return {"Comments are not JSON.", "Remove the comment."};
  if (here.starts_with('N') || here.starts_with('I') || here.starts_with("-I")) {
    return {"NaN and Infinity are not JSON.", "Use a number or null."};
  }
  if (here.starts_with('\'')) return {"Strings stand in double quotes.", "Use \"…\"."};
  if (here.starts_with('}') || here.starts_with(']')) {
    return {"This is not JSON: a comma too many, or a value missing.", ""};
  }
  return {"This is not JSON: " + error.message() + ".", ""};
}

// Blocks that nest too deep are named by the first block beyond the limit.
std::string too_deep_pointer(std::vector<std::string> tokens) {
  const std::size_t first = !tokens.empty() && tokens[0] == "data" ? 1 : 0;
  const bool in_flow = tokens.size() > first && tokens[first] == "flow";
  const std::size_t kept = first + 1 + 2 * block_depth_max;
  if (in_flow && tokens.size() > kept) tokens.resize(kept);
  std::string pointer;
  for (const std::string& token : tokens) pointer += "/" + pointer_token(token);
  return pointer;
}

Finding parse_trouble(std::string_view text, std::size_t offset, const json::error_code& error,
                      const JsonHandler& handler) {
  if (error == json::error::too_deep) {
    return finding_in_words(
        Severity::error, "too-deep", too_deep_pointer(handler.tokens()), "",
        {"The document nests too deep: at most {{maximum}} blocks stand below each other.",
         {{"maximum", std::to_string(block_depth_max)}}},
        "Split it into several callflows.");
  }
  const Trouble trouble = name_trouble(text, offset, error);
  return finding_in_words(
      Severity::error, "not-json", too_deep_pointer(handler.tokens()), "",
      {"{{what}} ({{place}})", {{"what", trouble.text}, {"place", place(text, offset)}}},
      trouble.hint);
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

bool only_blanks(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void write_pretty(std::string& out, const json::value& value, std::size_t depth) {
  const std::string indent((depth + 1) * 2, ' ');
  const std::string closing(depth * 2, ' ');
  if (value.is_object() && !value.get_object().empty()) {
    std::string_view separator = "{\n";
    for (const auto& member : value.get_object()) {
      out.append(separator).append(indent).append(json::serialize(member.key())).append(": ");
      write_pretty(out, member.value(), depth + 1);
      separator = ",\n";
    }
    out.append("\n").append(closing).append("}");
  } else if (value.is_array() && !value.get_array().empty()) {
    std::string_view separator = "[\n";
    for (const json::value& item : value.get_array()) {
      out.append(separator).append(indent);
      write_pretty(out, item, depth + 1);
      separator = ",\n";
    }
    out.append("\n").append(closing).append("]");
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

Result<JsonText, Findings> read_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes_max) {
    return unexpected(Findings{finding_in_words(
        Severity::error, "too-large", "", "",
        {"The document has {{number}} bytes; at most {{maximum}} are allowed.",
         {{"number", std::to_string(text.size())},
          {"maximum", std::to_string(limits.bytes_max)}}},
        "Split it into several callflows.")});
  }
  text = without_byte_order_mark(text);
  if (only_blanks(text)) {
    return unexpected(Findings{
        {Severity::error, "not-json", "", "", "The document is empty.", "Check the file."}});
  }
  json::parse_options options;
  options.max_depth = limits.depth_max;
  json::basic_parser<JsonHandler> parser(options);
  JsonHandler& handler = parser.handler();
  handler.reset();
  json::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (error) return unexpected(Findings{parse_trouble(text, used, error, handler)});
  if (!only_blanks(text.substr(used))) {
    return unexpected(Findings{finding_in_words(
        Severity::error, "not-json", "", "",
        {"Something follows after the end of the JSON text ({{place}}).",
         {{"place", place(text, used)}}},
        "Remove it.")});
  }
  if (has_errors(handler.findings())) return unexpected(handler.findings());
  return JsonText{handler.release(), handler.findings()};
}

Result<json::object, Findings> read_json_object(std::string_view text, const JsonLimits& limits,
                                                std::string_view noun) {
  auto read = read_json(text, limits);
  if (!read) {
    for (Finding& finding : read.error()) {
      if (finding.code == "too-large") finding.hint.clear();  // that is about callflows
    }
    return unexpected(std::move(read.error()));
  }
  if (read->value.is_object()) return std::move(read->value.get_object());
  return unexpected(Findings{
      finding_in_words(Severity::error, "wrong-type", "", "",
                       {"A {{target}} is a JSON object, but this is {{kind}}.",
                        {{"target", std::string(noun)},
                         {"kind", std::string(kind_name(read->value))}}})});
}

std::string pretty_json(const boost::json::value& value) {
  std::string out;
  write_pretty(out, value, 0);
  out += '\n';
  return out;
}

std::string_view kind_name(const boost::json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "true or false";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_: return "a number";
    case json::kind::string: return "a string";
    case json::kind::array: return "an array";
    case json::kind::object: return "an object";
  }
  return "something";
}

}  // namespace strowger::model
