"""Writes what training yields to the folder of its run."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from msgspec.structs import replace

from tui_dl.data.preparation import Preparation
from tui_dl.engine.train.session import Output
from tui_dl.engine.train.state import Checkpoint
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import (
    Acknowledged,
    AnyEvent,
    ArtifactWritten,
    Checkpointed,
    EpochEnded,
    Started,
)
from tui_dl.runs import artifacts, checkpoint, listing
from tui_dl.runs.event_log import EventLog, last_started
from tui_dl.runs.folder import Run
from tui_dl.runs.step_log import StepLog
from tui_dl.spec.train.config import Change


class Recording:
    """The events, step records, checkpoints and artifacts of a run, as they are written.

    Attributes:
        run: whose folder is written to.
        events: its log of events.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.events = EventLog(run.events)
        self._steps = StepLog(run.steps)

    def write(self, output: Output) -> AnyEvent | None:
        """Write one thing that training yields; the event of it, if there is one.

        The end of an epoch, and that a command was carried out, are on disk before it returns.

        Raises:
            OSError: it cannot be written.
        """
        match output:
            case np.ndarray():
                self._steps.append(output)
            case Change():
                self.run.record(output)
            case Preparation():  # a resumed run writes the same again
                checkpoint.write(self.run.preparation, output.tensors(), output.metadata())
            case Checkpoint():
                return self._write_checkpoint(output)
            case Artifact(kind=kind, epoch=epoch, step=step):
                artifacts.write(self.run, output)
                return self._append(ArtifactWritten(kind=kind, epoch=epoch, step=step))
            case Started():
                return self._begin(output)
            case _:
                self._append(output)
                if isinstance(output, EpochEnded | Acknowledged):
                    self._sync()
                return output
        return None

    def close(self) -> None:
        """Bring all to the disk if possible, close the logs and write the run's line of lists."""
        with suppress(OSError):
            self._sync()
        self._steps.close()
        self.events.close()
        listing.keep(self.run)

    def _begin(self, started: Started) -> AnyEvent:
        """Write the first event of this process; steps keep the fields that the run began with."""
        before = last_started(self.run.events)
        if before and before.layers == started.layers:
            self._steps.fields = before.step_fields
            started = replace(started, step_fields=before.step_fields)
        self._append(started)
        listing.keep(self.run)
        return started

    def _write_checkpoint(self, kept: Checkpoint) -> AnyEvent:
        """Write a checkpoint, after events and steps up to it are on disk."""
        self._sync()
        metadata = {"epoch": str(kept.epoch), "step": str(kept.step)}
        if kept.name == "last":
            metadata |= {"position": kept.position}
            metadata |= {"events": str(self.events.size), "steps": str(self._steps.size)}
        checkpoint.write(self.run.checkpoints / f"{kept.name}.safetensors", kept.tensors, metadata)
        return self._append(Checkpointed(name=kept.name, epoch=kept.epoch, step=kept.step))

    def _append(self, event: AnyEvent) -> AnyEvent:
        self.events.append(event)
        return event

    def _sync(self) -> None:
        self._steps.sync()
        self.events.sync()
