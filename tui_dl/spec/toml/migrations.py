"""Experiments of older formats, brought to the newest format on reading, one function a step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tui_dl.spec.format import FORMAT, check_format
from tui_dl.spec.toml.overrides import pair


class Renamed(NamedTuple):
    """A key that had another name in an older format."""

    table: re.Pattern[str]  # key path of the table that has it
    old: str
    new: str
    values: Mapping[str, str] = {}  # old words of it, and what they are called now


SINCE_0 = (
    Renamed(re.compile(r"network\[\d+\](?:\.layers\[\d+\])*"), "initial", "initializer"),
    Renamed(re.compile("data"), "symbols", "vocab_size"),
    Renamed(re.compile("data"), "wanted", "task", {"iso": "translate", "tags": "tag"}),
    Renamed(re.compile(r"train\.batch_schedule"), "most", "max"),
    Renamed(re.compile(r"train\.schedule"), "lowest", "min_learning_rate"),
    Renamed(re.compile(r"train\.schedule"), "rise", "warm_up_fraction"),
)


def migrate(raw: dict[str, Any], name: str, unmarked: int) -> None:
    """Make `raw`, an experiment as TOML has it, one of the newest format, in place.

    Args:
        raw: the experiment; a key that no format has is left for the reader to refuse.
        name: the file, with which an error begins.
        unmarked: the format of an experiment that does not say its own.

    Raises:
        UserError: it is of a newer format.
    """
    found = raw.get("format", unmarked)
    if type(found) is not int or found < 0:  # refused by the reader
        return
    check_format(found, name)
    for step in STEPS[found:]:
        step(raw)
    raw["format"] = FORMAT


def new_key(table: str, key: str, value: object, keys: list[str]) -> str:
    """What to write for the old `key` of the table at path `table`; empty where it is none.

    Args:
        table: key path of the table.
        key: what stands there.
        value: its value: one that has another name now is part of the answer.
        keys: those that the table may have.
    """
    for it in SINCE_0:
        if key == it.old and it.new in keys and it.table.fullmatch(table):
            word = it.values.get(value) if isinstance(value, str) else None
            return f'{it.new} = "{word}"' if word else it.new
    return ""


def new_value(path: str, value: object) -> str:
    """The new name of an old `value` of the key at `path`; empty where it is none."""
    table, _, key = path.rpartition(".")
    for it in SINCE_0:
        if key == it.new and isinstance(value, str) and it.table.fullmatch(table):
            return it.values.get(value, "")
    return ""


def migrate_override(override: str) -> str:
    """`override`, KEY=VALUE as an older version wrote it, in the newest format."""
    path, equals, value = pair(override)
    table, _, key = path.rpartition(".")
    for it in SINCE_0:
        if key == it.old and it.table.fullmatch(table):
            return f"{table}.{it.new}{equals}{it.values.get(value, value)}"
    return override


def _from_0_to_1(raw: dict[str, Any]) -> None:
    """Give keys and words that were renamed their new names."""
    for path, table in _tables(raw):
        for it in SINCE_0:
            if it.old in table and it.new not in table and it.table.fullmatch(path):
                value = table.pop(it.old)
                table[it.new] = it.values.get(value, value) if isinstance(value, str) else value


STEPS: tuple[Callable[[dict[str, Any]], None], ...] = (_from_0_to_1,)  # the n-th is from format n


def _tables(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table in `raw` with its key path; not by recursion, as a file may nest thousands."""
    rest: list[tuple[str, Any]] = [("", raw)]
    while rest:
        path, value = rest.pop()
        if isinstance(value, dict):
            yield path, value
            rest += [(f"{path}.{key}".lstrip("."), item) for key, item in value.items()]
        elif isinstance(value, list):
            rest += [(f"{path}[{index}]", item) for index, item in enumerate(value)]
