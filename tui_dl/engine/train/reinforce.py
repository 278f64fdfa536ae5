"""REINFORCE (Williams 1992) with a baseline: a policy is trained from the rewards of episodes.

The gradient of the mean return is that of log pi(action), each action weighted by its advantage:
the return from there on, less the expected one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples, VectorEnvironment, make_environment
from tui_dl.engine.graph.network import Network
from tui_dl.engine.metrics.episode_history import policy_entropy
from tui_dl.engine.metrics.predictions import softmax
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.baseline import Baseline
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Tensors
from tui_dl.engine.train.step import Look, Stepper
from tui_dl.engine.train.step_records import StepRecorder
from tui_dl.kernels.core.jit import Ints
from tui_dl.kernels.losses.base import out_of_lanes
from tui_dl.kernels.losses.policy_gradient import DECISION
from tui_dl.spec.data.base import Environment
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.losses.base import RewardLoss
from tui_dl.support.rng import stream

LOOKED_AT = 512  # states of a step, evenly spaced, whose entropy is recorded

Numbers = npt.NDArray[np.floating[Any]]
Policy = Callable[[Numbers], Ints]  # logits (episodes, actions) to the actions taken


@dataclass(frozen=True)
class Episodes:
    """States, actions and rewards of episodes that ran side by side.

    Attributes:
        states: (steps, episodes, numbers) the network's input.
        actions: (steps, episodes) the actions chosen.
        rewards: (steps, episodes), 0 after the end of an episode.
        under_way: (steps, episodes) False after the end of an episode.
        ends: (episodes, numbers) the state after the last action of each.
    """

    states: Numbers
    actions: Ints
    rewards: Numbers
    under_way: npt.NDArray[np.bool_]
    ends: Numbers

    @property
    def returns(self) -> Numbers:
        """(episodes,) the sum of each episode's rewards."""
        return np.asarray(self.rewards.sum(axis=0))

    def to_go(self, discount: float) -> Numbers:
        """(steps, episodes) return from each step on; a reward n steps later counts discount^n."""
        to_go = np.zeros_like(self.rewards)
        after = np.zeros(self.rewards.shape[1])
        for step in reversed(range(len(self.rewards))):
            after = to_go[step] = self.rewards[step] + discount * after
        return to_go

    def advantages(self, discount: float, past: Baseline) -> Numbers:
        """(steps, episodes) the return from each step on, less the expected return there.

        The expected return is the mean over the episodes still under way. A single episode would
        be its own mean, so it is compared with `past` episodes.
        """
        to_go = self.to_go(discount)
        if to_go.shape[1] == 1:
            expected = past.expected(to_go[:, 0])
        else:
            expected = to_go.sum(axis=1) / self.under_way.sum(axis=1)
        past.add(to_go, self.under_way)
        return np.asarray((to_go - expected[:, None]) * self.under_way)


