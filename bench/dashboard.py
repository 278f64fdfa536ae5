"""How quickly the dashboard answers, and what it costs: first frames, keys, share of a core."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import psutil

from bench.feed import STEPS
from bench.report import Section, verdict
from bench.seek import RECORDED, recorded
from bench.ssh import feed
from bench.sshd import read_for, terminal
from tui_dl.runs.home import all_runs

SIZES = (80, 24), (200, 60)
OPENED = 7  # times
PRESSED = 100  # keys
QUIET = 0.15  # seconds without output before a key is pressed
WATCHED = 10.0  # seconds
FIRST, LONG, KEY, SHARE = 0.5, 0.25, 50.0, 10.0
CURVE = re.compile(rb"\xe2[\xa0-\xa3][\x80-\xbf]")  # a braille character, in UTF-8
FRAME = re.compile(rb"tui-dl|Curves")  # of the heading
RUN_KEYS, LIBRARY_KEYS = ",<l?\x1b", "jk"  # each of them changes the screen
MOST = 1.0  # seconds that are waited for an answer

SAYS = f"""A dashboard in a pseudo-terminal, driven by its keys. First frame: from the start of
the process to the first text, the median of {OPENED}. A long run: from that frame to curves of a
run of {RECORDED:,} steps in {RECORDED // STEPS:,} epochs. Key: from a key to the first output
after it, 95th percentile of {PRESSED} keys, on a run that is over, while as many trainings as there
are processors run. Share: processor time of the dashboard on a run with ten epochs a second.
Budget: {FIRST:g} s, {LONG:g} s, {KEY:g} ms, {SHARE:g} % of a core."""


class Answer(NamedTuple):
    """One figure."""

    what: str
    columns: int
    rows: int
    figure: float
    unit: str
    verdict: str


def section() -> Section:
    """All figures at two sizes."""
    rows: list[Answer] = []

    def add(what: str, size: tuple[int, int], figure: float, unit: str, limit: float) -> None:
        rows.append(Answer(what, *size, figure, unit, verdict(figure, limit=limit)))

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        recorded(home)
        (run,) = all_runs(home)
        library, attach = ["--runs", folder], ["attach", run.id, "--runs", folder]
        for size in SIZES:
            add("first frame, library", size, opening(size, library, FRAME)[0], "s", FIRST)
            first, curves = opening(size, attach, CURVE)
            add("first frame, run", size, first, "s", FIRST)
            add("long run after it", size, curves - first, "s", LONG)
            add("share of a core", size, share(size), "%", SHARE)
        with trainings(home):
            for size in SIZES:
                add("key, run", size, answer(size, attach, RUN_KEYS), "ms", KEY)
                add("key, library", size, answer(size, library, LIBRARY_KEYS), "ms", KEY)
    return Section("Dashboard", SAYS, rows)


def command(arguments: list[str]) -> list[str]:
    """A tui-dl command line."""
    return [sys.executable, "-m", "tui_dl", *arguments]


def opening(
    size: tuple[int, int], arguments: list[str], last: re.Pattern[bytes]
) -> tuple[float, float]:
    """Median seconds from the start of the process to the first text, and to `last`."""
    times: list[tuple[float, float]] = []
    for _ in range(OPENED):
        began, seen = time.monotonic(), b""
        with terminal(*size, command(arguments)) as handle:
            found: list[float] = []
            for what in (FRAME, last):
                while not what.search(seen):
                    seen += os.read(handle, 1 << 16)
                found.append(time.monotonic() - began)
        times.append((found[0], found[1]))
    first, second = zip(*times, strict=True)
    return median(first), median(second)


def share(size: tuple[int, int]) -> float:
    """Percent of a core that the dashboard takes on a run with ten epochs a second."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        run = stack.enter_context(feed(home))
        attach = command(["attach", run, "--runs", str(home)])
        handle = stack.enter_context(terminal(*size, attach))
        read_for(handle, 5.0)
        dashboard = next(it for it in psutil.Process().children() if it.cmdline() == attach)
        before = dashboard.cpu_times()
        read_for(handle, WATCHED)
        after = dashboard.cpu_times()
    used: float = after.user + after.system - before.user - before.system
    return 100 * used / WATCHED


@contextmanager
def trainings(home: Path) -> Iterator[None]:
    """As many endless trainings as there are processors."""
    endless = ["--set", "train.epochs=1000000", "--set", "train.early_stopping=none"]
    options = ["--headless", "--threads", "1", "--runs", str(home / "others")]
    one = command(["train", "lenet5", *endless, *options])
    processes = [
        subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(os.cpu_count() or 1)
    ]
    try:
        time.sleep(15.0)  # kernels are compiled by then
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def answer(size: tuple[int, int], arguments: list[str], keys: str) -> float:
    """95th percentile of the milliseconds from a key to the first output after it."""
    late = []
    with terminal(*size, command(arguments)) as handle:
        read_for(handle, 5.0)
        for key in islice(cycle(keys), PRESSED):
            wait_for_quiet(handle)
            os.write(handle, key.encode())
            began = time.monotonic()
            select.select([handle], [], [], MOST)
            late.append((time.monotonic() - began) * 1e3)
    return quantiles(late, n=20)[-1]


def wait_for_quiet(handle: int) -> None:
    """Read until nothing arrives for a while."""
    while select.select([handle], [], [], QUIET)[0]:
        os.read(handle, 1 << 16)
