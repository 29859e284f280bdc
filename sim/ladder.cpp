#include "sim/ladder.hpp"

#include "sim/phone_messages.hpp"
#include "sim/sound.hpp"

#include <fmt/format.h>

#include <array>

namespace strowger::sim {
namespace {

constexpr std::array key_headers = {"Reason", "Retry-After", "Warning", "Require", "RSeq",
                                    "RAck",   "Unsupported", "Allow",   "Accept",  "P-Early-Media"};

std::string notes(const Passed& passed) {
  std::string text;
  if (!passed.message->body().empty()) text += " (SDP)";
  if (passed.again) text += " (again)";
  if (passed.lost) text += " (lost)";
  return text;
}

bool is_of_interest(std::string_view name, const sip::Message& message) {
  // Every INVITE has them; in an answer they mean something.
  if (name == "Allow" || name == "Accept") return message.status() >= 300;
  return true;
}

std::string title(const sip::Message& message) {
  if (message.is_request()) {
    return fmt::format("{} {}", message.method_text(), message.request_uri());
  }
  return fmt::format("{} {} ({})", message.status(), message.reason_phrase(),
                     message_method(message));
}

}  // namespace

std::string ladder_line(const Passed& passed, Instant start, LadderOptions options) {
  const sip::Message& message = *passed.message;
  std::string text = fmt::format("{:>7} ms  {} {}{}\n", milliseconds(passed.at - start),
                                 passed.received ? "<-" : "->", title(message), notes(passed));
  if (!options.headers || passed.again) return text;
  for (const std::string_view name : key_headers) {
    if (!is_of_interest(name, message)) continue;
    if (const auto value = joined_header(message, name)) {
      text += fmt::format("               {}: {}\n", name, *value);
    }
  }
  if (message.status() >= 300 && message.status() < 400) {
    if (const auto contact = joined_header(message, "Contact")) {
      text += fmt::format("               Contact: {}\n", *contact);
    }
  }
  return text;
}

std::string heard_line(const Ear& ear) {
  const Recording& recording = ear.recording();
  if (recording.packets() == 0) return "nothing";
  std::string text =
      fmt::format("{} ms of sound in {} packets", recording.sound_ms(), recording.packets());
  const auto hz = dominant_tone(recording.pcm(), recording.rate());
  if (hz) text += fmt::format(", {:g} Hz", *hz);
  if (recording.longest_gap() > std::chrono::milliseconds{30}) {
    text += fmt::format(", longest gap {} ms", milliseconds(recording.longest_gap()));
  }
  return text;
}

std::string ladder(const Phone& phone, LadderOptions options) {
  const auto& passed = phone.passed();
  if (passed.empty()) return "nothing passed\n";
  const Instant start = phone.invited_at().value_or(passed.front().at);
  const Recording& recording = phone.ear().recording();
  bool told = !recording.first();
  std::string text;
  for (const Passed& each : passed) {
    if (!told && each.at > *recording.first()) {
      told = true;
      text += fmt::format("{:>7} ms  <~ {}\n", milliseconds(*recording.first() - start),
                          heard_line(phone.ear()));
    }
    text += ladder_line(each, start, options);
  }
  if (!told) {
    text += fmt::format("{:>7} ms  <~ {}\n", milliseconds(*recording.first() - start),
                        heard_line(phone.ear()));
  }
  return text;
}

}  // namespace strowger::sim
