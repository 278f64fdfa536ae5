"""The settings of an experiment that are worth changing before it is trained, a row each."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, NamedTuple

import msgspec

from tui_dl.spec.data.base import FileSource
from tui_dl.spec.differences import HISTORY, default
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.flat_override import flat
from tui_dl.spec.lesson_changes import proposed_changes
from tui_dl.spec.toml.overrides import pair
from tui_dl.spec.toml.written import written

# Shown also where they are as by default.
ALWAYS = (
    "train.optimizer.learning_rate", "train.epochs", "train.l2", "train.seed", "data.batch_size",
)  # fmt: skip


class Setting(NamedTuple):
    """One key of an experiment and its value, as ``--set`` takes them."""

    key: str
    value: str


def settings(experiment: Experiment) -> list[Setting]:
    """The kinds of layers, loss, optimizer and schedule, and what is not as by default.

    What is changed most often comes first, then what the lesson proposes to change, also where that
    is as by default; layers come last.
    """
    first = [*ALWAYS, *_proposed(experiment)]
    found = [
        *_rows(experiment.train, "train", first),
        *_rows(experiment.data, "data", first),
        *_rows(experiment.network, "network", first),
    ]
    found.sort(key=lambda it: first.index(it.key) if it.key in first else len(first))
    if isinstance(experiment.data, FileSource):  # how the file is read is not for here
        found = [it for it in found if not it.key.startswith("data.") or it.key in ALWAYS]
    return found


def _proposed(experiment: Experiment) -> Iterator[str]:
    """The keys that the lesson names where it says what to try."""
    if experiment.lesson is not None:
        for overrides in proposed_changes(experiment.lesson.en.try_):
            for key, _, value in map(pair, overrides):
                yield from (part for part, _ in flat(key, value))


def _rows(value: Any, key: str, wanted: Container[str]) -> Iterator[Setting]:
    """The rows of a table, or of each table of a list; `wanted` are rows also as by default."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _rows(item, f"{key}[{index}]", wanted)
        return
    if (tag := value.__struct_config__.tag) and value.__struct_config__.tag_field == "kind":
        yield Setting(f"{key}.kind", str(tag))
    for field in msgspec.structs.fields(value):
        name, item = f"{key}.{field.encode_name}", getattr(value, field.name)
        if name == HISTORY:
            continue
        if isinstance(item, msgspec.Struct) or _are_tables(item):
            yield from _rows(item, name, wanted)
        elif item != default(field) or name in wanted:
            yield Setting(name, written(item))


def _are_tables(value: Any) -> bool:
    """Whether `value` is a list of tables."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], msgspec.Struct)
