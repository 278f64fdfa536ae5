"""A step allocates nothing, and invalid samples never reach a kernel."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numba.core.runtime import _nrt_python, rtsys

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.kernels import layers
from tui_dl.kernels.core.program import Program
from tui_dl.spec.toml.reading import parse, read

ALL_SORTS = """
title = "kernels of many kinds"
data = { source = "digits", batch_size = 50 }
network = [
    { kind = "conv2d", filters = 3, kernel = 3, padding = 1 },
    { kind = "batch_norm" },
    { kind = "relu" },
    { kind = "max_pool2d" },
    { kind = "leaky_relu" },
    { kind = "upsample2d" },
    { kind = "avg_pool2d" },
    { kind = "conv2d", filters = 1, kernel = 3, padding = "same", fixed = "laplace" },
    { kind = "reshape", shape = [4, 4] },
    { kind = "conv1d", filters = 5, kernel = 3, padding = "same" },
    { kind = "layer_norm" },
    { kind = "gelu" },
    { kind = "softmax" },
    { kind = "global_avg_pool" },
    { kind = "reshape", shape = [5] },
    { kind = "dense", units = 48 },
    { kind = "dropout" },
    { kind = "residual", layers = [{ kind = "dense", units = 48 }, { kind = "tanh" }] },
    { kind = "sigmoid" },
    { kind = "dense", units = 10 },
]
"""
EXPERIMENTS = {
    "all-sorts": parse(ALL_SORTS, "all-sorts"),
    "lenet5": read("lenet5"),
    "rnn": read("memory", ["network[1].kind=rnn"]),
    "lstm": read("memory", ["network[1].kind=lstm"]),
    "gru": read("memory"),
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_nothing_is_allocated_in_a_step(name: str) -> None:
    experiment = EXPERIMENTS[name]
    dataset = data.load(experiment.data, 0)
    chosen, still = np.arange(48), np.zeros((len(dataset.train), 3), np.int64)
    with ThreadPool(1) as pool:  # a second thread's waiting would be counted too
        trainer = assemble(experiment, dataset, pool)
        for _ in compile_kernels(trainer.kernels()):
            pass
        trainer.stepper.pack()

        def steps(count: int) -> None:
            for _ in range(count):
                trainer.stepper.step(dataset.train, chosen, still)

        def allocations(run: Any) -> int:
            """By compiled code."""
            before = rtsys.get_allocation_stats()
            run()
            return int(rtsys.get_allocation_stats().alloc - before.alloc)

        steps(3)
        _nrt_python.memsys_enable_stats()
        nothing, targets = Program([[[]]]), dataset.train.targets[chosen]
        # An array that Python hands to a kernel takes a record of who owns it.
        handing_over = allocations(lambda: pool.run(nothing))
        handing_over += allocations(lambda: trainer.stepper.network.loss.set_targets(targets))
        assert allocations(lambda: steps(10)) == 10 * handing_over
        tracemalloc.start()
        kept, _ = tracemalloc.get_traced_memory()
        steps(10)
        after, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert after - kept < 5_000  # bytes, by Python
    assert most - kept < 50_000  # what it takes for a moment: targets and their weights


def test_the_count_of_allocations_sees_one() -> None:
    from tui_dl.kernels.core.jit import compile_kernel, kernel

    @kernel("i8(i8)")
    def takes(size: int) -> int:
        return np.zeros(size).size

    compile_kernel(takes)
    _nrt_python.memsys_enable_stats()
    before = rtsys.get_allocation_stats()
    takes(5)
    assert rtsys.get_allocation_stats() != before


def broken(change: Callable[[Any, Any], Samples]) -> Samples:
    inputs = np.zeros((20, 64), np.float32)
    targets = np.zeros(20, np.int32)
    return change(inputs, targets)


def one_nan(inputs: Any, targets: Any) -> Samples:
    inputs[7, 3] = np.nan
    inputs[9, 3] = np.inf
    return Samples(inputs, targets)


REFUSED: dict[str, Callable[[Any, Any], Samples]] = {
    "float64": lambda x, t: Samples(x.astype(np.float64), t),
    "in a row, got 9": lambda x, t: Samples(np.zeros((20, 9), np.float32), t),
    "in a row, got 8 × 8": lambda x, t: Samples(x.reshape(20, 8, 8), t),
    "in a row, got single numbers": lambda x, t: Samples(x[0], t),
    "empty batch": lambda x, t: Samples(x[:0], t[:0]),
    "strides": lambda x, t: Samples(np.asfortranarray(x), t),
    "NaN or inf in 2 of 20, the first in sample 7": one_nan,
    "20 of them and 19 targets": lambda x, t: Samples(x, t[:19]),
}


@pytest.fixture(scope="module")
def trainer() -> Any:
    experiment = read("first-network")
    with ThreadPool(1) as pool:
        yield assemble(experiment, data.load(experiment.data, 0), pool)


@pytest.mark.parametrize("says", REFUSED)
def test_samples_are_refused_with_the_layer_and_both_shapes(says: str, trainer: Any) -> None:
    samples = broken(REFUSED[says])
    take: Callable[[], object]
    for take in (
        lambda: trainer.stepper.evaluate(samples),
        lambda: trainer.stepper.step(samples, np.arange(16), np.zeros((20, 3), np.int64)),
    ):
        with pytest.raises(ValueError, match=says) as caught:
            take()
        assert str(caught.value).startswith("flatten_1: expects 1 × 8 × 8 a sample, ")


def test_a_step_of_no_samples_is_refused(trainer: Any) -> None:
    train = trainer.dataset.train
    with pytest.raises(ValueError, match="flatten_1: got an empty batch"):
        trainer.stepper.step(train, np.arange(0), np.zeros((len(train), 3), np.int64))


@pytest.mark.parametrize("length", [0, 61])
def test_sequences_of_no_length_or_too_long_are_refused(length: int) -> None:
    experiment = read("memory")
    steps = experiment.data_spec.input.shape[0]
    vocab_size, targets = np.zeros((20, steps), np.int32), np.zeros(20, np.int32)
    lengths = np.full(20, steps, np.int32)
    lengths[3] = length if length == 0 else steps + 1
    with ThreadPool(1) as pool:
        stepper = assemble(experiment, data.load(experiment.data, 0), pool).stepper
        with pytest.raises(ValueError, match=f"embedding_1: .*whole numbers from 1 to {steps}"):
            stepper.evaluate(Samples(vocab_size, targets, lengths))
        vocab_size[4, 1] = 99
        with pytest.raises(
            ValueError, match=r"embedding_1: .*token ids that are not 0 to 3 in 1 of"
        ):
            stepper.evaluate(Samples(vocab_size, targets))


def test_a_layer_refuses_arrays_by_name() -> None:
    experiment = read("first-network")
    row = experiment.nodes[1]
    w = {name: np.zeros(shape, np.float32) for name, shape in row.parameters.items()}

    def make(x: Any, w: Any = w, dw: Any = w) -> None:
        # no mini-batch: it is refused before one is looked at
        layers.of("dense")(row.name, row.layer, x, None, row.output.shape, w, dw, None)  # type: ignore[arg-type]

    good = np.zeros((2, 64, 16), np.float32)
    for x, says in (
        (good.astype(np.float64), "float64, not float32"),
        (good[:, ::2], "is not contiguous"),
        (good[:0], r"the input is \(0, 64, 16\)"),
        (np.zeros((2, 64, 8), np.float32), "not .blocks, ..., 16"),
    ):
        with pytest.raises(ValueError, match=f"dense_1: .*{says}"):
            make(x)
    short = {name: array[:3].copy() for name, array in w.items()}
    with pytest.raises(ValueError, match=r"dense_1: the gradient of weight is .* where .* belongs"):
        make(good, dw=short)
