// Calls a SIP server over UDP at a fixed rate, and says how it answered.
#include "caller.hpp"

#include <CLI/CLI.hpp>
#include <sys/prctl.h>

#include <iostream>

int main(int argc, char** argv) {
  strowger::bench::Plan plan;
  CLI::App app("A load generator: INVITE, 100, final answer, ACK; prints JSON at the end");
  app.add_option("--server", plan.server, "IPv4 address");
  app.add_option("--port", plan.server_port)->required();
  app.add_option("--source", plan.source, "IPv4 address that calls come from");
  app.add_option("--ports", plan.ports, "How many ports they come from, in turns");
  app.add_option("--rate", plan.rate, "Calls per second");
  app.add_option("--warm", plan.warm_s, "Seconds of calls that are not counted");
  app.add_option("--measure", plan.measure_s, "Seconds of calls that are");
  app.add_option("--linger", plan.linger_s, "Seconds that a late answer may take at the end");
  app.add_option("--number", plan.number, "Number to call");
  app.add_option("--numbers", plan.numbers, "So many in turns, from --number on");
  app.add_option("--packets", plan.packets,
                 "Hear early media: what each caller should hear; counts calls from --warm 0 on");
  app.add_option("--buffer", plan.buffer_bytes, "Bytes of socket buffers");
  CLI11_PARSE(app, argc, argv);
  prctl(PR_SET_TIMERSLACK, 1);  // wake at the nanosecond, not up to 50 µs later
  strowger::bench::Caller caller(plan);
  caller.run();
  std::cout << caller.json() << std::endl;
}
