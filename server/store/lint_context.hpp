// The account around a callflow, for model::lint, read from the store as lint asks for it.
#pragma once

#include "model/lint.hpp"
#include "store/store.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::store {

// Sub-flows are looked into as they would run: the live revision, else the latest draft.
// `store` must outlive it. A storage error reads as "nobody can say"; ask failed() afterwards.
class LintContext final : public model::Context {
 public:
  LintContext(Store& store, std::string account);

  std::optional<bool> exists(model::RefTarget target, std::string_view id) const override;
  bool disabled(model::RefTarget target, std::string_view id) const override;
  const model::Callflow* callflow(std::string_view id) const override;
  std::optional<std::string> number_owner(std::string_view number) const override;
  std::optional<std::string> pattern_owner(std::string_view pattern) const override;
  std::optional<std::string> seat_with_extension(std::string_view extension) const override;
  std::vector<std::string> seats_behind(std::string_view id) const override;

  bool failed() const { return failed_; }

 private:
  Store& store_;
  std::string account_;
  mutable bool failed_ = false;
  mutable std::map<std::string, std::unique_ptr<model::Callflow>, std::less<>> loaded_;
};

}  // namespace strowger::store
