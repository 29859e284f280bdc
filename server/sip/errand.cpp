#include "sip/errand.hpp"

#include "sip/writer.hpp"

#include <utility>

namespace strowger::sip {

void Errand::start(const Inquiry& inquiry) {
  const auto branch = core_.new_branch();
  Writer writer = Writer::request(inquiry.method, inquiry.request_uri);
  writer.header(HeaderName::via, core_.via(inquiry.to, branch));
  writer.header(HeaderName::max_forwards, inquiry.max_forwards);
  writer.header(HeaderName::from, inquiry.from + ";tag=" + core_.new_tag());
  writer.header(HeaderName::to, inquiry.to_header);
  writer.header(HeaderName::call_id, inquiry.call_id);
  writer.header(HeaderName::cseq,
                std::to_string(inquiry.cseq) + " " + std::string(name(inquiry.method)));
  writer.headers(inquiry.headers);
  if (!core_.config.server_name.empty()) {
    writer.header(HeaderName::user_agent, core_.config.server_name);
  }
  core_.track_connection(id_, inquiry.to.connection);
  auto bytes = inquiry.body.type.empty() ? writer.finish()
                                         : writer.finish(inquiry.body.type, inquiry.body.content);
  core_.open_client(inquiry.method, branch, inquiry.to, std::move(bytes), id_);
}

void Errand::receive_response(const Key&, const MessagePtr& response, const Peer& source) {
  core_.track_connection(id_, source.connection);
  if (response->status() < 200 || phase_ == Phase::ended) return;
  core_.emit(Replied{id_, response, source});
  end(Ended::Why::rejected, response);
}

void Errand::request_failed(const Key&, bool timed_out) {
  if (phase_ == Phase::ended) return;
  core_.emit(Replied{id_, nullptr, {}});
  end(timed_out ? Ended::Why::timeout : Ended::Why::transport_failed);
}

}  // namespace strowger::sip
