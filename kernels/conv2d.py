"""conv2d: y[f, p] = b[f] + sum over c, i, j of W[f, c, i, j] x[c, s p + (i, j)], x zero-padded."""

from __future__ import annotations

from tui_dl.kernels.convolution import Convolution


class Conv2d(Convolution):
    """Over an image: channels × height × width."""

    channel_axis = 0
