// Who is registered, for whoever wants to know outside of calls: keeps registrations over a restart
// in registrations.log, lists them for the API and the command line, tells events. Works in a
// thread of its own, so that no REGISTER waits for the disk.
//
// The file gets a line for each change, at once; it is written anew when most of its lines are old.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "host/registration_sink.hpp"
#include "sip/location_table.hpp"
#include "store/file.hpp"

#include <boost/json/object.hpp>

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace strowger::cli {

class Registrations final : public host::RegistrationSink {
 public:
  static constexpr std::size_t waiting_max = 200'000;    // changes not yet written; more are lost
  static constexpr std::size_t old_lines_max = 10'000;   // beside twice as many as are registered
  // In the thread of this.
  using Told = std::function<void(const sip::LocationChange& change)>;

  // Reads what an earlier run left. Fails when the file can't be read or written.
  static Result<std::unique_ptr<Registrations>, Complaint> open(const std::filesystem::path& data,
                                                                Now now);
  ~Registrations() override;
  Registrations(const Registrations&) = delete;
  Registrations& operator=(const Registrations&) = delete;

  // What was registered when it was opened, a binding each.
  std::vector<sip::LocationChange> restored() const;
  void changed(std::shared_ptr<const sip::LocationChange> change) override;

  // From any thread.
  void tell(Told told);
  std::vector<boost::json::object> list(std::string_view account) const;
  std::vector<sip::Binding> bindings(std::string_view account, std::string_view device) const;
  std::vector<sip::Binding> bindings_of_trunk(std::string_view account,
                                              std::string_view trunk) const;
  // Addresses-of-record that have bindings.
  std::vector<std::string> aors() const;

 private:
  explicit Registrations(std::filesystem::path file);
  void read(std::string_view text, Now now);
  Result<void, Complaint> write_anew();
  void run();
  void take(const std::vector<std::shared_ptr<const sip::LocationChange>>& changes);
  void keep(const std::string& lines, std::size_t count);

  const std::filesystem::path path_;
  store::File file_;
  std::size_t lines_ = 0;  // in the file
  mutable std::mutex table_mutex_;
  sip::LocationTable table_;
  Told told_;
  std::mutex queue_mutex_;  // guards what follows
  std::condition_variable news_;
  std::vector<std::shared_ptr<const sip::LocationChange>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace strowger::cli
