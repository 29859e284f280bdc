// The media of an account as calls use them: an id, a name, and audio ready to be sent.
#pragma once

#include "media/prompt.hpp"

#include <memory>
#include <string>
#include <unordered_map>

namespace strowger::call {

struct Media {
  std::string id;
  std::string name;
  std::shared_ptr<const media::Prompt> prompt;
};

using MediaLibrary = std::unordered_map<std::string, Media>;

}  // namespace strowger::call
