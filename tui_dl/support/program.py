"""What to type to run this very program: every hint that names a command asks here."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from tui_dl.support.terminal_text import is_printable

NAME = "tui-dl"


def command(*arguments: str) -> str:
    """A command line that works in the user's shell, here and now."""
    return " ".join([_program(), *map(_quoted, arguments)])


def install(package: str) -> str:
    """A command line that adds a package of the index to where this program is installed."""
    home, python = Path(sys.prefix), shlex.quote(_short(sys.executable))
    if (home / "pipx_metadata.json").exists():
        return f"pipx inject {shlex.quote(home.name)} {package}"
    if find_spec("pip") or not _made_by_uv(home):
        return f"{python} -m pip install {package}"
    return f"uv pip install --python {python} {package}"


def _made_by_uv(environment: Path) -> bool:
    """Whether `uv tool`, `uv run` or `uv venv` made it; they leave pip out."""
    settings = environment / "pyvenv.cfg"
    return settings.exists() and "\nuv = " in f"\n{settings.read_text(encoding='utf-8')}"


def starting_file() -> str:
    """How to begin an experiment file of one's own."""
    return f"`{command('presets', 'lenet5')} > mine.toml`"


def _quoted(argument: str) -> str:
    """`argument` as shells take it; bash, zsh and ksh also what cannot be shown."""
    if is_printable(argument):
        return shlex.quote(argument)
    escaped = (
        re.sub(r"(['\\])", r"\\\1", it)
        if is_printable(it)
        else "".join(f"\\x{byte:02x}" for byte in os.fsencode(it))
        for it in argument
    )
    return f"$'{''.join(escaped)}'"


def _program() -> str:
    """`tui-dl` where the PATH leads to this installation, else the path of its script."""
    started = Path(sys.argv[0])
    script = started if started.name == NAME else Path(sys.executable).with_name(NAME)
    if not script.exists():
        return f"{_quoted(_short(sys.executable))} -m tui_dl"
    on_path = shutil.which(NAME)
    for_us_only = "UV_RUN_RECURSION_DEPTH" in os.environ  # `uv run` adds to the PATH it hands on
    if on_path and not for_us_only and Path(on_path).samefile(script):
        return NAME
    return _quoted(_short(str(script)))


def _short(path: str) -> str:
    """`path` from here or from the root, whichever is shorter."""
    try:
        return min(os.path.relpath(path), str(Path(path).absolute()), key=len)
    except FileNotFoundError:  # the folder we are in is gone
        return path
