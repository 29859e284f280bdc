#include "cli/registrations.hpp"

#include "cli/registration_line.hpp"
#include "host/beside_calls.hpp"
#include "host/log.hpp"

#include <fcntl.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>
#include <utility>

namespace strowger::cli {

namespace {

constexpr std::string_view file_name = "registrations.log";
// Changes that come one behind the other share a wake-up of the thread and a write.
constexpr std::chrono::milliseconds gathering{10};

sip::LocationChange as_change(const std::string& aor, const sip::Binding& binding) {
  return {.aor = aor, .bound = {binding}, .removed = {}};
}

}  // namespace

Registrations::Registrations(std::filesystem::path file) : path_(std::move(file)) {}

Result<std::unique_ptr<Registrations>, Complaint> Registrations::open(
    const std::filesystem::path& data, Now now) {
  std::unique_ptr<Registrations> made(new Registrations(data / file_name));
  std::error_code absent;
  if (std::filesystem::exists(made->path_, absent)) {
    const auto text = store::read_file(made->path_);
    if (!text) return complain(text.error().text);
    made->read(*text, now);
  }
  if (auto written = made->write_anew(); !written) return unexpected(written.error());
  made->thread_ = std::thread([registrations = made.get()] { registrations->run(); });
  return made;
}

Registrations::~Registrations() {
  {
    const std::lock_guard lock(queue_mutex_);
    stopping_ = true;
  }
  news_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// A line that was cut off by a crash is left out.
void Registrations::read(std::string_view text, Now now) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) break;
    if (const auto change = read_line(text.substr(0, end), now)) table_.apply(*change, false);
    text.remove_prefix(end + 1);
  }
  table_.expire(now.instant);
}

std::vector<sip::LocationChange> Registrations::restored() const {
  const std::lock_guard lock(table_mutex_);
  std::vector<sip::LocationChange> all;
  all.reserve(table_.size());
  table_.each([&](const std::string& aor, const sip::Binding& binding) {
    all.push_back(as_change(aor, binding));
  });
  return all;
}

// Beside the old one, which is replaced when the new one is whole.
Result<void, Complaint> Registrations::write_anew() {
  std::string text;
  for (const auto& change : restored()) append_lines(text, change);
  const auto beside = path_.string() + ".new";
  auto file = store::File::open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
  if (!file) return complain(file.error().text);
  if (auto written = file->write_all(text); !written) return complain(written.error().text);
  if (auto synced = file->sync(); !synced) return complain(synced.error().text);
  std::error_code error;
  std::filesystem::rename(beside, path_, error);
  if (error) return complain("can't replace " + path_.string() + ": " + error.message());
  file_ = std::move(*file);
  lines_ = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return {};
}

void Registrations::changed(std::shared_ptr<const sip::LocationChange> change) {
  bool lost = false;
  {
    const std::lock_guard lock(queue_mutex_);
    lost = waiting_.size() >= waiting_max;
    if (!lost) waiting_.push_back(std::move(change));
  }
  if (!lost) news_.notify_one();
}

void Registrations::run() {
  host::begin_beside_calls("registrations");
  std::unique_lock lock(queue_mutex_);
  for (;;) {
    news_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    if (!stopping_) {
      lock.unlock();
      std::this_thread::sleep_for(gathering);
      lock.lock();
    }
    const auto changes = std::exchange(waiting_, {});
    lock.unlock();
    if (changes.size() >= waiting_max) {
      host::log_error("registrations come faster than they can be written: some will be missing "
                      "after a restart, until phones register again");
    }
    take(changes);
    lock.lock();
  }
}

void Registrations::take(const std::vector<std::shared_ptr<const sip::LocationChange>>& changes) {
  std::string lines;
  Told told;
  {
    const std::lock_guard lock(table_mutex_);
    for (const auto& change : changes) {
      // Whether it answers is asked anew after a restart.
      if (change->why != sip::LocationChange::Why::probed) append_lines(lines, *change);
      table_.apply(*change, false);
    }
    told = told_;
  }
  keep(lines, static_cast<std::size_t>(std::ranges::count(lines, '\n')));
  if (!told) return;
  for (const auto& change : changes) told(*change);
}

void Registrations::keep(const std::string& lines, std::size_t count) {
  if (const auto written = file_.write_all(lines); !written) {
    return host::log_error("registrations are not kept over a restart: " + written.error().text);
  }
  lines_ += count;
  std::size_t registered = 0;
  {
    const std::lock_guard lock(table_mutex_);
    registered = table_.size();
  }
  if (lines_ <= 2 * registered + old_lines_max) return;
  if (const auto written = write_anew(); !written) host::log_error(written.error().what);
}

void Registrations::tell(Told told) {
  const std::lock_guard lock(table_mutex_);
  told_ = std::move(told);
}

std::vector<boost::json::object> Registrations::list(std::string_view account) const {
  const auto prefix = sip::address_of_record(account, "");
  std::multimap<std::string, boost::json::object> sorted;
  {
    const std::lock_guard lock(table_mutex_);
    table_.each([&](const std::string& aor, const sip::Binding& binding) {
      if (!aor.starts_with(prefix)) return;
      const auto device = aor.substr(prefix.size());
      sorted.emplace(device, registration_json(device, binding));
    });
  }
  std::vector<boost::json::object> all;
  for (auto& [device, row] : sorted) all.push_back(std::move(row));
  return all;
}

std::vector<sip::Binding> Registrations::bindings(std::string_view account,
                                                  std::string_view device) const {
  const std::lock_guard lock(table_mutex_);
  const auto bound = table_.bindings(sip::address_of_record(account, device));
  return {bound.begin(), bound.end()};
}

std::vector<sip::Binding> Registrations::bindings_of_trunk(std::string_view account,
                                                           std::string_view trunk) const {
  const std::lock_guard lock(table_mutex_);
  const auto bound = table_.bindings(sip::address_of_trunk(account, trunk));
  return {bound.begin(), bound.end()};
}

std::vector<std::string> Registrations::aors() const {
  const std::lock_guard lock(table_mutex_);
  std::vector<std::string> all;
  table_.each([&](const std::string& aor, const sip::Binding&) {
    if (all.empty() || all.back() != aor) all.push_back(aor);
  });
  return all;
}

}  // namespace strowger::cli
