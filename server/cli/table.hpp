// Aligned columns for people. Cells are escaped: what callers wrote can't steer a terminal.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace strowger::cli {

// Escaped, and cut to so many characters.
std::string fitted_cell(const std::string& cell, std::size_t limit);
std::size_t cell_width(const std::string& text);  // characters

class Table {
 public:
  // Characters; longer cells are cut and end in … .
  static constexpr std::size_t cell_width_max = 60;
  static constexpr std::size_t last_cell_width_max = 200;

  explicit Table(std::vector<std::string> headings) { add(std::move(headings)); }

  void add(std::vector<std::string> cells);
  // Two blanks between columns, the last one not padded. Nothing but `otherwise` without rows.
  void print(std::ostream& out, const std::string& otherwise) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace strowger::cli
