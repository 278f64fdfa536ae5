"""An experiment: data, network and recipe, read from TOML and checked before anything runs."""

from __future__ import annotations

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import tomli_w

from tui_dl import presets
from tui_dl.errors import UserError
from tui_dl.explain import explain, suggest
from tui_dl.hints import command, starting_file
from tui_dl.layers import AnyLayer, Positive, ShapeError, Signal
from tui_dl.layout import Row, lay_out
from tui_dl.overrides import apply, blame
from tui_dl.sources import AnySource

Rate = Annotated[float, msgspec.Meta(gt=0, le=1_000)]
Decay = Annotated[float, msgspec.Meta(ge=0, lt=1)]

MOST_NUMBERS = 100_000_000  # in one layer's weights, or in its output for one sample


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the experiment file; unknown keys are refused."""


class Sgd(Table, frozen=True, tag_field="kind", tag="sgd"):
    """w -= learning_rate * gradient."""

    learning_rate: Rate = 0.1


class Adam(Table, frozen=True, tag_field="kind", tag="adam"):
    """Kingma & Ba 2015, algorithm 1, with PyTorch's placing of epsilon."""

    learning_rate: Rate = 0.001
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    epsilon: Rate = 1e-8


class EarlyStopping(Table, frozen=True):
    """Stop once validation loss has not fallen by more than `min_delta` for `patience` epochs."""

    patience: Positive = 5
    min_delta: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    restore_best: bool = True


class Train(Table, frozen=True):
    """The recipe."""

    loss: Literal["cross_entropy"] = "cross_entropy"
    optimizer: Adam | Sgd = Adam()
    epochs: Positive = 10
    early_stopping: EarlyStopping | None = None
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] = 0


class Text(Table, frozen=True):
    """A lesson in one language, in markdown."""

    look: str
    why: str
    try_: str = msgspec.field(name="try")


class Lesson(Table, frozen=True):
    """What a preset teaches."""

    en: Text
    ko: Text | None = None


class Experiment(Table, frozen=True, dict=True):
    """One training run, fully described: the same experiment gives the same numbers."""

    title: str
    data: AnySource
    network: Annotated[list[AnyLayer], msgspec.Meta(min_length=1)]
    chapter: str = ""
    train: Train = Train()
    lesson: Lesson | None = None

    @cached_property
    def rows(self) -> list[Row]:
        """The network laid out layer by layer; raises ShapeError."""
        return lay_out(self.network, self.data.signal)

    @property
    def parameter_count(self) -> int:
        """How many numbers are trained."""
        return sum(row.parameter_count for row in self.rows)

    def to_toml(self) -> str:
        """The whole experiment, defaults written out; `parse` of it gives the same experiment."""
        return tomli_w.dumps(_without_none(msgspec.to_builtins(self)))


def read(name: str, overrides: list[str] | None = None) -> Experiment:
    """The experiment of a preset's name or a file's path, with ``KEY=VALUE`` overrides.

    Raises:
        UserError: naming the file or the override, the key path and what to do.
    """
    path = presets.find(name) if name in presets.COURSE else Path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        hint = suggest(name, presets.COURSE, f"see `{command('presets')}`")
        raise UserError(f"{name}: no such preset or file{hint}") from None
    except IsADirectoryError:
        raise UserError(f"{name}: a folder: name an experiment file in it") from None
    except UnicodeDecodeError:
        raise UserError(
            f"{name}: not an experiment file, for it is not UTF-8 text: "
            f"start one with {starting_file()}"
        ) from None
    except OSError as error:
        raise UserError(f"{name}: cannot be read as an experiment: {error.strerror}") from None
    return parse(text, name, overrides)


def parse(text: str, name: str, overrides: list[str] | None = None) -> Experiment:
    """The experiment written in `text`; errors begin with `name`, or the override they are of."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a huge number, brackets without end
        raise UserError(f"{name}: not a TOML file: {error}") from None
    if not raw:
        raise UserError(f"{name}: is empty: start one with {starting_file()}")
    for override in overrides or []:
        apply(raw, override)
    try:
        experiment = msgspec.convert(raw, Experiment)
        check(experiment)
    except msgspec.ValidationError as error:
        key, says = explain(error, raw, Experiment)
        raise UserError(blame(name, key, says, overrides or [])) from None
    except ShapeError as error:
        place, _, says = str(error).partition(": ")
        raise UserError(blame(name, place, says, overrides or [])) from None
    return experiment


def check(experiment: Experiment) -> None:
    """Raise ShapeError unless the network fits its data, its labels and its loss."""
    if not experiment.title.strip():
        raise ShapeError("title: is empty: say in a few words what the experiment shows")
    if not experiment.rows:
        raise ShapeError("network: no layers: add a dense row")
    if experiment.data.validation + experiment.data.test >= 1:
        raise ShapeError("data: validation and test take every sample: make them smaller")
    last = experiment.rows[-1]
    wanted = Signal((experiment.data.classes,))
    if last.output != wanted:
        raise ShapeError(
            f"{last.key}: the network ends in {last.output}, but {experiment.train.loss} over the "
            f"{experiment.data.classes} classes of its data needs {wanted}: "
            f"end with a dense row of units = {experiment.data.classes}"
        )
    if not experiment.parameter_count:
        raise ShapeError("network: nothing to train: add a dense row")
    for row in experiment.rows:
        largest = max(row.parameter_count, row.output.size)
        if largest > MOST_NUMBERS:
            raise ShapeError(
                f"{row.key}: {largest:,} numbers in one layer are more than the "
                f"{MOST_NUMBERS:,} allowed: make it smaller"
            )


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value
