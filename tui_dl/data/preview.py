"""A few samples of an experiment's data, as a person reads them: pictures, texts, rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from tui_dl import data
from tui_dl.data.characters import decode
from tui_dl.data.dataset import Samples
from tui_dl.data.plane import PointsInPlane, around, some_points
from tui_dl.data.varied import varied
from tui_dl.spec.data.base import Environment
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.plane import has_two_inputs
from tui_dl.support.formatting import short
from tui_dl.support.rng import stream

FEW, POINTS = 100, 400  # samples, or points, that are generated where so few can be
HELD = 9  # steps of an environment, of which a few are shown
NUMBERS, PLACES = 8, 48  # of a sample that are shown: real numbers, tokens

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Preview:
    """Samples to be shown: pictures, states of an environment, or rows of text.

    Attributes:
        source: the kind of the data.
        targets: what each sample is to give; empty where that is an image, itself or a reward.
        columns: names of the rows' columns; empty where they have none.
        rows: the cells of each sample; one cell is a text.
        pictures: (samples, rows, columns) or (samples, rows, columns, 3), from 0 to 1.
        states: (samples, numbers) of an environment.
        plane: more of them than the rows, where they are points of a plane.
    """

    source: str
    targets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    pictures: Numbers | None = None
    states: Numbers | None = None
    plane: PointsInPlane | None = None


def preview(experiment: Experiment, count: int) -> Preview:
    """At most `count` training samples, of different classes as far as there are so many.

    Of generated data a few samples are made anew, and of an environment a few states while an
    action is held. Numbers are as the network receives them, cells of a table as in its file.

    Raises:
        UserError: a library is missing, or the file cannot be read.
    """
    source, seed = experiment.data, experiment.train.seed
    source.require_extra()
    if isinstance(source, TableFile):
        from tui_dl.data.table_rows import table_rows  # brings pyarrow

        found = table_rows(source, seed, count)
        return Preview(kind(source), found.targets, found.columns, found.rows)
    if isinstance(source, Environment):
        return Preview(kind(source), states=_states(source, seed, count))
    is_plane = has_two_inputs(experiment)
    if source.size_key == "samples":
        source = replace(source, samples=POINTS if is_plane else FEW)
    every = data.load(source, seed).train
    samples = every.take(varied(every.targets, count))
    spec, targets = experiment.data_spec.input, _targets(experiment, samples)
    if samples.source is not None:
        rows = tuple(map(tuple, samples.source.texts(len(samples))))
        return Preview(kind(source), targets, samples.source.names, rows)
    if spec.vocab_size:
        return Preview(kind(source), targets, rows=_texts(samples, experiment))
    shaped = samples.inputs.reshape(len(samples), *spec.shape).astype(np.float64)
    if len(spec.shape) == 3:
        return Preview(kind(source), targets, pictures=_pictures(shaped))
    flat = shaped.reshape(len(samples), -1).tolist()
    rows = tuple(_first(row, NUMBERS, short) for row in flat)
    plane = _plane(every, experiment) if is_plane and len(every) > count else None
    return Preview(kind(source), targets, rows=rows, plane=plane)


def _plane(samples: Samples, experiment: Experiment) -> PointsInPlane:
    """Some of the samples where they are in the plane."""
    some = some_points(samples)
    edges = around(some.inputs, is_square=True)
    return PointsInPlane(edges, some.inputs, some.targets, experiment.data_spec.class_names)


def _targets(experiment: Experiment, samples: Samples) -> tuple[str, ...]:
    """What each sample is to give, in words; nothing of what is an image."""
    if experiment.train.target == "input" or len(experiment.target.shape) == 3:
        return ()
    source, names = experiment.data, experiment.data_spec.class_names
    rows = samples.targets.reshape(len(samples), -1)
    if source.writes:
        return tuple(decode(rows, source.writes))
    if not experiment.target.vocab_size:
        return tuple(", ".join(_first(row, NUMBERS, short)) for row in rows.tolist())
    return tuple(
        " ".join(names[it] if names else str(it) for it in row if it >= 0) for row in rows.tolist()
    )


def _texts(samples: Samples, experiment: Experiment) -> tuple[tuple[str, ...], ...]:
    """Sequences of tokens: a text, or what each stands for, or its number where it has no name."""
    characters, names = experiment.data.reads, experiment.data_spec.token_names
    rows = samples.inputs.tolist()
    if samples.lengths is not None:
        lengths = samples.lengths.tolist()
        rows = [row[:length] for row, length in zip(rows, lengths, strict=True)]
    if characters:
        return tuple(("".join(characters[token] for token in row),) for row in rows)
    return tuple(
        (" ".join(_first(row, PLACES, lambda it: names[int(it)] if names else str(it))),)
        for row in rows
    )


def _first(numbers: list[float], most: int, said: Callable[[float], str]) -> tuple[str, ...]:
    """The first numbers of a sample, and dots where it has more."""
    return (*map(said, numbers[:most]), *["…"] * (len(numbers) > most))


def _pictures(shaped: Numbers) -> Numbers:
    """Samples (samples, channels, rows, columns) as greys, or as colours where there are three."""
    low, high = float(shaped.min()), float(shaped.max())
    scaled = (shaped - low) / ((high - low) or 1.0)
    if scaled.shape[1] == 3:
        return np.moveaxis(scaled, 1, 3)
    grey: Numbers = scaled.mean(axis=1)
    return grey


def _states(source: Environment, seed: int, count: int) -> Numbers:
    """(count, numbers) states of so many episodes, in each of which one action was held."""
    source = replace(source, episodes=count)
    random, environment = stream(seed, "preview"), data.make_environment(source, count)
    states = [environment.reset(data.load(source, seed).train)]
    actions = random.integers(source.classes, size=count, dtype=np.int64)
    for _ in range(HELD - 1):
        states.append(environment.step(actions)[0])
    return np.array([states[4 * at % HELD][at] for at in range(count)], np.float64)
