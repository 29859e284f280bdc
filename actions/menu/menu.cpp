// Menu: a greeting, keys, and a branch for each of them.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

#include <algorithm>

namespace strowger::actions {

namespace {

struct Params {
  std::string greeting;
  std::string invalid_media;
  std::string exit_media;
  std::int64_t attempts = 3;
  Duration first_digit{};
  Duration next_digit{};
  bool hunt = false;
  std::size_t longest_extension = 4;
};

bool is_key(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789*#ABCD") == std::string_view::npos;
}

class Menu final : public flow::Runnable {
 public:
  explicit Menu(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    call::Call& call = run.call();
    co_await call.answer();
    for (std::int64_t attempt = 0; attempt < params_.attempts && !call.over(); ++attempt) {
      co_await say(run, params_.greeting, true);
      const std::string keys = co_await listen(run);
      if (keys.empty()) {
        if (has_branch(run, "timeout")) co_return flow::Exit{"timeout"};
        continue;
      }
      call.note("pressed " + keys, call::LogLevel::info);
      if (has_branch(run, keys)) co_return flow::Exit{keys};
      const flow::Program* extension = params_.hunt ? run.callflow_for_number(keys) : nullptr;
      if (extension != nullptr) {
        co_await run.enter(*extension);
        co_return flow::Exit{};
      }
      co_await say(run, params_.invalid_media, false);
    }
    co_await say(run, params_.exit_media, false);
    co_return flow::Exit{has_branch(run, "max_retries") ? "max_retries" : "_"};
  }

 private:
  static bool has_branch(flow::Run& run, const std::string& key) {
    return run.block().children.contains(key);
  }

  static Task<> say(flow::Run& run, const std::string& id, bool key_stops) {
    if (id.empty()) co_return;
    const call::Media* media = run.media(id);
    if (media == nullptr) {
      run.call().skip_media(id, "no such media");
      co_return;
    }
    co_await run.call().play(*media, {.any_digit_stops = key_stops});
  }

  // Could `keys` still become a branch, or an extension, by one more key?
  bool may_grow(flow::Run& run, const std::string& keys) const {
    if (params_.hunt && keys.size() < params_.longest_extension) return true;
    return std::ranges::any_of(run.block().children, [&](const auto& branch) {
      return is_key(branch.first) && branch.first.size() > keys.size() &&
             branch.first.starts_with(keys);
    });
  }

  // Keys until they name a branch and can't become a longer one, until they can't become any, or
  // until the caller pauses or presses # (where # itself begins no branch).
  Task<std::string> listen(flow::Run& run) const {
    std::string keys;
    Duration patience = params_.first_digit;
    do {
      const call::CollectOptions one{.max_digits = 1, .first_digit = patience, .terminators = ""};
      const auto collected = co_await run.call().collect(one);
      if (collected.timed_out) break;
      const bool enter = collected.digits == "#" && !keys.empty() && !may_become(run, keys + "#");
      if (enter) break;
      keys += collected.digits;
      patience = params_.next_digit;
    } while (may_grow(run, keys));
    co_return keys;
  }

  bool may_become(flow::Run& run, const std::string& keys) const {
    return has_branch(run, keys) ||
           std::ranges::any_of(run.block().children, [&](const auto& branch) {
             return is_key(branch.first) && branch.first.starts_with(keys);
           });
  }

  Params params_;
};

Result<std::string, Complaint> media_id(const flow::Data& data, const char* name) {
  const auto id = data.text(name);
  if (!id) return unexpected(id.error());
  return id->value_or("");
}

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto greeting = media_id(data, "greeting");
  const auto invalid = media_id(data, "invalid_media");
  const auto exit = media_id(data, "exit_media");
  const auto attempts = data.integer("retries", 1, 10, 3);
  const auto first = data.integer("timeout", 0, 120'000, 10'000);
  const auto next = data.integer("interdigit_timeout", 0, 60'000, 2'000);
  const auto hunt = data.boolean("hunt");
  const auto longest = data.integer("max_extension_length", 1, 20, 4);
  for (const auto* id : {&greeting, &invalid, &exit}) {
    if (!*id) return unexpected(id->error());
  }
  for (const auto* number : {&attempts, &first, &next, &longest}) {
    if (!*number) return unexpected(number->error());
  }
  if (!hunt) return unexpected(hunt.error());
  return std::make_unique<Menu>(Params{.greeting = *greeting,
                                       .invalid_media = *invalid,
                                       .exit_media = *exit,
                                       .attempts = *attempts,
                                       .first_digit = std::chrono::milliseconds{*first},
                                       .next_digit = std::chrono::milliseconds{*next},
                                       .hunt = hunt->value_or(false),
                                       .longest_extension = static_cast<std::size_t>(*longest)});
}

}  // namespace

flow::ActionCode menu() { return make; }

}  // namespace strowger::actions
