#include "api/routes.hpp"

#include "api/router.hpp"

namespace strowger::api {
namespace {

constexpr auto any = Need::viewer;
constexpr auto editor = Need::editor;
constexpr auto admin = Need::admin;
constexpr auto none = Body::none;
constexpr auto with_json = Body::json;

#define ACCOUNT "/accounts/{account}"
#define CALLFLOW ACCOUNT "/callflows/{callflow}"
#define MEDIA ACCOUNT "/media/{media}"
#define SEAT ACCOUNT "/seats/{seat}"
#define DEVICE ACCOUNT "/devices/{device}"
#define TEMPORAL_RULE ACCOUNT "/temporal_rules/{temporal_rule}"
#define TEMPORAL_SET ACCOUNT "/temporal_rule_sets/{temporal_rule_set}"
#define RING_GROUP ACCOUNT "/ring_groups/{ring_group}"
#define TRUNK ACCOUNT "/trunks/{trunk}"

constexpr Route table[] = {
    {"POST", "/session", Need::nobody, with_json, "session.begin", log_in},
    {"GET", "/session", any, none, "", who_am_i},
    {"DELETE", "/session", any, none, "session.end", log_out},

    {"GET", "/accounts", any, none, "", list_accounts},
    {"GET", ACCOUNT, any, none, "", get_account},
    {"PUT", ACCOUNT, Need::system, with_json, "account.save", put_account},
    {"GET", ACCOUNT "/settings", any, none, "", get_settings},
    {"PUT", ACCOUNT "/settings", admin, with_json, "settings.save", put_settings},
    {"GET", ACCOUNT "/audit", admin, none, "", list_audit},

    {"GET", ACCOUNT "/callflows", any, none, "", list_callflows},
    {"POST", ACCOUNT "/callflows", editor, with_json, "callflow.create", create_callflow},
    {"GET", CALLFLOW, any, none, "", get_callflow},
    {"PUT", CALLFLOW, editor, with_json, "callflow.save", put_callflow},
    {"DELETE", CALLFLOW, editor, none, "callflow.delete", delete_callflow},
    {"GET", CALLFLOW "/revisions", any, none, "", list_revisions},
    {"GET", CALLFLOW "/revisions/{revision}", any, none, "", get_revision},
    {"POST", CALLFLOW "/publish", editor, with_json, "callflow.publish", publish_callflow},
    {"POST", CALLFLOW "/unpublish", editor, none, "callflow.unpublish", unpublish_callflow},
    {"POST", CALLFLOW "/duplicate", editor, with_json, "callflow.duplicate", duplicate_callflow},
    {"GET", CALLFLOW "/used-by", any, none, "", callflow_used_by},
    {"POST", ACCOUNT "/lint", any, with_json, "", lint_callflow},
    {"POST", ACCOUNT "/simulate", any, with_json, "", simulate},

    {"GET", ACCOUNT "/media", any, none, "", list_media},
    {"POST", ACCOUNT "/media", editor, Body::upload, "media.create", upload_media},
    {"POST", ACCOUNT "/media/speech", editor, with_json, "media.speak", speak_media},
    {"GET", MEDIA, any, none, "", get_media},
    {"PUT", MEDIA, editor, with_json, "media.rename", rename_media},
    {"DELETE", MEDIA, editor, none, "media.delete", delete_media},
    {"PUT", MEDIA "/audio", editor, Body::upload, "media.replace", replace_audio},
    {"GET", MEDIA "/audio.wav", any, none, "", get_audio},
    {"GET", MEDIA "/peaks", any, none, "", get_peaks},
    {"GET", MEDIA "/used-by", any, none, "", media_used_by},

    {"GET", ACCOUNT "/seats", any, none, "", list_seats},
    {"POST", ACCOUNT "/seats", admin, with_json, "seat.create", create_seat},
    {"GET", SEAT, any, none, "", get_seat},
    {"PUT", SEAT, admin, with_json, "seat.save", put_seat},
    {"DELETE", SEAT, admin, none, "seat.delete", delete_seat},
    {"GET", SEAT "/used-by", any, none, "", seat_used_by},
    {"GET", SEAT "/softphone", any, none, "", seat_softphone},

    {"GET", ACCOUNT "/devices", any, none, "", list_devices},
    {"POST", ACCOUNT "/devices", admin, with_json, "device.create", create_device},
    {"GET", DEVICE, any, none, "", get_device},
    {"PUT", DEVICE, admin, with_json, "device.save", put_device},
    {"DELETE", DEVICE, admin, none, "device.delete", delete_device},
    {"GET", DEVICE "/used-by", any, none, "", device_used_by},
    {"GET", DEVICE "/softphone", any, none, "", device_softphone},
    {"POST", DEVICE "/secret", admin, with_json, "device.secret", new_device_secret},

    {"GET", ACCOUNT "/temporal_rules", any, none, "", list_temporal_rules},
    {"POST", ACCOUNT "/temporal_rules", editor, with_json, "temporal_rule.create",
     create_temporal_rule},
    {"GET", TEMPORAL_RULE, any, none, "", get_temporal_rule},
    {"PUT", TEMPORAL_RULE, editor, with_json, "temporal_rule.save", put_temporal_rule},
    {"DELETE", TEMPORAL_RULE, editor, none, "temporal_rule.delete", delete_temporal_rule},
    {"GET", TEMPORAL_RULE "/used-by", any, none, "", temporal_rule_used_by},
    {"GET", ACCOUNT "/temporal_rule_sets", any, none, "", list_temporal_rule_sets},
    {"POST", ACCOUNT "/temporal_rule_sets", editor, with_json, "temporal_rule_set.create",
     create_temporal_rule_set},
    {"GET", TEMPORAL_SET, any, none, "", get_temporal_rule_set},
    {"PUT", TEMPORAL_SET, editor, with_json, "temporal_rule_set.save", put_temporal_rule_set},
    {"DELETE", TEMPORAL_SET, editor, none, "temporal_rule_set.delete", delete_temporal_rule_set},
    {"GET", TEMPORAL_SET "/used-by", any, none, "", temporal_rule_set_used_by},
    {"GET", ACCOUNT "/temporal_preview", any, none, "", temporal_preview},
    {"GET", ACCOUNT "/time_zones", any, none, "", list_time_zones},
    {"GET", ACCOUNT "/ring_groups", any, none, "", list_ring_groups},
    {"POST", ACCOUNT "/ring_groups", editor, with_json, "ring_group.create", create_ring_group},
    {"GET", RING_GROUP, any, none, "", get_ring_group},
    {"PUT", RING_GROUP, editor, with_json, "ring_group.save", put_ring_group},
    {"DELETE", RING_GROUP, editor, none, "ring_group.delete", delete_ring_group},
    {"GET", RING_GROUP "/used-by", any, none, "", ring_group_used_by},

    {"GET", ACCOUNT "/trunks", any, none, "", list_trunks},
    {"POST", ACCOUNT "/trunks", admin, with_json, "trunk.create", create_trunk},
    {"GET", TRUNK, any, none, "", get_trunk},
    {"PUT", TRUNK, admin, with_json, "trunk.save", put_trunk},
    {"DELETE", TRUNK, admin, none, "trunk.delete", delete_trunk},
    {"GET", TRUNK "/used-by", any, none, "", trunk_used_by},
    {"PUT", TRUNK "/password", admin, with_json, "trunk.password", set_trunk_password},
    {"POST", TRUNK "/secret", admin, none, "trunk.secret", new_trunk_secret},

    {"GET", ACCOUNT "/numbers", any, none, "", list_numbers},
    {"POST", ACCOUNT "/numbers", admin, with_json, "number.add", add_number},
    {"POST", ACCOUNT "/numbers/free-extension", editor, with_json, "", free_extension},
    {"GET", ACCOUNT "/numbers/{number}", any, none, "", get_number},
    {"DELETE", ACCOUNT "/numbers/{number}", admin, none, "number.delete", delete_number},

    {"GET", ACCOUNT "/calls", any, none, "", list_calls},
    {"GET", ACCOUNT "/calls/{call}", any, none, "", get_call},
    {"POST", ACCOUNT "/calls/{call}/end", editor, none, "call.end", end_call},

    {"GET", ACCOUNT "/registrations", any, none, "", list_registrations},
    {"DELETE", ACCOUNT "/registrations/{device}", editor, none, "registration.remove",
     delete_registration},

    {"GET", "/actions", any, none, "", list_actions},
    {"GET", "/response-codes", any, none, "", list_response_codes},
    {"GET", "/speech/voices", any, none, "", list_voices},

    {"GET", "/users", admin, none, "", list_users},
    {"GET", "/users/{user}", admin, none, "", get_user},
    {"PUT", "/users/{user}", admin, with_json, "user.save", put_user},
    {"DELETE", "/users/{user}", admin, none, "user.delete", delete_user},
    {"PUT", "/users/{user}/password", any, with_json, "user.password", set_password},

    {"GET", "/tokens", any, none, "", list_tokens},
    {"POST", "/tokens", any, with_json, "token.create", create_token},
    {"DELETE", "/tokens/{token}", any, none, "token.delete", delete_token},

    {"GET", "/audit", Need::system, none, "", list_system_audit},

    {"GET", "/events", any, none, "", listen_to_events},
    {"GET", "/openapi.json", Need::nobody, none, "", get_openapi},
};

#undef ACCOUNT
#undef CALLFLOW
#undef MEDIA
#undef SEAT
#undef DEVICE
#undef TEMPORAL_RULE
#undef TEMPORAL_SET
#undef RING_GROUP
#undef TRUNK

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace strowger::api
