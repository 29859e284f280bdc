// ";name=value;flag" of a header field or a URI, as a view into somebody's bytes: nothing is
// copied.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

struct Param {
  std::string_view name;
  std::string_view value;  // quotes kept, see unquoted(); empty for a flag
  bool has_value = false;  // tells ";rport=" from ";rport"
};

class Params {
 public:
  Params() = default;
  // `text` is empty or begins with ';' (white space around is fine).
  explicit Params(std::string_view text) : text_(text) {}

  // Takes the next parameter off `rest`; nothing at the end or at something that is none.
  static std::optional<Param> next(std::string_view& rest);

  // The same of a well-formed one: a token with an optional token, host or quoted string. `rest` is
  // left as it is when the next one is malformed.
  static std::optional<Param> next_good(std::string_view& rest);

  // The first one of that name, case-insensitively.
  std::optional<Param> find(std::string_view name) const;
  // Its value as written ("" for a flag); nothing when it is absent.
  std::optional<std::string_view> get(std::string_view name) const;
  // Its value without quotes and escapes.
  std::optional<std::string> text_of(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }

  // The parameters before the first malformed one; all of them when well_formed().
  Params good_part() const;
  // Empty ones (";;") are not.
  bool well_formed() const;
  bool empty() const { return text_.empty(); }
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

}  // namespace strowger::sip
