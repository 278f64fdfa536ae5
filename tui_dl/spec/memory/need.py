"""The peak memory of a run, counted from the arrays of its layers, loss and optimizer.

Arrays are counted exactly: a test compares them with those that are allocated. What Python's own
objects and the libraries take is measured.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from math import prod
from typing import NamedTuple

from tui_dl.spec.data_spec import SHOWN_COLUMNS
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import LANES, Arrays, Place, kind
from tui_dl.spec.memory.libraries import KERNELS, libraries
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.spec.train.batch_schedule import grown
from tui_dl.spec.train.metrics import METRICS

NUMBER = 4  # bytes
CELL = 8  # bytes of a number as it stands in a table
CHUNK = 256  # numbers that every tensor of weights begins a multiple of
EVALUATION_BLOCKS = 4  # of LANES samples that go through the network at once, at least


class Part(NamedTuple):
    """Some of what a run takes."""

    name: str
    bytes: int
    lower: str  # what makes it less


class Need(NamedTuple):
    """What a run takes at its peak, in bytes.

    Attributes:
        libraries: of Python, what it loads, and its objects.
        parts: all else.
        unused: what is allocated beside, but never written.
    """

    libraries: int
    parts: list[Part]
    unused: int

    @property
    def bytes(self) -> int:
        """All that is written."""
        return self.libraries + sum(part.bytes for part in self.parts)

    @property
    def largest(self) -> Part:
        """The part that takes most."""
        return max(self.parts, key=lambda part: part.bytes)


def need(experiment: Experiment, compiled: Container[str] | None = None) -> Need:
    """What a run of `experiment` takes.

    `compiled` are the kernels' files that are in the cache; None if all are.
    """
    blocks = Blocks.of(experiment)
    rows = list(_rows(experiment))
    layers = [
        Part(
            f"{key} ({kind(own[0][0].layer)})",
            NUMBER * sum(blocks.used(arrays) for _, arrays in own),
            _lower(own[0][0]),
        )
        for key, own in _by_key(rows).items()
    ]
    ends = Part("the loss", NUMBER * blocks.used(_loss(experiment)), "data.batch_size")
    training = [_weights(experiment), *layers, ends]
    rest = sum(part.bytes for part in training)
    return Need(
        libraries(experiment, compiled),
        [*_reading(experiment, rest), _data(experiment, rest), *training],
        NUMBER * blocks.unused(everything(experiment)),
    )


def everything(experiment: Experiment) -> Arrays:
    """What the network keeps beside its weights."""
    return sum((arrays for _, arrays in _rows(experiment)), _loss(experiment))


def _by_key(rows: list[tuple[LayerNode, Arrays]]) -> dict[str, list[tuple[LayerNode, Arrays]]]:
    """Those that `repeat` makes of one row of the file, together."""
    by_key: dict[str, list[tuple[LayerNode, Arrays]]] = {}
    for row, arrays in rows:
        by_key.setdefault(row.key, []).append((row, arrays))
    return by_key


class Blocks(NamedTuple):
    """How many blocks of LANES samples go through the network at once."""

    allocated: int
    learning: int  # of these, in a step
    evaluated: int  # in an evaluation

    @classmethod
    def of(cls, experiment: Experiment) -> Blocks:
        data, train = experiment.data, experiment.train
        count = experiment.data_spec.splits[0]
        size = grown(data.batch(count), train.batch_schedule, count, train.epochs)
        step = -(-size * data.longest // LANES)
        allocated = max(step, EVALUATION_BLOCKS)
        return cls(allocated, step, min(allocated, -(-count // LANES)))

    def used(self, arrays: Arrays) -> int:
        """Numbers that are written at all."""
        block = max(self.learning, self.evaluated) * arrays.block
        return block + self.learning * arrays.learning + arrays.fixed

    def unused(self, arrays: Arrays) -> int:
        """Those that are allocated and not written."""
        every = arrays.block + arrays.learning + arrays.unused
        return self.allocated * every + arrays.fixed - self.used(arrays)


def _rows(experiment: Experiment) -> Iterator[tuple[LayerNode, Arrays]]:
    """Every layer, and what it keeps."""
    rows = experiment.nodes
    first = {place - row.body for place, row in enumerate(rows) if row.body}
    learns = False
    for place, row in enumerate(rows):
        before = rows[place - 1] if place and place not in first else None
        behind = rows[place + 1].layer if place + 1 < len(rows) and place + 1 not in first else None
        here = Place(
            learns, before and before.layer, behind, before.input.vocab_size if before else 0
        )
        yield row, row.layer.arrays(row.input, here)
        learns = learns or bool(row.parameters)


def _loss(experiment: Experiment) -> Arrays:
    """The network's inputs, its loss, and which samples are taken."""
    input, target = experiment.data_spec.input, experiment.target
    own = experiment.train.target == "input"
    loss = experiment.train.loss.arrays(experiment.nodes[-1].output, target, own)
    inputs = LANES * (input.size + 1)
    if any(node.layer.reads_target for node in experiment.nodes):
        inputs += LANES * target.size
    return loss + Arrays(block=inputs)


def _reading(experiment: Experiment, rest: int) -> list[Part]:
    """Reading a file: its library, and what its text takes before kernels and the `rest`."""
    data = experiment.data
    if not data.reads_file:
        return []
    text = data.text_bytes * experiment.data_spec.file_size
    size = data.reader_bytes + max(text - rest - KERNELS, 0)
    return [Part("reading the file", size, "data.path")]


def _data(experiment: Experiment, rest: int) -> Part:
    """All samples; while they are split, before kernels and the `rest`, they are there twice.

    Of a table there are also the cells of those that are evaluated.
    """
    data = experiment.data_spec
    samples = NUMBER * data.count * (data.input.size + data.target.size)
    columns = sum(bool(it.features) for it in data.columns)
    cells = CELL * sum(data.splits[1:]) * min(columns, SHOWN_COLUMNS)
    twice = 0 if experiment.data.split_in_place else max(samples - rest - KERNELS, 0)
    return Part("the samples", samples + cells + twice, f"data.{experiment.data.size_key}")


def _weights(experiment: Experiment) -> Part:
    """Weights, gradients, the optimizer's arrays, and copies: of the newest, of the best twice."""
    tensors = [shape for node in experiment.nodes for shape in node.parameters.values()]
    whole = NUMBER * sum(CHUNK * -(-prod(shape) // CHUNK) for shape in tensors)
    exact = NUMBER * sum(map(prod, tensors))
    train = experiment.train
    averaged = train.weight_average is not None
    kept = train.optimizer.arrays + averaged
    arrays = whole * (2 + kept) + 3 * whole // CHUNK
    copies = exact * (1 + kept) + 2 * exact
    turn = max(exact, 2 * whole if averaged else 0, _evaluation(experiment))
    largest = max(experiment.nodes, key=lambda row: row.parameter_count)
    return Part("the weights and their copies", arrays + copies + turn, _lower(largest))


def _evaluation(experiment: Experiment) -> int:
    """What metrics take that look at all outputs of a split together; the largest trains."""
    if experiment.metrics == (experiment.data.metric,):
        return 0
    numbers = experiment.data_spec.splits[0] * experiment.nodes[-1].output.size
    return numbers * max(METRICS[name].bytes_per_output for name in experiment.metrics)


def _lower(row: LayerNode) -> str:
    """What makes a layer smaller."""
    own = [f"{row.key}.{size}" for size in row.layer.size_keys]
    return " or ".join([*own, "data.batch_size"])
