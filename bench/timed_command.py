"""The command line of `tui-dl`, and its worker, with the time that reading a user's data takes.

``timed_command.py TIMES ARGUMENT ...`` carries out a command in this process. It and the worker
add a line to the file TIMES: what it is, its processor time in seconds, and the part of it in which
data is read, inspected, prepared and handed over, with everything that is imported for that alone.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from tui_dl.support.lean_pyarrow import lean_pyarrow

WORKER = "--worker"


class Loading:
    """Sums the processor time of functions, which do not call each other."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def add(self, module: Any, name: str) -> None:
        """From now on, sum the time of a function of a module."""
        setattr(module, name, self.timed(getattr(module, name)))

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function, whose time is summed."""

        @wraps(function)
        def run(*arguments: Any, **keys: Any) -> Any:
            began = time.process_time()
            try:
                return function(*arguments, **keys)
            finally:
                self.seconds += time.process_time() - began

        return run

    def write(self, what: str, path: str) -> None:
        """Add this process's line to a file."""
        with Path(path).open("a") as file:
            file.write(json.dumps([what, time.process_time(), self.seconds]) + "\n")


def command(times: str, arguments: list[str]) -> int:
    """Carry out a command, whose worker is timed too; its exit status."""
    from tui_dl.cli.main import main
    from tui_dl.process import spawn

    def timed_worker(module: str, *own: str) -> list[str]:
        return [sys.executable, "-P", str(Path(__file__).absolute()), times, WORKER, *own]

    loading = Loading()
    sys.argv = ["tui-dl", *arguments]
    import numpy.random
    import psutil

    from tui_dl.cli.commands import train  # so much is imported whatever is trained, psutil too,

    assert numpy  # and this by every dashboard
    assert train
    assert psutil
    loading.timed(_import_readers)()
    from tui_dl import data
    from tui_dl.process import hand_over, propose

    for module, name in ((propose, "form_of"), (data, "inspect"), (hand_over, "leave")):
        loading.add(module, name)
    spawn.command = timed_worker
    status = main()
    loading.write("command", times)
    return status


def _import_readers() -> None:
    for module in ("hand_over", "propose"):
        import_module(f"tui_dl.process.{module}")


def worker(times: str) -> int:
    """Train the run that the command line names; the exit status."""
    import numpy.random

    from tui_dl import data
    from tui_dl.process import worker

    assert numpy
    loading = Loading()
    loading.add(data, "load")
    loading.add(worker, "take")
    status = worker.main()
    loading.write("worker", times)
    return status


if __name__ == "__main__":
    lean_pyarrow()
    path, first, *others = sys.argv[1:]
    if first == WORKER:
        os.umask(0o077)
        sys.argv = [sys.argv[0], *others]
        os._exit(worker(path))
    sys.exit(command(path, [first, *others]))
