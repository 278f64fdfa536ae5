"""Typed lines that are the paths of files, each of which is a sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui_dl import data
from tui_dl.engine.inference.model import Model
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.support.home_folders import expanded


def sample_file(model: Model, text: str, folder: Path) -> Path | None:
    """The file in `folder` that a line names, where the network reads files; None without one."""
    if isinstance(model, TableModel) or not data.takes_files(model.experiment.data):
        return None
    try:
        path = folder / expanded(text.strip())
        return path if path.exists() else None
    except (OSError, ValueError, RuntimeError):  # too long, a NUL byte, no such user
        return None


def with_files(model: Model, lines: Sequence[str], folder: Path) -> list[str] | list[Path]:
    """The files that lines name if the first one names a file, or else the lines."""
    if not lines or sample_file(model, lines[0], folder) is None:
        return list(lines)
    return [folder / expanded(line.strip()) for line in lines]
