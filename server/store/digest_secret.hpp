// From a device's password to what is stored of it.
#pragma once

#include "model/device.hpp"

#include <string_view>

namespace strowger::store {

// H(username:realm:password) by MD5 and SHA-256 (RFC 7616 §3.4.2), lower-case hex.
model::DigestSecret digest_secret(std::string_view username, std::string_view realm,
                                  std::string_view password);

}  // namespace strowger::store
