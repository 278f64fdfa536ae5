"""``torch.compile`` of a peer's network and loss, with a time limit."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch._dynamo.exc import Unsupported
from torch._inductor import cpp_builder

from bench.peer import PeerTrainer
from tui_dl.kernels.core.jit import Ints

LIMIT = 60  # seconds for one network


def compile_peer(peer: PeerTrainer, warm_up: Sequence[Ints]) -> str | None:
    """Compile the peer's steps and run those of `warm_up`; returns the reason where that fails.

    It must be one graph: without its main layer in the graph, it would not really be compiled.
    """
    try:
        cpp_builder.get_cpp_compiler()
    except Exception:
        return "no C++ compiler"
    torch._dynamo.reset()
    began = time.perf_counter()
    try:
        with _alarm():
            peer.loss = torch.compile(peer.loss, fullgraph=True)  # type: ignore[method-assign]
            peer.losses(warm_up)
    except Unsupported:  # recurrent modules; unrolled, they would need longer than LIMIT
        return "no graph"
    except Exception as error:  # any error of a compiler, which may wrap the TimeoutError
        late = time.perf_counter() - began >= LIMIT
        return f"over {LIMIT} s" if late else type(error).__name__
    return None


@contextmanager
def _alarm() -> Iterator[None]:
    """Raise TimeoutError after LIMIT, and every second after that in case it is caught."""

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, LIMIT, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
