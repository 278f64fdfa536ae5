"""Handwritten digits."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import Augmentation, Shift, Source
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import Positive, TensorSpec


class Digits(Source, frozen=True, kw_only=True, tag="digits"):
    """1,797 real handwritten digits (UCI, CC BY 4.0), 8x8 greys, bundled.

    Attributes:
        resize: height and width of the images.
        augment: how training images are changed, anew in every epoch.
        evaluation_shift: up to how many pixels each way validation and test images are moved, once.
    """

    size_key: ClassVar[str] = "resize"

    resize: tuple[Positive, Positive] = (8, 8)
    augment: list[Augmentation] = msgspec.field(default_factory=list)
    evaluation_shift: Annotated[int, msgspec.Meta(ge=0, le=1_000)] = 0

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        moved = 0
        for index, change in enumerate(self.augment):
            if isinstance(change, Shift):
                moved += change.pixels
                self._check_move(f"data.augment[{index}].pixels", moved)
        self._check_move("data.evaluation_shift", self.evaluation_shift)

    def _check_move(self, path: str, pixels: int) -> None:
        """Raise ConfigError, at `path`, where an image could be moved out of sight."""
        side = min(self.resize)
        if pixels >= side:
            raise ConfigError(
                path,
                f"moves by {pixels} pixels can take an image of "
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
