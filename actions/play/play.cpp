// Media: plays a prompt, in the answered call or as early media.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

namespace strowger::actions {

namespace {

struct Params {
  std::string media;
  bool answer = true;
  int loops = 1;  // 0: endless
  std::string terminators;
};

class Play final : public flow::Runnable {
 public:
  explicit Play(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    call::Call& call = run.call();
    const call::Media* media = run.media(params_.media);
    if (media == nullptr) {
      call.skip_media(params_.media, "no such media");
      co_return flow::Exit{};
    }
    if (params_.answer) {
      const bool answered = co_await call.answer();
      if (call.over()) co_return flow::Exit{};
      if (!answered) {
        call.skip_media(params_.media, "the call has no media");
        co_return flow::Exit{};
      }
    } else {
      const bool open = co_await call.open_early_media(call::Hearing::both_ways);
      if (!open) {
        call.skip_media(params_.media, call.why_no_early_media());
        co_return flow::Exit{};
      }
    }
    co_await call.play(*media, {.loops = params_.loops, .terminators = params_.terminators});
    co_return flow::Exit{};
  }

 private:
  Params params_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto id = data.text("id");
  const auto answer = data.boolean("answer");
  const auto loops = data.integer("loop_count", 1, 1'000, 1);
  const auto endless = data.boolean("endless_playback");
  const auto terminators = data.texts("terminators");
  if (!id) return unexpected(id.error());
  if (!answer) return unexpected(answer.error());
  if (!loops) return unexpected(loops.error());
  if (!endless) return unexpected(endless.error());
  if (!terminators) return unexpected(terminators.error());
  if (!*id || (*id)->empty()) return complain("`id` must name a media");

  Params params{.media = **id, .answer = answer->value_or(true), .loops = static_cast<int>(*loops)};
  if (endless->value_or(false)) params.loops = 0;
  for (const auto& key : *terminators) params.terminators += key;
  return std::make_unique<Play>(std::move(params));
}

}  // namespace

flow::ActionCode play() { return make; }

}  // namespace strowger::actions
