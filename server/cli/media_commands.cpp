// `strowger media …`: sounds that blocks may play.
#include "cli/child_process.hpp"
#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/data_directory.hpp"
#include "cli/table.hpp"
#include "host/clock.hpp"
#include "media/intake.hpp"
#include "model/identifier.hpp"
#include "store/media_directory.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

namespace {

struct MediaOptions : DataOptions {
  std::string file;
  std::string id;
  std::string name;
};

json::object as_json(const model::MediaFile& media) {
  return {{"id", media.id},
          {"name", media.name},
          {"duration_ms", media.duration_ms},
          {"source", media.source},
          {"bytes", media.original_bytes},
          {"sha256", media.content_hash}};
}

std::string duration(std::int64_t ms) {
  return fmt::format("{:.1f} s", static_cast<double>(ms) / 1000);
}

int list(const MediaOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto files = (*store)->media(options.account);
  if (!files) return fail(shell, files.error());
  json::array entries;
  Table table({"ID", "NAME", "LENGTH", "FROM"});
  for (const auto& file : *files) {
    entries.push_back(as_json(file));
    table.add({file.id, file.name, duration(file.duration_ms), file.source});
  }
  if (options.json) shell.out << json::serialize(entries) << '\n';
  else table.print(shell.out, "no media yet: strowger media add FILE");
  return exit_ok;
}

// ---- add

Result<media::Encoded, Complaint> decode(const std::string& file, const std::string& bytes) {
  const media::Limits limits;
  const auto printed = run_child({"/proc/self/exe", "decode-media"},
                                 std::as_bytes(std::span(bytes.data(), bytes.size())));
  if (!printed) {
    return complain(fmt::format("{} can't be decoded: {}; the file may be damaged: try to convert "
                                "it to WAV", file, printed.error().what));
  }
  auto outcome = media::parse_outcome(*printed, limits);
  if (!outcome) return complain(file + ": " + outcome.error().what);
  return std::move(*outcome);
}

// "Closed today.wav" → "Closed-today"; "" when nothing is left of it.
std::string id_from(const std::filesystem::path& file) {
  std::string id;
  for (const char c : file.stem().string()) {
    const bool fits = model::is_identifier(std::string_view(&c, 1));
    if (fits) id += c;
    else if (!id.empty() && id.back() != '-') id += '-';
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id.substr(0, model::identifier_chars_max);
}

std::string_view chars(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<model::MediaFile, Complaint> take_in(const MediaOptions& options, const std::string& id) {
  const auto bytes = read_input(options.file, media::Limits{}.upload_bytes_max);
  if (!bytes) return unexpected(bytes.error());
  const auto encoded = decode(options.file, *bytes);
  if (!encoded) return unexpected(encoded.error());
  store::MediaDirectory directory(options.data);
  const auto& sound = encoded->sound;
  const auto& pcmu = sound[media::Codec::pcmu];
  const auto hash = directory.keep(*bytes, {.pcmu = chars(pcmu),
                                            .pcma = chars(sound[media::Codec::pcma]),
                                            .g722 = chars(sound[media::Codec::g722]),
                                            .opus = chars(sound[media::Codec::opus])});
  if (!hash) return complain(hash.error().text);
  const auto stem = std::filesystem::path(options.file).stem().string();
  return model::MediaFile{.id = id,
                          .name = options.name.empty() ? stem : options.name,
                          .content_hash = *hash,
                          .duration_ms = encoded->duration_ms,
                          .source = encoded->source,
                          .original_bytes = static_cast<std::int64_t>(bytes->size()),
                          .encoded_bytes = static_cast<std::int64_t>(pcmu.size())};
}

// Sounds that no media refers to any more are deleted.
void drop_unused(store::Store& store, const DataOptions& options, const std::string& hash) {
  const auto used = store.content_in_use(hash);
  if (!used || *used) return;
  store::MediaDirectory directory(options.data);
  [[maybe_unused]] const auto removed = directory.remove(hash);  // left over at worst
}

int add(const MediaOptions& options, Shell& shell) {
  auto id = options.id.empty() ? id_from(options.file) : options.id;
  if (id.empty()) id = random_id();
  if (!model::is_identifier(id)) {
    return fail(shell, Complaint{"an id has 1 to 64 characters of A-Z a-z 0-9 _ -"});
  }
  auto store = open_account(options, IfMissing::create);
  if (!store) return fail(shell, store.error());
  const auto before = (*store)->media_file(options.account, id);
  const auto media = take_in(options, id);
  if (!media) return fail(shell, media.error());
  const auto saved = (*store)->save_media(options.account, *media, host::wall_now());
  if (!saved) return fail(shell, saved.error());
  if (before) drop_unused(**store, options, before->content_hash);
  if (const auto live = make_live(options); !live) return fail(shell, live.error());
  if (options.json) {
    shell.out << json::serialize(as_json(*media)) << '\n';
  } else {
    shell.out << fmt::format("media {} {}: {} from {}\n", id, before ? "replaced" : "added",
                             duration(media->duration_ms), media->source);
  }
  return exit_ok;
}

// ---- remove

bool plays(const store::CallflowRevision& stored, std::string_view id) {
  const auto callflow = model::parse_callflow(stored.document);
  if (!callflow || !callflow->root) return false;
  bool found = false;
  model::for_each_block(*callflow->root, [&](const model::Block& block) {
    found = found || block.text("media") == id || block.text("id") == id;
  });
  return found;
}

int remove(const MediaOptions& options, Shell& shell) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return fail(shell, store.error());
  const auto media = (*store)->media_file(options.account, options.id);
  if (!media) return fail(shell, media.error());
  const auto removed = (*store)->remove_media(options.account, options.id);
  if (!removed) return fail(shell, removed.error());
  drop_unused(**store, options, media->content_hash);
  std::vector<std::string> users;
  if (const auto live = (*store)->published(options.account)) {
    for (const auto& callflow : *live) {
      if (plays(callflow, options.id)) users.push_back(callflow.id);
    }
  }
  if (const auto live = make_live(options); !live) return fail(shell, live.error());
  if (options.json) {
    shell.out << json::serialize(json::object{{"id", options.id},
                                              {"removed", true},
                                              {"missed_by", json::value_from(users)}})
              << '\n';
    return exit_ok;
  }
  shell.out << "media " << options.id << " is removed\n";
  if (!users.empty()) {
    shell.out << fmt::format("  these live callflows play it, and now skip it: {}\n",
                             fmt::join(users, " "));
  }
  return exit_ok;
}

}  // namespace

void add_media_commands(Command app, Shell& shell) {
  auto group = app.add_subcommand("media", "Sounds: announcements, menus, music");
  group.require_subcommand();
  const auto add_command = [&](const char* name, const char* help,
                               int (*work)(const MediaOptions&, Shell&)) {
    auto options = std::make_shared<MediaOptions>();
    auto command = group.add_subcommand(name, help);
    add_data_options(command, *options);
    command.callback([&shell, options, work] { shell.exit_code = work(*options, shell); });
    return std::pair(command, options);
  };
  const auto [adding, added] =
      add_command("add", "Take in a sound file: WAV, FLAC, Ogg or MP3", add);
  adding.add_option("FILE", added->file, "Sound file; - for standard input").required();
  adding.add_option("--id", added->id, "What blocks call it (default: from the file's name)");
  adding.add_option("--name", added->name, "Name for people (default: the file's)");
  add_command("list", "All sounds of the account", list);
  const auto [removing, removed] = add_command("remove", "Delete a sound", remove);
  removing.add_option("ID", removed->id, "Sound").required();
}

}  // namespace strowger::cli
