# server/api/openapi.json becomes part of the program: the server serves the contract it was built
# from.
function(strowger_openapi)
  set(source ${CMAKE_SOURCE_DIR}/server/api/openapi.json)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} STROWGER_OPENAPI)
  set(text_file ${CMAKE_BINARY_DIR}/openapi_text.cpp)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/openapi_text.cpp.in ${text_file} @ONLY)
  target_sources(strowger_api PRIVATE ${text_file})
endfunction()
