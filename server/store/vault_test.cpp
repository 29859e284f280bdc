#include "store/vault.hpp"

#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

class VaultTest : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  fs::path key_ = directory_.path() / "carrier.key";
  Vault vault_{key_};
};

TEST_F(VaultTest, OpensWhatItSealed) {
  const auto sealed = vault_.seal("s3cret", "default/carrier");
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->find("s3cret"), std::string::npos);
  EXPECT_EQ(Vault(key_).open(*sealed, "default/carrier"), "s3cret");
  EXPECT_NE(*vault_.seal("s3cret", "default/carrier"), *sealed);
  EXPECT_EQ(fs::status(key_).permissions() & fs::perms::mask,
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), {}), 1);
}

TEST_F(VaultTest, NothingElseOpensIt) {
  const auto sealed = *vault_.seal("s3cret", "default/carrier");
  EXPECT_FALSE(vault_.open(sealed, "default/other"));
  auto changed = sealed;
  changed.back() ^= 1;
  EXPECT_FALSE(vault_.open(changed, "default/carrier"));
  EXPECT_FALSE(vault_.open("short", "default/carrier"));
  EXPECT_FALSE(Vault(directory_.path() / "gone").open(sealed, "default/carrier"));
  std::ofstream(key_) << "no key";
  EXPECT_EQ(vault_.open(sealed, "default/carrier").error().kind, ErrorKind::storage);
}

}  // namespace
}  // namespace strowger::store
