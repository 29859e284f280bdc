// Makes a data directory with many callflows and numbers, straight through the store: flow f is a
// Response 486 and answers its share of the numbers 70000000, 70000001, …
#include "model/account.hpp"
#include "model/callflow.hpp"
#include "store/sqlite_store.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace strowger::bench {

namespace {

constexpr std::size_t first_number = 70'000'000;

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

int fill(const std::string& directory, std::size_t flows, std::size_t numbers) {
  auto store = store::open_sqlite(directory);
  if (!store) return fail(store.error().text);
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
  app.add_option("--data", directory)->required();
  app.add_option("--flows", flows);
  app.add_option("--numbers", numbers, "In all flows together");
  CLI11_PARSE(app, argc, argv);
  return strowger::bench::fill(directory, flows, numbers);
}
