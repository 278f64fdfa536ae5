"""The whole program a thousand times over, each time as a process of its own, in a moment.

One process imports everything and compiles what one experiment needs; a command line is carried
out by a fork of it, and the worker that it starts is a fork too, in place of another Python.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tests.faults.inject import inject

LONGEST = 30.0  # seconds for a command line
REAL_OPEN = os.open  # before a fault is injected


class Done(NamedTuple):
    """How a command line ended."""

    status: int
    out: str
    err: str


class Server:
    """The process that forks, seen from the tests."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def ask(self, *commands: list[str], **request: Any) -> list[Done]:
        """Carry out command lines in one process, or what else `_carry_out` knows."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps({"commands": commands, **request}), file=self._process.stdin, flush=True)
        return [Done(**done) for done in json.loads(self._process.stdout.readline())]

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def main() -> None:
    """Answer requests, one JSON object a line, until there are no more."""
    import tui_dl
    from tests.faults.tiny import EXPERIMENT
    from tui_dl.spec.toml.reading import parse

    for name in (
        "cli.main",
        "runs.view_follower",
        "cli.commands.resume",
        "cli.commands.runs",
        "cli.commands.show",
        "cli.commands.stop",
        "cli.commands.train",
    ):
        import_module(f"tui_dl.{name}")
    with tempfile.TemporaryDirectory() as folder:
        for _ in tui_dl.train(parse(EXPERIMENT, "experiment"), runs=folder, threads=1):
            pass
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        with tempfile.NamedTemporaryFile("r") as answer:
            _wait(_fork(partial(_carry_out, json.loads(line), Path(answer.name)), 1, 2))
            print(answer.read() or "[]", file=answers, flush=True)


def _wait(child: int) -> None:
    """Until it is over, or for as long as it may last."""
    deadline = time.monotonic() + LONGEST
    while not os.waitpid(child, os.WNOHANG)[0]:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.002)


def _carry_out(request: dict[str, Any], answer: Path) -> int:
    """Command lines one after the other, the dashboard's reader, or a worker.

    A `fault` is met by the worker, an `own_fault` by the first command line too.
    """
    from tui_dl.cli import main
    from tui_dl.process import worker
    from tui_dl.runs.folder import Run
    from tui_dl.runs.view_follower import RunFollower
    from tui_dl.support.errors import UserError

    def work(*arguments: str) -> int:
        os.setsid()
        sys.argv = ["worker", *arguments]
        if fault := request.get("fault"):
            inject(*fault)
        return worker.main()

    class Fork:
        """What `Popen` is to a worker."""

        def __init__(self, command: list[str], **streams: Any) -> None:
            rest = command[command.index("tui_dl.process.worker") + 1 :]
            handles = streams["stdout"].fileno(), streams["stderr"].fileno()
            self.pid = _fork(partial(work, *rest), *handles)

    def watch() -> int:
        try:
            run = Run(Path(request["watch"]))
            _ = run.experiment
            follower = RunFollower(run)
            with warnings.catch_warnings(action="ignore"):  # the dashboard shows none
                for _ in range(3):
                    follower.poll(100)
        except UserError as error:
            return main._complain(str(error), [], 2)
        return 0

    def train() -> int:
        run = Run(Path(request["work"]))
        with run.log.open("ab") as log:
            os.dup2(log.fileno(), 2)
        return work(str(run.path), "--threads", "1")

    subprocess.Popen = Fork  # type: ignore[misc,assignment]
    todo: list[Callable[[], int]] = [partial(main.main, it) for it in request["commands"]]
    todo += [watch] * ("watch" in request) + [train] * ("work" in request)
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        answer.open("wb") as file,  # before any fault
    ):
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        if fault := request.get("own_fault"):
            inject(*fault)
        done = [_outcome(it, out, err) for it in todo]
        file.write(json.dumps(done).encode())
    return 0


def _outcome(work: Callable[[], int], *streams: BinaryIO) -> dict[str, Any]:
    try:
        status = work()
    except BaseException:
        traceback.print_exc()
        status = -1
    sys.stdout.flush()
    sys.stderr.flush()
    texts = []
    for stream in streams:
        stream.seek(0)
        texts.append(stream.read().decode())
        stream.seek(0)
        stream.truncate()
    return {"status": status, "out": texts[0], "err": texts[1]}


def _fork(work: Callable[[], int], out: int, err: int) -> int:
    """The process id of a process that does `work`."""
    if child := os.fork():
        return child
    status = 1
    try:
        os.dup2(REAL_OPEN(os.devnull, os.O_RDONLY), 0)  # no call of the program's
        os.dup2(out, 1)
        os.dup2(err, 2)
        status = work()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
