"""The warm-up process: compiles the kernels of experiments, writes its progress as JSON lines.

`readiness.WarmUp` starts it, with presets or experiment files as arguments. It ends with the
process that started it, as soon as its output cannot be written.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tui_dl import data, presets
from tui_dl.engine.graph.compile import compile_kernels, distinct
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.kernels.core.cache import STORE
from tui_dl.process.read_experiment import describe, read
from tui_dl.process.readiness import Progress, Refused, WarmUpEvent, marker_name
from tui_dl.protocol.events import Compiling
from tui_dl.spec.toml.variants import variants
from tui_dl.support.errors import UserError
from tui_dl.support.kernel_cache import cache_home, objection
from tui_dl.support.os_errors import why

ELSEWHERE = "set TUI_DL_CACHE to another folder"


def main() -> int:
    """Compile the kernels of the named experiments, or of all presets; returns the exit status."""
    names = sys.argv[1:]
    try:
        if reason := objection(ELSEWHERE):
            raise UserError(reason)
        for progress in warm_up(names or _trainable_presets()):
            _write(progress)
        if not names:
            STORE.put_marker(marker_name())
        _check_cache()
    except BrokenPipeError:
        return 0
    except UserError as error:
        _write(Refused(reason=str(error)))
        return 2
    return 0


def _trainable_presets() -> list[str]:
    """The presets without those that need a library that is not installed."""
    return [name for name in presets.COURSE if not read(name).data.is_missing]


def warm_up(names: Sequence[str]) -> Iterator[Progress]:
    """Compile all kernels of the named experiments into the cache; yields progress."""
    began = time.perf_counter()
    kernels = distinct(kernel for name in names for kernel in _kernels(name))
    compiling: list[str] = []
    for event in compile_kernels(kernels):
        _check_cache()
        done = len(compiling)
        if isinstance(event, Compiling):
            compiling.append(event.kernel)
        yield Progress(
            kernels=len(kernels),
            ready=event.ready if isinstance(event, Compiling) else len(kernels),
            compiled=done,
            seconds=time.perf_counter() - began,
            compiling=event.kernel if isinstance(event, Compiling) else None,
        )


def _kernels(name: str) -> Iterator[Any]:
    """The kernels that training the named experiment, and its variants, calls."""
    experiment = read(name)
    for each in (experiment, *variants(experiment, describe).values()):
        dataset = data.load(each.data, each.train.seed, each.data_spec)
        yield from assemble(each, dataset, ThreadPool(1)).kernels()


def _check_cache() -> None:
    """Raise UserError if a kernel could not be written to the cache."""
    if STORE.error:
        problem = f"{cache_home()}: compiled kernels cannot be kept: {why(STORE.error)}"
        raise UserError(f"{problem}: {ELSEWHERE}")


def _write(event: WarmUpEvent) -> None:
    """Write one event as a line of JSON to standard output."""
    os.write(sys.stdout.fileno(), msgspec.json.encode(event) + b"\n")
