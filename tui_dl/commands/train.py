"""``tui-dl train``: start a run, and watch it in the dashboard or as lines of text."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from pathlib import Path

from tui_dl.commands import DONE, FAILED, INTERRUPTED, dashboard
from tui_dl.commands.follow import count_interrupts, follow
from tui_dl.commands.output import cores, counted, print_json
from tui_dl.errors import UserError
from tui_dl.experiment import read
from tui_dl.runs.folder import Run
from tui_dl.runs.home import runs_home
from tui_dl.runs.launch import start
from tui_dl.runs.status import LIVE, State

_NAME = re.compile(r"[\w][\w.-]{0,63}")


def run(options: Namespace) -> int:
    """Start the run; return when it is over, or left, or at once with --detach."""
    seed = [] if options.seed is None else [f"train.seed={options.seed}"]
    experiment = read(options.experiment, [*options.set, *seed])
    name = _name(options)
    lines = options.detach or options.headless or options.json or not dashboard.have_terminal()
    if not lines:
        dashboard.need_terminal()
    home = runs_home(options.runs)
    if options.threads and options.threads > cores():
        says = f"--threads {options.threads} on {counted(cores(), 'core')}: this will be slow"
        print(f"tui-dl: {says}; one a core is best", file=sys.stderr)
    interrupts = count_interrupts() if lines and not options.detach else []
    started = start(home, name, experiment, options.threads)
    if options.detach:
        return _detach(options, started)
    if lines:
        return _follow(options, started, interrupts)
    return _watch(options, home, started)


def _detach(options: Namespace, started: Run) -> int:
    if options.json:
        print_json(State(started).summary())
    else:
        print(started.id)
        print(dashboard.goodbye(options, started))
    return DONE


def _watch(options: Namespace, home: Path, started: Run) -> int:
    """The dashboard; how the run ended, if it has, is told on the shell too."""
    try:
        dashboard.watch(options, home, started)
    except KeyboardInterrupt:  # before the dashboard was there to take it
        print(dashboard.goodbye(options, started))
        return INTERRUPTED
    state = State(started)
    if state.status in ("finished", "stopped"):
        figures = dashboard.about(options, "show", started)
        print(f"{started.name} has {state.status}.  Its figures: {figures}")
    return _verdict(state)


def _follow(options: Namespace, started: Run, interrupts: list[int]) -> int:
    """Progress lines, or with --json one object at the end."""
    stream = sys.stderr if options.json else sys.stdout
    silent = options.json and not sys.stderr.isatty()
    state = State(started)

    def say(line: str) -> None:
        if not silent:
            print(line, file=stream, flush=True)

    try:
        undisturbed = follow(state, say, interrupts)
    except OSError:  # nobody reads on, as in `tui-dl train ... | head`, or there is no room
        if state.status in LIVE:
            back, end = (dashboard.about(options, what, started) for what in ("attach", "stop"))
            hint = f"come back with `{back}`, stop it with `{end}`"
            print(f"tui-dl: {started.id} goes on: {hint}", file=sys.stderr)
        raise
    status = _verdict(state) if undisturbed else INTERRUPTED
    if options.json:
        print_json(state.summary())
    else:
        print(started.path)
    return status


def _verdict(state: State) -> int:
    if state.status != "failed":
        return DONE
    dashboard.complain_of_failure(state)
    return FAILED


def _name(options: Namespace) -> str:
    """The run's name: --name, else the preset's, or the file's as far as it can be one."""
    if options.name is None:
        stem = re.sub(r"[^\w.-]+", "-", Path(options.experiment).stem).strip("-.")
        return stem[:64] or "run"
    if not _NAME.fullmatch(options.name) or options.name == "last":
        raise UserError(
            f"--name {options.name!r}: a run's name is up to 64 letters, digits, `-`, `_` or `.`, "
            "and not `last`"
        )
    return str(options.name)
