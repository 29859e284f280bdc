// Calls between two through a server, over UDP; or their packets alone through a bare relay.
#include "bridged.hpp"

#include <CLI/CLI.hpp>
#include <sys/prctl.h>

#include <iostream>
#include <sstream>

int main(int argc, char** argv) {
  using namespace strowger::bench;
  BridgedPlan plan;
  CLI::App app(
      "Calls between a caller and a phone, both its own. Prints `phone PORT` and waits for a line: "
      "`go`, or `go PORT PORT …` of a bare relay. Prints JSON at the end");
  app.add_option("--port", plan.server_port, "UDP port of the server on 127.0.0.1");
  app.add_option("--number", plan.number, "Number to call");
  app.add_option("--calls", plan.calls);
  app.add_option("--rate", plan.rate, "Calls per second");
  app.add_option("--talk", plan.talk_s,
                 "Seconds that all talk at once; 0: each call ends as soon as it is answered");
  app.add_option("--warm", plan.warm, "Without talk: so many calls are not counted");
  CLI11_PARSE(app, argc, argv);
  prctl(PR_SET_TIMERSLACK, 1);  // wake at the nanosecond, not up to 50 µs later
  BridgedCalls calls(plan);
  std::cout << "phone " << calls.phone_port() << std::endl;
  std::string line;
  std::getline(std::cin, line);
  std::istringstream words(line.substr(std::min<std::size_t>(line.size(), 2)));
  std::vector<std::uint16_t> ports;
  for (std::uint16_t port = 0; words >> port;) ports.push_back(port);
  calls.relay_through(std::move(ports));
  calls.run();
  std::cout << calls.json() << std::endl;
}
