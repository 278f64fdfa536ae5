"""The folder of compiled kernels, seen without numba: where it is, and whether it may be used.

What lies in it is run as it is, so it must be what only the user can have put there.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui_dl.support.os_errors import nearest, unwritable, why
from tui_dl.support.private_files import exposure, make_folder

COMPILES_ANEW = "every run compiles anew: set TUI_DL_CACHE to a folder"


def cache_home() -> Path:
    """The folder of all compiled kernels; each version of them has a folder in it."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("TUI_DL_CACHE")
    return Path(chosen).absolute() if chosen else user_cache_path("tui-dl")


def compiled_files() -> set[str]:
    """Names of the kernels' source files with compiled kernels, in the newest version's folder."""
    versions = sorted(cache_home().glob("kernels-*"), key=lambda folder: folder.stat().st_mtime)
    kernels = versions[-1].glob("*.kernel") if versions else ()
    return {path.name.rpartition("-")[0].split(".")[-2] for path in kernels}


def objection(advice: str = COMPILES_ANEW) -> str | None:
    """One line where compiled kernels cannot be kept, or must not be read."""
    home = cache_home()
    if reason := distrust(home) or unwritable(home):
        return f"{home}: compiled kernels cannot be kept: {reason}: {advice}"
    return None


def trusted_home() -> Path | None:
    """The folder of all compiled kernels, made if it can be; None where others may write it."""
    home = cache_home()
    if distrust(home):
        return None
    with suppress(OSError):  # what is there may be read all the same
        make_folder(home)
    return home


def distrust(home: Path) -> str | None:
    """Why what lies in `home` may be another's, if it may."""
    try:
        first = home if home.is_symlink() else nearest(home)  # one that leads nowhere is refused
        places = first, *home.glob("kernels-*")
        return next(filter(None, map(exposure, places)), None)
    except OSError as error:
        return why(error)
