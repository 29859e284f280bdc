#include "sip/headers.hpp"

namespace strowger::sip {
namespace {

// Takes one word up to white space off `rest`.
std::string_view take_word(std::string_view& rest) {
  rest = trim(rest);
  std::size_t length = 0;
  while (length < rest.size() && !is_white(rest[length])) ++length;
  const std::string_view word = rest.substr(0, length);
  rest.remove_prefix(length);
  return word;
}

template <class T>
std::optional<T> typed(std::optional<std::string_view> value) {
  if (!value) return std::nullopt;
  return T::parse(*value);
}

template <class Number>
std::optional<Number> number_in(const Message& message, HeaderName header, std::uint64_t max) {
  const auto value = message.header(header);
  if (!value) return std::nullopt;
  const auto number = parse_number(*value, max);
  if (!number) return std::nullopt;
  return static_cast<Number>(*number);
}

std::string_view tag_in(const std::optional<NameAddr>& address) {
  if (!address) return {};
  return address->tag().value_or(std::string_view());
}

}  // namespace

std::optional<CSeq> CSeq::parse(std::string_view value) {
  std::string_view rest = value;
  const auto number = parse_number(take_word(rest), sequence_max);
  const std::string_view method = trim(rest);
  if (!number || !is_token(method)) return std::nullopt;
  return CSeq{static_cast<std::uint32_t>(*number), method_from(method), method};
}

std::optional<RAck> RAck::parse(std::string_view value) {
  std::string_view rest = value;
  const auto rseq = parse_number(take_word(rest), sequence_max);
  const auto cseq = CSeq::parse(rest);
  if (!rseq || *rseq == 0 || !cseq) return std::nullopt;
  return RAck{static_cast<std::uint32_t>(*rseq), cseq->number, cseq->method, cseq->method_text};
}

std::optional<ContentType> ContentType::parse(std::string_view value) {
  value = trim(value);
  const std::size_t semicolon = std::min(value.find(';'), value.size());
  const std::string_view kind = value.substr(0, semicolon);
  const std::size_t slash = kind.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  ContentType parsed{trim(kind.substr(0, slash)), trim(kind.substr(slash + 1)),
                     Params(value.substr(semicolon))};
  if (!is_token(parsed.type) || !is_token(parsed.subtype)) return std::nullopt;
  if (!parsed.params.empty() && !parsed.params.well_formed()) return std::nullopt;
  return parsed;
}

bool ContentType::is(std::string_view want_type, std::string_view want_subtype) const {
  return iequals(type, want_type) && iequals(subtype, want_subtype);
}

std::optional<TokenParams> TokenParams::parse(std::string_view value) {
  value = trim(value);
  const std::size_t end = std::min(value.find_first_of("; \t\r\n,"), value.size());
  TokenParams parsed{value.substr(0, end), Params(trim(value.substr(end)))};
  if (parsed.token.empty()) return std::nullopt;
  if (!parsed.params.empty() && !parsed.params.well_formed()) return std::nullopt;
  return parsed;
}

const std::optional<Via>& top_via(const Message& message) {
  return message.essentials().top_via.get([&] {
    const auto value = message.first_value(HeaderName::via);
    return value ? Via::salvage(*value) : std::nullopt;
  });
}

const std::optional<NameAddr>& from(const Message& message) {
  return message.essentials().from.get(
      [&] { return typed<NameAddr>(message.header(HeaderName::from)); });
}

const std::optional<NameAddr>& to(const Message& message) {
  return message.essentials().to.get(
      [&] { return typed<NameAddr>(message.header(HeaderName::to)); });
}

const std::optional<CSeq>& cseq(const Message& message) {
  return message.essentials().cseq.get(
      [&] { return typed<CSeq>(message.header(HeaderName::cseq)); });
}

std::optional<RAck> rack(const Message& message) {
  return typed<RAck>(message.header(HeaderName::rack));
}

std::optional<std::uint32_t> rseq(const Message& message) {
  const auto number = number_in<std::uint32_t>(message, HeaderName::rseq, sequence_max);
  return number == 0U ? std::nullopt : number;
}

std::optional<NameAddr> contact(const Message& message) {
  const auto first = typed<NameAddr>(message.first_value(HeaderName::contact));
  return first && first->star ? std::nullopt : first;
}

std::optional<std::uint8_t> max_forwards(const Message& message) {
  return number_in<std::uint8_t>(message, HeaderName::max_forwards, 255);
}

std::optional<std::uint32_t> expires(const Message& message) {
  return number_in<std::uint32_t>(message, HeaderName::expires, 0xffff'ffff);
}

std::optional<ContentType> content_type(const Message& message) {
  return typed<ContentType>(message.header(HeaderName::content_type));
}

bool has_token(const Message& message, HeaderName header, std::string_view token) {
  for (const auto one : message.headers()) {
    if (one.name == header && list_contains(one.value, token)) return true;
  }
  return false;
}

std::string_view to_tag(const Message& message) { return tag_in(to(message)); }

std::string_view from_tag(const Message& message) { return tag_in(from(message)); }

std::string_view call_id(const Message& message) {
  return message.header(HeaderName::call_id).value_or(std::string_view());
}

}  // namespace strowger::sip
