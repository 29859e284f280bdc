#include "registrar.hpp"

#include "dialog_text.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <poll.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <random>

namespace strowger::bench {

namespace {

constexpr std::string_view ip = "127.0.0.1";
constexpr std::int64_t patience_ns = 2'000'000'000;

std::string md5(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

// `name="value"` or `name=value`, where `name` is a parameter of its own.
std::string parameter(std::string_view value, std::string_view name) {
  const auto at = value.find(std::string(name) + '=');
  if (at == std::string_view::npos) return {};
  auto rest = value.substr(at + name.size() + 1);
  const bool quoted = rest.starts_with('"');
  if (quoted) rest.remove_prefix(1);
  return std::string(rest.substr(0, rest.find_first_of(quoted ? "\"" : ", ")));
}

}  // namespace

std::string phone_name(std::uint32_t index) { return fmt::format("phone-{:06}", index); }

Challenge Challenge::of(std::string_view value) {
  return {.realm = parameter(value, "realm"), .nonce = parameter(value, "nonce"),
          .qop = parameter(value, "qop")};
}

std::string credentials(const Challenge& challenge, std::string_view user, std::string_view uri) {
  const auto secret = md5(fmt::format("{}:{}:{}", user, challenge.realm, phone_password));
  const auto method = md5(fmt::format("REGISTER:{}", uri));
  const bool counted = challenge.qop.find("auth") != std::string::npos;
  const auto middle = counted ? challenge.nonce + ":00000001:bench:auth" : challenge.nonce;
  return fmt::format(
      R"(Digest username="{}", realm="{}", nonce="{}", uri="{}", response="{}", algorithm=MD5{})",
      user, challenge.realm, challenge.nonce, uri, md5(secret + ':' + middle + ':' + method),
      counted ? R"(, qop=auth, nc=00000001, cnonce="bench")" : "");
}

Registrations::Registrations(const RegisterPlan& plan)
    : plan_(plan),
      run_(fmt::format("z9hG4bKr{:08x}-", std::random_device()())),
      server_(address_of(std::string(ip), plan.server_port)),
      socket_(address_of(std::string(ip), 0), {.stamped = true}),
      phones_(plan.phones) {}

void Registrations::run() {
  start_ns_ = wall_ns();
  auto last = start_ns_;
  while (over_ < phones_.size() && wall_ns() < last + patience_ns) {
    if (next_ < phones_.size()) last = wall_ns();
    start_due(wall_ns());
    socket_.flush();
    pollfd waiting{.fd = socket_.fd(), .events = POLLIN, .revents = 0};
    poll(&waiting, 1, 1);
    socket_.receive([this](const Arrival& arrival) { take(arrival); });
    socket_.flush();
  }
  fmt::print("measured {}\n", registered_);
  std::fflush(stdout);
}

void Registrations::start_due(std::int64_t now) {
  for (std::size_t n = 0; n < datagrams_per_batch && next_ < phones_.size(); ++n) {
    const auto due = start_ns_ + static_cast<std::int64_t>(next_ * (1e9 / plan_.rate));
    if (due > now) return;
    if (next_ == plan_.warm) {
      fmt::print("measuring 0\n");
      std::fflush(stdout);
    }
    phones_[next_].due_ns = due;
    send(next_++, 1, {});
  }
}

void Registrations::send(std::uint32_t index, int cseq, std::string_view authorization) {
  const auto name = phone_name(index);
  auto text = fmt::format(
      "REGISTER sip:{0} SIP/2.0\r\nVia: SIP/2.0/UDP {1}:{2};branch={3}{4:08x}-{5};rport\r\n"
      "Max-Forwards: 70\r\nFrom: <sip:{6}@{0}>;tag=t{4:08x}\r\nTo: <sip:{6}@{0}>\r\n"
      "Call-ID: {3}{4:08x}@{1}\r\nCSeq: {5} REGISTER\r\nContact: <sip:{6}@{1}:{2}>\r\n"
      "Expires: 3600\r\nUser-Agent: strowger-bench\r\n",
      plan_.domain, ip, socket_.port(), run_, index, cseq, name);
  if (!authorization.empty()) text += fmt::format("Authorization: {}\r\n", authorization);
  socket_.queue(server_, text + "Content-Length: 0\r\n\r\n");
}

void Registrations::take(const Arrival& arrival) {
  const auto branch = arrival.bytes.find(run_);
  if (!arrival.bytes.starts_with("SIP/2.0 ") || branch == std::string_view::npos) return;
  std::uint32_t index = 0;
  const char* const digits = arrival.bytes.data() + branch + run_.size();
  std::from_chars(digits, digits + 8, index, 16);
  const int code = std::stoi(std::string(arrival.bytes.substr(8, 3)));
  if (index >= next_ || phones_[index].over || code < 200) return;
  const bool first = first_header(arrival.bytes, "CSeq").starts_with("1 ");
  if (code == 401 && first) {
    const auto challenge = Challenge::of(first_header(arrival.bytes, "WWW-Authenticate"));
    return send(index, 2, credentials(challenge, phone_name(index), "sip:" + plan_.domain));
  }
  phones_[index].over = true;
  ++over_;
  if (code != 200) last_refusal_ = code;
  if (code != 200 || index < plan_.warm) return;
  ++registered_;
  times_.add_ns(arrival.at_ns - phones_[index].due_ns);
}

std::string Registrations::json() {
  return fmt::format(R"({{"phones":{},"registered":{},"refusal":{},"time_us":{}}})",
                     phones_.size() - plan_.warm, registered_, last_refusal_, times_.json());
}

}  // namespace strowger::bench
