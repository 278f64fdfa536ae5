"""The folder of compiled kernels: where it is and whether it is safe, found without numba.

Files in it are executed, so only the user may be able to write there.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui_dl.support.os_errors import nearest, unwritable, why
from tui_dl.support.private_files import exposure, make_folder

COMPILES_ANEW = "every run compiles anew: set TUI_DL_CACHE to a folder"


def cache_home() -> Path:
    """The folder of compiled kernels; each version of the kernels has a folder in it."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("TUI_DL_CACHE")
    return Path(chosen).absolute() if chosen else user_cache_path("tui-dl")


def compiled_files() -> set[str]:
    """Names of kernel source files with compiled kernels, in the newest version's folder."""
    versions = sorted(cache_home().glob("kernels-*"), key=lambda folder: folder.stat().st_mtime)
    kernels = versions[-1].glob("*.kernel") if versions else ()
    return {path.name.rpartition("-")[0].split(".")[-2] for path in kernels}


def objection(advice: str = COMPILES_ANEW) -> str | None:
    """Why compiled kernels cannot be kept or must not be read, in one line; None if they can."""
    home = cache_home()
    if reason := distrust(home) or unwritable(home):
        return f"{home}: compiled kernels cannot be kept: {reason}: {advice}"
    return None


def trusted_home() -> Path | None:
    """The folder of compiled kernels, made if possible; None where others may write to it."""
    home = cache_home()
    if distrust(home):
        return None
    with suppress(OSError):  # kernels in it can still be read
        make_folder(home)
    return home


def distrust(home: Path) -> str | None:
    """Why files in `home` may be another user's; None if they cannot be."""
    try:
        first = home if home.is_symlink() else nearest(home)  # a broken link is refused
        places = first, *home.glob("kernels-*")
        return next(filter(None, map(exposure, places)), None)
    except OSError as error:
        return why(error)
