"""Time from the command to the first step, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.report import Section, verdict
from tui_dl.presets import COURSE
from tui_dl.protocol.events import Compiled, Started
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State
from tui_dl.runs.step_log import read_steps

COLD, WARM = 20.0, 1.5  # seconds
WARM_STARTS = 3

SAYS = f"""Seconds from `tui-dl train PRESET --headless --json` to the end of the first step, as the
run's folder tells it: first with an empty kernel cache, compilation among it, then with a full one
(median of {WARM_STARTS}). Budget: {COLD:g} s and {WARM:g} s."""


class Start(NamedTuple):
    """Seconds; `compile` is the part of the cold start that was compilation."""

    preset: str
    compile_s: float
    cold_s: float
    warm_s: float
    cold_verdict: str
    warm_verdict: str


def section() -> Section:
    """Every preset."""
    return Section("Start", SAYS, [start(preset) for preset in COURSE])


def start(preset: str) -> Start:
    """Measure one cold start and some warm ones."""
    with tempfile.TemporaryDirectory() as folder:
        cold, compiling = _first_step(preset, Path(folder))
        warm = median(_first_step(preset, Path(folder))[0] for _ in range(WARM_STARTS))
    verdicts = verdict(cold, limit=COLD), verdict(warm, limit=WARM)
    return Start(preset, compiling, cold, warm, *verdicts)


def environment(cache: Path) -> dict[str, str]:
    """Environment variables of a process whose kernels are cached in `cache`."""
    kept = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    return {**kept, "TUI_DL_CACHE": str(cache)}


def _first_step(preset: str, folder: Path) -> tuple[float, float]:
    """Seconds to the end of the first step, and how many of them were compilation."""
    options = "--headless", "--json", "--runs", str(folder / "runs"), "--set", "train.epochs=1"
    command = [sys.executable, "-m", "tui_dl", "train", preset, *options]
    began = time.time()
    done = subprocess.run(
        command, env=environment(folder / "cache"), check=True, stdout=subprocess.PIPE
    )
    run = Run(Path(json.loads(done.stdout)["path"]))
    state = State(run)
    started: Started = state.last(Started)
    compiled: Compiled = state.last(Compiled)
    first = read_steps(run.steps, started.step_fields)[0]
    return float(first["time"]) - began, compiled.seconds
