"""REINFORCE (Williams 1992): loss = -advantage log pi(action), pi being softmax(z), over all steps.

That is cross entropy whose labels are the actions taken, each weighted by its advantage, which may
be negative. Only its gradient means something: that of minus the return.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.losses.base import into_lanes
from tui_dl.kernels.losses.cross_entropy import CrossEntropy

DECISION = np.dtype([("action", np.int32), ("advantage", np.float32)])


class PolicyGradient(CrossEntropy):
    """Over logits of (shards, actions, LANES); targets are records of `DECISION`, one a step.

    Where they are no more than classes it is cross entropy.
    """

    def set_targets(self, targets: Any) -> None:
        if targets.dtype != DECISION:
            super().set_targets(targets)
            return
        self.weight_sums[:] = len(targets), 0  # no action is right or wrong
        into_lanes(self.targets, targets["action"])
        into_lanes(self.weights, targets["advantage"] / np.float32(len(targets)))
