"""A decoder: parity with PyTorch, independence of the padding, and errors."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernels.built import BLOCKS, WHOLE, Built, close
from tests.kernels.test_recurrent import to_samples
from tui_dl.kernels import layers
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.layers.base import Batch
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.recurrent import Decoder

UNITS, SIZE, TIMES, TOKENS = 5, 3, 6, 4
CELLS = "rnn", "lstm", "gru"
lengths_ = st.lists(st.integers(0, TIMES), min_size=BLOCKS * LANES, max_size=BLOCKS * LANES).map(
    lambda numbers: np.array(numbers, np.int32).reshape(BLOCKS, 1, LANES)
)


def decoder(cell: Any, lengths: Any, times: int = TIMES, rest: float = 0.0) -> Built:
    """A decoder, run; targets end after `lengths`, and dy is `rest` in the padding."""
    built = Built(
        Decoder(UNITS, SIZE, cell), TensorSpec((UNITS,), target=TensorSpec((times,), TOKENS))
    )
    targets = np.random.default_rng(5).integers(TOKENS, size=(BLOCKS, TIMES, LANES))
    slopes = np.random.default_rng(6).standard_normal((BLOCKS, TIMES, UNITS, LANES))
    past = np.arange(times)[:, None] >= lengths
    assert built.built.batch.targets is not None
    built.built.batch.targets[...] = np.where(past, -1, targets[:, :times])
    built.built.dy[...] = np.where(past[:, :, None], rest, slopes[:, :times])
    built.run(WHOLE)
    return built


def results(built: Built) -> dict[str, Any]:
    return {"y": built.built.y, "dx": built.built.dx} | built.built.dw


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(CELLS), lengths_, st.floats(-1e6, 1e6, width=32))
def test_no_bit_depends_on_what_stands_in_the_padding(cell: Any, lengths: Any, rest: float) -> None:
    first, second = results(decoder(cell, lengths)), results(decoder(cell, lengths, rest=rest))
    for name, array in first.items():
        np.testing.assert_array_equal(array, second[name])
    past = np.broadcast_to(np.arange(TIMES)[:, None, None] >= lengths[:, None], first["y"].shape)
    assert not first["y"][past].any()
    assert not first["dx"][np.broadcast_to(lengths == 0, first["dx"].shape)].any()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(CELLS), lengths_, st.integers(1, TIMES - 1))
def test_padding_changes_nothing(cell: Any, lengths: Any, times: int) -> None:
    lengths = np.minimum(lengths, times)
    padded, bare = results(decoder(cell, lengths)), results(decoder(cell, lengths, times))
    padded["y"] = padded["y"][:, :times]
    for name, array in padded.items():
        close(array, bare[name])


def test_what_follows_it_knows_where_its_sequences_end() -> None:
    lengths = np.random.default_rng(0).integers(0, TIMES + 1, (BLOCKS, 1, LANES))
    built = decoder("gru", lengths)
    np.testing.assert_array_equal(built.built.output_batch.lengths, lengths[:, 0])


@pytest.mark.parametrize("cell", CELLS)
def test_gradients_of_pytorch(cell: str) -> None:
    torch: Any = pytest.importorskip("torch", reason="needs PyTorch: pip install torch==2.13.0")
    made = decoder(cell, np.full((BLOCKS, 1, LANES), TIMES)).built
    embedding = torch.nn.Embedding(TOKENS + 1, SIZE)
    recurrent = getattr(torch.nn, cell.upper())(SIZE, UNITS, batch_first=True)
    peer = torch.nn.ModuleDict({"embedding": embedding, cell: recurrent})
    for name, w in made.w.items():
        peer.get_parameter(name).data.copy_(torch.from_numpy(w))
    assert made.batch.targets is not None
    targets = torch.from_numpy(to_samples(made.batch.targets)).long()
    initial = torch.from_numpy(to_samples(made.x)).requires_grad_()
    start = torch.full_like(targets[:, :1], TOKENS)
    state = initial[None]
    states = (state, torch.zeros_like(state)) if cell == "lstm" else state
    y, _ = recurrent(embedding(torch.cat([start, targets[:, :-1]], 1)), states)
    (y * torch.from_numpy(to_samples(made.dy))).sum().backward()
    close(to_samples(made.y), y.detach().numpy())
    close(to_samples(made.dx), initial.grad.numpy())
    for name, dw in made.dw.items():
        close(dw, peer.get_parameter(name).grad.numpy())


def test_a_decoder_without_targets_is_refused() -> None:
    layer = Decoder(UNITS, SIZE)
    x = np.zeros((BLOCKS, UNITS, LANES), np.float32)
    shapes = layer.parameters(TensorSpec((UNITS,), target=TensorSpec((TIMES,), TOKENS)))
    w = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
    lengths, one = np.ones((BLOCKS, LANES), np.int32), np.ones(1, np.int64)
    batch = Batch(lengths, step=one, active=one, seed=0)
    with pytest.raises(ValueError, match="decoder_1: there are no target tokens for 6 time steps"):
        layers.of("decoder")("decoder_1", layer, x, None, (TIMES, UNITS), w, w, batch)
