// Writes one line of JSON. Records are written on the call path, where building a value first would
// cost more than all the rest of the call; so the text is put together at once, in a buffer that
// grows seldom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace strowger::model {

class JsonLine {
 public:
  // What was written is appended to `out` when this ends.
  explicit JsonLine(std::string& out);
  ~JsonLine();
  JsonLine(const JsonLine&) = delete;
  JsonLine& operator=(const JsonLine&) = delete;

  void open(char bracket);
  void close(char bracket);
  // A name of our own: it is written as it is.
  void key(std::string_view name);
  // Cut to record_text_bytes_max; what is no UTF-8 is repaired.
  void text(std::string_view value);
  void number(std::int64_t value);
  void truth(bool value);

  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void member(std::string_view name, std::int64_t value) {
    key(name);
    number(value);
  }
  void optional(std::string_view name, std::string_view value) {
    if (!value.empty()) member(name, value);
  }

 private:
  void room_for(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) grow(bytes);
  }
  void grow(std::size_t bytes);
  // These two: only where there is room.
  void put(char c) { *at_++ = c; }
  void put(std::string_view text);
  void separate() {
    if (!fresh_) put(',');
    fresh_ = false;
  }
  void put_escaped(std::string_view value);

  std::string& out_;
  std::unique_ptr<char[]> buffer_;
  char* at_;
  char* end_;
  bool fresh_ = true;
};

}  // namespace strowger::model
