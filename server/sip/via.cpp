#include "sip/via.hpp"

#include "sip/grammar.hpp"

namespace strowger::sip {
namespace {

constexpr auto npos = std::string_view::npos;

void skip_white(std::string_view& text) { text = trim_front(text); }

std::string_view take_token(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_token_char(text[length])) ++length;
  const std::string_view token = text.substr(0, length);
  text.remove_prefix(length);
  return token;
}

// "/" with white space around it, which the grammar allows.
bool take_slash(std::string_view& text) {
  skip_white(text);
  if (text.empty() || text.front() != '/') return false;
  text.remove_prefix(1);
  skip_white(text);
  return true;
}

bool take_sent_by(std::string_view& rest, Via& via) {
  const char* begin = rest.data();
  std::size_t length = 0;
  if (!rest.empty() && rest.front() == '[') {
    length = rest.find(']');
    if (length == npos || length < 3) return false;
    if (!detail::all(rest.substr(1, length - 1), detail::v6_char)) return false;
    ++length;
  } else {
    while (length < rest.size() && detail::is(rest[length], detail::host_char)) ++length;
  }
  via.host = rest.substr(0, length);
  rest.remove_prefix(length);
  via.sent_by = via.host;
  skip_white(rest);
  if (rest.empty() || rest.front() != ':') return !via.host.empty();
  rest.remove_prefix(1);
  skip_white(rest);
  length = 0;
  while (length < rest.size() && is_digit(rest[length])) ++length;
  const auto port = parse_number(rest.substr(0, length), 65'535);
  if (!port) return false;
  via.port = static_cast<std::uint16_t>(*port);
  rest.remove_prefix(length);
  via.sent_by = {begin, static_cast<std::size_t>(rest.data() - begin)};
  return !via.host.empty();
}

}  // namespace

std::optional<Via> Via::salvage(std::string_view value) {
  std::string_view rest = trim(value);
  Via via;
  if (!iequals(take_token(rest), "SIP") || !take_slash(rest)) return std::nullopt;
  via.version = take_token(rest);
  if (via.version.empty() || !take_slash(rest)) return std::nullopt;
  via.transport = take_token(rest);
  if (via.transport.empty() || rest.empty() || !is_white(rest.front())) return std::nullopt;
  skip_white(rest);
  if (!take_sent_by(rest, via)) return std::nullopt;
  via.read_params(rest);
  return via;
}

void Via::read_params(std::string_view text) {
  std::string_view rest = text;
  const auto keep = [](std::optional<std::string_view>& first, std::string_view value) {
    if (!first) first = value;
  };
  while (const auto param = Params::next_good(rest)) {
    if (iequals(param->name, "branch")) keep(branch_, param->value);
    else if (iequals(param->name, "rport")) keep(rport_, param->value);
    else if (iequals(param->name, "received")) keep(received_, param->value);
  }
  params = Params(trim(text.substr(0, text.size() - rest.size())));
  whole = trim(rest).empty();
}

std::optional<Via> Via::parse(std::string_view value) {
  auto via = salvage(value);
  return via && via->whole ? via : std::nullopt;
}

std::optional<std::uint16_t> Via::rport() const {
  if (!rport_) return std::nullopt;
  const auto number = parse_number(*rport_, 65'535);
  if (!number || *number == 0) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

Endpoint reply_endpoint(const Via& top, const Endpoint& source, Transport transport) {
  if (is_reliable(transport) || top.has_rport()) return source;
  const auto port = top.port.value_or(std::uint16_t{5060});
  return {source.address, port == 0 ? std::uint16_t{5060} : port};
}

}  // namespace strowger::sip
