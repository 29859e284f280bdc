#include "media/codec.hpp"

#include <algorithm>

namespace strowger::media {

namespace {

bool same_word(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  return std::ranges::equal(a, b, {}, upper, upper);
}

}  // namespace

std::optional<Codec> codec_named(std::string_view encoding) {
  for (const Codec codec : every_codec) {
    if (same_word(encoding, facts(codec).name)) return codec;
  }
  return std::nullopt;
}

}  // namespace strowger::media
