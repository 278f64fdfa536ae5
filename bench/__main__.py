"""``python -m bench [race] [products] [--json]``: all parts unless some are named."""

from __future__ import annotations

import argparse
import json
import os

# OpenBLAS reads this once, when numpy is imported: the products are compared on one thread.
os.environ["OPENBLAS_NUM_THREADS"] = "1"


def main() -> None:
    """Run the parts asked for; the whole table goes to results.md too."""
    from bench.products import products
    from bench.race import NETWORKS, race
    from bench.report import RESULTS, markdown

    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=["race", "products", []])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    parts = options.parts or ["race", "products"]
    threads = sorted({1, min(2, os.cpu_count() or 1)})
    races = [race(path, n) for path in NETWORKS for n in threads] if "race" in parts else []
    compared = products() if "products" in parts else []
    table = markdown(races, compared)
    if not options.parts:
        RESULTS.write_text(table + "\n", encoding="utf-8")
    if options.json:
        figures = {"race": races, "products": compared}
        print(json.dumps({k: [row._asdict() for row in rows] for k, rows in figures.items()}))
    else:
        print(table)


if __name__ == "__main__":
    main()
