"""Learning from rewards: episodes are played, and what went better than usual is made likelier.

REINFORCE (Williams 1992) with a baseline: the gradient of the mean return is that of
log pi(action), each decision weighted by how much better than usual its episode went on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.data.cartpole import Poles
from tui_dl.engine.graph.network import Network
from tui_dl.engine.metrics import softmax
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.baseline import Baseline
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Tensors
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.step_records import StepRecorder
from tui_dl.kernels.core.jit import Ints
from tui_dl.kernels.losses.policy_gradient import DECISION
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train import PolicyGradient
from tui_dl.support.rng import stream

Numbers = npt.NDArray[np.floating[Any]]
Policy = Callable[[Numbers], Ints]  # logits (episodes, actions) to the actions taken


@dataclass(frozen=True)
class Episodes:
    """Some episodes, step by step.

    Attributes:
        states: (steps, episodes, numbers) what the network was given.
        actions: (steps, episodes) what was done.
        rewards: (steps, episodes), 0 where an episode was over.
        under_way: (steps, episodes) where it was not.
    """

    states: Numbers
    actions: Ints
    rewards: Numbers
    under_way: npt.NDArray[np.bool_]

    @property
    def returns(self) -> Numbers:
        """(episodes,) the sum of each one's rewards."""
        return np.asarray(self.rewards.sum(axis=0))

    def to_go(self, discount: float) -> Numbers:
        """(steps, episodes) the return from each step on; n steps ahead one counts discount^n."""
        to_go = np.zeros_like(self.rewards)
        after = np.zeros(self.rewards.shape[1])
        for step in reversed(range(len(self.rewards))):
            after = to_go[step] = self.rewards[step] + discount * after
        return to_go

    def advantages(self, discount: float, past: Baseline) -> Numbers:
        """(steps, episodes) the return from each step on, less what is usual at that step.

        That is the mean over those still under way there; a single episode is its own mean, and so
        is compared with `past` ones.
        """
        to_go = self.to_go(discount)
        if to_go.shape[1] == 1:
            usual = past.usual(to_go[:, 0])
        else:
            usual = to_go.sum(axis=1) / self.under_way.sum(axis=1)
        past.add(to_go, self.under_way)
        return np.asarray((to_go - usual[:, None]) * self.under_way)


class Reinforce(Stepper):
    """A stepper whose samples are the first states of episodes, and whose labels are rewards.

    A step plays episodes by chance, each action as likely as the network finds it good. Judged is
    what the network finds best. The loss is by how much the mean return falls short of the best
    there can be; that of the kernel, whose gradient is followed, has no meaning as a number.
    """

    def __init__(
        self,
        experiment: Experiment,
        network: Network,
        optimizer: Optimizer,
        pool: ThreadPool | ThreadTuner,
        recorder: StepRecorder,
    ) -> None:
        super().__init__(network, optimizer, pool, recorder=recorder)
        self._recorded = recorder
        assert isinstance(experiment.train.loss, PolicyGradient)
        # A few states are too little for several threads: they would only wait for each other.
        self._actor = Stepper(network, optimizer, ThreadPool(1))
        self.source: Any = experiment.data
        self.seed, self.discount = experiment.train.seed, experiment.train.loss.discount
        self.past = Baseline(self.source.longest)
        numbers, most = self.source.input.size, self.capacity
        self._decisions = Samples(np.zeros((most, numbers), np.float32), np.zeros(most, DECISION))
        self._seen: dict[int, Samples] = {}  # states side by side, by their number

    def metric_value(self, result: SplitResult) -> float:
        return float(self.source.best - result.loss)

    @property
    def memory(self) -> Tensors:
        return {"baseline.means": self.past.means, "baseline.weights": self.past.weights}

    def kernels(self, samples: Samples, batch_sizes: set[int]) -> Iterator[Any]:
        yield from super().kernels(self._decisions, {self.capacity})

    def step(self, samples: Samples, chosen: Ints, shifts: Ints) -> SplitResult:
        """One update from episodes that begin in the `chosen` states; the weights' worth before.

        Where the kernel's loss is not finite the weights stay as they are, and this one is NaN.
        """
        random = stream(self.seed, "actions", self.optimizer.updates)
        episodes = self._play(samples.inputs[chosen], lambda logits: _drawn(logits, random))
        advantages, there = episodes.advantages(self.discount, self.past), episodes.under_way
        count = int(there.sum())
        self._decisions.inputs[:count] = episodes.states[there]
        self._decisions.targets["action"][:count] = episodes.actions[there]
        self._decisions.targets["advantage"][:count] = advantages[there]
        followed = super().step(self._decisions, np.arange(count), shifts)
        if not isfinite(followed.loss):
            return SplitResult(nan, 1.0)
        regret = self._regret(episodes)
        self._recorded.set_loss(regret.loss, self.metric_value(regret))
        return regret

    def evaluate(self, samples: Samples) -> SplitResult:
        """The worth of the best actions from all these states on."""
        return self._regret(self._play(samples.inputs, lambda logits: logits.argmax(axis=1)))

    def _see(self, samples: Samples, chosen: Ints, shifts: Ints, number: int) -> None:
        random = stream(self.seed, "statistics", number)
        episodes = self._play(samples.inputs[chosen], lambda logits: _drawn(logits, random))
        states = episodes.states[episodes.under_way]
        self._decisions.inputs[: len(states)] = states
        super()._see(self._decisions, np.arange(len(states)), shifts, number)

    def _play(self, states: Numbers, policy: Policy) -> Episodes:
        poles = Poles(self.source, states)
        under_way = np.ones(len(states), np.bool_)
        steps = []
        while under_way.any():
            actions = policy(self._logits(states))
            following, rewards, over = poles.step(actions)
            steps.append((states, actions, rewards * under_way, under_way))
            states, under_way = following, under_way & ~over
        return Episodes(*map(np.stack, zip(*steps, strict=True)))

    def _logits(self, states: Numbers) -> Numbers:
        """(episodes, actions) what the network makes of `states`."""
        count = len(states)
        if count not in self._seen:
            self._seen[count] = Samples(
                np.zeros(states.shape, np.float32), np.zeros(count, np.int32)
            )
        self._seen[count].inputs[...] = states
        _, outputs, _ = self._actor.outputs(self._seen[count])
        return np.asarray(outputs)

    def _regret(self, episodes: Episodes) -> SplitResult:
        count = len(episodes.returns)
        return SplitResult(float(self.source.best * count - episodes.returns.sum()), float(count))


def _drawn(logits: Numbers, random: np.random.Generator) -> Ints:
    """An action a row, each as often as its softmax says."""
    upto = np.cumsum(softmax(logits.astype(np.float64)), axis=1)[:, :-1]
    return np.asarray((random.random((len(logits), 1)) >= upto).sum(axis=1))
