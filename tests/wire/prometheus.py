"""A strict reader of Prometheus' text format 0.0.4: whatever promtool would refuse, it refuses."""

import re
import urllib.request

SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{([^{}]*)\})? (\S+)')
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"')
TYPES = {"counter", "gauge", "histogram"}


class FormatError(ValueError):
    pass


def scrape(address):
    """{name with labels: value} of http://address/metrics."""
    with urllib.request.urlopen(f"http://{address}/metrics", timeout=10) as reply:
        if not reply.headers["Content-Type"].startswith("text/plain; version=0.0.4"):
            raise FormatError(f"Content-Type {reply.headers['Content-Type']}")
        return read(reply.read().decode())


def read(text):
    found, families, current = {}, {}, None
    if not text.endswith("\n"):
        raise FormatError("the last line is not ended")
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name = line.split(" ")[2]
            if name in families or len(line.split(" ", 3)) < 4:
                raise FormatError(f"HELP twice, or empty: {line}")
            families[name] = current = {"name": name, "type": None}
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            if current is None or current["name"] != name or current["type"] or kind not in TYPES:
                raise FormatError(f"TYPE out of place: {line}")
            current["type"] = kind
        else:
            add_sample(line, current, found)
    for family in families.values():
        if family["type"] == "histogram":
            check_histogram(family["name"], found)
    return found


def add_sample(line, current, found):
    match = SAMPLE.fullmatch(line)
    if not match or current is None or not current["type"]:
        raise FormatError(f"no sample: {line}")
    name, labels, value = match.groups()
    suffixes = ("_bucket", "_sum", "_count") if current["type"] == "histogram" else ("",)
    if name not in [current["name"] + suffix for suffix in suffixes]:
        raise FormatError(f"{name} stands among the samples of {current['name']}")
    if current["type"] == "counter" and not name.endswith("_total"):
        raise FormatError(f"a counter's name ends in _total: {name}")
    if labels is not None and LABEL.sub("", labels).strip(",") != "":
        raise FormatError(f"labels: {line}")
    key = f"{name}{{{labels}}}" if labels else name
    if key in found:
        raise FormatError(f"twice: {key}")
    found[key] = float(value)
    if current["type"] != "gauge" and found[key] < 0:
        raise FormatError(f"below zero: {line}")


def check_histogram(name, found):
    buckets = [(key, value) for key, value in found.items() if key.startswith(f"{name}_bucket{{")]
    counts = [value for _, value in buckets]
    bounds = [float(re.search(r'le="([^"]+)"', key).group(1)) for key, _ in buckets]
    if not buckets or bounds != sorted(bounds) or bounds[-1] != float("inf"):
        raise FormatError(f"{name}: buckets up to +Inf are missing: {bounds}")
    if counts != sorted(counts) or counts[-1] != found[f"{name}_count"]:
        raise FormatError(f"{name}: buckets do not add up: {counts}")
    if f"{name}_sum" not in found:
        raise FormatError(f"{name}: no sum")
