"""Commands to a run that is training; each is one small file for its worker."""

from __future__ import annotations

import msgspec

from tui_dl.spec.train.table import Rate

LOOK_EVERY = 0.1  # seconds between two looks for commands


class Command(msgspec.Struct, frozen=True, tag_field="command"):
    """A command to a run that is training."""

    @property
    def name(self) -> str:
        """What it is called in files and events."""
        return str(self.__struct_config__.tag)


class Stop(Command, frozen=True, tag="stop"):
    """Save the weights and end."""


class Pause(Command, frozen=True, tag="pause"):
    """Save the weights and wait."""


class Continue(Command, frozen=True, tag="continue"):
    """Go on after a pause."""


class Save(Command, frozen=True, tag="checkpoint"):
    """Save the weights now."""


class Set(Command, frozen=True, tag="set"):
    """Train on with another learning rate."""

    learning_rate: Rate


AnyCommand = Stop | Pause | Continue | Save | Set
