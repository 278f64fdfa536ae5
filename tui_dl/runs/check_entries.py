"""Checks that every entry of a run folder is the kind of file or folder it has to be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui_dl.runs import artifacts
from tui_dl.runs.files import kind

# By folder of the run: what has to be a file there, if it is there; and what must be there.
FILES = {
    ".": ("experiment.toml", "events.jsonl", "steps.bin", "worker.lock", "worker.log", ".room"),
    "checkpoints": ("last.safetensors", "best.safetensors"),
    "control": (),
    "artifacts": (),
}
NEEDED = ("experiment.toml", "events.jsonl")


def misplaced(run: Path) -> Iterator[str]:
    """What is in the place of something else, or missing, in a few words each.

    Raises:
        OSError: the folder cannot be looked into.
    """
    top = {entry.name: entry for entry in os.scandir(run)}
    yield from _no_files(top, FILES["."], "")
    yield from (f"{name} is missing" for name in NEEDED if name not in top)
    for name in FILES.keys() & top.keys():
        if not top[name].is_dir(follow_symlinks=False):
            yield f"{name} is {_kind(top[name])}, not a folder"
        elif FILES[name]:
            inside = {entry.name: entry for entry in os.scandir(run / name)}
            yield from _no_files(inside, FILES[name], f"{name}/")
    yield from artifacts.misplaced(run)


def _no_files(
    found: dict[str, os.DirEntry[str]], names: tuple[str, ...], folder: str
) -> Iterator[str]:
    for name in names:
        if name in found and not found[name].is_file(follow_symlinks=False):
            yield f"{folder}{name} is {_kind(found[name])}, not a file"


def _kind(entry: os.DirEntry[str]) -> str:
    return kind(entry.stat(follow_symlinks=False).st_mode)
