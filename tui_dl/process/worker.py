"""The worker process: trains the experiment of a run folder, writes events and checkpoints to it.

`process.launch` starts it; it goes on after its parent ends. If the folder has a checkpoint,
training continues from there. SIGTERM does the same as the stop command: checkpoint, then end. So
does closing the iterator of `Worker.train`.
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

from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.kernels.core.kernel_error import KernelError
from tui_dl.process.hand_over import take
from tui_dl.process.pacing import Pacing
from tui_dl.process.recording import Recording
from tui_dl.protocol.commands import AnyCommand, Stop
from tui_dl.protocol.events import AnyEvent, Continued, EpochEnded, Failed, Refused
from tui_dl.runs import atomic, checkpoint, files, lock
from tui_dl.runs.event_log import LAST_WORD
from tui_dl.runs.folder import Run
from tui_dl.runs.mailbox import Mailbox, pending
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import FULL, fault, why

RESERVED = 4096  # bytes, more than enough for the event of a failure


def main() -> int:
    """Train the run in a folder; returns the exit status: 0 if it ended, 1 if it failed."""
    parser = argparse.ArgumentParser(prog="worker", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--pace", type=float, help="epochs a second, at most")
    parser.add_argument("--lock", type=int, help="handle on worker.lock, already locked")
    options = parser.parse_args()
    run = Run(options.folder)
    try:
        held = lock.hold(run.lock) if options.lock is None else options.lock
        with lock.Keeper(run.lock, held) as keeper:
            worker = Worker(run, keeper, options.pace)
            signal.signal(signal.SIGTERM, worker.terminate)
            events = worker.train(options.threads)
            return len([event for event in events if isinstance(event, Failed)])
    except lock.TakenError as error:
        print(f"tui-dl: {error}", file=sys.stderr)
    except UserError as error:  # the lock cannot be had
        _report(run, str(error))
    except OSError as error:
        _report(run, fault(error))
    return 1


class Worker:
    """Trains a run: writes its events, step records and checkpoints, and reads its commands."""

    def __init__(self, run: Run, keeper: lock.Keeper, pace: float | None = None) -> None:
        self.run = run
        self._keeper = keeper
        self._recording = Recording(run)
        self.mailbox = Mailbox(run.control)
        self.terminated = False
        run.log.touch(mode=0o600)  # also from Python, without a log: a run without this file waits
        self._pacing = Pacing(pace, self._is_interrupted) if pace else None
        self._reserved: atomic.Log | None = None

    def train(self, threads: int | None) -> Iterator[AnyEvent]:
        """Train, and yield every event after it was written; the last is Ended or Failed.

        Closing the iterator before stops the run: a checkpoint is written first.
        """
        events = self._train(threads)
        stop = partial(self._stop, events)
        atexit.register(stop)  # before the interpreter stops the threads that compute
        try:
            for event in events:  # noqa: UP028 - `yield from` would close `events` at once
                yield event
        except (GeneratorExit, KeyboardInterrupt):
            stop()
            raise
        finally:
            atexit.unregister(stop)

    def _stop(self, events: Iterator[AnyEvent]) -> None:
        """Stop the run after the present step, and write all that follows."""
        self.terminate()
        for _ in events:
            pass

    def _train(self, threads: int | None) -> Iterator[AnyEvent]:
        try:
            self._reserve_space()
            for output in train(
                self.run.experiment,
                threads,
                self._commands,
                self._last_checkpoint(),
                take(self.run),
            ):
                if (event := self._recording.write(output)) is not None:
                    yield event
                if self._pacing and isinstance(output, EpochEnded):
                    self._pacing.wait()
                elif self._pacing and isinstance(output, Continued):
                    self._pacing.restart()
        except lock.TakenError:  # the folder is now another worker's
            raise
        except Exception as error:
            yield self._fail(error)
        except KeyboardInterrupt as error:  # when used from Python
            self._fail(error)
            raise
        finally:
            self._free_space()
            self._recording.close()

    def _reserve_space(self) -> None:
        """Reserve disk space for the event of a failure, in a file that is open but has no name."""
        path = self.run.path / ".room"
        self._reserved = atomic.Log(path)
        self._reserved.write(os.urandom(RESERVED))
        path.unlink()  # a worker that is killed leaves nothing behind

    def _free_space(self) -> None:
        if self._reserved:
            self._reserved.close()
            self._reserved = None

    def terminate(self, *_: object) -> None:
        """Request a stop after the present step; also the handler of SIGTERM."""
        self.terminated = True

    def _fail(self, error: BaseException) -> AnyEvent:
        """Write and return the event of a failure."""
        self._free_space()
        failed = _failed_event(error, self.run)
        try:
            self._recording.events.append(failed)
        except OSError as refused:
            _report(self.run, fault(refused))
        return failed

    def _last_checkpoint(self) -> Checkpoint | None:
        """The checkpoint to continue from; None at the start of a run."""
        if not files.present(self.run.last):
            return None
        tensors, metadata = checkpoint.read(self.run.last)
        epoch, step = int(metadata["epoch"]), int(metadata["step"])
        return Checkpoint("last", epoch, step, tensors, metadata["position"])

    def _commands(self) -> Iterator[AnyCommand | Refused]:
        """Yield new commands; the events of each are on disk before the next is read."""
        self._keeper.look_after()
        self.run.control.mkdir(mode=0o700, exist_ok=True)  # in case it was deleted
        yield from self.mailbox.take()
        if self.terminated:
            self.terminated = False
            yield Stop()

    def _is_interrupted(self) -> bool:
        """Whether there is something to be done before the next step."""
        self._keeper.look_after()
        try:
            return self.terminated or bool(pending(self.run.control))
        except OSError:  # who looks for commands next deals with it
            return True


def _failed_event(error: BaseException, run: Run) -> Failed:
    """The event for an exception that ended the training."""
    if isinstance(error, UserError | KernelError):
        return Failed(reason=str(error), by_itself=not isinstance(error.__cause__, OSError))
    if isinstance(error, OSError):
        place = Path(os.fsdecode(error.filename or run.path))
        full = error.errno in FULL and run.path in (place, *place.parents)
        reason = f"{run.path}: cannot write: {why(error)}" if full else fault(error)
        return Failed(reason=reason, by_itself=False)
    if isinstance(error, MemoryError):
        reason = "out of memory: lower data.batch_size or the layers' sizes, or free memory"
        return Failed(reason=reason, by_itself=False)
    if isinstance(error, KeyboardInterrupt):
        return Failed(reason="interrupted in the middle of a step", by_itself=False)
    traceback.print_exc()
    return Failed(reason=f"{type(error).__name__}: {error}")


def _report(run: Run, says: str) -> None:
    """Report an error where no event can be written, in the first of three ways that works.

    Where no file can be opened, the log may be open already as standard error. Where no byte can be
    written, a symbolic link can still be made, whose target is the message.
    """
    line = f"{LAST_WORD}{says}\n".encode(errors="replace")
    ways: list[Callable[[], object]] = [
        lambda: atomic.Log(run.log).write(line),
        lambda: os.write(2, line),
        lambda: run.word.symlink_to(says),
    ]
    for report in ways:
        with suppress(OSError):
            report()
            return
