# The vocabulary: every folder of actions/ that holds an action.json. The list is written here, at
# build time; nothing registers itself.
function(strowger_actions)
  file(GLOB manifests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/actions/*/action.json)
  set(declarations "")
  set(entries "")
  foreach(manifest ${manifests})
    get_filename_component(folder ${manifest} DIRECTORY)
    get_filename_component(name ${folder} NAME)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
    file(READ ${manifest} json)
    string(APPEND declarations "flow::ActionCode ${name}();\n")
    string(APPEND entries "    {R\"json(${json})json\", actions::${name}()},\n")
  endforeach()
  list(LENGTH manifests STROWGER_ACTION_COUNT)
  set(STROWGER_ACTION_DECLARATIONS "${declarations}")
  set(STROWGER_ACTION_ENTRIES "${entries}")

  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/actions/*/*.cpp)
  set(list_file ${CMAKE_BINARY_DIR}/action_list.cpp)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/action_list.cpp.in ${list_file} @ONLY)
  strowger_library(actions SOURCES ${sources} ${list_file} ${ARGN}
    INCLUDE ${CMAKE_SOURCE_DIR}/server)
endfunction()
