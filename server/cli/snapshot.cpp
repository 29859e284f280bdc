#include "cli/snapshot.hpp"

#include "cli/data_directory.hpp"
#include "host/file_descriptor.hpp"
#include "model/callflow.hpp"
#include "store/media_directory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <span>

namespace strowger::cli {

namespace {

// A file in memory, as long as somebody holds it. Deleting the file does no harm.
class Mapping {
 public:
  // Null when the file can't be read.
  static std::shared_ptr<const Mapping> of(const std::filesystem::path& file) {
    const host::FileDescriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts {};
    if (!fd || fstat(fd.get(), &facts) != 0 || facts.st_size == 0) return nullptr;
    const auto size = static_cast<std::size_t>(facts.st_size);
    // Read now: a call must not wait for the disk when it plays the first time.
    void* const bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd.get(), 0);
    if (bytes == MAP_FAILED) return nullptr;
    return std::make_shared<const Mapping>(static_cast<const std::byte*>(bytes), size);
  }

  Mapping(const std::byte* bytes, std::size_t size) : bytes_(bytes, size) {}
  ~Mapping() { munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size()); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace

SnapshotBuilder::SnapshotBuilder(std::filesystem::path data)
    : data_(std::move(data)), actions_(flow::action_table(actions::all())) {}

Result<BuiltSnapshot, Complaint> SnapshotBuilder::build(store::Store& store) {
  const auto generation = store.generation();
  if (!generation) return complain(generation.error().text);
  const auto accounts = store.accounts();
  if (!accounts) return complain(accounts.error().text);

  BuiltSnapshot built;
  auto snapshot = std::make_shared<flow::Snapshot>();
  snapshot->generation = static_cast<std::uint64_t>(*generation);
  for (const auto& account : *accounts) {
    auto made = build_account(store, account, built.warnings);
    if (!made) return unexpected(made.error());
    snapshot->accounts.push_back(std::move(*made));
  }
  std::erase_if(prompts_, [](const auto& entry) { return entry.second.expired(); });
  built.snapshot = std::move(snapshot);
  return built;
}

Result<std::shared_ptr<const flow::AccountSnapshot>, Complaint> SnapshotBuilder::build_account(
    store::Store& store, const model::Account& account, Warnings& warnings) {
  const auto callflows = store.published(account.id);
  if (!callflows) return complain(callflows.error().text);
  const auto files = store.media(account.id);
  if (!files) return complain(files.error().text);
  const auto settings = store.settings(account.id);
  if (!settings) return complain(settings.error().text);

  auto made = std::make_shared<flow::AccountSnapshot>();
  made->id = account.id;
  made->realm = account.realm;
  add_settings(*settings, *made, warnings);
  for (const auto& callflow : *callflows) add_callflow(callflow, *made, warnings);
  for (const auto& file : *files) add_media(file, *made, warnings);
  return made;
}

void SnapshotBuilder::add_settings(const std::string& stored, flow::AccountSnapshot& account,
                                   Warnings& warnings) {
  auto settings = model::read_account_settings(stored);
  if (settings) {
    account.settings = std::move(*settings);
    return;
  }
  warnings.push_back("the settings of account " + account.id + " don't count: " +
                     model::one_line(settings.error().front()));
}

void SnapshotBuilder::add_callflow(const store::CallflowRevision& stored,
                                   flow::AccountSnapshot& account, Warnings& warnings) {
  const auto callflow = model::parse_callflow(stored.document);
  if (!callflow) {
    warnings.push_back("callflow " + stored.id + " can't be read and is not live: " +
                       model::one_line(callflow.error().front()));
    return;
  }
  account.programs[stored.id] = flow::compile(*callflow, stored.revision, actions_);
  account.numbers.add(stored.id, callflow->numbers, callflow->patterns);
}

void SnapshotBuilder::add_media(const model::MediaFile& file, flow::AccountSnapshot& account,
                                Warnings& warnings) {
  auto sound = prompt(file.content_hash);
  if (!sound) {
    warnings.push_back("media " + file.id + " is gone from " + (data_ / "media").string() +
                       " and can't be played; add it again");
    return;
  }
  account.media[file.id] = {.id = file.id, .name = file.name, .prompt = std::move(sound)};
}

std::shared_ptr<const media::Prompt> SnapshotBuilder::prompt(const std::string& content_hash) {
  auto& known = prompts_[content_hash];
  if (auto sound = known.lock()) return sound;
  const store::MediaDirectory directory(data_);
  auto pcmu = Mapping::of(directory.path(content_hash, store::MediaForm::pcmu));
  auto pcma = Mapping::of(directory.path(content_hash, store::MediaForm::pcma));
  if (!pcmu || !pcma) return nullptr;
  const auto both = std::make_shared<std::pair<decltype(pcmu), decltype(pcma)>>(pcmu, pcma);
  auto sound = media::Prompt::mapped(pcmu->bytes(), pcma->bytes(), both);
  known = sound;
  return sound;
}

Result<BuiltSnapshot, Complaint> load_snapshot(const std::filesystem::path& data) {
  auto store = open_store(data, IfMissing::refuse);
  if (!store) return unexpected(store.error());
  return SnapshotBuilder(data).build(**store);
}

}  // namespace strowger::cli
