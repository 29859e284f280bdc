// From what is stored to what calls run on: every published callflow compiled, its media mapped,
// its numbers in one plan. Used by the server at start and at each reload, and by `callflow
// simulate --data`.
#pragma once

#include "base/result.hpp"
#include "cli/carrier_registry.hpp"
#include "flow/snapshot.hpp"
#include "model/media_file.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace strowger::cli {

struct BuiltSnapshot {
  flow::SnapshotPtr snapshot;
  // What could not be used (a media file gone from disk, …) and is left out; calls say so in
  // their records.
  std::vector<std::string> warnings;
  // Sounds, by content, that are not encoded for every codec that is wanted.
  std::vector<std::string> incomplete;
};

// Keeps an eye on the sounds of the snapshots it built, so that a reload maps only new ones.
class SnapshotBuilder {
 public:
  using Codecs = std::vector<media::Codec>;
  // `codecs`: that calls may use. G.711 is always there.
  explicit SnapshotBuilder(std::filesystem::path data, Codecs codecs = {});
  // What is shared about the carriers of the snapshots; lives as long as these use it.
  const std::shared_ptr<CarrierRegistry>& carriers() const { return carriers_; }

  // Fails when the store can't be read; not because of a single bad document.
  Result<BuiltSnapshot, Complaint> build(store::Store& store);

 private:
  using Warnings = std::vector<std::string>;

  Result<std::shared_ptr<const flow::AccountSnapshot>, Complaint> build_account(
      store::Store& store, const model::Account& account, BuiltSnapshot& built);
  void add_settings(const std::string& stored, flow::AccountSnapshot& account,
                    Warnings& warnings);
  void add_callflow(const store::CallflowRevision& stored, flow::AccountSnapshot& account,
                    Warnings& warnings);
  Result<void, Complaint> add_seats(store::Store& store, flow::AccountSnapshot& account,
                                    Warnings& warnings);
  static Result<void, Complaint> add_schedule(store::Store& store, flow::AccountSnapshot& account,
                                              Warnings& warnings);
  Result<void, Complaint> add_carriers(store::Store& store, flow::AccountSnapshot& account,
                                       Warnings& warnings);
  void add_media(const model::MediaFile& file, flow::AccountSnapshot& account,
                 BuiltSnapshot& built);
  std::shared_ptr<const media::Prompt> prompt(const std::string& content_hash);
  std::shared_ptr<const media::Prompt> map(const std::string& content_hash) const;
  bool complete(const media::Prompt& prompt) const;

  std::filesystem::path data_;
  Codecs wanted_;
  flow::ActionTable actions_;
  std::shared_ptr<CarrierRegistry> carriers_ = std::make_shared<CarrierRegistry>();
  std::unordered_map<std::string, std::weak_ptr<const media::Prompt>> prompts_;  // by content
};

// Opens the store below `data`, reads it whole, closes it. Fails when there is none.
Result<BuiltSnapshot, Complaint> load_snapshot(const std::filesystem::path& data);

}  // namespace strowger::cli
