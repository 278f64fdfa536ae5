"""Events and checkpoint metadata of older formats, brought to the newest on reading.

One function a step and kind; each changes the decoded JSON in place. Fields that are new since then
have defaults, and fields that are gone are ignored, so only what was renamed needs a step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from tui_dl.spec.toml.migrations import migrate_override

Step = Callable[[dict[str, Any]], None]


def migrate_event(event: dict[str, Any], found: int) -> None:
    """Make `event`, which is of format `found`, one of the newest format, in place."""
    for step in EVENTS[found:]:
        step(event)


def migrate_position(position: str, found: int) -> str:
    """The position of a checkpoint of format `found`, as JSON, in the newest format.

    Raises:
        msgspec.DecodeError: it is not JSON of a table.
    """
    if not POSITIONS[found:]:
        return position
    decoded = msgspec.json.decode(position, type=dict[str, Any])
    for step in POSITIONS[found:]:
        step(decoded)
    return msgspec.json.encode(decoded).decode()


def _event_from_0_to_1(event: dict[str, Any]) -> None:
    """What a diagnosis proposes has keys of experiments, of which some were renamed."""
    if event.get("event") == "Diagnosed" and isinstance(changes := event.get("change"), list):
        event["change"] = [migrate_override(it) if isinstance(it, str) else it for it in changes]


def _position_from_0_to_1(position: dict[str, Any]) -> None:
    """The learning rate that a user set, and the sums over an epoch so far, were renamed."""
    _rename(position, {"hand": "manual_rate"})
    if isinstance(total := position.get("total"), dict):
        _rename(total, {"mass": "weight", "hits": "correct"})


def _rename(table: dict[str, Any], names: dict[str, str]) -> None:
    for old, new in names.items():
        if old in table:
            table[new] = table.pop(old)


EVENTS: tuple[Step, ...] = (_event_from_0_to_1,)  # the n-th is from format n
POSITIONS: tuple[Step, ...] = (_position_from_0_to_1,)
