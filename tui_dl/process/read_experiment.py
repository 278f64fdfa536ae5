"""Reads an experiment whose data may be a file; a file of data alone gets a network proposed."""

from __future__ import annotations

from pathlib import Path

from tui_dl import presets
from tui_dl.spec.data.images import Images, is_images
from tui_dl.spec.data.melodies import is_tunes
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.data_names import DATA_NAMES, SOURCE_NAMES
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml import reading
from tui_dl.support import api_validation

TABLES = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".json", ".jsonl", ".ndjson")
TEXTS = (".text", ".conll", ".conllu", ".bio", ".iob")
NO_EXPERIMENTS = (  # the reader of tables says what these are
    ".xlsx", ".xls", ".ods", ".parquet", ".feather", ".arrow", ".h5", ".sqlite", ".db",
    ".pkl", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".html", ".xml", ".arff",
)  # fmt: skip


def read(name: str | Path, overrides: list[str] | None = None) -> Experiment:
    """The experiment of a preset's or data set's name, an experiment file, or data in files.

    Its data is described: a file that it names is read.

    Raises:
        UserError: naming the file or the override, the key path and what to do.
        TypeError: an argument is something else.
    """
    name = str(api_validation.path("name", name, "a preset's name or a file's path"))
    given = api_validation.texts("overrides", overrides or [])
    if name in presets.COURSE:
        return reading.read(name, given, describe)
    if name in Images.short_names or (_holds_images(name) and not is_tunes(name)):
        from tui_dl.process.propose_images import propose_for_images  # numpy takes 0.1 s

        return propose_for_images(name, given)
    if _is_data_file(name) or name in TableFile.short_names:
        from tui_dl.process.propose import propose

        return propose(Path(name), given)
    if name in SOURCE_NAMES and not Path(name).exists():
        from tui_dl.process.propose_for_source import propose_for_source

        return propose_for_source(name, given)
    return reading.read(name, given, describe)


def is_data(name: str) -> bool:
    """Whether a name is that of data, or a file is a table, a text or tunes."""
    return _is_data_file(name) or (name in DATA_NAMES and not Path(name).exists())


def _is_data_file(name: str) -> bool:
    """Whether a file is a table, a text or tunes and not an experiment; or a folder of tunes."""
    if is_tunes(name):
        return True
    return name.lower().removesuffix(".gz").endswith((*TABLES, *TEXTS, *NO_EXPERIMENTS))


def _holds_images(name: str) -> bool:
    """Whether a file is one of images by its name, or a folder has some."""
    if not is_images(name):
        return False
    from tui_dl.data.readers.read_images import holds_images

    return not Path(name).is_dir() or holds_images(Path(name))


def describe(experiment: Experiment) -> Experiment:
    """The experiment with the description of its data, and with what was found out in its keys."""
    if not experiment.reads_file:
        return experiment
    from tui_dl import data

    return data.describe(experiment)
