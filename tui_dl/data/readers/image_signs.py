"""How files of images begin."""

from __future__ import annotations

from pathlib import Path

STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\0", b"MM\0*")
LONGEST = max(map(len, STARTS))


def is_image(path: Path) -> bool:
    """Whether a file begins as images do; no file that cannot be read does."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST).startswith(STARTS)
    except OSError:
        return False
