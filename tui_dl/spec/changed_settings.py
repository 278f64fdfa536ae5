"""What changes between two experiments, in words: the value before, and the one after."""

from __future__ import annotations

from tui_dl.spec.differences import described
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layer_names import named, names_by_place
from tui_dl.spec.toml.overrides import pair

LONGEST = 40  # characters of a value


def changed_settings(before: Experiment, after: Experiment) -> list[str]:
    """Each key that changes: ``train.epochs: 10 → 20``; layers that come or go: ``+dropout``."""
    was = {key: value for key, _, value in map(pair, described(after, before))}
    names = names_by_place(before)
    found = []
    for key, equals, value in map(pair, described(before, after)):
        old = f"{_short(was[key])} → " if key in was else ""
        found.append(f"{named(key, names)}: {old}{_short(value)}" if equals else key)
    return found


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
