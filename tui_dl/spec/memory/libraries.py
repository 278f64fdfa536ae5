"""Memory of Python, its libraries and the compiled kernels: measured figures."""

from __future__ import annotations

from collections.abc import Container

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.base import kind
from tui_dl.spec.memory.kernel_files import kernel_files

MB = 1_000_000
LOADED, LOADED_KIND = 149 * MB, 4 * MB  # kernels from the cache, and those of each kind of layer
KERNELS = 51 * MB  # of those, what comes after the data
COMPILING, COMPILING_KIND = 49 * MB, 7 * MB  # beside, where some are compiled first
COMPILING_CELL = 60 * MB  # and for the large kernels of recurrent layers, of one kind or more
CALLS = 40_000  # of one layer, in all programs of a few threads


def libraries(experiment: Experiment, compiled: Container[str] | None) -> int:
    """Bytes; `compiled` are the kernels' files that are in the cache, None if all are."""
    kinds = {kind(node.layer) for node in experiment.nodes}
    missing = [k for k in kinds if not _compiled(k, compiled)]
    loaded = LOADED + LOADED_KIND * len(kinds) + CALLS * len(experiment.nodes)
    if not missing:
        return loaded
    cell = any(KINDS[k].is_recurrent or KINDS[k].reads_target for k in missing)
    return loaded + COMPILING + COMPILING_KIND * len(missing) + COMPILING_CELL * cell


def _compiled(name: str, compiled: Container[str] | None) -> bool:
    """Whether kernels of this kind are in the cache."""
    if compiled is None or name in compiled:
        return True
    return any(file in compiled for file in kernel_files(name))
