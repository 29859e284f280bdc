#include "model/hangup_cause.hpp"

#include <algorithm>
#include <array>

namespace strowger::model {

namespace {

constexpr std::array causes = std::to_array<HangupCause>({
    {"UNALLOCATED_NUMBER", 1, 404, "No route to destination"},
    {"NO_ROUTE_TRANSIT_NET", 2, 404, "Invalid number"},
    {"NO_ROUTE_DESTINATION", 3, 404, "No route to destination"},
    {"NORMAL_CLEARING", 16, 480, "Normal unspecified"},
    {"USER_BUSY", 17, 486, "Number busy"},
    {"NO_USER_RESPONSE", 18, 408, "No response"},
    {"NO_ANSWER", 19, 480, "No answer"},
    {"SUBSCRIBER_ABSENT", 20, 480, "Subscriber absent"},
    {"CALL_REJECTED", 21, 603, "Call Rejected"},
    {"NUMBER_CHANGED", 22, 410, "Number changed"},
    {"REDIRECTION_TO_NEW_DESTINATION", 23, 410, "Redirection to new destination"},
    {"EXCHANGE_ROUTING_ERROR", 25, 483, "Exchange routing error"},
    {"DESTINATION_OUT_OF_ORDER", 27, 502, "Destination out of order"},
    {"INVALID_NUMBER_FORMAT", 28, 484, "Invalid number format"},
    {"FACILITY_REJECTED", 29, 488, "Facility rejected"},
    {"NORMAL_UNSPECIFIED", 31, 480, "Normal unspecified"},
    {"NORMAL_CIRCUIT_CONGESTION", 34, 503, "Circuit congestion"},
    {"NETWORK_OUT_OF_ORDER", 38, 503, "Network out of order"},
    {"NORMAL_TEMPORARY_FAILURE", 41, 503, "Temporary failure"},
    {"SWITCH_CONGESTION", 42, 503, "Switch congestion"},
    {"REQUESTED_CHAN_UNAVAIL", 44, 503, "Requested channel unavailable"},
    {"OUTGOING_CALL_BARRED", 52, 403, "Outgoing call barred"},
    {"INCOMING_CALL_BARRED", 54, 403, "Incoming call barred"},
    {"BEARERCAPABILITY_NOTAUTH", 57, 403, "Bearer capability not authorized"},
    {"BEARERCAPABILITY_NOTAVAIL", 58, 403, "Bearer capability not available"},
    {"SERVICE_UNAVAILABLE", 63, 503, "Service unavailable"},
    {"BEARERCAPABILITY_NOTIMPL", 65, 488, "Bearer capability not implemented"},
    {"FACILITY_NOT_IMPLEMENTED", 69, 501, "Facility not implemented"},
    {"SERVICE_NOT_IMPLEMENTED", 79, 501, "Service not implemented"},
    {"INCOMPATIBLE_DESTINATION", 88, 488, "Incompatible destination"},
    {"MANDATORY_IE_MISSING", 96, 400, "Mandatory element missing"},
    {"RECOVERY_ON_TIMER_EXPIRE", 102, 504, "Recovery on timer expire"},
    {"MANDATORY_IE_LENGTH_ERROR", 103, 400, "Mandatory element of wrong length"},
    {"INTERWORKING", 127, 480, "Interworking"},
    {"ORIGINATOR_CANCEL", 0, 487, "Originator cancel"},
    {"MEDIA_TIMEOUT", 0, 504, "Media timeout"},
    {"PROGRESS_TIMEOUT", 0, 486, "Progress timeout"},
    {"UNKNOWN", 0, 500, "Unknown"},
});

constexpr std::string_view name_of_code(int code) {
  switch (code) {
    case 401:
    case 402:
    case 403:
    case 407:
    case 603:
    case 607:
    case 608:
      return "CALL_REJECTED";
    case 404:
      return "UNALLOCATED_NUMBER";
    case 485:
    case 604:
      return "NO_ROUTE_DESTINATION";
    case 408:
    case 504:
      return "RECOVERY_ON_TIMER_EXPIRE";
    case 410:
      return "NUMBER_CHANGED";
    case 413:
    case 414:
    case 416:
    case 420:
    case 421:
    case 423:
    case 505:
    case 513:
      return "INTERWORKING";
    case 480:
      return "NO_USER_RESPONSE";
    case 400:
    case 481:
    case 500:
    case 503:
      return "NORMAL_TEMPORARY_FAILURE";
    case 486:
    case 600:
      return "USER_BUSY";
    case 484:
      return "INVALID_NUMBER_FORMAT";
    case 488:
    case 606:
      return "INCOMPATIBLE_DESTINATION";
    case 502:
      return "NETWORK_OUT_OF_ORDER";
    case 405:
      return "SERVICE_UNAVAILABLE";
    case 406:
    case 415:
    case 501:
      return "SERVICE_NOT_IMPLEMENTED";
    case 482:
    case 483:
      return "EXCHANGE_ROUTING_ERROR";
    case 487:
      return "ORIGINATOR_CANCEL";
    default:
      return code >= 300 && code < 400 ? "REDIRECTION_TO_NEW_DESTINATION" : "NORMAL_UNSPECIFIED";
  }
}

}  // namespace

std::span<const HangupCause> hangup_causes() { return causes; }

const HangupCause* find_cause(std::string_view name) {
  const auto* const found = std::ranges::find(causes, name, &HangupCause::name);
  return found == causes.end() ? nullptr : found;
}

const HangupCause& cause_of_code(int code) { return *find_cause(name_of_code(code)); }

}  // namespace strowger::model
