"""The machine, and the figures as a table."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

import llvmlite.binding as llvm

from bench.products import Product
from bench.race import Race

RESULTS = Path(__file__).parent / "results.md"
PACKAGES = ("numpy", "numba", "llvmlite", "torch")


def machine() -> str:
    """Processor, system and versions in one line."""
    features = llvm.get_host_cpu_features()
    widest = next((f for f in ("avx512f", "avx2", "neon") if features.get(f)), "no vectors known")
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        f"{llvm.get_host_cpu_name()} ({widest}), {os.cpu_count()} processors, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {versions}"
    )


def markdown(races: list[Race], products: list[Product]) -> str:
    """All figures, for results.md and the terminal."""
    lines = [f"# Benchmarks, {date.today()}", "", machine(), ""]
    if races:
        lines += [
            "Training steps, eager PyTorch's time over ours; medians of alternating turns in one",
            "process, slowest and fastest turn in brackets.",
            "",
            "| network | threads | ours, ms | PyTorch, ms | ratio | losses differ by |",
            "|---|---|---|---|---|---|",
            *(
                f"| {r.network} | {r.threads} | {r.ours:.3f} | {r.peer:.2f} "
                f"| **{r.ratio:.1f}** ({r.slowest:.1f}–{r.fastest:.1f}) | {r.difference:.0e} |"
                for r in races
            ),
            "",
        ]
    if products:
        lines += [
            "Forward passes on one thread, GFLOP/s; medians of alternating turns.",
            "",
            "| product | ours | share of peak | peer | peer's | ratio |",
            "|---|---|---|---|---|---|",
            *(
                f"| {p.what} | {p.ours:.0f} | {p.of_peak:.0%} | {p.peer_name} | {p.peer:.0f} "
                f"| **{p.ratio:.2f}** |"
                for p in products
            ),
            "",
        ]
    return "\n".join(lines)
