"""What a network is built from: a preset, a run, an experiment file, data, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui_dl import presets
from tui_dl.process.read_experiment import is_data, read
from tui_dl.runs.folder import Run, name_of
from tui_dl.runs.preset_name import preset_of_run
from tui_dl.spec.data.images import is_images
from tui_dl.spec.differences import described
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.run_title import run_title
from tui_dl.spec.tidy import tidy
from tui_dl.spec.toml.edits import without
from tui_dl.spec.toml.reading import text_of
from tui_dl.support.errors import UserError
from tui_dl.support.home_folders import expanded
from tui_dl.support.os_errors import why
from tui_dl.support.translations import tr

OF_LESSONS = ("lesson", "variant", "claim")  # they are of the preset as it is
NOTHING = """\
format = 1
title = "{title}"

[data]
source = "digits"

[[network]]
kind = "flatten"
[[network]]
kind = "dense"
units = 10

[train]
epochs = 20
"""


@dataclass(frozen=True)
class Origin:
    """A text to begin with, and what it is of.

    Attributes:
        name: what runs are called.
        text: the experiment file.
        base: the experiment that changes are named by; None where there is none.
        path: the file that it was read from, and is saved to; None where there is none.
        folder: where relative paths in it begin.
        run: the run whose network it is, if it is one's.
    """

    name: str
    text: str
    base: Experiment | None = None
    path: Path | None = None
    folder: Path = Path()
    run: Run | None = None

    def title_of(self, experiment: Experiment) -> str:
        """The title of a run of `experiment`: the name, and what differs from the base."""
        if self.base is None:
            return self.name
        return run_title(self.name, described(self.base, experiment), experiment)

    def saved(self, path: Path, text: str) -> Origin:
        """The same once it was written to a file."""
        return Origin(self.name, text, self.base, path, path.absolute().parent, self.run)


def of_nothing() -> Origin:
    """One dense layer that reads digits."""
    return Origin("network", NOTHING.format(title=tr("A network of my own")))


def of_run(run: Run) -> Origin:
    """The network of a run; raises UserError where its experiment is damaged."""
    name = preset_of_run(run) or run.name
    return Origin(name, tidy(run.experiment), run.experiment, run=run)


def of_name(name: str) -> Origin:
    """The network of a preset or file, or what is proposed for a file of data.

    Raises:
        UserError: there is no such preset or file, or it cannot be read.
    """
    if name in presets.COURSE:
        text = presets.find(name).read_text(encoding="utf-8")
        for key in OF_LESSONS:
            text = without(text, (key,))
        return Origin(name, text.rstrip() + "\n", read(name))
    path = expanded(name)
    try:
        is_of_data = is_data(name) or is_images(name) or path.is_dir()
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {why(error)}") from None
    if is_of_data:
        proposed = read(path)
        return Origin(name_of(f"{path.stem}.toml"), tidy(proposed), proposed)
    text = read_text(path)
    try:
        base = read(path)
    except UserError:  # the builder shows what is wrong with it
        base = None
    return Origin(name_of(path.name), text, base, path, path.absolute().parent)


def read_text(path: Path) -> str:
    """The text of an experiment file; raises UserError where it has none."""
    try:
        return text_of(path, str(path))
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {why(error)}") from None
