"""How quickly the dashboard answers, and what it costs: first frames, keys, share of a core."""

from __future__ import annotations

import os
import random
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import psutil

from bench.report import Section, verdict
from bench.seek import RECORDED, recorded
from bench.ssh import feed
from bench.sshd import read_for, terminal
from tui_dl.runs.home import all_runs

SIZES = (80, 24), (200, 60)
OPENED = 3  # times
PRESSED = 100  # keys
QUIET = 0.15  # seconds without output before a key is pressed
WATCHED = 10.0  # seconds
FIRST, LONG, KEY, SHARE = 0.5, 0.25, 50.0, 10.0
CURVE = re.compile(rb"\xe2[\xa0-\xa3][\x80-\xbf]")  # a braille character, in UTF-8
RUN_KEYS = ",.,.,.<>l123456?"  # what a person presses; escape closes what `?` opens

SAYS = f"""A dashboard in a pseudo-terminal, driven by its keys. First frame: from the start of
the process to the first text, the median of {OPENED}. A long run: from that frame to curves of a
run of {RECORDED:,} steps. Key: from a key to the first output after it, 95th percentile of
{PRESSED} keys, on a run that is over, while as many trainings as there are processors run. Share:
processor time of the dashboard on a run with ten epochs a second. Budget: {FIRST:g} s, {LONG:g} s,
{KEY:g} ms, {SHARE:g} % of a core."""


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
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        recorded(home)
        (run,) = all_runs(home)
        for size in SIZES:
            first, _ = opening(size, [])
            rows.append(
                Answer("first frame, library", *size, first, "s", verdict(first, limit=FIRST))
            )
            first, curves = opening(size, ["attach", run.id, "--runs", folder])
            rows.append(Answer("first frame, run", *size, first, "s", verdict(first, limit=FIRST)))
            rows.append(
                Answer("long run after it", *size, curves, "s", verdict(curves, limit=LONG))
            )
            percent = share(size)
            rows.append(
                Answer("share of a core", *size, percent, "%", verdict(percent, limit=SHARE))
            )
        with trainings(home):
            for size in SIZES:
                late = answer(size, ["attach", run.id, "--runs", folder], RUN_KEYS)
                rows.append(Answer("key, run", *size, late, "ms", verdict(late, limit=KEY)))
                late = answer(size, [], "jk")
                rows.append(Answer("key, library", *size, late, "ms", verdict(late, limit=KEY)))
    return Section("Dashboard", SAYS, rows)


def command(arguments: list[str]) -> list[str]:
    """A tui-dl command line."""
    return [sys.executable, "-m", "tui_dl", *arguments]


def opening(size: tuple[int, int], arguments: list[str]) -> tuple[float, float]:
    """Median seconds to the first text, and from there to a curve (0 where none is awaited)."""
    frames, curves = [], []
    for _ in range(OPENED):
        began = time.monotonic()
        with terminal(*size, command(arguments)) as handle:
            frames.append(arrival(handle, re.compile(rb"tui-dl|Loss")) - began)
            if arguments:
                curves.append(arrival(handle, CURVE) - began - frames[-1])
    return median(frames), median(curves) if curves else 0.0


def arrival(handle: int, what: re.Pattern[bytes]) -> float:
    """When output that matches `what` has arrived."""
    seen = b""
    while not what.search(seen):
        seen += os.read(handle, 1 << 16)
    return time.monotonic()


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
    train = ["train", "lenet5", "--set", "train.epochs=1000000", "--headless", "--threads", "1"]
    one = command([*train, "--runs", str(home / "others")])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen(one, **quiet) for _ in range(os.cpu_count() or 1)]  # type: ignore[call-overload]
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
    draw, late = random.Random(0), []
    with terminal(*size, command(arguments)) as handle:
        read_for(handle, 5.0)
        for _ in range(PRESSED):
            wait_for_quiet(handle)
            key = draw.choice(keys)
            os.write(handle, key.encode())
            began = time.monotonic()
            if select.select([handle], [], [], 1.0)[0]:  # else the key changed nothing
                late.append((time.monotonic() - began) * 1e3)
            if key == "?":
                wait_for_quiet(handle)
                os.write(handle, b"\x1b")
    return quantiles(late, n=20)[-1]


def wait_for_quiet(handle: int) -> None:
    """Read until nothing arrives for a while."""
    while select.select([handle], [], [], QUIET)[0]:
        os.read(handle, 1 << 16)


if __name__ == "__main__":
    print(section())
