#include "sip/writer.hpp"

#include "base/byte_search.hpp"
#include "sip/grammar.hpp"
#include "sip/head_scan.hpp"
#include "sip/headers.hpp"
#include "sip/name_addr.hpp"
#include "sip/via.hpp"

#include <charconv>
#include <optional>
#include <utility>

namespace strowger::sip {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view unsafe{"\r\n\0", 3};
constexpr std::size_t usual_bytes = 1'024;

bool is_safe(std::string_view text) {
  return !has_byte(text, [](EightBytes eight) {
    return eight.equal('\r') | eight.equal('\n') | eight.equal('\0');
  });
}

void append_number(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.append(std::begin(digits), end);
}

// Text of our own making: what could end the line or the string is dropped.
void append_text(std::string& out, std::string_view text) {
  if (is_safe(text)) {
    out.append(text);
    return;
  }
  for (const char c : text) {
    if (unsafe.find(c) == std::string_view::npos) out.push_back(c);
  }
}

// Text that came in: folds (CRLF and white space) and a quoted NUL are legal and stay.
void append_received(std::string& out, std::string_view text) {
  if (is_safe(text)) {
    out.append(text);
    return;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fold = text[i] == '\r' && i + 2 < text.size() && text[i + 1] == '\n' &&
                      (text[i + 2] == ' ' || text[i + 2] == '\t');
    if (fold) {
      out.append(line_end);
      ++i;
    } else if (text[i] == '\0' && i > 0 && text[i - 1] == '\\') {
      out.push_back('\0');
    } else {
      out.push_back(unsafe.find(text[i]) == std::string_view::npos ? text[i] : ' ');
    }
  }
}

void append_header(std::string& out, HeaderName header, std::string_view received_value) {
  out.append(name(header)).append(": ");
  append_received(out, received_value);
  out.append(line_end);
}

// 18.2.1: `received` when sent-by is not the address the request came from. RFC 3581 4: with ;rport
// always.
bool needs_received(const Via& via, const Endpoint& source) {
  const auto claimed = IpAddress::parse(via.host);
  return via.has_rport() || claimed != source.address;
}

// `source` is given for the top Via only.
void append_via(std::string& out, std::string_view value, const Via& via, const Endpoint* source) {
  const std::string_view params = via.params.text();
  if (source == nullptr) {
    const std::string_view last = params.empty() ? via.sent_by : params;
    const auto used = static_cast<std::size_t>(last.data() + last.size() - value.data());
    return append_received(out, value.substr(0, used));
  }
  const auto start =
      static_cast<std::size_t>(via.sent_by.data() + via.sent_by.size() - value.data());
  append_received(out, value.substr(0, start));
  std::string_view rest = params;
  while (const auto param = Params::next(rest)) {
    if (iequals(param->name, "received")) continue;  // ours to say, not the sender's
    out.push_back(';');
    append_received(out, param->name);
    if (iequals(param->name, "rport")) {
      out.push_back('=');
      append_number(out, source->port);
    } else if (param->has_value) {
      out.push_back('=');
      append_received(out, param->value);
    }
  }
  if (needs_received(via, *source)) out.append(";received=").append(source->address.text());
}

// The Vias, the top one completed. Malformed values, which only a refused request can have, are
// left out or cut to what can be read: a reply must not be malformed because its request was.
class ViaCopier {
 public:
  // `first`: what is known of the first value, read before.
  ViaCopier(std::string& out, const Endpoint& source, const std::optional<Via>& first)
      : out_(out), source_(source), known_(&first) {}

  void copy(std::string_view line) {
    while (const auto value = next_item(line)) {
      if (const auto* known = std::exchange(known_, nullptr)) {
        if (*known) put(*value, **known);
      } else if (const auto via = Via::salvage(*value)) {
        put(*value, *via);
      }
    }
  }

 private:
  void put(std::string_view value, const Via& via) {
    out_.append("Via: ");
    append_via(out_, value, via, top_ ? &source_ : nullptr);
    out_.append(line_end);
    top_ = false;
  }

