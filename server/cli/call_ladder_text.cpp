#include "cli/call_ladder_text.hpp"

#include "cli/table.hpp"
#include "host/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace strowger::cli {

namespace {

constexpr std::size_t lines_begin = 11;  // behind the time

struct Column {
  int leg = 0;  // 0: the caller, or, in the second column, we
  std::string title;
  std::string place;
};

// One line: what it goes between, and what is beside it.
struct Row {
  std::int64_t at_ms = 0;
  std::size_t from = 0;  // columns
  std::size_t to = 0;
  bool sound = false;
  std::string text;
};

// "udp:192.0.2.1:5060" is 192.0.2.1: the usual port says nothing.
std::string host_of(const std::string& place) {
  constexpr std::string_view usual = ":5060";
  const auto colon = place.find(':');
  auto host = colon == std::string::npos ? place : place.substr(colon + 1);
  if (host.ends_with(usual)) host.resize(host.size() - usual.size());
  return host;
}

// "INVITE sip:1000@pbx.example:5062 SIP/2.0": by which name we were called.
std::string our_place(const model::CallRecord& record) {
  if (record.ladder.empty()) return "";
  const std::string_view line = record.ladder.front().first_line;
  const auto space = line.find(' ');
  const auto end = line.find_first_of(" ;?", space + 1);
  if (space == std::string_view::npos || !line.ends_with(" SIP/2.0")) return "";
  auto uri = line.substr(space + 1, end - space - 1);
  if (const auto at = uri.find('@'); at != std::string_view::npos) {
    return std::string(uri.substr(at + 1));
  }
  return std::string(uri.substr(uri.find(':') + 1));
}

std::string lasting(std::int64_t ms) {
  return fmt::format(", {:.1f} s", static_cast<double>(ms) / 1000);
}

Column column_of(int number, const model::CallRecord& record) {
  const auto index = static_cast<std::size_t>(number) - 1;
  Column column{number, fmt::format("{} phone", number), ""};
  if (number < 1 || index >= record.legs.size()) return column;
  const auto& leg = record.legs[index];
  const auto& name = leg.party.empty() ? leg.name : leg.party;
  if (!name.empty()) column.title = fmt::format("{} {}", number, name);
  column.place = leg.extension.empty() ? host_of(leg.place) : leg.extension;
  return column;
}

class Drawing {
 public:
  explicit Drawing(const model::CallRecord& record) : record_(record) {
    columns_.push_back({0, "Caller", host_of(record.source)});
    columns_.push_back({0, "Strowger", our_place(record)});
    add_legs();
    width_ = columns_.size() <= 3 ? 22 : 14;
  }

  std::string text() const {
    std::string out = head(&Column::title, "SIP") + head(&Column::place, "");
    for (const auto& row : rows()) out += line(row);
    return out;
  }

 private:
  // Those with a message: who was not rung at all has none.
  void add_legs();
  std::size_t column(int leg) const;
  std::vector<Row> rows() const;
  Row message(const model::LadderLine& line) const;
  std::string head(std::string Column::* what, std::string_view label) const;
  std::string line(const Row& row) const;

  const model::CallRecord& record_;
  std::vector<Column> columns_;
  std::size_t width_ = 0;
  bool crowded_ = false;  // the last column is that of several
};

void Drawing::add_legs() {
  std::vector<int> numbers;
  for (const auto& line : record_.ladder) {
    if (line.leg != 0) numbers.push_back(line.leg);
  }
  std::ranges::sort(numbers);
  const auto repeated = std::ranges::unique(numbers);
  numbers.erase(repeated.begin(), repeated.end());
  const auto shown = std::min(numbers.size(), ladder_columns_max);
  for (std::size_t i = 0; i < shown; ++i) columns_.push_back(column_of(numbers[i], record_));
  crowded_ = shown < numbers.size();
  if (crowded_) columns_.push_back({0, fmt::format("{} more", numbers.size() - shown), ""});
}

std::size_t Drawing::column(int leg) const {
  if (leg == 0) return 0;
  const auto found = std::ranges::find(columns_, leg, &Column::leg);
  return std::min<std::size_t>(found - columns_.begin(), columns_.size() - 1);
}

Row Drawing::message(const model::LadderLine& line) const {
  const bool in = line.direction == model::Direction::in;
  Row row{.at_ms = line.at_ms, .from = column(line.leg), .to = 1, .text = line.first_line};
  if (!in) std::swap(row.from, row.to);
  if (!in && !line.method.empty()) row.text += fmt::format("  ({} {})", line.cseq, line.method);
  if (!line.note.empty()) row.text += "  " + line.note;
  const bool shares = crowded_ && column(line.leg) == columns_.size() - 1;
  if (shares) row.text = fmt::format("phone {}: {}", line.leg, row.text);
  return row;
}

// Sound begins after the message that announces it.
std::vector<Row> Drawing::rows() const {
  std::vector<Row> all;
  for (const auto& line : record_.ladder) all.push_back(message(line));
  const auto add = [&](Row row) {
    all.insert(std::ranges::upper_bound(all, row.at_ms, {}, &Row::at_ms), std::move(row));
  };
  for (const auto& media : record_.media) {
    if (!media.at_ms || media.sent_ms == 0) continue;
    add({*media.at_ms, 1, column(media.leg), true, media.media_id + lasting(media.sent_ms)});
  }
  for (const auto& talk : record_.talks) {
    const auto length = talk.ended_ms ? lasting(*talk.ended_ms - talk.at_ms) : std::string();
    add({talk.at_ms, column(talk.one), column(talk.other), true, "they talk" + length});
  }
  return all;
}

std::string Drawing::head(std::string Column::* what, std::string_view label) const {
  auto text = fmt::format("{:<{}}", label, lines_begin);
  for (const auto& column : columns_) {
    const auto cell = fitted_cell(column.*what, width_ - 1);
    text += cell + std::string(width_ - cell_width(cell), ' ');
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text.empty() ? text : text + "\n";
}

std::string Drawing::line(const Row& row) const {
  const auto [left, right] = std::minmax(row.from, row.to);
  auto text = fmt::format("{:>3}.{:03} s", row.at_ms / 1000, row.at_ms % 1000);
  text.resize(std::max(text.size(), lines_begin), ' ');
  const std::string_view stroke = row.sound ? "≈" : "─";
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool crossed = i > left && i < right;
    text += crossed ? (row.sound ? "≈" : "┼") : "│";
    if (i + 1 == columns_.size()) break;
    if (i < left || i >= right) {
      text.append(width_ - 1, ' ');
      continue;
    }
    const bool into_left = !row.sound && row.to == left && i == left;
    const bool into_right = !row.sound && row.to == right && i + 1 == right;
    if (into_left) text += "◀";
    for (std::size_t n = into_left || into_right ? 2 : 1; n < width_; ++n) text += stroke;
    if (into_right) text += "▶";
  }
  return text + "  " + host::escaped(row.text) + "\n";
}

}  // namespace

std::string call_ladder(const model::CallRecord& record) {
  if (record.ladder.empty()) return "";
  auto text = Drawing(record).text();
  if (record.ladder_dropped > 0) {
    text += fmt::format("           {} more messages were not kept\n", record.ladder_dropped);
  }
  return text;
}

}  // namespace strowger::cli
