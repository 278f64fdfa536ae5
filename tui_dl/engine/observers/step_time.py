"""How the time of a step divides over the layers."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.moments import Moment
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.kernels.core.program import Call, Program
from tui_dl.spec.experiment import Experiment

LAYERS = 200
TURNS = 3  # of which the shortest counts: a disturbance only makes a turn longer


class StepTime(Observer):
    """``forward`` and ``backward`` (layers,): milliseconds of one mini-batch on one thread.

    The samples that were evaluated last go through the network again, as in training but without
    an update; ``blocks`` (1,) is how many blocks of samples they are.
    """

    is_timing = True

    def wants(self, experiment: Experiment) -> bool:
        return len(experiment.nodes) <= LAYERS

    def due(self, moment: Moment) -> bool:
        return moment.epoch == 1

    def observe(self, context: Context) -> Seen | None:
        network = context.network
        blocks = int(network.batch.active[0])
        own = slice(0, blocks)
        pool = ThreadPool(1)
        forward = [Program([[layer.forward(own)]]) for layer in network.layers]
        loss = Program([[network.loss.calls(own)]])
        backward = [Program([[calls]]) for calls in network.backward_by_layer(own)]
        nothing: list[Call] = []
        empty = Program([[nothing]])
        programs = [*forward, loss, *backward, empty]
        pool.run(loss)  # starts the pool
        turns = np.empty((TURNS, len(programs)))
        for turn in turns:
            for index, program in enumerate(programs):
                began = perf_counter()
                pool.run(program)
                turn[index] = perf_counter() - began
        least = 1e3 * turns.min(axis=0)
        taken = np.maximum(least[:-1] - least[-1], 0).astype(np.float32)
        count = len(forward)
        names = [layer.name for layer in network.layers]
        arrays = {
            "forward": taken[:count],
            "backward": taken[count + 1 :][::-1],
            "blocks": np.array([blocks], np.int32),
        }
        return Seen(arrays, {"layers": names})