class Reinforce(Stepper):
    """A stepper that plays episodes: a sample is an episode, and rewards replace targets.

    Training draws each action from the softmax of the network's outputs; evaluation takes the
    likeliest action. The loss is the regret: the highest possible return less the mean return. The
    kernel's loss, whose gradient is used, has no meaning as a number.
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
        self._step_recorder = recorder
        assert isinstance(experiment.data, Environment)
        assert isinstance(experiment.train.loss, RewardLoss)
        # One step of a few episodes is too little work for several threads.
        self._actor = Stepper(network, optimizer, ThreadPool(1))
        self.source = experiment.data
        self.seed, self.discount = experiment.train.seed, experiment.train.loss.discount
        self.past = Baseline(self.source.longest)
        numbers, most = self.source.input.size, self.capacity
        self._decisions = Samples(np.zeros((most, numbers), np.float32), np.zeros(most, DECISION))
        self._states: dict[int, Samples] = {}  # buffers for states, by number of episodes
        self._environments: dict[int, VectorEnvironment] = {}  # by number of episodes

    def metric_value(self, result: SplitResult) -> float:
        return float(self.source.best - result.loss)

    @property
    def memory(self) -> Tensors:
        return {"baseline.means": self.past.means, "baseline.weights": self.past.weights}

    def kernels(self, samples: Samples, batch_sizes: set[int]) -> Iterator[Any]:
        yield from super().kernels(self._decisions, {self.capacity})

    def step(self, samples: Samples, chosen: Ints, changes: Ints) -> SplitResult:
        """One update from the `chosen` episodes; their regret before it.

        Where the kernel's loss is not finite the weights do not change, and the result is NaN.
        """
        random = stream(self.seed, "actions", self.optimizer.updates)
        episodes = self._play(samples.take(chosen), lambda logits: _draw(logits, random))
        advantages, there = episodes.advantages(self.discount, self.past), episodes.under_way
        count = int(there.sum())
        self._decisions.inputs[:count] = episodes.states[there]
        self._decisions.targets["action"][:count] = episodes.actions[there]
        self._decisions.targets["advantage"][:count] = advantages[there]
        result = super().step(self._decisions, np.arange(count), changes)
        if not isfinite(result.loss):
            return SplitResult(nan, 1.0)
        logits = out_of_lanes(self.network.outputs, count)[:: -(-count // LOOKED_AT)]
        entropy = policy_entropy(softmax(logits.astype(np.float64)))
        self.episodes.add(episodes.returns, entropy)
        regret = self._regret(episodes)
        self._step_recorder.set_loss(regret.loss, self.metric_value(regret))
        return regret

    def evaluate(self, samples: Samples, look: Look | None = None) -> SplitResult:
        """The regret of the likeliest actions, over all these episodes."""
        episodes = self._play(samples, lambda logits: logits.argmax(axis=1))
        self.evaluated = episodes
        return self._regret(episodes)

    def _update_statistics(
        self, samples: Samples, chosen: Ints, changes: Ints, number: int
    ) -> None:
        random = stream(self.seed, "statistics", number)
        episodes = self._play(samples.take(chosen), lambda logits: _draw(logits, random))
        states = episodes.states[episodes.under_way]
        self._decisions.inputs[: len(states)] = states
        super()._update_statistics(self._decisions, np.arange(len(states)), changes, number)

    def _play(self, samples: Samples, policy: Policy) -> Episodes:
        """Play the episode of each of `samples` to its end."""
        environment = self._environment(len(samples))
        states, under_way = environment.reset(samples), np.ones(len(samples), np.bool_)
        steps, ends = [], states
        while under_way.any():
            actions = policy(self._logits(states))
            next_states, rewards, terminated, truncated = environment.step(actions)
            steps.append((states, actions, rewards * under_way, under_way))
            ends = np.where(under_way[:, None], next_states, ends)
            states, under_way = next_states, under_way & ~(terminated | truncated)
        played, actions, rewards, there = map(np.stack, zip(*steps, strict=True))
        return Episodes(played, actions, rewards, there, ends)

    def _environment(self, count: int) -> VectorEnvironment:
        """The environment for so many episodes."""
        if count not in self._environments:
            self._environments[count] = make_environment(self.source, count)
        return self._environments[count]

    def _logits(self, states: Numbers) -> Numbers:
        """(episodes, actions) the network's outputs for `states`."""
        count = len(states)
        if count not in self._states:
            self._states[count] = Samples(
                np.zeros(states.shape, np.float32), np.zeros(count, np.int32)
            )
        self._states[count].inputs[...] = states
        _, outputs, _ = self._actor.outputs(self._states[count])
        return np.asarray(outputs)

    def _regret(self, episodes: Episodes) -> SplitResult:
        count = len(episodes.returns)
        return SplitResult(float(self.source.best * count - episodes.returns.sum()), float(count))


def _draw(logits: Numbers, random: np.random.Generator) -> Ints:
    """Draw an action for each row of logits from its softmax."""
    upto = np.cumsum(softmax(logits.astype(np.float64)), axis=1)[:, :-1]
    return np.asarray((random.random((len(logits), 1)) >= upto).sum(axis=1))
