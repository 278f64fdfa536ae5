"""Running the real program, with and without a terminal."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path

from tui_dl.cli.main import main

ROOT = Path(__file__).parents[1]
TUI_DL = [sys.executable, "-m", "tui_dl"]


def tui_dl(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The program without a terminal, to its end."""
    return subprocess.run(
        [*TUI_DL, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
    )


def in_process(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The same for what ends before anything is started: no Python that loads its modules anew."""
    streams = [TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    with chdir(cwd), redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        status = main(arguments)
    texts = [it.buffer.getvalue().decode() for it in streams]
    return subprocess.CompletedProcess(arguments, status, *texts)


def on_terminal(columns: int, rows: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program with a terminal of that size on standard input and output, to its end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    shown = b""
    try:
        done = subprocess.run(
            [*TUI_DL, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            cwd=ROOT,
            env=os.environ | {"TERM": "xterm-256color"},
        )
    finally:
        os.close(theirs)
    with suppress(OSError):  # the end of what was shown is an error
        while some := os.read(ours, 4096):
            shown += some
    os.close(ours)
    done.stdout = shown.decode().replace("\r\n", "\n")
    return done
