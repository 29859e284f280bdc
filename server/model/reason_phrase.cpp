#include "model/reason_phrase.hpp"

#include "model/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace strowger::model {
namespace {

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_control(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

PhraseError control_error(std::size_t offset, char c) {
  if (c == '\r' || c == '\n') {
    return {offset, 1, "a line break would start a new header", " "};
  }
  if (c == '\0') return {offset, 1, "a NUL character ends the text for many phones", ""};
  return {offset, 1, "a control character is not allowed", ""};
}

// Characters that RFC 3261 §25.1 leaves out of Reason-Phrase, each with its nearest stand-in.
std::optional<PhraseError> excluded_error(std::size_t offset, char c) {
  struct Excluded {
    char c;
    const char* stand_in;
  };
  static constexpr Excluded excluded[] = {
      {'"', "'"}, {'<', "("}, {'>', ")"}, {'#', "No. "}, {'{', "("}, {'}', ")"}, {'|', "/"},
      {'\\', "/"}, {'^', ""}, {'[', "("}, {']', ")"},    {'`', "'"},
  };
  for (const Excluded& one : excluded) {
    if (one.c != c) continue;
    const std::string what = std::string("the character ") + c + " is not allowed in a SIP message";
    return PhraseError{offset, 1, what, one.stand_in};
  }
  return std::nullopt;
}

std::optional<PhraseError> error_at(std::string_view phrase, std::size_t offset) {
  const char c = phrase[offset];
  if (is_control(c)) return control_error(offset, c);
  if (c == '%') {
    const bool escape = offset + 2 < phrase.size() && is_hex(phrase[offset + 1]) &&
                        is_hex(phrase[offset + 2]);
    if (escape) return std::nullopt;
    return PhraseError{offset, 1, "a percent sign must be written %25", "%25"};
  }
  if (utf8_sequence(phrase.substr(offset)) == 0) {
    return PhraseError{offset, 1, "this is not valid UTF-8", "?"};
  }
  return excluded_error(offset, c);
}

std::optional<PhraseError> first_error(std::string_view phrase, std::size_t from) {
  for (std::size_t i = from; i < phrase.size();) {
    if (auto error = error_at(phrase, i)) return error;
    i += utf8_sequence(phrase.substr(i));
  }
  return std::nullopt;
}

}  // namespace

Result<void, PhraseError> check_phrase(std::string_view phrase) {
  if (auto error = first_error(phrase, 0)) return unexpected(std::move(*error));
  if (phrase.size() <= phrase_bytes_max) return {};
  const std::size_t kept = utf8_repaired(phrase, phrase_bytes_max).size();
  return unexpected(PhraseError{
      kept, phrase.size() - kept,
      "longer than " + std::to_string(phrase_bytes_max) + " bytes", ""});
}

std::string repaired_phrase(std::string_view phrase) {
  std::string text;
  std::size_t from = 0;
  while (auto error = first_error(phrase, from)) {
    text += phrase.substr(from, error->offset - from);
    text += error->replacement;
    from = error->offset + error->length;
  }
  text += phrase.substr(from);
  text = utf8_repaired(text, phrase_bytes_max);
  // The cut may have split a %HH escape.
  if (const auto error = first_error(text, 0)) text.resize(error->offset);
  return text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

}  // namespace strowger::model
