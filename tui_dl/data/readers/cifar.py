"""Reads CIFAR-10's binary files: for each image a byte of its class, then reds, greens and blues.

The format: https://www.cs.toronto.edu/~kriz/cifar.html ("Binary version").
"""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.file_bytes import check_memory, fingerprint, read_bytes
from tui_dl.data.readers.image_set import ImageSet, PartName, image_set
from tui_dl.support.errors import UserError

SHAPE = 3, 32, 32
PIXELS = 3 * 32 * 32
CLASS_NAMES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
BATCH, TEST, ARCHIVE = "data_batch_", "test_batch", ".tar.gz"

Bytes = npt.NDArray[np.uint8]


def reads(path: Path) -> bool:
    """Whether a folder holds such files, or a file is one, or an archive of them, by its name."""
    if path.is_dir():
        return any(map(_is_batch, path.iterdir()))
    return _is_batch(path) or path.name.endswith(ARCHIVE)


def read(path: Path, resize: tuple[int, int] | None = None) -> ImageSet:
    """The images of a folder, of one file, or of the archive in which they are published.

    Raises:
        UserError: a file is missing, damaged, or none of these.
    """
    if path.name.endswith(ARCHIVE):
        contents = [read_bytes(path)]
        members = dict(_members(path, contents[0]))
    else:
        files = sorted(filter(_is_batch, path.iterdir())) if path.is_dir() else [path]
        contents = [read_bytes(it) for it in files]
        members = dict(zip(files, contents, strict=True))
    by_part: dict[PartName, list[Bytes]] = {}
    for file, content in members.items():
        by_part.setdefault(_part(file), []).append(_records(file, content))
    parts: dict[PartName, tuple[Bytes, Bytes]] = {}
    for part, records in by_part.items():
        joined = np.concatenate(records)
        parts[part] = joined[:, 1:].reshape(-1, *SHAPE), joined[:, 0]
    return image_set(str(path), parts, fingerprint(contents), CLASS_NAMES)


def _members(path: Path, content: bytes) -> Iterator[tuple[Path, bytes]]:
    """The files of the archive that hold images."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            for member in archive:
                name = Path(member.name)
                if member.isfile() and _is_batch(name):
                    check_memory(path, member.size)
                    file = archive.extractfile(member)
                    yield Path(path.name, name.name), file.read() if file else b""
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise UserError(f"{path}: a damaged archive ({error}): get the file again") from None


def _records(path: Path, content: bytes) -> Bytes:
    """(samples, 1 + pixels) the bytes of each image after that of its class."""
    count, rest = divmod(len(content), 1 + PIXELS)
    if rest or not count:
        raise UserError(
            f"{path}: no file of CIFAR-10: {len(content):,} bytes are no multiple of {1 + PIXELS:,}"
        )
    records = np.frombuffer(content, np.uint8).reshape(count, 1 + PIXELS)
    if len(wrong := np.flatnonzero(records[:, 0] >= len(CLASS_NAMES))):
        raise UserError(
            f"{path}: image {wrong[0] + 1:,} has class {records[wrong[0], 0]}, and there are 0 to "
            f"{len(CLASS_NAMES) - 1}: get the file again"
        )
    return records


def _part(path: Path) -> PartName:
    return "test" if path.name.startswith(TEST) else "train"


def _is_batch(path: Path) -> bool:
    return path.name.startswith((BATCH, TEST)) and path.suffix == ".bin"
