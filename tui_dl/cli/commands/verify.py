"""``tui-dl verify``: trains presets with their variants, and tests the claims of their lessons."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tui_dl import presets
from tui_dl.batch.job import Job, jobs_of
from tui_dl.batch.local import launch_all
from tui_dl.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui_dl.cli.follow import count_interrupts
from tui_dl.cli.options import add_json, filled, whole_number
from tui_dl.cli.output import complain, print_json
from tui_dl.course.lesson_text import how_many_hold
from tui_dl.course.verdict import Verdict, verdicts
from tui_dl.process.read_experiment import describe, read
from tui_dl.runs.folder import Run, name_of
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.support.api_validation import MOST_SEED
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import percent, short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

HELP = "train presets, and test what their lessons claim"
GROUP = "Experiments"

MOST_SEEDS = 100
PREFIX = "tui-dl-verify-"


class Subject(NamedTuple):
    """An experiment with claims, with one seed."""

    name: str
    seed: int
    experiment: Experiment


class Result(NamedTuple):
    """What came of a subject's claims, and the seconds of all its runs added up."""

    subject: Subject
    verdicts: list[Verdict]
    seconds: float


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    parser.add_argument(
        "experiments",
        metavar="PRESET|FILE",
        nargs="*",
        type=filled,
        help="experiments with claims (default: all presets that have some)",
    )
    parser.add_argument(
        "--seeds",
        type=whole_number(1, MOST_SEEDS),
        default=1,
        metavar="N",
        help="train each with N seeds (default: 1)",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0, MOST_SEED - MOST_SEEDS),
        metavar="S",
        help="the first of the seeds (default: the experiment's own)",
    )
    parser.add_argument(
        "--keep", metavar="FOLDER", type=filled, help="keep the runs in this folder (default: none)"
    )
    add_json(parser, "print one object a claim, as JSON")


def run(options: Namespace) -> int:
    """Train, print what came of each claim, and return whether all hold."""
    subjects = list(_subjects(options))
    interrupts = count_interrupts()
    results: list[Result] = []
    # By default no run is kept: trained again, each gives the same numbers.
    kept = nullcontext(options.keep) if options.keep else TemporaryDirectory(prefix=PREFIX)
    with kept as home:
        for result in _verified(subjects, Path(home), interrupts):
            results.append(result)
            if options.json:
                for verdict in result.verdicts:
                    print_json(_as_json(result, verdict))
            else:
                print(_as_text(result, options.lang), flush=True)
    if interrupts:
        return INTERRUPTED
    every = [verdict for result in results for verdict in result.verdicts]
    if not options.json:
        _print_summary(results, every)
    return DONE if all(verdict.holds for verdict in every) else FAILED


def _subjects(options: Namespace) -> Iterator[Subject]:
    """What to verify: the experiments that are named, or all presets with claims.

    Raises:
        UserError: one that is named has no claims, or cannot be trained here.
    """
    for name in dict.fromkeys(options.experiments or presets.COURSE):
        experiment = read(name)
        if options.experiments:
            if not experiment.claim:
                raise UserError(f"{name}: has no [[claim]] to verify")
            experiment.data.require_extra()
        elif experiment.data.is_missing:
            complain(f"{name}: left out: its data is not installed")
            continue
        elif not experiment.claim:
            continue
        first = experiment.train.seed if options.seed is None else options.seed
        for seed in range(first, first + options.seeds):
            yield Subject(name, seed, read(name, [f"train.seed={seed}"]))


def _verified(
    subjects: Sequence[Subject], home: Path, interrupts: Sequence[int]
) -> Iterator[Result]:
    """Train all subjects with their variants; yield each one's result once all are over."""
    jobs: list[Job] = []
    owners: list[int] = []
    for index, subject in enumerate(subjects):
        made = jobs_of(name_of(subject.name), subject.experiment, describe)
        jobs += made
        owners += [index] * len(made)
    over: list[dict[str, Run]] = [{} for _ in subjects]
    seconds = [0.0] * len(subjects)
    for report in launch_all(home, jobs, interrupts):
        if report.what == "started":
            continue
        owner = owners[report.place]
        over[owner][report.job.variant] = report.state.run
        seconds[owner] += report.state.elapsed
        if len(over[owner]) == owners.count(owner) and not interrupts:
            found = verdicts(subjects[owner].experiment, over[owner])
            yield Result(subjects[owner], found, seconds[owner])


def _as_text(result: Result, spoken: Language) -> str:
    """What came of the claims of one subject, in lines."""
    subject, found, seconds = result
    held = sum(verdict.holds for verdict in found)
    says = tr(
        "{held}, {time} s of training",
        held=how_many_hold(held, len(found)),
        time=f"{seconds:.1f}",
    )
    lines = [f"{_seeded(subject)}: {says}"]
    for verdict in found:
        sign = tr("holds" if verdict.holds else "FAILS")
        lines += [f"  {sign}  {verdict.claim.text(spoken)}", f"         {_figures(verdict)}"]
    return printable("\n".join(lines), keep="\n")


def _figures(verdict: Verdict) -> str:
    if verdict.problem:
        return f"{verdict.claim.test}: {said(verdict.problem)}"
    sides = f"{short(verdict.left)} {verdict.sign} {short(verdict.right)}"
    margin = tr("margin {share}", share=percent(verdict.margin))
    return f"{verdict.claim.test}: {sides}, {margin}"


def _seeded(subject: Subject) -> str:
    """The subject's name and seed."""
    return tr("{name}, seed {seed}", name=subject.name, seed=subject.seed)


def _as_json(result: Result, verdict: Verdict) -> dict[str, Any]:
    subject = result.subject
    return {
        "preset": subject.name,
        "seed": subject.seed,
        "says": verdict.claim.says,
        "test": verdict.claim.test,
        "left": verdict.left,
        "right": verdict.right,
        "margin": verdict.margin,
        "holds": verdict.holds,
        "problem": verdict.problem or None,
        "seconds": round(result.seconds, 2),
    }


def _print_summary(results: Sequence[Result], every: Sequence[Verdict]) -> None:
    """Print how many claims hold, what took longest, and how to train again what does not."""
    held = sum(verdict.holds for verdict in every)
    print(f"\n{how_many_hold(held, len(every))}")
    if len(results) > 1:
        longest = max(results, key=lambda it: it.seconds)
        mean = sum(it.seconds for it in results) / len(results)
        says = "{mean} s of training each; longest: {name}, {time} s"
        name, time = _seeded(longest.subject), f"{longest.seconds:.1f}"
        print(tr(says, mean=f"{mean:.1f}", name=name, time=time))
    for subject, found, _ in results:
        if not all(verdict.holds for verdict in found):
            more = ["--variants"] * bool(subject.experiment.variant)
            again = command_line("train", subject.name, "--seed", str(subject.seed), *more)
            print(tr("Train it again: {command}", command=again))
