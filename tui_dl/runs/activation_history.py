"""Shares of dead and of saturated units by layer, from the artifacts of a run."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import NamedTuple

import numpy as np

from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.runs.folder import Run
from tui_dl.runs.layer_figure import MOST_LAYERS, FigureKind, LayerFigure
from tui_dl.support.errors import UserError

ARTIFACT = "activations"
ARRAYS: dict[FigureKind, str] = {"dead": "idle", "saturated": "saturated"}


class _Shares(NamedTuple):
    """What one artifact says, by layer; NaN where it does not apply to a layer."""

    layers: list[str]
    by_kind: dict[FigureKind, list[float]]


class ActivationHistory:
    """The shares at any step; each artifact is read once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._read: dict[int, _Shares | None] = {}  # by step; None: it cannot be read

    def figures(self, step: int) -> Iterator[LayerFigure]:
        """The figures that there are up to `step`.

        A part of the past ends with the step of its artifact; the last one reaches to `step`.
        """
        there = [it for it in artifacts.steps(self._run, ARTIFACT) if it <= step]
        found = {it: shares for it in there if (shares := self._shares(it)) is not None}
        if not found:
            return
        newest = list(found)[-1]
        names = found[newest].layers
        alike = {it: shares for it, shares in found.items() if shares.layers == names}
        ends = [*list(alike)[:-1], step]
        for kind in ARRAYS:
            rows = [shares.by_kind[kind] for shares in alike.values()]
            having = [at for at in range(len(names)) if not all(isnan(row[at]) for row in rows)]
            if having:
                layers = [names[at] for at in having]
                past = [[row[at] for at in having] for row in rows]
                yield LayerFigure(kind, layers, len(layers), newest, past[-1], ends, past)

    def _shares(self, step: int) -> _Shares | None:
        if step not in self._read:
            try:
                self._read[step] = _parsed(artifacts.read(self._run, ARTIFACT, step))
            except UserError:  # it is shown among the pictures why
                self._read[step] = None
        return self._read[step]


def _parsed(artifact: Artifact) -> _Shares | None:
    """The shares of an artifact, None where it does not hold what its kind has."""
    layers = artifact.labels.get("layers", [])
    shares: dict[FigureKind, list[float]] = {}
    for kind, name in ARRAYS.items():
        tensor = artifact.arrays.get(name)
        if tensor is None or tensor.dtype != "F32" or tensor.shape != (len(layers),):
            return None
        shares[kind] = np.frombuffer(tensor.data, "<f4").astype(float)[:MOST_LAYERS].tolist()
    return _Shares(layers[:MOST_LAYERS], shares)
