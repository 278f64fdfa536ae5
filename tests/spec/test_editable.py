"""A preset's settings: what its lesson proposes to change is among the first of them."""

from __future__ import annotations

import pytest

from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.editable import ALWAYS, settings
from tui_dl.spec.lesson_changes import proposed_changes
from tui_dl.spec.toml.overrides import pair


def test_a_default_that_the_lesson_changes_has_a_row() -> None:
    rows = dict(settings(read("vanishing-gradient")))
    proposed = "network[1].layers[1].kind", "network[1].layers[0].initializer"
    assert [*rows][: len(ALWAYS) + 2] == [*ALWAYS, *proposed]
    assert rows[proposed[0]] == "sigmoid"


@pytest.mark.parametrize("name", presets.COURSE)
def test_rows_of_a_preset_are_what_it_is(name: str) -> None:
    experiment = read(name)
    assert experiment.lesson
    keys = [it.key for it in settings(experiment)]
    assert len(set(keys)) == len(keys)
    for overrides in proposed_changes(experiment.lesson.en.try_):
        for key, _, value in map(pair, overrides):
            if not value.startswith(("[", "{")) and key != "train.clip.value":  # it has no clip
                assert key in keys
