"""Time series: generated ones, or a column of the user's file, cut into windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.readers.series_column import SeriesColumn, read_series
from tui_dl.data.readers.table import TableOptions
from tui_dl.data.typed import BETWEEN
from tui_dl.spec.data.series import Series
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.splits import split_sizes
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted, quoted, written
from tui_dl.support.rng import stream

GROWTH = 0.2  # over the whole series
LONG = 26  # seasons of the longer season
SHORT_SHAPE, LONG_SHAPE = (0.7, 0.3), 0.2  # amplitudes of logarithms
CALM, STIR = 0.85, 0.15  # of the level: what is kept of it from value to value, and its deviation

KEYS = ("delimiter", "decimal", "encoding")  # of how a file is read
LARGEST = float(np.finfo(np.float32).max)

Doubles = npt.NDArray[np.float64]


def load(source: Series, seed: int) -> Dataset:
    """All windows, in order of time in each part, scaled by the mean and deviation of training.

    Raises:
        UserError: the file cannot be read as a series.
    """
    if source.path is None:
        values, fingerprint = generated(source, seed), ""
    else:
        read = _read(source, Path(source.path), source.column)
        values, fingerprint = read.values, read.fingerprint
    train, validation, _ = split_sizes(len(values), source.validation, source.test)
    mean, deviation = _scale(values[:train])
    scaled = ((values - mean) / deviation).astype(np.float32)
    long = source.past + source.horizon
    parts = []
    for first, size in zip(
        (0, train - source.past, train + validation - source.past),
        source.windows(len(values)),
        strict=True,
    ):
        windows = np.lib.stride_tricks.sliding_window_view(
            scaled[first : first + size + long], long
        )
        inputs, targets = windows[:size, : source.past], windows[:size, source.past :]
        parts.append(Samples(np.ascontiguousarray(inputs), np.ascontiguousarray(targets)))
    return Dataset(*parts, fingerprint=fingerprint)


def inspect(source: Series, seed: int) -> tuple[DataSpec, Series]:
    """The description of a series in a file, and the source.

    Raises:
        UserError: the file cannot be read as a series.
    """
    assert source.path is not None
    read = _read(source, Path(source.path), source.column)
    splits = source.windows(len(read.values))
    train, *_ = split_sizes(len(read.values), source.validation, source.test)
    mean, deviation = _scale(read.values[:train])
    if deviation == 0:
        raise UserError(
            f"{source.path}, column {read.name!r}: all values to train on are {written(mean)}: "
            "there is nothing to forecast"
        )
    spec = DataSpec(
        source.input, source.target, sum(splits), splits,
        fingerprint=read.fingerprint, file_size=read.size, target_name=read.name,
        target_unit=deviation, target_mean=mean,
        notes=(*read.notes, f"{len(read.values):,} values; the latest are to test with"),
    )  # fmt: skip
    return spec, source


def generated(source: Series, seed: int) -> Doubles:
    """(values,) a synthetic series: trend, two seasons, a level that wanders, and noise.

    All of them are factors. Each season's amplitudes are those of the logarithm; the level's
    logarithm is an autoregressive process of order 1.
    """
    random, times = stream(seed, "series"), np.arange(source.values)
    short, long = (2 * np.pi * times / (source.season * it) for it in (1, LONG))
    first, second = SHORT_SHAPE
    level = np.zeros(source.values)
    stirred = random.normal(0, STIR * np.sqrt(1 - CALM**2), source.values)
    for time in range(1, source.values):
        level[time] = CALM * level[time - 1] + stirred[time]
    shape = first * np.sin(short) + second * np.cos(2 * short) + LONG_SHAPE * np.sin(long)
    noise = 1 + random.normal(0, source.noise, source.values)
    return np.asarray((1 + GROWTH * times / source.values) * np.exp(shape + level) * noise)


def encode(source: Series, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Lines of numbers in the series' own units, the latest last, as samples without targets.

    Raises:
        ValueError: a text has something that is no number, or too few of them.
    """
    rows = [_numbers(text, source.past) for text in texts]
    return _without_targets(np.array(rows, np.float64).reshape(-1, source.past), spec)


def encode_file(source: Series, spec: DataSpec, seed: int, path: Path) -> Samples:
    """The last values of a file like the one that was trained on, as one sample without targets.

    Raises:
        UserError: the file cannot be read as a series, or has too few values.
    """
    values = _read(source, path, source.column or spec.target_name or None, keys=()).values
    if len(values) < source.past:
        raise UserError(
            f"{path} has {counted(len(values), 'value')}: the network reads {source.past:,}: give "
            "a longer series"
        )
    return _without_targets(values[None, -source.past :], spec)


def remarks(source: Series, spec: DataSpec, seed: int, sample: str | Path) -> Iterator[str]:
    """What of a series is not read, and what was filled in."""
    if isinstance(sample, str):
        count = len(BETWEEN.split(sample.strip()))
    else:
        read = _read(source, sample, source.column or spec.target_name or None, keys=())
        count = len(read.values)
        yield from read.notes[1:]  # the first says how the file is written
    if count > source.past:
        yield f"the last {source.past} of {count:,} values are read"


def in_units(spec: DataSpec, numbers: npt.ArrayLike) -> Doubles:
    """The network's numbers in the series' own units."""
    return np.asarray(np.asarray(numbers, np.float64) * spec.target_unit + spec.target_mean)


def _read(
    source: Series, path: Path, column: str | None, keys: Sequence[str] = KEYS
) -> SeriesColumn:
    """A column of a file that is read as the source says; messages name its `keys`."""
    options = TableOptions(
        delimiter=source.delimiter, decimal=source.decimal, encoding=source.encoding, keys=keys
    )
    return read_series(path, column, options)


def _scale(values: Doubles) -> tuple[float, float]:
    """The mean and the deviation; zeros of none."""
    return (float(values.mean()), float(values.std())) if len(values) else (0.0, 0.0)


def _numbers(text: str, past: int) -> list[float]:
    """The last `past` numbers of a line."""
    found = []
    for word in BETWEEN.split(text.strip()):
        try:
            found.append(float(word))
        except ValueError:
            found.append(np.nan)
        if not abs(found[-1]) <= LARGEST:
            raise ValueError(
                f"{quoted(text)}: {quoted(word)} is no number: give {past} numbers and blanks"
            )
    if len(found) < past:
        raise ValueError(
            f"{quoted(text)}: {counted(len(found), 'number')}: the network reads {past}: give a "
            "longer series"
        )
    return found[-past:]


def _without_targets(values: Doubles, spec: DataSpec) -> Samples:
    """Samples of (samples, past) values in the series' own units."""
    scaled = ((values - spec.target_mean) / spec.target_unit).astype(np.float32)
    return Samples(scaled, np.zeros((len(scaled), *spec.target.shape), np.float32))
