#include "media/transcoder.hpp"

#include "rtp/dtmf.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace strowger::media {

namespace {

using std::chrono::milliseconds;

// What is missing and no longer than this is made up for; a longer stretch is a pause.
constexpr Duration concealed_max = milliseconds{60};
// A time stamp further off means that the far end began to count anew.
constexpr Duration jump_max = std::chrono::seconds{10};
constexpr Duration backwards_max = milliseconds{200};
constexpr int fading_percent = 60;  // of each repetition, to the one before
// RFC 4733 §2.5.1.3: a long event is cut into these.
constexpr std::uint32_t segment_ticks = 0xFFFF;

std::uint32_t ticks_in(Duration length, std::uint32_t clock_rate) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(length).count() * clock_rate /
      1'000'000);
}

std::uint32_t scaled(std::uint32_t ticks, std::uint32_t from_rate, std::uint32_t to_rate) {
  return static_cast<std::uint32_t>(std::uint64_t{ticks} * to_rate / from_rate);
}

Duration length_of(std::int64_t ticks, std::uint32_t clock_rate) {
  return std::chrono::microseconds{ticks * 1'000'000 / clock_rate};
}

constexpr int rate_max = 16'000;  // Hz; what a phone that speaks Opus now and then is heard at, too

int rate_between(Codec a, Codec b) {
  return std::min({facts(a).sampling_rate, facts(b).sampling_rate, rate_max});
}

std::uint32_t clock_of(Codec codec) { return facts(codec).clock_rate; }

template <class Forms>
auto form_of(const Forms& forms, std::uint8_t payload_type) {
  const auto found = std::ranges::find_if(
      forms, [&](const auto& form) { return form.payload_type == payload_type; });
  return found == forms.end() ? nullptr : &*found;
}

}  // namespace

Transcoder::Transcoder(HeardForms heard, SentForm sent, Instant now)
    : heard_(std::move(heard)), sent_(std::move(sent)), heard_until_(now) {
  sent_.packet_ms = packet_ms_for(sent_.codec, sent_.packet_ms);
  if (!heard_.sounds.empty()) use(heard_.sounds.front().codec);
}

