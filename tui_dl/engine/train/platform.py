"""The software and hardware that a run is computed with, for its first event."""

from __future__ import annotations

from platform import python_version

import numba
import numpy as np

from tui_dl.kernels.core.cache import fingerprint
from tui_dl.protocol.events import Platform
from tui_dl.support.processors import cpu_name
from tui_dl.support.version import version


def this_platform() -> Platform:
    """Versions, the processor's name and the kernels' hash: what it takes to repeat a run."""
    versions = {
        "tui-dl": version(),
        "python": python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
    }
    return Platform(versions, cpu_name(), fingerprint())
