#include "store/journal.hpp"

#include "store/file.hpp"
#include "store/crc32.hpp"
#include "store/journal_format.hpp"
#include "store/sqlite_store.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

model::CallRecord call(const std::string& id) {
  model::CallRecord record;
  record.id = id;
  record.account = "default";
  record.phrase = "Büro\n“zu”";
  record.complete = true;
  return record;
}

std::vector<model::CallRecord> calls(int from, int to) {
  std::vector<model::CallRecord> records;
  for (int i = from; i < to; ++i) records.push_back(call("c" + std::to_string(i)));
  return records;
}

struct Place {
  TemporaryDirectory directory;
  std::unique_ptr<Store> store = std::move(*open_sqlite(directory.path()));

  std::unique_ptr<Journal> open(JournalOptions options = {}) {
    auto journal = Journal::open(directory.path(), options);
    if (journal) return std::move(*journal);
    ADD_FAILURE() << journal.error().text;
    return nullptr;
  }
  std::size_t stored() { return store->calls("default", "", 1'000)->calls.size(); }
  std::vector<fs::path> segments() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(directory.path() / "journal")) {
      if (entry.path().extension() == ".log") found.push_back(entry.path());
    }
    return found;
  }
};

TEST(JournalFormat, Crc32IsTheUsualOne) {
  EXPECT_EQ(crc32("123456789"), 0xCBF43926U);
  EXPECT_EQ(crc32(""), 0U);
  // Every length of the last block, against the definition.
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += static_cast<char>(i * 37 + 11);
    std::uint32_t sum = ~0U;
    for (const char c : text) {
      sum ^= static_cast<std::uint8_t>(c);
      for (int bit = 0; bit < 8; ++bit) sum = (sum & 1U) != 0 ? 0xEDB88320U ^ (sum >> 1) : sum >> 1;
    }
    EXPECT_EQ(crc32(text), ~sum) << i;
  }
  EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog"), 0x414FA339U);
}

TEST(JournalFormat, AnyCutAndAnyFlippedByteIsNoticed) {
  std::string file;
  for (const char* json : {"{\"a\":1}", "", "{\"b\":\"x\"}"}) append_line(file, json);
  const std::size_t first_line = 18 + 7 + 1;
  for (std::size_t cut = 0; cut <= file.size(); ++cut) {
    std::size_t lines = 0;
    std::size_t bytes = 0;
    const std::size_t damaged = scan_lines(std::string_view(file).substr(0, cut), [&](auto json) {
      ++lines;
      bytes += 18 + json.size() + 1;
    });
    EXPECT_EQ(bytes + damaged, cut);
    EXPECT_EQ(lines, (cut >= first_line) + (cut >= first_line + 19) + (cut == file.size()));
  }
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string flipped = file;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x01);
    std::size_t lines = 0;
    EXPECT_GT(scan_lines(flipped, [&](auto) { ++lines; }), 0U) << i;
    EXPECT_GE(lines, 1U) << i;  // a line break that is gone spoils two lines, never three
  }
}

TEST(Journal, AppendedRecordsReachTheStore) {
  Place place;
  const auto journal = place.open();
  ASSERT_TRUE(journal->append(calls(0, 3)));
  std::string json = model::to_json(call("c3"));
  ASSERT_TRUE(journal->append_json(std::span(&json, 1)));
  EXPECT_EQ(place.stored(), 0U);
  auto report = journal->replay_into(*place.store);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->records, 4U);
  EXPECT_EQ(report->damaged_bytes, 0U);
  EXPECT_EQ(place.stored(), 4U);
  EXPECT_EQ(place.store->call("default", "c3")->phrase, "Büro\n“zu”");
  EXPECT_EQ(place.segments().size(), 1U);  // the empty one that is open
  // Nothing new: nothing to do.
  report = journal->replay_into(*place.store);
  EXPECT_EQ(report->records, 0U);
  ASSERT_TRUE(journal->append(calls(4, 5)));
  EXPECT_EQ(journal->replay_into(*place.store)->records, 1U);
  EXPECT_TRUE(journal->append({}).has_value());
}

TEST(Journal, AnEmptyFileIsNotLeftBehind) {
  Place place;
  place.open();
  EXPECT_TRUE(place.segments().empty());
}

TEST(Journal, WhatIsNoLineIsRefused) {
  Place place;
  const auto journal = place.open();
  for (const std::string& bad : {std::string("a\nb"),
                                 std::string(journal_record_bytes_max + 1, 'x')}) {
    const auto appended = journal->append_json(std::span(&bad, 1));
    ASSERT_FALSE(appended.has_value());
    EXPECT_EQ(appended.error().kind, ErrorKind::invalid);
  }
  EXPECT_EQ(journal->appended_bytes(), 0U);
}

