// What transcoding costs: a second of sound in one direction, as 50 packets, from each codec to
// each other; beside what the relay does with the same packets when it passes them untouched.
// Without sockets, which both need alike: bench/run.py --only bridge has those.
#include "media/tone.hpp"
#include "media/transcoder.hpp"
#include "rtp/translation.hpp"

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

namespace strowger::media {
namespace {

struct Spoken {
  rtp::Header header;
  std::vector<std::byte> bytes;
};

// A voice is no tone, but costs the same: both coders work by frames, whatever is in them.
std::vector<Spoken> second_in(Codec codec) {
  const auto samples = sine({.hz = 440, .rate = facts(codec).sampling_rate});
  const auto encoder = make_encoder(codec);
  const std::size_t length = facts(codec).frame_samples();
  std::vector<Spoken> packets;
  rtp::Header header{.payload_type = 96, .ssrc = 1};
  std::vector<std::byte> buffer(1'500);
  for (std::size_t at = 0; at + length <= samples.size(); at += length) {
    const auto payload = encoder->encode(std::span(samples).subspan(at, length));
    const auto packet = rtp::write_packet(header, payload, buffer);
    packets.push_back({header, {packet.begin(), packet.end()}});
    ++header.sequence;
    header.timestamp += facts(codec).frame_ticks();
  }
  return packets;
}

// The same second again, as the next one.
void go_on(std::vector<Spoken>& packets, Codec codec) {
  for (auto& packet : packets) {
    packet.header.sequence = static_cast<std::uint16_t>(packet.header.sequence + packets.size());
    packet.header.timestamp += facts(codec).clock_rate;
  }
}

void transcoded(benchmark::State& state, Codec from, Codec to) {
  SeededRandom random(1);
  rtp::Sender sender(random);
  Transcoder transcoder({.sounds = {{96, from}}, .events = {}},
                        {.codec = to, .payload_type = 97}, Instant{});
  auto packets = second_in(from);
  std::int64_t made = 0;
  for (auto _ : state) {
    for (const auto& packet : packets) {
      const auto parsed = rtp::parse_packet(packet.bytes);
      transcoder.take({packet.header, parsed->payload}, Instant{});
      for (auto out = transcoder.next(sender); !out.empty(); out = transcoder.next(sender)) {
        std::vector<std::byte> sent(out.begin(), out.end());
        benchmark::DoNotOptimize(sent);
        ++made;
      }
    }
    go_on(packets, from);
  }
  if (made != state.iterations() * frames_per_second) state.SkipWithError("packets are missing");
}

void untouched(benchmark::State& state, Codec codec) {
  rtp::Translation translation;
  const auto packets = second_in(codec);
  for (auto _ : state) {
    for (const auto& packet : packets) {
      std::vector<std::byte> sent(packet.bytes);
      translation.rtp(packet.header, sent, Instant{});
      benchmark::DoNotOptimize(sent);
    }
  }
}

void list() {
  for (const Codec from : every_codec) {
    const std::string name(facts(from).name);
    benchmark::RegisterBenchmark(("untouched/" + name).c_str(), untouched, from);
    for (const Codec to : every_codec) {
      if (from == to) continue;
      benchmark::RegisterBenchmark((name + "/" + std::string(facts(to).name)).c_str(), transcoded,
                                   from, to);
    }
  }
}

}  // namespace
}  // namespace strowger::media

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  strowger::media::list();
  benchmark::RunSpecifiedBenchmarks();
}
