#include "cli/snapshot.hpp"

#include "call/keypress.hpp"
#include "cli/data_directory.hpp"
#include "host/file_descriptor.hpp"
#include "model/callflow.hpp"
#include "store/media_directory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
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

bool is_g711(media::Codec codec) {
  return std::ranges::count(media::g711_codecs, codec) > 0;
}

store::MediaForm form_of(media::Codec codec) {
  switch (codec) {
    case media::Codec::pcmu: return store::MediaForm::pcmu;
    case media::Codec::pcma: return store::MediaForm::pcma;
    case media::Codec::g722: return store::MediaForm::g722;
    case media::Codec::opus: return store::MediaForm::opus;
  }
  return store::MediaForm::original;
}

}  // namespace

SnapshotBuilder::SnapshotBuilder(std::filesystem::path data, Codecs codecs)
    : data_(std::move(data)),
      wanted_(std::move(codecs)),
      actions_(flow::action_table(actions::all())) {}

Result<BuiltSnapshot, Complaint> SnapshotBuilder::build(store::Store& store) {
  const auto generation = store.generation();
  if (!generation) return complain(generation.error().text);
  const auto accounts = store.accounts();
  if (!accounts) return complain(accounts.error().text);

  BuiltSnapshot built;
  auto snapshot = std::make_shared<flow::Snapshot>();
  snapshot->generation = static_cast<std::uint64_t>(*generation);
  for (const auto& account : *accounts) {
    auto made = build_account(store, account, built);
    if (!made) return unexpected(made.error());
    snapshot->accounts.push_back(std::move(*made));
  }
  std::erase_if(prompts_, [](const auto& entry) { return entry.second.expired(); });
  snapshot->index_entrances();
  built.snapshot = std::move(snapshot);
  return built;
}

