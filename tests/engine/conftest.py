"""What several tests of the engine need."""

import pytest

from tui_dl.engine.train import trainer


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is handed out alone, so commands can be given behind each."""
    monkeypatch.setattr(trainer, "HAND_OUT_EVERY", 0.0)
