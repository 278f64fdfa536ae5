"""Short forms of an experiment file, written in full."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui_dl.spec.data import SOURCES
from tui_dl.spec.data.table import PREFIX, TableFile
from tui_dl.spec.train.config import SHORT


def expand(raw: dict[str, Any], folder: Path) -> None:
    """Write what is given in short in full, with paths from `folder` on.

    These are tables that are given as their kind alone, such as ``loss = "huber"``, and a file that
    is given as the source of data.
    """
    train = raw.get("train")
    for key in SHORT:
        if isinstance(train, dict) and isinstance(train.get(key), str):
            train[key] = {"kind": train[key]}
    data = raw.get("data")
    if isinstance(data, dict):
        _expand_file(data, folder)


def _expand_file(data: dict[str, Any], folder: Path) -> None:
    """Write a file given as the source of data as the path of a table, absolute or bundled."""
    source, table = data.get("source"), str(TableFile.__struct_config__.tag)
    if isinstance(source, str) and source not in SOURCES and _is_path(source):
        data["source"], data["path"] = table, source
    elif source in TableFile.bundled:
        data["source"], data["path"] = table, f"{PREFIX}{source}"
    path = data.get("path")
    if isinstance(path, str) and path and "\0" not in path and not path.startswith(PREFIX):
        data["path"] = str((folder / Path(path).expanduser()).absolute())


def _is_path(source: str) -> bool:
    """Whether a source is the path of a file, not a name: names have neither points nor slashes."""
    return "." in source or "/" in source
