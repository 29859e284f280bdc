#include "store/media_directory.hpp"

#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(MediaDirectory, KeepsAllForms) {
  TemporaryDirectory directory;
  MediaDirectory media(directory.path());
  const std::string original("RIFF\0data", 9);
  const auto hash = media.keep(original, {"uuu", "aaa", "ggg", "ooo"});
  ASSERT_TRUE(hash.has_value());
  EXPECT_EQ(*hash, sha256_hex(original));
  EXPECT_EQ(*media.read(*hash, MediaForm::original), original);
  EXPECT_EQ(*media.read(*hash, MediaForm::pcmu), "uuu");
  EXPECT_EQ(*media.read(*hash, MediaForm::pcma), "aaa");
  EXPECT_EQ(*media.read(*hash, MediaForm::g722), "ggg");
  EXPECT_EQ(*media.read(*hash, MediaForm::opus), "ooo");
  EXPECT_EQ(media.path(*hash, MediaForm::pcmu), directory.path() / "media" / (*hash + ".pcmu"));
  EXPECT_EQ(*media.keep(original, {"uuu", "aaa", "ggg", "ooo"}), *hash);  // again: no error
  const auto files = std::distance(fs::directory_iterator(directory.path() / "media"),
                                   fs::directory_iterator());
  EXPECT_EQ(files, 5);  // no temporary file is left
  ASSERT_TRUE(media.remove(*hash));
  ASSERT_TRUE(media.remove(*hash));
  EXPECT_EQ(media.read(*hash, MediaForm::pcmu).error().kind, ErrorKind::not_found);
}

TEST(MediaDirectory, AHashIsNeverAPath) {
  TemporaryDirectory directory;
  std::ofstream(directory.path() / "secret.pcmu") << "x";
  const MediaDirectory media(directory.path());
  for (const std::string& hash : {std::string("../secret"), std::string(64, '/'), std::string(),
                                  std::string(64, 'A'), std::string(63, 'a')}) {
    EXPECT_FALSE(media.read(hash, MediaForm::pcmu).has_value()) << hash;
  }
}

TEST(MediaDirectory, AFileOfTheWrongLengthIsWrittenAnew) {
  TemporaryDirectory directory;
  MediaDirectory media(directory.path());
  const auto hash = media.keep("o", {"uuu", "aaa", "ggg", "ooo"});
  std::ofstream(media.path(*hash, MediaForm::pcmu)) << "u";
  ASSERT_TRUE(media.keep("o", {"uuu", "aaa", "ggg", "ooo"}));
  EXPECT_EQ(*media.read(*hash, MediaForm::pcmu), "uuu");
}

TEST(MediaDirectory, AFormMayComeLater) {
  TemporaryDirectory directory;
  MediaDirectory media(directory.path());
  const auto hash = media.keep("o", {"uuu", "aaa", "ggg", "ooo"});
  fs::remove(media.path(*hash, MediaForm::opus));
  ASSERT_TRUE(media.add(*hash, MediaForm::opus, "later"));
  EXPECT_EQ(*media.read(*hash, MediaForm::opus), "later");
  ASSERT_TRUE(media.add(*hash, MediaForm::opus, "right"));
  EXPECT_EQ(*media.read(*hash, MediaForm::opus), "right") << "though it is as long";
  EXPECT_FALSE(media.add("../secret", MediaForm::opus, "x"));
}

TEST(MediaDirectory, AnUnwritableDirectoryIsAnError) {
  TemporaryDirectory directory;
  std::ofstream(directory.path() / "media") << "in the way";
  MediaDirectory media(directory.path());
  const auto kept = media.keep("o", {"u", "a", "g", "o"});
  ASSERT_FALSE(kept.has_value());
  EXPECT_EQ(kept.error().kind, ErrorKind::storage);
}

}  // namespace
}  // namespace strowger::store
