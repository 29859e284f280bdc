#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace strowger::cli {

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::envname(const std::string& variable) {
  option_->envname(variable);
  return *this;
}

Option& Option::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::delimiter(char between) {
  option_->delimiter(between);
  return *this;
}

Option& Option::one_of(std::vector<std::string> words) {
  option_->check(CLI::IsMember(std::move(words)));
  return *this;
}

Option& Option::between(std::size_t least, std::size_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::capture_default_str() {
  option_->capture_default_str();
  return *this;
}

bool Option::given() const { return option_->count() > 0; }

Command Command::add_subcommand(const std::string& name, const std::string& help) const {
  return Command(app_->add_subcommand(name, help));
}

void Command::require_subcommand() const { app_->require_subcommand(1); }

void Command::hide() const { app_->group(""); }

void Command::callback(std::function<void()> work) const { app_->callback(std::move(work)); }

template <class Value>
Option Command::add_option(const std::string& names, Value& value, const std::string& help) const {
  return Option(app_->add_option(names, value, help));
}

Option Command::add_flag(const std::string& names, bool& value, const std::string& help) const {
  return Option(app_->add_flag(names, value, help));
}

template Option Command::add_option(const std::string&, std::string&, const std::string&) const;
template Option Command::add_option(const std::string&, std::vector<std::string>&,
                                    const std::string&) const;
template Option Command::add_option(const std::string&, int&, const std::string&) const;
template Option Command::add_option(const std::string&, unsigned&, const std::string&) const;
template Option Command::add_option(const std::string&, std::uint64_t&, const std::string&) const;
template Option Command::add_option(const std::string&, std::int64_t&, const std::string&) const;
template Option Command::add_option(const std::string&, std::optional<std::int64_t>&,
                                    const std::string&) const;
template Option Command::add_option(const std::string&, double&, const std::string&) const;

namespace {

// CLI11 hands the footer down; below the top it would only be in the way.
void footer_only_at_the_top(CLI::App& app) {
  for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
    command->footer("");
    footer_only_at_the_top(*command);
  }
}

}  // namespace

Parsed parse(const Program& program, const std::vector<std::string>& arguments,
             const std::function<void(Command)>& define, std::ostream& out, std::ostream& err) {
  CLI::App app(program.help, program.name);
  app.set_version_flag("--version", program.name + " " + program.version);
  app.footer(program.footer);
  app.require_subcommand(1);
  define(Command(&app));
  footer_only_at_the_top(app);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, err) == 0 ? Parsed::told : Parsed::refused;
  }
  return Parsed::done;
}

}  // namespace strowger::cli
