"""Names are words that engineers of the field know; a file has one idea."""

import re
import subprocess

import pytest

from tests.shell import ROOT

LONGEST = 300  # lines of a file
# Our own words for what the field has words for: no function, class or module has such a name.
GONE = {
    "contract", "outer", "Outer", "turn", "Turned", "Crew", "Team", "Pace", "Saving", "step_back",
    "ask_for", "judge", "tally", "worth", "last_words", "Signal", "Row", "attend", "Meters",
    "Snapshot", "Tail", "by_symbol", "lead", "tell", "serve", "mark", "spread", "rectifies",
    "intake", "streams", "explain", "extras", "hints",
}  # fmt: skip
DEFINED = re.compile(r"^\s*(?:async )?(?:def|class) (\w+)", re.MULTILINE)
FILES = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "*.py"], capture_output=True, text=True, cwd=ROOT
    ).stdout.split()
]


@pytest.mark.skipif(not FILES, reason="git lists the files: this is no clone")
def test_names_are_the_fields_words() -> None:
    named = {
        (name, str(file.relative_to(ROOT)))
        for file in FILES
        for name in (file.stem, *DEFINED.findall(file.read_text(encoding="utf-8")))
    }
    assert not {it for it in named if it[0] in GONE}


@pytest.mark.skipif(not FILES, reason="git lists the files: this is no clone")
def test_no_file_is_longer_than_one_idea() -> None:
    lengths = {str(file.relative_to(ROOT)): file.read_bytes().count(b"\n") for file in FILES}
    assert not {file: lines for file, lines in lengths.items() if lines > LONGEST}
