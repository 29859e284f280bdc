#include "sim/scenario_parser.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace strowger::sim {
namespace {

namespace json = boost::json;

json::value parse_json(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error) throw BadStatement(fmt::format("not JSON: {}", error.message()));
  return value;
}

// 486, true, ["a"], "text" as JSON has them; anything else is a word, that is, a string.
json::value block_value(std::string_view text) {
  if (!text.empty() && (text.front() == '"' || text.front() == '[' || text.front() == '{')) {
    return parse_json(text);
  }
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (!error && (value.is_number() || value.is_bool() || value.is_null())) return value;
  return json::value(json::string(text.data(), text.size()));
}

json::object one_block(Words& words) {
  json::object block;
  const std::string_view module = words.need("the action's name");
  block["module"] = json::string(module.data(), module.size());
  json::object data;
  while (!words.done()) {
    const KeyValue field = split_key(words.next());
    if (field.sign != '=') throw BadStatement(fmt::format("`{}` is not key=value", field.key));
    data[json::string_view(field.key.data(), field.key.size())] = block_value(field.value);
  }
  block["data"] = std::move(data);
  block["children"] = json::object{};
  return block;
}

class Parser {
 public:
  Parser(std::string_view text, std::string_view file) : rest_(text) {
    common_.scenario.file = file;
  }

  std::vector<Scenario> parse() {
    while (next_line()) {
      if (!line_.empty()) statement();
    }
    finish_scenario();
    if (scenarios_.empty()) throw BadStatement("there is no `scenario:` in this file");
    return std::move(scenarios_);
  }
  int line() const { return number_; }

 private:
  // What is being read: a scenario, and its main flow, which needs the scenario's name and number.
  struct Draft {
    Scenario scenario;
    json::object flow;  // a tree or a document; empty: none yet
    std::vector<json::object> also;
  };

  bool next_line() {
    if (rest_.empty()) return false;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    line = Words(line).rest();
    line_ = line.empty() || line.front() == '#' ? "" : std::string(line);
    return true;
  }

  // JSON goes on until its brackets close.
  void gather_json() {
    while (open_brackets(line_) > 0) {
      const std::string so_far = std::move(line_);
      if (!next_line()) throw BadStatement("a bracket is not closed at the end of the file");
      line_ = so_far + " " + line_;
    }
  }

  void statement() {
    const int begin = number_;
    Words words(line_);
    const std::string word(words.next());
    if (word == "scenario:") {
      finish_scenario();
      begin_scenario(words, begin);
    } else if (word == "flow:" || word == "also:" || word == "node:") {
      gather_json();
      Words whole(line_);
      whole.next();
      flow_statement(word, whole);
    } else if (auto* const list = objects_called(word)) {
      list->push_back(object_text(word));
    } else if (word == "settings:") {
      draft().scenario.settings = object_text(word);
    } else if (!set_up(word, words)) {
      step(word, words, begin);
    }
  }

  Draft& draft() { return inside_ ? current_ : common_; }

  void begin_scenario(Words& words, int line) {
    current_ = common_;
    inside_ = true;
    current_.scenario.name = words.rest();
    current_.scenario.line = line;
    if (current_.scenario.name.empty()) throw BadStatement("a scenario needs a name");
  }

  void flow_statement(const std::string& word, Words& words) {
    Draft& into = draft();
    if (word == "node:") {
      into.flow = one_block(words);
      return;
    }
    std::string id;
    if (word == "also:" && words.rest().front() != '{') id = words.next();
    json::value value = parse_json(words.rest());
    if (!value.is_object()) throw BadStatement(word + " wants a JSON object");
    json::object object = std::move(value.get_object());
    if (word == "flow:") {
      into.flow = std::move(object);
      return;
    }
    if (object.contains("module")) object = json::object{{"flow", std::move(object)}};
    if (!id.empty()) object["id"] = id;
    if (!object.contains("id")) throw BadStatement("also: needs an id: also: ID {…}");
    into.also.push_back(std::move(object));
  }

