// What `strowger seat`, `device` and `ring-group` have in common: storing a change, setting members
// of a document, refusing to delete what is in use.
#pragma once

#include "base/result.hpp"
#include "cli/commands.hpp"
#include "model/finding.hpp"
#include "store/seat_changes.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <string>
#include <vector>

namespace strowger::cli {

struct ObjectOptions : DataOptions {
  std::string id;
  std::vector<std::string> settings;  // "call_forward.enabled=true"
  bool force = false;
};

// Findings on err, one a line; exit_failed.
int refuse(Shell& shell, const model::Findings& findings);

// Stores the change and makes it live; exit_ok when both went well, else it has complained.
int store_change(const ObjectOptions& options, store::Store& store,
                 const store::AccountChange& change, Shell& shell);

// Sets members of the document from "name=value", dots leading into objects. A value is true,
// false, null (which removes the member), an array or object as JSON, else a text; digits are a
// number where `reads` takes no text. What is not of that form is a complaint.
using Reads = std::function<model::Findings(const boost::json::object&)>;
Result<boost::json::object, Complaint> with_settings(boost::json::object document,
                                                     const std::vector<std::string>& settings,
                                                     const Reads& reads);

// {"id": …, "revision": …, "document": …} as one line, or the document indented.
int show(const ObjectOptions& options, store::ObjectKind kind, Shell& shell);

// Where it is referred to: "callflow desk", "ring group sales". `except`: a callflow that goes too.
Result<std::vector<std::string>, Complaint> users_of(const ObjectOptions& options,
                                                     store::Store& store, store::ObjectKind kind,
                                                     const std::string& except = {});

// "phone-" and 8 letters or digits; a password of 20.
std::string new_username();
std::string new_password();

}  // namespace strowger::cli
