"""Libraries that are installed only where they are asked for, each as an extra of this package."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple

from tui_dl.support.errors import UserError
from tui_dl.support.program import install


class Extra(NamedTuple):
    """An extra of this package, and the module it brings."""

    name: str
    module: str

    @property
    def is_missing(self) -> bool:
        """Whether the module is not installed; it is not imported to find out."""
        return find_spec(self.module) is None

    def require(self, user: str) -> None:
        """Raise UserError with the command that installs it, where `user` cannot do without."""
        if self.is_missing:
            raise UserError(
                f"{user} needs the extra {self.name!r}, that is {self.module}: "
                f"`{install(self.module)}`"
            )
