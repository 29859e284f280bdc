#include "api/media_intake.hpp"

#include "api/gate.hpp"
#include "api/media_row.hpp"
#include "model/identifier.hpp"
#include "store/media_directory.hpp"

namespace strowger::api {

Answered<DecodedSound> decode(Visit& visit, const Upload& upload) {
  auto sound = visit.state.services.decode(std::string(upload.file));
  if (sound) return std::move(*sound);
  const auto& why = sound.error();
  if (why.too_large) return refused(refusal(413, why.what));
  return refused(refusal(model::Findings{
      {model::Severity::error, "not-playable", "", "", why.what, ""}}));
}

Answered<model::MediaFile> keep(Visit& visit, const Upload& upload, const DecodedSound& sound) {
  store::MediaDirectory directory(visit.state.services.data);
  const auto hash = directory.keep(
      upload.file, {sound.pcmu, sound.pcma, sound.g722, sound.opus});
  if (!hash) return refused(refusal(hash.error()));
  return model::MediaFile{.id = upload.id,
                          .name = upload.name,
                          .content_hash = *hash,
                          .duration_ms = sound.duration_ms,
                          .source = sound.source,
                          .original_bytes = static_cast<std::int64_t>(upload.file.size()),
                          .encoded_bytes = static_cast<std::int64_t>(sound.pcmu.size())};
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

Response add_media(Visit& visit, Upload upload) {
  if (upload.id.empty()) upload.id = random_identifier();
  if (upload.name.empty()) upload.name = upload.id;
  if (!model::is_identifier(upload.id)) {
    return refusal(400, "An id has 1 to 64 characters of A-Z a-z 0-9 _ -.");
  }
  const auto taken = [&] {
    return visit.store.media_file(visit.account(), upload.id).has_value();
  };
  const auto conflict = [&] { return refusal(409, "There is a sound “" + upload.id + "”."); };
  if (taken()) return conflict();
  const auto sound = decode(visit, upload);
  if (!sound) return sound.error();
  const std::lock_guard lock(visit.state.write);
  if (taken()) return conflict();
  const auto media = keep(visit, upload, *sound);
  if (!media) return media.error();
  auto response = save(visit, *media, 201);
  if (response.status == 201) {
    response.headers.emplace_back("Location", "/api/v1/accounts/" + visit.account() + "/media/" +
                                                  media->id);
  }
  return response;
}

}  // namespace strowger::api
