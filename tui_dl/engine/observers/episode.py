"""An episode of the validation episodes, as the best actions play it, and the returns of all."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind

NUMBERS = 8_000  # of all states together


class Episode(Observer):
    """``states`` (states, numbers): of the first validation episode, the same in every epoch.

    ``at`` (states,) are how many actions were taken before: all states, or evenly spaced ones of a
    long episode, with the last one, which follows the last action. ``length`` (1,) is how many
    actions it has, ``returns`` (episodes,) are the returns of all validation episodes.
    The label ``environment`` is its kind.
    """

    def wants(self, experiment: Experiment) -> bool:
        return experiment.data.gives_rewards

    def observe(self, context: Context) -> Seen | None:
        played = context.evaluator.evaluated
        if played is None:
            return None
        length = int(played.under_way[:, 0].sum())
        most = max(NUMBERS // played.states.shape[2], 1)
        states = np.concatenate([played.states[:length, 0], played.ends[:1]])
        at = np.linspace(0, length, min(length + 1, most)).round().astype(np.int32)
        arrays = {
            "states": states[at].astype(np.float32),
            "at": at,
            "length": np.array([length], np.int32),
            "returns": played.returns.astype(np.float32),
        }
        return Seen(arrays, {"environment": [kind(context.experiment.data)]})
