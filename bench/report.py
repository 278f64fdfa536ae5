"""The machine, and sections of figures as Markdown tables."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

RESULTS = Path(__file__).parent / "results.md"
PACKAGES = ("numpy", "numba", "llvmlite", "torch")


class Section(NamedTuple):
    """The results of one part: `rows` are NamedTuples of one type, whose fields are the columns."""

    title: str
    says: str  # how it was measured, and the budget
    rows: Sequence[Any]


def verdict(value: float, floor: float | None = None, limit: float | None = None) -> str:
    """Whether `value` keeps its budget; empty where there is none."""
    if floor is None and limit is None:
        return ""
    kept = (floor is None or value >= floor) and (limit is None or value <= limit)
    return "met" if kept else "**missed**"


def machine() -> str:
    """Processor, system and versions in one line."""
    import llvmlite.binding as llvm

    features = llvm.get_host_cpu_features()
    widest = next((f for f in ("avx512f", "avx2", "neon") if features.get(f)), "no vectors known")
    versions = ", ".join(f"{package} {_version(package)}" for package in PACKAGES)
    return (
        f"{llvm.get_host_cpu_name()} ({widest}), {os.cpu_count()} processors, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {versions}"
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def markdown(sections: list[Section]) -> str:
    """All sections, for results.md and the terminal."""
    lines = [f"# Benchmarks, {date.today()}", "", machine(), ""]
    for section in sections:
        lines += [f"## {section.title}", "", section.says, "", *_table(section.rows), ""]
    return "\n".join(lines)


def _table(rows: Sequence[Any]) -> list[str]:
    if not rows:
        return ["Nothing to measure on this machine."]
    headings = [field.replace("_", " ") for field in rows[0]._fields]
    cells = [headings, ["---"] * len(headings), *([_cell(value) for value in row] for row in rows)]
    return [f"| {' | '.join(row)} |" for row in cells]


def _cell(value: Any) -> str:
    """Format a cell; numbers get three digits."""
    if value is None:
        return ""
    return f"{float(f'{value:.3g}'):g}" if isinstance(value, float) else str(value)
