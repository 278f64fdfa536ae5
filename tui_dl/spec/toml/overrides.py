"""``--set KEY=VALUE``: changing one dotted key of an experiment, and errors that name it."""

from __future__ import annotations

import tomllib
from typing import Any

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.toml import schema
from tui_dl.support.errors import UserError

NONE = "none"  # removes an optional key or table, as TOML has no null


def apply(raw: dict[str, Any], override: str, cls: Any) -> None:
    """Set one key, such as ``train.epochs=3`` or ``network[0].filters=8``, in `raw`, a `cls`.

    Tables and lists on the way that `raw` does not have are those that they are by default. The
    value ``none`` removes an optional key: ``train.early_stopping=none``.

    Raises:
        UserError: it is not KEY=VALUE, or there is no such place.
    """
    key, equals, value = pair(override)
    if not equals or not all(steps_of(key)):
        raise UserError(f"--set {override}: write KEY=VALUE, such as train.epochs=3")
    try:
        set_value(raw, key, value_of(value), cls)
    except ConfigError as error:
        raise UserError(f"--set {override}: {error.message}") from None


def set_value(raw: dict[str, Any], key: str, value: Any, cls: Any) -> None:
    """Set the key path `key` in `raw`, a `cls`, to a value as TOML has it; see `apply`.

    Raises:
        ConfigError: there is no such place.
    """
    steps = steps_of(key)
    place: Any = raw
    for step in steps[:-1]:
        index = _index(place, step, key)
        if isinstance(place, dict) and index not in place:
            place[index] = schema.absent(cls, place, index)
        place, cls = place[index], schema.below(cls, place, index)
    last = _index(place, steps[-1], key)
    if value == NONE and isinstance(place, dict) and schema.may_be_left_out(cls, place, last):
        place.pop(last, None)
    else:
        if isinstance(place, dict) and place.get(last) in schema.kinds(cls, last):
            for outdated in schema.outdated(cls, place, str(value)):
                del place[outdated]
        place[last] = value


def pair(text: str) -> tuple[str, str, str]:
    """Key, ``=`` and value of ``KEY=VALUE``, as it is or in quotes as a whole, without blanks.

    All but the key are empty where there is no ``=``.
    """
    key, equals, value = unquoted(text).partition("=")
    return key.strip(), equals, value.strip()


def refuse_undoing(overrides: list[str]) -> None:
    """Raise UserError where an override of a whole table undoes an earlier one of a part of it."""
    changed = [steps_of(pair(override)[0]) for override in overrides]
    for later, whole in enumerate(changed):
        for earlier, part in enumerate(changed[:later]):
            if len(part) > len(whole) and part[: len(whole)] == whole:
                raise UserError(
                    f"--set {overrides[later]}: undoes --set {overrides[earlier]} before it: "
                    "put it first, or leave one out"
                )


def blame(name: str, error: ConfigError, overrides: list[str], optional: bool = False) -> str:
    """What is wrong, said of the override that put it there, else of the file `name`.

    Of an `optional` key, the line also says how to remove it.
    """
    wanted = steps_of(error.path)
    for override in reversed(overrides):
        changed = steps_of(pair(override)[0])
        if changed == wanted:
            return f"--set {override}: {error.message}" + f"; {NONE} removes it" * optional
        if changed == wanted[: len(changed)]:
            return f"--set {override}: {error}"
    changes = " with" * bool(overrides) + "".join(f" --set {override}" for override in overrides)
    return f"{name}{changes}: {error}"


def steps_of(key: str) -> list[str]:
    """``network[0].filters`` as network, 0, filters; blanks and quotes as TOML allows them."""
    steps = key.replace("[", ".").replace("]", "").split(".")
    return [unquoted(step) for step in steps]


def unquoted(text: str) -> str:
    """`text` without blanks and the quotes around it."""
    text = text.strip()
    quoted = len(text) > 1 and text[0] in ("'", '"') and text.find(text[0], 1) == len(text) - 1
    return text[1:-1].strip() if quoted else text


def _index(place: Any, step: str, key: str) -> Any:
    """What leads from `place` to its part `step`: a list's index, or a table's key."""
    if isinstance(place, list):
        if step not in map(str, range(len(place))):
            name = key.partition("[")[0]
            what, parts = ("the network", "layers") if name == "network" else (name, "items")
            found = (
                f"has {parts} 0 to {len(place) - 1}" if place else "is empty: set the whole list"
            )
            raise ConfigError(key, f"{what} {found}")
        return int(step)
    if not isinstance(place, dict):
        raise ConfigError(key, f"the experiment has no place {key}")
    return step


def value_of(text: str) -> Any:
    """`text` as a TOML value, or as a plain string."""
    try:
        table = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        table = {}
    return table["value"] if len(table) == 1 else text
