"""The worker process: a run folder in, the trainer's events out to the same folder.

``python -m tui_dl.worker FOLDER`` is started by `runs.launch` and outlives whoever started it.
Where the folder has a checkpoint, training goes on from there. SIGTERM means the same as the
command to stop: checkpoint and end. So does whoever leaves a training in the middle.
"""

from __future__ import annotations

import argparse
import atexit
import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np

from tui_dl.engine.session import train
from tui_dl.engine.state import Checkpoint
from tui_dl.errors import UserError
from tui_dl.events import AnyEvent, Checkpointed, EpochEnded, Failed
from tui_dl.recipe import Change
from tui_dl.runs import checkpoint, listing, lock
from tui_dl.runs.control import AnyCommand, Mailbox, Stop
from tui_dl.runs.folder import Run
from tui_dl.runs.log import EventLog
from tui_dl.runs.room import FULL, why
from tui_dl.runs.steps import StepLog

WORDS = 4096  # bytes, more than enough to say why a run failed


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
    worker = Worker(run)
    signal.signal(signal.SIGTERM, worker.terminate)
    failures = [event for event in worker.train(options.threads) if isinstance(event, Failed)]
    return len(failures)


class Worker:
    """Writes what happens, and listens to the mailbox."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.events = EventLog(run.events)
        self.steps = StepLog(run.steps)
        self.mailbox = Mailbox(run.control)
        self.terminated = False
        self._room = run.path / ".room"  # for last words, should the disk be full by then

    def train(self, threads: int | None) -> Iterator[AnyEvent]:
        """Train, and hand out every event once it is written; the last is Ended or Failed.

        Whoever leaves before it stops the run.
        """
        events = self._train(threads)
        leave = partial(self._leave, events)
        atexit.register(leave)  # later, threads that compute would not answer
        try:
            for event in events:  # noqa: UP028 - `yield from` would end it at once
                yield event
        except (GeneratorExit, KeyboardInterrupt):
            leave()
            raise
        finally:
            atexit.unregister(leave)

    def _leave(self, events: Iterator[AnyEvent]) -> None:
        self.terminate()
        for _ in events:
            pass

    def _train(self, threads: int | None) -> Iterator[AnyEvent]:
        try:
            self._room.write_bytes(os.urandom(WORDS))
            for happening in train(self.run.experiment, threads, self._commands, self._last()):
                if isinstance(happening, np.ndarray):
                    self.steps.append(happening)
                elif isinstance(happening, Checkpoint):
                    yield self._keep(happening)
                elif isinstance(happening, Change):
                    self.run.record(happening)
                else:
                    yield self._tell(happening)
                    if isinstance(happening, EpochEnded):
                        self._sync()
        except Exception as error:
            yield self._fail(error)
        except KeyboardInterrupt as error:  # where nobody else takes it, as in Python
            self._fail(error)
            raise
        finally:
            self._room.unlink(missing_ok=True)
            with suppress(OSError):
                self._sync()
            self.steps.close()
            self.events.close()
            listing.keep(self.run)

    def terminate(self, *_: object) -> None:
        """End after the present step."""
        self.terminated = True

    def _tell(self, event: AnyEvent) -> AnyEvent:
        self.events.append(event)
        return event

    def _fail(self, error: BaseException) -> AnyEvent:
        """Say why the run cannot go on; what was done so far is kept."""
        self._room.unlink(missing_ok=True)
        return self._tell(_last_words(error, self.run))

    def _last(self) -> Checkpoint | None:
        """Where to go on from, if anywhere."""
        if not self.run.last.exists():
            return None
        tensors, metadata = checkpoint.read(self.run.last)
        epoch, step = int(metadata["epoch"]), int(metadata["step"])
        return Checkpoint("last", epoch, step, tensors, metadata["position"])

    def _keep(self, kept: Checkpoint) -> AnyEvent:
        """Write a checkpoint; what it says of both logs is on disk before it."""
        self._sync()
        metadata = {"epoch": str(kept.epoch), "step": str(kept.step)}
        if kept.name == "last":
            metadata |= {"position": kept.position}
            metadata |= {"events": str(self.events.size), "steps": str(self.steps.size)}
        checkpoint.write(self.run.checkpoints / f"{kept.name}.safetensors", kept.tensors, metadata)
        return self._tell(Checkpointed(name=kept.name, epoch=kept.epoch, step=kept.step))

    def _commands(self) -> list[AnyCommand]:
        """What somebody wants of the run."""
        terminated: list[AnyCommand] = [Stop()] if self.terminated else []
        self.terminated = False
        return self.mailbox.take() + terminated

    def _sync(self) -> None:
        self.steps.sync()
        self.events.sync()


def _last_words(error: BaseException, run: Run) -> Failed:
    if isinstance(error, UserError):
        return Failed(reason=str(error))
    if isinstance(error, OSError) and error.errno in FULL:
        reason = f"{run.path}: nothing more can be written: {why(error)}"
        return Failed(reason=reason, by_itself=False)
    if isinstance(error, KeyboardInterrupt):
        return Failed(reason="interrupted in the middle of a step", by_itself=False)
    traceback.print_exc()
    return Failed(reason=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    # Leave at once: nothing is open but what the kernel closes, and threads only wait.
    os._exit(main())
