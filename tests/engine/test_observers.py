"""Observers: what they see, that they change nothing, and that no clock and no thread matters."""

from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import cases, named
from tests.cases.observer import Case
from tests.engine.test_losses import DIGITS
from tui_dl import presets
from tui_dl.drawing import picture
from tui_dl.drawing.arrays import array
from tui_dl.engine.observers import observe
from tui_dl.engine.observers.histograms import BINS, histogram
from tui_dl.engine.observers.moments import (
    LARGEST,
    MOST,
    SPACE,
    Moment,
    is_due,
    spacing,
    superseded,
)
from tui_dl.engine.observers.registry import observers
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact, encode
from tui_dl.protocol.events import EpochEnded, Evaluated
from tui_dl.runs import artifacts
from tui_dl.runs.folder import Run
from tui_dl.spec.toml.reading import parse

CASES = {kind: it for kind, it in cases("observers").items() if kind in observers()}
ALL = [
    pytest.param(kind, case, marks=pytest.mark.slow if number else ())
    for kind, of_kind in CASES.items()
    for number, case in enumerate(of_kind)
]


@cache  # many kinds have a case of the same experiment
def seen(preset: str, overrides: tuple[str, ...], threads: int) -> list[Artifact]:
    outputs = train(read(preset, list(overrides)), threads)
    return [h for h in outputs if isinstance(h, Artifact)]


@pytest.mark.parametrize("kind", observers())
def test_every_observer_has_cases_and_a_picture(kind: str) -> None:
    assert kind in CASES, f"{kind} has no cases: tests/cases/observers/{kind}.py"
    assert kind in named("observers", "DRAWN"), f"{kind} has no artifact that is drawn"
    assert kind in picture.kinds(), f"{kind} has no picture: tui_dl/drawing/pictures/{kind}.py"


def test_there_are_no_pictures_of_nothing() -> None:
    assert set(picture.kinds()) == set(observers())


@pytest.mark.parametrize(("kind", "case"), ALL, ids=str)
def test_what_is_seen_is_the_same_for_any_threads(kind: str, case: Case) -> None:
    by_threads = [seen(case.preset, case.overrides, threads) for threads in (1, 2, 3)]
    own = [[it for it in found if it.kind == kind] for found in by_threads]
    moments = {(it.step, it.is_final) for it in by_threads[0]}
    if observers()[kind].is_timing:
        moments = {it for it in moments if not it[1]}
    for found in own:
        assert len(found) == (len(moments) if case.shapes else 0)
        for it in found:
            shapes = {name: tensor.shape for name, tensor in it.arrays.items()}
            assert shapes == case.shapes or (it.is_final and shapes.items() < case.shapes.items())
            assert len(encode(it)) <= LARGEST
            assert all(len(t.data) == t_size(t.dtype) * prod(t.shape) for t in it.arrays.values())
    if not observers()[kind].is_timing:
        assert own[0] == own[1] == own[2]


OTHERS = ["lenet5", "memory", "char-model", "early-stopping", "backprop"]


def t_size(dtype: str) -> int:
    return int(dtype[1:]) // 8


