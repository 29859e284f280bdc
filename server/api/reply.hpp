// Responses that the routes have in common: JSON, problems with findings, lists in pages, and what
// a store's error means to who asked.
#pragma once

#include "api/http.hpp"
#include "base/result.hpp"
#include "model/finding.hpp"
#include "store/store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace strowger::api {

// A value, or the response that says why not.
template <class T>
using Answered = Result<T, Response>;

inline tl::unexpected<Response> refused(Response response) {
  return tl::unexpected<Response>(std::move(response));
}

Response json_response(int status, const boost::json::value& value);
Response no_content();
// The problem with the usual title of the status; `more` has members of our own.
Response refusal(int status, std::string_view detail, boost::json::object more = {});
Response refusal(const model::Findings& findings, int status = 422);
// A conflict is told as a finding, too, where the error says which member of the document it is.
Response refusal(const store::Error& error, boost::json::object more = {});

// In quotation marks; changes with every change of `text`.
std::string etag_of(std::string_view text);
Response with_etag(Response response, const std::string& etag);

}  // namespace strowger::api