// The lower of the two sampling rates is enough for both: G.722 and Opus can be had at 8 kHz, so
// nothing is resampled.
void Transcoder::use(Codec codec) {
  if (codec_ == codec) return;
  codec_ = codec;
  const int rate = rate_between(codec, sent_.codec);
  decoder_ = make_decoder(codec, rate);
  newest_ = {};
  if (encoder_ && rate == rate_) return;
  rate_ = rate;
  encoder_ = make_encoder(sent_.codec, {.sampling_rate = rate,
                                        .packet_ms = sent_.packet_ms,
                                        .bitrate_max = sent_.bitrate_max});
  frame_ = static_cast<std::size_t>(rate / 1'000 * sent_.packet_ms);
  waiting_ = 0;
}

rtp::Bytes Transcoder::next(rtp::Sender& sender) {
  while (true) {
    while (frame_ != 0 && waiting_ >= frame_) {
      if (const auto made = packet(sender); !made.empty()) return made;
    }
    const auto item = window_.next();
    if (!item) return {};
    if (const auto made = digest(*item, sender); !made.empty()) return made;
  }
}

// Comfort noise (RFC 3389) and what nobody agreed on is nothing that could be heard: a pause, which
// the time stamp of the next sound tells.
rtp::Bytes Transcoder::digest(const Item& item, rtp::Sender& sender) {
  if (const auto* const form = form_of(heard_.events, item.header.payload_type)) {
    return event(item, *form, sender);
  }
  if (const auto* const form = form_of(heard_.sounds, item.header.payload_type)) {
    sound(item, form->codec, sender);
  }
  return {};
}

void Transcoder::sound(const Item& item, Codec codec, rtp::Sender& sender) {
  use(codec);
  go_on_after(item, clock_of(codec), sender);
  const auto samples = decoder_->decode(item.payload);
  add(samples);
  const auto length = std::chrono::microseconds{
      static_cast<std::int64_t>(samples.size()) * 1'000'000 / rate_};
  expected_ = item.header.timestamp + ticks_in(length, clock_rate_);
  heard_until_ = item.arrival + length;
}

// What is between the packet before and this one: nothing, a loss, a pause; or another clock.
void Transcoder::go_on_after(const Item& item, std::uint32_t clock_rate, rtp::Sender& sender) {
  const bool known = timed_ && !item.first && clock_rate_ == clock_rate;
  const auto gap = static_cast<std::int32_t>(item.header.timestamp - expected_);
  const auto missing = length_of(gap, clock_rate);
  timed_ = true;
  clock_rate_ = clock_rate;
  expected_ = item.header.timestamp;
  if (!known || missing > jump_max || missing < -backwards_max) {
    return pause(std::max(item.arrival - heard_until_, Duration{}), sender);
  }
  if (missing <= Duration{}) return;
  if (item.lost == 0 || missing > concealed_max) return pause(missing, sender);
  const auto samples = missing.count() * rate_ / 1'000'000'000;
  conceal(static_cast<std::size_t>(samples), item.payload);
}

// What is left of a packet that was begun is no sound worth sending late.
void Transcoder::pause(Duration length, rtp::Sender& sender) {
  if (rate_ != 0) {
    length += std::chrono::microseconds{static_cast<std::int64_t>(waiting_) * 1'000'000 / rate_};
  }
  waiting_ = 0;
  newest_ = {};
  sender.silence(ticks_in(length, clock_of(sent_.codec)));
}

void Transcoder::conceal(std::size_t samples, rtp::Bytes next) {
  const auto guessed = decoder_->conceal(samples, next);
  if (!guessed.empty()) return add(guessed);
  const auto period = static_cast<std::size_t>(rate_ / frames_per_second);
  while (samples > 0) {
    const auto some = std::span(newest_).last(period);
    for (auto& sample : some) {
      sample = static_cast<std::int16_t>(int{sample} * fading_percent / 100);
    }
    const auto count = std::min(samples, period);
    const auto room = std::min(count, samples_max - waiting_);
    std::ranges::copy(some.first(room), samples_.begin() + static_cast<std::ptrdiff_t>(waiting_));
    waiting_ += room;
    samples -= count;
  }
}

void Transcoder::add(std::span<const std::int16_t> samples) {
  const auto room = samples.first(std::min(samples.size(), samples_max - waiting_));
  std::ranges::copy(room, samples_.begin() + static_cast<std::ptrdiff_t>(waiting_));
  waiting_ += room.size();
  const auto last = samples.last(std::min(samples.size(), remembered));
  if (last.empty()) return;
  const auto kept = static_cast<std::ptrdiff_t>(last.size());
  std::shift_left(newest_.begin(), newest_.end(), kept);
  std::ranges::copy(last, newest_.end() - kept);
}

// One that can't be encoded is a gap.
rtp::Bytes Transcoder::packet(rtp::Sender& sender) {
  const auto payload = encoder_->encode(std::span(samples_).first(frame_));
  const auto ticks = clock_of(sent_.codec) / 1'000 * static_cast<std::uint32_t>(sent_.packet_ms);
  std::copy(samples_.begin() + static_cast<std::ptrdiff_t>(frame_),
            samples_.begin() + static_cast<std::ptrdiff_t>(waiting_), samples_.begin());
  waiting_ -= frame_;
  rtp::Bytes made;
  if (!payload.empty()) made = sender.sound(sent_.payload_type, payload, ticks, out_);
  if (made.empty()) sender.silence(ticks);
  return made;
}

// All packets of an event carry the time stamp of its beginning, and its duration until then
// (RFC 4733 §2.5.1.2). Both are told by the clock of the other end; what is longer than a duration
// can say there goes on in the next segment (§2.5.1.3).
rtp::Bytes Transcoder::event(const Item& item, const HeardForms::Events& form,
                             rtp::Sender& sender) {
  const auto read = rtp::parse_event(item.payload);
  if (!read || !sent_.events) return {};
  const bool begins = !event_ || event_->came_at != item.header.timestamp || item.first;
  if (begins) {
    if (timed_ && form.clock_rate == clock_rate_) {
      auto position = item;
      position.lost = 0;  // a loss before an event is no reason to make up sound
      go_on_after(position, form.clock_rate, sender);
    } else {
      const auto since = std::max(item.arrival - heard_until_, Duration{});
      pause(since, sender);
      expected_ += ticks_in(since, clock_rate_);
      heard_until_ = std::max(heard_until_, item.arrival);
    }
    event_ = Event{item.header.timestamp, sender.timestamp(), form.clock_rate};
  }
  const auto to_rate = sent_.events->clock_rate;
  const auto lasts = scaled(read->duration, form.clock_rate, to_rate);
  const auto segment = lasts == 0 ? 0 : (lasts - 1) / segment_ticks;
  const auto duration = lasts - segment * segment_ticks;
  const auto leaves_at =
      event_->leaves_at + scaled(segment * segment_ticks, to_rate, clock_of(sent_.codec));
  const unsigned flags = (read->end ? 0x80U : 0U) | read->volume;
  const std::array<std::byte, 4> payload = {
      static_cast<std::byte>(read->code), static_cast<std::byte>(flags),
      static_cast<std::byte>(duration >> 8U), static_cast<std::byte>(duration & 0xFFU)};
  const bool marked = begins || item.header.marker;
  return sender.event(sent_.events->payload_type, payload, leaves_at, marked, out_);
}

}  // namespace strowger::media
