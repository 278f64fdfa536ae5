"""``torch.compile`` of a peer's network and loss, where it compiles, and in time."""

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
    """Have the peer's steps compiled, and make those of `warm_up`; why not, if it cannot be.

    One graph or none: a graph broken at its only layer of weight would be raced as compiled.
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
    except Unsupported:  # recurrent modules; unrolled, on request, they take longer than LIMIT
        return "no graph"
    except Exception as error:  # whatever a compiler may raise, the alarm wrapped up in it or not
        late = time.perf_counter() - began >= LIMIT
        return f"over {LIMIT} s" if late else type(error).__name__
    return None


@contextmanager
def _alarm() -> Iterator[None]:
    """TimeoutError once LIMIT is over, and every second from then on until it is heard."""

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, LIMIT, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
