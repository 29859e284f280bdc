// The parts that a .flow file's parser is made of; for the rest of sim/ see scenario.hpp.
#pragma once

#include "sim/scenario.hpp"
#include "sim/scenario_words.hpp"

#include <string_view>

namespace strowger::sim {

// All throw BadStatement.
void read_caller(Words& words, Scenario& scenario);
void read_loss(Words& words, Scenario& scenario);
void read_net(Words& words, Scenario& scenario);
void read_limits(Words& words, Scenario& scenario);
void read_media(Words& words, Scenario& scenario);
// "phone: bob device=desk speaks=880Hz …"
void read_phone(Words& words, Scenario& scenario);
void read_record(Words& words, int line, Scenario& scenario);
// "caller -> …", "caller <- …", "hears …", "digits …": what stands behind the first word.
Step read_caller_step(Words& words);
// "bob <- INVITE", "bob -> 180", "bob hears 440Hz"
Step read_phone_step(Words& words);
Act read_digits(Words& words);
Hear read_hear(Words& words);

}  // namespace strowger::sim
