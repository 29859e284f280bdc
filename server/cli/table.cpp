#include "cli/table.hpp"

#include "host/log.hpp"

#include <algorithm>
#include <ostream>

namespace strowger::cli {

namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

}  // namespace

std::size_t cell_width(const std::string& text) {
  return std::ranges::count_if(text, begins_character);
}

std::string fitted_cell(const std::string& cell, std::size_t limit) {
  auto text = host::escaped(cell);
  if (cell_width(text) <= limit) return text;
  std::size_t characters = 0;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (begins_character(text[end]) && ++characters == limit) break;
  }
  return text.substr(0, end) + "…";
}

void Table::add(std::vector<std::string> cells) {
  for (auto& cell : cells) {
    cell = fitted_cell(cell, &cell == &cells.back() ? last_cell_width_max : cell_width_max);
  }
  rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out, const std::string& otherwise) const {
  if (rows_.size() == 1) {
    out << otherwise << '\n';
    return;
  }
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], cell_width(row[i]));
    }
  }
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - cell_width(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

}  // namespace strowger::cli
