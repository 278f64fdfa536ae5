"""Optimizers, clipping, penalties and weight averages compared with PyTorch."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.cases import cases, label, named
from tests.engine.test_losses import run
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.kernels.core.program import BARRIER
from tui_dl.kernels.core.step_record import GRADIENT, UPDATE, WEIGHT
from tui_dl.spec.layers.base import TensorSpec, kind
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.shape_inference import infer_shapes
from tui_dl.spec.train.clip import Clip
from tui_dl.spec.train.config import Train
from tui_dl.spec.train.optimizers.adam import Adam
from tui_dl.spec.train.optimizers.sgd import Sgd

STEPS, AVERAGE = 100, 0.9
PEERS = named("optimizers", "peer")
CASES = {
    **{label(it): Train(optimizer=it) for found in cases("optimizers").values() for it in found},
    "clipped by norm": Train(optimizer=Sgd(momentum=0.5), clip=Clip(norm=2.0)),
    "clipped by a norm never reached": Train(optimizer=Sgd(), clip=Clip(norm=900.0)),
    "clipped by value": Train(optimizer=Sgd(), clip=Clip(value=0.1)),
    "l2": Train(optimizer=Adam(), l2=0.1),
    "l1": Train(optimizer=Sgd(), l1=0.05),
    "clipped, l1 and l2": Train(optimizer=Sgd(), l1=0.05, l2=0.1, clip=Clip(norm=1.0)),
    "averaged": Train(optimizer=Sgd(), weight_average=AVERAGE),
}


class Own:
    """An optimizer over a few hundred weights, driven by hand."""

    def __init__(self, config: Train) -> None:
        rows = infer_shapes([Dense(units=17), Dense(units=9)], TensorSpec((23,)))
        self.parameters = Parameters(rows)
        self.tensors = self.parameters.tensors(self.parameters.values)
        random = np.random.default_rng(0)
        for tensor in self.tensors.values():
            tensor[...] = random.standard_normal(tensor.shape)
        self.optimizer = Optimizer(config, self.parameters)

    def step(self, slopes: dict[str, Any], losses: Any = None, parts: int = 1) -> None:
        gradients = self.parameters.tensors(self.parameters.gradients)
        for name, slope in slopes.items():
            gradients[name][...] = slope
        self.optimizer.begin()
        losses = np.ones(1, np.float32) if losses is None else losses
        lists = [self.optimizer.update(losses, part, parts) for part in range(parts)]
        for calls in zip(*lists, strict=True):
            for call in calls:
                if call is not BARRIER:
                    compile_kernel(call.func)
                    call()


def slopes_of(tensors: dict[str, Any], step: int) -> dict[str, Any]:
    """The gradient of a bowl, and noise that both sides see alike."""
    random = np.random.default_rng(step)
    return {
        name: 0.5 * tensor + random.standard_normal(tensor.shape)
        for name, tensor in tensors.items()
    }


def peer_steps(config: Train, first: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """PyTorch's weights after every step, in float64."""
    torch = pytest.importorskip("torch", reason="parity needs PyTorch")
    weights = {name: torch.tensor(t, dtype=torch.float64) for name, t in first.items()}
    peer = PEERS.get(kind(config.optimizer)) or pytest.skip("PyTorch has no such optimizer")
    optimizer = peer(torch, config.optimizer, weights.values(), config.l2)
    for step in range(STEPS):
        for name, slope in slopes_of({n: w.numpy() for n, w in weights.items()}, step).items():
            weights[name].grad = torch.tensor(slope)
        if config.clip and config.clip.norm:
            torch.nn.utils.clip_grad_norm_(weights.values(), config.clip.norm)
        elif config.clip:
            torch.nn.utils.clip_grad_value_(weights.values(), config.clip.value)
        for weight in weights.values():
            weight.grad += config.l1 * weight.sign()
        optimizer.step()
        yield {name: weight.numpy() for name, weight in weights.items()}


