# Headers of libraries, read once instead of by each of 450 files: a third of the build's time, at
# the price that a forgotten #include goes unseen here. `make check` builds without
# (CMAKE_DISABLE_PRECOMPILE_HEADERS in the presets asan and gcc), and sees it.
#
# Only what lies in /usr/include belongs here: a header of ours would rebuild everything at each
# change of it. What is parsed but not used costs nothing.
set(STROWGER_HEADERS
  <algorithm> <array> <charconv> <chrono> <compare> <cstdint> <cstring> <deque> <filesystem>
  <fstream> <functional> <iterator> <map> <memory> <mutex> <optional> <ostream> <random> <ranges>
  <set> <span> <sstream> <string> <string_view> <thread> <tuple> <unordered_map> <unordered_set>
  <utility> <variant> <vector>
  <boost/json.hpp> <fmt/format.h> <tl/expected.hpp>)
set(STROWGER_TEST_HEADERS ${STROWGER_HEADERS} <gmock/gmock.h> <gtest/gtest.h>)

# One for code, one for tests: they differ in -O.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")
add_library(strowger_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_precompile_headers(strowger_precompiled PRIVATE ${STROWGER_HEADERS})

add_library(strowger_test_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
target_link_libraries(strowger_test_precompiled PRIVATE GTest::gmock GTest::gtest)
strowger_test_options(strowger_test_precompiled)
target_precompile_headers(strowger_test_precompiled PRIVATE ${STROWGER_TEST_HEADERS})
