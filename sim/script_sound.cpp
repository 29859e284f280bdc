// What the caller must have heard, and what it has.
#include "sim/script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace strowger::sim {
namespace {

// What a phrase of a scenario says should be heard, one stretch after the other, without silence.
std::vector<Stretch> wanted_by(const Hear& hear, const Scenario& scenario) {
  if (hear.kind == Hear::Kind::tone) return {{hear.hz, Milliseconds{-1}}};
  const MediaSpec* media = scenario.find_media(hear.media);
  std::vector<Stretch> wanted;
  Milliseconds left =
      hear.length ? std::chrono::duration_cast<Milliseconds>(*hear.length) : Milliseconds::max();
  for (Stretch stretch : media->stretches) {
    if (left <= Milliseconds{0}) break;
    stretch.length = std::min(stretch.length, left);
    left -= stretch.length;
    if (!stretch.silent()) wanted.push_back(stretch);
  }
  return wanted;
}

std::vector<double> tones_of(const Scenario& scenario) {
  std::vector<double> tones;
  for (const MediaSpec& media : scenario.media) {
    for (const Stretch& stretch : media.stretches) {
      if (!stretch.silent()) tones.push_back(stretch.hz);
    }
  }
  for (const Step& step : scenario.steps) {
    const auto* hear = std::get_if<Hear>(&step.what);
    if (hear != nullptr && hear->kind == Hear::Kind::tone) tones.push_back(hear->hz);
  }
  if (scenario.phone.speaks_hz != 0) tones.push_back(scenario.phone.speaks_hz);
  for (const PhoneSpec& phone : scenario.phones) {
    if (phone.options.speaks_hz != 0) tones.push_back(phone.options.speaks_hz);
  }
  std::sort(tones.begin(), tones.end());
  tones.erase(std::unique(tones.begin(), tones.end()), tones.end());
  return tones;
}

bool about(Milliseconds a, Milliseconds b, Duration tolerance) {
  return Duration{std::max(a, b) - std::min(a, b)} <= tolerance;
}

}  // namespace

void Script::check_edges_of_sound() {
  const Ear& ear = phone_.ear();
  if (ear.early_packets() > options_.early_packets_max) {
    fail("no sound before a description of its sender",
         fmt::format("{} packets too early", ear.early_packets()));
  }
  if (ear.late_packets() > 0 && ear.late_by() > options_.late_sound_max) {
    fail("no sound after the end of the call",
         fmt::format("{} packets, the last {} ms after it", ear.late_packets(),
                     milliseconds(ear.late_by())));
  }
}

// One phrase against what was heard from `at` on.
bool Script::check_hear(const Hear& hear, const std::vector<Stretch>& heard, std::size_t& at,
                        const Step& step) {
  const auto wrong = [&](std::string got) {
    if (!failure_) failure_ = Failure{step.line, step.text, std::move(got)};
    return false;
  };
  const auto rest = [&] { return text(std::span(heard).subspan(std::min(at, heard.size()))); };
  const bool whole = hear.kind == Hear::Kind::media && !hear.length;
  const Duration tolerance = hear.tolerance + (whole ? Duration{} : options_.sound_slack);
  for (const Stretch& wanted : wanted_by(hear, scenario_)) {
    if (at >= heard.size() || heard[at].hz != wanted.hz) return wrong("heard " + rest());
    Milliseconds length = wanted.length;
    if (hear.kind == Hear::Kind::tone) {
      if (!hear.length) {
        ++at;
        continue;
      }
      length = std::chrono::duration_cast<Milliseconds>(*hear.length);
    }
    if (!about(heard[at].length, length, tolerance)) return wrong("heard " + rest());
    ++at;
  }
  return true;
}

void Script::check_sound() {
  if (failure_) return;
  const Recording& recording = phone_.ear().recording();
  std::vector<Stretch> heard = listen(recording.pcm(), tones_of(scenario_), recording.rate());
  std::erase_if(heard, [](const Stretch& stretch) { return stretch.silent(); });
  std::size_t at = 0;
  for (const Step& step : scenario_.steps) {
    if (step.who != who_) continue;
    const Hear* hear = std::get_if<Hear>(&step.what);
    const auto* expect = std::get_if<Expect>(&step.what);
    if (expect != nullptr && expect->early_media) hear = &*expect->early_media;
    if (hear == nullptr) continue;
    if (hear->kind == Hear::Kind::anything) return;
    if (hear->kind == Hear::Kind::nothing) continue;
    if (!check_hear(*hear, heard, at, step)) return;
  }
  if (at >= heard.size()) return;
  fail(at == 0 ? "hears nothing" : "hears nothing more",
       "heard " + text(std::span(heard).subspan(at)));
}

}  // namespace strowger::sim
