"""Run folders damaged at random: nothing blocks or breaks, the neighbours are listed, and a run
that can be resumed in spite of it ends as if nothing had happened.

`make faults` tries a thousand; the tests a sample, the same every time.
"""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.faults.damage import damage
from tests.faults.server import Server
from tests.faults.tiny import EXPERIMENT, HEADLESS, assert_same, commands
from tui_dl.runs import lock
from tui_dl.runs.folder import Run, create
from tui_dl.runs.status import State
from tui_dl.spec.toml.reading import parse

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

FOLDERS = range(1000 if os.environ.get("TUI_DL_FAULTS") else 300)
KILLS = [("fsync", 1), ("fsync", 8), ("fsync", 12), ("write", 14)]  # calls at which a worker dies


@pytest.fixture(scope="session")
def originals(
    server: Server, undisturbed: Run, tmp_path_factory: pytest.TempPathFactory
) -> list[Run]:
    """A run that is finished, and some that were killed."""
    home = tmp_path_factory.mktemp("originals")
    runs = [undisturbed]
    for call in KILLS:
        run = create(home, "killed", parse(EXPERIMENT, "tiny"))
        commands(run)
        server.ask(work=str(run.path), fault=(*call, "KILL", False))
        assert State(run).status == "failed"
        runs.append(run)
    return runs


def test_damaged_folders(
    server: Server, undisturbed: Run, originals: list[Run], home: Path
) -> None:
    neighbour = home / "20260101-000000-neighbour-0000"
    shutil.copytree(undisturbed.path, neighbour)
    for number in FOLDERS:
        original = originals[number % len(originals)]
        run = Run(home / original.id)
        shutil.copytree(original.path, run.path)
        what = damage(run.path, number)
        try:
            look(server, run, undisturbed)
        except AssertionError as error:
            raise AssertionError(f"{number}: {what}") from error
        while lock.is_held(run.lock):  # a worker writes its summary after the last event
            time.sleep(0.01)
        shutil.rmtree(run.path)


def look(server: Server, run: Run, undisturbed: Run) -> None:
    """Whatever can be done with a run, is done or refused in one line."""
    where = ["--runs", str(run.path.parent)]
    lines = [["show", "last"], ["stop", "last"], ["resume", "last", *HEADLESS]]
    lines = [[*line, *where] for line in (["runs", "--json"], ["runs"], *lines)]
    (watched,) = server.ask(watch=str(run.path))
    listed, *others, resumed = server.ask(*lines)
    assert (listed.status, listed.err) == (0, "")
    here, neighbour = map(json.loads, listed.out.splitlines())
    assert here["run"] == run.id
    assert neighbour["status"] == "finished"
    for done in (watched, *others, resumed):
        assert done.status in (0, 2), done
        assert done.err.count("\n") == (done.status == 2), done
        assert done.err.startswith("tui-dl: ") or not done.err
    if resumed.status == 0:
        assert State(run).status == "finished"
        assert_same(run, undisturbed, records=False)
