#include "cli/sound_completion.hpp"

#include "cli/child_process.hpp"
#include "host/beside_calls.hpp"
#include "host/log.hpp"
#include "media/g711.hpp"
#include "media/intake.hpp"
#include "store/media_directory.hpp"

#include <algorithm>
#include <span>

namespace strowger::cli {

namespace {

using store::MediaForm;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string_view chars(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<media::Encodings, Complaint> encode(std::span<const std::byte> file,
                                           const std::atomic<bool>* stop) {
  const auto printed = run_child({"/proc/self/exe", "decode-media"}, file, {.stop = stop});
  if (!printed) return unexpected(printed.error());
  auto outcome = media::parse_outcome(*printed, media::Limits{});
  if (!outcome) return complain(outcome.error().what);
  return std::move(outcome->sound);
}

// Frame n is the same moment in every codec: forms of another length are no use.
Result<media::Encodings, Complaint> encode_as_long(std::span<const std::byte> file,
                                                   std::string_view pcmu,
                                                   const std::atomic<bool>* stop) {
  auto encoded = encode(file, stop);
  if (encoded && (*encoded)[media::Codec::pcmu].size() != pcmu.size()) {
    return complain("it decodes to another length than it did");
  }
  return encoded;
}

Result<media::Encodings, Complaint> encode_again(const store::MediaDirectory& directory,
                                                 const std::string& content_hash,
                                                 const std::atomic<bool>* stop) {
  const auto pcmu = directory.read(content_hash, MediaForm::pcmu);
  if (!pcmu) return complain(pcmu.error().text);
  if (const auto original = directory.read(content_hash, MediaForm::original)) {
    auto encoded = encode_as_long(bytes_of(*original), *pcmu, stop);
    if (encoded || (stop && *stop)) return encoded;
  }
  const auto samples = media::decode(media::Codec::pcmu, bytes_of(*pcmu));
  return encode_as_long(media::write_wav({media::sample_rate, samples}), *pcmu, stop);
}

}  // namespace

Result<void, Complaint> complete_sound(const std::filesystem::path& data,
                                       const std::string& content_hash,
                                       const std::atomic<bool>* stop) {
  store::MediaDirectory directory(data);
  const auto encoded = encode_again(directory, content_hash, stop);
  if (!encoded) return unexpected(encoded.error());
  for (const auto& [form, codec] : {std::pair{MediaForm::g722, media::Codec::g722},
                                    std::pair{MediaForm::opus, media::Codec::opus}}) {
    const auto added = directory.add(content_hash, form, chars((*encoded)[codec]));
    if (!added) return complain(added.error().text);
  }
  return {};
}

SoundCompletion::SoundCompletion(Complete complete, std::function<void()> done)
    : complete_(std::move(complete)), done_(std::move(done)), thread_([this] { run(); }) {}

SoundCompletion::~SoundCompletion() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void SoundCompletion::want(const std::vector<std::string>& content_hashes) {
  const std::lock_guard lock(mutex_);
  for (const auto& hash : content_hashes) {
    if (tried_.contains(hash) || std::ranges::find(waiting_, hash) != waiting_.end()) continue;
    waiting_.push_back(hash);
  }
  wake_.notify_all();
}

bool SoundCompletion::tried(const std::string& content_hash) const {
  const std::lock_guard lock(mutex_);
  return tried_.contains(content_hash);
}

void SoundCompletion::run() {
  host::begin_beside_calls("sounds");
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      wake_.wait(lock);
      continue;
    }
    std::string hash = waiting_.front();
    lock.unlock();
    try_one(std::move(hash));
    lock.lock();
    const bool all = waiting_.empty() && !stopping_;
    lock.unlock();
    if (all) done_();
    lock.lock();
  }
}

void SoundCompletion::try_one(std::string content_hash) {
  const auto completed = complete_(content_hash, stopping_);
  if (!completed && !stopping_) {
    host::log_warning("sound " + content_hash + " can't be encoded for every codec: " +
                      completed.error().what + "; calls in those codecs skip it");
  }
  const std::lock_guard lock(mutex_);
  std::erase(waiting_, content_hash);
  tried_.insert(std::move(content_hash));
}

}  // namespace strowger::cli
