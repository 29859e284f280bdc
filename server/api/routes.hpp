// The answers of the table in routes.cpp, by resource; each *_routes.cpp has the group of its name.
#pragma once

#include "api/visit.hpp"

namespace strowger::api {

// session_routes.cpp
Response log_in(Visit&);
Response who_am_i(Visit&);
Response log_out(Visit&);

// account_routes.cpp
Response list_accounts(Visit&);
Response get_account(Visit&);
Response put_account(Visit&);

// callflow_routes.cpp
Response list_callflows(Visit&);
Response get_callflow(Visit&);
Response list_revisions(Visit&);
Response get_revision(Visit&);
Response callflow_used_by(Visit&);
Response lint_callflow(Visit&);

// callflow_writes.cpp
Response create_callflow(Visit&);
Response put_callflow(Visit&);
Response delete_callflow(Visit&);
Response publish_callflow(Visit&);
Response unpublish_callflow(Visit&);
Response duplicate_callflow(Visit&);

// simulate_route.cpp
Response simulate(Visit&);

// media_routes.cpp
Response list_media(Visit&);
Response get_media(Visit&);
Response media_used_by(Visit&);
Response get_audio(Visit&);
Response get_peaks(Visit&);

// media_writes.cpp
Response upload_media(Visit&);
Response replace_audio(Visit&);
Response rename_media(Visit&);
Response delete_media(Visit&);

// speech_routes.cpp
Response list_voices(Visit&);
Response speak_media(Visit&);

// seat_routes.cpp
Response list_seats(Visit&);
Response get_seat(Visit&);
Response seat_used_by(Visit&);
Response seat_softphone(Visit&);
Response device_softphone(Visit&);

// seat_writes.cpp
Response create_seat(Visit&);
Response put_seat(Visit&);
Response delete_seat(Visit&);

// device_routes.cpp
Response list_devices(Visit&);
Response get_device(Visit&);
Response device_used_by(Visit&);
Response create_device(Visit&);
Response put_device(Visit&);
Response delete_device(Visit&);
Response new_device_secret(Visit&);

// temporal_routes.cpp
Response list_temporal_rules(Visit&);
Response get_temporal_rule(Visit&);
Response temporal_rule_used_by(Visit&);
Response create_temporal_rule(Visit&);
Response put_temporal_rule(Visit&);
Response delete_temporal_rule(Visit&);
Response list_temporal_rule_sets(Visit&);
Response get_temporal_rule_set(Visit&);
Response temporal_rule_set_used_by(Visit&);
Response create_temporal_rule_set(Visit&);
Response put_temporal_rule_set(Visit&);
Response delete_temporal_rule_set(Visit&);
Response temporal_preview(Visit&);
Response list_time_zones(Visit&);

// ring_group_routes.cpp
Response list_ring_groups(Visit&);
Response get_ring_group(Visit&);
Response ring_group_used_by(Visit&);
Response create_ring_group(Visit&);
Response put_ring_group(Visit&);
Response delete_ring_group(Visit&);

// trunk_routes.cpp
Response list_trunks(Visit&);
Response get_trunk(Visit&);
Response trunk_used_by(Visit&);
Response create_trunk(Visit&);
Response put_trunk(Visit&);
Response delete_trunk(Visit&);
Response set_trunk_password(Visit&);
Response new_trunk_secret(Visit&);

// number_routes.cpp
Response list_numbers(Visit&);
Response add_number(Visit&);
Response free_extension(Visit&);
Response get_number(Visit&);
Response delete_number(Visit&);

// call_routes.cpp
Response list_calls(Visit&);
Response get_call(Visit&);
Response end_call(Visit&);

// registration_routes.cpp
Response list_registrations(Visit&);
Response delete_registration(Visit&);

// catalog_routes.cpp
Response list_actions(Visit&);
Response list_response_codes(Visit&);
Response get_openapi(Visit&);

// user_routes.cpp
Response list_users(Visit&);
Response get_user(Visit&);
Response put_user(Visit&);
Response delete_user(Visit&);
Response set_password(Visit&);

// token_routes.cpp
Response list_tokens(Visit&);
Response create_token(Visit&);
Response delete_token(Visit&);

// settings_routes.cpp
Response get_settings(Visit&);
Response put_settings(Visit&);

// audit_routes.cpp
Response list_audit(Visit&);
Response list_system_audit(Visit&);

// event_routes.cpp
Response listen_to_events(Visit&);

}  // namespace strowger::api
