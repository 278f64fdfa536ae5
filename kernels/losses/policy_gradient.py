"""policy_gradient: loss = -advantage log pi(action), with pi = softmax(z).

REINFORCE (Williams 1992). This is cross entropy with the actions taken as labels, each weighted by
its advantage, which may be negative. Only its gradient has a meaning: it is that of minus the
expected return.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.losses.base import into_lanes
from tui_dl.kernels.losses.cross_entropy import CrossEntropy

DECISION = np.dtype([("action", np.int32), ("advantage", np.float32)])


class PolicyGradient(CrossEntropy):
    """REINFORCE over logits (blocks, actions, LANES); targets are `DECISION` records, one a step.

    With targets that are classes it is plain cross entropy.
    """

    def set_targets(self, targets: Any) -> None:
        if targets.dtype != DECISION:
            super().set_targets(targets)
            return
        self.weight_sums[:] = len(targets), 0  # no action is correct or wrong
        into_lanes(self.targets, targets["action"])
        into_lanes(self.weights, targets["advantage"] / np.float32(len(targets)))
