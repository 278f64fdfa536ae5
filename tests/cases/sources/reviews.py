"""Cases of reviews."""

from __future__ import annotations

from tui_dl.spec.data.reviews import Reviews

CASES = [Reviews(samples=500), Reviews(samples=100, negated=1)]
