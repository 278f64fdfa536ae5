"""Fixtures for several tests of the engine."""

import pytest

from tui_dl.engine.train import trainer


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is yielded alone, so that commands can follow each."""
    monkeypatch.setattr(trainer, "YIELD_EVERY", 0.0)
