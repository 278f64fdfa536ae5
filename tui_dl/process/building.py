"""An experiment that is being built: its text, what that says, and the file that it follows."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui_dl.process.origin import Origin, read_text
from tui_dl.process.read_experiment import describe
from tui_dl.runs import atomic
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.outline import Outline, outline
from tui_dl.spec.toml.draft import Draft
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import why

NEW_FILE = 0o666  # permissions, less those that the user's umask takes away


class Building:
    """A draft with its origin.

    Attributes:
        origin: what it was begun with.
        draft: the text and its history.
        outline: what the text says, row by row.
        saved: the text as it is on disk; None where it is on none.
        offered: what others have made of the file, where taking it would replace unsaved edits.
    """

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.draft = Draft(origin.text)
        self.saved = origin.text if origin.path else None
        self._described: dict[str, tuple[DataSpec, Experiment]] = {}
        self.offered: str | None = None
        self._stamp = _stamp(origin.path)  # of what was read or saved
        self._seen = self._last = self._stamp  # of what was taken or offered; at the last look
        self.refresh()

    @property
    def is_changed(self) -> bool:
        """Whether there is something that no file holds."""
        return self.draft.text != (self.origin.text if self.saved is None else self.saved)

    def refresh(self) -> None:
        """Make the outline of the text as it is now; of one that is no TOML, the rows before it."""
        self.outline = self.outlined(self.draft.raw)
        if self.draft.wrong:
            rows = [it._replace(nodes=(), wrong="") for it in self.outline.rows]
            wrong = f"{self.draft.wrong}; the rows are those of before, until it is mended"
            self.outline = Outline(rows, None, wrong)

    def outlined(self, raw: dict[str, Any]) -> Outline:
        """The outline of `raw`, an experiment as TOML has it."""
        return outline(raw, self.origin.folder, self._describe)

    def _describe(self, experiment: Experiment) -> Experiment:
        """The experiment with its data described; a file is read once for each way to read it."""
        if not experiment.reads_file:
            return experiment
        data = replace(experiment.data, batch_size=1)
        key = json.dumps([repr(data), experiment.train.seed])
        if key not in self._described:
            found = describe(experiment)
            self._described[key] = found.data_spec, found
        spec, found = self._described[key]
        source = replace(found.data, batch_size=experiment.data.batch_size)
        return experiment.described(spec, source)

    def look_at_file(self) -> str:
        """Take what the file has become, if it was changed by others; returns what to say of it.

        Where there are unsaved edits, it is only `offered`.
        """
        path, stamp = self.origin.path, _stamp(self.origin.path)
        is_settled, self._last = stamp == self._last, stamp  # it may be half written
        if path is None or stamp == self._seen or not is_settled:
            return ""
        self._seen = stamp
        if stamp is None:
            self.saved, self.offered = "", None
            return f"{path} is gone; nothing typed is lost, and w saves it again"
        try:
            text = read_text(path)
        except UserError as error:
            return str(error)
        is_news, own = text != self.draft.text, self.is_changed
        self.saved = self.offered = text
        if is_news and own:
            return ""
        self.take_offered()
        return f"{path} was changed by another program, and is shown as it is now" * is_news

    def take_offered(self) -> None:
        """Take what others have made of the file, as an edit that can be undone."""
        if self.offered is not None:
            self.draft.replace(self.offered)
            self.offered, self._stamp = None, self._seen
            self.refresh()

    def needs_leave(self, path: Path) -> bool:
        """Whether a file is there that saving would overwrite with what it never had.

        Raises:
            UserError: it is a folder, or no name that a file can have.
        """
        try:
            if path.is_dir():
                raise UserError(f"{path} is a folder: write the name of a file in it")
            is_own = self.origin.path is not None and path.absolute() == self.origin.path.absolute()
            return path.exists() and not (is_own and _stamp(path) == self._stamp)
        except OSError as error:
            raise UserError(f"{path}: cannot be written: {why(error)}") from None

    def save(self, path: Path) -> None:
        """Write the text to a file; raises UserError where that cannot be."""
        try:
            there = path.resolve()
            if there.exists() and not os.access(there, os.W_OK):
                raise UserError(f"{path}: cannot be written: it is read-only")
            mode = there.stat().st_mode if there.exists() else NEW_FILE & ~_umask()
            atomic.replace(there, self.draft.text.encode())
            there.chmod(mode)
        except OSError as error:
            raise UserError(f"{path}: cannot be written: {why(error)}") from None
        self.origin = self.origin.saved(path, self.draft.text)
        self.saved, self.offered = self.draft.text, None
        self._stamp = self._seen = _stamp(path)


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    """What changes with a file; None where there is none."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
