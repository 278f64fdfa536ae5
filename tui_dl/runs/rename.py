"""Renaming a run: its folder gets another name, with the moment and the digits it had."""

from __future__ import annotations

import os
from unicodedata import normalize

from tui_dl.runs import listing
from tui_dl.runs.folder import BYTES, LETTERS, Run, is_name
from tui_dl.runs.removal import hold_over
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import why

RULE = (
    f"a run's name is up to {LETTERS} letters, digits, `-`, `_` or `.`, in at most {BYTES} bytes, "
    "and not `last`"
)


def checked_name(text: str) -> str:
    """`text` as a run's name; raises UserError where it cannot be one."""
    name = normalize("NFC", text)
    if not is_name(name):
        raise UserError(f"{text!r}: {RULE}")
    return name


def rename(run: Run, name: str) -> Run:
    """Give a run another name; its id changes too.

    Raises:
        UserError: it is live, `name` is none, or the folder cannot be renamed.
    """
    name = checked_name(name)
    held = hold_over(run, "renamed")
    try:
        new = Run(run.path.with_name(f"{run.id[:15]}-{name}-{run.id.rpartition('-')[2]}"))
        if new.path != run.path and os.path.lexists(new.path):
            raise UserError(f"{new.id}: there is a run of that id already")
        run.path.rename(new.path)
    except OSError as error:
        raise UserError(f"{run.id}: cannot be renamed: {why(error)}") from None
    finally:
        os.close(held)
    listing.keep(new)
    return new
