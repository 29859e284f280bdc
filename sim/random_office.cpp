#include "sim/random_office.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace strowger::sim {
namespace {

namespace json = boost::json;

constexpr std::array refusals = {302, 404, 480, 486, 488, 500, 503, 600, 603, 606};
constexpr std::array talkers = {Act::Kind::reinvite, Act::Kind::update, Act::Kind::info_digit};

json::string text(std::string_view plain) { return json::string(plain.data(), plain.size()); }

std::string seat(Dice& dice, std::string_view id) {
  json::object seat{{"id", text(id)}, {"first_name", text(id)}, {"last_name", "Random"}};
  if (dice.one_in(8)) seat["do_not_disturb"] = {{"enabled", true}};
  // The callflow that ends every call, so that none goes round in circles.
  if (dice.one_in(8)) seat["call_forward"] = {{"enabled", true}, {"number", "2000"}};
  return json::serialize(seat);
}

std::string device(std::string_view id, std::string_view owner) {
  return json::serialize(json::object{{"id", text(id)},
                                      {"name", text(id)},
                                      {"owner_id", text(owner)},
                                      {"sip", {{"username", text(id)}}}});
}

std::string group(Dice& dice) {
  json::array members;
  for (const auto id : office_seats) {
    members.push_back({{"endpoint_type", "user"},
                       {"id", text(id)},
                       {"delay", dice.between(0, 2)},
                       {"timeout", dice.between(1, 5)}});
  }
  constexpr std::array strategies = {"simultaneous", "single"};
  return json::serialize(json::object{{"id", text(office_groups.front())},
                                      {"name", "Team"},
                                      {"strategy", dice.pick(strategies)},
                                      {"endpoints", std::move(members)}});
}

Deed respond(int code, Duration at, bool described = false, bool reliable = false) {
  Deed made;
  made.act.kind = Act::Kind::respond;
  made.act.at = at;
  made.act.response = {.code = code, .phrase = "", .described = described, .reliable = reliable};
  return made;
}

void add_talk(Dice& dice, Duration answered_at, std::vector<Deed>& deeds) {
  deeds.push_back(respond(200, answered_at));
  for (std::size_t i = dice.below(3); i > 0; --i) {
    Deed made;
    made.act.kind = dice.pick(talkers);
    made.act.at = answered_at + dice.ms(50, 4'000);
    made.act.digits = "5";
    constexpr std::array hows = {Reoffer::same, Reoffer::hold, Reoffer::resume};
    made.act.how = dice.pick(hows);
    deeds.push_back(std::move(made));
  }
  if (dice.one_in(2)) return;  // the caller hangs up, or nobody
  Deed bye;
  bye.act.kind = Act::Kind::bye;
  bye.act.at = answered_at + dice.ms(0, 6'000);
  deeds.push_back(std::move(bye));
}

// What somebody does whose phone rings.
std::vector<Deed> random_answer(Dice& dice) {
  std::vector<Deed> deeds;
  if (!dice.one_in(8)) {
    const bool early = dice.one_in(3);
    deeds.push_back(respond(early ? 183 : 180, dice.ms(0, 300), early, dice.one_in(4)));
  }
  const Duration at = dice.ms(0, 3'000);
  if (dice.one_in(4)) deeds.push_back(respond(dice.pick(refusals), at));
  else if (!dice.one_in(5)) add_talk(dice, at, deeds);
  if (dice.one_in(15)) {
    Deed end;
    end.vanish = true;
    end.act.at = dice.ms(0, 6'000);
    deeds.push_back(std::move(end));
  }
  std::ranges::stable_sort(deeds, {}, [](const Deed& deed) { return deed.act.at; });
  return deeds;
}

}  // namespace

void add_random_office(Dice& dice, Scenario& scenario) {
  for (const auto id : office_seats) scenario.seats.push_back(seat(dice, id));
  scenario.ring_groups.push_back(group(dice));
  for (const auto id : office_devices) {
    scenario.devices.push_back(device(id, id == "bob" ? "bert" : "anna"));
    PhoneSpec phone{std::string(id), {}, std::string(id)};
    phone.options.to = "1000";
    if (dice.one_in(3)) phone.options.codecs = {"opus", "pcma"};
    if (dice.one_in(5)) phone.options.speaks_hz = 700;
    if (!dice.one_in(5)) scenario.phones.push_back(std::move(phone));  // else not registered
  }
}

void RandomCallee::advance(Phone& phone, Now now) {
  const auto called_at = phone.invited_at();
  if (!called_at) return;
  if (called_at != called_at_) {
    called_at_ = called_at;
    owner_.emplace(random_answer(dice_), phone_);
  }
  owner_->advance(phone, now);
  vanished_ = vanished_ || owner_->vanished();
}

std::optional<Instant> RandomCallee::deadline(const Phone& phone) const {
  return owner_ ? owner_->deadline(phone) : std::nullopt;
}

}  // namespace strowger::sim
