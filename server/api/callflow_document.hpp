// Callflow documents in requests and responses.
#pragma once

#include "api/visit.hpp"
#include "model/callflow.hpp"

#include <string>
#include <string_view>

namespace strowger::api {

// 400 when it is no JSON, 413 when it is too large, 422 when it is no callflow.
Answered<model::Callflow> parse_document(std::string_view text);

// {"id": …, "revision": …, …, "document": …}, the document as it is stored, byte for byte.
std::string revision_text(const store::CallflowRevision& stored,
                          const store::CallflowSummary& summary,
                          const boost::json::object& more = {});

std::string revision_etag(store::Revision latest);
// What a writer has to be told who has not seen the latest revision.
Response changed_meanwhile(Visit& visit, const std::string& callflow);

model::Findings lint_of(Visit& visit, const model::Callflow& callflow);
// 409 with `owner` when another live callflow has one of the numbers or patterns.
std::optional<Response> check_owners(Visit& visit, const model::Callflow& callflow);

}  // namespace strowger::api