  // Where objects of the account go that the statement `word` adds; null when it adds none.
  std::vector<std::string>* objects_called(std::string_view word) {
    Scenario& scenario = draft().scenario;
    if (word == "seat:") return &scenario.seats;
    if (word == "device:") return &scenario.devices;
    if (word == "ring_group:") return &scenario.ring_groups;
    if (word == "temporal_rule:") return &scenario.temporal_rules;
    if (word == "temporal_rule_set:") return &scenario.temporal_rule_sets;
    if (word == "trunk:") return &scenario.trunks;
    return nullptr;
  }

  // The JSON object that the statement `word` has, over one line or several.
  std::string object_text(const std::string& word) {
    gather_json();
    Words whole(line_);
    whole.next();
    const json::value value = parse_json(whole.rest());
    if (!value.is_object()) throw BadStatement(word + " wants a JSON object");
    return json::serialize(value);
  }

  bool set_up(const std::string& word, Words& words) {
    Scenario& scenario = draft().scenario;
    if (word == "media:") read_media(words, scenario);
    else if (word == "phone:") read_phone(words, scenario);
    else if (word == "caller:") read_caller(words, scenario);
    else if (word == "lose:") read_loss(words, scenario);
    else if (word == "net:") read_net(words, scenario);
    else if (word == "limits:") read_limits(words, scenario);
    else if (word == "number:") set_number(words, scenario);
    else if (word == "callers:") set_callers(words, scenario);
    else if (word == "inbound:") set_inbound(words, scenario);
    else if (word == "clock:") set_clock(words, scenario);
    else if (word == "virtual-only:") scenario.virtual_only = words.rest();
    else return false;
    return true;
  }

  static void set_number(Words& words, Scenario& scenario) {
    scenario.number = unquoted(words.need("the number"));
    scenario.number_set = true;
    words.expect_end();
  }

  static void set_callers(Words& words, Scenario& scenario) {
    const auto count = parse_decimal(words.need("how many callers"));
    if (!count || *count < 1 || *count > callers_max) {
      throw BadStatement(fmt::format("callers: 1 to {}", callers_max));
    }
    scenario.callers = static_cast<int>(*count);
    if (words.take("every")) scenario.every = words.duration("the time between two callers");
    words.expect_end();
  }

  static void set_inbound(Words& words, Scenario& scenario) {
    const std::string_view who = words.need("loopback, any or none");
    if (who == "loopback") scenario.inbound = call::Anonymous::loopback;
    else if (who == "any") scenario.inbound = call::Anonymous::any;
    else if (who == "none") scenario.inbound = call::Anonymous::none;
    else throw BadStatement("inbound: loopback, any or none");
    if (scenario.virtual_only.empty()) scenario.virtual_only = "changes inbound.anonymous";
    words.expect_end();
  }

  static void set_clock(Words& words, Scenario& scenario) {
    scenario.clock = parse_clock(words.need("a time"));
    if (!scenario.clock) throw BadStatement("clock: 2026-12-24T21:00");
    words.expect_end();
  }

  void step(const std::string& word, Words& words, int line) {
    Scenario& scenario = draft().scenario;
    if (!inside_ && word != "log:" && word != "record:") {
      throw BadStatement(fmt::format("`{}` before the first `scenario:`", word));
    }
    Step step;
    if (word == "caller") {
      step = read_caller_step(words);
    } else if (scenario.find_phone(word) != nullptr) {
      step = read_phone_step(words);
      step.who = word;
    } else if (word == "digits") {
      step.what = read_digits(words);
    } else if (word == "hears") {
      step.what = read_hear(words);
    } else if (word == "log:") {
      log_statement(words, line);
      return;
    } else if (word == "record:") {
      read_record(words, line, scenario);
      return;
    } else if (word == "after") {
      scenario.settle = words.duration("the time after `after`");
      if (!words.take("nothing") || !words.take("left"))
        throw BadStatement("after 32s nothing left");
      words.expect_end();
      return;
    } else {
      throw BadStatement(fmt::format("`{}` is no statement, see docs/scenarios.md", word));
    }
    if (const auto* act = std::get_if<Act>(&step.what)) {
      const bool beside = act->kind == Act::Kind::subscribe || act->kind == Act::Kind::message;
      scenario.logs_in = scenario.logs_in || beside;
    }
    step.line = line;
    step.text = line_;
    scenario.steps.push_back(std::move(step));
  }

