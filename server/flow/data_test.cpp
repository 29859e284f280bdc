#include "flow/data.hpp"

#include <gmock/gmock.h>
#include <boost/json/parse.hpp>

namespace strowger::flow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

struct DataTest : testing::Test {
  boost::json::value document =
      boost::json::parse(R"({"n":5,"s":"486","t":"text","b":true,"c":"false",
    "l":["a","b"],"m":{"X":"1"},"null":null,"f":1.5,"bad":["a",1]})");
  Data data{document.get_object()};
};

TEST_F(DataTest, NumbersAndNumbersInTexts) {
  EXPECT_EQ(data.integer("n").value(), 5);
  EXPECT_EQ(data.integer("s").value(), 486);
  EXPECT_EQ(data.integer("missing").value(), std::nullopt);
  EXPECT_EQ(data.integer("null").value(), std::nullopt);
  EXPECT_THAT(data.integer("t").error().what, HasSubstr("`t`"));
  EXPECT_FALSE(data.integer("f"));
}

TEST_F(DataTest, BoundsAreToldWithTheName) {
  EXPECT_EQ(data.integer("n", 1, 5, 3).value(), 5);
  EXPECT_EQ(data.integer("missing", 1, 5, 3).value(), 3);
  EXPECT_THAT(data.integer("n", 1, 4, 3).error().what, HasSubstr("`n` must be 1 to 4"));
}

TEST_F(DataTest, TextsTruthsListsAndMaps) {
  EXPECT_EQ(data.text("t").value(), "text");
  EXPECT_FALSE(data.text("n"));
  EXPECT_EQ(data.boolean("b").value(), true);
  EXPECT_EQ(data.boolean("c").value(), false);
  EXPECT_FALSE(data.boolean("t"));
  EXPECT_THAT(data.texts("l").value(), ElementsAre("a", "b"));
  EXPECT_TRUE(data.texts("missing").value().empty());
  EXPECT_FALSE(data.texts("bad"));
  EXPECT_THAT(data.text_map("m").value(), ElementsAre(Pair("X", "1")));
  EXPECT_FALSE(data.text_map("l"));
}

}  // namespace
}  // namespace strowger::flow
