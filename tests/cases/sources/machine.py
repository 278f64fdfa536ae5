"""Cases of machine; in those that it trains on a sound machine alone, a split has one class."""

from __future__ import annotations

from tui_dl.spec.data.machine import Machine

CASES = [
    Machine(training_faults=0.1),
    Machine(samples=100, noise=0, faults=0.5, training_faults=0.5, validation=0.3),
]
