#include "host/control_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace strowger::host {
namespace {

using testing::HasSubstr;

class ControlSocketTest : public testing::Test {
 protected:
  ControlSocketTest() {
    char name[] = "/tmp/strowger-test-XXXXXX";
    directory_ = mkdtemp(name);
  }
  ~ControlSocketTest() override { std::filesystem::remove_all(directory_); }

  std::unique_ptr<ControlServer> start() {
    auto server = ControlServer::start(
        directory_, [](std::string_view what) -> Result<std::string, Complaint> {
          if (what == "status") return std::string("{\"ok\":true,\"calls\":3}");
          return complain("no \"" + std::string(what) + "\" here");
        });
    EXPECT_TRUE(server) << server.error().what;
    return std::move(*server);
  }

  std::filesystem::path directory_;
};

TEST_F(ControlSocketTest, NobodyAnswersWithoutAServer) {
  EXPECT_FALSE(ask_server(directory_, "status"));
  EXPECT_FALSE(ask_server(directory_ / "not there", "status"));
  EXPECT_FALSE(ask_server(std::string(200, 'x'), "status"));
}

TEST_F(ControlSocketTest, AnswersAndComplains) {
  const auto server = start();
  const auto status = ask_server(directory_, "status");
  ASSERT_TRUE(status && *status);
  EXPECT_EQ(**status, "{\"ok\":true,\"calls\":3}");
  const auto refused = ask_server(directory_, "evil\"\n");
  ASSERT_TRUE(refused);
  ASSERT_FALSE(*refused);
  EXPECT_EQ(refused->error().what, "no \"evil\"\n\" here");
}

TEST_F(ControlSocketTest, IsForItsOwnerOnlyAndGoesWithTheServer) {
  auto server = start();
  struct stat facts {};
  ASSERT_EQ(stat(control_path(directory_).c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
  server.reset();
  EXPECT_FALSE(std::filesystem::exists(control_path(directory_)));
}

TEST_F(ControlSocketTest, ReplacesWhatAKilledServerLeft) {
  std::ofstream(control_path(directory_)) << "left over";
  const auto server = start();
  EXPECT_TRUE(ask_server(directory_, "status"));
}

TEST_F(ControlSocketTest, SaysWhenThePathIsTooLong) {
  const auto server = ControlServer::start(std::string(200, 'x'), nullptr);
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error().what, HasSubstr("too long"));
}

}  // namespace
}  // namespace strowger::host
