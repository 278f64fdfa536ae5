"""What a trained network answers: a module for each task of `tui_dl.spec.task`, by its name."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from msgspec.structs import replace

from tui_dl.engine.inference.tasks.base import Asked, Options, Task, TrainedNetwork, checked
from tui_dl.protocol.answer import Answer
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.support.errors import UserError

__all__ = ["Asked", "Options", "TrainedNetwork", "answers", "check"]


def check(experiment: Experiment, options: Options) -> None:
    """Check that a network of an experiment can answer, and that options change its answers.

    Raises:
        ValueError: an option is out of range, or changes nothing.
        TypeError: an option is no number.
        UserError: its network answers no samples.
    """
    if experiment.task == "act":
        raise UserError(
            f"the network acts in an environment, {kind(experiment.data)}: there is nothing to "
            "predict: watch what it does with `tui-dl attach`"
        )
    task = _task(experiment)
    for option, value in checked(options)._asdict().items():
        if value is not None and option not in task.OPTIONS:
            raise ValueError(
                f"{option} = {value}: the network generates nothing that it would change: "
                "leave it out"
            )


def answers(network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
    """What the network says of each sample, by the task of its experiment."""
    found = _task(network.experiment).answers(network, asked, options)
    if not asked.remarks:
        return found
    return [replace(it, remarks=own) for it, own in zip(found, asked.remarks, strict=True)]


def _task(experiment: Experiment) -> Task:
    """The module of an experiment's task."""
    return cast(Task, import_module(f"{__name__}.{experiment.task}"))
