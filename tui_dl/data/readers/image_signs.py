"""How files of images begin."""

from __future__ import annotations

from pathlib import Path

STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\0", b"MM\0*")
LONGEST = max(map(len, STARTS))
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")


def is_image(path: Path) -> bool:
    """Whether a file begins or is named as images are; none that cannot be read is one."""
    try:
        if not path.is_file():  # to open a pipe is to wait for somebody to write
            return False
        with path.open("rb") as file:
            is_named = path.suffix.lower() in ENDINGS
            return is_named or file.read(LONGEST).startswith(STARTS)
    except OSError:
        return False
