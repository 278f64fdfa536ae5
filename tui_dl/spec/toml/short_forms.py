"""Short forms of an experiment file, written in full."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui_dl.spec.data import SOURCES
from tui_dl.spec.data.images import Images, is_images
from tui_dl.spec.data.melodies import Melodies, is_tunes
from tui_dl.spec.data.table import PREFIX, TableFile
from tui_dl.spec.train.config import SHORT
from tui_dl.support.home_folders import expanded


def expand(raw: dict[str, Any], folder: Path) -> None:
    """Write what is given in short in full, with paths from `folder` on.

    These are tables that are given as their kind alone, such as ``loss = "huber"``, and a file or
    the name of a data set that is given as the source of data.
    """
    train = raw.get("train")
    for key in SHORT:
        if isinstance(train, dict) and isinstance(train.get(key), str):
            train[key] = {"kind": train[key]}
    data = raw.get("data")
    if isinstance(data, dict):
        _expand_file(data, folder)


def _expand_file(data: dict[str, Any], folder: Path) -> None:
    """Write a data set's name, or a file, given as the source of data as the keys it stands for."""
    source = data.get("source")
    named = next((name for name, it in SOURCES.items() if source in it.short_names), None)
    if isinstance(source, str) and named:
        data.update({"source": named} | SOURCES[named].keys_of(source))
    elif isinstance(source, str) and source not in SOURCES and _is_path(source):
        given = str(folder / expanded(source))
        of = Melodies if is_tunes(given) else Images if is_images(given) else TableFile
        data["source"], data["path"] = str(of.__struct_config__.tag), source
    path = data.get("path")
    if isinstance(path, str) and path and "\0" not in path and not path.startswith(PREFIX):
        data["path"] = str((folder / expanded(path)).absolute())


def _is_path(source: str) -> bool:
    """Whether a source is the path of a file, not a name: names have neither points nor slashes."""
    return "." in source or "/" in source
