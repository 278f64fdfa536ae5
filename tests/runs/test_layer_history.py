"""Figures of layers at any step: from what came before it alone, at little cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_run import run_folder
from tui_dl.engine.observers.observe import tensor
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.step_record import required_fields, step_fields
from tui_dl.runs import artifacts
from tui_dl.runs.activation_history import ActivationHistory
from tui_dl.runs.layer_figure import MOST_LAYERS, evenly
from tui_dl.runs.layer_history import COLUMNS, SAMPLED, SETTLE, LayerHistory
from tui_dl.runs.step_log import Records, record_type

NAMES = ["dense_1", "dense_2", "dense_3"]


def recorded(steps: int, layers: int = 3) -> Records:
    """Noise, among it what is not finite."""
    random = np.random.default_rng(0)
    made = np.zeros(steps, record_type(step_fields(layers)))
    for number, field in enumerate(("gradient_norm", "update_ratio", "weight_norm")):
        made[f"layer_{field}"] = np.exp(random.normal(number, 3, (steps, layers)))
    for place, wild in enumerate((np.nan, np.inf, 1e38)):
        made["layer_gradient_norm"][steps // 2 + place : steps // 2 + place + 1, 0] = wild
    return made


@pytest.mark.parametrize("limit", [30.0, 200.0, 1e3, 1e4])
def test_what_comes_later_changes_nothing(limit: float) -> None:
    records, used = recorded(5_000), LayerHistory(NAMES)
    random = np.random.default_rng(1)
    for step in [5_000, 1, 15, 16, 17, 4_999, *random.integers(1, 5_000, 20).tolist()]:
        found = used.figures(records[:step], limit)
        alone = LayerHistory(NAMES).figures(records[:step].copy(), limit)
        assert repr(found) == repr(alone)
        for figure in found:
            assert figure.step == figure.ends[-1] == step
            assert len(figure.ends) == len(figure.past)


def test_a_block_is_the_median_of_some_of_its_steps() -> None:
    records = recorded(1_000)
    gradient, ratio, weights = LayerHistory(NAMES).figures(records, COLUMNS * 32.0)
    assert [it.kind for it in (gradient, ratio, weights)] == [
        "gradient", "update_ratio", "weight_norm",
    ]  # fmt: skip
    assert gradient.ends[:2] == [32, 64]
    assert gradient.ends[-1] == 1_000
    column = records["layer_gradient_norm"].astype(float)
    spacing = 32 // SAMPLED
    np.testing.assert_array_equal(gradient.past[3], np.median(column[96:128:spacing], axis=0))
    np.testing.assert_array_equal(gradient.past[-1], np.median(column[992::spacing], axis=0))
    np.testing.assert_array_equal(gradient.now, np.median(column[-SETTLE:], axis=0))
    np.testing.assert_array_equal(
        weights.past[0], np.median(records["layer_weight_norm"][:32:spacing].astype(float), axis=0)
    )


@given(st.integers(1, 3_000), st.floats(1, 1e7))
def test_it_has_about_as_many_parts_as_can_be_seen(steps: int, limit: float) -> None:
    limit = max(limit, float(steps))
    for figure in LayerHistory(NAMES).figures(recorded(steps), limit):
        assert len(figure.past) <= 2 * COLUMNS
        assert (np.diff(figure.ends) > 0).all()


def test_what_a_run_does_not_have_is_left_out() -> None:
    records = np.zeros(20, record_type(required_fields(3)))
    kinds = [it.kind for it in LayerHistory(NAMES).figures(records, 20)]
    assert kinds == ["gradient", "update_ratio"]
    assert LayerHistory(NAMES).figures(recorded(0), 20) == []
    nothing = np.zeros(5, record_type(step_fields(0)))
    assert LayerHistory([]).figures(nothing, 20) == []


def test_of_many_layers_some_are_kept() -> None:
    names = [f"dense_{number}" for number in range(1000)]
    figure, *_ = LayerHistory(names).figures(recorded(20, 1000), 20)
    assert len(figure.layers) == len(figure.now) == MOST_LAYERS
    assert figure.count == 1000
    assert (figure.layers[0], figure.layers[-1]) == ("dense_0", "dense_999")
    assert evenly(5, 2) == [0, 4]
    assert evenly(1, 9) == [0]


def activations(step: int, idle: list[float], saturated: list[float]) -> Artifact:
    arrays = {"idle": idle, "saturated": saturated}
    tensors = {name: tensor(np.array(it, np.float32)) for name, it in arrays.items()}
    labels = {"layers": [f"relu_{number}" for number in range(1, len(idle) + 1)]}
    return Artifact("activations", step // 20, step, tensors, labels)


def test_shares_of_units_come_from_the_artifacts(tmp_path: Path) -> None:
    run, nothing = run_folder(tmp_path), float("nan")
    history = ActivationHistory(run)
    assert [*history.figures(60)] == []
    for step, idle in ((20, 0.25), (40, 0.5), (80, 0.75)):
        artifacts.write(run, activations(step, [nothing, idle], [nothing, nothing]))
    (figure,) = history.figures(60)
    assert (figure.kind, figure.layers, figure.step) == ("dead", ["relu_2"], 40)
    assert (figure.ends, figure.past, figure.now) == ([20, 60], [[0.25], [0.5]], [0.5])
    (figure,) = history.figures(80)
    assert figure.now == [0.75]
    assert [*history.figures(19)] == []


def test_a_damaged_artifact_is_left_out(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    for step in (20, 40):
        artifacts.write(run, activations(step, [0.5], [0.5]))
    path = run.artifacts / "activations" / "40.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    dead, saturated = ActivationHistory(run).figures(60)
    assert (dead.ends, dead.past, saturated.step) == ([60], [[0.5]], 20)
    wrong = Artifact("activations", 3, 60, {"idle": tensor(np.zeros(3, np.float32))}, {})
    artifacts.write(run, wrong)
    assert len([*ActivationHistory(run).figures(60)]) == 2
