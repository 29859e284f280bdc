#include "cli/ladder_json.hpp"

#include "sim/phone_messages.hpp"
#include "sim/sound.hpp"

#include <boost/json.hpp>

namespace strowger::cli {

namespace json = boost::json;

namespace {

json::string text(std::string_view view) { return json::string(view.data(), view.size()); }

}  // namespace

json::array ladder_json(const sim::Phone& phone) {
  json::array ladder;
  if (phone.passed().empty()) return ladder;
  const Instant start = phone.invited_at().value_or(phone.passed().front().at);
  for (const sim::Passed& each : phone.passed()) {
    ladder.push_back(json::object{{"at_ms", milliseconds(each.at - start)},
                                  {"direction", each.received ? "in" : "out"},
                                  {"line", text(each.message->start_line())},
                                  {"method", text(sim::message_method(*each.message))},
                                  {"again", each.again},
                                  {"message", text(each.message->bytes())}});
  }
  return ladder;
}

json::object heard_json(const sim::Phone& phone) {
  const sim::Recording& recording = phone.ear().recording();
  json::object heard{{"ms", recording.sound_ms()},
                     {"packets", recording.packets()},
                     {"longest_gap_ms", milliseconds(recording.longest_gap())}};
  const auto hz = sim::dominant_tone(recording.pcm(), recording.rate());
  if (hz) heard["tone_hz"] = *hz;
  if (recording.first() && phone.invited_at()) {
    heard["first_ms"] = milliseconds(*recording.first() - *phone.invited_at());
  }
  return heard;
}

json::value final_json(const sim::Phone& phone) {
  const sip::MessagePtr final = phone.final_answer();
  if (!final) return nullptr;
  json::object object{{"code", final->status()},
                      {"phrase", text(final->reason_phrase())},
                      {"message", text(final->bytes())}};
  if (const auto reason = sim::joined_header(*final, "Reason")) object["reason"] = *reason;
  return object;
}

}  // namespace strowger::cli
