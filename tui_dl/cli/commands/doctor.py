"""``tui-dl doctor``: checks this machine, and says what to do where something does not work."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_json
from tui_dl.cli.output import print_json, print_table
from tui_dl.cli.terminal import have_terminal, terminal_size
from tui_dl.cli.terminal_findings import extras_finding, settings_findings, terminal_findings
from tui_dl.runs.folder import ELSEWHERE
from tui_dl.runs.home import runs_home
from tui_dl.spec.course.lesson import Language
from tui_dl.support.kernel_cache import cache_home, objection
from tui_dl.support.os_errors import nearest, unwritable
from tui_dl.support.processors import cores
from tui_dl.support.translations import said, tr

HELP = "check this machine, and say how to mend what does not work"
GROUP = "This machine"

LIBRARIES = ("tui-dl", "numpy", "numba", "llvmlite", "textual", "plotext", "msgspec")
VECTORS = ("avx512f", "avx2", "fma", "neon")
FREE_GIGABYTES = 1.0
LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")


class Finding(NamedTuple):
    """The result of one check."""

    what: str
    ok: bool
    says: str  # and where it is not ok, what to do


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_json(parser)


def run(options: Namespace) -> int:
    """Print one line a finding."""
    findings = examine(runs_home(options.runs), options.lang)
    if options.json:
        print_json([finding._asdict() for finding in findings])
        return DONE
    print_table([(tr("ok" if ok else "warning"), tr(what), said(it)) for what, ok, it in findings])
    return DONE


def examine(home: Path, spoken: Language) -> list[Finding]:
    """All findings, in the order in which they are printed; `spoken` is the language in use."""
    return [
        _versions(),
        _processor(),
        _cores(),
        _memory(),
        _runs(home),
        _kernel_cache(),
        _disk(home),
        _terminal(),
        *(Finding(*it) for it in terminal_findings()),
        *(Finding(*it) for it in settings_findings(spoken)),
        Finding(*extras_finding()),
        _logout(),
    ]


def _versions() -> Finding:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return Finding("versions", True, f"Python {platform.python_version()}, {libraries}")


def _processor() -> Finding:
    import llvmlite.binding as llvm

    features = dict(llvm.get_host_cpu_features())
    if platform.machine() in ("aarch64", "arm64"):
        features["neon"] = True  # always there, not always found
    vectors = [name for name in VECTORS if features.get(name)]
    says = f"{llvm.get_host_cpu_name()}: {', '.join(vectors) or 'no known vector unit'}"
    return Finding("processor", bool(vectors), says)


def _cores() -> Finding:
    import psutil

    return Finding("cores", True, f"{cores()} available, load {psutil.getloadavg()[0]:.1f}")


def _memory() -> Finding:
    import psutil

    free = psutil.virtual_memory().available / 1e9
    says = f"{free:.1f} GB free"
    return Finding("memory", free > FREE_GIGABYTES, says)


def _runs(home: Path) -> Finding:
    """Whether a run can be kept in `home`, or in the folder that it would be made in."""
    if reason := unwritable(home):
        return Finding("runs", False, f"{home}: cannot be written: {reason}: {ELSEWHERE}")
    return Finding("runs", True, str(home))


def _kernel_cache() -> Finding:
    says = objection()
    return Finding("kernel cache", says is None, says or str(cache_home()))


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(nearest(home)).free / 1e9
    return Finding("disk", free > FREE_GIGABYTES, f"{free:.1f} GB free for runs")


def _terminal() -> Finding:
    if not have_terminal():
        if os.environ.get("TERM") == "dumb":
            return Finding("terminal", False, "TERM=dumb: set TERM, for example to xterm-256color")
        return Finding("terminal", False, "none: use `train --headless`")
    return Finding("terminal", *terminal_size())


def _logout() -> Finding:
    """Whether systemd kills what a user leaves running."""
    kills = _output_of("busctl", "get-property", *LOGIND, "KillUserProcesses") == "b true"
    lingers = (
        _output_of("loginctl", "show-user", str(os.getuid()), "--property=Linger") == "Linger=yes"
    )
    if kills and not lingers:
        advice = "runs are killed when you log out: `loginctl enable-linger` prevents it"
        return Finding("logging out", False, advice)
    return Finding("logging out", True, "runs keep running")


def _output_of(*command: str) -> str:
    """What a program prints, or an empty string where it fails.

    It runs in the root folder, so that no program of the working folder is taken.
    """
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, cwd="/")
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
