"""The returns of training episodes so far, and the entropy of the policy that played them."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.spec.experiment import Experiment

LATEST = 8  # groups of steps whose entropy is the figure of an epoch


class Returns(Observer):
    """``steps`` (groups,): how many each group of training steps has.

    ``low``, ``mean`` and ``high`` (groups,) are of the returns of their episodes, ``entropy`` is of
    the policy in the states that were met, in nats.

    ``policy_entropy`` (1,) is the entropy of the latest groups, ``most`` (1,) the highest there can
    be: that of actions drawn evenly.
    """

    def wants(self, experiment: Experiment) -> bool:
        return experiment.data.gives_rewards

    def observe(self, context: Context) -> Seen | None:
        groups = context.past.episodes
        if not groups:
            return None
        columns = {
            name: np.array([getattr(it, name) for it in groups], np.float32)
            for name in ("low", "mean", "high", "entropy")
        }
        steps = np.array([it.steps for it in groups], np.int32)
        latest = np.array([columns["entropy"][-LATEST:].mean()], np.float32)
        most = np.array([np.log(context.experiment.target.vocab_size)], np.float32)
        return Seen({"steps": steps, **columns, "policy_entropy": latest, "most": most})
