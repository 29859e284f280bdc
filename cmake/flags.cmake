# Flags that every target shares. Warnings are errors; hardening is on in every build type.
add_compile_options(-Wall -Wextra -Werror -Wshadow -Wno-missing-field-initializers
  -fstack-protector-strong -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12's flow analysis sees overlaps and overruns inside its own std::string and std::optional
  # (GCC bugs 105329, 105562, 105651); clang's warnings and the sanitizers guard the same ground.
  add_compile_options(-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
    -Wno-maybe-uninitialized -Wno-dangling-pointer -Wno-free-nonheap-object)
  # gtest's macros are made for `if (x) EXPECT_EQ(…);`, which GCC calls ambiguous.
  add_compile_options(-Wno-dangling-else)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-D_FORTIFY_SOURCE=2)
endif()
add_compile_definitions(_GLIBCXX_ASSERTIONS)
# All that is built ends up in programs, so even libraries are PIE, not PIC. Threads everywhere: a
# precompiled header fits only where such flags are the same.
add_compile_options(-fPIE -pthread)
add_link_options(-pie -Wl,-z,relro,-z,now)
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
find_program(CCACHE ccache)
if(CCACHE)
  # ccache keeps files with a precompiled header only where it may believe the header's content.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()

set(STROWGER_SANITIZE "" CACHE STRING
  "address,undefined | thread | fuzzer-no-link,address,undefined")
if(STROWGER_SANITIZE)
  add_compile_options(-fsanitize=${STROWGER_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${STROWGER_SANITIZE})
endif()

option(STROWGER_COVERAGE "count how often each branch is taken (tools/coverage)" OFF)
if(STROWGER_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
