"""The run folder: its files, and creating one."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from secrets import randbelow
from unicodedata import category, normalize

from msgspec.structs import replace

from tui_dl.runs import atomic, data_files, files
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.toml.seal import is_intact, sealed
from tui_dl.spec.train.config import Change, with_change
from tui_dl.support.errors import UserError
from tui_dl.support.private_files import make_folder
from tui_dl.support.terminal_text import is_printable

MOST = 1 << 22  # bytes of an experiment
LETTERS, BYTES = 64, 192  # of a run's name: Korean takes 3 bytes a letter
ATTEMPTS = 100  # at an id that no other run has
TAKEN = (errno.EEXIST, errno.ENOTEMPTY)  # there is a folder of that name already
ELSEWHERE = "choose another folder with --runs or TUI_DL_RUNS"


@dataclass(frozen=True)
class Run:
    """One run, as its folder; the same folder on any machine is the same run."""

    path: Path

    @property
    def id(self) -> str:
        """The folder's name: <yyyymmdd-hhmmss>-<name>-<8 hex>; in format 0 with 4."""
        return self.path.name

    @property
    def name(self) -> str:
        """The preset's name, or the one given with --name."""
        return "-".join(self.id.split("-")[2:-1])

    @property
    def began(self) -> str:
        """Text that sorts in the order of creation: the second, then digits of its fraction."""
        return self.id[:15] + self.id.rpartition("-")[2]

    @cached_property
    def experiment(self) -> Experiment:
        """The experiment, resolved and complete; raises UserError where it is damaged."""
        try:
            text = files.read(self.file, MOST).decode()
        except OSError as error:
            raise UserError(f"{self.file}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError:
            raise UserError(f"{self.file}: the run is damaged: not UTF-8 text") from None
        return parse(text, str(self.file), of_run=True, describe=self._described)

    @property
    def experiment_fault(self) -> str:
        """Why the experiment cannot be read; empty where it can, or the whole run is gone."""
        try:
            _ = self.experiment
        except UserError as error:
            if os.path.lexists(self.path):
                return str(error).removeprefix(f"{self.path}/")
        return ""

    def _described(self, experiment: Experiment) -> Experiment:
        """The experiment with the description of its data, where that was read from a file."""
        return data_files.described(self.path, experiment)

    def check_seal(self) -> None:
        """Raise UserError where the experiment is not the text that was written.

        Training goes on from a checkpoint only by the experiment that led there.
        """
        if not is_intact(files.read(self.file, MOST)):
            raise UserError(
                f"{self.file}: it is not as it was written: undo the change, or train it as a run "
                "of its own"
            )

    def record(self, change: Change) -> None:
        """Write into the experiment what was done to the run."""
        self._rewrite(with_change(self.experiment.train.change, change))

    def rewrite_to_resume(self) -> None:
        """Write the experiment in the newest format and without stops, before the run is resumed.

        Nothing is written where it is so already.
        """
        changes = [change for change in self.experiment.train.change if not change.stop]
        if sealed(self._with(changes).to_toml()) != files.read(self.file, MOST):
            self._rewrite(changes)

    def _rewrite(self, changes: list[Change]) -> None:
        new = self._with(changes)
        atomic.replace(self.file, sealed(new.to_toml()))
        self.__dict__["experiment"] = new

    def _with(self, changes: list[Change]) -> Experiment:
        old = self.experiment
        return old.with_train(replace(old.train, change=changes))

    @property
    def file(self) -> Path:
        """The experiment, with what was done to the run."""
        return self.path / "experiment.toml"

    @property
    def preparation(self) -> Path:
        """What turns rows of the user's file into inputs; only where the data is a file."""
        return self.path / "data.safetensors"

    @property
    def events(self) -> Path:
        """Rare facts, one JSON object a line."""
        return self.path / "events.jsonl"

    @property
    def steps(self) -> Path:
        """One fixed-width record a step."""
        return self.path / "steps.bin"

    @property
    def checkpoints(self) -> Path:
        """Folder of last.safetensors and best.safetensors."""
        return self.path / "checkpoints"

    @property
    def last(self) -> Path:
        """The checkpoint from which training can go on."""
        return self.checkpoints / "last.safetensors"

    @property
    def artifacts(self) -> Path:
        """Folder of what observers have seen; there is none before the first."""
        return self.path / "artifacts"

    @property
    def control(self) -> Path:
        """Mailbox of commands to the worker."""
        return self.path / "control"

    @property
    def lock(self) -> Path:
        """Held by the worker as long as it lives."""
        return self.path / "worker.lock"

    @property
    def word(self) -> Path:
        """A link to nowhere, whose target is why a worker ended that could write nothing."""
        return self.path / ".word"

    @property
    def log(self) -> Path:
        """The worker's standard streams."""
        return self.path / "worker.log"


def name_of(experiment: str) -> str:
    """A run's name, of a preset's or as much of a file's as can be one."""
    composed = normalize("NFC", Path(experiment).stem)  # macOS takes letters to pieces
    words = "".join(it if _may_name(it) else " " for it in composed).split()
    return _shortened("-".join(words).strip("-.")).strip("-.") or "run"


def name_of_title(title: str) -> str:
    """A run's name, of a title: ``lenet5-filters-12`` of ``lenet5 · filters=12``."""
    return name_of(f"{title.replace('/', ' ')}.toml")


def with_suffix(name: str, suffix: str) -> str:
    """A run's name that ends in `suffix`, which is short, after as much of `name` as fits."""
    room = f"-{suffix}"
    cut = name[: LETTERS - len(room)].encode()[: BYTES - len(room.encode())]
    return cut.decode(errors="ignore").rstrip("-.") + room


def is_name(text: str) -> bool:
    """Whether a run can have this name."""
    letters = all(map(_may_name, text)) and text[:1] not in ("", "-", ".")
    return letters and text == _shortened(text) and text != "last"


def _may_name(character: str) -> bool:
    """Letters and digits of all scripts, the marks on them, and some signs."""
    letter = character.isalnum() or category(character).startswith("M")
    return character in "_.-" or (letter and is_printable(character))


def _shortened(name: str) -> str:
    """As much of `name` as there is room for: the folder's, around it, has 255 bytes at most."""
    return name[:LETTERS].encode()[:BYTES].decode(errors="ignore")


def create(home: Path, name: str, experiment: Experiment) -> Run:
    """Make a new run folder, private to the user, whole or not at all.

    Raises:
        UserError: the runs home cannot be written.
    """
    content = sealed(experiment.to_toml())
    for _ in range(ATTEMPTS):
        run_id = _new_id(name)
        try:
            return _create(home, run_id, content, experiment)
        except OSError as error:
            if error.errno not in TAKEN:
                raise _unwritable(home, error) from None
            refusal = error
    raise _unwritable(home, refusal)


def _new_id(name: str) -> str:
    """An id that sorts behind those made before it: 5 digits are the fraction of the second.

    The other 3 are random, for two processes may begin in the same microsecond.
    """
    now = datetime.now()
    fraction = (now.microsecond << 20) // 1_000_000
    return f"{now:%Y%m%d-%H%M%S}-{name}-{fraction:05x}{randbelow(1 << 12):03x}"


def _create(home: Path, run_id: str, content: bytes, experiment: Experiment) -> Run:
    """Make the folder under another name, and rename it once it is complete.

    Raises:
        OSError: it cannot be made, or there is one with that id.
    """
    make_folder(home)
    building = home / f".{run_id}"
    building.mkdir(mode=0o700)
    try:
        for folder in ("checkpoints", "control"):
            (building / folder).mkdir(mode=0o700)
        atomic.replace(building / "experiment.toml", content)
        if experiment.reads_file:
            data_files.write_spec(building, experiment.data_spec)
        (building / "events.jsonl").touch(mode=0o600)
        building.rename(home / run_id)
    except OSError:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Run(home / run_id)


def _unwritable(home: Path, error: OSError) -> UserError:
    return UserError(f"{home}: runs cannot be kept here: {error.strerror}: {ELSEWHERE}")
