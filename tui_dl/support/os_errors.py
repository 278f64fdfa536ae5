"""What the operating system refused, told with the file and with what to do."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def why(error: OSError) -> str:
    """Why nothing can be written, and what to do where there is no room."""
    return f"{error.strerror or error}{': make room' * (error.errno in FULL)}"


def fault(error: OSError) -> str:
    """Which file it was, and why it cannot be used."""
    return f"{error.filename}: {why(error)}" if error.filename else why(error)


def nearest(folder: Path) -> Path:
    """`folder` itself or its nearest parent that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def unwritable(folder: Path) -> str | None:
    """Why no file can be made in `folder`, or in the one that it would be made in, if none can."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)):
            return None
    except OSError as error:
        return why(error)