  void log_statement(Words& words, int line) {
    LogCheck check;
    check.line = line;
    check.text = line_;
    if (words.take("debug")) check.level = call::Logged::Level::debug;
    else if (words.take("info")) check.level = call::Logged::Level::info;
    else if (words.take("warn")) check.level = call::Logged::Level::warning;
    else if (words.take("error")) check.level = call::Logged::Level::error;
    check.pattern = unquoted(words.need("the text in quotes"));
    words.expect_end();
    draft().scenario.log_checks.push_back(std::move(check));
  }

  void finish_scenario() {
    if (!inside_) return;
    Scenario& scenario = current_.scenario;
    const int here = std::exchange(number_, scenario.line);
    if (current_.flow.empty()) throw BadStatement("the scenario has neither `node:` nor `flow:`");
    json::object document = std::move(current_.flow);
    if (document.contains("module")) document = json::object{{"flow", std::move(document)}};
    if (!document.contains("id") && !document.contains("_id")) document["id"] = "main";
    if (!document.contains("name")) document["name"] = scenario.name.substr(0, 128);
    if (!document.contains("numbers") || scenario.number_set) {
      document["numbers"] = json::array{json::string(scenario.number)};
    }
    if (scenario.phone.to == PhoneOptions{}.to) scenario.phone.to = scenario.number;
    scenario.callflows.push_back(json::serialize(document));
    for (json::object& also : current_.also) {
      if (!also.contains("name")) also["name"] = also["id"];
      if (!also.contains("numbers")) also["numbers"] = json::array{};
      scenario.callflows.push_back(json::serialize(also));
    }
    check_references(scenario);
    if (scenario.faulty && scenario.virtual_only.empty())
      scenario.virtual_only = "needs a bad network";
    if (scenario.clock && scenario.virtual_only.empty()) scenario.virtual_only = "sets the clock";
    const bool company = !scenario.phones.empty() || !scenario.seats.empty() ||
                         !scenario.devices.empty() || !scenario.ring_groups.empty() ||
                         !scenario.temporal_rules.empty() || !scenario.temporal_rule_sets.empty() ||
                         !scenario.trunks.empty() || !scenario.settings.empty();
    if (company && scenario.virtual_only.empty()) scenario.virtual_only = "has phones to be called";
    if (!scenario.phones.empty() && scenario.callers > 1) {
      throw BadStatement("`callers:` and `phone:` do not go together");
    }
    scenarios_.push_back(std::move(scenario));
    number_ = here;
  }

  void check_references(const Scenario& scenario) {
    if (scenario.steps.empty()) throw BadStatement("the scenario has no steps");
    const auto check = [&](const Step& step, const Hear& hear) {
      if (hear.kind != Hear::Kind::media || scenario.find_media(hear.media) != nullptr) return;
      number_ = step.line;
      throw BadStatement(fmt::format("there is no `media: {} …`", hear.media));
    };
    for (const Step& step : scenario.steps) {
      if (const auto* hear = std::get_if<Hear>(&step.what)) check(step, *hear);
      const auto* expect = std::get_if<Expect>(&step.what);
      if (expect != nullptr && expect->early_media) check(step, *expect->early_media);
    }
  }

  std::string_view rest_;
  std::string line_;
  int number_ = 0;
  bool inside_ = false;
  Draft common_;
  Draft current_;
  std::vector<Scenario> scenarios_;
};

}  // namespace

const PhoneSpec* Scenario::find_phone(std::string_view phone_name) const {
  const auto found = std::find_if(phones.begin(), phones.end(), [&](const PhoneSpec& each) {
    return each.name == phone_name;
  });
  return found == phones.end() ? nullptr : &*found;
}

const MediaSpec* Scenario::find_media(std::string_view id) const {
  const auto found = std::find_if(media.begin(), media.end(),
                                  [&](const MediaSpec& each) { return each.id == id; });
  return found == media.end() ? nullptr : &*found;
}

Result<std::vector<Scenario>, Complaint> parse_scenarios(std::string_view text,
                                                         std::string_view file) {
  if (text.size() > scenario_file_bytes_max) {
    return complain(fmt::format("{}: longer than {} bytes", file, scenario_file_bytes_max));
  }
  Parser parser(text, file);
  try {
    return parser.parse();
  } catch (const BadStatement& bad) {
    return complain(fmt::format("{}:{}: {}", file, parser.line(), bad.what()));
  }
}

}  // namespace strowger::sim
