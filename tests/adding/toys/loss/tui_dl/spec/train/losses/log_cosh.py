"""Log-cosh."""

from __future__ import annotations

from tui_dl.spec.train.losses.base import Loss


class LogCosh(Loss, frozen=True, tag="log_cosh"):
    """log cosh(y - t): squared for small errors, absolute for large ones."""
