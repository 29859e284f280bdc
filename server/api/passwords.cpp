#include "api/passwords.hpp"

#include <sodium.h>

namespace strowger::api {
namespace {

std::string random_text(std::string_view alphabet, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    text += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  }
  return text;
}

std::string argon2id(std::string_view password, const PasswordCost& cost) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(),
                                           cost.operations, cost.memory_bytes,
                                           crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return {};
  hash.resize(hash.find('\0'));
  return hash;
}

}  // namespace

PasswordCost PasswordCost::least() {
  return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

class Passwords::Turn {
 public:
  explicit Turn(std::atomic<int>& running) : running_(running), taken_(++running <= at_once_max) {}
  ~Turn() { --running_; }
  bool taken() const { return taken_; }

 private:
  std::atomic<int>& running_;
  bool taken_;
};

Passwords::Passwords(PasswordCost cost) : cost_(cost) {
  [[maybe_unused]] const int ready = sodium_init();
}

std::optional<std::string> Passwords::hash(std::string_view password) {
  const Turn turn(running_);
  if (!turn.taken()) return std::nullopt;
  auto hash = argon2id(password, cost_);
  if (hash.empty()) return std::nullopt;
  return hash;
}

std::optional<bool> Passwords::matches(std::string_view hash, std::string_view password) {
  const Turn turn(running_);
  if (!turn.taken()) return std::nullopt;
  std::call_once(made_, [this] { nobody_ = argon2id(random_secret(), cost_); });
  std::string against(hash.empty() ? nobody_ : hash);
  against.resize(crypto_pwhash_STRBYTES, '\0');
  const bool same =
      crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !hash.empty();
}

std::string random_password() {
  return random_text("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);
}

std::string random_secret() {
  return random_text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 43);
}

std::string random_identifier() {
  return random_text("abcdefghijklmnopqrstuvwxyz0123456789", 20);
}

}  // namespace strowger::api
