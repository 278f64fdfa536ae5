"""The preset that a run is of: by the run's name, or by the title of its experiment."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from tui_dl import presets
from tui_dl.runs import files
from tui_dl.runs.folder import MOST, Run
from tui_dl.spec.toml.heading import heading_of, read_heading


def preset_of(name: str, names: Iterable[str]) -> str | None:
    """The preset that a run of this name is of: its own name, or the beginning of it.

    The run of a changed preset is called like the preset and what was changed.
    """
    found = [it for it in names if name == it or name.startswith(f"{it}-")]
    return max(found, key=len, default=None)


def preset_of_run(run: Run) -> str | None:
    """The preset of a run; of one that was renamed, the preset whose title its experiment has."""
    if (name := preset_of(run.name, presets.COURSE)) is not None:
        return name
    with suppress(OSError):
        text = files.read(run.file, MOST).decode(errors="replace")
        if (heading := heading_of(text)) is not None:
            return preset_of_title(heading.title)
    return None


def preset_of_title(title: str) -> str | None:
    """The preset that has this title, in English."""
    return _by_title(presets.COURSE).get(title)


@cache
def _by_title(names: tuple[str, ...]) -> dict[str, str]:
    headings = ((name, read_heading(presets.find(name))) for name in names)
    return {heading.title: name for name, heading in headings if heading is not None}
