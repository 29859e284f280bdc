#include "model/words.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

TEST(Words, PlacesAreFilled) {
  const Words words{"“{{name}}” has {{count}} of {{count}}.", {{"name", "Anna"}, {"count", "3"}}};
  EXPECT_EQ(words.text, "“Anna” has 3 of 3.");
  EXPECT_EQ(words.form, "“{{name}}” has {{count}} of {{count}}.");
}

TEST(Words, WhatIsFilledInIsNoForm) {
  const Words words{"{{a}} {{b}}", {{"a", "{{b}}"}, {"b", "{{"}}};
  EXPECT_EQ(words.text, "{{b}} {{");
}

TEST(Words, ASentenceWithoutPlacesIsItself) {
  const Words words = "An id has {{ no places";
  EXPECT_EQ(words.text, "An id has {{ no places");
  EXPECT_EQ(words.form, "");
  EXPECT_EQ((Words{"Never {{closed", {}}.text), "Never {{closed");
}

}  // namespace
}  // namespace strowger::model
