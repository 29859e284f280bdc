// The words of the command line: commands and their options. CLI11 does the work, behind
// command_line.cpp: its one header costs each file that includes it five seconds of compilation.
//
// Command and Option are handles: copies mean the same command. What an option fills must live as
// long as the program runs, so commands keep it in a shared_ptr that their callback holds.
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace strowger::cli {

class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option& required();
  Option& envname(const std::string& variable);  // used where the option is not given
  Option& type_name(const std::string& name);  // shown in --help for what it takes
  Option& delimiter(char between);  // several values in one argument
  Option& one_of(std::vector<std::string> words); // else: a usage error that lists them
  Option& between(std::size_t least, std::size_t most);
  Option& capture_default_str();  // --help shows what the value is now
  bool given() const;             // by argument or environment; known once the callback runs

 private:
  CLI::Option* option_;
};

class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  Command add_subcommand(const std::string& name, const std::string& help) const;
  void require_subcommand() const;  // exactly one
  void hide() const;                // from --help
  void callback(std::function<void()> work) const;

  // `names` as in "FILE" (a positional), "--json" or "-v,--verbose".
  // Value: a string, strings, a number; the .cpp lists the types.
  template <class Value>
  Option add_option(const std::string& names, Value& value, const std::string& help) const;
  Option add_flag(const std::string& names, bool& value, const std::string& help) const;

 private:
  CLI::App* app_;
};

struct Program {
  std::string name;
  std::string help;
  std::string version;
  std::string footer;
};
enum class Parsed { done, told, refused };

// Has `define` add the commands, and does the work of the one that `arguments` (without the
// program's name) ask for. told: --help or --version was printed to `out`; refused: what is wrong
// with the arguments was printed to `err`. What a command throws passes through.
Parsed parse(const Program& program, const std::vector<std::string>& arguments,
             const std::function<void(Command)>& define, std::ostream& out, std::ostream& err);

}  // namespace strowger::cli
