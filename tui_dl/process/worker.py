"""The worker process: a run folder in, the trainer's events out to the same folder.

A process of this module is started by `runs.launch` and outlives whoever started it.
Where the folder has a checkpoint, training goes on from there. SIGTERM means the same as the
command to stop: checkpoint and end. So does whoever leaves a training in the middle.
"""

from __future__ import annotations

import argparse
import atexit
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.protocol.commands import AnyCommand, Stop
from tui_dl.protocol.events import (
    Acknowledged,
    AnyEvent,
    Checkpointed,
    EpochEnded,
    Failed,
    Refused,
    Started,
)
from tui_dl.runs import atomic, checkpoint, files, listing, lock
from tui_dl.runs.folder import Run
from tui_dl.runs.log import LAST_WORD, EventLog, last_started
from tui_dl.runs.mailbox import Mailbox
from tui_dl.runs.steps import StepLog
from tui_dl.spec.train import Change
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import FULL, fault, why

WORDS = 4096  # bytes, more than enough to say why a run failed


def main() -> int:
    """Train the run of the given folder; 0 when it ended as it should, 1 when it failed."""
    parser = argparse.ArgumentParser(prog="python -m tui_dl.process.worker", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--lock", type=int, help="handle on worker.lock, already locked")
    options = parser.parse_args()
    run = Run(options.folder)
    try:
        held = lock.hold(run.lock) if options.lock is None else options.lock
        with lock.Keeper(run.lock, held) as keeper:
            worker = Worker(run, keeper)
            signal.signal(signal.SIGTERM, worker.terminate)
            events = worker.train(options.threads)
            return len([event for event in events if isinstance(event, Failed)])
    except lock.TakenError as error:
        print(f"tui-dl: {error}", file=sys.stderr)
    except OSError as error:
        _leave_word(run, error)
    return 1


class Worker:
    """Writes what happens, and listens to the mailbox."""

    def __init__(self, run: Run, keeper: lock.Keeper) -> None:
        self.run = run
        self._keeper = keeper
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
            self._reserve_room()
            for happening in train(self.run.experiment, threads, self._commands, self._last()):
                if isinstance(happening, np.ndarray):
                    self.steps.append(happening)
                elif isinstance(happening, Checkpoint):
                    yield self._keep(happening)
                elif isinstance(happening, Change):
                    self.run.record(happening)
                elif isinstance(happening, Started):
                    yield self._begin(happening)
                else:
                    yield self._tell(happening)
                    if isinstance(happening, EpochEnded | Acknowledged):
                        self._sync()
        except lock.TakenError:  # what is in the folder is another worker's now
            raise
        except Exception as error:
            yield self._fail(error)
        except KeyboardInterrupt as error:  # where nobody else takes it, as in Python
            self._fail(error)
            raise
        finally:
            with suppress(OSError):
                self._room.unlink(missing_ok=True)
            with suppress(OSError):
                self._sync()
            self.steps.close()
            self.events.close()
            listing.keep(self.run)

    def _begin(self, started: Started) -> AnyEvent:
        """Write the first event of this process; steps keep the fields that the run began with."""
        before = last_started(self.run.events)
        if before and before.layers == started.layers:
            self.steps.fields = before.step_fields
            started = replace(started, step_fields=before.step_fields)
        event = self._tell(started)
        listing.keep(self.run)
        return event

    def _reserve_room(self) -> None:
        room = atomic.Log(self._room)
        room.write(os.urandom(WORDS))
        room.close()

    def terminate(self, *_: object) -> None:
        """End after the present step."""
        self.terminated = True

    def _tell(self, event: AnyEvent) -> AnyEvent:
        self.events.append(event)
        return event

    def _fail(self, error: BaseException) -> AnyEvent:
        """Say why the run cannot go on; what was done so far is kept."""
        with suppress(OSError):
            self._room.unlink(missing_ok=True)
        failed = _last_words(error, self.run)
        try:
            self.events.append(failed)
        except OSError as fault:
            _leave_word(self.run, fault)
        return failed

    def _last(self) -> Checkpoint | None:
        """Where to go on from, if anywhere."""
        if not files.present(self.run.last):
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

    def _commands(self) -> Iterator[AnyCommand | Refused]:
        """What somebody wants of the run; each is on disk by the time the next is asked for."""
        self._keeper.look_after()
        self.run.control.mkdir(mode=0o700, exist_ok=True)  # it may have been deleted
        yield from self.mailbox.take()
        if self.terminated:
            self.terminated = False
            yield Stop()

    def _sync(self) -> None:
        self.steps.sync()
        self.events.sync()


def _last_words(error: BaseException, run: Run) -> Failed:
    if isinstance(error, UserError):
        return Failed(reason=str(error), by_itself=not isinstance(error.__cause__, OSError))
    if isinstance(error, OSError):
        place = Path(os.fsdecode(error.filename or run.path))
        full = error.errno in FULL and run.path in (place, *place.parents)
        reason = f"{run.path}: nothing more can be written: {why(error)}" if full else fault(error)
        return Failed(reason=reason, by_itself=False)
    if isinstance(error, MemoryError):
        reason = (
            "memory: there is none left: lower data.batch_size or the layers' sizes, or free some"
        )
        return Failed(reason=reason, by_itself=False)
    if isinstance(error, KeyboardInterrupt):
        return Failed(reason="interrupted in the middle of a step", by_itself=False)
    traceback.print_exc()
    return Failed(reason=f"{type(error).__name__}: {error}")


def _leave_word(run: Run, error: OSError) -> None:
    """Say what went wrong where no event can be written, in the first way there is.

    Where nothing can be opened the log may be open already, as standard error; where nothing can
    be written a link can still have a name.
    """
    line = f"{LAST_WORD}{fault(error)}\n".encode(errors="replace")
    ways: list[Callable[[], object]] = [
        lambda: atomic.Log(run.log).write(line),
        lambda: os.write(2, line),
        lambda: run.word.symlink_to(fault(error)),
    ]
    for leave in ways:
        with suppress(OSError):
            leave()
            return


if __name__ == "__main__":
    # Leave at once: nothing is open but what the kernel closes, and threads only wait.
    os._exit(main())
