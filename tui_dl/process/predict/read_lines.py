"""The lines of a user's file, each of which is a sample."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from tui_dl.data.readers.encoding import UTF_16
from tui_dl.data.readers.source_file import Wanted, read_source_file
from tui_dl.support.errors import UserError


def read_lines(path: Path, wanted: str) -> list[str]:
    """The lines of a file in UTF-8, packed with gzip or not; they are what is `wanted`.

    Raises:
        UserError: it is missing, empty, no text or not UTF-8, or a line is empty.
    """
    line = f"a line for each sample: {wanted}"
    file = read_source_file(path, Wanted("a text", line, f"give {line}"))
    content = file.data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in content and not content.startswith(UTF_16):
        raise UserError(f"{path} is no text: give {line}")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        place = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path}, line {place:,}: byte {error.start:,} (0x{content[error.start]:02x}) is not "
            "UTF-8: save the file as UTF-8"
        ) from None
    lines = re.sub(r"\r\n?", "\n", text).removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            raise UserError(f"{path}, line {number:,}: is empty: wanted: {wanted}")
    return lines
