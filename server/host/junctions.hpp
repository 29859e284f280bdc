// The lines between the shards of one server: whose call a message belongs to, and a mailbox for
// each shard. Shared by their threads; nothing here waits.
//
// The owner of a call is chosen by its Call-ID, which stands in every message of a dialog and its
// transactions, whichever socket it comes to (docs/decisions/0008-shards.md).
#pragma once

#include "base/random.hpp"
#include "host/mailbox.hpp"
#include "sip/transaction_key.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::host {

constexpr std::size_t shards_max = 64;

class Junctions {
 public:
  Junctions(std::size_t shards, Random& random) : keys_(random), mailboxes_(shards) {}

  std::size_t shards() const { return mailboxes_.size(); }
  // `here` when the message names no call.
  std::size_t owner(std::string_view message, std::size_t here) const;
  std::size_t owner_of_call(std::string_view call_id, std::size_t here) const;
  // Of dialogs between two shards (docs/decisions/0031): what their Call-IDs begin with, "" for a
  // Call-ID of one's own; and from such a Call-ID the other shard, nothing for any other text.
  std::string inside_call_id(std::string_view call_id, std::size_t here) const;
  // What they begin with for each of the other shards.
  std::vector<std::string> inside_call_ids(std::size_t here) const;
  std::optional<std::size_t> across(std::string_view call_id, std::size_t here) const;
  Mailbox& mailbox(std::size_t shard) { return mailboxes_[shard]; }

  // Connections are numbered so that the shard that holds one is seen from its number.
  static std::uint64_t first_connection(std::size_t shard) {
    return (std::uint64_t{shard} << connection_bits) + 1;
  }
  static std::size_t holder(std::uint64_t connection) { return connection >> connection_bits; }

 private:
  static constexpr unsigned connection_bits = 56;

  sip::KeyMaker keys_;  // of this process: nobody can aim all calls at one shard
  std::vector<Mailbox> mailboxes_;
};

}  // namespace strowger::host
