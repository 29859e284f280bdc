// Writing media: upload, replace, rename, delete.
#include "api/fields.hpp"
#include "api/media_intake.hpp"
#include "api/media_row.hpp"
#include "api/multipart.hpp"
#include "api/page.hpp"
#include "api/precondition.hpp"
#include "api/repoint.hpp"
#include "api/routes.hpp"
#include "model/account_settings.hpp"
#include "store/media_directory.hpp"

#include <boost/json/array.hpp>

#include <set>

namespace strowger::api {

namespace json = boost::json;

namespace {

Answered<Upload> read_upload(const Visit& visit) {
  Upload upload{visit.request.body, visit.asked("name"), visit.asked("id")};
  const auto type = visit.request.header("content-type");
  if (lower_case(type).starts_with("multipart/")) {
    const auto parts = parse_form(type, visit.request.body);
    if (!parts) return refused(refusal(400, "The form can't be read."));
    upload.file = {};
    for (const auto& part : *parts) {
      if (part.name == "name") upload.name = part.bytes;
      if (part.name == "id") upload.id = part.bytes;
      if (part.name != "file") continue;
      upload.file = part.bytes;
      if (upload.name.empty()) upload.name = part.file_name.substr(0, part.file_name.rfind('.'));
    }
  }
  if (upload.file.empty()) return refused(refusal(400, "There is no sound in the request."));
  if (!upload.name.empty() && !is_plain_text(upload.name, media_name_bounds)) {
    return refused(refusal(400, "A name has 1 to 128 characters, none of them a control one."));
  }
  return upload;
}

// Samples that no media refers to any more are deleted.
void drop_unused(Visit& visit, const std::string& hash) {
  const auto used = visit.store.content_in_use(hash);
  if (!used || *used) return;
  store::MediaDirectory directory(visit.state.services.data);
  [[maybe_unused]] const auto removed = directory.remove(hash);  // left over at worst
}

Answered<model::MediaFile> seen_media(Visit& visit) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return refused(precondition.error());
  if (!precondition->given()) return refused(precondition_required());
  auto media = visit.store.media_file(visit.account(), visit.param("media"));
  if (!media) return refused(refusal(media.error()));
  if (precondition->holds(etag(*media))) return std::move(*media);
  return refused(precondition_failed(
      visit, {visit.account(), "media/" + media->id, "sound", etag(*media)}));
}

// Nothing unless the account's settings name it.
std::optional<Response> played_by_settings(Visit& visit, const std::string& id) {
  const auto text = visit.store.settings(visit.account());
  const auto settings = text ? model::read_account_settings(*text) : model::AccountSettings{};
  if (!settings) return std::nullopt;  // they don't count
  for (const auto& named : model::media_named_by(*settings)) {
    if (named.id != id) continue;
    return refusal(409, "The account's settings play this sound: " + named.pointer + ".");
  }
  return std::nullopt;
}

// Nothing when the row is gone.
std::optional<Response> remove_unused(Visit& visit, const model::MediaFile& media) {
  const auto uses = uses_of_media(visit, media.id);
  if (!uses) return refusal(uses.error());
  if (!uses->empty()) {
    json::array list;
    for (const auto& use : *uses) list.push_back(as_json(use));
    return refusal(409, "Callflows play this sound.", {{"used_by", std::move(list)}});
  }
  if (auto played = played_by_settings(visit, media.id)) return played;
  const auto removed = visit.store.remove_media(visit.account(), media.id);
  return removed ? std::nullopt : std::optional(refusal(removed.error()));
}

void tell_listeners(Visit& visit, const std::string& callflow) {
  const auto now = visit.store.callflow(visit.account(), callflow);
  if (!now) return;
  Event event{.type = "callflow.changed", .account = visit.account(), .at = visit.now()};
  event.more = {{"callflow", callflow}, {"revision", now->latest}, {"published", now->published},
                {"who", visit.who.user.id}};
  visit.state.events.publish(std::move(event));
}

// Nothing when every callflow plays the other sound and the row is gone.
std::optional<Response> replace_everywhere(Visit& visit, const model::MediaFile& media,
                                           const std::string& instead) {
  if (instead == media.id) return refusal(409, "A sound can't replace itself.");
  const auto other = visit.store.media_file(visit.account(), instead);
  if (!other) return refusal(other.error());
  if (auto played = played_by_settings(visit, media.id)) return played;
  const auto writes = repointing(visit, model::RefTarget::media, media.id, instead);
  if (!writes) return refusal(writes.error());
  visit.audit_note = "replaced with " + instead;
  const store::Authorship by{visit.who.user.id, visit.now(), media.id + " " + visit.audit_note};
  const auto done = visit.store.replace_media(visit.account(), media.id, *writes, by);
  if (!done) return refusal(done.error());
  std::set<std::string> callflows;
  for (const auto& write : *writes) callflows.insert(write.callflow.id);
  for (const auto& callflow : callflows) tell_listeners(visit, callflow);
  return std::nullopt;
}

}  // namespace

Response upload_media(Visit& visit) {
  auto upload = read_upload(visit);
  if (!upload) return upload.error();
  return add_media(visit, std::move(*upload));
}

Response replace_audio(Visit& visit) {
  auto upload = read_upload(visit);
  if (!upload) return upload.error();
  if (const auto there = seen_media(visit); !there) return there.error();
  const auto sound = decode(visit, *upload);
  if (!sound) return sound.error();
  const std::lock_guard lock(visit.state.write);
  const auto there = seen_media(visit);
  if (!there) return there.error();
  upload->id = there->id;
  upload->name = there->name;
  const auto media = keep(visit, *upload, *sound);
  if (!media) return media.error();
  auto response = save(visit, *media, 200);
  drop_unused(visit, there->content_hash);
  return response;
}

Response rename_media(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  const auto name = fields.text("name", media_name_bounds);
  if (!fields.good()) return fields.refusal();
  const std::lock_guard lock(visit.state.write);
  auto media = seen_media(visit);
  if (!media) return media.error();
  media->name = name;
  return save(visit, *media, 200);
}

Response delete_media(Visit& visit) {
  const auto instead = visit.asked("replace_with");
  const std::lock_guard lock(visit.state.write);
  const auto media = seen_media(visit);
  if (!media) return media.error();
  if (auto kept = instead.empty() ? remove_unused(visit, *media)
                                  : replace_everywhere(visit, *media, instead)) {
    return std::move(*kept);
  }
  visit.audit_target = "media/" + media->id;
  drop_unused(visit, media->content_hash);
  if (auto failed = make_live(visit, media_event(visit, "media.removed", media->id))) {
    return std::move(*failed);
  }
  return no_content();
}

}  // namespace strowger::api