TEST(Journal, OnlyOneProcessHoldsIt) {
  Place place;
  auto journal = place.open();
  const auto second = Journal::open(place.directory.path());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, ErrorKind::conflict);
  journal.reset();
  EXPECT_NE(place.open(), nullptr);
}

TEST(Journal, FilesAreRotated) {
  Place place;
  const auto journal = place.open({.segment_bytes_max = 1'000});
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(journal->append(calls(i, i + 1)));
  EXPECT_GT(place.segments().size(), 3U);
  const auto report = journal->replay_into(*place.store);
  EXPECT_EQ(report->records, 20U);
  EXPECT_GT(report->segments, 3U);
  EXPECT_EQ(place.stored(), 20U);
}

TEST(Journal, SyncedAppendsWorkToo) {
  Place place;
  const auto journal = place.open({.sync = true});
  ASSERT_TRUE(journal->append(calls(0, 2)));
  EXPECT_EQ(journal->replay_into(*place.store)->records, 2U);
}

// Cut at every byte, as a crash or a full disk may leave it: every whole record survives.
TEST(Journal, TornAtEveryOffset) {
  std::string whole;
  std::vector<std::size_t> ends;
  for (int i = 0; i < 4; ++i) {  // short ones: every offset costs a transaction
    append_line(whole, R"({"account":"default","id":"c)" + std::to_string(i) + "\"}");
    ends.push_back(whole.size());
  }
  Place place;
  const fs::path folder = place.directory.path() / "journal";
  fs::create_directories(folder);
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    std::ofstream(folder / "calls-00000007.log", std::ios::binary) << whole.substr(0, cut);
    const auto journal = place.open();
    const auto report = journal->replay_into(*place.store);
    ASSERT_TRUE(report.has_value()) << cut;
    const auto survived = std::count_if(ends.begin(), ends.end(),
                                        [cut](std::size_t end) { return end <= cut; });
    EXPECT_EQ(report->records, static_cast<std::size_t>(survived)) << cut;
    const std::size_t kept = survived == 0 ? 0 : ends[survived - 1];
    EXPECT_EQ(report->damaged_bytes, cut - kept) << cut;
    // New records go to a new file, never behind the torn tail.
    ASSERT_TRUE(journal->append(calls(100, 101)));
    EXPECT_EQ(journal->replay_into(*place.store)->damaged_bytes, 0U);
  }
  EXPECT_EQ(place.stored(), 5U);
}

TEST(Journal, DamageInTheMiddleCostsOneRecordAndIsKept) {
  Place place;
  std::string file;
  for (int i = 0; i < 3; ++i) append_line(file, model::to_json(call("c" + std::to_string(i))));
  file[file.find("c1")] = 'X';
  const std::string no_record = "{}";
  append_line(file, no_record);
  const fs::path folder = place.directory.path() / "journal";
  fs::create_directories(folder);
  std::ofstream(folder / "calls-00000001.log", std::ios::binary) << file;
  const auto report = place.open()->replay_into(*place.store);
  EXPECT_EQ(report->records, 2U);
  EXPECT_GT(report->damaged_bytes, no_record.size());
  EXPECT_TRUE(fs::exists(folder / "damaged-calls-00000001.log"));
}

TEST(Journal, ReplayIsIdempotent) {
  Place place;
  auto journal = place.open();
  ASSERT_TRUE(journal->append(calls(0, 3)));
  const fs::path folder = place.directory.path() / "journal";
  fs::copy(folder / "calls-00000001.log", place.directory.path() / "copy");
  ASSERT_TRUE(journal->replay_into(*place.store));
  // As if the process had died before the file was deleted.
  journal.reset();
  fs::copy(place.directory.path() / "copy", folder / "calls-00000001.log");
  EXPECT_EQ(place.open()->replay_into(*place.store)->records, 3U);
  EXPECT_EQ(place.stored(), 3U);
}

TEST(Journal, TheLastRecordOfACallCounts) {
  Place place;
  const auto journal = place.open();
  auto records = calls(0, 2);
  records[0].complete = false;
  records.push_back(call("c0"));
  records[2].phrase = "over";
  ASSERT_TRUE(journal->append(records));
  EXPECT_EQ(journal->replay_into(*place.store)->records, 3U);
  EXPECT_EQ(place.stored(), 2U);
  EXPECT_EQ(place.store->call("default", "c0")->phrase, "over");
}

