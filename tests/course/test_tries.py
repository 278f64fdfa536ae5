"""What a lesson says to try is a run that starts, and is another one than the preset's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui_dl import presets
from tui_dl.batch.job import Job, jobs_of
from tui_dl.batch.local import launch_all
from tui_dl.cli.parser import TopParser
from tui_dl.process.read_experiment import describe, read
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.lesson_changes import proposed_changes

CODE = re.compile(r"`([^`]*)`")


def tries(name: str) -> list[Experiment]:
    """The preset with each change that its lesson proposes."""
    found = read(name).lesson
    assert found
    return [read(name, overrides) for overrides in proposed_changes(found.en.try_)]


@pytest.mark.parametrize("name", presets.COURSE)
def test_every_try_changes_the_preset(name: str) -> None:
    changed, found = tries(name), read(name).lesson
    assert found
    assert changed or "`tui-dl " in found.en.try_, f"{name}: its try has no code that can be run"
    for each in changed:
        assert differences(read(name), each)
        jobs_of(name, each, describe)  # its variants can be trained too


@pytest.mark.parametrize("name", presets.COURSE)
def test_commands_in_lessons_are_of_tui_dl(name: str) -> None:
    found = read(name).lesson
    assert found
    texts = [found.en.try_, found.en.look, found.en.why, found.en.answer]
    for code in (it for text in texts for it in CODE.findall(text)):
        words = shlex.split(code) if code.startswith(("tui-dl ", "--")) else []
        if words[:1] == ["tui-dl"]:
            TopParser().parse_args(words[1:])
        elif words:
            TopParser().parse_args(["train", name, *words])


@pytest.mark.slow
@pytest.mark.parametrize("name", presets.COURSE)
def test_every_try_trains(name: str, tmp_path: Path) -> None:
    if read(name).data.is_missing:
        pytest.skip("its data is not installed")
    short = [each.with_train(replace(each.train, epochs=1, change=[])) for each in tries(name)]
    over = [it.state for it in launch_all(tmp_path, [Job(name, it) for it in short], [])]
    assert [it.failure for it in over if it.status != "finished"] == []
