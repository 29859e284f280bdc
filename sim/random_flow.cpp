#include "sim/random_flow.hpp"

#include "flow/action.hpp"
#include "model/action_catalog.hpp"
#include "model/response_code.hpp"
#include "sim/random_office.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace strowger::sim {
namespace {

namespace json = boost::json;

constexpr int depth_max = 5;
constexpr int blocks_max = 14;
constexpr std::int64_t milliseconds_max = 1'500;  // what a parameter in ms is given
constexpr std::int64_t above_minimum_max = 3;     // any other number
constexpr std::array keys = {"1", "2", "5", "12", "#", "2000", "201"};
constexpr std::array words = {"caller_id_number", "pin", "default", "1", "#"};
constexpr std::array phrases = {"", "Closed", "Geschäft geschlossen ☎",
                                "No more calls today, thank you"};
constexpr std::string_view gone = "gone";  // an id that nothing has

const std::vector<const model::Action*>& known_actions() {
  static const model::Catalog catalog = [] {
    model::Catalog all;
    for (const auto& entry : actions::all()) {
      // An unreadable manifest is told by the tests of actions/, not here.
      (void)all.add(entry.manifest);
    }
    return all;
  }();
  static const std::vector<const model::Action*> known = catalog.actions();
  return known;
}

const model::Action* response() {
  const auto& all = known_actions();
  return *std::find_if(all.begin(), all.end(),
                       [](const model::Action* action) { return action->name == "response"; });
}

bool rings_somebody(const model::Action* action) {
  return std::ranges::any_of(action->params, [](const model::Param& param) {
    using enum model::RefTarget;
    return param.type == model::ParamType::ref &&
           (param.to == seat || param.to == device || param.to == ring_group);
  });
}

const std::vector<const model::Action*>& ringing() {
  static const std::vector<const model::Action*> those = [] {
    auto all = known_actions();
    std::erase_if(all, [](const model::Action* action) { return !rings_somebody(action); });
    return all;
  }();
  return those;
}

class Maker {
 public:
  explicit Maker(Dice& dice) : dice_(dice) {}

  RandomFlow make() {
    make_media();
    const int flows = static_cast<int>(dice_.between(1, 3));
    // The last first: a callflow may only run one behind it, so that there are no circles.
    std::vector<std::string> documents;
    for (int number = flows - 1; number >= 0; --number) {
      documents.insert(documents.begin(), document(number));
      runnable_.push_back(flow_id(number));
    }
    documents.push_back(hunted());
    flow_.callflows = std::move(documents);
    return std::move(flow_);
  }

 private:
  static std::string flow_id(int number) { return fmt::format("flow{}", number); }

  void make_media() {
    for (const char* id : {"short", "long", "pause"}) {
      MediaSpec media{id, {}};
      media.stretches.push_back({440, Milliseconds{dice_.between(1, 30) * 20}});
      if (media.id == "pause") media.stretches.push_back({Stretch::silence_hz, Milliseconds{100}});
      if (media.id == "long") media.stretches.push_back({880, Milliseconds{400}});
      flow_.media.push_back(std::move(media));
    }
  }

  std::string document(int number) {
    blocks_ = 0;
    json::object document{{"id", flow_id(number)}, {"name", flow_id(number)}};
    document["numbers"] = number == 0 ? json::array{"1000"} : json::array{};
    document["flow"] = block(0);
    return json::serialize(document);
  }

  // What a menu finds when somebody dials on: ends the call, so that no block of it comes twice.
  std::string hunted() {
    json::object block{{"id", "hunted"}, {"module", "response"}, {"children", json::object{}}};
    block["data"] = refusal("hunted");
    return json::serialize(json::object{{"id", "hunted"},
                                        {"name", "hunted"},
                                        {"numbers", json::array{"2000"}},
                                        {"flow", std::move(block)}});
  }

  const model::Action& choose_action(int depth) {
    const auto& all = known_actions();
    // What it is all about comes more often.
    if (dice_.percent(25)) return *response();
    if (depth < depth_max && blocks_ < blocks_max && dice_.percent(40)) {
      return *dice_.pick(ringing());
    }
    while (true) {
      const model::Action& action = *dice_.pick(all);
      const bool leaf = action.branches == model::Branches::none;
      if (leaf || (depth < depth_max && blocks_ < blocks_max)) return action;
    }
  }

