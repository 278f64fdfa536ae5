"""Vector environments: many episodes side by side, stepped together."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Samples

Numbers = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class VectorEnvironment(Protocol):
    """Episodes that run side by side; the interface of gymnasium's vector environments.

    Its spaces are the source's: a state is one `input`, and an action is one of the `classes`.
    """

    def reset(self, samples: Samples) -> Numbers:
        """Begin one episode for each of `samples`, which are some of those that `load` returned.

        A sample stands for the seed of an episode: from the same sample and the same actions the
        episode is always the same, whatever runs beside it.

        Returns:
            (episodes, numbers) the first states, which are the samples' inputs.
        """

    def step(self, actions: Ints) -> tuple[Numbers, Numbers, Flags, Flags]:
        """Apply one action (episodes,) to each episode.

        Returns:
            The next states (episodes, numbers) and rewards (episodes,), whether the episode has
            ended by itself (terminated), and whether it has reached the source's limit of steps
            (truncated). For episodes that had ended before they have no meaning.
        """
