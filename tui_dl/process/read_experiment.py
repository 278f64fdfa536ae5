"""Reads an experiment whose data may be a file; a file of data alone gets a network proposed."""

from __future__ import annotations

from pathlib import Path

from tui_dl import presets
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml import reading
from tui_dl.support import api_validation

TABLES = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".json", ".jsonl", ".ndjson")
NO_EXPERIMENTS = (  # the reader of tables says what these are
    ".xlsx", ".xls", ".ods", ".parquet", ".feather", ".arrow", ".h5", ".sqlite", ".db", ".npy",
    ".npz", ".pkl", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".html", ".xml",
)  # fmt: skip


def read(name: str | Path, overrides: list[str] | None = None) -> Experiment:
    """The experiment of a preset's or bundled table's name, an experiment file or a data file.

    Its data is described: a file that it names is read.

    Raises:
        UserError: naming the file or the override, the key path and what to do.
        TypeError: an argument is something else.
    """
    name = str(api_validation.path("name", name, "a preset's name or a file's path"))
    if name not in presets.COURSE and (is_table(name) or name in TableFile.bundled):
        from tui_dl.process.propose import propose  # numpy takes a tenth of a second

        return propose(Path(name), api_validation.texts("overrides", overrides or []))
    return reading.read(name, overrides, describe)


def is_table(name: str) -> bool:
    """Whether a file is to be read as a table and not as an experiment, by its ending."""
    return name.lower().removesuffix(".gz").endswith((*TABLES, *NO_EXPERIMENTS))


def describe(experiment: Experiment) -> Experiment:
    """The experiment with the description of its data, and with what was found out in its keys."""
    if not experiment.reads_file:
        return experiment
    from tui_dl import data

    return data.describe(experiment)
