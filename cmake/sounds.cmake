# server/call/sounds/*.ulaw become part of the program: what it says by itself needs no file beside
# it.
function(strowger_sounds)
  set(source ${CMAKE_SOURCE_DIR}/server/call/sounds/press_one.ulaw)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," STROWGER_PRESS_ONE "${hex}")
  set(bytes_file ${CMAKE_BINARY_DIR}/press_one.cpp)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/press_one.cpp.in ${bytes_file} @ONLY)
  target_sources(strowger_call PRIVATE ${bytes_file})
endfunction()
