// Callflow: another callflow as a sub-flow. A Response in it ends the whole call
// (docs/response.md).
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

namespace strowger::actions {

namespace {

class SubFlow final : public flow::Runnable {
 public:
  explicit SubFlow(std::string id) : id_(std::move(id)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    const flow::Program* program = run.callflow(id_);
    if (program == nullptr) {
      run.call().note("no published callflow \"" + id_ + "\"");
      co_return flow::Exit{};
    }
    co_await run.enter(*program);
    co_return flow::Exit{};
  }

 private:
  std::string id_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto id = data.text("id");
  if (!id) return unexpected(id.error());
  if (!*id || (*id)->empty()) return complain("`id` must name a callflow");
  return std::make_unique<SubFlow>(**id);
}

}  // namespace

flow::ActionCode callflow() { return make; }

}  // namespace strowger::actions
