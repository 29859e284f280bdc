#include "sip/guess_limit.hpp"

#include <algorithm>

namespace strowger::sip {

namespace {

// An IPv6 network has 2^64 addresses for whoever is in it.
std::string_view network(const IpAddress& source) {
  const std::size_t bytes = source.is_v6() ? 8 : 4;
  return {reinterpret_cast<const char*>(source.bytes.data()), bytes};
}

// Which one goes is as good as random: the keys are keyed hashes.
template <class Table>
void make_room(Table& table, const Key& key) {
  if (table.size() >= guess_entries_max && !table.contains(key)) table.erase(table.begin());
}

Duration pause_after(std::uint32_t count) {
  const std::uint32_t doublings = std::min(count - wrong_answers_max, 16U);
  return std::min<Duration>(guess_pause_first * (1U << doublings), guess_pause_max);
}

}  // namespace

Key GuessLimit::user_key(const IpAddress& source, std::string_view user) const {
  return keys_.of({"user", network(source), user});
}

Key GuessLimit::source_key(const IpAddress& source) const {
  return keys_.of({"source", network(source)});
}

bool GuessLimit::may_try(const IpAddress& source, std::string_view user, Instant now) const {
  const auto found = users_.find(user_key(source, user));
  return found == users_.end() || found->second.until <= now;
}

bool GuessLimit::banned(const IpAddress& source, Instant now) const {
  if (sources_.empty()) return false;
  const auto found = sources_.find(source_key(source));
  return found != sources_.end() && found->second.until > now;
}

GuessLimit::Guesses& GuessLimit::entry(Table& table, const Key& key, Instant now) {
  make_room(table, key);
  Guesses& guesses = table[key];
  if (now - guesses.last > guesses_remembered) guesses = {};
  ++guesses.count;
  guesses.last = now;
  return guesses;
}

GuessLimit::Effect GuessLimit::wrong(const WrongAnswer& answer) {
  Effect effect;
  Guesses& user = entry(users_, user_key(answer.source, answer.user), answer.at);
  if (user.count >= wrong_answers_max) {
    user.until = answer.at + pause_after(user.count);
    effect.pause = true;
  }
  const Key source = source_key(answer.source);
  Guesses& guesses = entry(sources_, source, answer.at);
  const auto trusted = trusted_.find(source);
  const bool may_be_banned = trusted == trusted_.end() || trusted->second <= answer.at;
  if (guesses.count >= wrong_answers_of_source_max && may_be_banned) {
    guesses = {.count = 0, .last = answer.at, .until = answer.at + source_ban};
    effect.ban = true;
  }
  return effect;
}

void GuessLimit::right(const IpAddress& source, std::string_view user, Instant now) {
  users_.erase(user_key(source, user));
  const Key key = source_key(source);
  make_room(trusted_, key);
  trusted_[key] = now + guesses_remembered;
}

}  // namespace strowger::sip
