// How shards hand things to each other: any thread posts, one takes; nobody waits for anybody.
#pragma once

#include "call/exchange.hpp"
#include "host/admission.hpp"
#include "host/file_descriptor.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace strowger::host {

// A whole message that another shard's socket received.
using ReceivedSip = Arrival;
struct LostConnection {
  std::uint64_t connection;
};
// What is to be sent goes to the shard that holds the connection; who registered and who guessed
// wrong, to all.
using Letter = std::variant<ReceivedSip, call::SendSip, LostConnection, call::LocationChanged,
                            call::Guessed, call::LampTold>;

class Mailbox {
 public:
  // More than a shard works off in a second. Beyond, no received message is posted any more; the
  // rest is: received messages and connections bound it.
  static constexpr std::size_t letters_max = 16'384;

  Mailbox();
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // Rings (readable) when letters come into the empty box. Watch it edge-triggered: it is never
  // read.
  int bell() const { return bell_.get(); }

  // From any thread.
  bool full() const { return waiting_.load(std::memory_order_relaxed) >= letters_max; }
  void post(std::vector<Letter> letters);

  // By one thread: all that is there, those of one sender in the order in which it posted them.
  std::vector<Letter> take();

 private:
  struct Delivery {
    std::vector<Letter> letters;
    Delivery* before;  // what came earlier
  };

  FileDescriptor bell_;  // eventfd
  std::atomic<Delivery*> latest_ = nullptr;
  std::atomic<std::size_t> waiting_ = 0;  // letters
};

}  // namespace strowger::host
