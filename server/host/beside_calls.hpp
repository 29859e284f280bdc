// Threads beside the shards: the store's, the API's, those that wait for a disk or a name server.
#pragma once

namespace strowger::host {

// First in each of them. `name`: at most 15 characters, for `top -H`. From then on the thread comes
// after the shards where processors are short: a record may wait in the journal, a caller may not.
void begin_beside_calls(const char* name);

}  // namespace strowger::host
