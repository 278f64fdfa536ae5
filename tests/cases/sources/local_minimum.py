"""Cases of local_minimum."""

from __future__ import annotations

from tui_dl.spec.data.local_minimum import LocalMinimum

CASES = [LocalMinimum(), LocalMinimum(samples=1000, rare=0)]
