// Registers many phones at a SIP server, over UDP.
#include "registrar.hpp"

#include <CLI/CLI.hpp>
#include <sys/prctl.h>

#include <iostream>

int main(int argc, char** argv) {
  strowger::bench::RegisterPlan plan;
  CLI::App app("Registers phone-000000, phone-000001, …; prints JSON at the end");
  app.add_option("--port", plan.server_port, "UDP port of the server on 127.0.0.1")->required();
  app.add_option("--domain", plan.domain, "Of the address-of-record");
  app.add_option("--rate", plan.rate, "Phones per second");
  app.add_option("--phones", plan.phones);
  app.add_option("--warm", plan.warm, "So many are not counted");
  CLI11_PARSE(app, argc, argv);
  prctl(PR_SET_TIMERSLACK, 1);  // wake at the nanosecond, not up to 50 µs later
  strowger::bench::Registrations registrations(plan);
  registrations.run();
  std::cout << registrations.json() << std::endl;
}
