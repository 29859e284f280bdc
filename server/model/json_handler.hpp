// The events of Boost.JSON's parser, turned into a value while watching for what the parser itself
// lets pass: duplicate keys, infinite numbers, lost digits. Only json_reader.cpp includes this.
#pragma once

#include "model/callflow.hpp"
#include "model/finding.hpp"

#include <boost/json/error.hpp>
#include <boost/json/value_stack.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace strowger::model {

class JsonHandler {
 public:
  using error_code = boost::json::error_code;
  using text_view = boost::json::string_view;

  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  boost::json::value release() { return stack_.release(); }
  void reset() { stack_.reset(); }
  const Findings& findings() const { return findings_; }

  // Where the parser is: the tokens of a JSON pointer.
  std::vector<std::string> tokens() const {
    std::vector<std::string> out;
    for (const Frame& frame : frames_) {
      if (frame.is_object ? frame.named : frame.index > 0) out.push_back(frame.token());
    }
    return out;
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }

  bool on_object_begin(error_code&) { return open(true); }
  bool on_object_end(std::size_t count, error_code&) {
    stack_.push_object(count);
    frames_.pop_back();
    return true;
  }
  bool on_array_begin(error_code&) { return open(false); }
  bool on_array_end(std::size_t count, error_code&) {
    stack_.push_array(count);
    frames_.pop_back();
    return true;
  }

  bool on_key_part(text_view part, std::size_t, error_code&) {
    stack_.push_chars(part);
    part_.append(part.data(), part.size());
    return true;
  }
  bool on_key(text_view part, std::size_t, error_code&) {
    stack_.push_key(part);
    part_.append(part.data(), part.size());
    Frame& frame = frames_.back();
    frame.named = true;
    frame.key = std::exchange(part_, {});
    if (!frame.keys.insert(frame.key).second) {
      note(Severity::error, "duplicate-key", "The key “" + frame.key + "” stands here twice.",
           "Keep one of the two: which one would count is anybody's guess.");
    }
    return true;
  }

  bool on_string_part(text_view part, std::size_t, error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(text_view part, std::size_t, error_code&) {
    next();
    stack_.push_string(part);
    return true;
  }

  bool on_number_part(text_view part, error_code&) {
    part_.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t value, text_view, error_code&) {
    next();
    part_.clear();
    stack_.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, text_view, error_code&) {
    next();
    part_.clear();
    stack_.push_uint64(value);
    return true;
  }
  // The parser's own conversion may be off in the last digit; from_chars is exact.
  bool on_double(double value, text_view rest, error_code&) {
    next();
    part_.append(rest.data(), rest.size());
    const std::string text = std::exchange(part_, {});
    std::from_chars(text.data(), text.data() + text.size(), value);
    if (!std::isfinite(value)) {
      note(Severity::error, "number-range", "The number is too large.", "Use a smaller number.");
      value = 0;
    } else if (text.find_first_of(".eE") == std::string::npos) {
      note(Severity::warning, "number-precision",
           "The number has more digits than fit into 64 bits; the last ones are lost.",
           "Write it as a string if the digits matter.");
    }
    stack_.push_double(value);
    return true;
  }
  bool on_bool(bool value, error_code&) {
    next();
    stack_.push_bool(value);
    return true;
  }
  bool on_null(error_code&) {
    next();
    stack_.push_null();
    return true;
  }
  bool on_comment_part(text_view, error_code&) { return true; }
  bool on_comment(text_view, error_code&) { return true; }

 private:
  struct Frame {
    bool is_object = false;
    bool named = false;
    std::size_t index = 0;  // arrays: 1 for the first element
    std::string key;
    std::unordered_set<std::string> keys;

    std::string token() const { return is_object ? key : std::to_string(index - 1); }
  };

  void next() {
    if (!frames_.empty() && !frames_.back().is_object) ++frames_.back().index;
  }
  bool open(bool is_object) {
    next();
    frames_.push_back(Frame{.is_object = is_object});
    return true;
  }
  void note(Severity severity, std::string code, std::string text, std::string hint) {
    std::string pointer;
    for (const std::string& token : tokens()) pointer += "/" + pointer_token(token);
    add_finding(findings_, {severity, std::move(code), std::move(pointer), "", std::move(text),
                            std::move(hint)});
  }

  boost::json::value_stack stack_;
  std::vector<Frame> frames_;
  std::string part_;
  Findings findings_;
};

}  // namespace strowger::model