  json::object block(int depth) {
    ++blocks_;
    const model::Action& action = choose_action(depth);
    const std::string id = fmt::format("b{}", ++last_block_);
    json::object block{{"id", id}, {"module", action.name}};
    block["data"] = action.name == "response" ? refusal(id) : data(action);
    json::object children;
    const auto add = [&](std::string_view key) {
      if (!action.may_have_child(key)) return;
      children[json::string_view(key.data(), key.size())] = this->block(depth + 1);
    };
    if (action.branches != model::Branches::none && dice_.percent(85)) add("_");
    if (action.branches == model::Branches::keyed) {
      for (const auto& fixed : action.fixed_keys) {
        if (dice_.percent(60)) add(fixed.key);
      }
      for (const char* key : keys) {
        if (dice_.percent(25)) add(key);
      }
    }
    block["children"] = std::move(children);
    return block;
  }

  // The one action whose outcome is known beforehand.
  json::object refusal(const std::string& id) {
    std::vector<int> codes;
    for (const auto& code : model::response_codes()) {
      if (code.code >= 300 && code.verdict != model::Verdict::no) codes.push_back(code.code);
    }
    Refusal expected{dice_.pick(codes), dice_.pick(phrases)};
    json::object data{{"code", expected.code}, {"message", expected.phrase}};
    if (expected.code < 400) data["redirect_to"] = json::array{"sip:elsewhere@example.net"};
    if (dice_.percent(50)) data["media"] = media_id();
    if (dice_.one_in(10)) {
      data["no_phrase"] = true;
      expected.phrase.clear();
    } else if (expected.phrase.empty()) {
      expected.phrase = model::default_phrase(expected.code);
    }
    flow_.refusals[id] = std::move(expected);
    return data;
  }

  std::string media_id() {
    return dice_.one_in(8) ? std::string(gone) : dice_.pick(flow_.media).id;
  }

  json::object data(const model::Action& action) {
    json::object data;
    for (const model::Param& param : action.params) {
      const bool may_be_left_out = !param.required || !param.fallback.is_null();
      if (may_be_left_out && dice_.percent(50)) continue;
      if (auto made = value(param); !made.is_null()) data[param.name] = std::move(made);
    }
    return data;
  }

  json::value value(const model::Param& param) {
    if (!param.choices.empty()) return dice_.pick(param.choices);
    switch (param.type) {
      case model::ParamType::integer:
        return integer(param);
      case model::ParamType::boolean:
        return dice_.percent(50);
      case model::ParamType::string:
        return param.pattern.empty() ? json::value(dice_.pick(words)) : json::value();
      case model::ParamType::ref:
        return reference(param.to);
      case model::ParamType::array:
        return list(param);
      case model::ParamType::object:
        break;
    }
    return {};
  }

  json::value integer(const model::Param& param) {
    const std::int64_t least = param.minimum.value_or(0);
    const std::int64_t room = param.unit == "ms" ? milliseconds_max : above_minimum_max;
    return dice_.between(least, std::min(param.maximum.value_or(least + room), least + room));
  }

  json::value reference(model::RefTarget to) {
    if (to == model::RefTarget::media) return json::value(media_id());
    if (to == model::RefTarget::callflow && !runnable_.empty() && !dice_.one_in(8)) {
      const std::string id = dice_.pick(runnable_);
      // Once only: its blocks must not be entered twice.
      std::erase(runnable_, id);
      return json::value(id);
    }
    if (to == model::RefTarget::seat) return someone(office_seats);
    if (to == model::RefTarget::device) return someone(office_devices);
    if (to == model::RefTarget::ring_group) return someone(office_groups);
    return someone(std::array{gone});
  }

  template <class Ids>
  json::value someone(const Ids& ids) {
    const std::string_view id = dice_.one_in(8) ? gone : dice_.pick(ids);
    return json::string(id.data(), id.size());
  }

  json::value list(const model::Param& param) {
    json::array items;
    if (param.items.empty() || param.items.front().type != model::ParamType::string) return items;
    for (const char* key : {"1", "5", "#"}) {
      if (dice_.percent(40)) items.push_back(json::string(key));
    }
    return items;
  }

  Dice& dice_;
  RandomFlow flow_;
  std::vector<std::string> runnable_;  // callflows that a block may still run
  int blocks_ = 0;
  int last_block_ = 0;
};

}  // namespace

RandomFlow random_flow(Dice& dice) { return Maker(dice).make(); }

}  // namespace strowger::sim
