# strowger_room(name [IN parent] USES rooms… LINK libraries…): one folder (of server/ unless IN
# says otherwise) as one static library, and its *_test.cpp files as one program <name>_test.
add_custom_target(unit_tests)

function(strowger_room name)
  cmake_parse_arguments(ROOM "" "IN" "USES;LINK" ${ARGN})
  set(parent ${CMAKE_SOURCE_DIR}/server)
  if(ROOM_IN)
    set(parent ${ROOM_IN})
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${parent}/${name}/*.cpp)
  strowger_library(${name} SOURCES ${sources} USES ${ROOM_USES} LINK ${ROOM_LINK} INCLUDE ${parent})
endfunction()

# The library strowger_<name> from SOURCES, split into code and tests by the files' names.
function(strowger_library name)
  cmake_parse_arguments(LIB "" "INCLUDE" "SOURCES;USES;LINK" ${ARGN})
  set(code ${LIB_SOURCES})
  set(tests ${LIB_SOURCES})
  list(FILTER code EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  # A folder that has no .cpp yet is still a room: its headers can be used.
  set(kind STATIC)
  set(reach PUBLIC)
  if(NOT code)
    set(kind INTERFACE)
    set(reach INTERFACE)
  endif()
  list(TRANSFORM LIB_USES PREPEND strowger_)
  add_library(strowger_${name} ${kind} ${code})
  target_include_directories(strowger_${name} ${reach} ${LIB_INCLUDE})
  target_link_libraries(strowger_${name} ${reach} ${LIB_USES} ${LIB_LINK})
  if(code)
    target_precompile_headers(strowger_${name} REUSE_FROM strowger_precompiled)
  endif()

  if(tests)
    strowger_unit_test(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE strowger_${name})
  endif()
endfunction()

# What is tested is optimized; the tests need not be, and compile in half the time. g++ needs to:
# else one coroutine that goes on with another is a call, and a long chain overflows the stack.
function(strowger_test_options name)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(${name} PRIVATE -O0 -U_FORTIFY_SOURCE)
  endif()
endfunction()

# A GoogleTest program that `make test` runs.
function(strowger_unit_test name)
  add_executable(${name} EXCLUDE_FROM_ALL ${ARGN})
  target_link_libraries(${name} PRIVATE GTest::gmock GTest::gtest GTest::gtest_main rapidcheck)
  target_compile_definitions(${name} PRIVATE STROWGER_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  strowger_test_options(${name})
  target_precompile_headers(${name} REUSE_FROM strowger_test_precompiled)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
  add_dependencies(unit_tests ${name})
  set_property(GLOBAL APPEND PROPERTY STROWGER_UNIT_TESTS ${name})
endfunction()

# unit_tests.txt: what tools/test runs, so that the program of a removed room is not run by mistake.
function(strowger_list_unit_tests)
  get_property(names GLOBAL PROPERTY STROWGER_UNIT_TESTS)
  list(JOIN names "\n" lines)
  file(WRITE ${CMAKE_BINARY_DIR}/unit_tests.txt "${lines}\n")
endfunction()
