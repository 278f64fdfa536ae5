"""The format number of experiment files, events, checkpoints and summaries."""

from __future__ import annotations

from tui_dl.support.errors import UserError
from tui_dl.support.version import version

FORMAT = 1  # written into every file; files without a number are of format 0


class NewerFormatError(UserError):
    """A file was written in a format that this version cannot read."""


def check_format(found: int, what: str, written_by: str = "") -> None:
    """Raise NewerFormatError where `what` is of a newer format than this version reads.

    Args:
        found: its format.
        what: the file or run, with which the message begins.
        written_by: the version of tui-dl that wrote it, where that is known.
    """
    if found > FORMAT:
        by = f"by tui-dl {written_by} " if written_by else ""
        raise NewerFormatError(
            f"{what}: written {by}in format {found}; this version, {version()}, reads formats "
            f"0 to {FORMAT}: update tui-dl"
        )
