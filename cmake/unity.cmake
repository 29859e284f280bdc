# The release build compiles the files of a room eight at a time (CMAKE_UNITY_BUILD in the preset):
# what they include is then read once, and a build of everything takes half the time
# (docs/decisions/0023-files-compiled-together.md). `make dev` and the sanitizers of `make check`
# compile each file by itself.
#
# Files compiled together share their unnamed namespaces. One that gives a name of its own meaning
# there ("redefinition of 'limits'") is listed here, and compiled alone.
set(STROWGER_ALONE
  server/api/call_routes.cpp
  server/api/contract_test.cpp
  server/api/lost_update_test.cpp
  server/api/media_writes.cpp
  server/api/seat_api_test.cpp
  server/api/seat_writes.cpp
  server/api/token_routes.cpp
  server/api/url.cpp
  server/call/call_transfer.cpp
  server/call/carrier_state_test.cpp
  server/call/leg.cpp
  server/call/media_session_test.cpp
  server/cli/child_process.cpp
  server/cli/decode_media_command.cpp
  server/cli/ladder_json.cpp
  server/cli/media_commands.cpp
  server/cli/number_command.cpp
  server/cli/ring_group_commands.cpp
  server/cli/snapshot_test.cpp
  server/cli/sound_completion.cpp
  server/cli/temporal_commands.cpp
  server/cli/trace_command.cpp
  server/cli/trunk_commands.cpp
  server/cli/wire_server.cpp
  server/host/excess_report_test.cpp
  server/host/http_server_test.cpp
  server/host/http_tls_test.cpp
  server/host/pace_test.cpp
  server/host/record_spool_test.cpp
  server/host/refusals_test.cpp
  server/host/shard.cpp
  server/host/shards.cpp
  server/host/shards_test.cpp
  server/host/source_meter_test.cpp
  server/host/tcp_transport.cpp
  server/host/tls_identity.cpp
  server/media/opus.cpp
  server/media/opus_frames.cpp
  server/model/action_parse.cpp
  server/model/call_record_parse.cpp
  server/model/callflow_parse.cpp
  server/model/device.cpp
  server/model/dial_plan.cpp
  server/model/param_check.cpp
  server/model/response_check.cpp
  server/model/response_check_test.cpp
  server/model/ring_group.cpp
  server/model/ring_group_test.cpp
  server/model/seat.cpp
  server/model/seat_kit_test.cpp
  server/model/temporal_rule_test.cpp
  server/model/trunk.cpp
  server/rtp/reporter.cpp
  server/rtp/rtcp.cpp
  server/rtp/rtcp_test.cpp
  server/sip/headers_test.cpp
  server/sip/location_table.cpp
  server/sip/location_table_test.cpp
  server/sip/login_test.cpp
  server/sip/message.cpp
  server/sip/message_test.cpp
  server/sip/multipart.cpp
  server/sip/name_addr.cpp
  server/sip/nonce_test.cpp
  server/sip/peek_call_id.cpp
  server/sip/peer.cpp
  server/sip/registrar.cpp
  server/sip/session_requests.cpp
  server/sip/session_test.cpp
  server/sip/transaction_table.cpp
  server/sip/transaction_test.cpp
  server/sip/uri.cpp
  server/sip/uri_equality.cpp
  server/sip/user_agent_refusal_test.cpp
  server/sip/user_agent_requests.cpp
  server/sip/validation.cpp
  server/sip/validation_test.cpp
  server/sip/via.cpp
  server/sip/writer_test.cpp
  server/store/sqlite_audit.cpp
  server/store/sqlite_media.cpp
  server/store/sqlite_objects.cpp
  server/store/sqlite_users.cpp
  server/store/store_contract_test.cpp
  server/trace/pcap.cpp
  sim/net_test.cpp
  sim/random_flow.cpp
  sim/server.cpp
  sim/soak.cpp
)
# Each action has its Params and its make(), and says no more than that of itself.
file(GLOB STROWGER_ACTIONS CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
  ${CMAKE_SOURCE_DIR}/actions/*/*.cpp)
list(APPEND STROWGER_ALONE ${STROWGER_ACTIONS})
list(TRANSFORM STROWGER_ALONE PREPEND ${CMAKE_SOURCE_DIR}/)
set_source_files_properties(${STROWGER_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

if(CMAKE_UNITY_BUILD)
  # A parameter may be called as a function of another file is; the other builds see real shadows.
  add_compile_options(-Wno-shadow)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # What a file includes is no header, but g++ can't know.
    add_compile_options(-Wno-subobject-linkage)
  endif()
endif()
