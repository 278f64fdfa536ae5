"""Memory of Python, its libraries and the compiled kernels: measured figures."""

from __future__ import annotations

from collections.abc import Container

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.base import kind

MB = 1_000_000
LOADED, LOADED_KIND = 163 * MB, 4 * MB  # kernels from the cache, and those of each kind of layer
KERNELS = 65 * MB  # of those, what comes after the data
COMPILING, COMPILING_KIND = 35 * MB, 7 * MB  # beside, where some are compiled first
COMPILING_CELL = 60 * MB  # and for the large kernels of recurrent layers, of one kind or more
CALLS = 40_000  # of one layer, in all programs of a few threads

# Where a kind's kernels are, unless in a file of its name; views need none.
FILES = {"dense": "transpose", "conv2d": "convolution", "upsample2d": "avg_pool2d"}
FILES |= {"residual": "elementary", "flatten": "transpose"}


def libraries(experiment: Experiment, compiled: Container[str] | None) -> int:
    """Bytes; `compiled` are the kernels' files that are in the cache, None if all are."""
    kinds = {kind(node.layer) for node in experiment.nodes}
    missing = [] if compiled is None else [k for k in kinds if FILES.get(k, k) not in compiled]
    loaded = LOADED + LOADED_KIND * len(kinds) + CALLS * len(experiment.nodes)
    if not missing:
        return loaded
    cell = any(KINDS[k].is_recurrent or KINDS[k].reads_target for k in missing)
    return loaded + COMPILING + COMPILING_KIND * len(missing) + COMPILING_CELL * cell
