// Slows down whoever guesses passwords: after a few wrong answers of a source for a user, answers
// are not looked at for a while; a source that guesses for many users is not listened to at all.
// Bounded: of more sources and users than it can hold, it forgets some.
#pragma once

#include "base/endpoint.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "sip/transaction_key.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace strowger::sip {

constexpr std::uint32_t wrong_answers_max = 10;  // of a source for one user
constexpr std::chrono::seconds guess_pause_first{30};  // then; doubled by each wrong one after it
constexpr std::chrono::seconds guess_pause_max{3'600};
constexpr std::uint32_t wrong_answers_of_source_max = 100;  // for whatever users
constexpr std::chrono::seconds source_ban{600};
// So long without a wrong answer, and everything is forgotten; so long after a right one, a source
// is not banned: an office behind one address must not be shut out by one phone of it.
constexpr std::chrono::seconds guesses_remembered{3'600};
constexpr std::size_t guess_entries_max = 16'384;  // of each kind

struct WrongAnswer {
  IpAddress source;
  std::string user;
  Instant at;
};

class GuessLimit {
 public:
  explicit GuessLimit(Random& random) : keys_(random) {}

  // Whether an answer may be looked at.
  bool may_try(const IpAddress& source, std::string_view user, Instant now) const;
  bool banned(const IpAddress& source, Instant now) const;

  struct Effect {
    bool pause = false;  // this answer began one
    bool ban = false;
  };
  Effect wrong(const WrongAnswer& answer);
  void right(const IpAddress& source, std::string_view user, Instant now);

  std::size_t entries() const { return users_.size() + sources_.size() + trusted_.size(); }

 private:
  struct Guesses {
    std::uint32_t count = 0;
    Instant last;
    Instant until;  // not before
  };
  using Table = std::unordered_map<Key, Guesses, KeyHash>;

  Key user_key(const IpAddress& source, std::string_view user) const;
  Key source_key(const IpAddress& source) const;
  static Guesses& entry(Table& table, const Key& key, Instant now);

  KeyMaker keys_;
  Table users_;    // by source and user
  Table sources_;
  std::unordered_map<Key, Instant, KeyHash> trusted_;  // sources: until when
};

}  // namespace strowger::sip
