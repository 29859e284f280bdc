// `strowger trace`: the SIP messages of the running server, as they pass.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/trace_text.hpp"
#include "host/control_socket.hpp"
#include "trace/filter.hpp"
#include "trace/frames.hpp"
#include "trace/pcap.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <ostream>

namespace strowger::cli {

namespace {

struct TraceOptions : DataOptions {
  trace::Filter filter;
  std::string address;
  std::string pcap;
  bool whole = false;
  std::uint64_t count = 0;  // 0: without end
};

class TraceOutput {
 public:
  TraceOutput(const TraceOptions& options, Shell& shell) : options_(options), shell_(shell) {}

  Result<void, Complaint> open() {
    if (options_.pcap.empty()) return {};
    if (options_.pcap == "-") {
      pcap_ = &shell_.out;
    } else {
      file_.open(options_.pcap, std::ios::binary | std::ios::trunc);
      if (!file_) return complain("can't write " + options_.pcap + ": " + std::strerror(errno));
      pcap_ = &file_;
    }
    *pcap_ << trace::pcap_file_header() << std::flush;
    return {};
  }

  void show(const trace::Packet& packet) {
    if (pcap_) *pcap_ << trace::pcap_record(packet) << std::flush;
    if (pcap_ == &shell_.out) return;
    if (options_.json) shell_.out << trace_json(packet) << std::flush;
    else shell_.out << (options_.whole ? trace_whole(packet) : trace_line(packet)) << std::flush;
  }

  void show(const trace::Missed& missed) {
    if (missed.packets == 0) return;
    if (options_.json) shell_.out << fmt::format("{{\"missed\":{}}}\n", missed.packets);
    else shell_.err << fmt::format("strowger: {} messages missed: this reader was too slow\n",
                                   missed.packets);
  }

  bool broken() const { return !shell_.out || (pcap_ && !*pcap_); }

 private:
  const TraceOptions& options_;
  Shell& shell_;
  std::ofstream file_;
  std::ostream* pcap_ = nullptr;
};

// Until the stream ends, is nonsense, or enough has been seen.
Result<void, Complaint> follow(host::ControlStream stream, std::uint64_t count,
                               TraceOutput& output) {
  trace::FrameReader reader;
  reader.feed(stream.begun);
  std::array<char, 65'536> bytes;
  for (std::uint64_t seen = 0;;) {
    auto frame = reader.next();
    if (!frame) return unexpected(frame.error());
    if (*frame) {
      std::visit([&](const auto& each) { output.show(each); }, **frame);
      if (output.broken()) return complain("what was seen can't be written any more");
      seen += std::holds_alternative<trace::Packet>(**frame) ? 1 : 0;
      if (seen == count && count > 0) return {};
      continue;
    }
    const auto got = read(stream.connection.get(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return complain("the server ended");
    reader.feed({bytes.data(), static_cast<std::size_t>(got)});
  }
}

int trace_calls(TraceOptions& options, Shell& shell) {
  if (!options.address.empty() && !trace::read_address(options.address, options.filter)) {
    fail(shell, Complaint{"--address takes an IP address, or IP:PORT, for example 192.0.2.1"});
    return exit_usage;
  }
  auto stream = host::open_stream(options.data, "trace " + options.filter.text());
  if (!stream) return fail(shell, Complaint{"no server runs on " + options.data});
  if (!*stream) return fail(shell, stream->error());
  TraceOutput output(options, shell);
  if (auto opened = output.open(); !opened) return fail(shell, opened.error());
  shell.err << "watching; Ctrl-C ends" << std::endl;
  const auto followed = follow(std::move(**stream), options.count, output);
  return followed ? exit_ok : fail(shell, followed.error());
}

}  // namespace

void add_trace_command(Command app, Shell& shell) {
  auto options = std::make_shared<TraceOptions>();
  auto command = app.add_subcommand("trace", "The SIP messages of the running server, live");
  command.add_option("--data", options->data, "Data directory of the server (default: data)")
      .envname("STROWGER_DATA")
      .type_name("DIR");
  command.add_flag("--json", options->json, "One JSON object a message");
  command.add_flag("--full", options->whole, "Whole messages instead of one line each");
  command.add_option("--call", options->filter.call_id, "Of one call: its id, or its Call-ID")
      .type_name("ID");
  command
      .add_option("--number", options->filter.number,
                   "Whose Request-URI, From or To has this number or name")
      .type_name("NUMBER");
  command.add_option("--address", options->address, "To or from this address")
      .type_name("IP[:PORT]");
  command.add_option("--method", options->filter.method, "Requests, and answers to them")
      .type_name("METHOD");
  command.add_option("--pcap", options->pcap, "Into this file as well; - is standard output only")
      .type_name("FILE");
  command.add_option("--count", options->count, "Ends after that many messages")
      .type_name("N");
  command.callback([&shell, options] { shell.exit_code = trace_calls(*options, shell); });
}

}  // namespace strowger::cli
