"""After a worker was started: return at once, print progress lines, or open the dashboard."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui_dl.cli import dashboard
from tui_dl.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui_dl.cli.follow import count_interrupts, follow
from tui_dl.cli.output import complain, print_json
from tui_dl.cli.terminal import have_terminal, need_terminal
from tui_dl.runs.death import log_tail
from tui_dl.runs.event_log import LAST_WORD
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for
from tui_dl.runs.status import LIVE, State
from tui_dl.runs.summary import summary
from tui_dl.support.formatting import counted
from tui_dl.support.kernel_cache import objection
from tui_dl.support.processors import cores
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr


def prepare(options: Namespace, lines: bool = False) -> list[int]:
    """Refuse or warn before a worker is started; return the list that Ctrl-C adds to.

    With `lines` no dashboard is wanted, whatever the options say.

    Raises:
        UserError: the dashboard cannot be shown on this terminal.
    """
    lines = lines or _wants_lines(options)
    if not lines and not options.detach:
        need_terminal()
    if options.threads and options.threads > cores():
        says = f"--threads {options.threads} on {counted(cores(), 'core')} will be slow"
        complain(f"{says}: at most one per core is best")
    if objects := objection():
        complain(objects)
    return count_interrupts() if lines and not options.detach else []


def foreground(
    options: Namespace, run: Run, interrupts: list[int], reported: int = 0, plays: bool = False
) -> int:
    """Show a run that was started; return its exit status.

    With --detach that is at once, else when the run is over or the user has left it. Progress
    lines begin after the first `reported` events.
    """
    if options.detach:
        return _detach(options, run)
    if _wants_lines(options):
        return _follow(options, run, interrupts, reported)
    return _watch(options, run, plays)


def _wants_lines(options: Namespace) -> bool:
    return bool(options.headless or options.json or not have_terminal())


def _detach(options: Namespace, run: Run) -> int:
    if options.json:
        print_json(summary(State(run)))
    else:
        print(run.id)
        print(dashboard.goodbye(run))
    return DONE


def _watch(options: Namespace, run: Run, plays: bool) -> int:
    """Open the dashboard; print on the shell how the run ended, if it has."""
    try:
        dashboard.watch(run.path.parent, run, options.lang, plays)
    except KeyboardInterrupt:  # before the dashboard was there to take it
        print(dashboard.goodbye(run))
        return INTERRUPTED
    state = State(run)
    if state.status in ("finished", "stopped"):
        says = "{run} is {status}.  Results: {command}"
        print(tr(says, run=run.name, status=tr(state.status), command=command_for("show", run)))
    return _verdict(state)


def _follow(options: Namespace, run: Run, interrupts: list[int], reported: int) -> int:
    """Print progress lines, or with --json one object at the end."""
    stream = sys.stderr if options.json else sys.stdout
    silent = options.json and not sys.stderr.isatty()
    state = State(run)

    def say(line: str) -> None:
        if not silent:
            print(line, file=stream, flush=True)

    try:
        undisturbed = follow(state, say, interrupts, reported)
    except OSError:  # nobody reads on, as in `tui-dl train ... | head`, or there is no room
        if state.status in LIVE:
            back, end = (command_for(what, run) for what in ("attach", "stop"))
            hint = f"come back with `{back}`, stop it with `{end}`"
            complain(f"{run.id}: keeps running: {hint}")
        raise
    status = _verdict(state) if undisturbed else INTERRUPTED
    if options.json:
        print_json(summary(state))
    else:
        print(run.path)
    return status


def _verdict(state: State) -> int:
    if state.status not in ("failed", "unreadable"):
        return DONE
    _complain_of_failure(state)
    return FAILED


def _complain_of_failure(state: State) -> None:
    """Say on standard error why a run failed, with the end of its worker's log."""
    complain(f"{state.run.id} failed: {printable(state.failure or '')}")
    if tail := [line for line in log_tail(state.run) if not line.startswith(LAST_WORD)]:
        for line in (*tail, f"({state.run.log})"):
            print(f"    {line}", file=sys.stderr)
