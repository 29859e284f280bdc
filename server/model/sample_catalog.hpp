// A small catalog for the tests of this room, with one action of every kind. The real ones lie in
// actions/ and belong to somebody else.
#pragma once

#include "model/action_catalog.hpp"
#include "model/lint.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::model {

inline const Catalog& sample_catalog() {
  static const Catalog catalog = [] {
    Catalog made;
    for (const char* text : {
             R"({"name": "response", "title": "Response", "group": "advanced", "summary": "Ends.",
               "branches": "none", "terminal": true, "params": {
               "code": {"type": "integer", "minimum": 300, "maximum": 699, "default": 486},
               "message": {"type": "string", "maxLength": 128, "default": ""},
               "media": {"type": "ref", "to": "media", "optional": true},
               "q850_cause": {"type": ["integer", "string"], "maxLength": 4, "optional": true},
               "retry_after": {"type": "integer", "minimum": 0, "optional": true},
               "redirect_to": {"type": "array", "items": {"type": "string", "maxLength": 256},
                               "maxItems": 10, "optional": true},
               "contact": {"type": "string", "maxLength": 256, "optional": true},
               "extra_headers": {"type": "object", "optional": true}}})",
             R"({"name": "play", "title": "Media", "group": "basic", "summary": "Plays.",
               "branches": "one", "answers": {"param": "answer", "default": true}, "params": {
               "id": {"type": "ref", "to": "media"},
               "answer": {"type": "boolean", "default": true},
               "loop_count": {"type": "integer", "minimum": 1, "maximum": 9, "default": 1}}})",
             R"({"name": "menu", "title": "Menu", "group": "basic", "summary": "Asks.",
               "branches": "keyed", "answers": true,
               "keys": {"fixed": [{"key": "timeout"}], "pattern": "[0-9*#]{1,20}"},
               "params": {"id": {"type": "ref", "to": "menu", "optional": true}}})",
             R"({"name": "callflow", "title": "Callflow", "group": "advanced", "summary": "Runs.",
               "branches": "one", "runs": "id", "params": {
               "id": {"type": "ref", "to": "callflow"}}})",
             R"({"name": "hangup", "title": "Hang Up", "group": "basic", "summary": "Ends.",
               "branches": "none", "terminal": true, "params": {}})",
             R"({"name": "ring", "title": "Ring", "group": "basic", "summary": "Rings.",
               "branches": "one", "params": {
               "seat": {"type": "ref", "to": "seat", "optional": true},
               "device": {"type": "ref", "to": "device", "optional": true},
               "group": {"type": "ref", "to": "ring_group", "optional": true}}})",
             R"({"name": "temporal_route", "title": "Clock", "group": "basic", "summary": "Looks.",
               "branches": "keyed",
               "keys": {"fixed": [{"key": "rule_set"}], "to": "temporal_rule"}, "params": {
               "rules": {"type": "array", "optional": true,
                         "items": {"type": "ref", "to": "temporal_rule"}},
               "timezone": {"type": "string", "optional": true},
               "set": {"type": "ref", "to": "temporal_rule_set", "optional": true}}})",
             R"({"name": "group_pickup", "title": "Pickup", "group": "basic", "summary": "Takes.",
               "branches": "none", "terminal": true, "params": {
               "user_id": {"type": "ref", "to": "seat", "optional": true},
               "device_id": {"type": "ref", "to": "device", "optional": true},
               "group_id": {"type": "ref", "to": "ring_group", "optional": true}}})",
             R"({"name": "noop", "title": "Nothing", "group": "basic", "summary": "Goes on.",
               "branches": "one", "params": {}})",
         }) {
      const auto added = made.add(text);
      if (!added) ADD_FAILURE() << one_line(added.error().front());
    }
    return made;
  }();
  return catalog;
}

// A context that knows the media "hello", the menu "m", the seats "anna" and "off", the device
// "desk", the ring group "sales", the rule "office", the rule set "holidays", and nothing else.
inline ListedContext sample_context() {
  ListedContext context;
  context.media = {"hello"};
  context.menus = {"m"};
  context.seats = {{"anna", true}, {"off", false}};
  context.devices = {{"desk", true}, {"broken", false}};
  context.ring_groups = {"sales"};
  context.temporal_rules = {"office"};
  context.temporal_rule_sets = {"holidays"};
  return context;
}

inline Callflow parsed(std::string_view text) {
  auto callflow = parse_callflow(text);
  if (!callflow) {
    ADD_FAILURE() << one_line(callflow.error().front());
    return {};
  }
  return std::move(*callflow);
}

// "error unknown-module /flow/module" of every finding, one a line.
inline std::string listed(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += std::string(severity_name(finding.severity)) + " " + finding.code + " " +
            finding.pointer + "\n";
  }
  return text;
}

}  // namespace strowger::model
