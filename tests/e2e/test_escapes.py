"""Nothing a terminal obeys comes out of any command or the dashboard, whatever a string holds."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

import msgspec
import pyte
import pytest
import tomli_w

from tests.fake_run import FIELDS, records
from tests.hostile import CONTROLS, MARKUP, TEXT, forbidden, holding, places
from tests.parsers import parsers
from tests.shell import ROOT, TUI_DL, tui_dl
from tui_dl.protocol import events
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run
from tui_dl.runs.step_log import StepLog
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.support.json_text import encode

NAME = CONTROLS.replace("\0", "") + "[red]x" + os.fsdecode(b"\xff")  # of files: no NUL, no slash
LESSON = {"look": TEXT, "why": f"[a link](http://x/{CONTROLS})", "try": f"`{TEXT}`"}
PALETTE = "Search for commands"  # in its field
OURS = re.compile(
    r"\x1b(\[[\d;?<>=:]*[ $]?[a-zA-Z]|[()][AB0]|[=>78M]|P.*?\x1b\\|\]22;[a-z-]*\x07)"
)  # sequences
FILE = {
    "title": MARKUP,
    "chapter": MARKUP,
    "data": {"source": "digits"},
    "network": [{"kind": "flatten"}, {"kind": "dense", "units": 10}],
    "lesson": {"en": LESSON, "ko": LESSON},
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run that failed, of a hostile name in a hostile home, with every event there can be."""
    home = tmp_path / NAME
    monkeypatch.setenv("TUI_DL_RUNS", str(home))
    path = home / f"20260101-000000-{NAME}y-abcd"
    for folder in ("checkpoints", "control"):
        (path / folder).mkdir(parents=True)
    experiment = parse(tomli_w.dumps(FILE), "hostile.toml")
    (path / "experiment.toml").write_text(experiment.to_toml(), encoding="utf-8")
    made = Run(path)
    assert made.experiment.lesson == experiment.lesson  # what is written stays what it was
    log, steps = EventLog(made.events), StepLog(made.steps)
    for kind in get_args(events.AnyEvent):
        event = holding(kind, TEXT)
        if isinstance(event, events.Started):
            event = msgspec.structs.replace(event, step_fields=FIELDS, layers=[TEXT, "한글"])
        if isinstance(event, events.Ended):
            continue
        log.append(event)
    log.append(events.Evaluated(split="test", loss=1.0, accuracy=0.5, metrics={TEXT: 0.5}))
    steps.append(records(40))
    log.append(holding(events.Failed, TEXT))
    made.log.write_text(f"Traceback\n{TEXT}\n", encoding="utf-8", errors="surrogateescape")
    made.lock.touch()
    return made


class Screen:
    """A program on a pseudo-terminal of our own; every byte it has sent is kept."""

    def __init__(self, command: list[str], columns: int = 200, rows: int = 50) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)
        self._bytes = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def wait_for(self, seen: Callable[[str], bool], patience: float = 60.0) -> str:
        """Everything sent so far, once `seen` is true of the screen, or the program has ended."""
        deadline = time.monotonic() + patience
        while not seen(shown := "\n".join(self._screen.display)):
            assert time.monotonic() < deadline, shown
            if not self._read():
                break
        return self._bytes.decode(errors="surrogateescape")

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], 0.2)[0]:
            return True
        some = b""
        with suppress(OSError):  # the end
            some = os.read(self._ours, 65536)
        self._bytes += some
        self._stream.feed(some)
        return bool(some)

    def press(self, keys: str) -> None:
        """Send `keys` as a keyboard does."""
        os.write(self._ours, keys.encode())

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def on_screen() -> Iterator[Callable[[list[str]], Screen]]:
    opened: list[Screen] = []

    def open_one(command: list[str]) -> Screen:
        opened.append(Screen(command))
        return opened[-1]

    yield open_one
    for screen in opened:
        screen.close()


