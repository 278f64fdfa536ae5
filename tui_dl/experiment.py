"""An experiment: data, network and recipe, read from TOML and checked before anything runs."""

from __future__ import annotations

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import msgspec
import tomli_w

from tui_dl import presets
from tui_dl.errors import UserError
from tui_dl.explain import explain, suggest
from tui_dl.hints import command, starting_file
from tui_dl.layers import (
    AnyLayer,
    Conv1d,
    Decoder,
    Flatten,
    Recurrent,
    Reshape,
    ShapeError,
    Signal,
    kind,
)
from tui_dl.layout import Row, lay_out
from tui_dl.overrides import apply, blame
from tui_dl.recipe import (
    SHORT,
    Metric,
    PolicyGradient,
    Table,
    Train,
    check_metrics,
    check_single,
)
from tui_dl.sources import AnySource, Environment, Source

MOST_NUMBERS = 100_000_000  # in one layer's weights, or in its output for one sample


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
        return lay_out(self.network, self.data.signal, self.target)

    @property
    def target(self) -> Signal:
        """What is wanted of the network for one sample; raises ShapeError."""
        return self.train.wanted(self.data.signal, self.data.target)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What is said of a split's outputs beside the loss."""
        if self.train.metrics:
            return self.train.metrics
        if isinstance(self.data, Environment):
            return ("return",)
        return ("accuracy",) if self.target.symbols else ("r2",)

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
    expand(raw)
    for override in overrides or []:
        apply(raw, override)
        expand(raw)
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


def expand(raw: dict[str, Any]) -> None:
    """Write tables that are given as their kind alone, such as ``loss = "huber"``, as tables."""
    train = raw.get("train")
    for key in SHORT:
        if isinstance(train, dict) and isinstance(train.get(key), str):
            train[key] = {"kind": train[key]}


def check(experiment: Experiment) -> None:
    """Raise ShapeError unless the network fits its data, its labels and its loss."""
    if not experiment.title.strip():
        raise ShapeError("title: is empty: say in a few words what the experiment shows")
    if not experiment.rows:
        raise ShapeError("network: no layers: add a dense row")
    data = experiment.data
    if isinstance(data, Source) and data.validation + data.test >= 1:
        raise ShapeError("data: validation and test take every sample: make them smaller")
    _check_learning(experiment)
    _check_end(experiment)
    _check_batches(experiment)
    _check_decoder(experiment.rows)
    names = experiment.data.class_names
    check_metrics(experiment.metrics, experiment.target, kind(experiment.train.loss), names)
    if rule := experiment.train.early_stopping:
        check_single(rule.metric, experiment.metrics)
    if not experiment.parameter_count:
        raise ShapeError("network: nothing to train: add a dense row")
    for row in experiment.rows:
        largest = max(row.parameter_count, row.output.size)
        if largest > MOST_NUMBERS:
            raise ShapeError(
                f"{row.key}: {largest:,} numbers in one layer are more than the "
                f"{MOST_NUMBERS:,} allowed: make it smaller"
            )


def _check_learning(experiment: Experiment) -> None:
    """Raise ShapeError unless rewards go with the loss for them, and samples with the others."""
    train, source = experiment.train, kind(experiment.data)
    rewards = isinstance(experiment.data, Environment)
    if rewards and not isinstance(train.loss, PolicyGradient):
        raise ShapeError(
            f"train.loss: {kind(train.loss)} compares with what is wanted, and {source} only "
            "rewards what is done: use policy_gradient"
        )
    if not rewards and isinstance(train.loss, PolicyGradient):
        raise ShapeError(
            f"train.loss: policy_gradient needs an environment that rewards, and {source} has "
            "samples: use cross_entropy, or data.source = cartpole"
        )
    if rewards and train.target != "data":
        raise ShapeError("train.target: an environment wants nothing back: take the data's")


def _check_end(experiment: Experiment) -> None:
    """Raise ShapeError unless the network ends in what the loss compares with the target."""
    last, target, loss = experiment.rows[-1], experiment.target, kind(experiment.train.loss)
    wanted = Signal(experiment.train.loss.output(target))
    flat = Signal((wanted.size,))
    if last.output == wanted or (not target.symbols and last.output == flat):
        return
    of = f"the {target.symbols} classes" if target.symbols else "the real numbers"
    of += " of its data" if experiment.train.target == "data" else " of its input"
    units = f": end with a dense row of units = {wanted.size}"
    raise ShapeError(
        f"{last.key}: the network ends in {last.output}, but {loss} over {of} needs {wanted}"
        + (units if len(wanted.shape) == 1 or not target.symbols else "")
    )


def _check_batches(experiment: Experiment) -> None:
    """Raise ShapeError where mini-batches are to grow and cannot."""
    size, grow = experiment.data.batch_size, experiment.train.batch_schedule
    if grow and size == "all":
        raise ShapeError("train.batch_schedule: data.batch_size is all from the start: remove one")
    if grow and size != "all" and size >= grow.most:
        raise ShapeError(
            f"train.batch_schedule.most: mini-batches grow up to {grow.most}, but data.batch_size "
            f"is {size} already: make it larger"
        )


def _check_decoder(rows: list[Row]) -> None:
    """Raise ShapeError where a row behind a decoder mixes times: later ones are its answer."""
    decoders = [place for place, row in enumerate(rows) if isinstance(row.layer, Decoder)]
    for row in rows[decoders[0] :] if decoders else ():
        mixes = isinstance(row.layer, Conv1d | Flatten | Reshape)
        if mixes or (isinstance(row.layer, Recurrent) and row.layer.bidirectional):
            raise ShapeError(
                f"{row.key} ({kind(row.layer)}): behind a decoder it would see the symbols that "
                "are to be predicted: remove it, or put it before"
            )


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value
