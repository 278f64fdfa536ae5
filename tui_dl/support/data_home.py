"""The folder of downloaded data sets."""

from __future__ import annotations

import os
from pathlib import Path

from tui_dl.support.home_folders import expanded


def data_home() -> Path:
    """The folder of downloads: TUI_DL_DATA, else one in the platform's user data folder."""
    if chosen := os.environ.get("TUI_DL_DATA"):
        return expanded(chosen).absolute()
    from platformdirs import user_data_path

    return user_data_path("tui-dl") / "data"