def requests(file: Path, run: Run) -> list[list[str]]:
    """Command lines with something hostile in every place that takes a word."""
    found = [
        [NAME],
        [f"--{NAME}"],
        ["--runs", f"/nowhere/{NAME}", "runs"],
        ["runs", "--debug", NAME],
    ]
    for name, command in parsers().items():
        options = [
            it for action in command._actions for it in action.option_strings if it[:2] == "--"
        ]
        found += [[name, word] for word in (NAME, str(file), "last", f"--{NAME}")]
        found += [[name, "last", "--json"]]
        found += [[name, NAME, option, NAME] for option in options]
        found += [[name, "last", option, NAME] for option in options]
    found += [
        ["check", "lenet5", "--set", f"{key}={TEXT[:9]}\x1b]0;T\x07"] for key in places(Experiment)
    ]
    found += [["check", "lenet5", "--set", f"{NAME}=3"], ["set", "last", f"learning_rate={NAME}"]]
    found += [["set", run.id, "learning_rate=1"], ["resume", run.id, "--json", "--threads", NAME]]
    found += [
        ["check", str(file.with_name(f"bad{NAME}.toml"))],
        ["train", "lenet5", "--name", NAME],
    ]
    found += [["doctor"], ["doctor", "--json"], ["runs"], ["presets"]]
    begin = [["resume", "last"], ["resume", "last", "--json"], ["attach", "last"]]
    return [it for it in found if it not in [*begin, ["train", str(file)], ["warmup", str(file)]]]


MANY = """
import json, sys
from tui_dl.cli.main import main
for request in json.load(open(sys.argv[1])):
    if "--help" not in request and "--version" not in request:
        print(">", ascii(request), flush=True)
        main(request)
"""


def test_no_command_prints_what_a_terminal_obeys(
    run: Run, tmp_path: Path, on_screen: Callable[[list[str]], Screen]
) -> None:
    file = tmp_path / f"{NAME}.toml"
    file.write_text(tomli_w.dumps(FILE), encoding="utf-8")
    file.with_name(f"bad{NAME}.toml").write_text(f'title = "{MARKUP}\x1b"', encoding="utf-8")
    asked = requests(file, run)
    (tmp_path / "asked.json").write_text(json.dumps(asked))
    command = [sys.executable, "-c", MANY, str(tmp_path / "asked.json")]
    said = on_screen(command).wait_for(lambda shown: False)
    assert said.count("\n> ") > 100
    assert forbidden(said.replace("\r\n", "\n")) == []
    assert said.count(MARKUP) > 20  # as it is
    piped = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    assert forbidden((piped.stdout + piped.stderr).decode()) == []
    for request in (["runs", "--json"], ["show", "last", "--json"]):
        it = json.loads(tui_dl(*request).stdout)
        assert it["diagnoses"][0]["message"] == TEXT  # exactly, by escapes
        assert it["path"] == json.loads(encode(str(run.path)))


def test_the_dashboard_draws_nothing_that_a_terminal_obeys(
    run: Run, on_screen: Callable[[list[str]], Screen]
) -> None:
    screen = on_screen([*TUI_DL, "attach"])
    screen.wait_for(lambda shown: "failed" in shown and MARKUP in shown and "layer" in shown)
    screen.press("s")
    screen.wait_for(lambda shown: "already ended" in shown)
    screen.press("?")
    screen.wait_for(lambda shown: "esc closes" in shown)
    screen.press("\x1b")
    screen.wait_for(lambda shown: "esc closes" not in shown)
    screen.press("q")
    said = screen.wait_for(lambda shown: False)
    assert forbidden(OURS.sub("", said).replace("\r", "")) == []
    assert said.count(MARKUP) > 3
    assert "TITLE" in said


def test_the_library_draws_nothing_that_a_terminal_obeys(
    tmp_path: Path, on_screen: Callable[[list[str]], Screen]
) -> None:
    file = tmp_path / "hostile.toml"
    file.write_text(tomli_w.dumps(FILE), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from tui_dl import presets;"
        "from tui_dl.cli import main; from tui_dl.process import readiness;"
        f"presets.COURSE = ('one', 'two'); presets.find = lambda name: Path({str(file)!r});"
        "readiness.are_ready = lambda: True; sys.exit(main.main([]))"
    )
    screen = on_screen([sys.executable, "-c", code])
    screen.wait_for(lambda shown: "What you will see" in shown and "a link" in shown)
    screen.press("j")
    screen.press("\x10")  # ctrl+p
    screen.wait_for(lambda shown: PALETTE in shown)
    screen.press("\x1b")
    screen.wait_for(lambda shown: PALETTE not in shown)
    screen.press("q")
    said = screen.wait_for(lambda shown: False)
    assert forbidden(OURS.sub("", said).replace("\r", "")) == []
    assert said.count(MARKUP) > 3
