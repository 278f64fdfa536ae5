"""The runs home: the folder of all runs, and finding the run that a user names."""

from __future__ import annotations

import os
import re
from pathlib import Path
from unicodedata import normalize

from tui_dl.runs.folder import ELSEWHERE, Run
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.home_folders import expanded

_ID = re.compile(r"\d{8}-\d{6}-.+-(?:[0-9a-f]{8}|[0-9a-f]{4})")  # 4 digits: format 0


def runs_home(option: str | None = None) -> Path:
    """The folder of all runs: --runs, else TUI_DL_RUNS, else the platform's user data folder."""
    if chosen := option or os.environ.get("TUI_DL_RUNS"):
        return expanded(chosen).absolute()
    from platformdirs import user_data_path

    return user_data_path("tui-dl") / "runs"


def command_for(what: str, run: Run) -> str:
    """What to type to do `what` with `run`."""
    home = run.path.parent
    return command_line(what, run.id, *(["--runs", str(home)] if home != runs_home() else []))


def all_runs(home: Path) -> list[Run]:
    """Every run, newest first; a home that does not exist yet has none."""
    try:
        names = [it.name for it in os.scandir(home) if _ID.fullmatch(it.name) and _is_folder(it)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UserError(f"{home}: runs cannot be listed: {error.strerror}: {ELSEWHERE}") from None
    runs = [Run(home / name) for name in names]
    return sorted(runs, key=lambda run: run.began, reverse=True)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links in a circle, or a folder that cannot be looked at
        return not entry.is_symlink()


def _means(wanted: str, run: Run) -> bool:
    """Whether `wanted` is the beginning of the run's id, or its name, however they are encoded."""
    wanted, own, name = (normalize("NFC", it) for it in (wanted, run.id, run.name))
    return own.startswith(wanted) or name == wanted


def find(home: Path, wanted: str) -> Run:
    """The run a user means by an id, a unique prefix of one, a name, or ``last``.

    Raises:
        UserError: nothing matches, or several do.
    """
    runs = all_runs(home)
    if not runs:
        raise UserError(
            f"{home}: no runs here yet: start one with `{command_line('train', 'first-network')}`"
        )
    if wanted == "last":
        return runs[0]
    matches = [run for run in runs if run.id == wanted]
    matches = matches or [run for run in runs if _means(wanted, run)]
    if not matches:
        raise UserError(f"{wanted}: no such run: see `{command_line('runs')}`")
    if len(matches) > 1:
        raise UserError(
            f"{wanted}: {len(matches)} runs match: write an id, see `{command_line('runs')}`"
        )
    return matches[0]
