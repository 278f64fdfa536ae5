"""``python -m bench [PART ...] [--json]``: all parts unless some are named."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module

from bench.report import RESULTS, Section, machine, markdown

PARTS = (
    "race", "products", "scaling", "growth", "start", "memory",
    "telemetry", "observers", "records", "seek", "dashboard", "ssh",
)  # fmt: skip

# OpenBLAS reads this once, when numpy is imported: the products are compared on one thread.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

# A user's Python keeps compiled modules; without them each process compiles all of tui_dl anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def main() -> None:
    """Run the parts asked for; the table of all parts goes to results.md too."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS]:  # argparse wants one
        parser.error(f"there is no part {unknown[0]}: {', '.join(PARTS)}")
    sections = {part: _measure(part) for part in options.parts or PARTS}
    table = markdown(list(sections.values()))
    if not options.parts:
        RESULTS.write_text(table, encoding="utf-8")
    if options.json:
        figures = {part: [row._asdict() for row in s.rows] for part, s in sections.items()}
        print(json.dumps({"machine": machine(), **figures}))
    else:
        print(table, end="")


def _measure(part: str) -> Section:
    print(f"{part} ...", file=sys.stderr, flush=True)
    section: Section = import_module(f"bench.{part}").section()
    return section


if __name__ == "__main__":
    main()
