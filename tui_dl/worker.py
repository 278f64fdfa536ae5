"""The worker process: a run folder in, the trainer's events out to the same folder.

``python -m tui_dl.worker FOLDER`` is started by `runs.launch` and outlives whoever started it.
SIGTERM means the same as the command to stop: checkpoint and end.
"""

from __future__ import annotations

import argparse
import os
import signal
import traceback
from pathlib import Path

import numpy as np
from safetensors.numpy import save

from tui_dl.engine.state import Checkpoint
from tui_dl.engine.train import train
from tui_dl.errors import UserError
from tui_dl.events import Acknowledged, Checkpointed, EpochEnded, Failed
from tui_dl.runs import atomic, lock
from tui_dl.runs.control import Mailbox
from tui_dl.runs.folder import Run
from tui_dl.runs.log import EventLog
from tui_dl.runs.steps import StepLog


def main() -> int:
    """Train the run of the given folder; 0 when it ended as it should, 1 when it failed."""
    parser = argparse.ArgumentParser(prog="python -m tui_dl.worker", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--lock", type=int, help="handle on worker.lock, already locked")
    options = parser.parse_args()
    run = Run(options.folder)
    if options.lock is None:
        lock.hold(run.lock)
    return Worker(run).work(options.threads)


class Worker:
    """Writes what happens, and listens to the mailbox."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.events = EventLog(run.events)
        self.steps = StepLog(run.steps)
        self.mailbox = Mailbox(run.control)
        self.step = 0
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop_soon)

    def work(self, threads: int | None) -> int:
        """Train; whatever goes wrong becomes a Failed event, its traceback is in the log."""
        try:
            for happening in train(self.run.experiment, threads, self._stop):
                if isinstance(happening, np.ndarray):
                    self.steps.append(happening)
                    self.step += 1
                elif isinstance(happening, Checkpoint):
                    self._keep(happening)
                else:
                    self.events.append(happening)
                    if isinstance(happening, EpochEnded):
                        self._sync()
        except UserError as error:
            self.events.append(Failed(reason=str(error)))
            return 1
        except Exception as error:
            traceback.print_exc()
            self.events.append(Failed(reason=f"{type(error).__name__}: {error}"))
            return 1
        finally:
            self._sync()
        return 0

    def _keep(self, checkpoint: Checkpoint) -> None:
        tensors = {name: np.ascontiguousarray(t) for name, t in checkpoint.tensors.items()}
        metadata = {"epoch": str(checkpoint.epoch), "step": str(checkpoint.step)}
        path = self.run.checkpoints / f"{checkpoint.name}.safetensors"
        atomic.replace(path, save(tensors, metadata))
        name, epoch, step = checkpoint.name, checkpoint.epoch, checkpoint.step
        self.events.append(Checkpointed(name=name, epoch=epoch, step=step))

    def _stop(self) -> bool:
        """Whether somebody wants the run to end; commands are acknowledged as they are taken."""
        for command in self.mailbox.take():
            self.stopping = True
            self.events.append(Acknowledged(command=command.command, step=self.step))
        return self.stopping

    def _stop_soon(self, *_: object) -> None:
        self.stopping = True

    def _sync(self) -> None:
        self.steps.sync()
        self.events.sync()


if __name__ == "__main__":
    # Leave at once: nothing is open but what the kernel closes, and threads only wait.
    os._exit(main())
