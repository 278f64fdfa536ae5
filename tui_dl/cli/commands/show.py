"""``tui-dl show``: the results of one run, a picture of it, or its course in words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.find_run import chosen
from tui_dl.cli.options import add_json, add_run, whole_number
from tui_dl.cli.output import print_json, print_table
from tui_dl.cli.scalar_metrics import BESIDE, beside_loss, by_class, scalar_metrics
from tui_dl.course.lesson_text import title
from tui_dl.drawing.event_list import baselines_line
from tui_dl.protocol.events import EpochEnded, Metrics, Started
from tui_dl.runs.disk_space import shortage
from tui_dl.runs.earliest_stop import earliest_stop
from tui_dl.runs.home import command_for
from tui_dl.runs.status import LIVE, State
from tui_dl.runs.summary import summary
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import (
    counted,
    duration,
    fixed,
    rate,
    short,
    step_time,
    whole,
    written,
)
from tui_dl.support.translations import said, tr

HELP = "show a run's results"
GROUP = "Look at runs"

NAMED = 8  # classes


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)
    add_json(parser)
    parser.add_argument("--words", action="store_true", help="the course of the run in sentences")
    parser.add_argument(
        "--picture",
        metavar="KIND",
        nargs="?",
        const="",
        help="draw what was seen of the network, such as confusion; without KIND list them all",
    )
    parser.add_argument(
        "--epoch",
        metavar="N",
        type=whole_number(1, 10**9),
        help="of --picture: as it was at the end of this epoch (default: the newest)",
    )
    parser.add_argument(
        "--svg", metavar="FILE", type=Path, help="write the picture into an SVG file instead"
    )


def run(options: Namespace) -> int:
    """Print its results as a table, or as an object; or draw a picture of it."""
    _check(options)
    state = chosen(options)
    if options.picture is not None:
        from tui_dl.cli.pictures import list_pictures, show_picture  # brings numpy

        if options.picture:
            show_picture(state, options.picture, options.epoch, options.svg)
        else:
            list_pictures(state, options.json)
        return DONE
    if options.words:
        _print_words(state, options.lang, options.json)
        return DONE
    experiment = state.run.experiment
    spec = experiment.data_spec
    if options.json:
        more = {"title": experiment.title, "findings": msgspec.to_builtins(spec.findings)}
        print_json(summary(state) | more)
    else:
        facts = (*_facts(state, spec), *_findings(spec))
        named = ("run", state.run.id), ("title", title(experiment, options.lang))
        print_table([(said(name), value) for name, value in (*named, *facts)])
    return DONE


def _print_words(state: State, spoken: Language, as_json: bool) -> None:
    """Print the course of a run in sentences, one a line."""
    from tui_dl.drawing.run_in_words import sentences

    words = sentences(state, spoken)
    if as_json:
        print_json({"run": state.run.id, "words": words})
    else:
        print(*words, sep="\n")


def _check(options: Namespace) -> None:
    """Raise UserError where options do not go together."""
    if options.picture and options.json:
        raise UserError("--json: a picture is none: leave it out")
    if options.words and options.picture is not None:
        raise UserError("--words: leave out --picture: a picture has no words")
    for name in ("epoch", "svg"):
        if getattr(options, name) is not None and not options.picture:
            raise UserError(f"--{name}: it needs a picture, such as --picture confusion")


def _facts(state: State, spec: DataSpec) -> Iterator[tuple[str, str]]:
    """Names and values; what is not known yet is left out."""
    it = summary(state)
    why = it["failure"] or (it["stop_reason"] or "").replace("_", " ")
    reason = f": {said(why)}" * (why not in ("", it["status"]))
    yield "status", f"{tr(it['status'])}{reason}"
    if it["extends"]:
        epoch = tr("epoch {epoch}", epoch=whole(it["extends"]["epoch"]))
        yield "goes on from", f"{it['extends']['run']}, {epoch}"
        if differs := it["extends"]["differs"]:
            yield "", tr("whose epochs had {differs}", differs=", ".join(map(said, differs)))
    if state.damage:
        yield "warning", said(state.damage)
    if it["status"] in LIVE and (says := shortage(state.run, state.last(Started))):
        yield "warning", said(says)
    if state.diverged:
        yield "warning", said(state.diverged)
    for note in it["notes"]:
        yield "note", said(note)
    yield "path", it["path"]
    if spec.target_name:
        yield "target", _target(spec)
    if it["parameters"]:
        sizes = counted(it["parameters"], "parameter"), counted(it["threads"], "thread")
        yield "network", ", ".join(map(said, sizes))
    if it["versions"]:
        yield "made by", _made_by(it["versions"], it["cpu"])
    if it["learning_rate"]:
        yield "learning rate", rate(it["learning_rate"])
    if it["epochs"]:
        epoch = it["best_epoch"]
        says = "the best was {epoch}" if epoch else "none was the best"
        yield "epochs", f"{whole(it['epochs'])}, {tr(says, epoch=whole(epoch or 0))}"
        if it["status"] in (*LIVE, "stopped") and (earliest := _earliest_stop(state)):
            yield "", tr("early stop: not before epoch {epoch}", epoch=whole(earliest))
        of = tr("final weights" if it["stop_reason"] else "last epoch")
        yield "train loss", f"{short(it['train_loss'])}  ({of})"
        metric = _metric(it["validation_accuracy"], it["validation_metrics"])
        yield "validation", f"{short(it['validation_loss'])}  {metric}  ({of})"
    if it["stop_reason"]:
        metric = _metric(it["test_accuracy"], it["test_metrics"])
        yield "test", f"{short(it['test_loss'])}  {metric}  ({tr('final weights')})"
    for split in ("validation", "test"):
        metrics = it[f"{split}_metrics"]
        for name, value in (*scalar_metrics(metrics, spec), *by_class(metrics, spec)):
            yield f"{split} {name}", value
    if (comparison := state.comparison) is not None:
        yield "baselines", baselines_line(comparison)
        yield "", said(comparison.sentence)
    for check in state.failed_checks:
        yield "before", said(check.headline)
        yield "", _try(check.remedy)
    for diagnosis in state.diagnoses:
        yield f"epoch {diagnosis.epoch}", said(diagnosis.headline)
        lesson = f"  ({tr('lesson {name}', name=diagnosis.lesson)})" * bool(diagnosis.lesson)
        if diagnosis.remedy:
            yield "", f"{_try(diagnosis.remedy)}{lesson}"
    if it["median_step_ms"]:
        speed = f"{whole(it['samples_per_second'] or 0)}{tr(' samples/s')}"
        yield "step", f"{step_time(it['median_step_ms'])}, {speed}"
    if it["seconds"] is not None:
        compiling = tr("{time} s of it compiling", time=fixed(it["compile_seconds"], 1))
        yield "time", f"{duration(it['seconds'])}, {compiling}"
    if it["status"] in LIVE:
        yield "watch", command_for("attach", state.run)
    if it["status"] in ("paused", "stopped"):
        yield "resume", command_for("resume", state.run)


def _earliest_stop(state: State) -> int | None:
    """The first epoch after which early stopping may end the run, or could have."""
    started: Started | None = state.last(Started)
    rule = state.run.experiment.train.early_stopping
    return earliest_stop(rule, state.last(EpochEnded), started.epochs if started else None)


def _try(remedy: str) -> str:
    """What to change."""
    return tr("try: {what}", what=said(remedy))


def _metric(accuracy: float | None, metrics: Metrics) -> str:
    """Accuracy, or another metric with its name."""
    name = next((it for it in BESIDE if isinstance(metrics.get(it), float)), "")
    return f"{tr(name)} {beside_loss(accuracy, metrics)}".lstrip()


def _target(spec: DataSpec) -> str:
    """What is predicted: a column with the names of its classes, or a number and its scale."""
    if not spec.classes:
        says = "{name}, standardised for the loss: 1 there is {scale} in its units"
        return tr(says, name=repr(spec.target_name), scale=written(spec.target_unit))
    names, left = ", ".join(spec.class_names[:NAMED]), len(spec.class_names) - NAMED
    if left > 0:
        names = tr("{names} and {count} more", names=names, count=f"{left:,}")
    facts = {"name": repr(spec.target_name), "count": f"{spec.classes:,}", "names": names}
    return tr("{name} of {count} classes: {names}", **facts)


def _findings(spec: DataSpec) -> Iterator[tuple[str, str]]:
    """What is doubtful about the data, and what to do about it."""
    for finding in spec.doubts:
        yield "data", said(finding.says)
        yield "", _try(finding.remedy)


def _made_by(versions: dict[str, str], cpu: str | None) -> str:
    """What computed the run: tui-dl 0.1.0, Python 3.11.2, numba 0.68.0 on <CPU>."""
    names = {"tui-dl": "tui-dl", "python": "Python", "numba": "numba"}
    software = ", ".join(f"{name} {versions[it]}" for it, name in names.items() if it in versions)
    return f"{software} on {cpu}" if cpu else software
