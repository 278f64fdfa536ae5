"""Follows the artifacts of a run: those nearest to any moment, each read once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError

# Of a file: where it stands, when it was changed, and its size; the last two are 0 without one.
_Version = tuple[artifacts.Place, int, int]


@dataclass(frozen=True)
class Seen:
    """What was seen of one kind at a moment.

    Attributes:
        kind: the artifact's.
        artifact: None where it cannot be read.
        problem: why it cannot be read, and what to do; empty where it was read.
    """

    kind: str
    artifact: Artifact | None
    problem: str = ""


class ArtifactFollower:
    """Finds the artifacts of any moment, and reads those that are others than before."""

    def __init__(self, run: Run, only: Collection[str] = ()) -> None:
        """`only` these kinds; all there are where none is named."""
        self._run, self._only = run, only
        self._known: dict[str, tuple[_Version, Seen]] = {}

    def at(self, step: int | None) -> tuple[Seen, ...]:
        """What was seen at or before `step`, by kind in alphabetical order.

        Without a step it is what was seen last. An artifact that is the same as at the last call is
        the same object.
        """
        known: dict[str, tuple[_Version, Seen]] = {}
        for kind in artifacts.kinds(self._run):
            if self._only and kind not in self._only:
                continue
            if (place := artifacts.nearest(self._run, kind, step)) is not None:
                known[kind] = self._look(kind, place)
        self._known = known
        return tuple(seen for _, seen in known.values())

    def _look(self, kind: str, place: artifacts.Place) -> tuple[_Version, Seen]:
        """What is at a place; it is read unless the file is that of the last call."""
        version = self._version(kind, place)
        if kind in self._known and self._known[kind][0] == version:
            return self._known[kind]
        try:
            return version, Seen(kind, artifacts.read(self._run, kind, place))
        except UserError as error:
            return version, Seen(kind, None, str(error).removeprefix(f"{self._run.path}/"))

    def _version(self, kind: str, place: artifacts.Place) -> _Version:
        try:
            status = artifacts.path_of(self._run, kind, place).lstat()
        except OSError:
            return place, 0, 0
        return place, status.st_mtime_ns, status.st_size
