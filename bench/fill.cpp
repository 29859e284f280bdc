// Makes a data directory with many callflows and numbers, straight through the store: flow f is a
// Response 486 and answers its share of the numbers 70000000, 70000001, …; or devices that can
// register.
#include "registrar.hpp"

#include "model/account.hpp"
#include "model/callflow.hpp"
#include "store/digest_secret.hpp"
#include "store/sqlite_store.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

namespace strowger::bench {

namespace {

constexpr std::size_t first_number = 70'000'000;
constexpr std::uint32_t devices_per_change = 1'000;

std::string document(std::size_t flow, std::size_t first, std::size_t end) {
  std::string numbers;
  for (auto number = first; number < end; ++number) {
    numbers += (numbers.empty() ? "\"" : ",\"") + std::to_string(first_number + number) + '"';
  }
  return R"({"id":"bench-)" + std::to_string(flow) + R"(","name":"Bench","numbers":[)" + numbers +
         R"(],"flow":{"id":"refuse","module":"response","data":{"code":486},"children":{}}})";
}

int fail(const std::string& text) {
  std::cerr << text << '\n';
  return 2;
}

store::ObjectWrite device(std::uint32_t index) {
  const auto name = phone_name(index);
  const auto document = R"({"id":")" + name + R"(","name":"Bench","device_type":"softphone",)" +
                        R"("sip":{"username":")" + name + R"("}})";
  return {.kind = store::ObjectKind::device, .id = name, .document = document, .unique = name,
          .expected = 0,
          .secret = store::digest_secret(name, model::digest_realm({}), phone_password)};
}

int add_devices(store::Store& store, std::uint32_t count) {
  for (std::uint32_t next = 0; next < count;) {
    store::AccountChange change;
    for (const auto end = std::min(next + devices_per_change, count); next < end; ++next) {
      change.objects.push_back(device(next));
    }
    const auto done = store.change(model::default_account_id, change, {.who = "bench"});
    if (!done) return fail(done.error().text);
  }
  return 0;
}

int fill(const std::string& directory, std::size_t flows, std::size_t numbers,
         std::uint32_t devices) {
  auto store = store::open_sqlite(directory);
  if (!store) return fail(store.error().text);
  if (const int code = add_devices(**store, devices); code != 0) return code;
  for (std::size_t flow = 0; flow < flows; ++flow) {
    const auto text =
        document(flow, numbers * flow / flows, numbers * (flow + 1) / flows);
    const auto callflow = model::parse_callflow(text);
    if (!callflow) return fail("a callflow of ours can't be read");
    const auto saved =
        (*store)->save_and_publish(model::default_account_id, *callflow, {.who = "bench"}, 0);
    if (!saved) return fail(saved.error().text);
  }
  return 0;
}

}  // namespace
}  // namespace strowger::bench

int main(int argc, char** argv) {
  CLI::App app("Fills a fresh data directory for the bench");
  std::string directory;
  std::size_t flows = 1;
  std::size_t numbers = 1;
  std::uint32_t devices = 0;
  app.add_option("--data", directory)->required();
  app.add_option("--flows", flows);
  app.add_option("--numbers", numbers, "In all flows together");
  app.add_option("--devices", devices, "Phones that can register");
  CLI11_PARSE(app, argc, argv);
  return strowger::bench::fill(directory, flows, numbers, devices);
}
