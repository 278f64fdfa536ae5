"""A moment of a run that a lesson talks of, and what is on the screen then."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

CURVES, GRADIENTS, PICTURES, NETWORK = "1", "2", "3", "4"  # the keys of tabs
TABS = {CURVES: "curves", GRADIENTS: "gradients", PICTURES: "pictures", NETWORK: "network"}
END = ("end",)  # the playhead after the last epoch


class Number(NamedTuple):
    """A number on the screen, which has to be between two others.

    Attributes:
        pattern: a regular expression; its group is the number.
        least: what it has to be at least.
        most: what it may be at most.
    """

    pattern: str
    least: float
    most: float

    def is_in(self, shown: str) -> bool:
        found = re.search(self.pattern, shown)
        return found is not None and self.least <= float(found[1]) <= self.most


class Seen(NamedTuple):
    """Words and numbers that are on a run's screen, at the end of the run or after an epoch.

    Attributes:
        tab: the key of the tab that they are in.
        words: in it, or in the picture that is enlarged.
        picture: which one that is.
        run: of a variant; empty for the preset's own.
        keys: what is pressed besides.
    """

    tab: str
    words: tuple[str | Number, ...]
    picture: str = ""
    run: str = ""
    keys: tuple[str, ...] = END

    @property
    def title(self) -> str:
        """Its name among those of a preset."""
        of = f" of {self.run}" if self.run else ""
        return f"{self.picture or TABS[self.tab]}{of}, {_pressed(self.keys)}"


class SideBySide(NamedTuple):
    """Words on the screen of all variants, whose names and claims are there anyway."""

    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = END

    @property
    def picture(self) -> str:
        """None is enlarged."""
        return ""

    @property
    def title(self) -> str:
        """Its name among those of a preset."""
        return f"variants, {_pressed(self.keys)}"


def _pressed(keys: tuple[str, ...]) -> str:
    return " ".join(f"{key} ×{len([*them])}" for key, them in groupby(keys))


def after(epochs: int) -> tuple[str, ...]:
    """The keys that put the playhead after so many epochs."""
    return ("home", *"." * epochs)


def picture(kind: str, *words: str | Number, run: str = "", keys: tuple[str, ...] = END) -> Seen:
    return Seen(PICTURES, words, kind, run, keys)


def accuracy(least: float, most: float, run: str = "", keys: tuple[str, ...] = END) -> Seen:
    """The accuracy on the validation samples, in percent."""
    return Seen(CURVES, (Number(r"validation ([\d.]+) %", least, most),), "", run, keys)


def train_loss(least: float, most: float, run: str = "", keys: tuple[str, ...] = END) -> Seen:
    return Seen(CURVES, (Number(r"train (\S+)", least, most),), "", run, keys)


def layers(*words: str, run: str = "") -> Seen:
    """Words in the table of layers."""
    return Seen(NETWORK, words, "", run)
