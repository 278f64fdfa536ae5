"""Generated windows of a machine's vibration, some of them with a fault."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.spec.data.machine import Machine
from tui_dl.support.rng import stream

TURNS = 3.0  # of the machine in a window
OVERTONE, DELAY = 0.5, 0.8  # the second harmonic's share, and its phase in radians
KNOCK, DECAY, RING = 1.0, 3.0, 5.0  # height, and moments in which it decays and swings once
STUCK = 14  # moments for which a sensor repeats its last value
SLIP = 0.9  # radians by which the machine falls behind

Waves = npt.NDArray[np.float64]


def load(source: Machine, seed: int) -> Dataset:
    """Windows (samples, 64) in random order; the test part has its own share of faulty ones."""
    random = stream(seed, "machine")
    shares = source.training_faults, source.training_faults, source.faults
    return Dataset(
        *(
            _part(count, share, source.noise, random)
            for count, share in zip(source.splits, shares, strict=True)
        )
    )


def _part(count: int, share: float, noise: float, random: np.random.Generator) -> Samples:
    """So many windows, of which this share is faulty, but at least one of a share above 0."""
    faulty = max(round(count * share), 1) if share else 0
    labels = random.permutation(np.arange(count) < faulty).astype(np.int32)
    waves = np.stack([_window(bool(it), random) for it in labels.tolist()])
    waves += random.normal(0, noise, waves.shape)
    return Samples(waves.astype(np.float32), labels)


def _window(is_faulty: bool, random: np.random.Generator) -> Waves:
    """A window without noise: two harmonics, of random phase and height, and perhaps a fault.

    A fault is a knock, a sensor that is stuck, or a slip, equally likely, at a random moment.
    """
    moments = np.arange(Machine.LENGTH, dtype=np.float64)
    turned = 2 * np.pi * (TURNS * moments / Machine.LENGTH + random.random())
    height, begin = random.uniform(0.8, 1.2), random.integers(8, Machine.LENGTH - STUCK)
    fault = random.integers(3) if is_faulty else None
    if fault == 0:
        turned = turned - SLIP * (moments >= begin)
    wave = height * (np.sin(turned) + OVERTONE * np.sin(2 * turned + DELAY))
    if fault == 1:
        wave[begin : begin + STUCK] = wave[begin]
    elif fault == 2:
        since = np.maximum(moments - begin, 0)
        ringing = np.exp(-since / DECAY) * np.cos(2 * np.pi * since / RING)
        wave += KNOCK * ringing * (moments >= begin)
    return wave
