"""Watching a run as lines of text instead of a dashboard."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from rich.cells import cell_len

from tui_dl.commands.output import LINE, counted, fitting, loss, shorten, single
from tui_dl.events import (
    AnyEvent,
    Compiled,
    Compiling,
    Continued,
    Diagnosed,
    EarlyStopped,
    Ended,
    EpochEnded,
    Evaluated,
    LearningRateChanged,
    Metrics,
    Paused,
    Started,
)
from tui_dl.numbers import duration, percent, step_time
from tui_dl.runs import control
from tui_dl.runs.room import shortage
from tui_dl.runs.status import LIVE, State
from tui_dl.terminal_text import printable

LOOK_EVERY = 0.1  # seconds

Say = Callable[[str], None]


def count_interrupts() -> list[int]:
    """From now on Ctrl-C and SIGTERM (of `timeout` and schedulers) only add to this list.

    An exception could come in the middle of anything, and between the start of a run and `follow`
    it would leave a run behind that nobody knows of.
    """
    interrupts: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda number, _: interrupts.append(number))
    return interrupts


def follow(state: State, say: Say, interrupts: list[int], told: int = 0) -> bool:
    """Tell what happens until the run is over; False if it was interrupted.

    The first `told` events are known already.

    The first interrupt tells the run to stop and waits for that; a second one does not wait.
    """
    stopping = False
    _tell(state.events[told:], state, say)
    while state.status in LIVE:
        if interrupts and not stopping:
            stopping = True
            control.send(state.run.control, control.Stop())
            say("stopping: the run saves its weights and ends; Ctrl-C again does not wait")
        if len(interrupts) > 1:
            say("the run goes on until it has seen the command to stop")
            break
        time.sleep(LOOK_EVERY)
        _tell(state.update(), state, say)
    return not stopping


def _tell(events: list[AnyEvent], state: State, say: Say) -> None:
    for event in events:
        if line := describe(event, state):
            say(line)


def describe(event: AnyEvent, state: State) -> str | None:
    """What happened in lines of at most 79 characters, where it is worth one."""
    match event:
        case Started():
            facts = (
                counted(event.parameters, "parameter"),
                counted(event.samples["train"], "training sample"),
                f"{counted(event.steps_per_epoch, 'step')} an epoch",
                counted(event.threads, "thread"),
            )
            goes_on = f" goes on after step {event.step:,}" if event.step else ""
            lines = [f"{state.run.id}{goes_on}", fitting(facts, ", ")]
            if says := shortage(state.run, event):
                lines.append(f"warning: {says}")
            return "\n".join(lines)
        case Compiling():
            return f"compiling {printable(event.kernel)}"
        case Compiled(kernels=kernels) if kernels:
            return f"compiled {counted(kernels, 'kernel')} in {event.seconds:.1f} s"
        case EpochEnded():
            return _epoch(event, state)
        case Paused():
            return f"paused behind step {event.step:,}"
        case Continued():
            return "goes on"
        case LearningRateChanged(scheduled=False):
            return f"learning rate {event.learning_rate:g} behind step {event.step:,}"
        case Diagnosed():
            return _diagnosis(event)
        case EarlyStopped():
            restored = "; its weights are back" if event.restored else ""
            return (
                f"stopped early: {event.patience} epochs no better "
                f"than epoch {event.best_epoch}{restored}"
            )
        case Evaluated(split="test"):
            worth = _worth(event.accuracy, event.metrics)
            figures = f"loss {loss(event.loss)}, {state.run.experiment.data.metric} {worth}"
            others = [f"  {name} {figure}" for name, figure in single(event.metrics)]
            return "\n".join([f"final weights on the test samples: {figures}", *others])
        case Ended():
            took = f"{counted(event.epochs, 'epoch')}, {duration(event.seconds)}{_pace(event)}"
            return f"{state.status} after {took}" + f"\n{state.diverged}" * bool(state.diverged)
        case _:
            return None


def _epoch(event: EpochEnded, state: State) -> str:
    started: Started = state.last(Started)
    steps = started.steps_per_epoch * started.epochs - event.step
    step_ms = _step_ms(event, started, state)
    best = "*" if event.best_epoch == event.epoch else " "
    worth = _worth(event.validation_accuracy, event.metrics)
    facts = (
        f"epoch {event.epoch:>{len(str(started.epochs))}}/{started.epochs}",
        f"train {loss(event.train_loss)} {percent(event.train_accuracy):>7}",
        f"val {loss(event.validation_loss)} {worth:>7} {best}",
        f"ETA {duration((state.pace or step_ms / 1000) * steps)}",
        step_time(step_ms),
    )
    return fitting(facts, "  ").rstrip()


def _worth(accuracy: float | None, metrics: Metrics) -> str:
    """Accuracy, or the mean return of episodes."""
    return f"{metrics['return']:.1f}" if "return" in metrics else percent(accuracy)


def _diagnosis(event: Diagnosed) -> str:
    lesson = f"  (lesson {event.lesson})" * bool(event.lesson)
    remedies = f"{event.remedy}{lesson}", event.remedy
    remedy = next((it for it in remedies if cell_len(it) <= LINE - len("  try: ")), event.advice)
    lines = event.headline, f"  try: {remedy}"
    return "\n".join(shorten(printable(line)) for line in lines)


def _pace(event: Ended) -> str:
    if event.median_step_ms is None or event.samples_per_second is None:
        return ""
    return f", {step_time(event.median_step_ms)}/step, {event.samples_per_second:,.0f} samples/s"


def _step_ms(event: EpochEnded, started: Started, state: State) -> float:
    """Median milliseconds of the epoch's steps."""
    import numpy as np

    from tui_dl.runs.steps import read_steps

    steps = read_steps(state.run.steps, started.step_fields)
    seconds = steps["seconds"][event.step - started.steps_per_epoch : event.step]
    return float(np.median(seconds)) * 1_000 if len(seconds) else 0.0
