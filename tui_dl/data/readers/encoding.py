"""Text encodings: which one a file has, and its text as UTF-8."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from tui_dl.support.errors import UserError

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)  # the first begins like that of UTF-16
STEP = 1 << 22  # bytes validated at a time, so that the text is never held a second time
RUNS = re.compile(rb"[\x80-\xff]+")
SAVE = "save the file as UTF-8"
SEEN = 10_000  # runs of bytes over 127 that are looked at


class Decoded(NamedTuple):
    """Text in UTF-8 without a byte-order mark, and what was found."""

    data: bytes
    notes: list[str]


def to_utf8(data: bytes, name: str, encoding: str | None = None, or_say: str = "") -> Decoded:
    """The text of a file in UTF-8.

    Without `encoding` a byte-order mark decides; else UTF-8 if all bytes are valid; else
    Windows-1252, which contains Latin-1, if bytes over 127 stand alone between letters as they do
    in Western European text.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.
        encoding: the encoding, where the user says it.
        or_say: for messages: the end of their advice, where a key helps.

    Raises:
        UserError: a byte does not fit, named by its offset and line; or the name is unknown.
    """
    if encoding is not None:
        return Decoded(_decoded(data, name, encoding, or_say), [])
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        wrong = _first_not_utf8(data)
        if wrong is not None:
            what = _what(data, name, wrong, "UTF-8, as its byte-order mark says")
            raise UserError(f"{what}: {SAVE}{or_say}")
        return _without_nul(Decoded(data, ["a byte-order mark at the start"]), name, or_say)
    if data.startswith(UTF_32):
        return Decoded(_decoded(data, name, "utf-32", or_say), ["the encoding is UTF-32"])
    if data.startswith(UTF_16):
        return Decoded(_decoded(data, name, "utf-16", or_say), ["the encoding is UTF-16"])
    wrong = _first_not_utf8(data)
    if wrong is None:
        return _without_nul(Decoded(data, []), name, or_say)
    if not _is_western(data):
        raise UserError(f"{_what(data, name, wrong, 'UTF-8')}: {SAVE}{or_say}")
    try:
        text = data.decode("cp1252").encode()
    except UnicodeDecodeError as error:
        what = _what(data, name, error.start, "UTF-8 or Windows-1252")
        raise UserError(f"{what}: {SAVE}{or_say}") from None
    return _without_nul(
        Decoded(text, [f"byte {wrong:,} is not UTF-8: the encoding is Latin-1 (Windows-1252)"]),
        name,
        or_say,
    )


def _decoded(data: bytes, name: str, encoding: str, or_say: str) -> bytes:
    """`data` in the encoding that the user or the byte-order mark says, as UTF-8."""
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            what = _what(data, name, error.start, encoding)
            raise UserError(f"{what}: save the file as {encoding}{or_say}") from None
        raise UserError(
            f'data.encoding: Python knows no text encoding {encoding!r}; try "utf-8" or "latin-1"'
        ) from None
    return _without_nul(Decoded(text.removeprefix("\ufeff").encode(), []), name, or_say).data


def _first_not_utf8(data: bytes) -> int | None:
    """Offset of the first byte that is not UTF-8; None if all are."""
    if data.isascii():
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), STEP):
        held = len(decoder.getstate()[0])  # bytes of a character cut by the step before
        try:
            decoder.decode(data[start : start + STEP], final=start + STEP >= len(data))
        except UnicodeDecodeError as error:
            return start - held + error.start
    return None


def _is_western(data: bytes) -> bool:
    """Whether bytes over 127 mostly stand alone, and none of them form characters of UTF-8.

    In Korean, Chinese and Japanese encodings they come in runs. A file in UTF-8 with one damaged
    byte is not Western either: read as Latin-1 all its other characters would be wrong.
    """
    alone = valid = seen = 0
    for run in RUNS.finditer(data):
        seen += 1
        alone += len(run[0]) == 1
        valid += len(run[0]) > 1 and _first_not_utf8(run[0]) is None
        if seen == SEEN:
            break
    return valid * 10 <= seen and alone * 2 >= seen


def _without_nul(decoded: Decoded, name: str, or_say: str) -> Decoded:
    """`decoded`, unless it holds a NUL byte, which no text has."""
    place = decoded.data.find(b"\0")
    if place >= 0:
        line = decoded.data.count(b"\n", 0, place) + 1
        raise UserError(
            f"{name}, line {line:,}: byte {place:,} is NUL, which no text has: {SAVE}{or_say}"
        )
    return decoded


def _what(data: bytes, name: str, place: int, encoding: str) -> str:
    """A byte that does not fit an encoding, with its line."""
    line = data.count(b"\n", 0, place) + 1
    return f"{name}, line {line:,}: byte {place:,} (0x{data[place]:02x}) is not {encoding}"
