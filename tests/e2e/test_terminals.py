"""What the dashboard sends to terminals of many kinds, read byte by byte."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import PATIENCE
from tests.shell import ROOT, TUI_DL

ASKED, ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"  # whether output can be synchronised: it can
BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"
COLOUR = re.compile(rb"\x1b\[([0-9;]*)m")
UNSET = ("LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR", "COLORTERM", "TMUX", "STY")


def sent(tmp_path: Path, answers: bool = False, **environment: str) -> bytes:
    """All that the library sends until it is left by q; keys are answered like a terminal does."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    basis = {name: value for name, value in os.environ.items() if name not in UNSET}
    child = subprocess.Popen(
        TUI_DL, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=basis | environment
    )
    os.close(theirs)
    found, asked, left = b"", False, False
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not select.select([ours], [], [], 0.2)[0]:
            continue
        try:
            new = os.read(ours, 65536)
        except OSError:  # it has closed the terminal
            break
        if not new:
            break
        found += new
        if answers and not asked and ASKED in found:
            asked = True
            os.write(ours, ANSWER)
        if not left and b"Quit" in found and b"flatten_1" in found:
            left = True
            os.write(ours, b"q")
    child.wait(timeout=PATIENCE)
    os.close(ours)
    assert left, found
    return found


def colours(output: bytes) -> set[str]:
    """The kinds of colours that are used: true, 256, 16."""
    kinds = set()
    for codes in COLOUR.findall(output):
        parts = codes.decode().split(";")
        if "38" in parts or "48" in parts:
            at = parts.index("38" if "38" in parts else "48")
            kinds.add({"2": "true", "5": "256"}[parts[at + 1]])
        elif any(it.isdigit() and int(it) in {*range(30, 48), *range(90, 108)} for it in parts):
            kinds.add("16")
    return kinds


@pytest.mark.parametrize(
    ("environment", "allowed"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, {"true"}),
        ({"TERM": "screen-256color"}, {"256", "16"}),
        ({"TERM": "linux"}, {"16"}),
    ],
    ids=["true", "256", "16"],
)
def test_only_colours_that_the_terminal_has_are_sent(
    environment: dict[str, str], allowed: set[str], tmp_path: Path
) -> None:
    used = colours(sent(tmp_path, False, LANG="C.UTF-8", **environment))
    assert used
    assert used <= allowed


def test_no_color_sends_no_colours(tmp_path: Path) -> None:
    output = sent(tmp_path, LANG="C.UTF-8", TERM="xterm", COLORTERM="truecolor", NO_COLOR="1")
    codes = {int(it or 0) for found in COLOUR.findall(output) for it in found.split(b";")}
    assert codes <= {0, 1, 2, 7}
    assert 7 in codes  # what is highlighted


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LANG": "de_DE"}])
def test_outside_utf_8_only_ascii_is_sent(locale: dict[str, str], tmp_path: Path) -> None:
    output = sent(tmp_path, False, TERM="xterm-256color", **locale)
    assert output.isascii()
    assert b"?" * 3 not in output
    assert b"+-" in output


@pytest.mark.parametrize("answers", [True, False])
def test_frames_are_synchronised_where_the_terminal_can(answers: bool, tmp_path: Path) -> None:
    output = sent(tmp_path, answers, TERM="xterm-256color", LANG="C.UTF-8")
    assert ASKED in output
    assert (BEGIN in output) == answers
    assert output.count(BEGIN) == output.count(END)
