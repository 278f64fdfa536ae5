"""Messages for errors of the operating system, with the file and what to do."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def why(error: OSError) -> str:
    """The reason of an error; for a full disk also what to do."""
    return f"{error.strerror or error}{': make room' * (error.errno in FULL)}"


def fault(error: OSError) -> str:
    """The file of an error and the reason."""
    return f"{error.filename}: {why(error)}" if error.filename else why(error)


def nearest(folder: Path) -> Path:
    """`folder` or its nearest parent that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def unwritable(folder: Path) -> str | None:
    """Why no file can be made in `folder` or its nearest existing parent; None if one can."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)):
            return None
    except OSError as error:
        return why(error)
