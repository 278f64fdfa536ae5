"""A step reads only what it wrote: nothing of an earlier mini-batch affects it."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.engine.stacks import Numbers, every_pair, experiment
from tui_dl import data
from tui_dl.data import Dataset, Samples
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Program
from tui_dl.spec.data.base import DescribedData
from tui_dl.spec.data.dates import Dates
from tui_dl.spec.data.recall import Recall
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.losses.classification import CrossEntropy
from tui_dl.spec.train.losses.regression import MeanSquaredError
from tui_dl.support.rng import stream

CAPACITY = 64  # samples: four blocks
SIZES = (64, 1, 15, 16, 17, 33, 64, 20)
STACKS = every_pair(9)
SOURCES: list[DescribedData] = [
    Recall(vocab_size=6, length=12, samples=300, batch_size=CAPACITY),
    Dates(samples=300, batch_size=CAPACITY),
    Numbers(vocab_size=6, length=12, samples=300, batch_size=CAPACITY),
]


def dataset(source: DescribedData, seed: int = 0) -> Dataset:
    """Samples of `source`, of any length where it is one of sequences."""
    if isinstance(source, Dates):
        return data.load(source, seed)
    assert isinstance(source, Recall)
    random = stream(seed, "lengths")

    def samples(count: int) -> Samples:
        shape = count, source.input.size
        if source.input.vocab_size:
            inputs: Any = random.integers(source.vocab_size, size=shape, dtype=np.int32)
        else:
            inputs = random.standard_normal(shape, np.float32)
        labels = random.integers(source.vocab_size, size=count, dtype=np.int32)
        return Samples(inputs, labels, random.integers(1, source.length + 1, count, np.int32))

    return Dataset(samples(210), samples(45), samples(45))


def arrays(thing: Any, seen: dict[int, Any]) -> Iterator[Any]:
    """Every array that `thing` and whatever it is made of hold, each piece of memory once.

    `seen` has what is left out, by id, and keeps it alive so that no other gets its id.
    """
    while isinstance(thing, np.ndarray) and isinstance(thing.base, np.ndarray):
        thing = thing.base
    if id(thing) in seen:
        return
    seen[id(thing)] = thing
    if isinstance(thing, np.ndarray):
        yield thing
    elif isinstance(thing, list | tuple | set | frozenset):
        for item in thing:
            yield from arrays(item, seen)
    elif isinstance(thing, dict):
        yield from arrays(list(thing.values()), seen)
    elif type(thing).__name__ == "partial":
        yield from arrays(thing.args, seen)
    elif type(thing).__module__.startswith("tui_dl.") and hasattr(thing, "__dict__"):
        yield from arrays(vars(thing), seen)


AUTOENCODER = """
title = "gives back its input"
data = { source = "digits" }
network = [
    { kind = "flatten" }, { kind = "dense", units = 8 }, { kind = "relu" },
    { kind = "dense", units = 64 }, { kind = "reshape", shape = [1, 8, 8] },
]
train = { target = "input", loss = "mean_squared_error" }
"""


class Idle:
    """A team that does nothing."""

    def __init__(self, threads: int) -> None:
        self.threads = threads

    def run(self, program: Program) -> None:
        pass


class Machine:
    """A trainer whose working memory can be filled with anything."""

    def __init__(self, what: Experiment, samples: Dataset, pool: ThreadPool) -> None:
        self.trainer = assemble(what, samples, pool)
        for _ in compile_kernels(self.trainer.kernels()):
            pass
        self.samples = samples.train
        self.still = np.zeros((len(self.samples), 3), np.int64)
        self.trainer.stepper.pack()

    def step(self, size: int, at: int = 0) -> Any:
        return self.trainer.stepper.step(self.samples, np.arange(at, at + size), self.still)

    def kept(self) -> dict[str, Any]:
        """The parameters, buffers and the optimizer's memory."""
        return self.trainer.checkpoint().tensors

    def learn_what_is_written(self) -> None:
        """Find out which numbers steps and evaluations write: those that are not as they began."""
        trainer = self.trainer
        apart: dict[int, Any] = {}
        stepper, ended = trainer.stepper, trainer.epoch_end
        network, optimizer, pool = stepper.network, stepper.optimizer, stepper.pool
        keeps = [trainer.parameters.values, *network.buffers.values(), ended.best]
        keeps += [*optimizer.state.values(), vars(optimizer), trainer.dataset]
        keeps += [trainer.recorder, pool, self.samples, ended.probe]
        list(arrays(keeps, apart))
        stepper.pool = Idle(pool.threads)  # type: ignore[assignment]  # runs nothing
        for size in SIZES:  # so that all programs are there, with what they have to work with
            for make in (stepper._step, stepper._evaluation):
                stepper._run(make, self.samples, -(-size // LANES))
        stepper.pool = pool
        found = list(arrays([network, stepper, trainer.parameters], apart))
        before = [array.copy() for array in found]
        written = [np.zeros(array.shape, bool) for array in found]
        for size in (CAPACITY, CAPACITY, 40):
            self.step(size)
            trainer.stepper.evaluate(self.samples)
            for mask, array, was in zip(written, found, before, strict=True):
                mask |= array.view(f"i{array.itemsize}") != was.view(f"i{was.itemsize}")
        self.memory = [pair for pair in zip(found, written, strict=True) if pair[1].any()]

    def poison(self, random: np.random.Generator) -> None:
        """Fill it: numbers with NaN, whole ones with any that it has held."""
        for array, mask in self.memory:
            if array.dtype.kind == "f":
                array[mask] = np.nan
            else:
                array[mask] = random.integers(array.max() + 1, size=int(mask.sum()))
        self.trainer.stepper.pack()  # weights as products read them: state in another form


def same(found: Any, wanted: Any, what: str) -> None:
    for name, value in wanted.items():
        np.testing.assert_array_equal(found[name], value, err_msg=f"{what}: {name}")


# A quarter of the stacks is quick; together with the others they hold every pair.
PLACES = [
    place if place % 4 == 0 else pytest.param(place, marks=pytest.mark.slow)
    for place in range(len(STACKS))
]


@pytest.mark.parametrize("place", PLACES)
def test_what_earlier_mini_batches_left_behind_has_no_say(place: int) -> None:
    source = SOURCES[place % len(SOURCES)]
    loss = MeanSquaredError() if place % 5 == 4 else CrossEntropy()
    what = experiment(source, STACKS[place], weight_average=0.9, loss=loss)
    samples = dataset(source)
    with ThreadPool(1) as one, ThreadPool(2) as two:
        clean = Machine(what, samples, one)
        dirty = Machine(what, samples, two if place // 4 % 2 else one)
        dirty.learn_what_is_written()
        assert len(dirty.memory) > len(what.nodes)
        first = clean.trainer.checkpoint()
        dirty.trainer.restore(first)
        random = stream(0, "poison")
        for at, size in enumerate(SIZES):
            dirty.poison(random)
            assert dirty.step(size, at) == clean.step(size, at), size
            same(dirty.kept(), clean.kept(), f"a step of {size}")
            dirty.poison(random)
            some = samples.train.take(np.arange(size))
            for found, wanted in zip(
                dirty.trainer.stepper.outputs(some), clean.trainer.stepper.outputs(some),
                strict=True,
            ):  # fmt: skip
                np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("place", range(3, len(STACKS), 11))
def test_training_goes_on_from_any_step_as_if_nothing_had_been(place: int) -> None:
    source = msgspec.structs.replace(SOURCES[place % len(SOURCES)], batch_size=33)
    what = experiment(source, STACKS[place], weight_average=0.9, epochs=2)
    samples = dataset(source)
    with ThreadPool(1) as one, ThreadPool(2) as two:
        whole = Machine(what, samples, one).trainer
        kept = [whole.checkpoint()]
        while whole.position.epoch < 2:
            list(whole.train(until=whole.position.updates + 1))
            kept.append(whole.checkpoint())
        for checkpoint in kept[1:-1:2]:
            rest = Machine(what, samples, two).trainer
            rest.restore(checkpoint)
            rest.stepper.pack()
            list(rest.train())
            same(rest.checkpoint().tensors, kept[-1].tensors, f"from step {checkpoint.step}")


def test_an_autoencoder_too() -> None:
    """What it is to give back are its inputs, which are alike for every mini-batch of a size."""
    what = parse(AUTOENCODER, "autoencoder")
    samples = data.load(what.data, 0)
    with ThreadPool(1) as pool:
        clean, dirty = (Machine(what, samples, pool) for _ in range(2))
        dirty.learn_what_is_written()
        dirty.trainer.restore(clean.trainer.checkpoint())
        random = stream(0, "poison")
        for at, size in enumerate((64, 64, 33, 33, 1)):
            dirty.poison(random)
            assert dirty.step(size, at) == clean.step(size, at), size
            same(dirty.kept(), clean.kept(), f"a step of {size}")
