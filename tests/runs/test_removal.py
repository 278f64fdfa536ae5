"""Runs are removed so that it can be undone, and renamed; live ones are left alone."""

import os
import time
from pathlib import Path

import pytest

from tests.fake_run import finished_run, run_folder
from tui_dl.runs import lock
from tui_dl.runs.home import all_runs
from tui_dl.runs.listing import listed
from tui_dl.runs.removal import ASIDE, KEPT, Removed
from tui_dl.runs.rename import rename
from tui_dl.support.errors import UserError


def test_what_was_removed_comes_back_in_turn(home: Path) -> None:
    first, second = finished_run(home, "first"), finished_run(home, "second")
    removed = Removed(home)
    removed.remove(first)
    removed.remove(second)
    assert all_runs(home) == []
    assert [removed.undo(), removed.undo(), removed.undo()] == [second, first, None]
    assert sorted(it.name for it in all_runs(home)) == ["first", "second"]
    assert listed(first).status == "finished"


def test_in_the_end_they_are_deleted_and_those_of_others_are_kept_for_a_day(home: Path) -> None:
    ours, theirs, old = Removed(home), Removed(home), Removed(home)
    for removed, name in ((ours, "ours"), (theirs, "theirs"), (old, "old")):
        removed.remove(finished_run(home, name))
    (forgotten,) = [it for it in (home / ASIDE).iterdir() if "-old-" in str(list(it.iterdir()))]
    os.utime(forgotten, (0, time.time() - KEPT - 1))
    ours.delete()
    assert not forgotten.exists()
    left = theirs.undo()
    assert left is not None
    assert left.path.is_dir()
    theirs.delete()
    assert not (home / ASIDE).exists()


def test_a_live_run_is_neither_removed_nor_renamed(home: Path) -> None:
    run = run_folder(home)
    held = lock.hold(run.lock)
    with pytest.raises(UserError, match="it is live: it can be removed once it is over"):
        Removed(home).remove(run)
    with pytest.raises(UserError, match="it is live: it can be renamed once it is over"):
        rename(run, "other")
    assert run.path.is_dir()
    os.close(held)


def test_a_renamed_run_is_the_same_under_another_name(home: Path) -> None:
    run = finished_run(home, "small")
    before = listed(run)
    new = rename(run, "큰-모델")
    assert all_runs(home) == [new]
    assert (new.name, new.began) == ("큰-모델", run.began)
    assert listed(new).details.title == "큰-모델"
    assert listed(new).details.figures == before.details.figures


@pytest.mark.parametrize("name", ["", "last", "../up", "a b", "\x1b[2J", "x" * 65])
def test_a_name_that_is_none_is_refused(name: str, home: Path) -> None:
    run = finished_run(home)
    with pytest.raises(UserError, match="a run's name is up to 64 letters"):
        rename(run, name)
    assert run.path.is_dir()
