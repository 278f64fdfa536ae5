"""Traffic of the dashboard over a real sshd on this machine, on a run with ten epochs a second."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.feed import EPOCH
from bench.report import Section, verdict
from bench.sshd import client, is_installed, read_for, server

SIZES = {(80, 24): 10.0, (110, 36): None, (200, 60): 25.0}  # cells, and kB/s at most
SETTLE, MEASURE = 6.0, 30.0  # seconds

SAYS = f"""The Run screen on a terminal of so many cells, behind `ssh -tt` and an OpenSSH server
on the loopback: bytes that the server sends, encrypted, over {MEASURE:g} s, after the first minute
of a run that ends an epoch every {EPOCH:g} s. Budget: 10 kB/s on 80x24, 25 kB/s on 200x60."""


class Traffic(NamedTuple):
    """Kilobytes a second, and how many times a second output arrived."""

    columns: int
    rows: int
    kilobytes_per_second: float
    frames_per_second: float
    verdict: str


def section() -> Section:
    """All terminal sizes; no rows where there is no sshd."""
    return Section("SSH", SAYS, [traffic(*size) for size in SIZES] if is_installed() else [])


def traffic(columns: int, rows: int, seconds: float = MEASURE) -> Traffic:
    """Attach a dashboard of this size to a run, and count its output for MEASURE seconds."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        run = stack.enter_context(feed(folder / "runs"))
        link = stack.enter_context(server(folder))
        command = f"{sys.executable} -m tui_dl attach {run} --runs {folder / 'runs'}"
        terminal = stack.enter_context(client(folder, link.port, columns, rows, command))
        read_for(terminal, SETTLE)
        before = link.sent
        frames = read_for(terminal, seconds)
        rate = (link.sent - before) / seconds / 1000
    limit = SIZES.get((columns, rows))
    return Traffic(columns, rows, rate, frames / seconds, verdict(rate, limit=limit))


@contextmanager
def feed(home: Path) -> Iterator[str]:
    """A run in `home` that continues; yields its id."""
    command = [sys.executable, "-m", "bench.feed", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()
