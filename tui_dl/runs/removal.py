"""Removing runs so that it can be undone: they are moved aside, and deleted later."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from secrets import token_hex

from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault, why
from tui_dl.support.private_files import make_folder

ASIDE = ".removed"  # a folder in the runs home; each removal of runs has one in it
KEPT = 86_400  # seconds that runs stay there whose remover was killed


class Removed:
    """The runs that were removed here, which come back in turn, until they are deleted."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / ASIDE / token_hex(4)
        self._runs: list[Run] = []

    def __len__(self) -> int:
        return len(self._runs)

    def remove(self, run: Run) -> None:
        """Move a run aside.

        Raises:
            UserError: it is live, or cannot be moved.
        """
        held = hold_over(run, "removed")
        try:
            for folder in (self._folder.parent, self._folder):
                make_folder(folder)
            run.path.rename(self._folder / run.id)
        except OSError as error:
            raise UserError(f"{run.id}: cannot be removed: {why(error)}") from None
        finally:
            os.close(held)
        self._runs.append(run)

    def undo(self) -> Run | None:
        """Bring back the run that was removed last; None where there is none."""
        if not self._runs:
            return None
        run = self._runs.pop()
        try:
            (self._folder / run.id).rename(run.path)
        except OSError as error:
            raise UserError(f"{run.id}: cannot be brought back: {why(error)}") from None
        return run

    def delete(self) -> None:
        """Delete all of them for good, and those whose remover was killed long ago."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._runs.clear()
        aside = self._home / ASIDE
        try:
            for folder in aside.iterdir():
                if time.time() - folder.lstat().st_mtime > KEPT:
                    shutil.rmtree(folder, ignore_errors=True)
            aside.rmdir()
        except OSError:  # there are others, or there is no such folder
            pass


def hold_over(run: Run, what: str) -> int:
    """The lock of a run that is over, so that no worker begins meanwhile; close it.

    Raises:
        UserError: the run is live, and cannot be `what`; or its folder cannot be used.
    """
    try:
        return lock.hold(run.lock)
    except BlockingIOError:
        raise UserError(f"{run.id}: it is live: it can be {what} once it is over") from None
    except OSError as error:
        raise UserError(f"{run.id}: cannot be {what}: {fault(error)}") from None
