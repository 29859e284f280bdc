// `strowger call`: a caller for people and tests. Prints what passes as it passes.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/ladder_json.hpp"
#include "cli/phone_line.hpp"
#include "host/clock.hpp"
#include "media/wav.hpp"
#include "sim/ladder.hpp"
#include "sim/phone_messages.hpp"
#include "sim/scenario_words.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>

namespace strowger::cli {
namespace {

namespace json = boost::json;

constexpr Duration farewell = std::chrono::seconds{2};  // for the answer to a CANCEL or BYE

struct CallOptions {
  std::string target;
  std::string from = "caller";
  std::string password;
  std::string record;
  std::vector<std::string> dtmf;
  int expect_code = 0;
  double timeout = 180;       // s
  double hang_up_after = 10;  // s after a 2xx
  double cancel_after = 0;    // s after the INVITE; 0: never
  std::string reliable = "supported";
  std::vector<std::string> codecs = {"pcmu", "pcma"};
  bool late_offer = false;
  bool early_media_header = false;
  bool json = false;
};

Duration seconds(double count) {
  return std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(std::clamp(count, 0.0, 86'400.0)));
}

sim::PhoneOptions phone_options(const CallOptions& options) {
  using Reliable = sip::Invitation::Reliable;
  sim::PhoneOptions phone;
  phone.user = options.from;
  phone.to = options.target;
  phone.offer = !options.late_offer;
  phone.codecs = options.codecs;
  phone.early_media_header = options.early_media_header;
  if (options.reliable == "none") phone.reliable = Reliable::unsupported;
  else if (options.reliable == "required") phone.reliable = Reliable::required;
  else phone.reliable = Reliable::supported;
  if (!options.password.empty()) {
    phone.login = options.from;
    phone.password = options.password;
  }
  return phone;
}

// One call on a real line, from the INVITE to the end.
class LiveCall {
 public:
  LiveCall(const CallOptions& options, PhoneLine& line, Shell& shell)
      : options_(options), line_(line), phone_(line.phone()), shell_(shell) {}

  bool schedule() {
    for (const std::string& text : options_.dtmf) {
      const std::size_t at = text.find('@');
      std::string when = at == std::string::npos ? "0s" : text.substr(at + 1);
      if (!when.empty() && when.back() >= '0' && when.back() <= '9') when += "s";
      const auto time = sim::parse_duration(when);
      if (!time) return false;
      digits_.emplace_back(*time, text.substr(0, at));
    }
    std::ranges::stable_sort(digits_, {}, [](const auto& each) { return each.first; });
    return true;
  }

  void run() {
    const Instant start = host::monotonic_now();
    const Instant end = start + seconds(options_.timeout);
    phone_.invite(host::real_now());
    line_.flush();
    while (!phone_.over() && !line_.broken()) {
      const Now now = host::real_now();
      act(now, now.instant - start);
      show();
      if (now.instant >= end && !parting_) part(now);
      if (parting_ && now.instant >= *parting_ + farewell) break;
      line_.wait(std::min(now.instant + std::chrono::milliseconds{50}, std::max(end, now.instant)));
    }
    linger();
    show();
  }

 private:
  void act(Now now, Duration since) {
    if (pressed_ < digits_.size() && digits_[pressed_].first <= since) {
      // Keys wait until there is somebody to hear them.
      if (phone_.press(digits_[pressed_].second, now)) ++pressed_;
    }
    if (options_.cancel_after > 0 && since >= seconds(options_.cancel_after) && !parting_)
      part(now);
    if (phone_.answered() && !answered_at_) answered_at_ = now.instant;
    const bool enough =
        answered_at_ && now.instant >= *answered_at_ + seconds(options_.hang_up_after);
    if (enough && !parting_) part(now);
    line_.flush();
  }

  void part(Now now) {
    parting_ = now.instant;
    if (phone_.answered()) phone_.bye(now);
    else phone_.cancel(now);
    line_.flush();
  }

  // The last ACK may get lost, and sound that should have ended would come now.
  void linger() {
    const Instant end = host::monotonic_now() + std::chrono::milliseconds{150};
    while (host::monotonic_now() < end) line_.wait(end);
  }

  void show() {
    const auto& passed = phone_.passed();
    if (options_.json) return;
    for (; shown_ < passed.size(); ++shown_) {
      shell_.out << sim::ladder_line(passed[shown_], phone_.invited_at().value_or(passed[0].at));
    }
    const sim::Recording& heard = phone_.ear().recording();
    if (!told_sound_ && heard.first()) {
      told_sound_ = true;
      shell_.out << fmt::format("{:>7} ms  <~ sound begins\n",
                                milliseconds(*heard.first() - *phone_.invited_at()));
    }
    shell_.out << std::flush;
  }

  const CallOptions& options_;
  PhoneLine& line_;
  sim::Phone& phone_;
  Shell& shell_;
  std::vector<std::pair<Duration, std::string>> digits_;
  std::size_t pressed_ = 0;
  std::size_t shown_ = 0;
  bool told_sound_ = false;
  std::optional<Instant> answered_at_;
  std::optional<Instant> parting_;
};

void print_result(const CallOptions& options, const sim::Phone& phone, Shell& shell) {
  if (options.json) {
    json::object all{{"target", options.target},
                     {"final", final_json(phone)},
                     {"heard", heard_json(phone)},
                     {"ladder", ladder_json(phone)}};
    shell.out << json::serialize(all) << "\n";
    return;
  }
  shell.out << "heard: " << sim::heard_line(phone.ear()) << "\n";
  const auto final = phone.final_answer();
  if (!final) {
    shell.out << "no final answer\n";
    return;
  }
  shell.out << fmt::format("final: {} {}", final->status(), final->reason_phrase());
  if (const auto reason = sim::joined_header(*final, "Reason"))
    shell.out << "   Reason: " << *reason;
  shell.out << "\n";
}

int run_call(const CallOptions& options, Shell& shell) {
  const auto target = resolve_target(options.target);
  if (!target) return fail(shell, target.error());
  auto line = PhoneLine::open(target->server, target->transport, phone_options(options));
  if (!line) return fail(shell, line.error());
  LiveCall call(options, **line, shell);
  if (!call.schedule()) {
    fail(shell, {"--dtmf wants keys and a time, such as 12@1.5"});
    return exit_usage;
  }
  call.run();
  const sim::Phone& phone = (*line)->phone();
  if (!options.record.empty()) {
    const sim::Recording& recording = phone.ear().recording();
    const auto wav = media::write_wav({recording.rate(), recording.pcm()});
    std::ofstream file(options.record, std::ios::binary);
    file.write(reinterpret_cast<const char*>(wav.data()), static_cast<std::streamsize>(wav.size()));
    if (!file) return fail(shell, {"can't write " + options.record});
  }
  print_result(options, phone, shell);
  const auto final = phone.final_answer();
  if (!final) return exit_failed;
  return options.expect_code == 0 || final->status() == options.expect_code ? exit_ok : exit_failed;
}

}  // namespace

void add_call_command(Command app, Shell& shell) {
  auto options = std::make_shared<CallOptions>();
  auto command =
      app.add_subcommand("call", "calls a SIP URI and prints what passes and what is heard");
  command
      .add_option("URI", options->target, "sip:1000@127.0.0.1:5060, with ;transport=tcp for TCP")
      .required();
  command.add_option("--from", options->from, "user part of the caller").capture_default_str();
  command.add_option("--password", options->password, "answers a challenge as --from");
  command.add_option("--record", options->record, "what was heard, as WAV");
  command.add_option("--dtmf", options->dtmf, "keys and when, such as 12@1.5; several in order");
  command.add_option("--expect-code", options->expect_code,
                      "exit 1 unless this is the final code");
  command.add_option("--timeout", options->timeout, "seconds until the caller gives up")
      .capture_default_str();
  command.add_option("--hangup-after", options->hang_up_after, "seconds in an answered call")
      .capture_default_str();
  command.add_option("--cancel-after", options->cancel_after,
                      "gives up so many seconds after the INVITE");
  command.add_option("--100rel", options->reliable, "none, supported or required")
      .one_of({"none", "supported", "required"})
      .capture_default_str();
  command
      .add_option("--codec,--codecs", options->codecs,
                   "offered, in order: opus, g722, pcmu, pcma; several with commas")
      .delimiter(',')
      .one_of({"opus", "g722", "pcmu", "pcma", "gsm", "g729"})
      .capture_default_str();
  command.add_flag("--no-offer", options->late_offer, "the INVITE comes without SDP");
  command.add_flag("--p-early-media", options->early_media_header,
                    "sends P-Early-Media: supported");
  command.add_flag("--json", options->json, "for programs, at the end");
  command.callback([&shell, options] { shell.exit_code = run_call(*options, shell); });
}

}  // namespace strowger::cli
