"""What a run keeps to describe data that was read from a file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tui_dl.runs import atomic, files
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import NOT_JSON

MOST = 1 << 26  # bytes of a description: thousands of columns and classes
SPEC = "data.json"


def write_spec(folder: Path, spec: DataSpec) -> None:
    """Write the description of the data into a run's folder; raises OSError."""
    atomic.replace(folder / SPEC, msgspec.json.format(msgspec.json.encode(spec)) + b"\n")


def described(folder: Path, experiment: Experiment) -> Experiment:
    """The experiment with the description of its data, if its source reads a file.

    Raises:
        UserError: the description cannot be read.
    """
    if not experiment.reads_file:
        return experiment
    path = folder / SPEC
    try:
        return experiment.described(msgspec.json.decode(files.read(path, MOST), type=DataSpec))
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error
    except NOT_JSON as error:
        raise UserError(f"{path}: the run is damaged: {error}") from None
