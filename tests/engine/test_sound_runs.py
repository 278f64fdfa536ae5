"""Nothing is said of sound runs, and of a preset only what it teaches."""

from pathlib import Path

import pytest

from tests.engine.diagnosed import HE, ONE_STEP, RECALL, TANH, adam, outcome, run, sgd
from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.claims.names import DIAGNOSES

# Runs much like those of `test_diagnosis.py`, and all sorts of others, that have nothing.
SOUND = [
    ("vanishing-gradient", "train.epochs=3", "network[1].layers[1].kind=tanh"),
    (*HE, "train.epochs=3"),
    ("first-network", "train.epochs=5", sgd(1)),
    (*TANH, adam(0.01)),
    ("first-network",),
    ("first-network", "network[1].units=16", "train.epochs=14"),
    ("first-network", "train.epochs=6", sgd(0.01)),
    ("first-network", sgd(0.01)),
    ("first-network", "train.optimizer.kind=rmsprop", adam(0.001)),
    ("first-network", "train.optimizer.kind=adamw", adam(0.001)),
    ("first-network", 'train.optimizer={kind="sgd",learning_rate=0.1,momentum=0.9}'),
    ("first-network", "train.loss.label_smoothing=0.3"),
    ("first-network", "train.loss.label_smoothing=0.5"),
    ("first-network", "train.loss=binary_cross_entropy"),
    ("first-network", "train.loss=mean_squared_error"),
    ("first-network", "train.schedule={kind='cosine',warmup=20}"),
    ("first-network", "train.schedule.kind=one_cycle"),
    ("first-network", "train.schedule.kind=reduce_on_plateau"),
    ("first-network", "train.batch_schedule={every=5}"),
    ("first-network", "train.weight_average=0.99"),
    ("first-network", "data.batch_size=all", "train.epochs=200"),
    ("first-network", "data.batch_size=8", "train.epochs=20"),
]  # fmt: skip
LONG = [
    ("first-network", "data.batch_size=1", "train.epochs=20", adam(0.0005)),
    ("first-network", "data.batch_size=1", "train.epochs=20", sgd(0.01)),
    *(
        ("first-network", "train.target=input", f"train.loss={loss}", "network[3].units=64")
        for loss in ("mean_squared_error", "huber", "mean_absolute_error", "binary_cross_entropy")
    ),
    (*RECALL, "train.epochs=11"),
    (*RECALL, "data.batch_size=all", "train.epochs=400"),
]


@pytest.mark.parametrize("sound", SOUND, ids=" ".join)
def test_nothing_is_said_of_a_sound_training(sound: tuple[str, ...]) -> None:
    assert run(*sound) == []


@pytest.mark.slow
@pytest.mark.parametrize("sound", LONG, ids=" ".join)
def test_nothing_is_said_of_a_sound_long_training(sound: tuple[str, ...]) -> None:
    assert run(*sound) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        [],
        [adam(0.01), "train.optimizer.kind=adam", "data.batch_size=64", "train.epochs=40",
         "train.loss.label_smoothing=0.3"],
    ],
)  # fmt: skip
def test_a_loss_that_falls_to_the_least_there_can_be_is_fine(
    tmp_path: Path, changes: list[str]
) -> None:
    file = tmp_path / "one.toml"
    file.write_text(ONE_STEP, encoding="utf-8")
    assert run(str(file), *changes) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", presets.COURSE)
def test_a_preset_has_only_what_it_teaches(name: str) -> None:
    if read(name).data.is_missing:
        pytest.skip(f"{name} needs an extra that is not installed")
    lesson = read(name).lesson
    taught = [it for it in lesson.teaches if it in DIAGNOSES] if lesson else []
    assert [it.kind for it in outcome(name, threads=2).said] == taught
