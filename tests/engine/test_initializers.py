"""Initial values: bounds and deviations as in the papers and in torch.nn.init."""

from math import prod, sqrt
from typing import Any, get_args

import numpy as np
import pytest

from tui_dl.engine.graph.initializers import INITIAL, initialise
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.spec.layers import AnyLayer
from tui_dl.spec.layers.base import Initializer, Shape, TensorSpec
from tui_dl.spec.layers.normalisation import BatchNorm, LayerNorm
from tui_dl.spec.layers.products import Conv1d, Conv2d, Dense
from tui_dl.spec.layers.recurrent import Decoder, Embedding, Gru, Lstm
from tui_dl.spec.shape_inference import infer_shapes

SHAPES = [(300, 200), (60, 80, 7), (90, 40, 3, 3)]


def first(layer: AnyLayer, input: TensorSpec, seed: int = 0) -> dict[str, Any]:
    rows = infer_shapes([layer], input, TensorSpec((11,), vocab_size=12))
    parameters = Parameters(rows)
    parameters.values[...] = np.nan
    initialise(parameters, rows, seed)
    return parameters.of(rows[0].name, parameters.values)


def drawn(name: str, shape: Shape) -> Any:
    return INITIAL[name](np.random.default_rng(0), shape)


def test_every_name_has_its_values() -> None:
    assert {"default", *INITIAL} == set(get_args(Initializer))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_bounds_and_deviations(shape: Shape) -> None:
    inputs, outputs = prod(shape[1:]), shape[0] * prod(shape[2:])
    bounds = {"uniform": 0.05, "glorot": sqrt(6 / (inputs + outputs))}
    for name, bound in bounds.items():
        values = drawn(name, shape)
        assert np.abs(values).max() == pytest.approx(bound, rel=1e-3)
        assert np.abs(values).max() <= bound
        assert values.std() == pytest.approx(bound / sqrt(3), rel=0.02)
    for name, deviation in {"normal": 0.05, "he": sqrt(2 / inputs)}.items():
        values = drawn(name, shape)
        assert values.std() == pytest.approx(deviation, rel=0.02)
        assert np.abs(values).max() > 3.5 * deviation
    assert not drawn("zeros", shape).any()


@pytest.mark.parametrize("shape", [(5, 5), (40, 9), (9, 40), (6, 4, 3, 3)], ids=str)
def test_orthogonal_rows_or_columns(shape: Shape) -> None:
    matrix = drawn("orthogonal", shape).reshape(shape[0], -1)
    small = matrix @ matrix.T if len(matrix) <= matrix.shape[1] else matrix.T @ matrix
    np.testing.assert_allclose(small, np.eye(len(small)), atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_distributions_of_torch(shape: Shape) -> None:
    torch = pytest.importorskip("torch", reason="it needs PyTorch: pip install torch==2.13.0")
    theirs = {
        "glorot": torch.nn.init.xavier_uniform_,
        "he": lambda tensor: torch.nn.init.kaiming_normal_(tensor, nonlinearity="relu"),
        "orthogonal": torch.nn.init.orthogonal_,
    }
    torch.manual_seed(0)
    for name, fill in theirs.items():
        samples = [
            np.sort(fill(torch.empty(shape)).numpy().ravel()),
            np.sort(drawn(name, shape).ravel()),
        ]
        size, at = samples[0].size, np.concatenate(samples)
        # Kolmogorov and Smirnov: two samples of one distribution differ by more than this
        # once in thirty million.
        theirs_below, ours_below = (np.searchsorted(sample, at) / size for sample in samples)
        assert np.abs(theirs_below - ours_below).max() < 3 * sqrt(2 / size), name


def test_each_gate_is_a_matrix_of_its_own() -> None:
    for layer, gates in (
        (Lstm(6, initializer="orthogonal"), 4),
        (Gru(6, initializer="orthogonal"), 3),
    ):
        weights = first(layer, TensorSpec((5, 6)))
        for name in ("weight_ih_l0", "weight_hh_l0"):
            for gate in np.split(weights[name], gates):
                np.testing.assert_allclose(gate @ gate.T, np.eye(6), atol=1e-6)


@pytest.mark.parametrize(
    ("layer", "input"),
    [
        (Dense(9, initializer="he"), TensorSpec((4,))),
        (Conv1d(3, 2, initializer="glorot"), TensorSpec((5, 4))),
        (Conv2d(3, 2, initializer="normal"), TensorSpec((2, 5, 4))),
        (Lstm(3, initializer="uniform"), TensorSpec((5, 4))),
    ],
    ids=str,
)
def test_biases_begin_at_0_and_seeds_differ(layer: AnyLayer, input: TensorSpec) -> None:
    weights, others = first(layer, input), first(layer, input, seed=1)
    for name, weight in weights.items():
        assert np.isfinite(weight).all()
        assert weight.any() != name.startswith("bias")
        assert (weight != others[name]).any() != name.startswith("bias")


def test_a_normalisation_begins_as_the_identity() -> None:
    for layer in (BatchNorm(), LayerNorm()):
        weights = first(layer, TensorSpec((7,)))
        assert (weights["weight"] == 1).all()
        assert (weights["bias"] == 0).all()


def test_an_embedding_of_other_values() -> None:
    assert first(Embedding(50), TensorSpec((4,), vocab_size=90))["weight"].std() > 0.9
    small = first(Embedding(50, initializer="normal"), TensorSpec((4,), vocab_size=90))["weight"]
    assert small.std() == pytest.approx(0.05, rel=0.05)


def test_a_decoder_begins_as_its_parts_do() -> None:
    vector, sequence = TensorSpec((300,)), TensorSpec((11, 200))
    known = first(Decoder(300, 200), vector)
    assert known["embedding.weight"].std() == pytest.approx(1, rel=0.05)
    assert np.abs(known["gru.weight_hh_l0"]).max() == pytest.approx(1 / sqrt(300), rel=1e-3)
    wanted = first(Gru(300, initializer="orthogonal"), sequence)
    made = first(Decoder(300, 200, initializer="orthogonal"), vector)
    for gates in np.split(made["gru.weight_hh_l0"], 3):
        np.testing.assert_allclose(gates @ gates.T, np.eye(300), atol=1e-5)
    assert made["gru.weight_ih_l0"].shape == wanted["weight_ih_l0"].shape
    assert not made["gru.bias_ih_l0"].any()