@pytest.mark.parametrize(
    "preset",
    [
        "first-network",
        "ravine",
        *(pytest.param(it, marks=pytest.mark.slow) for it in OTHERS),
    ],
)
def test_training_is_the_same_without_observers(
    preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    normal = "network[1]={kind='batch_norm'}" if preset == "first-network" else "train.epochs=3"
    experiment = read(preset, ["train.epochs=3", "train.seed=5", normal])
    watched = everything(train(experiment, 2))
    monkeypatch.setattr(observe, "observers", dict)
    alone = everything(train(experiment, 1))
    assert len(watched) == len(alone) > 5
    for ours, theirs in zip(watched, alone, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def everything(outputs: Any) -> list[Any]:
    """All tensors of checkpoints and all records but for the clock's part, and losses."""
    found: list[Any] = []
    records = [h.copy() if isinstance(h, np.ndarray) else h for h in outputs]
    steps = np.concatenate([h for h in records if isinstance(h, np.ndarray)])
    found += [steps[name] for name in steps.dtype.names or () if name not in ("time", "seconds")]
    ends = [h for h in records if isinstance(h, EpochEnded | Evaluated)]
    found += [np.array([getattr(it, "validation_loss", 0) or 0 for it in ends])]
    last = [h for h in records if isinstance(h, Checkpoint)][-2:]
    return [*found, *(tensor for it in last for _, tensor in sorted(it.tensors.items()))]


def test_confusions_and_mistakes_agree_with_accuracy() -> None:
    outputs = list(train(parse(DIGITS, "it", ["train.epochs=2"]), 2))
    matrices = [
        array(h, "matrix") for h in outputs if isinstance(h, Artifact) and "matrix" in h.arrays
    ]
    ends = [h for h in outputs if isinstance(h, EpochEnded)]
    assert len(matrices) == len(ends) + 1  # the last one is of the final weights
    for matrix, end in zip(matrices[:-1], ends, strict=True):
        assert np.trace(matrix) / matrix.sum() == pytest.approx(end.validation_accuracy)
    worst = [h for h in outputs if isinstance(h, Artifact) and h.kind == "mistakes"][-1]
    wrong = matrices[-1].sum() - np.trace(matrices[-1])
    assert array(worst, "mistakes").tolist() == [wrong]
    target, answer = array(worst, "target"), array(worst, "answer")
    assert (target != answer).all()
    assert len(set(array(worst, "index").tolist())) == len(target)


def test_the_matrix_has_the_worst_samples_of_each_confusion() -> None:
    outputs = list(train(parse(DIGITS, "it", ["train.epochs=2"]), 2))
    for it in (h for h in outputs if isinstance(h, Artifact) and h.kind == "confusion"):
        matrix, index = array(it, "matrix"), array(it, "index").tolist()
        pairs = list(zip(array(it, "target")[:, 0], array(it, "answer")[:, 0], strict=True))
        assert len(set(index)) == len(index) <= 60
        counts = [int(matrix[pair]) for pair in pairs]
        assert all(pairs.count(pair) <= min(matrix[pair], 6) for pair in pairs)
        assert all(target != answer for target, answer in pairs)
        kinds = len(set(pairs))
        assert len(set(pairs[:kinds])) == kinds  # each confusion once, before any again
        assert counts[:kinds] == sorted(counts[:kinds], reverse=True)
        confused = np.count_nonzero(matrix * (1 - np.eye(10)))
        assert kinds == min(confused, 60)


def test_a_histogram_by_hand() -> None:
    counts, edges = histogram([np.array([0, 0.1, 29.9]), np.array([30, np.nan, np.inf, -np.inf])])
    assert edges == (0.0, 30.0)
    assert (counts[0], counts[BINS - 1], counts.sum()) == (2, 2, 4)
    assert histogram([np.full(3, np.nan)])[1] == (0.0, 0.0)
    assert histogram([np.full(3, 7.0)])[0].tolist() == [3] + [0] * (BINS - 1)


def test_outputs_after_a_relu_are_said_to_be() -> None:
    """Those before it are nowhere: the layer computes the relu too."""
    artifacts = seen("first-network", ("train.epochs=1",), 1)
    (found, *_) = (it for it in artifacts if it.kind == "histograms")
    assert found.labels["layers"] == ["flatten_1", "dense_1+relu_1", "dense_2"]
    assert array(found, "outputs.range")[1, 0] == 0


@given(st.integers(1, 5_000))
def test_moments_cover_the_run_and_stay_few(epochs: int) -> None:
    kept: set[int] = set()
    observed = 0
    for epoch in range(1, epochs + 1):
        if is_due(Moment(epoch, epoch, epoch == epochs)):
            kept = (kept | {epoch}) - set(superseded(epoch))
            observed += 1
        assert len(kept) <= MOST + 2
    assert {1, epochs} <= kept
    gaps = np.diff(sorted(kept))
    assert max(gaps, default=1) <= 2 * spacing(epochs) <= max(4 * epochs // MOST, 2)
    assert observed <= MOST * (1 + np.log2(max(epochs / MOST, 1)) / 2) + 2 + MOST / 2


@pytest.mark.parametrize("name", presets.COURSE)
def test_artifacts_of_all_kinds_of_a_run_have_room(name: str) -> None:
    experiment = read(name)
    wanted = sum(it().wants(experiment) for it in observers().values())
    assert 0 < (MOST + 3) * LARGEST * wanted <= SPACE


def test_a_long_run_keeps_a_few_that_cover_it(tmp_path: Path) -> None:
    run = Run(tmp_path)
    steps: dict[int, int] = {}  # of epochs
    for output in train(read("first-network", ["train.epochs=70", "data.batch_size=all"]), 1):
        if isinstance(output, Artifact):
            artifacts.write(run, output)
        elif isinstance(output, EpochEnded):
            steps[output.epoch] = output.step
    kept = [1, *range(4, 70, 4), 70]
    assert artifacts.steps(run, "confusion") == [steps[epoch] for epoch in kept]
    assert {artifacts.read(run, "samples", steps[epoch]).epoch for epoch in kept} == {*kept}
    assert artifacts.steps(run, "step_time") == [steps[1]]
    assert sum(it.stat().st_size for it in run.artifacts.rglob("*.safetensors")) < SPACE