TEST(Journal, PiecesOfAFileAreAsGoodAsTheWhole) {
  std::string file;
  for (int i = 0; i < 5; ++i) {
    append_line(file, model::to_json(call("c" + std::to_string(i))));
    if (i == 2) file += "torn";
  }
  const auto longest = file.find("\ntorn") - file.find('\n');
  for (auto piece = longest; piece < file.size() + 100; piece += 97) {
    Place place;
    const fs::path folder = place.directory.path() / "journal";
    fs::create_directories(folder);
    std::ofstream(folder / "calls-00000001.log", std::ios::binary) << file;
    const auto report = place.open({.piece_bytes = piece})->replay_into(*place.store);
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->records, 4U) << piece;  // the one behind the torn bytes is lost with them
    EXPECT_EQ(place.stored(), 4U) << piece;
  }
}

TEST(Journal, APieceWithoutALineBreakIsDamage) {
  Place place;
  const fs::path folder = place.directory.path() / "journal";
  fs::create_directories(folder);
  std::ofstream(folder / "calls-00000001.log", std::ios::binary) << std::string(1'000, 'x');
  const auto report = place.open({.piece_bytes = 100})->replay_into(*place.store);
  EXPECT_EQ(report->damaged_bytes, 1'000U);
}

TEST(Journal, AFailingStoreKeepsTheFile) {
  Place place;
  const auto journal = place.open();
  ASSERT_TRUE(journal->append(calls(0, 3)));
  {
    SQLite::Database other((place.directory.path() / "strowger.db").string(),
                           SQLite::OPEN_READWRITE);
    other.exec("ALTER TABLE call RENAME TO elsewhere");
    EXPECT_FALSE(journal->replay_into(*place.store).has_value());
    other.exec("ALTER TABLE elsewhere RENAME TO call");
  }
  EXPECT_EQ(journal->replay_into(*place.store)->records, 3U);
}

// A write that stops half-way (here: a file size limit) is cut off again.
TEST(Journal, AHalfWrittenBatchIsTakenBack) {
  Place place;
  const auto journal = place.open();
  ASSERT_TRUE(journal->append(calls(0, 1)));
  const auto size = fs::file_size(place.segments().at(0));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{size + 100, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  const auto appended = journal->append(calls(1, 5));
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(appended.has_value());
  EXPECT_EQ(appended.error().kind, ErrorKind::storage);
  EXPECT_EQ(fs::file_size(place.segments().at(0)), size);
  ASSERT_TRUE(journal->append(calls(5, 6)));
  const auto report = journal->replay_into(*place.store);
  EXPECT_EQ(report->records, 2U);
  EXPECT_EQ(report->damaged_bytes, 0U);
}

TEST(Journal, WritersAndReplayInThreadsOfTheirOwn) {
  Place place;
  const auto journal = place.open({.segment_bytes_max = 10'000, .writers = 2});
  constexpr int count = 400;
  std::atomic<int> busy{2};
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 2; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = writer; i < count; i += 2) {
        EXPECT_TRUE(journal->append(calls(i, i + 1), writer));
      }
      --busy;
    });
  }
  while (busy > 0) EXPECT_TRUE(journal->replay_into(*place.store).has_value());
  for (auto& thread : threads) thread.join();
  ASSERT_TRUE(journal->replay_into(*place.store));
  EXPECT_EQ(place.stored(), static_cast<std::size_t>(count));
}

TEST(Journal, AnIdleWriterKeepsNothingBack) {
  Place place;
  const auto journal = place.open({.writers = 3});
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(journal->append(calls(i, i + 1), 2));
    ASSERT_TRUE(journal->replay_into(*place.store));
    EXPECT_EQ(place.stored(), i + 1U);
    EXPECT_EQ(place.segments().size(), 3U);  // the empty ones being written
  }
}

// kill -9 while appending: every record whose append returned is there.
TEST(Journal, SurvivesKill) {
  Place place;
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto journal = Journal::open(place.directory.path());
    for (int i = 0; journal; ++i) {
      if (!(*journal)->append(calls(i, i + 1))) break;
      if (write(told[1], "x", 1) != 1) break;
    }
    _exit(1);
  }
  close(told[1]);
  std::size_t acknowledged = 0;
  char byte = 0;
  while (acknowledged < 200 && read(told[0], &byte, 1) == 1) ++acknowledged;
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  while (read(told[0], &byte, 1) == 1) ++acknowledged;
  close(told[0]);
  const auto report = place.open()->replay_into(*place.store);
  ASSERT_TRUE(report.has_value());
  EXPECT_GE(report->records, acknowledged);
  EXPECT_LE(report->records, acknowledged + 1);
}

}  // namespace
}  // namespace strowger::store
