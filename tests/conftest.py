"""No test touches the home of whoever runs it."""

import os
from pathlib import Path

import pytest

# Compiled kernels are kept from one test run to the next, beside pytest's own cache.
os.environ.setdefault(
    "TUI_DL_CACHE", str(Path(__file__).parent.parent / ".pytest_cache" / "kernels")
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all runs, empty; every process a test starts inherits it."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("TUI_DL_RUNS", str(folder))
    return folder
