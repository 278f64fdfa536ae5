"""What does not come with this package unless it is asked for: its extras."""

from __future__ import annotations

from importlib.util import find_spec

from tui_dl.spec.data import Data
from tui_dl.spec.layers import kind
from tui_dl.support.errors import UserError
from tui_dl.support.program import install


def is_missing(source: Data) -> bool:
    """Whether the extra that `source` needs is not installed; nothing is imported for that."""
    return source.extra is not None and find_spec(source.extra[1]) is None


def need(source: Data) -> None:
    """Raise UserError, saying what to install, where `source` cannot be had."""
    if source.extra and is_missing(source):
        extra, module = source.extra
        raise UserError(
            f"data.source: {kind(source)} needs the extra {extra!r}, that is {module}: "
            f"`{install(module)}`"
        )
