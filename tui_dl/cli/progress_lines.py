"""Progress lines: what each event of a run says, in lines of text."""

from __future__ import annotations

from rich.cells import cell_len

from tui_dl.cli.line import fitting, line_width, shorten
from tui_dl.cli.scalar_metrics import beside_loss, scalar_metrics
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
                counted(event.parameters, "parameter"),
                counted(event.samples["train"], "training sample"),
                f"{counted(event.steps_per_epoch, 'step')} per epoch",
                counted(event.threads, "thread"),
            )
            resumes = (f"resumes after step {whole(event.step)}",) * bool(event.step)
            lines = [fitting((state.run.id, *resumes), " "), fitting(facts, ", ")]
            if says := shortage(state.run, event):
                lines.append(f"warning: {says}")
            return "\n".join(lines)
        case Compiling():
            return f"compiling {printable(event.kernel)}"
        case Compiled(kernels=kernels) if kernels:
            lines = [f"compiled {counted(kernels, 'kernel')} in {fixed(event.seconds, 1)} s"]
            return "\n".join(lines + [printable(it) for it in (event.cache,) if it])
        case EpochEnded() if started := state.last(Started):  # else that line is damaged
            return _epoch(event, started, state)
        case Refused():
            return printable(f"{event.file} is ignored: {event.reason}")
        case Paused():
            return f"paused after step {whole(event.step)}"
        case Continued():
            return "resumed"
        case LearningRateChanged(scheduled=False):
            return f"learning rate {rate(event.learning_rate)} after step {whole(event.step)}"
        case CheckFailed(result=result):
            return printable(result.headline) + f"\n  try: {printable(result.remedy)}"
        case Diagnosed():
            return _diagnosis(event)
        case EarlyStopped():
            if why := no_best_of(state):
                waited = f"{whole(event.patience)} epochs, and none was the best"
                return f"stopped early: {waited}\n  {why}"
            waited = (
                f"{whole(event.patience)} epochs no better than epoch {whole(event.best_epoch)}"
            )
            restored = ("its weights are restored",) * event.restored
            return fitting((f"stopped early: {waited}", *restored), "; ")
        case Evaluated(split="test"):
            metric_value = beside_loss(event.accuracy, event.metrics)
            figures = f"loss {short(event.loss)}, {state.run.experiment.metric} {metric_value}"
            scalars = scalar_metrics(event.metrics, state.run.experiment.data_spec)
            others = [f"  {name} {figure}" for name, figure in scalars]
            what = "final weights on the test samples: ", "test samples: "
            line = next((it + figures for it in what if _fits(it + figures)), figures)
            return "\n".join([line, *others])
        case BaselinesEvaluated():
            comparison = Comparison(event)
            return f"{comparison.line}\n  {comparison.sentence}".rstrip()
        case Ended():
            took = f"{state.status} after {counted(event.epochs, 'epoch')}"
            line = fitting((took, duration(event.seconds), *_pace(event)), ", ")
            return "\n".join([line, *filter(None, [state.diverged, *notes(state)])])
        case _:
            return None


def _epoch(event: EpochEnded, started: Started, state: State) -> str:
    steps = started.steps_per_epoch * started.epochs - event.step
    step_ms = _step_ms(event, started, state)
    best = "*" if event.best_epoch == event.epoch else " "
    metric_value = beside_loss(event.validation_accuracy, event.metrics)
    epochs = whole(started.epochs)
    facts = (
        f"epoch {whole(event.epoch):>{len(epochs)}}/{epochs}",
        f"train {short(event.train_loss)} {percent(event.train_accuracy):>7}",
        f"val {short(event.validation_loss)} {metric_value:>7} {best}",
        f"ETA {duration((state.pace or step_ms / 1000) * max(steps, 0))}",
        step_time(step_ms),
    )
    return fitting(facts, "  ").rstrip()


def _diagnosis(event: Diagnosed) -> str:
    if not event.remedy:
        return event.headline
    lesson = f"  (lesson {event.lesson})" * bool(event.lesson)
    remedies = f"{event.remedy}{lesson}", event.remedy
    remedy = next((it for it in remedies if _fits(f"  try: {it}")), event.advice)
    lines = event.headline, f"  try: {remedy}"
    return "\n".join(map(printable, lines))


def _fits(line: str) -> bool:
    return cell_len(line) <= line_width()


def _pace(event: Ended) -> tuple[str, ...]:
    """The time of a step, and samples a second, where they are known."""
    if event.median_step_ms is None or event.samples_per_second is None:
        return ()
    speed = f"{whole(event.samples_per_second)} samples/s"
    return f"{step_time(event.median_step_ms)}/step", speed


def _step_ms(event: EpochEnded, started: Started, state: State) -> float:
    """Median milliseconds of the epoch's last steps."""
    import numpy as np

    from tui_dl.runs.step_log import read_part

    first = max(event.step - min(started.steps_per_epoch, STEPS), 0)
    records = read_part(state.run.steps, started.step_fields, first, event.step)
    seconds = np.sort(records["seconds"])  # np.median takes 20 times as long for a few
    middle: list[float] = seconds[(len(seconds) - 1) // 2 : len(seconds) // 2 + 1].tolist()
    return sum(middle) / max(len(middle), 1) * 1_000
