// Two user agents over a network that loses, doubles and delays, in virtual time. Whatever
// happens: each session ends once, is forgotten once, and nothing remains of it.
#include "sip/user_agent_harness.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

namespace strowger::sip {
namespace {

using testing::sdp;

struct Weather {
  unsigned loss = 0;       // percent of datagrams
  unsigned doubled = 0;    // percent
  unsigned delay_ms = 0;   // at most; later ones may overtake
  bool streams = false;    // then nothing is lost, but connections break
};

// What became of one session at one end.
struct Fate {
  int ended = 0;
  int gone = 0;
};

class World;

// One end: an agent, and somebody who acts at random.
class End {
 public:
  End(World& world, std::uint64_t seed, Peer view)
      : dice(seed), agent_random(seed + 1), agent({}, agent_random), peer(view), world_(world) {}

  SeededRandom dice;
  SeededRandom agent_random;
  UserAgent agent;
  Peer peer;
  std::map<SessionId, Fate> fates;
  std::map<std::string, std::set<std::string>> finals;  // of INVITEs, by Via
  std::set<std::string> written, read;  // status lines of refused calls, with their To tags

  unsigned roll(unsigned below) { return static_cast<unsigned>(dice.bits() % below); }
  void drain();
  void act(SessionId session, unsigned what);
  void call();
  // Ends whatever goes on, as a call limit does.
  void hang_up(SessionId session);

 private:
  friend class World;
  void handle(const Send& send);
  void handle(const Invited& invited);
  void handle(const Reoffered& reoffered);
  void handle(const ProvisionalUnacknowledged& event);
  void handle(const Ended& event);
  void handle(const Gone& event);
  void handle(const Refused& event);
  void handle(const Seen& event) { RC_ASSERT(fates[event.session].gone == 0); }
  void handle(const Registered&) {}
  void handle(const Guessed&) {}
  void handle(const Noted&) {}
  template <class Event>
  void handle(const Event& event) {
    RC_ASSERT(fates[event.session].ended == 0);
  }
  void random_deed(SessionId session);

  World& world_;
};

class World {
 public:
  World(std::uint64_t seed, Weather weather)
      : weather_(weather),
        dice_(seed),
        left_(*this, seed + 10, view("192.0.2.1:5060", "192.0.2.2:5060", weather)),
        right_(*this, seed + 20, view("192.0.2.2:5060", "192.0.2.1:5060", weather)) {}

  static Peer view(std::string_view local, std::string_view remote, Weather weather) {
    return {weather.streams ? Transport::tcp : Transport::udp, *Endpoint::parse(local),
            *Endpoint::parse(remote)};
  }

  Now now() const { return {instant_, WallTime{}}; }
  End& left() { return left_; }
  End& right() { return right_; }

  void carry(const End& from, const Send& send) {
    Packet packet{&from == &left_ ? &right_ : &left_, send.bytes, send.peer.connection};
    if (weather_.streams) {
      if (packet.connection == 0) packet.connection = ++connections_;
      if (broken_.contains(packet.connection)) return;
      instants_.emplace(instant_ + std::chrono::milliseconds{5}, packet);
      return;
    }
    RC_ASSERT(send.peer.remote == packet.to->peer.local);
    for (int copies = 1 + (chance(weather_.doubled) ? 1 : 0); copies > 0; --copies) {
      if (chance(weather_.loss)) continue;
      const Duration delay = std::chrono::milliseconds{1 + dice_.bits() % (weather_.delay_ms + 1)};
      instants_.emplace(instant_ + delay, packet);
    }
  }

  void later(Duration after, End& end, SessionId session, unsigned what) {
    instants_.emplace(instant_ + after, Packet{&end, nullptr, 0, session, what});
  }

