#include "sip/dialog_info.hpp"

#include <algorithm>
#include <array>

namespace strowger::sip {

namespace {

struct Character {
  std::size_t bytes = 1;
  bool fine = false;
};

// The one that `text` begins with; of broken UTF-8 its first byte.
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {1, lead >= 0x20 || lead == '\t'};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  std::uint32_t code = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least[bytes] || code > 0x10FFFF || surrogate) return {};
  return {bytes, code != 0xFFFE && code != 0xFFFF};
}

// Not in the middle of a character.
std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80) --bytes;
  return text.substr(0, bytes);
}

void append_dialog(std::string& out, std::string_view entity, const DialogInfo& dialog) {
  out.append("<dialog id=\"").append(xml_escaped(dialog.id)).append("\" direction=\"");
  out.append(dialog.initiator ? "initiator" : "recipient").append("\">\r\n<state>");
  out.append(dialog_state_name(dialog.state)).append("</state>\r\n<local><identity>");
  out.append(entity).append("</identity></local>\r\n");
  if (!dialog.remote.empty() && dialog.remote.size() <= identity_bytes_max) {
    out.append("<remote><identity");
    if (!dialog.remote_display.empty()) {
      out.append(" display=\"")
          .append(xml_escaped(cut(dialog.remote_display, display_bytes_max)))
          .append("\"");
    }
    out.append(">").append(xml_escaped(dialog.remote)).append("</identity></remote>\r\n");
  }
  out.append("</dialog>\r\n");
}

}  // namespace

std::string_view dialog_state_name(DialogInfo::State state) {
  constexpr std::array<std::string_view, 4> names = {"trying", "early", "confirmed", "terminated"};
  return names[static_cast<std::size_t>(state)];
}

std::string dialog_info(std::uint32_t version, std::string_view entity,
                        std::span<const DialogInfo> dialogs) {
  const auto who = xml_escaped(entity);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
      "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"";
  out.append(std::to_string(version)).append("\" state=\"full\" entity=\"");
  out.append(who).append("\">\r\n");
  for (const auto& dialog : dialogs.first(std::min(dialogs.size(), dialogs_shown_max))) {
    append_dialog(out, who, dialog);
  }
  return out.append("</dialog-info>\r\n");
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto [bytes, fine] = first_character(text);
    const char c = text.front();
    if (!fine) out.push_back('?');
    else if (c == '<') out.append("&lt;");
    else if (c == '>') out.append("&gt;");
    else if (c == '&') out.append("&amp;");
    else if (c == '"') out.append("&quot;");
    else if (c == '\'') out.append("&apos;");
    else out.append(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return out;
}

}  // namespace strowger::sip
