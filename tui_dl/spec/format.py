"""The format number of experiment files, events, checkpoints and summaries."""

from __future__ import annotations

from tui_dl.support.errors import UserError
from tui_dl.support.version import version

FORMAT = 1  # written into every file; files without a number are of format 0


def newer_format(found: int, what: str, written_by: str = "") -> str:
    """One line where `what` is of a newer format than this version reads; else empty.

    Args:
        found: its format.
        what: the file or run, with which the line begins.
        written_by: the version of tui-dl that wrote it, where that is known.
    """
    if found <= FORMAT:
        return ""
    by = f"by tui-dl {written_by} " if written_by else ""
    return (
        f"{what}: written {by}in format {found}; this version, {version()}, reads formats "
        f"0 to {FORMAT}: update tui-dl"
    )


def check_format(found: int, what: str, written_by: str = "") -> None:
    """Raise UserError with the line that `newer_format` has, where there is one."""
    if says := newer_format(found, what, written_by):
        raise UserError(says)
