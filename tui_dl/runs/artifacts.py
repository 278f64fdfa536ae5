"""The artifacts of a run: writing, finding and reading them.

Each is one file, ``artifacts/<kind>/<step>.safetensors``, or ``final.safetensors`` for that of the
final weights. What else is in these folders is left alone, and not listed.
"""

from __future__ import annotations

import re
import stat
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from tui_dl.protocol.artifact import MOST_BYTES, Artifact, DamagedError, decode, encode
from tui_dl.runs import atomic, files
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import why

FINAL: Literal["final"] = "final"
Place = int | Literal["final"]  # the step after which one was seen, or that it is the final one

_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FILE = re.compile(rf"(0|[1-9][0-9]{{0,17}}|{FINAL})\.safetensors")


def write(run: Run, artifact: Artifact) -> None:
    """Write an artifact whole, then remove those that it replaces.

    It is not flushed to disk: after a power cut it may be torn, which its checksum tells. Flushing
    each would take longer than most presets train.

    Raises:
        OSError: it cannot be written.
    """
    folder = run.artifacts / artifact.kind
    for each in (run.artifacts, folder):
        each.mkdir(mode=0o700, exist_ok=True)  # but not that of the run, which may be removed
    place: Place = FINAL if artifact.is_final else artifact.step
    atomic.replace_unflushed(_file(folder, place), encode(artifact))
    for step in artifact.replaces:
        _file(folder, step).unlink(missing_ok=True)


def kinds(run: Run) -> list[str]:
    """The kinds that the run has artifacts of, in alphabetical order."""
    return [
        name
        for name in _names(run.artifacts)
        if _KIND.fullmatch(name) and any(map(_FILE.fullmatch, _names(run.artifacts / name)))
    ]


def steps(run: Run, kind: str) -> list[int]:
    """The steps after which there is an artifact of `kind`, in order; without the final one."""
    found = map(_FILE.fullmatch, _names(run.artifacts / kind))
    return sorted(int(it[1]) for it in found if it and it[1] != FINAL)


def has_final(run: Run, kind: str) -> bool:
    """Whether there is an artifact of `kind` of the final weights."""
    return f"{FINAL}.safetensors" in _names(run.artifacts / kind)


def nearest(run: Run, kind: str, step: int | None = None) -> Place | None:
    """The place of the newest artifact at or before `step`; None where there is none.

    Without a step it is the final one, or the newest of all where there is no final one.
    """
    if step is None and has_final(run, kind):
        return FINAL
    found = steps(run, kind)
    place = len(found) if step is None else bisect_right(found, step)
    return found[place - 1] if place else None


def read(run: Run, kind: str, place: Place) -> Artifact:
    """The artifact of `kind` at `place`.

    Raises:
        UserError: it is missing, damaged, of a newer format, or no such artifact.
    """
    path = path_of(run, kind, place)
    try:
        artifact = decode(files.read(path, MOST_BYTES), str(path))
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {why(error)}") from None
    except DamagedError as error:
        raise UserError(f"{path}: {error}: delete it") from None
    found: Place = FINAL if artifact.is_final else artifact.step
    if (artifact.kind, found) != (kind, place):
        what = "final" if artifact.is_final else f"of step {artifact.step}"
        raise UserError(f"{path}: it is {artifact.kind} {what}: delete it")
    return artifact


def path_of(run: Run, kind: str, place: Place) -> Path:
    """The file of the artifact of `kind` at `place`."""
    return _file(run.artifacts / kind, place)


def misplaced(run: Path) -> Iterator[str]:
    """What is in the place of an artifact, or of a folder of them, in a few words each.

    Raises:
        OSError: a folder cannot be looked into.
    """
    for folder in _entries(run / "artifacts", _KIND):
        mode = folder.lstat().st_mode
        if not stat.S_ISDIR(mode):
            yield f"artifacts/{folder.name} is {files.kind(mode)}, not a folder"
            continue
        for path in _entries(folder, _FILE):
            if not stat.S_ISREG(mode := path.lstat().st_mode):
                yield f"artifacts/{folder.name}/{path.name} is {files.kind(mode)}, not a file"


def _entries(folder: Path, names: re.Pattern[str]) -> list[Path]:
    """What is in `folder` under such a name, in order; nothing where there is no such folder."""
    if not folder.is_dir() or folder.is_symlink():
        return []
    return sorted(it for it in folder.iterdir() if names.fullmatch(it.name))


def prune(run: Run, step: int) -> None:
    """Remove all artifacts after `step`, which training makes again; leftovers of writers too.

    Those of the final weights are among them: the run is not over any more.

    Raises:
        OSError: one cannot be removed.
    """
    for kind in filter(_KIND.fullmatch, _names(run.artifacts)):
        folder = run.artifacts / kind
        later: list[Place] = [it for it in steps(run, kind) if it > step]
        for place in [*later, *([FINAL] if has_final(run, kind) else [])]:
            _file(folder, place).unlink(missing_ok=True)
        with suppress(OSError):
            atomic.sweep(folder)


def _names(folder: Path) -> list[str]:
    """What is in `folder`, in order; nothing where it cannot be read, or is a link."""
    try:
        return [] if folder.is_symlink() else sorted(it.name for it in folder.iterdir())
    except OSError:
        return []


def _file(folder: Path, place: Place) -> Path:
    return folder / f"{place}.safetensors"
