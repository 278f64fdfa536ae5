"""Of a long log a part comes first, from its beginning to its end, and then all of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.ui.fabricate import Worker
from tui_dl.protocol.events import Started
from tui_dl.runs import quick_follower
from tui_dl.runs.event_log import Follower
from tui_dl.runs.playback import Playback
from tui_dl.runs.quick_follower import QuickFollower
from tui_dl.runs.view_follower import RunFollower

EPOCHS = 120


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worker:
    for name, value in {"LONG": 20_000, "ENDS": 3_000, "PARTS": 10, "PART": 900}.items():
        monkeypatch.setattr(quick_follower, name, value)
    return Worker(tmp_path).start().compile(1).train(EPOCHS, best=50)


def test_a_part_comes_first_and_then_all(worker: Worker) -> None:
    path = worker.run.events
    follower, whole = QuickFollower(path), Follower(path).poll()
    part = follower.poll()
    assert follower.damaged == []
    assert 0 < follower.share < 1
    assert part[0] == whole[0]
    assert part[-1] == whole[-1]
    assert len(part) < len(whole)
    places = [whole.index(it) for it in part]
    assert places == sorted(set(places))
    assert max(b - a for a, b in pairwise(places)) < len(whole) / 5
    assert follower.poll() == whole
    assert follower.files == 2  # so that what was read before counts no more
    assert follower.share == 1
    worker.train(1, best=50)
    assert [type(it).__name__ for it in follower.poll()] == ["EpochEnded"]
    assert follower.files == 2


def test_a_short_log_comes_at_once(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(1).train(3, best=2)
    follower = QuickFollower(worker.run.events)
    assert follower.poll() == Follower(worker.run.events).poll()
    assert follower.share == 1
    assert follower.poll() == []


def test_lines_longer_than_a_part_are_left_out(worker: Worker) -> None:
    path = worker.run.events
    lines = path.read_bytes().splitlines(keepends=True)
    long = b'{"event":"Unheard","text":"' + b"x" * 5_000 + b'"}\n'
    path.write_bytes(b"".join([*lines[:60], long, *lines[60:]]))
    follower = QuickFollower(path)
    assert isinstance(follower.poll()[0], Started)
    assert follower.damaged == []
    assert follower.poll() == Follower(path).poll()


def test_the_second_frame_is_that_of_one_who_read_all(worker: Worker) -> None:
    playback = Playback(worker.run, False, SimpleQueue())
    first = playback.look(100, 0.0)
    assert first is not None
    assert first.view.read < 1
    assert first.view.epochs[-1].epoch == EPOCHS
    assert first.view.step == EPOCHS * 20
    second = playback.look(100, 0.1)
    assert second is not None
    assert second.view.read == 1
    expected = RunFollower(worker.run).at(None, 100)
    assert second.view.curves == expected.curves
    assert second.view.events == expected.events
