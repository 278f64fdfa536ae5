"""Networks in which every kind of layer follows every other, made from the registry.

A kind of layer is taken as its cases in `tests/cases/layers` have it, so that a new one is here.
"""

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any

from tests.cases import cases
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import DescribedData
from tui_dl.spec.data.recall import Recall
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.base import Layer, TensorSpec
from tui_dl.spec.layers.composed import Residual
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.layers.recurrent import Decoder, Embedding
from tui_dl.spec.layers.shapes import Flatten, Reshape
from tui_dl.spec.train.config import Train

LEAST, MOST = 3, 400  # numbers of one sample between two layers
BY_KIND = cases("layers")
ENDS = {"embedding", "decoder"}  # which stand at one end of a network


class Numbers(Recall, frozen=True, tag="numbers"):
    """Sequences of real numbers, five a time, as long as `length` at most."""

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.length, 5))


def variants(name: str) -> list[Layer]:
    """The layers of a kind to choose from."""
    narrow = ("units", "filters")  # of one number little can be told
    options = [layer for layer, _ in BY_KIND[name]]
    return [it for it in options if all(getattr(it, key, 2) > 1 for key in narrow)] or options


# tests/kernels/test_layers.py names a kind without cases.
MIDDLE = sorted(set(KINDS) & set(BY_KIND) - ENDS - {"repeat"})


def shapes(count: int, size: int) -> Iterator[list[Layer]]:
    """Rows that bring `count` numbers into a form that some layer may take."""
    yield []
    for time in (6, 4, 3, 2, 1):
        if size and count % (time * size) == 0:
            yield [Reshape((count // size, size))]
        if count % time == 0:
            yield [Reshape((time, count // time))]
    for side in (6, 4, 3, 2):
        if count % side**2 == 0:
            yield [Reshape((count // side**2, side, side))]
    yield [Reshape((1, 1, count))]
    yield [Flatten()]
    yield [Flatten(), Dense(size or 24)]
    yield [Flatten(), Dense(24), Reshape((6, 4))]
    yield [Flatten(), Dense(24), Reshape((2, 4, 3))]
    yield [Flatten(), Dense(42), Reshape((6, 7))]
    yield [Flatten(), Dense(36), Reshape((1, 6, 6))]
    yield [Flatten(), Dense(64), Reshape((1, 8, 8))]


def through(layers: Sequence[Layer], input: TensorSpec) -> TensorSpec:
    """What `layers` make of `input`; raises ConfigError."""
    for layer in layers:
        if isinstance(layer, Residual) and through(layer.layers, input) != input:
            raise ConfigError("", "not of the same shape")
        input = layer.output(input)
        if not LEAST <= input.size <= MOST:
            raise ConfigError("", "too little is left of it, or too much")
    return input


def joined(
    layers: Sequence[Layer], input: TensorSpec, target: TensorSpec
) -> tuple[list[Any], TensorSpec]:
    """A network of `layers` in this order, with as little between them as shapes need."""
    rows: list[Any] = []
    for layer in layers:
        input = input._replace(target=target) if isinstance(layer, Decoder) else input
        for before in shapes(prod(input.shape), getattr(layer, "units", 0)):
            try:
                reached = through(before, input)
                made = through([layer], reached._replace(target=input.target))
            except ConfigError:
                continue
            rows += [*before, layer]
            input = made
            break
        else:
            raise AssertionError(f"nothing brings {input} to {layer}")
    return rows, input


def experiment(data: DescribedData, layers: Sequence[Layer], **train: Any) -> Experiment:
    """An experiment of these layers, an embedding before and what ends them behind."""
    target = data.target
    first = [Embedding(5)] if data.input.vocab_size else []
    if len(target.shape) == 1 and target.shape != data.input.shape:  # sequences of another length
        last: list[Layer] = [Decoder(6, 3), Dense(target.vocab_size)]
    elif target.shape:
        last = [Dense(target.vocab_size)]
    else:
        last = [Flatten(), Dense(target.vocab_size)]
    rows, made = joined([*first, *layers, *last], data.input, target)
    assert made.shape == (*target.shape, target.vocab_size), "nothing else checks it here"
    return Experiment("a stack", data, rows, train=Train(**train))


def walk(names: Sequence[str]) -> list[str]:
    """Names in a row in which each stands behind each once: an Eulerian circuit (Hierholzer)."""
    left = {name: list(names) for name in names}
    path, circuit = [names[0]], []
    while path:
        if left[path[-1]]:
            path.append(left[path[-1]].pop())
        else:
            circuit.append(path.pop())
    return circuit[::-1]


def every_pair(length: int) -> list[list[Layer]]:
    """Stacks of up to `length` layers; each kind stands directly behind each in one of them."""
    order, uses = walk(MIDDLE), dict.fromkeys(MIDDLE, 0)
    chosen: list[Layer] = []
    for name in order:
        options = variants(name)
        chosen.append(options[uses[name] % len(options)])
        uses[name] += 1
    return [chosen[at : at + length] for at in range(0, len(chosen) - 1, length - 1)]
