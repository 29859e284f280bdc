// `strowger scenario soak`: random calls by seed, on all cores.
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/scenario_options.hpp"
#include "host/clock.hpp"
#include "sim/soak.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <ostream>
#include <thread>
#include <vector>

namespace strowger::cli {
namespace {

constexpr std::size_t reports_max = 5;  // failing seeds that are told in full

struct SoakOptions {
  std::uint64_t seeds = 1'000;
  std::uint64_t first = 1;
  unsigned jobs = 0;
};

struct Tally {
  std::mutex mutex;
  sim::SoakResult sum;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
};

void tell(const sim::SoakResult& result, std::uint64_t seed, Tally& tally, Shell& shell) {
  const std::scoped_lock lock(tally.mutex);
  tally.sum += result;
  ++(result.passed ? tally.passed : tally.failed);
  if (result.passed) return;
  const std::size_t first_line = result.report.find('\n');
  shell.out << "FAILED "
            << (tally.failed <= reports_max ? result.report
                                            : result.report.substr(0, first_line + 1))
            << fmt::format("  replay: strowger scenario soak --seeds 1 --first {}\n", seed)
            << std::flush;
}

int run_soak(const SoakOptions& options, Shell& shell) {
  Tally tally;
  std::atomic<std::uint64_t> next = options.first;
  const std::uint64_t end = options.first + options.seeds;
  const auto work = [&] {
    for (std::uint64_t seed = next++; seed < end; seed = next++) {
      tell(sim::soak(seed), seed, tally, shell);
    }
  };
  const Instant start = host::monotonic_now();
  const unsigned jobs = options.jobs != 0 ? options.jobs : std::thread::hardware_concurrency();
  std::vector<std::jthread> threads;
  for (unsigned i = 1; i < std::max(jobs, 1U); ++i) threads.emplace_back(work);
  work();
  threads.clear();
  const double seconds = std::chrono::duration<double>(host::monotonic_now() - start).count();
  const sim::SoakResult& sum = tally.sum;
  shell.out << fmt::format(
      "{} seeds in {:.1f} s: {} calls reached a callflow, {} were answered, {} of them by a phone, "
      "{} refused by Response, {} given up;\n"
      "{} blocks entered, {} SIP messages of which {} were lost, {} packets of sound\n",
      options.seeds, seconds, sum.calls, sum.answered, sum.bridged, sum.refused, sum.abandoned,
      sum.blocks, sum.messages, sum.lost, sum.packets);
  shell.out << fmt::format("{} passed, {} failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? exit_ok : exit_failed;
}

}  // namespace

void add_soak(Command group, Shell& shell) {
  auto options = std::make_shared<SoakOptions>();
  auto command = group.add_subcommand(
      "soak", "random callflows, callers and networks by seed; ends with `N passed, N failed`");
  command.add_option("--seeds", options->seeds, "how many").capture_default_str();
  command.add_option("--first", options->first, "the first seed").capture_default_str();
  command.add_option("--jobs", options->jobs, "threads; 0: one per core").capture_default_str();
  command.callback([&shell, options] { shell.exit_code = run_soak(*options, shell); });
}

}  // namespace strowger::cli
