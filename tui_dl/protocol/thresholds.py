"""From where on a figure of a layer is a fault: for the diagnosis, and drawn in the dashboard."""

from __future__ import annotations

VANISHING = 1e-4  # of the last layer's gradient norm: below it learns next to nothing
DEAD = 0.9  # of a layer's units; with PyTorch's initial values up to 0.6 are idle in sound networks
SATURATED = 0.8  # of a layer's outputs; sound deep tanh networks have up to 0.6