  // Until nothing is left to happen.
  void run(int calls) {
    for (int i = 0; i < calls; ++i) left_.call();
    left_.drain();
    for (int steps = 0; step(); ++steps) RC_ASSERT(steps < 100'000);
    check(left_);
    check(right_);
  }

  void break_a_connection() {
    if (connections_ == 0) return;
    const auto victim = 1 + dice_.bits() % connections_;
    if (!broken_.insert(victim).second) return;
    for (End* end : {&left_, &right_}) {
      end->agent.connection_failed(victim, now());
      end->drain();
    }
  }

 private:
  // A message on its way, or a deed that somebody has decided on.
  struct Packet {
    End* to;
    std::shared_ptr<const std::string> bytes;
    std::uint64_t connection = 0;
    SessionId session = 0;
    unsigned what = 0;
  };

  bool chance(unsigned percent) { return dice_.bits() % 100 < percent; }

  bool step() {
    std::optional<Instant> next;
    if (!instants_.empty()) next = instants_.begin()->first;
    for (End* end : {&left_, &right_}) {
      const auto due = end->agent.deadline();
      if (due && (!next || *due < *next)) next = due;
    }
    if (!next) return false;
    instant_ = std::max(instant_, *next);
    for (End* end : {&left_, &right_}) {
      end->agent.tick(now());
      end->drain();
    }
    if (instants_.empty() || instants_.begin()->first > instant_) return true;
    const Packet packet = instants_.extract(instants_.begin()).mapped();
    if (packet.bytes == nullptr) {
      packet.to->act(packet.session, packet.what);
    } else if (!broken_.contains(packet.connection)) {
      Peer from = packet.to->peer;
      from.connection = packet.connection;
      packet.to->agent.receive(from, *packet.bytes, now());
    }
    packet.to->drain();
    return true;
  }

  static void check(const End& end) {
    for (const auto& [session, fate] : end.fates) {
      RC_ASSERT(fate.ended == 1);
      RC_ASSERT(fate.gone == 1);
    }
    for (const auto& [via, bytes] : end.finals) RC_ASSERT(bytes.size() == 1U);
    RC_ASSERT(end.agent.sessions() == 0U);
    RC_ASSERT(end.agent.transactions() == 0U);
    RC_ASSERT(!end.agent.deadline().has_value());
  }

  Weather weather_;
  SeededRandom dice_;
  Instant instant_ = Instant{} + std::chrono::hours{1};
  std::multimap<Instant, Packet> instants_;
  std::uint64_t connections_ = 0;
  std::set<std::uint64_t> broken_;
  End left_;
  End right_;
};

enum Deed : unsigned { anything, limit, break_connection };

void End::call() {
  const bool offer = roll(4) != 0;
  const auto session = agent.invite({.to = peer,
                                     .request_uri = "sip:b@192.0.2.2",
                                     .from = "<sip:a@192.0.2.1>",
                                     .to_header = "<sip:b@192.0.2.2>",
                                     .body = offer ? sdp : Body{},
                                     .reliable = static_cast<Invitation::Reliable>(roll(3))},
                                    world_.now());
  if (!offer && roll(2) == 0) agent.set_answer(session, sdp);
  fates[session];
  for (unsigned i = roll(6); i > 0; --i) {
    world_.later(std::chrono::milliseconds{roll(40'000)}, *this, session, anything);
  }
  world_.later(std::chrono::seconds{100}, *this, session, limit);
  if (peer.transport != Transport::udp && roll(2) == 0) {
    world_.later(std::chrono::milliseconds{roll(40'000)}, *this, session, break_connection);
  }
}

void End::act(SessionId session, unsigned what) {
  if (what == break_connection) return world_.break_a_connection();
  if (what == limit) return hang_up(session);
  random_deed(session);
}

void End::hang_up(SessionId session) {
  const Now now = world_.now();
  agent.cancel(session, now);
  const bool done = agent.reject(session, {.status = 480}, now) || agent.bye(session, {}, now);
  if (fates[session].ended != 0) RC_ASSERT(!done);
}

void End::random_deed(SessionId session) {
  const Now now = world_.now();
  bool done = false;
  switch (roll(12)) {
    case 0: agent.cancel(session, now); break;
    case 1: done = agent.bye(session, {}, now); break;
    case 2: done = agent.info(session, {"text/plain", "x"}, now); break;
    case 3: done = agent.reinvite(session, roll(2) == 0 ? sdp : Body{}, now); break;
    case 4: done = agent.update(session, roll(2) == 0 ? sdp : Body{}, now); break;
    case 5: done = agent.progress(session, {.status = 183, .body = sdp}, true, now); break;
    case 6: done = agent.progress(session, {.status = 180}, roll(2) == 0, now); break;
    case 7: done = agent.accept(session, sdp, now); break;
    case 8: done = agent.accept(session, sdp, now); break;
    case 9: done = agent.reject(session, {.status = 486, .phrase = "No"}, now); break;
    default: agent.set_answer(session, sdp); break;
  }
  if (fates[session].ended != 0) RC_ASSERT(!done);
}

void End::drain() {
  while (const auto output = agent.poll()) {
    std::visit([this](const auto& event) { handle(event); }, *output);
  }
}

// Those of our callers have the number 1, and no request in a dialog has it.
bool is_first_invite(const Message& message) {
  const auto sequence = cseq(message);
  return sequence->method == Method::invite && sequence->number == 1;
}

std::string refusal(const Message& response) {
  return std::string(response.start_line()) + " " + std::string(to_tag(response));
}

void End::handle(const Send& send) {
  if (send.session != 0) RC_ASSERT(fates[send.session].gone == 0);
  const auto message = Message::parse(*send.bytes);
  RC_ASSERT(message.has_value());
  RC_ASSERT(!message->flaws().any());
  const auto sequence = cseq(*message);
  if (message->status() >= 200 && sequence->method == Method::invite) {
    finals[std::string(*message->header(HeaderName::via))].insert(*send.bytes);
    if (message->status() >= 300 && is_first_invite(*message)) written.insert(refusal(*message));
  }
  world_.carry(*this, send);
}

void End::handle(const Invited& invited) {
  fates[invited.session];
  for (unsigned i = 1 + roll(8); i > 0; --i) {
    world_.later(std::chrono::milliseconds{roll(30'000)}, *this, invited.session, anything);
  }
  if (roll(2) == 0) act(invited.session, anything);
  world_.later(std::chrono::seconds{100}, *this, invited.session, limit);
}

void End::handle(const Reoffered& reoffered) {
  RC_ASSERT(fates[reoffered.session].ended == 0);
  const auto session = reoffered.session;
  if (roll(10) == 0) return;  // never answered
  const bool done = roll(4) == 0 ? agent.refuse_offer(session, 488, world_.now())
                                 : agent.answer_offer(session, sdp, world_.now());
  RC_ASSERT(done);
}

void End::handle(const ProvisionalUnacknowledged& event) {
  RC_ASSERT(agent.reject(event.session, {.status = 504}, world_.now()));
}

void End::handle(const Refused& event) {
  RC_ASSERT(fates[event.session].ended == 0);
  if (is_first_invite(*event.response)) read.insert(refusal(*event.response));
}

void End::handle(const Ended& event) {
  RC_ASSERT(++fates[event.session].ended == 1);
}

void End::handle(const Gone& event) {
  RC_ASSERT(fates[event.session].ended == 1);
  RC_ASSERT(++fates[event.session].gone == 1);
}

TEST(UserAgentProperty, NothingRemainsOverDatagrams) {
  EXPECT_TRUE(rc::check([] {
    const Weather weather{.loss = *rc::gen::inRange(0U, 60U),
                          .doubled = *rc::gen::inRange(0U, 30U),
                          .delay_ms = *rc::gen::inRange(0U, 3'000U)};
    World world(*rc::gen::arbitrary<std::uint32_t>(), weather);
    world.run(*rc::gen::inRange(1, 5));
  }));
}

TEST(UserAgentProperty, NothingRemainsOverStreams) {
  EXPECT_TRUE(rc::check([] {
    World world(*rc::gen::arbitrary<std::uint32_t>(), {.streams = true});
    world.run(*rc::gen::inRange(1, 5));
  }));
}

// 17.2.1: where nothing is lost for good, a refused caller reads what the callee wrote.
TEST(UserAgentProperty, ARefusalArrivesWordForWord) {
  EXPECT_TRUE(rc::check([] {
    World world(*rc::gen::arbitrary<std::uint32_t>(),
                {.doubled = 20, .delay_ms = *rc::gen::inRange(0U, 400U)});
    world.run(3);
    for (const auto& line : world.left().read) RC_ASSERT(world.right().written.contains(line));
    for (const auto& line : world.right().written) RC_ASSERT(world.left().read.contains(line));
  }));
}

}  // namespace
}  // namespace strowger::sip
