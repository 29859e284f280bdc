#include "rtp/rtcp.hpp"

#include "rtp/wire.hpp"

#include <algorithm>

namespace strowger::rtp {

namespace {

constexpr unsigned version = 2;
enum Type : unsigned { sr = 200, rr = 201, sdes = 202, bye = 203 };
constexpr unsigned cname_item = 1;
constexpr std::size_t block_bytes = 24;

using Parsed = std::vector<RtcpPacket>;
using Done = Result<void, RtcpError>;

// One packet of a compound, without its header and padding.
struct Piece {
  unsigned count;  // of blocks, chunks or sources
  Bytes body;
};

std::vector<ReportBlock> read_blocks(Reader& reader, unsigned count) {
  std::vector<ReportBlock> blocks(count);
  for (ReportBlock& block : blocks) {
    block.ssrc = reader.u32();
    block.fraction_lost = reader.u8();
    const std::uint32_t lost = reader.number(3);
    block.cumulative_lost = static_cast<std::int32_t>(lost << 8) >> 8;  // 24 bits with a sign
    block.highest_sequence = reader.u32();
    block.jitter = reader.u32();
    block.last_sr = reader.u32();
    block.delay_since_last_sr = reader.u32();
  }
  return blocks;
}

Done read_sender_report(const Piece& piece, Parsed& parsed) {
  constexpr std::size_t fixed = 24;
  if (piece.body.size() < fixed + piece.count * block_bytes) {
    return unexpected(RtcpError::count_beyond_length);
  }
  Reader reader(piece.body);
  SenderReport report;
  report.ssrc = reader.u32();
  report.ntp = reader.u64();
  report.rtp_timestamp = reader.u32();
  report.packets = reader.u32();
  report.octets = reader.u32();
  report.blocks = read_blocks(reader, piece.count);
  parsed.emplace_back(std::move(report));
  return {};
}

Done read_receiver_report(const Piece& piece, Parsed& parsed) {
  constexpr std::size_t fixed = 4;
  if (piece.body.size() < fixed + piece.count * block_bytes) {
    return unexpected(RtcpError::count_beyond_length);
  }
  Reader reader(piece.body);
  ReceiverReport report;
  report.ssrc = reader.u32();
  report.blocks = read_blocks(reader, piece.count);
  parsed.emplace_back(std::move(report));
  return {};
}

std::string as_text(Bytes bytes) {
  std::string text;
  for (const std::byte b : bytes) text += static_cast<char>(b);
  return text;
}

// A chunk ends with a zero item and is filled up to 32 bits (RFC 3550 §6.5).
Done read_chunk(Reader& reader, SourceDescription& description) {
  const std::size_t before = reader.rest().size();
  description.ssrc = reader.u32();
  while (const unsigned item = reader.u8()) {
    const Bytes value = reader.take(reader.u8());
    if (item == cname_item) description.cname = as_text(value);
  }
  const std::size_t used = before - reader.rest().size();
  if (reader.ok() && used % 4 != 0) reader.take(4 - used % 4);
  if (!reader.ok()) return unexpected(RtcpError::bad_item);
  return {};
}

Done read_source_descriptions(const Piece& piece, Parsed& parsed) {
  Reader reader(piece.body);
  for (unsigned i = 0; i < piece.count; ++i) {
    SourceDescription description;
    if (const Done done = read_chunk(reader, description); !done) return done;
    parsed.emplace_back(std::move(description));
  }
  return {};
}

Done read_goodbye(const Piece& piece, Parsed& parsed) {
  if (piece.body.size() < std::size_t{piece.count} * 4) {
    return unexpected(RtcpError::count_beyond_length);
  }
  Reader reader(piece.body);
  Goodbye goodbye;
  for (unsigned i = 0; i < piece.count; ++i) goodbye.ssrcs.push_back(reader.u32());
  if (!reader.rest().empty()) {
    goodbye.reason = as_text(reader.take(reader.u8()));
    if (!reader.ok()) return unexpected(RtcpError::bad_item);
  }
  parsed.emplace_back(std::move(goodbye));
  return {};
}

Done read_piece(unsigned type, const Piece& piece, Parsed& parsed) {
  switch (type) {
    case Type::sr: return read_sender_report(piece, parsed);
    case Type::rr: return read_receiver_report(piece, parsed);
    case Type::sdes: return read_source_descriptions(piece, parsed);
    case Type::bye: return read_goodbye(piece, parsed);
    default: return {};  // APP, feedback (RFC 4585), extended reports (RFC 3611)
  }
}

Result<Bytes, RtcpError> without_padding(Bytes body) {
  if (body.empty()) return unexpected(RtcpError::bad_padding);
  const auto count = std::to_integer<std::size_t>(body.back());
  if (count == 0 || count % 4 != 0 || count > body.size()) {
    return unexpected(RtcpError::bad_padding);
  }
  return body.first(body.size() - count);
}

Done read_next(Reader& reader, Parsed& parsed) {
  const unsigned flags = reader.u8();
  const unsigned type = reader.u8();
  const std::size_t words = reader.u16();
  if (!reader.ok()) return unexpected(RtcpError::too_short);
  if (flags >> 6 != version) return unexpected(RtcpError::wrong_version);
  Bytes body = reader.take(words * 4);
  if (!reader.ok()) return unexpected(RtcpError::length_beyond_datagram);
  if ((flags & 0x20U) != 0) {
    const auto kept = without_padding(body);
    if (!kept) return unexpected(kept.error());
    body = *kept;
  }
  return read_piece(type, {flags & 0x1FU, body}, parsed);
}

// Fills the header in when the body is known.
void write_piece(Writer& out, Type type, std::size_t count, Writer body) {
  while (body.size() % 4 != 0) body.u8(0);
  const std::vector<std::byte> bytes = body.release();
  out.u8(version << 6 | static_cast<unsigned>(count)).u8(type);
  out.u16(static_cast<std::uint32_t>(bytes.size() / 4));
  for (const std::byte b : bytes) out.u8(std::to_integer<std::uint32_t>(b));
}

std::size_t write_blocks(Writer& body, const std::vector<ReportBlock>& blocks) {
  const std::size_t count = std::min(blocks.size(), report_blocks_max);
  for (std::size_t i = 0; i < count; ++i) {
    const ReportBlock& block = blocks[i];
    body.u32(block.ssrc).u8(block.fraction_lost);
    body.number(static_cast<std::uint32_t>(block.cumulative_lost), 3);
    body.u32(block.highest_sequence).u32(block.jitter);
    body.u32(block.last_sr).u32(block.delay_since_last_sr);
  }
  return count;
}

struct WritePiece {
  Writer& out;

