"""Command lines for hints, as they work in the user's shell."""

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


def command_line(*arguments: str) -> str:
    """A command line of this program with `arguments`, quoted for the user's shell."""
    return " ".join([_program(), *map(_quoted, arguments)])


def install(package: str) -> str:
    """A command line that installs a package into this program's environment."""
    home, python = Path(sys.prefix), shlex.quote(_short(sys.executable))
    if (home / "pipx_metadata.json").exists():
        return f"pipx inject {shlex.quote(home.name)} {package}"
    if find_spec("pip") or not _made_by_uv(home):
        return f"{python} -m pip install {package}"
    return f"uv pip install --python {python} {package}"


def _made_by_uv(environment: Path) -> bool:
    """Whether uv made the environment; uv installs no pip in it."""
    settings = environment / "pyvenv.cfg"
    return settings.exists() and "\nuv = " in f"\n{settings.read_text(encoding='utf-8')}"


def starting_file() -> str:
    """A command line that makes an experiment file to start from, in backquotes."""
    return f"`{command_line('presets', 'lenet5')} > mine.toml`"


def _quoted(argument: str) -> str:
    """`argument` quoted for the shell; unprintable characters as bash, zsh and ksh read them."""
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
    """`tui-dl` if the PATH finds this installation, else the path of its script."""
    started = Path(sys.argv[0])
    script = started if started.name == NAME else Path(sys.executable).with_name(NAME)
    if not script.exists():
        return f"{_quoted(_short(sys.executable))} -m tui_dl"
    on_path = shutil.which(NAME)
    # `uv run` adds to its children's PATH, not to the shell's.
    for_children_only = "UV_RUN_RECURSION_DEPTH" in os.environ
    if on_path and not for_children_only and Path(on_path).samefile(script):
        return NAME
    return _quoted(_short(str(script)))


def _short(path: str) -> str:
    """`path` relative or absolute, whichever is shorter."""
    try:
        return min(os.path.relpath(path), str(Path(path).absolute()), key=len)
    except FileNotFoundError:  # the working folder was deleted
        return path
