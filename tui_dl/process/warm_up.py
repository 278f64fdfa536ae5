"""The process that compiles kernels ahead: names in, how far it is out, a JSON object a line.

A process of this module is started by `readiness.WarmUp`, with PRESETs or FILEs as its arguments.
It ends when whoever started it does: it then has nobody to write to.
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
from tui_dl.engine.train.trainer import Trainer
from tui_dl.kernels.core.cache import STORE
from tui_dl.process.readiness import Progress, Refused, Word, marker_name
from tui_dl.protocol.events import Compiling
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError
from tui_dl.support.kernel_cache import cache_home, objection
from tui_dl.support.os_errors import why

ELSEWHERE = "set TUI_DL_CACHE to another folder"


def main(names: Sequence[str]) -> int:
    """Compile what the named experiments need, or all presets; 2 where that is refused."""
    try:
        if says := objection(ELSEWHERE):
            raise UserError(says)
        for progress in warm_up(names or _startable()):
            _tell(progress)
        if not names:
            STORE.put_marker(marker_name())
        _need_room()
    except BrokenPipeError:
        return 0
    except UserError as error:
        _tell(Refused(reason=str(error)))
        return 2
    return 0


def _startable() -> list[str]:
    """The presets but for those whose extra is missing."""
    return [name for name in presets.COURSE if not read(name).data.is_missing]


def warm_up(names: Sequence[str]) -> Iterator[Progress]:
    """Put all kernels of the named experiments into the cache."""
    began = time.perf_counter()
    kernels = distinct(kernel for name in names for kernel in _kernels(name))
    compiling: list[str] = []
    for event in compile_kernels(kernels):
        _need_room()
        done = len(compiling)
        if isinstance(event, Compiling):
            compiling.append(event.kernel)
        yield Progress(
            kernels=len(kernels),
            ready=sum(bool(kernel.signatures) for kernel in kernels),
            compiled=done,
            seconds=time.perf_counter() - began,
            compiling=event.kernel if isinstance(event, Compiling) else None,
        )


def _kernels(name: str) -> Iterator[Any]:
    """What training the experiment of that name calls."""
    experiment = read(name)
    dataset = data.load(experiment.data, experiment.train.seed)
    yield from Trainer(experiment, dataset, ThreadPool(1)).kernels()


def _need_room() -> None:
    """Raise UserError where a kernel could not be kept."""
    if STORE.error:
        says = f"{cache_home()}: compiled kernels cannot be kept: {why(STORE.error)}"
        raise UserError(f"{says}: {ELSEWHERE}")


def _tell(word: Word) -> None:
    os.write(sys.stdout.fileno(), msgspec.json.encode(word) + b"\n")


if __name__ == "__main__":
    # Leave at once: the thread that compiles would go on.
    os._exit(main(sys.argv[1:]))
