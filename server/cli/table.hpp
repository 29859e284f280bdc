// Aligned columns for people. Cells are escaped: what callers wrote can't steer a terminal.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace strowger::cli {

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
