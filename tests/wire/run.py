#!/usr/bin/env python3
"""The wire tests: calls the real server on loopback and judges it from outside.

    tests/wire/run.py --strowger build/release/strowger [--shards N] [--only REGEX] [--rounds N]
                      [-v] [--list]
"""

import argparse
import importlib
import pkgutil
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

import cases
import runner


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strowger", type=Path, required=True, help="the server binary")
    parser.add_argument("--shards", type=int, help="of the servers (default: theirs)")
    parser.add_argument("--only", metavar="REGEX", help="cases whose name matches")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the kill test")
    parser.add_argument("--slow", action="store_true", help="also cases of more than 20 s")
    parser.add_argument("--list", action="store_true", help="print the names of the cases")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    for module in sorted(m.name for m in pkgutil.iter_modules(cases.__path__)):
        importlib.import_module(f"cases.{module}")
    if options.list:
        print("\n".join(item.name for item in runner.select_cases(options.only)))
        return 0
    if not options.strowger.is_file():
        parser.error(f"{options.strowger} is not there; build it first")
    began = time.monotonic()
    world = runner.World(options.strowger, options.rounds, options.shards)
    passed, failed = runner.run_all(world, options.only, options.verbose, options.slow)
    print(f"wire tests: {time.monotonic() - began:.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
