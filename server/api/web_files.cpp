#include "api/web_files.hpp"

#include "api/passwords.hpp"
#include "api/reply.hpp"
#include "api/url.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace strowger::api {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view nonce_mark = "__CSP_NONCE__";  // Vite's html.cspNonce

struct Type {
  std::string_view extension;
  std::string_view type;
};
constexpr Type types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".wav", "audio/wav"},
    {".txt", "text/plain; charset=utf-8"},
};

std::string_view type_of(const fs::path& path) {
  const auto extension = path.extension().string();
  const auto found = std::ranges::find(types, extension, &Type::extension);
  return found == std::end(types) ? "application/octet-stream" : found->type;
}

// Nothing inline, but style elements that carry the page's nonce: libraries that draw add such.
std::string policy(const std::string& nonce) {
  const std::string styles = nonce.empty() ? "'self'" : "'self' 'nonce-" + nonce + "'";
  return "default-src 'self'; script-src 'self'; style-src " + styles +
         "; img-src 'self' data: blob:; media-src 'self' blob:; "
         "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
         "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

std::optional<std::string> read(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) return std::nullopt;
  return std::move(text).str();
}

bool is_safe(const std::string& segment) {
  return !segment.empty() && segment.front() != '.' &&
         segment.find_first_of("/\\") == std::string::npos;
}

bool takes_gzip(const Request& request) {
  return request.header("accept-encoding").find("gzip") != std::string_view::npos;
}

}  // namespace

WebFiles::WebFiles(const fs::path& directory) {
  std::error_code error;
  if (!directory.empty()) root_ = fs::canonical(directory, error);
  if (error) root_.clear();
}

Response WebFiles::answer(const Request& request) const {
  if (root_.empty()) return refusal(404, "There is nothing at this address.");
  if (request.path == "/") return page();
  const auto segments = path_segments(request.path);
  if (!segments || !std::ranges::all_of(*segments, is_safe)) {
    return refusal(404, "There is nothing at this address.");
  }
  fs::path path = root_;
  for (const auto& segment : *segments) path /= segment;
  // A link inside the directory could still lead out of it.
  std::error_code error;
  const auto real = fs::canonical(path, error);
  if (!error && fs::is_regular_file(real, error)) {
    const auto [end, at] = std::ranges::mismatch(root_, real);
    if (end != root_.end()) return refusal(404, "There is nothing at this address.");
    return real.filename() == "index.html" ? page() : file(real, request);
  }
  const bool is_asset = segments->front() == "assets" || fs::path(segments->back()).has_extension();
  if (is_asset || segments->front() == "api") {
    return refusal(404, "There is nothing at this address.");
  }
  return page();
}

Response WebFiles::file(const fs::path& path, const Request& request) const {
  Response response{.type = std::string(type_of(path))};
  auto packed = takes_gzip(request) ? read(path.string() + ".gz") : std::nullopt;
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  auto text = packed ? std::move(packed) : read(path);
  if (!text) return refusal(404, "There is nothing at this address.");
  response.body = std::move(*text);
  // Vite puts a hash of the content into the names below assets/.
  const bool hashed = path.parent_path() == root_ / "assets";
  response.headers.emplace_back("Cache-Control",
                                hashed ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("Content-Security-Policy", policy(""));
  return response;
}

Response WebFiles::page() const {
  auto text = read(root_ / "index.html");
  if (!text) return refusal(404, "The web app is not built: see README.md.");
  std::string nonce;
  for (auto at = text->find(nonce_mark); at != std::string::npos; at = text->find(nonce_mark)) {
    if (nonce.empty()) nonce = random_secret();
    text->replace(at, nonce_mark.size(), nonce);
  }
  Response response{.type = "text/html; charset=utf-8", .body = std::move(*text)};
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("Content-Security-Policy", policy(nonce));
  return response;
}

}  // namespace strowger::api
