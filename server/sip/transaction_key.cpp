#include "sip/transaction_key.hpp"

#include "sip/headers.hpp"

#include <bit>
#include <cstring>

namespace strowger::sip {

namespace {

static_assert(std::endian::native == std::endian::little, "byte order of SipHash's words");

std::uint64_t little_endian(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// SipHash-2-4 of Aumasson and Bernstein, with the 128-bit output of its reference.
class SipHash {
 public:
  SipHash(std::uint64_t k0, std::uint64_t k1)
      : v0_(k0 ^ 0x736f6d6570736575),
        v1_(k1 ^ 0x646f72616e646f6d ^ 0xee),
        v2_(k0 ^ 0x6c7967656e657261),
        v3_(k1 ^ 0x7465646279746573) {}

  void add(std::string_view bytes) {
    for (; bytes.size() >= sizeof word_; bytes.remove_prefix(sizeof word_)) {
      add(little_endian(bytes.data()), sizeof word_);
    }
    std::uint64_t rest = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
      rest = rest << 8 | static_cast<unsigned char>(bytes[i]);
    }
    add(rest, bytes.size());
  }

  // The lowest `count` bytes of `bytes`, up to 8; the others are zero.
  void add(std::uint64_t bytes, std::size_t count) {
    const auto before = 8 * (length_ & 7);
    word_ |= bytes << before;
    length_ += count;
    if (before + 8 * count < 64) return;
    absorb();
    if (before > 0) word_ = bytes >> (64 - before);
  }

  Key finish() {
    word_ |= (length_ & 0xff) << 56;
    absorb();
    v2_ ^= 0xee;
    for (int i = 0; i < 4; ++i) round();
    Key key;
    key.low = v0_ ^ v1_ ^ v2_ ^ v3_;
    v1_ ^= 0xdd;
    for (int i = 0; i < 4; ++i) round();
    key.high = v0_ ^ v1_ ^ v2_ ^ v3_;
    return key;
  }

 private:
  void absorb() {
    v3_ ^= word_;
    round();
    round();
    v0_ ^= word_;
    word_ = 0;
  }

  void round() {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }

  std::uint64_t v0_, v1_, v2_, v3_;
  std::uint64_t word_ = 0;
  std::uint64_t length_ = 0;
};

std::string_view leading_digits(std::string_view cseq) {
  return cseq.substr(0, cseq.find_first_not_of("0123456789"));
}

std::string_view cseq_digits(const Message& message) {
  return leading_digits(message.header(HeaderName::cseq).value_or(""));
}

bool is_unique(std::string_view branch) {
  return branch.starts_with(magic_cookie) && branch.size() > magic_cookie.size();
}

}  // namespace

std::string Key::text() const {
  constexpr char digits[] = "0123456789abcdef";
  std::string hex(16, '0');
  for (std::size_t i = 0; i < hex.size(); ++i) hex[i] = digits[(low >> (60 - 4 * i)) & 15];
  return hex;
}

Key KeyMaker::of(std::initializer_list<std::string_view> parts) const {
  SipHash hash(k0_, k1_);
  for (const auto part : parts) {
    hash.add(part);
    hash.add(static_cast<std::uint32_t>(part.size()), sizeof(std::uint32_t));
  }
  return hash.finish();
}

Key KeyMaker::server_transaction(const Message& request, const Via& top,
                                 std::string_view method) const {
  const auto branch = top.branch().value_or("");
  if (is_unique(branch)) return of({"server", branch, top.sent_by, method});
  // RFC 2543 peers: Request-URI, From tag, Call-ID, CSeq number and top Via. The To tag is left
  // out, as the ACK's is the one that we chose, and no two requests of a caller agree in all the
  // rest.
  return of({"server 2543", request.request_uri(), from_tag(request), call_id(request),
             cseq_digits(request), request.first_value(HeaderName::via).value_or(""), method});
}

Key KeyMaker::server_transaction(const HeadScan& request, std::string_view method) const {
  const auto branch = request.top.branch().value_or("");
  if (is_unique(branch)) return of({"server", branch, request.top.sent_by, method});
  return of({"server 2543", request.request_uri, request.from_tag, request.call_id,
             leading_digits(request.cseq), request.top_text, method});
}

Key KeyMaker::client_transaction(std::string_view branch, std::string_view method) const {
  return of({"client", branch, method});
}

Key KeyMaker::merged_request(const Message& request) const {
  return of({"merged", from_tag(request), call_id(request), cseq_digits(request),
             request.method_text()});
}

Key KeyMaker::dialog(std::string_view call_id, std::string_view local_tag,
                     std::string_view remote_tag) const {
  return of({"dialog", call_id, local_tag, remote_tag});
}

std::string KeyMaker::stateless_tag(const Message& request) const {
  return of({"stateless", request.first_value(HeaderName::via).value_or(""), from_tag(request),
             call_id(request), cseq_digits(request)})
      .text();
}

}  // namespace strowger::sip
