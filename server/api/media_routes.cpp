// Reading media: the list, where they are used, the sound and its shape.
#include "api/media_row.hpp"
#include "api/page.hpp"
#include "api/routes.hpp"

#include "store/media_directory.hpp"

#include <boost/json/array.hpp>

#include <charconv>
#include <cstdlib>
#include <map>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t wav_head_bytes = 44;
constexpr std::uint32_t samples_per_second = 8'000;

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::string wav(const std::vector<std::int16_t>& samples) {
  const auto bytes = static_cast<std::uint32_t>(samples.size() * 2);
  std::string out = "RIFF";
  out.reserve(wav_head_bytes + bytes);
  put(out, 36 + bytes, 4);
  out += "WAVEfmt ";
  put(out, 16, 4);
  put(out, 1, 2);  // PCM
  put(out, 1, 2);  // mono
  put(out, samples_per_second, 4);
  put(out, samples_per_second * 2, 4);
  put(out, 2, 2);
  put(out, 16, 2);
  out += "data";
  put(out, bytes, 4);
  for (const auto sample : samples) put(out, static_cast<std::uint16_t>(sample), 2);
  return out;
}

Answered<std::vector<std::int16_t>> samples_of(Visit& visit) {
  const auto media = visit.store.media_file(visit.account(), visit.param("media"));
  if (!media) return refused(refusal(media.error()));
  const store::MediaDirectory directory(visit.state.services.data);
  const auto pcmu = directory.read(media->content_hash, store::MediaForm::pcmu);
  if (!pcmu) return refused(refusal(503, "The sound is gone from the disk: " + pcmu.error().text));
  return visit.state.services.linear(*pcmu);
}

struct Range {
  std::size_t first = 0;
  std::size_t last = 0;
};

// One range of bytes (RFC 9110 §14.1.2); nothing when it is no such, which means the whole.
std::optional<Range> parse_range(std::string_view text, std::size_t size) {
  if (!text.starts_with("bytes=") || size == 0) return std::nullopt;
  text.remove_prefix(6);
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto number = [](std::string_view digits, std::size_t fallback) {
    std::size_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
    return whole ? std::optional(value) : digits.empty() ? std::optional(fallback) : std::nullopt;
  };
  const auto before = text.substr(0, dash);
  const auto after = text.substr(dash + 1);
  if (before.empty()) {
    const auto count = number(after, 0);
    if (!count || *count == 0) return std::nullopt;
    return Range{size - std::min(*count, size), size - 1};
  }
  const auto first = number(before, 0);
  const auto last = number(after, size - 1);
  if (!first || !last) return std::nullopt;
  if (*first >= size) return Range{*first, *first};  // beyond the end: 416
  if (*first > *last) return std::nullopt;
  return Range{*first, std::min(*last, size - 1)};
}

}  // namespace

json::object as_json(const model::MediaFile& media, std::size_t used_by) {
  return {{"id", media.id},
          {"name", media.name},
          {"duration_ms", media.duration_ms},
          {"source", media.source},
          {"original_bytes", media.original_bytes},
          {"encoded_bytes", media.encoded_bytes},
          {"content_hash", media.content_hash},
          {"used_by", used_by}};
}

std::string etag(const model::MediaFile& media) {
  return etag_of(media.id + '\n' + media.name + '\n' + media.content_hash);
}

store::Outcome<std::vector<Use>> uses_of_media(Visit& visit, const std::string& id) {
  return visit.state.uses.of(visit.store, visit.account(), visit.state.catalog,
                             model::RefTarget::media, id);
}

Response answer_media(Visit& visit, const model::MediaFile& media, int status) {
  const auto uses = uses_of_media(visit, media.id);
  auto response = json_response(status, as_json(media, uses ? uses->size() : 0));
  return with_etag(std::move(response), etag(media));
}

Response list_media(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto media = visit.store.media(visit.account());
  if (!media) return refusal(media.error());
  std::map<std::string, std::size_t, std::less<>> used;
  if (const auto uses = visit.state.uses.all(visit.store, visit.account(), visit.state.catalog)) {
    for (const auto& use : *uses) {
      if (use.what.target == model::RefTarget::media) ++used[use.what.id];
    }
  }
  std::vector<Item> items;
  for (const auto& file : *media) {
    if (lower_case(file.name + '\n' + file.id).find(page->search) == std::string::npos) continue;
    items.push_back({name_key(file.name, file.id), as_json(file, used[file.id])});
  }
  return page_of(std::move(items), *page);
}

Response get_media(Visit& visit) {
  const auto media = visit.store.media_file(visit.account(), visit.param("media"));
  return media ? answer_media(visit, *media) : refusal(media.error());
}

Response media_used_by(Visit& visit) {
  const auto& id = visit.param("media");
  if (const auto there = visit.store.media_file(visit.account(), id); !there) {
    return refusal(there.error());
  }
  const auto uses = uses_of_media(visit, id);
  if (!uses) return refusal(uses.error());
  json::array list;
  for (const auto& use : *uses) list.push_back(as_json(use));
  return json_response(200, json::object{{"items", std::move(list)}});
}

Response get_audio(Visit& visit) {
  const auto samples = samples_of(visit);
  if (!samples) return samples.error();
  Response response{.type = "audio/wav", .body = wav(*samples)};
  response.headers.emplace_back("Accept-Ranges", "bytes");
  const auto size = response.body.size();
  const auto range = parse_range(visit.request.header("range"), size);
  if (!range) return response;
  if (range->first >= size) {
    auto refused = refusal(416, "The sound has " + std::to_string(size) + " bytes.");
    refused.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
    return refused;
  }
  response.status = 206;
  response.body = response.body.substr(range->first, range->last - range->first + 1);
  response.headers.emplace_back("Content-Range", "bytes " + std::to_string(range->first) + "-" +
                                                     std::to_string(range->last) + "/" +
                                                     std::to_string(size));
  return response;
}

Response get_peaks(Visit& visit) {
  std::size_t count = 200;
  if (const auto asked = visit.asked("count"); !asked.empty()) {
    const auto read = std::from_chars(asked.data(), asked.data() + asked.size(), count);
    if (read.ec != std::errc{} || read.ptr != asked.data() + asked.size() || count < 1 ||
        count > 2'000) {
      return refusal(400, "count is a whole number from 1 to 2000.");
    }
  }
  const auto samples = samples_of(visit);
  if (!samples) return samples.error();
  json::array peaks;
  for (std::size_t i = 0; i < count; ++i) {
    int loudest = 0;
    const auto end = samples->size() * (i + 1) / count;
    for (auto at = samples->size() * i / count; at < end; ++at) {
      loudest = std::max(loudest, std::abs(int{(*samples)[at]}));
    }
    peaks.push_back(loudest * 100 / 32'768);
  }
  const auto media = visit.store.media_file(visit.account(), visit.param("media"));
  return json_response(200, json::object{{"peaks", std::move(peaks)},
                                         {"duration_ms", media ? media->duration_ms : 0}});
}

}  // namespace strowger::api
