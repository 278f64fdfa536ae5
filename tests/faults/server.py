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
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.inject import inject

LONGEST = 30.0  # seconds for a command line


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

    def ask(self, *arguments: str, **request: Any) -> dict[str, Any]:
        """Carry out a command line; see `Request`."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps({"arguments": arguments, **request}), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def serve() -> None:
    """Answer requests, one JSON object a line, until there are no more."""
    import tui_dl
    from tests.faults.test_faults import EXPERIMENT
    from tui_dl.experiment import parse

    with tempfile.TemporaryDirectory() as folder:
        for _ in tui_dl.train(parse(EXPERIMENT, "experiment"), runs=folder, threads=1):
            pass
    import tui_dl.ui.tail  # so that no fork has to

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        print(json.dumps(_carry_out(json.loads(line))), file=answers, flush=True)


def _carry_out(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = _fork(lambda: _command(request), out.fileno(), err.fileno())
        deadline = time.monotonic() + LONGEST
        status = None
        while status is None:
            pid, code = os.waitpid(child, os.WNOHANG)
            if pid:
                status = os.waitstatus_to_exitcode(code)
            elif time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                status = -1000
            time.sleep(0.005)
        out.seek(0)
        err.seek(0)
        return {"status": status, "out": out.read().decode(), "err": err.read().decode()}


def _command(request: dict[str, Any]) -> int:
    """A command line, or the dashboard's reader, with a fault in it or in the worker it starts."""
    from tui_dl import cli, worker
    from tui_dl.runs import launch
    from tui_dl.runs.folder import Run
    from tui_dl.ui.tail import Tail

    def work(*arguments: str) -> int:
        os.setsid()
        sys.argv = ["worker", *arguments]
        if fault := request.get("fault"):
            inject(*fault)
        return worker.main()

    class Fork:
        """What `Popen` is to a worker."""

        def __init__(self, command: list[str], **streams: Any) -> None:
            rest = command[command.index("tui_dl.worker") + 1 :]
            handles = streams["stdout"].fileno(), streams["stderr"].fileno()
            self.pid = _fork(lambda: work(*rest), *handles)

    if "work" in request:
        run = Run(Path(request["work"]))
        with run.log.open("ab") as log:
            os.dup2(log.fileno(), 2)
        return work(str(run.path), "--threads", "1")
    launch.subprocess.Popen = Fork  # type: ignore[misc,assignment]
    if fault := request.get("own_fault"):
        inject(*fault)
    if arguments := request["arguments"]:
        return cli.main(arguments)
    tail = Tail(Run(Path(request["watch"])))
    for _ in range(3):
        tail.poll(100)
    return 0


def _fork(work: Callable[[], int], out: int, err: int) -> int:
    """The process id of a process that does `work`."""
    if child := os.fork():
        return child
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        status = work()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve()
