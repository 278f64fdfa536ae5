"""Can a run be started here? One answer for `check` and for all that starts or resumes runs."""

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
    """`check_trainable`, and UserError too where runs cannot be kept in `home`."""
    if reason := unwritable(home):
        raise UserError(f"{home}: runs cannot be kept here: {reason}: {ELSEWHERE}")
    return check_trainable(experiment)


def check_trainable(experiment: Experiment) -> tuple[Need, Available]:
    """What memory a run of `experiment` takes, and what there is.

    Raises:
        UserError: its data needs an extra that is missing, or it takes more memory than there is.
    """
    experiment.data.require_extra()
    return check_memory(experiment)
