"""Starting a worker that outlives the dashboard, the shell and the connection."""

from __future__ import annotations

import os
import subprocess
import sys

from tui_dl.runs import lock
from tui_dl.runs.folder import Run


def launch(run: Run, threads: int | None = None) -> int:
    """Start the worker of `run` in a session of its own and return its process id.

    The lock is taken here and inherited, so there is no moment at which the run looks dead.
    """
    held = lock.hold(run.lock)
    command = [sys.executable, "-m", "tui_dl.worker", str(run.path), "--lock", str(held)]
    if threads:
        command += ["--threads", str(threads)]
    try:
        with run.log.open("ab") as log:
            worker = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[held],
            )
    finally:
        os.close(held)
    return worker.pid
