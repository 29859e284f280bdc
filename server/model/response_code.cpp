#include "model/response_code.hpp"

#include <algorithm>
#include <array>

namespace strowger::model {
namespace {

struct CausePair {
  int from;
  int to;
};

// RFC 3398 §8.2.6.1. 487 has none: it follows the caller's own hang-up. The rows after 606 are not
// in the RFC: refusals by policy are 21 (call rejected), 580 is a lack of resources (47).
constexpr CausePair code_to_cause[] = {
    {400, 41},  {401, 21},  {402, 21},  {403, 21},  {404, 1},   {405, 63},  {406, 79},  {407, 21},
    {408, 102}, {410, 22},  {413, 127}, {414, 127}, {415, 79},  {416, 127}, {420, 127}, {421, 127},
    {423, 127}, {480, 18},  {481, 41},  {482, 25},  {483, 25},  {484, 28},  {485, 1},   {486, 17},
    {488, 31},  {500, 41},  {501, 79},  {502, 38},  {503, 41},  {504, 102}, {505, 127}, {513, 127},
    {600, 17},  {603, 21},  {604, 1},   {606, 31},
    {428, 21},  {433, 21},  {436, 21},  {437, 21},  {438, 21},  {580, 47},  {607, 21},  {608, 21},
};

// RFC 3398 §7.2.4.1; for 21, 22 the answer without a diagnostic or a location of "user".
constexpr CausePair cause_to_code[] = {
    {1, 404},  {2, 404},  {3, 404},  {17, 486}, {18, 408}, {19, 480}, {20, 480},  {21, 403},
    {22, 410}, {23, 410}, {26, 404}, {27, 502}, {28, 484}, {29, 501}, {31, 480},  {34, 503},
    {38, 503}, {41, 503}, {42, 503}, {47, 503}, {55, 403}, {57, 403}, {58, 503},  {65, 488},
    {70, 488}, {79, 501}, {87, 403}, {88, 503}, {102, 504}, {111, 500}, {127, 500},
};

template <std::size_t N>
std::optional<int> lookup(const CausePair (&pairs)[N], int key) {
  for (const CausePair& pair : pairs) {
    if (pair.from == key) return pair.to;
  }
  return std::nullopt;
}

struct CauseText {
  int cause;
  std::string_view text;
};

constexpr CauseText cause_texts[] = {
    {1, "Unallocated number"},
    {2, "No route to specified transit network"},
    {3, "No route to destination"},
    {6, "Channel unacceptable"},
    {16, "Normal call clearing"},
    {17, "User busy"},
    {18, "No user responding"},
    {19, "No answer from user"},
    {20, "Subscriber absent"},
    {21, "Call rejected"},
    {22, "Number changed"},
    {23, "Redirection to new destination"},
    {25, "Exchange routing error"},
    {26, "Non-selected user clearing"},
    {27, "Destination out of order"},
    {28, "Invalid number format"},
    {29, "Facility rejected"},
    {30, "Response to STATUS ENQUIRY"},
    {31, "Normal, unspecified"},
    {34, "No circuit/channel available"},
    {38, "Network out of order"},
    {41, "Temporary failure"},
    {42, "Switching equipment congestion"},
    {43, "Access information discarded"},
    {44, "Requested circuit/channel not available"},
    {47, "Resource unavailable, unspecified"},
    {49, "Quality of service unavailable"},
    {50, "Requested facility not subscribed"},
    {55, "Incoming calls barred within CUG"},
    {57, "Bearer capability not authorized"},
    {58, "Bearer capability not presently available"},
    {63, "Service or option not available, unspecified"},
    {65, "Bearer capability not implemented"},
    {69, "Requested facility not implemented"},
    {70, "Only restricted digital information bearer capability is available"},
    {79, "Service or option not implemented, unspecified"},
    {81, "Invalid call reference value"},
    {87, "User not member of CUG"},
    {88, "Incompatible destination"},
    {95, "Invalid message, unspecified"},
    {96, "Mandatory information element is missing"},
    {97, "Message type non-existent or not implemented"},
    {99, "Information element non-existent or not implemented"},
    {100, "Invalid information element contents"},
    {102, "Recovery on timer expiry"},
    {111, "Protocol error, unspecified"},
    {127, "Interworking, unspecified"},
};

bool is_refusal_class(int code) { return code >= 400 && code <= 699; }

std::string_view out_of_range_explanation(int code) {
  if (code < 100) return "SIP codes have three digits; this is no SIP code.";
  if (code < 200) return "Not a final answer: the call would go on.";
  if (code < 300) return "Means success: it would answer the call.";
  return "SIP codes end at 699.";
}

}  // namespace

const ResponseCode* find_code(int code) {
  const auto codes = response_codes();
  const auto found = std::lower_bound(codes.begin(), codes.end(), code,
                                      [](const ResponseCode& row, int c) { return row.code < c; });
  return found != codes.end() && found->code == code ? &*found : nullptr;
}

std::string_view default_phrase(int code) {
  if (const ResponseCode* row = find_code(code)) return row->phrase;
  if (code < 100 || code > 699) return "";
  // RFC 3261 §8.1.3.2: an unknown code is treated as x00, an unknown provisional one as 183.
  return code < 200 ? find_code(183)->phrase : find_code(code / 100 * 100)->phrase;
}

Verdict verdict(int code) {
  if (const ResponseCode* row = find_code(code)) return row->verdict;
  if (code >= 300 && code <= 399) return Verdict::ask;
  return is_refusal_class(code) ? Verdict::warn : Verdict::no;
}

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, 5> names = {"ok", "automatic", "ask", "warn", "no"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view companion_name(Companion companion) {
  constexpr std::array<std::string_view, 22> names = {
      "", "Accept", "Accept-Resource-Priority", "AlertMsg-Error", "Allow", "Allow-Events", "",
      "Call-Info", "Contact", "Geolocation-Error", "Min-Expires", "Min-SE", "Permission-Missing",
      "Proxy-Authenticate", "Reason", "Recv-Info", "Require", "", "Security-Server", "Unsupported",
      "Warning", "WWW-Authenticate"};
  static_assert(names.size() == static_cast<std::size_t>(Companion::www_authenticate) + 1);
  return names[static_cast<std::size_t>(companion)];
}

std::string_view code_explanation(int code) {
  if (const ResponseCode* row = find_code(code)) return row->explanation;
  if (code >= 300 && code <= 399) {
    return "Not a registered code; callers treat it as 300 and need addresses to try.";
  }
  if (!is_refusal_class(code)) return out_of_range_explanation(code);
  if (code < 500) return "Not a registered code; callers treat it as 400 Bad Request.";
  if (code < 600) return "Not a registered code; callers treat it as 500 Server Internal Error.";
  return "Not a registered code; callers treat it as 600 Busy Everywhere.";
}

std::string_view code_instead(int code) {
  if (const ResponseCode* row = find_code(code)) return row->instead;
  if (code >= 300 && code <= 399) return "Use 302 with “Redirect to”.";
  if (is_refusal_class(code)) return "Use a registered code if one says what you mean.";
  return "Use 486 (busy), 480 (unavailable), 403 (refused) or another code from 400 to 699.";
}

bool may_carry_retry_after(int code) {
  const ResponseCode* row = find_code(code);
  return row != nullptr && row->retry_after;
}

std::optional<int> q850_cause(int code) {
  if (!is_refusal_class(code) || code == 487) return std::nullopt;
  if (const auto cause = lookup(code_to_cause, code)) return cause;
  return code >= 500 && code <= 599 ? 41 : 31;
}

std::optional<int> code_of_q850(int cause) {
  constexpr int normal_clearing = 16;
  if (cause < q850_cause_min || cause > q850_cause_max || cause == normal_clearing) {
    return std::nullopt;
  }
  return lookup(cause_to_code, cause).value_or(480);
}

std::string_view q850_text(int cause) {
  for (const CauseText& row : cause_texts) {
    if (row.cause == cause) return row.text;
  }
  return "";
}

}  // namespace strowger::model
