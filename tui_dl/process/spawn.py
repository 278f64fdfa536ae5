"""Starts processes of this program that import nothing from the working folder.

`python -m` puts the working folder first on the module path, and so does a relative entry of
PYTHONPATH: a `random.py` there would run. So every process is started with this file as its script,
with ``-P``, and in `/`, because numba reads its settings from the working folder.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

INSTALLED_IN = str(Path(__file__).absolute().parents[2])
PRIVATE = 0o077  # umask: no access for others to files that a process makes


def start(module: str, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
    """Start a module of this package as a process in a new session.

    Args:
        module: its full name; its `main` runs, from this installation.
        arguments: its command line; paths must be absolute, for the process runs in `/`.
        streams: standard streams and other options of Popen.
    """
    return subprocess.Popen(
        command(module, *arguments),
        env=environment(),
        cwd="/",
        start_new_session=True,
        **streams,
    )


def command(module: str, *arguments: str) -> list[str]:
    """The command line that `start` uses."""
    return [sys.executable, "-P", str(Path(__file__).absolute()), module, *arguments]


def environment() -> dict[str, str]:
    """This process's environment, without anything that depends on the working folder."""
    from tui_dl.support.data_home import data_home
    from tui_dl.support.kernel_cache import cache_home

    folders = {"TUI_DL_CACHE": str(cache_home()), "TUI_DL_DATA": str(data_home())}
    changed = folders | {"PYTHONSAFEPATH": "1"}
    if path := os.environ.get("PYTHONPATH"):
        changed["PYTHONPATH"] = os.pathsep.join(_elsewhere(path.split(os.pathsep)))
    return os.environ | changed


def _elsewhere(folders: list[str]) -> Iterator[str]:
    """The full paths of `folders`, without the working folder; an empty entry means it."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it was deleted
        here = Path()
    for folder in folders:
        path = here / folder
        if folder and path.is_absolute() and path.resolve() != here:
            yield str(path)


def _run(module: str) -> None:
    """Run `main` of a module of the package that contains this file, and exit with its status.

    The process exits at once: threads that compute or compile only wait.
    """
    os.umask(PRIVATE)
    if INSTALLED_IN not in sys.path:
        sys.path.append(INSTALLED_IN)  # last: it may be any folder
    spec = PathFinder.find_spec("tui_dl", [INSTALLED_IN])
    assert spec
    assert spec.loader
    package = module_from_spec(spec)
    sys.modules["tui_dl"] = package
    spec.loader.exec_module(package)
    from tui_dl.support.lean_pyarrow import lean_pyarrow

    lean_pyarrow()
    gc.disable()  # what is imported stays: looking for garbage in it takes a sixth of the time
    main = import_module(module).main
    gc.freeze()
    gc.enable()
    status = main()
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    del sys.argv[0]
    _run(sys.argv[0])
