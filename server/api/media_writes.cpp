// Writing media: upload, replace, rename, delete.
#include "api/fields.hpp"
#include "api/media_row.hpp"
#include "api/multipart.hpp"
#include "api/page.hpp"
#include "api/precondition.hpp"
#include "api/repoint.hpp"
#include "api/routes.hpp"

#include "model/identifier.hpp"
#include "store/media_directory.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr TextBounds name_bounds{.chars_min = 1, .chars_max = 128};

struct Upload {
  std::string_view file;  // into the request's body
  std::string name;       // "" for none given
  std::string id;
};

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
  if (!upload.name.empty() && !is_plain_text(upload.name, name_bounds)) {
    return refused(refusal(400, "A name has 1 to 128 characters, none of them a control one."));
  }
  return upload;
}

// Slow: before any lock is taken.
Answered<model::MediaFile> take_in(Visit& visit, const Upload& upload) {
  const auto sound = visit.state.services.decode(std::string(upload.file));
  if (!sound) {
    const auto& refusal_of = sound.error();
    if (refusal_of.too_large) return refused(refusal(413, refusal_of.what));
    return refused(refusal(model::Findings{
        {model::Severity::error, "not-playable", "", "", refusal_of.what, ""}}));
  }
  store::MediaDirectory directory(visit.state.services.data);
  const auto hash = directory.keep(upload.file, sound->pcmu, sound->pcma);
  if (!hash) return refused(refusal(hash.error()));
  return model::MediaFile{.id = upload.id,
                          .name = upload.name,
                          .content_hash = *hash,
                          .duration_ms = sound->duration_ms,
                          .source = sound->source,
                          .original_bytes = static_cast<std::int64_t>(upload.file.size()),
                          .encoded_bytes = static_cast<std::int64_t>(sound->pcmu.size())};
}

// Samples that no media refers to any more are deleted.
void drop_unused(Visit& visit, const std::string& hash) {
  const auto used = visit.store.content_in_use(hash);
  if (!used || *used) return;
  store::MediaDirectory directory(visit.state.services.data);
  [[maybe_unused]] const auto removed = directory.remove(hash);  // left over at worst
}

Event media_event(const Visit& visit, const char* type, const std::string& id) {
  Event event{.type = type, .account = visit.account()};
  event.more = {{"media", id}, {"who", visit.who.user.id}};
  return event;
}

Response save(Visit& visit, const model::MediaFile& media, int status) {
  if (auto saved = visit.store.save_media(visit.account(), media, visit.now()); !saved) {
    return refusal(saved.error());
  }
  visit.audit_target = "media/" + media.id;
  if (auto failed = make_live(visit, media_event(visit, "media.changed", media.id))) {
    return std::move(*failed);
  }
  return answer_media(visit, media, status);
}

Answered<model::MediaFile> seen_media(Visit& visit, bool needed) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return refused(precondition.error());
  if (needed && !precondition->given()) return refused(precondition_required());
  auto media = visit.store.media_file(visit.account(), visit.param("media"));
  if (!media) return refused(refusal(media.error()));
  if (precondition->holds(etag(*media))) return std::move(*media);
  json::object more;
  const auto last = visit.store.last_audit(visit.account(), "media/" + media->id);
  std::string who = "Somebody";
  if (last && *last) {
    who = (*last)->who;
    more["current"] = json::object{{"revision", (*last)->id},
                                   {"who", who},
                                   {"when_ms", (*last)->at.time_since_epoch().count()}};
  }
  auto response = refusal(412, who + " changed the sound meanwhile.", std::move(more));
  return refused(with_etag(std::move(response), etag(*media)));
}

}  // namespace

Response upload_media(Visit& visit) {
  auto upload = read_upload(visit);
  if (!upload) return upload.error();
  if (upload->id.empty()) upload->id = random_identifier();
  if (upload->name.empty()) upload->name = upload->id;
  if (!model::is_identifier(upload->id)) {
    return refusal(400, "An id has 1 to 64 characters of A-Z a-z 0-9 _ -.");
  }
  const auto taken = [&] {
    return visit.store.media_file(visit.account(), upload->id).has_value();
  };
  const auto conflict = [&] { return refusal(409, "There is a sound “" + upload->id + "”."); };
  if (taken()) return conflict();
  const auto media = take_in(visit, *upload);
  if (!media) return media.error();
  const std::lock_guard lock(visit.state.write);
  if (taken()) return conflict();
  auto response = save(visit, *media, 201);
  if (response.status == 201) {
    response.headers.emplace_back("Location", "/api/v1/accounts/" + visit.account() + "/media/" +
                                                  media->id);
  }
  return response;
}

Response replace_audio(Visit& visit) {
  auto upload = read_upload(visit);
  if (!upload) return upload.error();
  if (const auto there = seen_media(visit, false); !there) return there.error();
  auto media = take_in(visit, *upload);
  if (!media) return media.error();
  const std::lock_guard lock(visit.state.write);
  const auto there = seen_media(visit, false);
  if (!there) return there.error();
  media->id = there->id;
  media->name = there->name;
  auto response = save(visit, *media, 200);
  drop_unused(visit, there->content_hash);
  return response;
}

Response rename_media(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  const auto name = fields.text("name", name_bounds);
  if (!fields.good()) return fields.refusal();
  const std::lock_guard lock(visit.state.write);
  auto media = seen_media(visit, true);
  if (!media) return media.error();
  media->name = name;
  return save(visit, *media, 200);
}

Response delete_media(Visit& visit) {
  const auto instead = visit.asked("replace_with");
  const std::lock_guard lock(visit.state.write);
  const auto media = seen_media(visit, false);
  if (!media) return media.error();
  if (!instead.empty()) {
    if (instead == media->id) return refusal(409, "A sound can't replace itself.");
    const auto other = visit.store.media_file(visit.account(), instead);
    if (!other) return refusal(other.error());
    if (auto failed = repoint_media(visit, media->id, instead)) return std::move(*failed);
    visit.audit_note = "replaced with " + instead;
  }
  const auto uses = uses_of_media(visit, media->id);
  if (!uses) return refusal(uses.error());
  if (!uses->empty()) {
    json::array list;
    for (const auto& use : *uses) list.push_back(as_json(use));
    return refusal(409, "Callflows play this sound.", {{"used_by", std::move(list)}});
  }
  if (auto removed = visit.store.remove_media(visit.account(), media->id); !removed) {
    return refusal(removed.error());
  }
  visit.audit_target = "media/" + media->id;
  drop_unused(visit, media->content_hash);
  if (auto failed = make_live(visit, media_event(visit, "media.removed", media->id))) {
    return std::move(*failed);
  }
  return no_content();
}

}  // namespace strowger::api
