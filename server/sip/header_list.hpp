// Headers to be written, in order.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace strowger::sip {

using HeaderList = std::vector<std::pair<std::string, std::string>>;  // name, value

}  // namespace strowger::sip
