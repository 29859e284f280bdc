// Builds SIP messages. The last gate before the wire: CR, LF and NUL never get through in a name,
// value, URI or phrase, they are dropped here whatever the callers above have let pass (header
// injection, CWE-93).
#pragma once

#include "base/endpoint.hpp"
#include "sip/header_list.hpp"
#include "sip/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace strowger::sip {

struct HeadScan;

class Writer {
 public:
  static Writer request(std::string_view method, std::string_view request_uri);
  static Writer request(Method method, std::string_view request_uri) {
    return request(name(method), request_uri);
  }
  // An empty phrase is written as such: "SIP/2.0 486 " (RFC 3261 25.1 lets Reason-Phrase be empty).
  static Writer response(int status, std::string_view phrase);

  struct Reply {
    int status = 0;
    std::string_view phrase;
    std::string_view to_tag;  // added when the request's To has none; empty: none is added (100)
    Endpoint source;          // where the request came from
  };
  // RFC 3261 8.2.6.2: every Via in order, the top one with received and rport filled in (18.2.1,
  // RFC 3581); From, To, Call-ID, CSeq; Timestamp into a 100; Record-Route into 101–299 of a
  // dialog-forming method (12.1.1). Copies what is there: of a broken request also less.
  static Writer reply(const Message& request, const Reply& reply);
  // The same of a request that was not parsed, for 300–699.
  static Writer reply(const HeadScan& request, const Reply& reply);

  Writer& header(HeaderName header, std::string_view value);
  Writer& header(std::string_view name, std::string_view value);
  Writer& header(HeaderName header, std::uint64_t number);
  Writer& headers(const HeaderList& list);
  // Header lines as they came, byte for byte, folds included; only stray CR, LF and NUL become
  // spaces.
  Writer& copy(const Message::Header& header);
  Writer& copy_first(const Message& from, HeaderName header);
  Writer& copy_all(const Message& from, HeaderName header);

  // Closes the head with Content-Length (and Content-Type when there is a body) and gives the bytes
  // away.
  std::string finish();
  std::string finish(std::string_view content_type, std::string_view body);

 private:
  Writer();
  std::string out_;
};

}  // namespace strowger::sip
