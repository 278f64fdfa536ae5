"""What Python, its libraries, compiled kernels and its own objects take: measured figures."""

from __future__ import annotations

from tui_dl.experiment import Experiment
from tui_dl.layers import kind

MB = 1_000_000
LOADED, LOADED_KIND = 163 * MB, 4 * MB  # kernels from the cache, and those of each kind of layer
KERNELS = 65 * MB  # of those, what comes after the data
COMPILING, COMPILING_KIND = 35 * MB, 7 * MB  # beside, where they are compiled first
CALLS = 40_000  # of one layer, in all programs of a few threads


def libraries(experiment: Experiment, compiled: bool) -> int:
    """Bytes; `compiled` if the kernels are in the cache."""
    kinds = len({kind(row.layer) for row in experiment.rows})
    loaded = LOADED + LOADED_KIND * kinds
    return (
        loaded
        + (COMPILING + COMPILING_KIND * kinds) * (not compiled)
        + CALLS * len(experiment.rows)
    )
