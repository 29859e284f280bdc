#include "store/vault.hpp"

#include "store/file.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>
#include <system_error>

namespace strowger::store {
namespace {

constexpr int nonce_bytes = 12;  // NIST SP 800-38D 5.2.1.1
constexpr int tag_bytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Cipher cipher() { return {EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free}; }

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

Outcome<Vault::Key> Vault::make_key() {
  Key made{};
  if (RAND_bytes(made.data(), static_cast<int>(made.size())) != 1) {
    return fail(ErrorKind::storage, "there is no randomness for a key");
  }
  // Whole or not at all, whoever else makes one in this moment.
  const auto draft = path_.string() + "." + std::to_string(made[0] * 256 + made[1]);
  auto file = File::open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
  if (!file) return tl::unexpected<Error>(file.error());
  std::error_code ignored;
  using std::filesystem::perms;
  std::filesystem::permissions(draft, perms::owner_read | perms::owner_write, ignored);
  const std::string_view text(reinterpret_cast<const char*>(made.data()), made.size());
  if (auto written = file->write_all(text); !written) {
    return tl::unexpected<Error>(written.error());
  }
  if (auto kept = file->sync(); !kept) return tl::unexpected<Error>(kept.error());
  std::filesystem::create_hard_link(draft, path_, ignored);
  std::filesystem::remove(draft, ignored);
  if (auto kept = sync_directory(path_.parent_path()); !kept) {
    return tl::unexpected<Error>(kept.error());
  }
  return key(false);
}

Outcome<Vault::Key> Vault::key(bool make) {
  std::error_code error;
  if (!std::filesystem::exists(path_, error)) {
    if (make) return make_key();
    return fail(ErrorKind::storage, "the key " + path_.string() + " is gone");
  }
  const auto text = read_file(path_);
  if (!text) return tl::unexpected<Error>(text.error());
  Key read{};
  if (text->size() != read.size()) {
    return fail(ErrorKind::storage, path_.string() + " is no key of 32 bytes");
  }
  std::ranges::copy(*text, read.begin());
  return read;
}

Outcome<std::string> Vault::seal(std::string_view text, std::string_view place) {
  const auto secret = key(true);
  if (!secret) return tl::unexpected<Error>(secret.error());
  std::string out(nonce_bytes + text.size() + tag_bytes, '\0');
  const auto context = cipher();
  int size = 0;
  const bool done =
      RAND_bytes(bytes(out), nonce_bytes) == 1 &&
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, secret->data(), bytes(out)) ==
          1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &size, bytes(place),
                        static_cast<int>(place.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), bytes(out) + nonce_bytes, &size, bytes(text),
                        static_cast<int>(text.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), bytes(out) + nonce_bytes + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes,
                          bytes(out) + nonce_bytes + text.size()) == 1;
  if (!done) return fail(ErrorKind::storage, "a text can't be encrypted");
  return out;
}

Outcome<std::string> Vault::open(std::string_view sealed, std::string_view place) {
  const auto secret = key(false);
  if (!secret) return tl::unexpected<Error>(secret.error());
  if (sealed.size() < nonce_bytes + tag_bytes) {
    return fail(ErrorKind::storage, "what was kept encrypted is cut off");
  }
  std::string tag(sealed.substr(sealed.size() - tag_bytes));
  const auto body = sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
  std::string text(body.size(), '\0');
  const auto context = cipher();
  int size = 0;
  const bool done =
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, secret->data(),
                         bytes(sealed)) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &size, bytes(place),
                        static_cast<int>(place.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), bytes(text), &size, bytes(body),
                        static_cast<int>(body.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, bytes(tag)) == 1 &&
      EVP_DecryptFinal_ex(context.get(), bytes(text) + size, &size) == 1;
  if (!done) return fail(ErrorKind::storage, "it was encrypted with another key, or changed");
  return text;
}

}  // namespace strowger::store
