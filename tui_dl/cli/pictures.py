"""``tui-dl show RUN --picture``: lists, draws and exports what observers saw of a run."""

from __future__ import annotations

from pathlib import Path

from tui_dl.cli.output import print_json, print_table
from tui_dl.cli.styled import SIZE, print_rows
from tui_dl.drawing import picture
from tui_dl.drawing.colours import Look
from tui_dl.drawing.rich_text import svg
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import ArtifactWritten, Ended, Started
from tui_dl.runs import artifacts, atomic
from tui_dl.runs.status import LIVE, State
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.os_errors import why
from tui_dl.support.translations import said, tr


def list_pictures(state: State, as_json: bool) -> None:
    """Print which pictures the run has, and of how many moments."""
    run = state.run
    found = {kind: artifacts.steps(run, kind) for kind in artifacts.kinds(run)}
    if as_json:
        print_json({"pictures": found})
    elif found:
        rows = [
            (
                kind,
                said(counted(len(it) + artifacts.has_final(run, kind), "moment")),
                tr(picture.title(kind)),
            )
            for kind, it in found.items()
        ]
        print_table(rows, "<>")
    else:
        raise UserError(f"{run.id}: {_why_none(state)}")


def show_picture(state: State, kind: str, epoch: int | None, file: Path | None) -> None:
    """Draw the newest picture of `kind` up to `epoch` on standard output, or into an SVG `file`.

    Without an epoch it is that of the final weights, once the run is over.

    Raises:
        UserError: there is none, it cannot be read, or the file cannot be written.
    """
    artifact = _find(state, kind, epoch)
    ended = state.last(Ended)
    moment = picture.moment(artifact, ended.epochs if ended else None)
    when = f"{moment}, {tr('step ')}{artifact.step:,}"
    started = state.last(Started)
    heading = f"{picture.heading(artifact, started.samples if started else {})}, {when}"
    if file is not None:
        rows = picture.draw(artifact, *SIZE, Look())
        _write(file, svg(rows, f"{state.run.name}: {heading}"))
        return
    title: StyledLine = [(heading, "strong")]
    print_rows(
        lambda width, height, look: [title, *picture.draw(artifact, width, height - 1, look)]
    )


def _find(state: State, kind: str, epoch: int | None) -> Artifact:
    """The newest artifact of `kind` up to `epoch`."""
    run, there = state.run, artifacts.kinds(state.run)
    if kind not in there:
        says = f"no picture {kind}{suggest(kind, there)}" if there else _why_none(state)
        raise UserError(f"{run.id}: {says}")
    step = None if epoch is None else _step(state, epoch)
    found = artifacts.nearest(run, kind, step)
    if found is None:
        places: list[artifacts.Place] = [*artifacts.steps(run, kind), artifacts.FINAL]
        first = picture.moment(artifacts.read(run, kind, places[0]))
        raise UserError(f"{run.id}: no {kind} up to epoch {epoch}; the first is of {first}")
    return artifacts.read(run, kind, found)


def _why_none(state: State) -> str:
    if state.last(ArtifactWritten):
        return "its pictures were deleted"
    if state.status in LIVE:
        return "it has no pictures yet: there are some after its first epoch"
    return "it has no pictures"


def _step(state: State, epoch: int) -> int:
    """The last step of an epoch."""
    ends = {ended.epoch: ended.step for ended in state.epochs}
    if epoch not in ends:
        so_far = f"it has {counted(max(ends, default=0), 'epoch')}"
        raise UserError(f"--epoch {epoch}: no such epoch of {state.run.id}: {so_far}")
    return ends[epoch]


def _write(file: Path, text: str) -> None:
    try:
        atomic.replace(file, text.encode())
    except OSError as error:
        raise UserError(f"{file}: cannot be written: {why(error)}") from None
