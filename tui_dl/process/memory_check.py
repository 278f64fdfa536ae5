"""Checks before a run starts that it fits into memory."""

from __future__ import annotations

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.memory.need import Need, need
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import gigabytes
from tui_dl.support.kernel_cache import compiled_files
from tui_dl.support.machine_memory import Available, available


def check_memory(experiment: Experiment) -> tuple[Need, Available]:
    """The memory that a run of `experiment` needs, and the memory available.

    Raises:
        UserError: it needs more; the message names the largest part and what to lower.
    """
    needed, there = need(experiment, compiled_files()), available()
    if not there.holds(needed.bytes, needed.unused):
        amounts = f"{gigabytes(needed.bytes)} needed and {gigabytes(there.bytes)} available"
        most = needed.largest
        if needed.libraries > there.bytes:
            alone = f"{gigabytes(needed.libraries)} of it for Python and the kernels"
            raise UserError(f"memory: {amounts}, {alone}: free memory or raise the limit")
        raise UserError(
            f"memory: {amounts}, {gigabytes(most.bytes)} of it for {most.name}: lower {most.lower}"
        )
    return needed, there
