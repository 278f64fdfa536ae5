"""A question says all that is to be changed, in few words."""

from __future__ import annotations

import pytest

from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.changed_settings import changed_settings
from tui_dl.spec.lesson_changes import proposed_changes


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("first-network", ["network[1].units=2"], ["dense_1.units: 64 → 2"]),
        ("first-network", ["train.epochs=3"], ["train.epochs: 20 → 3"]),
        ("vanishing-gradient", ["network[1].layers[1].kind=relu"],
         ["sigmoid_1 … sigmoid_11: sigmoid → relu"]),  # all that one row repeats
        ("translate-dates", ["network[1].units=16", "network[2].units=16"],
         ["gru_1, decoder_1.units: 128 → 16"]),
        ("lenet5", ["network[0].filters=8", "network[3].filters=8"],
         ["conv2d_1.filters: 6 → 8", "conv2d_2.filters: 16 → 8"]),
        ("lenet5", ["network[1].kind=tanh", "network[4].kind=tanh"],
         ["relu_1, relu_2: relu → tanh"]),
        ("lenet5", ["network[1].kind=tanh", "network[4].kind=tanh", "network[10].kind=tanh"],
         ["relu_1, relu_2, relu_4: relu → tanh"]),
        # Layers after one that was added have other places than before.
        ("first-network", ['network=[{kind="flatten"}, {kind="dropout"}, '
                           '{kind="dense", units=9}, {kind="relu"}, {kind="dense", units=10}]'],
         ["+dropout", "dense_1.units: 64 → 9"]),
        ("lenet5", ["train.clip.norm=1"], ["train.clip.norm: 1.0"]),
        ("lenet5", ["train.schedule.kind=step"], ["train.schedule: cosine → step"]),
    ],
)  # fmt: skip
def test_layers_that_change_alike_are_said_together(
    name: str, changes: list[str], said: list[str]
) -> None:
    assert changed_settings(read(name), read(name, changes)) == said


@pytest.mark.parametrize("name", presets.COURSE)
def test_what_lessons_propose_is_said_in_few_words_without_toml(name: str) -> None:
    experiment = read(name)
    assert experiment.lesson
    for changes in proposed_changes(experiment.lesson.en.try_):
        if any("data.languages" in it for it in changes):
            continue  # its data may not be installed
        said = changed_settings(experiment, read(name, changes))
        assert 1 <= len(said) <= 2
        assert not any("{" in it or len(it) > 80 for it in said)