@pytest.mark.parametrize("config", CASES.values(), ids=CASES)
def test_weights_of_a_hundred_steps_equal_pytorchs(config: Train) -> None:
    own = Own(config)
    average: dict[str, Any] = dict.fromkeys(own.tensors, 0.0)
    for step, wanted in enumerate(peer_steps(config, own.tensors)):
        own.step(slopes_of(own.tensors, step))
        for name, weight in wanted.items():
            np.testing.assert_allclose(own.tensors[name], weight, rtol=1e-4, atol=1e-4)
            average[name] = AVERAGE * average[name] + (1 - AVERAGE) * weight
    if config.weight_average:
        averaged = own.parameters.tensors(own.optimizer.state["average"])
        for name, sums in average.items():
            corrected = sums / (1 - AVERAGE**STEPS)
            np.testing.assert_allclose(averaged[name], corrected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("config", CASES.values(), ids=CASES)
def test_records_have_the_gradient_of_the_loss_and_the_whole_update(config: Train) -> None:
    own = Own(config)
    own.step(slopes_of(own.tensors, 0))
    before = own.parameters.values.copy()
    slopes = slopes_of(own.tensors, 1)
    own.step(slopes)
    squares = own.optimizer.squares.sum(axis=0, dtype=np.float64)
    if own.optimizer.unclipped.size:
        squares[GRADIENT] = own.optimizer.unclipped.sum(dtype=np.float64)
    update = own.parameters.values - before
    assert squares[GRADIENT] == pytest.approx(sum((s**2).sum() for s in slopes.values()), rel=1e-5)
    assert squares[UPDATE] == pytest.approx((update.astype(np.float64) ** 2).sum(), rel=1e-3)
    assert squares[WEIGHT] == pytest.approx((own.parameters.values**2).sum(), rel=1e-5)


@pytest.mark.parametrize("config", CASES.values(), ids=CASES)
@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_broken_loss_leaves_weights_and_state_alone(config: Train, broken: float) -> None:
    own = Own(config)
    own.step(slopes_of(own.tensors, 0))
    kept = [array.copy() for array in (own.parameters.values, *own.optimizer.state.values())]
    own.step(slopes_of(own.tensors, 1), losses=np.array([1, broken], np.float32))
    for array, before in zip(
        (own.parameters.values, *own.optimizer.state.values()), kept, strict=True
    ):
        np.testing.assert_array_equal(array, before)


@pytest.mark.parametrize("config", CASES.values(), ids=CASES)
def test_no_bit_depends_on_the_shares(config: Train) -> None:
    one, three = Own(config), Own(config)
    for step in range(3):
        one.step(slopes_of(one.tensors, step))
        three.step(slopes_of(three.tensors, step), parts=3)
    np.testing.assert_array_equal(one.parameters.values, three.parameters.values)
    np.testing.assert_array_equal(one.optimizer.squares, three.optimizer.squares)


def test_the_averaged_weights_are_evaluated_and_the_others_go_on_training() -> None:
    options = "train.optimizer={kind='sgd', learning_rate=1.0}", "train.epochs=3"
    plain, ended = run(*options)
    averaged, better = run(*options, "train.weight_average=0.98")
    np.testing.assert_array_equal(plain["loss"], averaged["loss"])
    assert ended.validation_loss is not None
    assert better.validation_loss is not None
    assert better.validation_loss < 0.9 * ended.validation_loss


EVERYTHING = (
    "train.optimizer={kind='sgd', momentum=0.9, nesterov=true}", "train.clip={norm=0.5}",
    "train.l1=1e-5", "train.l2=1e-4", "train.weight_average=0.95",
)  # fmt: skip


def test_all_of_it_at_once_learns_and_gives_the_same_bits_for_any_number_of_threads() -> None:
    (steps, ended), (others, other) = (run(*EVERYTHING, threads=count) for count in (1, 3))
    exact = set(steps.dtype.names) - {"time", "seconds"}
    for field in exact:
        np.testing.assert_array_equal(steps[field], others[field], err_msg=field)
    assert ended.test_loss == other.test_loss
    assert ended.test_accuracy is not None
    assert ended.test_accuracy > 0.9
