"""Decision boundary and hidden space agree with what the weights say, and disturb no picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_dl.drawing.arrays import array
from tui_dl.engine.observers import observe, plane
from tui_dl.engine.observers.registry import observers
from tui_dl.engine.train.session import train
from tui_dl.protocol.artifact import Artifact
from tui_dl.spec.toml.reading import parse

TEXT = """
title = "points"
data = {{ source = "{source}", samples = 600, batch_size = 16 }}
network = [{network}]
train = {{ epochs = 4, optimizer = {{ kind = "adam", learning_rate = 0.05 }}, loss = "{loss}" }}
"""
ONE, TWO = '{ kind = "dense", units = 1 }', '{ kind = "dense", units = 2 }'
HIDDEN = '{ kind = "dense", units = 8 }, { kind = "tanh" }'
BINARY, CLASSES = "binary_cross_entropy", "cross_entropy"


def seen(source: str, network: str, loss: str) -> list[Artifact]:
    text = TEXT.format(source=source, network=network, loss=loss)
    return [it for it in train(parse(text, "it"), 2) if isinstance(it, Artifact)]


def last(found: list[Artifact], kind: str) -> Artifact:
    return [it for it in found if it.kind == kind][-1]


@pytest.mark.parametrize(("network", "loss"), [(ONE, BINARY), (TWO, CLASSES)])
def test_the_boundary_of_one_layer_is_the_line_of_its_weights(network: str, loss: str) -> None:
    boundary = last(seen("clouds", network, loss), "decision_boundary")
    assert array(boundary, "line_error")[0] < 1e-4
    grid = plane.grid(array(boundary, "range"))
    above = grid @ array(boundary, "line")[:2] + array(boundary, "line")[2] > 0
    np.testing.assert_array_equal(above, array(boundary, "answers").ravel() == 1)


def test_the_boundary_of_a_hidden_layer_is_no_line() -> None:
    boundary = last(seen("moons", f"{HIDDEN}, {ONE}", BINARY), "decision_boundary")
    assert array(boundary, "line_error")[0] > 0.1
    assert "line" not in boundary.arrays


def test_in_the_hidden_space_the_last_layer_gives_the_same_answers() -> None:
    found = seen("moons", f"{HIDDEN}, {TWO}, {ONE}", BINARY)
    boundary, hidden = (last(found, it) for it in ("decision_boundary", "hidden_space"))
    assert hidden.labels["layers"] == ["dense_2"]
    np.testing.assert_array_equal(array(boundary, "labels"), array(hidden, "labels"))
    places, answers = [
        nearest(array(it, "points"), array(it, "range"), array(it, "answers"))
        for it in (boundary, hidden)
    ]
    assert (places == answers).mean() > 0.95  # but where the grid is too coarse


def nearest(points: Any, edges: Any, answers: Any) -> Any:
    """The answers at the places of the grid next to points."""
    low, high = edges.T
    x, y = np.rint((points - low) / (high - low) * (plane.SIDE - 1)).astype(int).T
    return answers[y, x]


def test_other_pictures_do_not_change(monkeypatch: pytest.MonkeyPatch) -> None:
    network = f"{HIDDEN}, {TWO}, {ONE}"
    beside = seen("moons", network, BINARY)
    others = {
        k: v for k, v in observers().items() if k not in ("decision_boundary", "hidden_space")
    }
    monkeypatch.setattr(observe, "observers", lambda: others)
    alone = [it for it in seen("moons", network, BINARY) if it.kind != "step_time"]
    assert [it for it in beside if it.kind in others and it.kind != "step_time"] == alone


def test_crossings_of_a_plane_are_on_its_line() -> None:
    edges = np.array([[-2, 3], [-1, 4]], np.float32)
    values = plane.grid(edges).astype(np.float64) @ (0.7, -1.3) + 0.4
    found = plane.crossings(values.reshape(plane.SIDE, plane.SIDE), edges)
    assert len(found) > plane.SIDE
    np.testing.assert_allclose(found @ (0.7, -1.3) + 0.4, 0, atol=1e-9)
