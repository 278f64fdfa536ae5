"""Sequences of different lengths: padding costs nothing, and PyTorch's packed sequences agree."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernels.built import BLOCKS, WHOLE, Built, close
from tui_dl.kernels.core.lanes import LANES
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.recurrent import Gru, Lstm, Recurrent, Rnn

TIMES, FEATURES, UNITS = 6, 3, 5

layers = st.builds(
    lambda cell, fields: cell(units=UNITS, **fields),
    st.sampled_from([Rnn, Lstm, Gru]),
    st.fixed_dictionaries(
        {"output_": st.sampled_from(["last", "sequence"]), "bidirectional": st.booleans()}
    ),
) | st.builds(Rnn, units=st.just(UNITS), activation=st.just("relu"))
lengths_ = st.lists(st.integers(0, TIMES), min_size=BLOCKS * LANES, max_size=BLOCKS * LANES).map(
    lambda numbers: np.array(numbers, np.int32).reshape(BLOCKS, LANES)
)


def padding(lengths: Any) -> Any:
    """(blocks, times, 1, LANES), True at times past a sample's end."""
    return (np.arange(TIMES)[:, None] >= lengths[:, None])[:, :, None]


def padded(layer: Recurrent, lengths: Any, rest: Any) -> Any:
    """The layer run over samples of these lengths, with `rest` in x and dy where nothing counts."""
    built = Built(layer, TensorSpec((TIMES, FEATURES)))
    past = padding(lengths)
    built.built.batch.lengths[...] = lengths
    built.built.x[...] = np.where(past, rest, built.built.x)
    if layer.output_ == "sequence":
        built.built.dy[...] = np.where(past, rest, built.built.dy)
    built.run(WHOLE)
    return built.built


def results(made: Any) -> dict[str, Any]:
    return {"y": made.y, "dx": made.dx, **made.dw}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(layers, lengths_, st.floats(-1e6, 1e6, width=32))
def test_no_bit_depends_on_what_stands_in_the_padding(
    layer: Recurrent, lengths: Any, rest: float
) -> None:
    first, second = padded(layer, lengths, 0.0), padded(layer, lengths, rest)
    for one, other in zip(results(first).values(), results(second).values(), strict=True):
        np.testing.assert_array_equal(one, other)
    past = np.broadcast_to(padding(lengths), second.dx.shape)
    assert not second.dx[past].any()
    if layer.output_ == "sequence":
        assert not second.y[np.broadcast_to(padding(lengths), second.y.shape)].any()
    else:
        empty = np.broadcast_to((lengths == 0)[:, None], second.y.shape)
        assert not second.y[empty].any()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(layers, lengths_)
def test_a_padded_batch_equals_its_sequences_alone(layer: Recurrent, lengths: Any) -> None:
    """Run together, and each length by itself, the other lanes being empty."""
    together = padded(layer, lengths, 7.0)
    total = {name: np.zeros_like(array) for name, array in results(together).items()}
    for length in range(1, TIMES + 1):
        own = (lengths == length)[:, None, :]
        part = Built(layer, TensorSpec((length, FEATURES)))
        part.built.batch.lengths[...] = np.where(lengths == length, length, 0)
        part.built.x[...] = together.x[:, :length]
        for name, w in part.built.w.items():
            w[...] = together.w[name]
        sequence = layer.output_ == "sequence"
        part.built.dy[...] = together.dy[:, :length] if sequence else together.dy
        part.run(WHOLE)
        for name, dw in part.built.dw.items():
            total[name] += dw
        total["dx"][:, :length] += np.where(own[:, None], part.dx, 0)
        if sequence:
            total["y"][:, :length] += np.where(own[:, None], part.built.y, 0)
        else:
            total["y"] += np.where(own, part.built.y, 0)
    for name, array in results(together).items():
        close(array, total[name])


@pytest.mark.parametrize("output", ["last", "sequence"])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", [Rnn, Lstm, Gru])
def test_packed_sequences_of_pytorch(cell: Any, bidirectional: bool, output: Any) -> None:
    torch: Any = pytest.importorskip("torch", reason="needs PyTorch: pip install torch==2.13.0")
    layer = cell(units=UNITS, output_=output, bidirectional=bidirectional)
    random = np.random.default_rng(3)
    lengths = random.integers(1, TIMES + 1, (BLOCKS, LANES)).astype(np.int32)
    lengths[0, 0] = TIMES
    made = padded(layer, lengths, 0.0)

    peer = getattr(torch.nn, cell.__name__.upper())(
        FEATURES, UNITS, batch_first=True, bidirectional=bidirectional
    )
    for name, w in made.w.items():
        getattr(peer, name).data.copy_(torch.from_numpy(w))
    samples = [torch.from_numpy(to_samples(array)) for array in (made.x, made.dy)]
    x, dy = samples[0].requires_grad_(), samples[1]
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        x, torch.from_numpy(lengths.reshape(-1)).long(), batch_first=True, enforce_sorted=False
    )
    states, last = peer(packed)
    if output == "sequence":
        y, _ = torch.nn.utils.rnn.pad_packed_sequence(states, batch_first=True)
    else:
        y = torch.cat(tuple(last[0] if cell is Lstm else last), -1)
    (y * dy).sum().backward()
    close(to_samples(made.y), y.detach().numpy())
    close(to_samples(made.dx), x.grad.numpy())
    for name, dw in made.dw.items():
        close(dw, getattr(peer, name).grad.numpy())


def to_samples(array: Any) -> Any:
    """(blocks, ..., LANES) as (samples, ...)."""
    return np.moveaxis(array, -1, 1).reshape(-1, *array.shape[1:-1]).copy()
