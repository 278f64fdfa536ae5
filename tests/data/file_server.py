"""A server on this machine that serves a file well or badly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Behaviour = Literal[
    "good", "breaks off", "no range", "other range", "longer", "says less", "says more", "other",
    "silent", "absent", "redirects", "redirects to a file", "redirects for ever", "no length",
    "rubbish", "drips", "hangs",
]  # fmt: skip
STEP = 1000  # bytes after which a server that breaks off does so


@dataclass
class Server:
    """What is served, and how.

    Attributes:
        content: the file.
        behaviour: of the next answers.
        ranges: the header Range of each request so far, empty where there was none.
        release: lets a server that hangs go on.
    """

    content: bytes
    behaviour: Behaviour = "good"
    address: str = ""
    ranges: list[str] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    paths: list[str] = field(default_factory=list)


@contextmanager
def serving(content: bytes, behaviour: Behaviour = "good") -> Iterator[Server]:
    """A server of one file, as long as the context lasts."""
    server = Server(content, behaviour)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.ranges.append(self.headers.get("Range", ""))
            server.paths.append(self.path)
            _answer(self, server)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.address = f"http://127.0.0.1:{http.server_address[1]}/file"
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        http.shutdown()
        http.server_close()
        thread.join()


def _answer(request: BaseHTTPRequestHandler, server: Server) -> None:
    """One answer."""
    how, whole = server.behaviour, server.content
    start = int(request.headers.get("Range", "bytes=0-")[6:-1])
    if how == "rubbish":
        request.wfile.write(b"\x00\x1b[31m rubbish\r\n\r\n")
        return
    if how == "silent":
        server.release.wait(20)
        return
    if how == "absent":
        request.send_error(404)
        return
    if how.startswith("redirects") and request.path != "/there":
        target = {"redirects": "/there", "redirects to a file": "file:///etc/passwd"}
        request.send_response(302)
        request.send_header("Location", target.get(how, "/file"))
        request.end_headers()
        return
    if how == "no range":
        start = 0
    if start and start >= len(whole):
        request.send_error(416)
        return
    body = bytes(reversed(whole)) if how == "other" else whole
    said = {"says less": len(whole) - start - 7, "says more": len(whole) - start + 7}
    rest = body[start:] + b"more" * (how == "longer")
    request.send_response(206 if start else 200)
    if start:
        first = start + 5 * (how == "other range")
        request.send_header("Content-Range", f"bytes {first}-{len(whole) - 1}/{len(whole)}")
    if how not in ("no length", "longer"):
        request.send_header("Content-Length", str(said.get(how, len(rest))))
    request.end_headers()
    if how == "breaks off":
        rest = rest[:STEP]
    if how == "hangs":
        request.wfile.write(rest[:STEP])
        server.release.wait(20)
        return
    for at in range(0, len(rest), STEP if how == "drips" else len(rest) or 1):
        request.wfile.write(rest[at : at + STEP] if how == "drips" else rest)
        request.wfile.flush()
