"""States of environments as pictures: one file for each environment that has one."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from tui_dl.drawing.scenes.scene import DrawScene


def scene_of(environment: str) -> DrawScene | None:
    """What draws states of this kind of environment; None where its numbers are shown."""
    module = f"{__name__}.{environment}"
    if find_spec(module) is None:
        return None
    draw: DrawScene = import_module(module).scene
    return draw
