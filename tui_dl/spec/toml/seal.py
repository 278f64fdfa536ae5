"""The first line of a run's experiment.toml: a checksum over the lines below it."""

from __future__ import annotations

import re
import zlib

_SEAL = re.compile(rb"# ([0-9a-f]{8}): .*`tui-dl resume`.*")


def sealed(text: str) -> bytes:
    """The file of an experiment that is `text`, with its checksum as the first line."""
    content = text.encode()
    seal = "# %08x: checksum of the lines below; `tui-dl resume` needs them unchanged"
    return (seal % zlib.crc32(content)).encode() + b"\n" + content


def has_seal(content: bytes) -> bool:
    """Whether the first line is one that `sealed` writes, of this version or an older one."""
    return _SEAL.fullmatch(content.partition(b"\n")[0]) is not None


def is_intact(content: bytes) -> bool:
    """Whether the lines below the first are those it was written for; True without a comment."""
    first, _, rest = content.partition(b"\n")
    if not first.startswith(b"#"):
        return True
    found = _SEAL.fullmatch(first)
    return found is not None and int(found[1], 16) == zlib.crc32(rest)
