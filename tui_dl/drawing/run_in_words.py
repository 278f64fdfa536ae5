"""The course of a run in sentences, for people who do not see its curves, and for scripts.

Its figures are those of `tui-dl show`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_dl.course.lesson_text import title
from tui_dl.protocol.events import (
    Acknowledged,
    Diagnosed,
    EarlyStopped,
    Ended,
    EpochEnded,
    LearningRateChanged,
    Started,
)
from tui_dl.runs.status import State
from tui_dl.runs.summary import summary
from tui_dl.spec.course.lesson import Language
from tui_dl.support.formatting import duration, fixed, percent, rate, short, whole
from tui_dl.support.translations import said, tr


def sentences(state: State, language: Language) -> list[str]:
    """What happened in a run, from its start to its result.

    Args:
        state: of the run.
        language: of the title, the language in use.
    """
    return [
        *_start(state, language),
        *_losses(state),
        *_learning_rates(state),
        *_diagnoses(state),
        *_end(state),
        *_result(state),
    ]


def _start(state: State, language: Language) -> Iterator[str]:
    """What is trained, and on how much."""
    name = title(state.run.experiment, language)
    yield tr("Run {run}: {title}.", run=state.run.id, title=name.rstrip("."))
    started: Started | None = state.last(Started)
    if started is None:
        yield tr("Training has not begun yet.")
        return
    yield tr(
        "A network of {parameters} parameters learns from {train} samples; {validation} validate "
        "it and {test} test it.",
        parameters=whole(started.parameters),
        **{split: whole(count) for split, count in started.samples.items()},
    )


def _losses(state: State) -> Iterator[str]:
    """How training and validation loss fell, and which epoch was the best."""
    epochs = state.epochs
    if not epochs:
        return
    first, last = epochs[0], epochs[-1]
    if len(epochs) == 1:
        yield tr("After one epoch the training loss is {loss}.", loss=short(first.train_loss))
    else:
        yield tr(
            "The training loss went from {first} after epoch 1 to {last} after epoch {epoch}.",
            first=short(first.train_loss),
            last=short(last.train_loss),
            epoch=whole(last.epoch),
        )
        if (half := _half_way(epochs)) is not None:
            yield tr("Half of that way was done after epoch {epoch}.", epoch=whole(half))
    best = next((it for it in epochs if it.epoch == last.best_epoch), None)
    if best is not None:
        yield tr(
            "Epoch {epoch} was the best, with a validation loss of {loss}{accuracy}.",
            epoch=whole(best.epoch),
            loss=short(best.validation_loss),
            accuracy=_accuracy(best.validation_accuracy),
        )


def _half_way(epochs: Sequence[EpochEnded]) -> int | None:
    """The first epoch after which half of the whole fall of the training loss was done."""
    first, last = epochs[0].train_loss, epochs[-1].train_loss
    if first is None or last is None or last >= first:
        return None
    middle = (first + last) / 2
    return next(it.epoch for it in epochs if it.train_loss is not None and it.train_loss <= middle)


def _accuracy(value: float | None) -> str:
    """The accuracy beside a loss; nothing where there is none."""
    return "" if value is None else tr(", accuracy {accuracy}", accuracy=percent(value))


def _learning_rates(state: State) -> Iterator[str]:
    """What changed the learning rate."""
    started: Started | None = state.last(Started)
    changes = state.history.all(LearningRateChanged)
    now = state.learning_rate
    if now is not None and any(it.scheduled for it in changes):
        yield tr("The schedule changed the learning rate, at last to {rate}.", rate=rate(now))
    for it in state.history.all(Acknowledged):
        if it.learning_rate is not None and started is not None:
            yield tr(
                "During epoch {epoch} the learning rate was set to {rate} by hand.",
                epoch=whole(it.step // started.steps_per_epoch + 1),
                rate=rate(it.learning_rate),
            )


def _diagnoses(state: State) -> Iterator[str]:
    """What went wrong, and what helps."""
    for it in state.diagnoses:
        yield _diagnosis(it)


def _diagnosis(it: Diagnosed) -> str:
    says = tr(
        "After epoch {epoch} a problem was found: {problem}.",
        epoch=whole(it.epoch),
        problem=said(it.kind.replace("_", " ")),
    )
    remedy = it.remedy if it.change else ""
    return says + (" " + tr("What helps: {remedy}", remedy=said(remedy)) if remedy else "")


def _end(state: State) -> Iterator[str]:
    """How it ended, or where it stands."""
    epochs, ended = state.epochs, state.last(Ended)
    stopped: EarlyStopped | None = state.last(EarlyStopped)
    done = whole(epochs[-1].epoch if epochs else 0)
    if stopped is not None:
        yield tr(
            "Early stopping ended training: {patience} epochs were no better than epoch {best}.",
            patience=whole(stopped.patience),
            best=whole(stopped.best_epoch),
        )
        if stopped.restored:
            yield tr("The weights of epoch {best} were restored.", best=whole(stopped.best_epoch))
    if (failure := state.failure) is not None:
        yield tr("The run failed after {epochs} epochs: {why}.", epochs=done, why=said(failure))
    elif ended is None:
        yield tr("It is {status}, after {epochs} epochs.", status=tr(state.status), epochs=done)
    else:
        yield tr(
            "It is {status}, after {epochs} epochs in {time}, {compiling} s of it compiling.",
            status=tr(state.status),
            epochs=done,
            time=duration(ended.seconds),
            compiling=fixed(ended.compile_seconds, 1),
        )


def _result(state: State) -> Iterator[str]:
    """The figures of the test samples, beside those of the baselines."""
    found = summary(state)
    if found["stop_reason"] is None:
        return
    yield tr(
        "With the final weights the training loss is {train}, the validation loss {validation}.",
        train=short(found["train_loss"]),
        validation=short(found["validation_loss"]),
    )
    yield tr(
        "The test loss is {loss}{accuracy}.",
        loss=short(found["test_loss"]),
        accuracy=_accuracy(found["test_accuracy"]),
    )
    if (comparison := state.comparison) is not None:
        figures = ", ".join(f"{said(name)} {figure}" for name, figure in comparison.figures[1:])
        yield tr(
            "That is better than the baselines: {figures}."
            if comparison.is_better
            else "That is no better than the baselines: {figures}.",
            figures=figures,
        )
