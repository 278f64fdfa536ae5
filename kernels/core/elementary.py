"""Copies and sums of whole arrays."""

from __future__ import annotations

from tui_dl.kernels.core.jit import Array, kernel


@kernel("void(f4[::1], f4[::1], f4[::1])")
def add(y: Array, a: Array, b: Array) -> None:
    """Make y = a + b."""
    for i in range(y.size):
        y[i] = a[i] + b[i]


@kernel("void(f4[::1], f4[::1])")
def copy(y: Array, x: Array) -> None:
    """Make y = x."""
    for i in range(y.size):  # y[:] = x compiles an error message, too: 2 s
        y[i] = x[i]


@kernel("void(f4[:, ::1], f4[:, ::1])")
def copy_overlap(y: Array, x: Array) -> None:
    """Copy from x to y the rows and columns that both have."""
    for r in range(min(len(y), len(x))):
        for i in range(min(y.shape[1], x.shape[1])):
            y[r, i] = x[r, i]
