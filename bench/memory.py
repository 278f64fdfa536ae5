"""Peak memory of a worker process, and what `check` predicts."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.report import Section, verdict
from bench.start import environment
from tui_dl.presets import COURSE
from tui_dl.process import spawn
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import create
from tui_dl.spec.memory.need import need

LIMITS = {"lenet5": 350.0}  # MB
EPOCHS = "train.epochs=2"  # enough for everything a run does
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes, of getrusage's figure

# A process inherits the peak of the one it was forked from, which is large here. So a small process
# starts the worker and reports its peak. A run whose gradient explodes, as one preset shows, ends
# with an error and has its peak all the same.
LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

SAYS = f"""Peak resident memory of a worker over two epochs, MB: compiling its kernels first, or
finding them in the cache; and what `check` predicts for the latter, to within 15 %. Budget:
{LIMITS["lenet5"]:g} MB on LeNet-5, either way."""


class Memory(NamedTuple):
    """Megabytes at the peak."""

    preset: str
    compiling_MB: float  # noqa: N815 - the unit
    cached_MB: float  # noqa: N815
    counted_MB: float  # noqa: N815
    limit_MB: float | None  # noqa: N815
    verdict: str


def section() -> Section:
    """Every preset."""
    return Section("Memory", SAYS, [memory(preset) for preset in COURSE])


def memory(preset: str) -> Memory:
    """Measure a worker that compiles its kernels, and one that finds them in the cache."""
    with tempfile.TemporaryDirectory() as folder:
        compiling, cached = (_peak(preset, Path(folder)) for _ in range(2))
    limit = LIMITS.get(preset)
    result = verdict(max(compiling, cached), limit=limit)
    counted = need(read(preset, [EPOCHS])).bytes / 1e6
    return Memory(preset, compiling, cached, counted, limit, result)


def _peak(preset: str, folder: Path) -> float:
    run = create(folder / "runs", preset, read(preset, [EPOCHS]))
    worker = spawn.command("tui_dl.process.worker", str(run.path))
    command = [sys.executable, "-c", LAUNCHER, *worker]
    printed = subprocess.run(
        command, env=environment(folder / "cache"), check=True, stdout=subprocess.PIPE
    )
    return int(printed.stdout) * UNIT / 1e6
