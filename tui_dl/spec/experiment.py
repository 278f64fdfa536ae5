"""An experiment: data, network and recipe, read from TOML and checked before anything runs."""

from __future__ import annotations

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import msgspec
import tomli_w

from tui_dl import presets
from tui_dl.spec.data import AnySource, Environment
from tui_dl.spec.layers import AnyLayer, ShapeError, Signal
from tui_dl.spec.shape_inference import Row, check_nesting, lay_out
from tui_dl.spec.toml import schema
from tui_dl.spec.toml.did_you_mean import suggest
from tui_dl.spec.toml.error_messages import explain, explain_toml
from tui_dl.spec.toml.overrides import apply, blame, refuse_undoing
from tui_dl.spec.train import SHORT, Metric, Table, Train
from tui_dl.spec.validation import check
from tui_dl.support import api_validation
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import SURROGATE
from tui_dl.support.program import command, starting_file

LARGEST = 1_000_000  # bytes of an experiment file; ours have a few thousand


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

    @property
    def flops(self) -> int:
        """Floating-point operations of one sample's forward pass."""
        return sum(row.flops for row in self.rows)

    def to_toml(self) -> str:
        """The whole experiment, defaults written out; `parse` of it gives the same experiment."""
        return tomli_w.dumps(_without_none(msgspec.to_builtins(self)))


def read(name: str | Path, overrides: list[str] | None = None) -> Experiment:
    """The experiment of a preset's name or a file's path, with ``KEY=VALUE`` overrides.

    Raises:
        UserError: naming the file or the override, the key path and what to do.
        TypeError: an argument is something else.
    """
    name = str(api_validation.path("name", name, "a preset's name or an experiment file's path"))
    overrides = api_validation.texts("overrides", overrides or [])
    path = presets.find(name) if name in presets.COURSE else Path(name)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)  # a device may have no end
        text = content.decode("utf-8-sig")
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
    if len(content) > LARGEST:
        raise UserError(f"{name}: not an experiment file, for it is larger than 1 MB")
    return parse(text, name, overrides)


def parse(text: str, name: str, overrides: list[str] | None = None) -> Experiment:
    """The experiment written in `text`; errors begin with `name`, or the override they are of."""
    for where, given in ((name, text), *((f"--set {it}", it) for it in overrides or [])):
        if SURROGATE.search(given):  # it could not be written into the run's folder
            raise UserError(f"{where}: not UTF-8 text")
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        raise UserError(
            f"{name}: its brackets stand too deep in one another: write inner rows out"
        ) from None
    except ValueError as error:  # not only tomllib's own: a huge number
        raise UserError(f"{name}: not a TOML file: {explain_toml(error, text)}") from None
    if not raw:
        raise UserError(f"{name}: is empty: start one with {starting_file()}")
    expand(raw)
    refuse_undoing(overrides or [])
    for override in overrides or []:
        apply(raw, override, Experiment)
        expand(raw)
    try:
        if isinstance(network := raw.get("network"), list):
            check_nesting(network)
        experiment = msgspec.convert(raw, Experiment)
        check(experiment)
    except msgspec.ValidationError as error:
        key, says = explain(error, raw, Experiment)
        optional = schema.is_optional(raw, Experiment, key)
        raise UserError(blame(name, key, says, overrides or [], optional)) from None
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


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value
