"""What a list says of a run beside its state: its title, its figures and a curve, in short."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

import msgspec

from tui_dl.protocol.events import Extended
from tui_dl.runs.preset_name import preset_of_run
from tui_dl.runs.short_title import title_of
from tui_dl.runs.status import State
from tui_dl.runs.summary import summary
from tui_dl.support.errors import UserError

POINTS = 24  # of a curve
FIGURES = (
    "epochs", "best_epoch", "train_loss", "validation_loss", "validation_accuracy",
    "test_loss", "test_accuracy", "learning_rate", "parameters", "seconds",
)  # fmt: skip


class Details(msgspec.Struct, frozen=True):
    """The part of a list's line that comes from experiment and results.

    Attributes:
        title: the preset and what differs from it.
        subject: the experiment's own title.
        preset: its name; empty where the run is of none.
        metric: that is shown beside the loss: accuracy, r2 or return; empty where unknown.
        figures: numbers by the keys of ``--json``; those that are not finite are left out.
        curve: validation losses of at most `POINTS` epochs.
        origin: the id of the run that it began with; empty where it began anew.
    """

    title: str
    subject: str = ""
    preset: str = ""
    metric: str = ""
    figures: dict[str, float] = {}
    curve: list[float] = []
    origin: str = ""


def details_of(state: State) -> Details:
    """What there is to say of a run; of one whose experiment is damaged, as much as is known."""
    run = state.run
    extended: Extended | None = state.last(Extended)
    figures = dict(_figures(state))
    curve, origin = _curve(state), extended.run if extended else ""
    preset = preset_of_run(run) or ""
    try:
        experiment, title = run.experiment, title_of(run)
    except UserError:
        return Details(run.name, "", preset, "", figures, curve, origin)
    figures["seed"] = float(experiment.train.seed)
    figures["learning_rate"] = experiment.train.optimizer.learning_rate  # not that of the last step
    return Details(title, experiment.title, preset, experiment.metric, figures, curve, origin)


def _figures(state: State) -> Iterator[tuple[str, float]]:
    known = summary(state)
    found = {name: known[name] for name in FIGURES}
    for split in ("validation", "test"):
        found |= {f"{split}_{name}": it for name, it in known[f"{split}_metrics"].items()}
    for name, value in found.items():
        if isinstance(value, int | float) and isfinite(value):
            yield name, float(value)


def _curve(state: State) -> list[float]:
    """Validation losses of epochs that are evenly spread, the last one among them."""
    losses = [it.validation_loss for it in state.epochs]
    count = min(len(losses), POINTS)
    chosen = [losses[(place + 1) * len(losses) // count - 1] for place in range(count)]
    return [float(f"{it:.4g}") for it in chosen if it is not None and isfinite(it)]
