"""Handwritten digits."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import Shift, Source
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import Positive, TensorSpec


class Digits(Source, frozen=True, kw_only=True, tag="digits"):
    """1,797 real handwritten digits (UCI, CC BY 4.0), 8x8 greys, bundled."""

    size_key: ClassVar[str] = "resize"

    resize: tuple[Positive, Positive] = (8, 8)
    augment: list[Shift] = msgspec.field(default_factory=list)

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        moved, side = 0, min(self.resize)
        for index, shift in enumerate(self.augment):  # images are not moved out of sight
            moved += shift.pixels
            if moved >= side:
                raise ConfigError(
                    f"data.augment[{index}].pixels",
                    f"moves by {moved} pixels can take an image of "
                    f"{TensorSpec(self.resize)} out of sight: keep them below {side} in all",
                )

    @property
    def count(self) -> int:
        return 1797

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((1, *self.resize))

    @property
    def classes(self) -> int:
        return 10
