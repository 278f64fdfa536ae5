"""Edits a text in the user's editor while the dashboard waits."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import why

EDITORS = ("VISUAL", "EDITOR")  # variables that name one
USUAL = "vi"


def edit_text(app: App[Any], text: str) -> str:
    """`text` as the user has left it in the editor.

    Raises:
        UserError: there is no editor, or it has failed.
    """
    editor = next((it for name in EDITORS if (it := os.environ.get(name))), USUAL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "experiment.toml")
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                done = subprocess.run([*shlex.split(editor), str(path)], check=False)
        except SuspendNotSupported:
            raise UserError("this terminal cannot be handed to an editor") from None
        except (OSError, ValueError) as error:
            reason = why(error) if isinstance(error, OSError) else str(error)
            raise UserError(f"{editor}: {reason}: set EDITOR to an editor") from None
        if done.returncode:
            raise UserError(f"{editor}: ended with status {done.returncode}: nothing is changed")
        return path.read_text(encoding="utf-8", errors="replace")
