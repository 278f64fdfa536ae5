"""Proposes a network for a source that is named alone, such as digits or moons."""

from __future__ import annotations

import tomllib
from typing import Any

import tomli_w

from tui_dl import presets
from tui_dl.spec.data import SOURCES
from tui_dl.spec.data.points import Points
from tui_dl.spec.differences import PARTS
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse

UNITS = 16  # of the two hidden layers where no preset has the source: it is points of the plane


def propose_for_source(name: str, overrides: list[str]) -> Experiment:
    """An experiment on a source of `SOURCE_NAMES`: that of the first preset with it, or our own.

    Raises:
        UserError: an override is wrong.
    """
    raw = _of_course(name) or _of_points(name)
    return parse(tomli_w.dumps({"title": name, **raw}), name, overrides)


def _of_course(name: str) -> dict[str, Any] | None:
    """Data, network and training of the first preset with the source; None where none has it."""
    for preset in presets.COURSE:
        raw = tomllib.loads(presets.find(preset).read_text(encoding="utf-8"))
        if raw["data"]["source"] == name:
            return {key: raw[key] for key in PARTS if key in raw}
    return None


def _of_points(name: str) -> dict[str, Any]:
    """Two hidden layers, which bend the boundary between classes."""
    hidden = [{"kind": "dense", "units": UNITS}, {"kind": "tanh"}] * 2
    source = SOURCES[name]()
    assert isinstance(source, Points)
    return {
        "data": {"source": name},
        "network": [*hidden, {"kind": "dense", "units": source.classes}],
        "train": {"optimizer": {"kind": "adam", "learning_rate": 0.01}, "epochs": 60},
    }
