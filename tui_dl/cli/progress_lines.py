"""Progress lines: what each event of a run says, in lines of text."""

from __future__ import annotations

from rich.cells import cell_len

from tui_dl.cli.line import fitting, line_width, shorten
from tui_dl.cli.scalar_metrics import beside_loss, scalar_metrics
from tui_dl.drawing.event_list import baselines_line
from tui_dl.protocol.events import (
    AnyEvent,
    BaselinesEvaluated,
    CheckFailed,
    Compiled,
    Compiling,
    Continued,
    Diagnosed,
    EarlyStopped,
    Ended,
    EpochEnded,
    Evaluated,
    LearningRateChanged,
    Paused,
    Refused,
    Started,
)
from tui_dl.runs.comparison import Comparison
from tui_dl.runs.disk_space import shortage
from tui_dl.runs.missing_figures import no_best_of, notes
from tui_dl.runs.status import State
from tui_dl.runs.step_values import values
from tui_dl.support.formatting import (
    counted,
    duration,
    fixed,
    percent,
    rate,
    short,
    step_time,
    whole,
)
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

STEPS = 10_000  # of an epoch, the last ones, that its median step is taken from


def describe(event: AnyEvent, state: State) -> str | None:
    """What happened in lines that fit the terminal, where it is worth one."""
    text = _text(event, state)
    return text and "\n".join(map(shorten, text.split("\n")))


def _text(event: AnyEvent, state: State) -> str | None:
    """What happened; a line may still be longer than the terminal is wide."""
    match event:
        case Started():
            facts = (
                said(counted(event.parameters, "parameter")),
                said(counted(event.samples["train"], "training sample")),
                tr("{steps} per epoch", steps=said(counted(event.steps_per_epoch, "step"))),
                said(counted(event.threads, "thread")),
            )
            at = whole(event.step)
            resumes = (tr("resumes after step {step}", step=at),) * bool(event.step)
            lines = [fitting((state.run.id, *resumes), " "), fitting(facts, ", ")]
            if says := shortage(state.run, event):
                lines.append(tr("warning: {what}", what=said(says)))
            return "\n".join(lines)
        case Compiling():
            return tr("compiling {kernel}", kernel=printable(event.kernel))
        case Compiled(kernels=kernels) if kernels:
            count, seconds = said(counted(kernels, "kernel")), fixed(event.seconds, 1)
            lines = [tr("compiled {kernels} in {time} s", kernels=count, time=seconds)]
            return "\n".join(lines + [said(printable(it)) for it in (event.cache,) if it])
        case EpochEnded() if started := state.last(Started):  # else that line is damaged
            return _epoch(event, started, state)
        case Refused():
            says = tr("{file} is ignored: {why}", file=event.file, why=said(event.reason))
            return printable(says)
        case Paused():
            return tr("paused after step {step}", step=whole(event.step))
        case Continued():
            return tr("resumed")
        case LearningRateChanged(scheduled=False):
            figures = {"rate": rate(event.learning_rate), "step": whole(event.step)}
            return tr("learning rate {rate} after step {step}", **figures)
        case CheckFailed(result=result):
            return printable(f"{said(result.headline)}\n{_try(result.remedy)}", keep="\n")
        case Diagnosed():
            return _diagnosis(event)
        case EarlyStopped():
            waited, best = whole(event.patience), whole(event.best_epoch)
            if why := no_best_of(state):
                says = tr("stopped early: {waited} epochs, and none was the best", waited=waited)
                return f"{says}\n  {said(why)}"
            says = "stopped early: {waited} epochs no better than epoch {best}"
            restored = (tr(", whose weights are restored"),) * event.restored
            return fitting((tr(says, waited=waited, best=best), *restored), "")
        case Evaluated(split="test"):
            return _test_result(event, state)
        case BaselinesEvaluated():
            comparison = Comparison(event)
            return f"{baselines_line(comparison)}\n  {said(comparison.sentence)}".rstrip()
        case Ended():
            after = tr("after {epochs}", epochs=said(counted(event.epochs, "epoch")))
            took = tr("{ended} {after}", ended=tr(state.status), after=after)
            line = fitting((took, duration(event.seconds), *_pace(event)), ", ")
            return "\n".join([line, *(said(it) for it in (state.diverged, *notes(state)) if it)])
        case _:
            return None


def _test_result(event: Evaluated, state: State) -> str:
    """The figures of the test samples: loss and metric in one line, and one for each other."""
    experiment = state.run.experiment
    figures = tr(
        "loss {loss}, {metric} {value}",
        loss=short(event.loss),
        metric=said(experiment.metric.replace("_", " ")),
        value=beside_loss(event.accuracy, event.metrics),
    )
    what = "final weights on the test samples: {figures}", "test samples: {figures}"
    lines = (tr(it, figures=figures) for it in what)
    line = next(filter(_fits, lines), figures)
    scalars = scalar_metrics(event.metrics, experiment.data_spec)
    return "\n".join([line, *(f"  {said(name)} {figure}" for name, figure in scalars)])


def _epoch(event: EpochEnded, started: Started, state: State) -> str:
    steps = started.steps_per_epoch * started.epochs - event.step
    step_ms = _step_ms(event, started, state)
    best = "*" if event.best_epoch == event.epoch else " "
    metric_value = beside_loss(event.validation_accuracy, event.metrics)
    epochs = whole(started.epochs)
    facts = (
        f"{tr('epoch')} {whole(event.epoch):>{len(epochs)}}/{epochs}",
        f"{tr('train')} {short(event.train_loss)} {percent(event.train_accuracy):>7}",
        f"{tr('val')} {short(event.validation_loss)} {metric_value:>7} {best}",
        tr("ETA {time}", time=duration((state.pace or step_ms / 1000) * max(steps, 0))),
        step_time(step_ms),
    )
    return fitting(facts, "  ").rstrip()


def _diagnosis(event: Diagnosed) -> str:
    headline = printable(said(event.headline))
    if not event.remedy:
        return headline
    lesson = f"  ({tr('lesson {name}', name=event.lesson)})" * bool(event.lesson)
    remedies = f"{_try(event.remedy)}{lesson}", _try(event.remedy)
    return f"{headline}\n{printable(next(filter(_fits, remedies), _try(event.advice)))}"


def _try(remedy: str) -> str:
    """A line with what to change."""
    return f"  {tr('try: {what}', what=said(remedy))}"


def _fits(line: str) -> bool:
    return cell_len(line) <= line_width()


def _pace(event: Ended) -> tuple[str, ...]:
    """The time of a step, and samples a second, where they are known."""
    if event.median_step_ms is None or event.samples_per_second is None:
        return ()
    speed = f"{whole(event.samples_per_second)}{tr(' samples/s')}"
    return f"{step_time(event.median_step_ms)}{tr('/step')}", speed


def _step_ms(event: EpochEnded, started: Started, state: State) -> float:
    """Median milliseconds of the epoch's last steps."""
    first = max(event.step - min(started.steps_per_epoch, STEPS), 0)
    seconds = sorted(values(state.run.steps, started.step_fields, "seconds", first, event.step))
    middle = seconds[(len(seconds) - 1) // 2 : len(seconds) // 2 + 1]
    return sum(middle) / max(len(middle), 1) * 1_000