  std::string& out_;
  const Endpoint& source_;
  const std::optional<Via>* known_;
  bool top_ = true;
};

void append_vias(std::string& out, const Message& request, const Endpoint& source) {
  ViaCopier vias(out, source, top_via(request));
  for (std::size_t i = 0; i < request.size(); ++i) {
    if (request.name_at(i) == HeaderName::via) vias.copy(request.at(i).value);
  }
}

// 12.1.1: provisional answers above 100 and 2xx to a request that can make a dialog.
bool forms_dialog(Method method, int status) {
  const bool can = method == Method::invite || method == Method::subscribe ||
                   method == Method::refer || method == Method::notify;
  return can && status > 100 && status < 300;
}

// `parsed`: what can be read of `value`.
void append_to(std::string& out, std::string_view value, const std::optional<NameAddr>& parsed,
               std::string_view tag) {
  out.append("To: ");
  append_received(out, value);
  if (!tag.empty() && parsed && !parsed->tag_param) {
    out.append(";tag=");
    append_text(out, tag);
  }
  out.append(line_end);
}

}  // namespace

Writer::Writer() { out_.reserve(usual_bytes); }

Writer Writer::request(std::string_view method, std::string_view request_uri) {
  Writer writer;
  append_text(writer.out_, method);
  writer.out_.push_back(' ');
  append_text(writer.out_, request_uri);
  writer.out_.append(" SIP/2.0\r\n");
  return writer;
}

Writer Writer::response(int status, std::string_view phrase) {
  Writer writer;
  writer.out_.append("SIP/2.0 ");
  append_number(writer.out_, static_cast<std::uint64_t>(status));
  writer.out_.push_back(' ');
  append_text(writer.out_, phrase);
  writer.out_.append(line_end);
  return writer;
}

Writer Writer::reply(const Message& request, const Reply& reply) {
  Writer writer = response(reply.status, reply.phrase);
  append_vias(writer.out_, request, reply.source);
  if (forms_dialog(request.method(), reply.status)) {
    for (const auto header : request.headers()) {
      if (header.name != HeaderName::record_route) continue;
      append_header(writer.out_, HeaderName::record_route, header.value);
    }
  }
  const auto copy_value = [&](HeaderName header) {
    if (const auto value = request.header(header)) append_header(writer.out_, header, *value);
  };
  copy_value(HeaderName::from);
  if (const auto value = request.header(HeaderName::to)) {
    append_to(writer.out_, *value, to(request), reply.to_tag);
  }
  copy_value(HeaderName::call_id);
  copy_value(HeaderName::cseq);
  if (reply.status == 100) copy_value(HeaderName::timestamp);
  return writer;
}

Writer Writer::reply(const HeadScan& request, const Reply& reply) {
  Writer writer = response(reply.status, reply.phrase);
  const std::optional<Via> top = request.top;
  ViaCopier vias(writer.out_, reply.source, top);
  for (std::size_t i = 0; i < request.via_lines; ++i) vias.copy(request.vias[i]);
  append_header(writer.out_, HeaderName::from, request.from);
  append_to(writer.out_, request.to, NameAddr::parse(request.to), reply.to_tag);
  append_header(writer.out_, HeaderName::call_id, request.call_id);
  append_header(writer.out_, HeaderName::cseq, request.cseq);
  return writer;
}

Writer& Writer::header(HeaderName header, std::string_view value) {
  return this->header(name(header), value);
}

Writer& Writer::header(std::string_view name, std::string_view value) {
  append_text(out_, name);
  out_.append(": ");
  append_text(out_, value);
  out_.append(line_end);
  return *this;
}

Writer& Writer::header(HeaderName header, std::uint64_t number) {
  out_.append(name(header)).append(": ");
  append_number(out_, number);
  out_.append(line_end);
  return *this;
}

Writer& Writer::headers(const HeaderList& list) {
  for (const auto& [name, value] : list) header(name, value);
  return *this;
}

Writer& Writer::copy(const Message::Header& header) {
  append_received(out_, header.line);
  out_.append(line_end);
  return *this;
}

Writer& Writer::copy_first(const Message& from, HeaderName header) {
  for (const auto one : from.headers()) {
    if (one.name == header) return copy(one);
  }
  return *this;
}

Writer& Writer::copy_all(const Message& from, HeaderName header) {
  for (const auto one : from.headers()) {
    if (one.name == header) copy(one);
  }
  return *this;
}

std::string Writer::finish() { return finish({}, {}); }

std::string Writer::finish(std::string_view content_type, std::string_view body) {
  if (!body.empty()) header(HeaderName::content_type, content_type);
  header(HeaderName::content_length, body.size());
  out_.append(line_end).append(body);
  return std::move(out_);
}

}  // namespace strowger::sip
