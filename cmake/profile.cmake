# What runs often is laid out for it: cmake/calls.profdata says how often each branch was taken
# while calls came in (docs/decisions/0037-laid-out-by-a-profile.md). tools/profile makes it anew.
option(STROWGER_PROFILE "count what runs (tools/profile)" OFF)
file(GLOB profile CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/calls.profdata)
set(STROWGER_PROFILED OFF)
find_program(LLD ld.lld-16)
# Functions of one file alone go by the file's name in it: without its folder, which is another one
# for each build.
set(names "SHELL:-mllvm -static-func-full-module-prefix=false")
if(STROWGER_PROFILE)
  add_compile_options(-fprofile-generate -fprofile-update=atomic ${names})
  add_link_options(-fprofile-generate)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang"
    AND profile)
  set(STROWGER_PROFILED ON)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${profile})
  # Named by what it holds, so that another profile is another command, and all is compiled anew.
  file(SHA256 ${profile} sum)
  string(SUBSTRING ${sum} 0 12 sum)
  set(counts ${CMAKE_BINARY_DIR}/calls-${sum}.profdata)
  file(COPY_FILE ${profile} ${counts} ONLY_IF_DIFFERENT)
  # What changed since, or never ran, is compiled as without a profile.
  add_compile_options(-fprofile-use=${counts} ${names} -Wno-profile-instr-out-of-date
    -Wno-profile-instr-unprofiled -Wno-backend-plugin)
endif()

# lld puts what is hot side by side: 0.3 of 4 MB, instead of a piece in each page. mold does not.
function(strowger_laid_out program)
  if(STROWGER_PROFILED AND LLD)
    target_link_options(${program} PRIVATE -fuse-ld=lld -Wl,-z,keep-text-section-prefix)
  endif()
endfunction()
