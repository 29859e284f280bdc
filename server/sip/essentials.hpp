// The header fields of a message that everybody asks for: each is read once, when it is first asked
// for. See the functions in headers.hpp.
#pragma once

#include "sip/cseq.hpp"
#include "sip/name_addr.hpp"
#include "sip/via.hpp"

#include <optional>
#include <utility>

namespace strowger::sip {

class Message;

// Something that is made of an object's bytes and refers to them: neither copied nor moved with it.
template <class T>
class Derived {
 public:
  Derived() = default;
  Derived(const Derived&) {}
  Derived(Derived&&) noexcept {}
  Derived& operator=(const Derived&) {
    made_.reset();
    return *this;
  }
  Derived& operator=(Derived&&) noexcept {
    made_.reset();
    return *this;
  }
  ~Derived() = default;

  template <class Make>
  const T& get(Make make) const {
    if (!made_) made_.emplace(make());
    return *made_;
  }

 private:
  mutable std::optional<T> made_;  // a message belongs to one shard, which is one thread
};

// Nothing where the header is absent or malformed.
struct Essentials {
  Derived<std::optional<Via>> top_via;  // also of a malformed one what can be used
  Derived<std::optional<NameAddr>> from;
  Derived<std::optional<NameAddr>> to;
  Derived<std::optional<CSeq>> cseq;
};

}  // namespace strowger::sip