Result<std::shared_ptr<const flow::AccountSnapshot>, Complaint> SnapshotBuilder::build_account(
    store::Store& store, const model::Account& account, BuiltSnapshot& built) {
  const auto callflows = store.published(account.id);
  if (!callflows) return complain(callflows.error().text);
  const auto files = store.media(account.id);
  if (!files) return complain(files.error().text);
  const auto settings = store.settings(account.id);
  if (!settings) return complain(settings.error().text);

  auto made = std::make_shared<flow::AccountSnapshot>();
  made->id = account.id;
  made->realm = account.realm;
  add_settings(*settings, *made, built.warnings);
  for (const auto& callflow : *callflows) add_callflow(callflow, *made, built.warnings);
  for (const auto& file : *files) add_media(file, *made, built);
  if (auto added = add_seats(store, *made, built.warnings); !added) {
    return unexpected(added.error());
  }
  if (auto added = add_schedule(store, *made, built.warnings); !added) {
    return unexpected(added.error());
  }
  if (auto added = add_carriers(store, *made, built.warnings); !added) {
    return unexpected(added.error());
  }
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

namespace {

// The documents of one kind, read; one that can't be is left out with a warning.
template <class Thing>
Result<std::vector<Thing>, Complaint> read_all(
    store::Store& store, const std::string& account, store::ObjectKind kind,
    Result<Thing, model::Findings> (*parse)(std::string_view),
    std::vector<std::string>& warnings) {
  const auto stored = store.objects(account, kind);
  if (!stored) return complain(stored.error().text);
  std::vector<Thing> all;
  for (const auto& one : *stored) {
    auto thing = parse(one.document);
    if (thing) {
      all.push_back(std::move(*thing));
    } else {
      warnings.push_back(std::string(store::kind_noun(kind)) + " " + one.id +
                         " can't be read and does not count: " +
                         model::one_line(thing.error().front()));
    }
  }
  return all;
}

}  // namespace

Result<void, Complaint> SnapshotBuilder::add_seats(store::Store& store,
                                                   flow::AccountSnapshot& account,
                                                   Warnings& warnings) {
  using store::ObjectKind;
  auto seats = read_all(store, account.id, ObjectKind::seat, model::parse_seat, warnings);
  if (!seats) return unexpected(seats.error());
  auto devices = read_all(store, account.id, ObjectKind::device, model::parse_device, warnings);
  if (!devices) return unexpected(devices.error());
  auto groups = read_all(store, account.id, ObjectKind::ring_group, model::parse_ring_group,
                         warnings);
  if (!groups) return unexpected(groups.error());
  const auto secrets = store.device_secrets(account.id);
  if (!secrets) return complain(secrets.error().text);
  for (auto& device : *devices) {
    const auto secret = secrets->find(device.id);
    if (secret != secrets->end()) device.secret = secret->second;
  }
  const auto asks = [](const auto& one) {
    return one.calls.call_forward.enabled && one.calls.call_forward.require_keypress;
  };
  // Made here, where no call waits for it.
  if (std::ranges::any_of(*seats, asks) || std::ranges::any_of(*devices, asks)) call::press_one();
  account.seats = std::make_shared<const model::SeatDirectory>(
      std::move(*seats), std::move(*devices), std::move(*groups));
  return {};
}

Result<void, Complaint> SnapshotBuilder::add_schedule(store::Store& store,
                                                      flow::AccountSnapshot& account,
                                                      Warnings& warnings) {
  using store::ObjectKind;
  auto rules = read_all(store, account.id, ObjectKind::temporal_rule, model::parse_temporal_rule,
                        warnings);
  if (!rules) return unexpected(rules.error());
  auto sets = read_all(store, account.id, ObjectKind::temporal_rule_set,
                       model::parse_temporal_rule_set, warnings);
  if (!sets) return unexpected(sets.error());
  account.schedule = std::make_shared<const model::Schedule>(std::move(*rules), std::move(*sets));
  return {};
}

Result<void, Complaint> SnapshotBuilder::add_carriers(store::Store& store,
                                                      flow::AccountSnapshot& account,
                                                      Warnings& warnings) {
  auto trunks = read_all(store, account.id, store::ObjectKind::trunk, model::parse_trunk,
                         warnings);
  if (!trunks) return unexpected(trunks.error());
  const auto passwords = store.trunk_passwords(account.id);
  if (!passwords) return complain(passwords.error().text);
  const auto secrets = store.trunk_secrets(account.id);
  if (!secrets) return complain(secrets.error().text);
  for (auto& trunk : *trunks) {
    const auto secret = secrets->find(trunk.id);
    if (secret != secrets->end()) trunk.secret = secret->second;
  }
  account.logins = std::make_shared<const model::TrunkLogins>(*trunks);
  std::vector<flow::Carrier> carriers;
  for (auto& trunk : *trunks) {
    flow::Carrier carrier{.trunk = std::move(trunk), .password = "", .state = nullptr};
    carrier.state = carriers_->state(account.id, carrier.trunk.id);
    if (const auto known = passwords->find(carrier.trunk.id); known != passwords->end()) {
      carrier.password = known->second.text;
      if (!known->second.why_not.empty()) {
        warnings.push_back("the password of trunk " + carrier.trunk.id + " can't be read: " +
                           known->second.why_not + "; set it again");
      }
    }
    carriers.push_back(std::move(carrier));
  }
  account.carriers = std::make_shared<const flow::Carriers>(
      std::move(carriers), account.settings,
      [registry = carriers_, id = account.id](std::string_view seat) {
        return registry->budget(id, seat);
      },
      carriers_->counts(account.id));
  return {};
}

void SnapshotBuilder::add_media(const model::MediaFile& file, flow::AccountSnapshot& account,
                                BuiltSnapshot& built) {
  auto sound = prompt(file.content_hash);
  if (!sound) {
    built.warnings.push_back("media " + file.id + " is gone from " + (data_ / "media").string() +
                       " and can't be played; add it again");
    return;
  }
  if (!complete(*sound)) built.incomplete.push_back(file.content_hash);
  account.media[file.id] = {.id = file.id, .name = file.name, .prompt = std::move(sound)};
}

std::shared_ptr<const media::Prompt> SnapshotBuilder::prompt(const std::string& content_hash) {
  auto& known = prompts_[content_hash];
  auto sound = known.lock();
  if (sound && complete(*sound)) return sound;
  // What was missing may have come by now. Calls in progress keep what they have.
  if (auto mapped = map(content_hash)) sound = std::move(mapped);
  known = sound;
  return sound;
}

std::shared_ptr<const media::Prompt> SnapshotBuilder::map(const std::string& content_hash) const {
  const store::MediaDirectory directory(data_);
  const auto files = std::make_shared<media::PerCodec<std::shared_ptr<const Mapping>>>();
  media::PerCodec<std::span<const std::byte>> bytes;
  std::optional<std::size_t> frames;  // those of PCMU; who has others is left out
  for (const media::Codec codec : media::every_codec) {
    if (!is_g711(codec) && std::ranges::count(wanted_, codec) == 0) continue;
    auto file = Mapping::of(directory.path(content_hash, form_of(codec)));
    if (!file && is_g711(codec)) return nullptr;
    if (!file) continue;
    const auto count = media::frames_in(codec, file->bytes());
    if (!frames) frames = count;
    if (count != frames && !is_g711(codec)) continue;
    bytes[codec] = file->bytes();
    (*files)[codec] = std::move(file);
  }
  return media::Prompt::mapped(bytes, files);
}

bool SnapshotBuilder::complete(const media::Prompt& prompt) const {
  return std::ranges::all_of(wanted_, [&](media::Codec codec) { return prompt.has(codec); });
}

Result<BuiltSnapshot, Complaint> load_snapshot(const std::filesystem::path& data) {
  auto store = open_store(data, IfMissing::refuse);
  if (!store) return unexpected(store.error());
  return SnapshotBuilder(data).build(**store);
}

}  // namespace strowger::cli
