"""The goals, as PASS and FAIL lines; and the table that figures are printed in."""

import json


class Goals:
    def __init__(self):
        self.verdicts = []

    def most(self, what, value, limit, note=""):
        """At most `limit`. None: there is no result, which is no pass either."""
        self._judge(what, value is not None and value <= limit, value, f"at most {limit:g}", note)

    def least(self, what, value, limit, note=""):
        self._judge(what, value is not None and value >= limit, value, f"at least {limit:g}", note)

    def holds(self, what, truth, note=""):
        self._judge(what, bool(truth), None, "", note)

    def _judge(self, what, passed, value, bound, note):
        figure = f"{value:.3g}" if value is not None and value < 1000 else f"{value or 0:,.0f}"
        text = f"{what}: {figure} ({bound})" if bound else what
        if bound and value is None:
            text = f"{what}: no result ({bound})"
        line = f"{'PASS' if passed else 'FAIL'}  {text}" + (f"; {note}" if note else "")
        print(line, flush=True)
        self.verdicts.append({"passed": passed, "what": what, "value": value, "note": note})

    @property
    def failed(self):
        return sum(not verdict["passed"] for verdict in self.verdicts)

    def write(self, path, figures):
        path.write_text(json.dumps({"figures": figures, "verdicts": self.verdicts}, indent=1))


def table(heads, rows):
    """Columns as wide as they need; the first one left, the others right."""
    texts = [heads] + [[cell if isinstance(cell, str) else show(cell) for cell in row]
                       for row in rows]
    widths = [max(len(row[i]) for row in texts) for i in range(len(heads))]
    for row in texts:
        cells = [row[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(row[1:], widths[1:])]
        print("  " + "  ".join(cells).rstrip())
    print(flush=True)


def show(value):
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}" if abs(value) < 100 \
            else f"{value:,.0f}"
    return f"{value:,}"
