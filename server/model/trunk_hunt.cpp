#include "model/trunk_hunt.hpp"

#include <algorithm>
#include <array>

namespace strowger::model {

namespace {

// What tells something about the callee is the same whoever asks: ringing it again from the next
// carrier would only ring it twice. What tells something about the carrier is worth another one.
constexpr std::array rules = std::to_array<HuntRule>({
    {401, Hunt::on, "it wants other credentials than ours"},
    {402, Hunt::on, "our account there is empty"},
    {403, Hunt::on, "it does not take this call from us"},
    {407, Hunt::on, "it wants other credentials than ours"},
    {408, Hunt::on, "it gave no answer in time"},
    {409, Hunt::on, "a conflict of its own"},
    {412, Hunt::on, "a condition of its own"},
    {415, Hunt::on, "it does not take our media type"},
    {420, Hunt::on, "it lacks an extension"},
    {421, Hunt::on, "it wants an extension"},
    {422, Hunt::on, "its session timer does not fit"},
    {429, Hunt::on, "too many calls for it"},
    {433, Hunt::on, "it takes no anonymous calls"},
    {437, Hunt::on, "it does not take our certificate"},
    {438, Hunt::on, "it does not take our identity"},
    {488, Hunt::on, "it lacks our codecs"},
    {491, Hunt::on, "it is busy with another request"},
    {493, Hunt::on, "it can't read the body"},
    {480, Hunt::stop, "the callee is not there"},
    {484, Hunt::stop, "the number is incomplete everywhere"},
    {486, Hunt::stop, "the callee is busy"},
    {606, Hunt::on, "it lacks our codecs, and knows of nobody else's"},
});

}  // namespace

std::span<const HuntRule> hunt_rules() { return rules; }

Hunt hunt_after(int code) {
  const auto* const rule = std::ranges::find(rules, code, &HuntRule::code);
  if (rule != rules.end()) return rule->hunt;
  const bool carriers = (code >= 300 && code < 400) || (code >= 500 && code < 600);
  return carriers ? Hunt::on : Hunt::stop;
}

}  // namespace strowger::model
