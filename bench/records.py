"""Cost of following a long run, and of listing many runs and the presets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.feed import EPOCH, Feed
from bench.report import Section, verdict
from tui_dl.cli.progress_lines import describe
from tui_dl.presets import COURSE
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run, create
from tui_dl.runs.status import State
from tui_dl.runs.step_log import StepLog
from tui_dl.spec.toml.reading import read

FOLLOWED = 1_000, 5_000, 20_000  # epochs
AT_ONCE = 20  # epochs between two reads
LISTED = {1_000: 0.3, 10_000: 1.5}  # folders, and seconds of processor time at most
PRESETS = 0.5  # seconds of processor time at most

SAYS = f"""Following: processor time of progress lines, {AT_ONCE} epochs at each look; it is linear
where an epoch costs the same however many there were. Listing: `tui-dl runs` in a process of its
own, on copies of a run of 40 epochs, first without summaries, then with them. Budget: 0.3 s for
1,000 folders and 1.5 s for 10,000, with summaries, and {PRESETS:g} s for `tui-dl presets`."""


class Cost(NamedTuple):
    """Seconds of processor time in all, and milliseconds for each."""

    what: str
    number: int
    seconds: float
    ms_for_each: float
    verdict: str


def section() -> Section:
    """Following and listing."""
    rows = [following(epochs) for epochs in FOLLOWED]
    rows += [row for count in LISTED for row in listing(count)]
    return Section("Records", SAYS, [*rows, presets()])


def following(epochs: int) -> Cost:
    """Follow a run that grows."""
    with tempfile.TemporaryDirectory() as home:
        run, feed = begun(Path(home))
        state, spent = State(run), 0.0
        for _ in range(epochs // AT_ONCE):
            for _ in range(AT_ONCE):
                feed.epoch()
            began = time.process_time()
            for event in state.update():
                describe(event, state)
            _ = state.status
            spent += time.process_time() - began
    return Cost("follow, epochs", epochs, spent, spent / epochs * 1e3, "")


def listing(count: int) -> list[Cost]:
    """Run `tui-dl runs` on that many folders, twice."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run, feed = begun(home)
        for _ in range(40):
            feed.epoch()
        for number in range(count - 1):
            began_at = time.strftime("%Y%m%d-%H%M%S", time.gmtime(number))
            name = f"{began_at}-copy-{number:04x}"
            shutil.copytree(run.path, home / name)
        costs = []
        for what, limit in (("list, no summaries", None), ("list, summaries", LISTED[count])):
            seconds = processor_time("runs", "--runs", folder)
            spent = verdict(seconds, limit=limit)
            costs.append(Cost(f"{what}, folders", count, seconds, seconds / count * 1e3, spent))
    return costs


def presets() -> Cost:
    """Run `tui-dl presets`, once its modules are compiled."""
    seconds = min(processor_time("presets") for _ in range(3))
    count = len(COURSE)
    each = seconds / count * 1e3
    return Cost("list, presets", count, seconds, each, verdict(seconds, limit=PRESETS))


def begun(home: Path) -> tuple[Run, Feed]:
    """A new run, and the feed that continues it."""
    experiment = read("lenet5")
    run = create(home, "lenet5", experiment)
    log, steps = EventLog(run.events), StepLog(run.steps)
    return run, Feed(experiment, log, steps, time.time() - EPOCH)


def processor_time(*arguments: str) -> float:
    """Processor time of a command, in seconds."""
    before = os.times()
    command = [sys.executable, "-m", "tui_dl", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])
