// Writing seats: one step makes a seat with phone and callflow, a delete says what becomes of them.
#include "api/account_object.hpp"
#include "api/passwords.hpp"
#include "api/routes.hpp"
#include "api/seat_row.hpp"

namespace strowger::api {

namespace json = boost::json;
using store::ObjectKind;

namespace {

Answered<model::Seat> read_body(Visit& visit) {
  auto body = json_body(visit, object_limits);
  if (!body) return refused(body.error());
  auto seat = model::read_seat(std::move(*body));
  if (!seat) return refused(refusal(seat.error()));
  return std::move(*seat);
}

Response refuse_change(const store::Error& error) {
  auto more = json::object();
  if (error.kind == store::ErrorKind::conflict) more["owner"] = json::object{{"id", error.other}};
  return refusal(error, std::move(more));
}

// The seat with all that belongs to it; the secret is in this answer and in none after it.
Response add_whole(Visit& visit, const model::Seat& seat) {
  const store::NewSeat wanted{.seat = seat,
                              .device_id = random_identifier(),
                              .username = random_username(),
                              .password = random_password(),
                              .callflow_id = random_identifier()};
  const auto change = store::adding(visit.store, visit.account(), wanted);
  if (!change) return refuse_change(change.error());
  if (auto failed = make_change(visit, *change, ObjectKind::seat, seat.id, "changed")) {
    return std::move(*failed);
  }
  const json::object device{{"id", wanted.device_id},
                            {"username", wanted.username},
                            {"secret", wanted.password}};
  return answer_seat(visit, seat.id, 201, {{"new_device", device}});
}

Response save_alone(Visit& visit, const model::Seat& seat, store::Revision expected, int status) {
  const auto change = store::saving(visit.store, visit.account(), seat, expected);
  if (!change) return refuse_change(change.error());
  if (auto failed = make_change(visit, *change, ObjectKind::seat, seat.id, "changed")) {
    return std::move(*failed);
  }
  return answer_seat(visit, seat.id, status);
}

// Nothing for what was not said.
Answered<std::optional<store::Fate>> asked_fate(const Visit& visit, std::string_view name) {
  const auto text = visit.asked(name);
  if (text.empty()) return std::optional<store::Fate>();
  if (text == "keep") return std::optional(store::Fate::keep);
  if (text == "delete") return std::optional(store::Fate::remove);
  return refused(refusal(400, std::string(name) + " is keep or delete."));
}

struct Fates {
  std::optional<store::Fate> devices;
  std::optional<store::Fate> callflow;
};

Answered<Fates> asked_fates(const Visit& visit) {
  const auto devices = asked_fate(visit, "devices");
  if (!devices) return refused(devices.error());
  const auto callflow = asked_fate(visit, "callflow");
  if (!callflow) return refused(callflow.error());
  return Fates{*devices, *callflow};
}

// Whoever deletes a seat says what becomes of what belongs to it.
bool undecided(const json::object& details, const Fates& fates) {
  return (!details.at("devices").as_array().empty() && !fates.devices) ||
         (!details.at("callflow").is_null() && !fates.callflow);
}

}  // namespace

Response create_seat(Visit& visit) {
  const auto alone = asked_flag(visit, "seat_only");
  if (!alone) return alone.error();
  auto seat = read_body(visit);
  if (!seat) return seat.error();
  const std::lock_guard lock(visit.state.write);
  auto id = new_id(visit, ObjectKind::seat, seat->id);
  if (!id) return id.error();
  seat->assign_id(*id);
  auto response = *alone ? save_alone(visit, *seat, 0, 201) : add_whole(visit, *seat);
  if (response.status == 201) {
    response.headers.emplace_back("Location", "/api/v1/accounts/" + visit.account() + "/seats/" +
                                                  *id);
  }
  return response;
}

Response put_seat(Visit& visit) {
  auto seat = read_body(visit);
  if (!seat) return seat.error();
  const auto& id = visit.param("seat");
  if (auto wrong = check_id(seat->id, id)) return std::move(*wrong);
  seat->assign_id(id);
  const std::lock_guard lock(visit.state.write);
  const auto before = seen(visit, ObjectKind::seat, id);
  if (!before) return before.error();
  return save_alone(visit, *seat, *before ? (*before)->revision : 0, *before ? 200 : 201);
}

Response delete_seat(Visit& visit) {
  const auto fates = asked_fates(visit);
  if (!fates) return fates.error();
  const auto& id = visit.param("seat");
  const std::lock_guard lock(visit.state.write);
  const auto stored = seen_there(visit, ObjectKind::seat, id);
  if (!stored) return stored.error();
  const auto seat = model::parse_seat(stored->document);
  auto details = seat ? seat_details(visit, *seat)
                      : json::object{{"devices", json::array()}, {"callflow", nullptr}};
  if (undecided(details, *fates)) {
    details["used_by"] = json::array();
    return refusal(409, "Say what becomes of its phones and of its callflow: devices=keep or "
                        "delete, callflow=keep or delete.",
                   std::move(details));
  }
  auto change = store::removing(visit.store, visit.account(),
                                {.id = id,
                                 .expected = stored->revision,
                                 .devices = fates->devices.value_or(store::Fate::keep),
                                 .callflow = fates->callflow.value_or(store::Fate::keep)});
  if (!change) return refusal(change.error());
  const auto with_it = change->removed_callflows.empty() ? "" : change->removed_callflows[0].id;
  if (auto kept = settle_uses(visit, ObjectKind::seat, id, with_it, *change, details)) {
    return std::move(*kept);
  }
  if (auto failed = make_change(visit, *change, ObjectKind::seat, id, "removed")) {
    return std::move(*failed);
  }
  return no_content();
}

}  // namespace strowger::api
