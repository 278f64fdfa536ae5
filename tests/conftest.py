"""No test touches the home of whoever runs it."""

import gc
import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, however slow the machine is.
settings.register_profile("tui-dl", deadline=None, derandomize=True)
settings.load_profile("tui-dl")

# Compiled kernels are kept from one test run to the next, beside pytest's own cache.
os.environ.setdefault(
    "TUI_DL_CACHE", str(Path(__file__).parent.parent / ".pytest_cache" / "kernels")
)

# Terminals that tests open say their size themselves; readline says that of pytest's, if any.
for variable in ("COLUMNS", "LINES"):
    os.environ.pop(variable, None)

# English, in UTF-8, whatever the language of whoever runs the tests is.
for variable in ("LC_ALL", "LC_CTYPE", "LC_MESSAGES"):
    os.environ.pop(variable, None)
os.environ["LANG"] = "C.UTF-8"

# Shells start what is to run in the background with SIGINT ignored, and processes inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A fourth of the dashboard's tests was the search for garbage among modules and collected tests.
gc.disable()


def pytest_collection_finish() -> None:
    """Search for garbage again: less often, and only in what tests make."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


@pytest.fixture(autouse=True)
def home(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The folder of all runs, empty; every process a test starts inherits it."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("TUI_DL_RUNS", str(folder))
    monkeypatch.setenv("TUI_DL_DATA", str(tmp_path / "data"))
    settings_file = tmp_path_factory.mktemp("config") / "settings.toml"
    settings_file.write_text("hints = false\n", encoding="utf-8")  # toasts would cover the screen
    monkeypatch.setenv("TUI_DL_SETTINGS", str(settings_file))
    # Hints name the program as it can be typed: here as `tui-dl`.
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    return folder
