"""Gradient norms by layer, of the last steps and of every epoch up to some step."""

from __future__ import annotations

import numpy as np

from tui_dl.runs.step_log import Records

SAMPLED = 50  # steps of an epoch that are enough for its median gradient norm
SETTLE = 10  # steps over which a gradient norm is the median


class GradientHistory:
    """Median gradient norms by epoch; those of whole epochs are computed once."""

    def __init__(self, steps_per_epoch: int) -> None:
        self._per_epoch = steps_per_epoch
        self._whole: dict[int, list[float]] = {}  # by the epoch's first step

    def by_epoch(self, records: Records, every: int) -> list[list[float]]:
        """Medians by layer in each `every`-th epoch of the steps `records`."""
        return [
            self._epoch(records, first) for first in range(0, len(records), self._per_epoch * every)
        ]

    def _epoch(self, records: Records, first: int) -> list[float]:
        whole = first + self._per_epoch <= len(records)
        if whole and first in self._whole:
            return self._whole[first]
        sample = max(1, self._per_epoch // SAMPLED)
        norms = _medians(records[first : first + self._per_epoch : sample])
        if whole:
            self._whole[first] = norms
        return norms


def latest(records: Records) -> list[float]:
    """Median gradient norm by layer over the last steps of `records`."""
    return _medians(records[-SETTLE:])


def _medians(records: Records) -> list[float]:
    medians: list[float] = np.median(records["layer_gradient_norm"].astype(float), axis=0).tolist()
    return medians
