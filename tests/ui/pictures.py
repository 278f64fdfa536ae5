"""Leaves pictures in a run folder, as observers would."""

from __future__ import annotations

from msgspec.structs import replace

from tests.cases import named
from tests.ui.fabricate import STEPS_PER_EPOCH, Worker
from tui_dl.protocol import events
from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run.pictures import PicturesPanel

DRAWN: dict[str, Artifact] = named("observers", "DRAWN")


def see(worker: Worker, epoch: int, *kinds: str) -> None:
    """Leave pictures of these kinds, or of all, as they would be after an epoch."""
    for kind in kinds or DRAWN:
        leave(worker, replace(DRAWN[kind], epoch=epoch, step=epoch * STEPS_PER_EPOCH))


def leave(worker: Worker, it: Artifact) -> None:
    """Write a picture and its event."""
    artifacts.write(worker.run, it)
    worker.append(events.ArtifactWritten, kind=it.kind, epoch=it.epoch, step=it.step)


def panel(app: TuiDl) -> PicturesPanel:
    return app.screen.query_one(PicturesPanel)
