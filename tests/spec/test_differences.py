"""What differs between experiments, as overrides, and the titles made of that."""

from __future__ import annotations

import pytest

from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.differences import differences
from tui_dl.spec.editable import settings
from tui_dl.spec.lesson_changes import proposed_changes
from tui_dl.spec.run_title import run_title, short_changes
from tui_dl.spec.toml.reading import parse

NET = parse(
    """
    title = "x"
    data.source = "digits"
    network = [
        { kind = "flatten" }, { kind = "dense", units = 4 }, { kind = "dense", units = 4 },
        { kind = "tanh" }, { kind = "relu" }, { kind = "dense", units = 10 },
    ]
    """,
    "it",
)
CHANGES: list[tuple[str, list[str]]] = [
    ("lenet5", ["network[0].filters=12"]),
    ("lenet5", ["train.optimizer.learning_rate=0.01", "data.batch_size=all"]),
    ("lenet5", ["train.early_stopping=none"]),
    ("lenet5", ["train.optimizer.kind=sgd"]),
    ("lenet5", ["data.augment=none"]),
    ("lenet5", ["train.loss.label_smoothing=0.0"]),
    ("first-network", ["train.early_stopping={patience = 3}"]),
    ("first-network", ['train.metrics=["accuracy", "top_3"]']),
    ("vanishing-gradient", ["network[1].layers[1].kind=relu"]),
    ("vanishing-gradient", ["network[1].layers[0].initializer=he", "network[1].times=3"]),
    ("memory", ['network[1]={kind = "lstm", units = 64}']),
    ("memory", ['network=[{kind = "embedding", size = 4}, {kind = "flatten"}, '
                '{kind = "dense", units = 4}]']),
]  # fmt: skip


@pytest.mark.parametrize("name", presets.COURSE)
def test_a_preset_does_not_differ_from_itself(name: str) -> None:
    assert differences(read(name), read(name)) == []


@pytest.mark.parametrize(("name", "changes"), CHANGES)
def test_the_differences_make_the_same_experiment(name: str, changes: list[str]) -> None:
    before, after = read(name), read(name, changes)
    found = differences(before, after)
    assert found
    assert read(name, found) == after


def test_texts_and_what_was_done_to_a_run_are_no_difference() -> None:
    changes = ["title=Another", "chapter=x", "train.change=[{step = 3, learning_rate = 0.1}]"]
    assert differences(read("lenet5"), read("lenet5", changes)) == []


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ([], "net"),
        (["network[0].filters=12"], "net · filters=12"),
        (["network[1].units=16", "network[2].units=16"], "net · units=16"),
        (
            ["network[1].units=16", "network[2].units=8"],
            "net · dense_1.units=16 · dense_2.units=8",
        ),
        (["train.optimizer.kind=sgd", "train.epochs=3"], "net · optimizer=sgd · epochs=3"),
        (["network[1].layers[1].kind=relu"], "net · relu"),
        (["network[0].kind=relu", "network[4].kind=tanh"],
         "net · flatten_1.kind=relu · relu_1.kind=tanh"),
        (["data.source=moons"], "net · data=moons"),
        (["train.clip={ norm = 1.0 }"], "net · norm=1.0"),
        (['train.metrics=["accuracy", "f1"]'], "net · metrics=accuracy + f1"),
        (['train.metrics=["f1"]'], "net · metrics=f1"),
        (["train.optimizer.betas=[0.8, 0.9]"], "net · betas=[0.8, 0.9]"),
        (['data.words=["a b", "\\u001b"]'], 'net · words=["a b", "\\u001b"]'),
        (['network[1]={ kind = "gru", units = 8 }'], "net · gru · units=8"),
        (['data.augment=[{ kind = "shift", pixels = 2 }]'], "net · augment=shift · pixels=2"),
        (['network[1].layers=[{ kind = "dense" }, { kind = "relu" }]'],
         "net · layers=dense + relu"),
        ([f"network=[{', '.join(['{ kind = relu }'] * 9)}]".replace("relu", '"relu"')],
         "net · network=9 layers"),
        ([f"data.path={'long/' * 9}"], "net · path=long/long/long/long/long/long…"),
    ],
)  # fmt: skip
def test_a_title_says_what_differs(changes: list[str], title: str) -> None:
    assert run_title("net", changes, NET) == title


def test_short_changes_are_said_once() -> None:
    assert short_changes(["network[1].kind=relu", "network[3].kind=relu"], NET) == ["relu"]


@pytest.mark.parametrize("name", presets.COURSE)
def test_the_changes_that_lessons_propose_can_be_read(name: str) -> None:
    lesson = read(name).lesson
    assert lesson is not None
    found = proposed_changes(lesson.en.try_)
    assert found
    for changes in found:
        read(name, changes)


def test_only_code_with_set_proposes_a_change() -> None:
    text = "Put `relu` there: `--set 'network[1].kind=relu' --set train.epochs=3`, or `--set 'a`."
    assert proposed_changes(text) == [["network[1].kind=relu", "train.epochs=3"]]
    assert proposed_changes("`--set`") == []
    assert proposed_changes("") == []


@pytest.mark.parametrize("name", presets.COURSE)
def test_every_setting_can_be_set_to_what_it_is(name: str) -> None:
    experiment = read(name)
    found = settings(experiment)
    assert read(name, [f"{it.key}={it.value}" for it in found]) == experiment
    keys = [it.key for it in found]
    assert len(set(keys)) == len(keys)
    assert {"train.epochs", "train.optimizer.learning_rate", "network[0].kind"} <= set(keys)
