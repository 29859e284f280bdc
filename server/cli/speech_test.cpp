#include "cli/speech.hpp"

#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace strowger::cli {
namespace {

namespace fs = std::filesystem;

TEST(FindProgram, TakesTheFirstThatRuns) {
  const store::TemporaryDirectory here;
  const auto make = [&](const char* directory, fs::perms permissions) {
    fs::create_directories(here.path() / directory);
    const auto file = here.path() / directory / "espeak-ng";
    std::ofstream(file) << "#!/bin/sh\n";
    fs::permissions(file, permissions);
    return file;
  };
  const auto text = make("text", fs::perms::owner_read);
  const auto one = make("one", fs::perms::owner_all);
  const auto two = make("two", fs::perms::owner_all);
  fs::create_directories(here.path() / "folder" / "espeak-ng");
  const auto root = here.path().string();
  const struct {
    std::string path;
    fs::path found;
  } cases[] = {
      {"", {}},
      {"::", {}},
      {root, {}},
      {root + "/folder", {}},
      {root + "/text:" + root + "/one:" + root + "/two", one},
      {root + "/two:" + root + "/one", two},
      {"relative:" + root + "/one:", one},
  };
  for (const auto& c : cases) EXPECT_EQ(find_program("espeak-ng", c.path), c.found) << c.path;
}

TEST(Voices, AreReadFromTheTable) {
  const auto voices = parse_voices(
      "Pty Language       Age/Gender VoiceName          File                 Other Languages\n"
      " 5  de              --/M      German             gmw/de               \n"
      " 2  en-gb           --/M      English_(Great_Britain) gmw/en          (en 2)\n"
      " 5  yue             --/F      Chinese_(Cantonese) sit/yue             (zh 8)\n"
      " 5  yue             --/F      Chinese_(Jyutping)  sit/yue-latn        (zh 8)\n"
      "nonsense\n");
  ASSERT_EQ(voices.size(), 3U);
  EXPECT_EQ(voices[1].id, "en-gb");
  EXPECT_EQ(voices[1].name, "English (Great Britain)");
  EXPECT_EQ(voices[1].language, "en-gb");
  EXPECT_EQ(voices[2].name, "Chinese (Cantonese)");
  EXPECT_TRUE(parse_voices("").empty());
}

}  // namespace
}  // namespace strowger::cli
