"""Trains an experiment and its variants from the same start, and prints how they compare."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.batch.job import Job, jobs_of
from tui_dl.batch.local import launch_all
from tui_dl.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui_dl.cli.output import print_json
from tui_dl.cli.progress_lines import describe
from tui_dl.cli.table import columns_of, print_columns
from tui_dl.cli.terminal import have_terminal
from tui_dl.process.read_experiment import describe as describe_data
from tui_dl.protocol.events import Ended
from tui_dl.runs.home import runs_home
from tui_dl.runs.listing import listed
from tui_dl.runs.status import State
from tui_dl.runs.summary import summary
from tui_dl.spec.experiment import Experiment
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import NOTHING, counted, fixed, percent, short, whole
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

COLUMNS = {
    "VARIANT": "<", "STATUS": "<", "EPOCHS": ">", "BEST LOSS": ">", "TEST": ">", "RUN": "<",
}  # fmt: skip
SPARE = "BEST LOSS", "EPOCHS", "STATUS", "TEST"


def train_all(options: Namespace, name: str, experiment: Experiment, interrupts: list[int]) -> int:
    """Train them, each as a run of its own; return the exit status.

    Raises:
        UserError: the experiment has no variants, or a run cannot be started.
    """
    if options.detach:
        raise UserError("--detach: a batch of variants needs this process: leave one out")
    if not experiment.variant:
        raise UserError(f"{options.experiment}: has no [[variant]]: leave --variants out")
    jobs = jobs_of(name, experiment, describe_data)
    home, over = runs_home(options.runs), dict[str, State]()
    if have_terminal() and not (options.headless or options.json):
        _say_how_to_watch(len(jobs), options.runs)
    for report in launch_all(home, jobs, interrupts, options.threads, options.pace):
        if report.what == "over":
            over[report.job.variant] = report.state
        if options.json:
            if report.what == "over":
                print_json({"variant": report.job.variant, **summary(report.state)})
        elif line := _line(report.job, report.state):
            print(line, flush=True)
    states = [(job, over[job.variant]) for job in jobs if job.variant in over]
    if not options.json:
        _print_table(states)
    if interrupts:
        return INTERRUPTED
    return FAILED if any(state.status == "failed" for _, state in states) else DONE


def _say_how_to_watch(count: int, home: str | None) -> None:
    """Say where the dashboard shows the runs: whoever trains one run on a terminal gets it."""
    dashboard = command_line(*(["--runs", home] if home else []))
    says = "{runs}, as lines of text. To watch their curves, open {command} in another terminal: 2"
    print(tr(says, runs=said(counted(count, "run")), command=dashboard), flush=True)


def _line(job: Job, state: State) -> str:
    """What is to be said of a run that was just started, or is over."""
    what = _name(job)
    if ended := state.last(Ended):
        return f"{what}: {describe(ended, state)}"
    if state.status == "failed":
        return printable(f"{what}: {tr('failed: {why}', why=said(state.failure or ''))}")
    return f"{what}: {state.run.id}"


def _name(job: Job) -> str:
    """The variant's name, or that of the experiment without a variant's changes."""
    return job.variant or f"({tr('as it is')})"


def _print_table(states: list[tuple[Job, State]]) -> None:
    rows = [_row(*each) for each in states]
    if rows:
        print_columns(columns_of(list(COLUMNS), rows), COLUMNS, SPARE, ("VARIANT",))


def _row(job: Job, state: State) -> tuple[str, ...]:
    it = listed(state.run)
    best = it.best_validation_loss
    return (
        _name(job),
        tr(it.status),
        whole(it.epochs),
        NOTHING if best is None else short(best),
        percent(it.test_accuracy) if it.test_r2 is None else f"r2 {fixed(it.test_r2, 3)}",
        state.run.id,
    )
