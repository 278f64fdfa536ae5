"""Events at the start and at the end of a run, and what observers see of the final weights."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

from tui_dl.engine.observers.answers import Answers
from tui_dl.engine.threads.timer import StepTimer
from tui_dl.engine.train import state
from tui_dl.engine.train.platform import this_platform
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.trainer import Trainer
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import (
    EarlyStopped,
    Ended,
    Evaluated,
    Metrics,
    Split,
    Started,
    StopReason,
)
from tui_dl.spec.format import FORMAT


def started(trainer: Trainer) -> Started:
    """The first event: what is trained here, from which step on."""
    return Started(
        host=socket.gethostname(),
        pid=os.getpid(),
        threads=trainer.stepper.pool.threads,
        parameters=trainer.experiment.parameter_count,
        layers=trainer.parameters.layers,
        step_fields=trainer.recorder.fields,
        samples={
            "train": len(trainer.dataset.train),
            "validation": len(trainer.dataset.validation),
            "test": len(trainer.dataset.test),
        },
        steps_per_epoch=trainer.batch_sizes.mean_steps,
        epochs=trainer.config.epochs,
        step=trainer.position.updates,
        format=FORMAT,
        platform=this_platform(),
    )


def choose_final_weights(trainer: Trainer) -> Iterator[EarlyStopped]:
    """Put the final weights into the network: the best epoch's, the averaged ones, or the last.

    Yields EarlyStopped where patience has run out.
    """
    rule, stopping = trainer.config.early_stopping, trainer.position.stopping
    restored = restores_best(trainer)
    if restored:
        state.fill(trainer.epoch_end.model, trainer.epoch_end.best)
        trainer.stepper.pack()
    else:
        trainer.average.swap()
    if rule and trainer.exhausted:
        yield EarlyStopped(
            epoch=trainer.position.epoch,
            best_epoch=stopping.best_epoch,
            patience=rule.patience,
            restored=restored,
        )


def restores_best(trainer: Trainer) -> bool:
    """Whether the final weights are those of the best epoch."""
    rule = trainer.config.early_stopping
    return rule is not None and rule.restore_best and trainer.position.stopping.best_epoch > 0


def evaluate_splits(
    trainer: Trainer, answers: Answers | None = None
) -> tuple[Evaluated, Evaluated, Evaluated]:
    """Evaluate the weights in the network on the train, validation and test samples.

    The validation samples come last. The answers to all test samples are added to `answers`.
    """
    dataset = trainer.dataset
    test = _evaluated("test", *trainer.evaluate(dataset.test, answers))
    train = _evaluated("train", *trainer.evaluate(dataset.train))
    return train, _evaluated("validation", *trainer.evaluate(dataset.validation)), test


def final_pictures(trainer: Trainer, answers: Answers | None) -> Iterator[Artifact]:
    """Yield what observers see of the final weights; `answers` are those to test samples."""
    it = trainer.position
    under_way = it.epoch + (it.batch > 0)
    epoch = it.stopping.best_epoch if restores_best(trainer) else under_way
    yield from trainer.epoch_end.observe_final(it, epoch, answers)


def ended(
    trainer: Trainer,
    splits: tuple[Evaluated, Evaluated, Evaluated],
    timer: StepTimer,
    compile_seconds: float,
) -> Ended:
    """The last event: the figures of the final weights, and the speed of this process."""
    train, validation, test = splits
    samples = trainer.samples_trained
    return Ended(
        stop_reason=_stop_reason(trainer),
        epochs=trainer.position.epoch,
        best_epoch=trainer.position.stopping.best_epoch or None,
        train_loss=train.loss,
        validation_loss=validation.loss,
        validation_accuracy=validation.accuracy,
        test_loss=test.loss,
        test_accuracy=test.accuracy,
        median_step_ms=timer.median_step_ms,
        samples_per_second=samples / timer.seconds if samples else None,
        compile_seconds=compile_seconds,
        seconds=trainer.position.seconds,
    )


def _stop_reason(trainer: Trainer) -> StopReason:
    if trainer.exhausted:
        return "early_stopping"
    return "stopped" if trainer.stopped else "finished"


def _evaluated(split: Split, result: SplitResult, metrics: Metrics) -> Evaluated:
    return Evaluated(split=split, loss=result.loss, accuracy=result.accuracy, metrics=metrics)
