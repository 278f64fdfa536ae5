"""Cases of series."""

from __future__ import annotations

from tui_dl.spec.data.series import Series

CASES = [Series(), Series(values=200, past=10, horizon=1, season_=3, noise=0, validation=0.3)]
TYPED = [" ".join(str(100 + it % 7) for it in range(28))]
