// strowger: one program, many commands; cli/commands.cpp lists them, cli/server.cpp wires the
// rooms.
#include "cli/commands.hpp"

#include <iostream>

int main(int argc, char** argv) {
  strowger::cli::Shell shell{std::cout, std::cerr};
  return strowger::cli::run({argv + 1, argv + argc}, shell);
}
