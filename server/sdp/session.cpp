#include "sdp/session.hpp"

#include <algorithm>

namespace strowger::sdp {

namespace {

const Attribute* find(const std::vector<Attribute>& attributes, std::string_view wanted) {
  const auto found = std::ranges::find(attributes, wanted, &Attribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name(Direction d) {
  switch (d) {
    case Direction::inactive: return "inactive";
    case Direction::sendonly: return "sendonly";
    case Direction::recvonly: return "recvonly";
    case Direction::sendrecv: return "sendrecv";
  }
  return "sendrecv";
}

bool Media::is_rtp() const { return protocol.find("RTP/") != std::string::npos; }

const Attribute* Media::attribute(std::string_view wanted) const {
  return find(attributes, wanted);
}

const Attribute* Session::attribute(std::string_view wanted) const {
  return find(attributes, wanted);
}

const Connection* Session::connection_of(const Media& section) const {
  if (section.connection) return &*section.connection;
  return connection ? &*connection : nullptr;
}

Direction Session::direction_of(const Media& section) const {
  return section.direction.value_or(direction.value_or(Direction::sendrecv));
}

}  // namespace strowger::sdp
