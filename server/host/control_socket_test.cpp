#include "host/control_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace strowger::host {
namespace {

void go_on(FileDescriptor connection, const std::string& line) {
  const auto text = line + "\nand on";
  EXPECT_EQ(write(connection.get(), text.data(), text.size()), ssize_t(text.size()));
}

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
        directory_, [](std::string_view what) -> Result<ControlReply, Complaint> {
          if (what == "status") return ControlReply{"{\"ok\":true,\"calls\":3}"};
          if (what == "long") return ControlReply{"{\"ok\":true,\"text\":\"" +
                                                  std::string(40'000'000, 'x') + "\"}"};
          if (what == "more") return ControlReply{"{\"ok\":true}", go_on};
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

// As that of a server with a hundred thousand phones that lists what is registered.
TEST_F(ControlSocketTest, AnAnswerMayBeLongerThanARequest) {
  const auto server = start();
  const auto answer = ask_server(directory_, "long");
  ASSERT_TRUE(answer && *answer);
  EXPECT_GT((*answer)->size(), 40'000'000U);
}

TEST_F(ControlSocketTest, AConnectionMayGoOnAfterTheAnswer) {
  const auto server = start();
  auto stream = open_stream(directory_, "more");
  ASSERT_TRUE(stream && *stream);
  auto text = (*stream)->begun;
  char bytes[16];
  while (const auto count = read((*stream)->connection.get(), bytes, sizeof bytes)) {
    ASSERT_GT(count, 0);
    text.append(bytes, static_cast<std::size_t>(count));
  }
  EXPECT_EQ(text, "and on");
  const auto refused = open_stream(directory_, "less");
  ASSERT_TRUE(refused);
  EXPECT_FALSE(*refused);
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
