"""One transfer over HTTP: from where a part of a file ends to as much as the server gives.

urllib is used: what is special here, resuming a part and checking it, no HTTP library does.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from typing import BinaryIO
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from tui_dl.support.formatting import counted
from tui_dl.support.terminal_text import printable
from tui_dl.support.version import version

CHUNK = 1 << 16  # bytes that are read at a time
RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Report = Callable[[int], None]  # gets how many bytes are there


class TransferError(Exception):
    """Why a transfer ended early; what was received before is kept."""


def transfer(address: str, part: BinaryIO, size: int, timeout: float, report: Report) -> None:
    """Add to `part`, the beginning of a file of `size` bytes, what an address gives of the rest.

    A server that cannot give a rest gives the file from its beginning: then the part is begun anew.

    Args:
        address: of HTTP or HTTPS.
        part: open for appending.
        size: of the whole file.
        timeout: seconds without a byte after which the transfer ends.
        report: called after every few bytes.

    Raises:
        TransferError: the server does not answer, breaks off, or serves something else.
        OSError: the part cannot be written.
    """
    at = part.seek(0, 2)
    headers = {"User-Agent": f"tui-dl/{version()}", "Accept-Encoding": "identity"}
    if at:
        headers["Range"] = f"bytes={at}-"
    try:
        response = _opener().open(Request(address, headers=headers), timeout=timeout)
    except HTTPError as error:
        error.close()
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.truncate(0)
        raise TransferError(f"HTTP {error.code} {printable(str(error.reason))}".rstrip()) from None
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        raise TransferError(_reason(error, timeout)) from None
    with response:
        if response.status != http.client.PARTIAL_CONTENT:
            at = 0
            part.truncate(0)
        elif not _continues(response, at, size):
            part.truncate(0)
            raise TransferError("gives another part of the file than the one asked for")
        _check_length(response, size - at)
        while chunk := _next(response, timeout):
            at += len(chunk)
            if at > size:
                part.truncate(0)
                raise TransferError(f"sends more than {size:,} bytes")
            part.write(chunk)
            part.flush()  # a kill loses nothing
            report(at)
    if at < size:
        raise TransferError(f"broke off after {at:,} of {size:,} bytes")


def _opener() -> OpenerDirector:
    """Opens addresses of HTTP and HTTPS alone, also where one of them leads on to another kind."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(), UnknownHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(), HTTPErrorProcessor(),
    ):  # fmt: skip
        opener.add_handler(handler)
    return opener


def _continues(response: http.client.HTTPResponse, at: int, size: int) -> bool:
    """Whether a response, which is of a rest of the file, goes on where the part ends."""
    found = RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    return bool(found and int(found[1]) == at and found[2] in ("*", str(size)))


def _check_length(response: http.client.HTTPResponse, size: int) -> None:
    """Raise TransferError where the server says that it sends another number of bytes."""
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) != size:
        raise TransferError(f"has {counted(int(length), 'byte')}, and {size:,} are expected")


def _next(response: http.client.HTTPResponse, timeout: float) -> bytes:
    """The next few bytes; none at the end."""
    try:
        return response.read1(CHUNK)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise TransferError(_reason(error, timeout)) from None


def _reason(error: Exception, timeout: float) -> str:
    """Why there is no answer, in a few words."""
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, TimeoutError):
        return f"sent nothing for {timeout:g} s"
    if isinstance(inner, OSError) and inner.strerror:
        return printable(inner.strerror)
    return printable(str(inner) or type(inner).__name__)[:200]
