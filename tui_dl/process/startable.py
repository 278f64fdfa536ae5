"""Checks whether a run can be started here: libraries, memory, and a writable folder."""

from __future__ import annotations

from pathlib import Path

from tui_dl.process.memory_check import check_memory
from tui_dl.runs.folder import ELSEWHERE
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.memory.need import Need
from tui_dl.support.errors import UserError
from tui_dl.support.machine_memory import Available
from tui_dl.support.os_errors import unwritable


def check_startable(experiment: Experiment, home: Path) -> tuple[Need, Available]:
    """`check_trainable`; raises UserError also if the folder `home` of runs is not writable."""
    if reason := unwritable(home):
        raise UserError(f"{home}: runs cannot be kept here: {reason}: {ELSEWHERE}")
    return check_trainable(experiment)


def check_trainable(experiment: Experiment) -> tuple[Need, Available]:
    """The memory that a run of `experiment` needs, and the memory available.

    Raises:
        UserError: its data needs a library that is not installed, or memory is too small.
    """
    experiment.data.require_extra()
    return check_memory(experiment)