  void operator()(const SenderReport& report) const {
    Writer body;
    body.u32(report.ssrc);
    body.u32(static_cast<std::uint32_t>(report.ntp >> 32));
    body.u32(static_cast<std::uint32_t>(report.ntp));
    body.u32(report.rtp_timestamp).u32(report.packets).u32(report.octets);
    const std::size_t count = write_blocks(body, report.blocks);
    write_piece(out, Type::sr, count, std::move(body));
  }
  void operator()(const ReceiverReport& report) const {
    Writer body;
    body.u32(report.ssrc);
    const std::size_t count = write_blocks(body, report.blocks);
    write_piece(out, Type::rr, count, std::move(body));
  }
  void operator()(const SourceDescription& description) const {
    const auto cname = std::string_view(description.cname).substr(0, cname_bytes_max);
    Writer body;
    body.u32(description.ssrc).u8(cname_item).u8(static_cast<std::uint32_t>(cname.size()));
    body.text(cname).u8(0);
    write_piece(out, Type::sdes, 1, std::move(body));
  }
  void operator()(const Goodbye& goodbye) const {
    const std::size_t count = std::min(goodbye.ssrcs.size(), report_blocks_max);
    Writer body;
    for (std::size_t i = 0; i < count; ++i) body.u32(goodbye.ssrcs[i]);
    const auto reason = std::string_view(goodbye.reason).substr(0, cname_bytes_max);
    if (!reason.empty()) body.u8(static_cast<std::uint32_t>(reason.size())).text(reason);
    write_piece(out, Type::bye, count, std::move(body));
  }
};

}  // namespace

Result<std::vector<RtcpPacket>, RtcpError> parse_rtcp(Bytes datagram) {
  if (datagram.size() > rtcp_datagram_bytes_max) return unexpected(RtcpError::too_long);
  Parsed parsed;
  Reader reader(datagram);
  do {
    if (const Done done = read_next(reader, parsed); !done) return unexpected(done.error());
  } while (!reader.rest().empty());
  return parsed;
}

std::vector<std::byte> write_rtcp(const std::vector<RtcpPacket>& packets) {
  Writer out;
  for (const RtcpPacket& packet : packets) std::visit(WritePiece{out}, packet);
  return out.release();
}

std::uint64_t ntp_time(WallTime wall) {
  constexpr std::uint64_t from_1900_to_1970 = 2'208'988'800;  // seconds
  const auto ms = static_cast<std::uint64_t>(wall.time_since_epoch().count());
  const std::uint64_t seconds = ms / 1'000 + from_1900_to_1970;
  return seconds << 32 | ((ms % 1'000) << 32) / 1'000;
}

}  // namespace strowger::rtp
