#include "cli/table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace strowger::cli {
namespace {

std::string printed(const Table& table) {
  std::ostringstream out;
  table.print(out, "none");
  return out.str();
}

TEST(Table, AlignsByCharacters) {
  Table table({"ID", "NAME", "N"});
  table.add({"a", "Geschäft", "1"});
  table.add({"longer", "x", ""});
  EXPECT_EQ(printed(table),
            "ID      NAME      N\n"
            "a       Geschäft  1\n"
            "longer  x\n");
}

TEST(Table, SaysSoWhenEmpty) { EXPECT_EQ(printed(Table({"ID"})), "none\n"); }

TEST(Table, EscapesAndCuts) {
  Table table({"A", "B"});
  table.add({"red\x1b[31m\n", ""});
  table.add({std::string(100, 'x'), ""});
  table.add({std::string(Table::cell_width_max, 'y'), std::string(300, 'z')});
  EXPECT_EQ(printed(table), "A" + std::string(61, ' ') + "B\nred\\x1b[31m\\x0a\n" +
                                std::string(59, 'x') + "…\n" + std::string(60, 'y') + "  " +
                                std::string(199, 'z') + "…\n");
}

}  // namespace
}  // namespace strowger::cli
