"""Does a run fit into this machine? Asked before anything of it is allocated."""

from __future__ import annotations

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.memory.need import Need, need
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import gigabytes
from tui_dl.support.kernel_cache import compiled_files
from tui_dl.support.machine_memory import Available, available


def check_memory(experiment: Experiment) -> tuple[Need, Available]:
    """What a run of `experiment` takes, and what there is.

    Raises:
        UserError: it takes more; the message says what takes most, and what to lower.
    """
    wanted, there = need(experiment, compiled_files()), available()
    if not there.holds(wanted.bytes, wanted.unused):
        says = f"{gigabytes(wanted.bytes)} needed and {gigabytes(there.bytes)} available"
        most = wanted.largest
        if wanted.libraries > there.bytes:
            alone = f"{gigabytes(wanted.libraries)} of it for Python and the kernels"
            raise UserError(f"memory: {says}, {alone}: free some, or raise the limit")
        raise UserError(
            f"memory: {says}, {gigabytes(most.bytes)} of it for {most.name}: lower {most.lower}"
        )
    return wanted, there
