// Transfer as SIP says it: whom a REFER points at (RFC 3515), and the dialog that is to be replaced
// (RFC 3891).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

class Message;

// "call-id;to-tag=…;from-tag=…". The To tag is that of whoever gets the request (RFC 3891 §3).
struct Replaces {
  std::string call_id;
  std::string to_tag;
  std::string from_tag;
  bool early_only = false;

  // Nothing when it is malformed or misses a tag.
  static std::optional<Replaces> parse(std::string_view value);
};

struct ReferTo {
  std::string user;                  // whom: the user part, or the number of a tel: URI
  std::optional<Replaces> replaces;  // attended transfer (RFC 5589 §7)
};

struct BadReferTo {
  int status = 400;
  std::string_view phrase;
};

// Of a REFER. `bad` says why it can't be done.
std::optional<ReferTo> refer_to(const Message& refer, BadReferTo& bad);
// RFC 4488: the sender wants no NOTIFY.
bool wants_no_subscription(const Message& refer);

}  // namespace strowger::sip
