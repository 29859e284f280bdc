// What the API needs from the rest of the program, supplied by cli/: it includes neither sim/ nor
// host/ nor media/. Every function may be called from several threads at once.
#pragma once

#include "api/event_hub.hpp"
#include "api/live_calls.hpp"
#include "api/login_throttle.hpp"
#include "api/metrics.hpp"
#include "api/passwords.hpp"
#include "api/store_pool.hpp"
#include "api/uses.hpp"
#include "base/endpoint.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "flow/snapshot.hpp"
#include "model/action_catalog.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

// Sound as it was decoded from an upload.
struct DecodedSound {
  std::string pcmu;
  std::string pcma;
  std::string g722;
  std::string opus;
  std::int64_t duration_ms = 0;
  std::string source;  // "wav, 44.1 kHz, 2 channels"
};

struct SoundRefusal {
  bool too_large = false;  // bytes or length: 413
  std::string what;
};

struct Voice {
  std::string id;  // "en-gb"
  std::string name;
  std::string language;  // BCP 47
};

struct SpeechRequest {
  std::string voice;  // one of voices()
  std::string text;
};

struct SimulationRequest {
  std::string account;
  std::string document;   // of the callflow, as JSON
  std::string to;
  std::string from;
  std::optional<WallTime> at;
  std::vector<std::pair<std::int64_t, std::string>> digits;  // ms after the start, and which
  std::vector<std::string> missing_media;
  std::optional<std::int64_t> hang_up_ms;
  std::string phones = "answer";  // or "busy", "no_answer", "offline"
};

// Where this server listens for SIP.
struct SipAddress {
  std::string transport;  // "udp", "tcp"
  Endpoint endpoint;
};

struct ActionText {
  std::string_view manifest;
  std::string_view help;
};

struct Services {
  std::function<WallTime()> now;
  StorePool::Open open_store;
  std::filesystem::path data;  // for the samples of media
  std::filesystem::path web;   // files of the web app; empty for none
  std::vector<ActionText> actions;

  std::function<std::vector<SipAddress>()> sip_addresses = [] {
    return std::vector<SipAddress>();
  };
  std::function<bool()> ready = [] { return true; };
  std::function<Metrics()> metrics = [] { return Metrics{}; };
  // What is stored becomes live.
  std::function<Result<void, Complaint>()> reload;
  std::function<flow::SnapshotPtr()> snapshot;
  std::function<Result<DecodedSound, SoundRefusal>(const std::string& file)> decode;
  // Nothing when no text-to-speech is installed.
  std::function<std::optional<std::vector<Voice>>()> voices;
  // A file like one that is uploaded.
  std::function<Result<std::string, Complaint>(const SpeechRequest&)> speak;
  // µ-law to 16-bit samples.
  std::function<std::vector<std::int16_t>(std::string_view pcmu)> linear;
  // As the Simulation of openapi.json.
  std::function<Result<boost::json::object, Complaint>(const SimulationRequest&)> simulate;
  // Each as the Registration of openapi.json.
  std::function<std::vector<boost::json::object>(const std::string& account)> registrations =
      [](const std::string&) { return std::vector<boost::json::object>{}; };
  // False when that device is not registered.
  std::function<bool(const std::string& account, const std::string& device)> unregister =
      [](const std::string&, const std::string&) { return false; };
  // How it stands, as the TrunkState of openapi.json.
  std::function<boost::json::object(const std::string& account, const std::string& trunk)>
      trunk_state = [](const std::string&, const std::string&) { return boost::json::object(); };
  // False when no such call is in progress any more.
  std::function<bool(const std::string& call, const std::string& by)> end_call;
  PasswordCost password_cost;
};

// What the API keeps while it runs.
struct State {
  explicit State(Services given);

  Services services;
  model::Catalog catalog;
  StorePool stores;
  EventHub events;
  LiveCalls live;
  LoginThrottle throttle;
  Passwords passwords;
  Uses uses;
  // Held from looking at an ETag to the write: no lost update between two requests.
  std::mutex write;
};

}  // namespace strowger::api
