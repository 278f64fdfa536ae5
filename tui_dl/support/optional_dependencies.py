"""Optional dependencies: libraries that an extra of this package installs."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple

from tui_dl.support.command_line import install
from tui_dl.support.errors import UserError


class Extra(NamedTuple):
    """An extra of this package.

    Attributes:
        name: as `pip install tui-dl[name]` has it.
        module: what is imported.
        package: what is installed, where that is called otherwise.
    """

    name: str
    module: str
    package: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the module is not installed; checked without importing it."""
        return find_spec(self.module) is None

    def require(self, user: str) -> None:
        """Raise UserError with the command that installs the module, if it is missing.

        `user` names what needs it, for the message.
        """
        if self.is_missing:
            raise UserError(
                f"{user} needs {self.package or self.module}, which is not installed: "
                f"`{install(self.package or self.module)}`"
            )
