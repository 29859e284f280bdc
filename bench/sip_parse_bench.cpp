// What one INVITE costs: index, check, reply. Target: about 1 µs for parse and check.
#include "sip/headers.hpp"
#include "sip/stream_framer.hpp"
#include "sip/validation.hpp"
#include "sip/writer.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace strowger::sip {
namespace {

// 14 headers, 258 bytes of SDP, about 860 bytes in all.
std::string invite() {
  const std::string sdp =
      "v=0\r\no=alice 2890844526 2890844526 IN IP4 client.atlanta.example.com\r\ns=-\r\n"
      "c=IN IP4 192.0.2.101\r\nt=0 0\r\nm=audio 49172 RTP/AVP 0 8 97 101\r\n"
      "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:97 iLBC/8000\r\n"
      "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\n";
  return "INVITE sip:bob@biloxi.example.com;user=phone SIP/2.0\r\n"
         "Via: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bK74bf9;rport\r\n"
         "Max-Forwards: 70\r\n"
         "From: \"Alice Liddell\" <sip:alice@atlanta.example.com>;tag=9fxced76sl\r\n"
         "To: Bob <sip:bob@biloxi.example.com>\r\n"
         "Call-ID: 3848276298220188511@atlanta.example.com\r\n"
         "CSeq: 1 INVITE\r\n"
         "Contact: <sip:alice@client.atlanta.example.com;transport=udp>\r\n"
         "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, UPDATE, PRACK\r\n"
         "Supported: replaces, 100rel, timer\r\n"
         "User-Agent: Softphone Beta 1.5\r\n"
         "P-Asserted-Identity: <sip:alice@atlanta.example.com>\r\n"
         "Accept: application/sdp\r\n"
         "Content-Type: application/sdp\r\n"
         "Content-Length: " +
         std::to_string(sdp.size()) + "\r\n\r\n" + sdp;
}

void index_only(benchmark::State& state) {
  const std::string bytes = invite();
  for (auto _ : state) benchmark::DoNotOptimize(Message::parse(bytes));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void check_only(benchmark::State& state) {
  const auto message = Message::parse(invite());
  for (auto _ : state) benchmark::DoNotOptimize(check_request(*message, Transport::udp));
}

void parse_and_check(benchmark::State& state) {
  const std::string bytes = invite();
  for (auto _ : state) {
    const auto message = Message::parse(bytes);
    const auto refusal = check_request(*message, Transport::udp);
    if (refusal) state.SkipWithError("refused");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void reply(benchmark::State& state) {
  const auto message = Message::parse(invite());
  const Writer::Reply head{.status = 486,
                           .phrase = "Busy Here",
                           .to_tag = "tag",
                           .source = *Endpoint::parse("192.0.2.1:5060")};
  for (auto _ : state) benchmark::DoNotOptimize(Writer::reply(*message, head).finish());
}

void frame(benchmark::State& state) {
  const std::string bytes = invite();
  StreamFramer framer;
  for (auto _ : state) {
    framer.feed(bytes);
    benchmark::DoNotOptimize(framer.next());
  }
}

BENCHMARK(index_only);
BENCHMARK(check_only);
BENCHMARK(parse_and_check);
BENCHMARK(reply);
BENCHMARK(frame);

}  // namespace
}  // namespace strowger::sip

BENCHMARK_MAIN();
