// Encodes sounds for the codecs that they lack: those of data directories that an earlier version
// filled. In a thread of its own and by a child process for each, so that neither the start nor a
// call waits for it.
#pragma once

#include "base/result.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace strowger::cli {

// From what was uploaded, or, when that is gone or can't be read any more, from the G.711 form. The
// forms that are there stay as they are. `stop` ends the work at once.
Result<void, Complaint> complete_sound(const std::filesystem::path& data,
                                       const std::string& content_hash,
                                       const std::atomic<bool>* stop = nullptr);

class SoundCompletion {
 public:
  using Complete = std::function<Result<void, Complaint>(const std::string& content_hash,
                                                         const std::atomic<bool>& stop)>;

  // `done` is called, in the thread, whenever nothing is left to do.
  SoundCompletion(Complete complete, std::function<void()> done);
  ~SoundCompletion();
  SoundCompletion(const SoundCompletion&) = delete;
  SoundCompletion& operator=(const SoundCompletion&) = delete;

  // From any thread. Sounds that were tried before are left alone.
  void want(const std::vector<std::string>& content_hashes);
  bool tried(const std::string& content_hash) const;

 private:
  void run();
  void try_one(std::string content_hash);

  Complete complete_;
  std::function<void()> done_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::string> waiting_;
  std::set<std::string> tried_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace strowger::cli
