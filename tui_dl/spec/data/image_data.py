"""The base of sources of images: how training images are changed, and others moved."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import Augmentation, Shift, SplitData
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec


class ImageData(SplitData, frozen=True, kw_only=True):
    """Samples that are images of (channels, height, width).

    Attributes:
        augment: how training images are changed, anew in every epoch.
        evaluation_shift: up to how many pixels each way validation and test images are moved, once.
    """

    learning_keys: ClassVar[tuple[str, ...]] = (*SplitData.learning_keys, "augment")

    augment: list[Augmentation] = msgspec.field(default_factory=list)
    evaluation_shift: Annotated[int, msgspec.Meta(ge=0, le=1_000)] = 0

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        size = TensorSpec(spec.input.shape[-2:])
        moved = 0
        for index, change in enumerate(self.augment):
            if isinstance(change, Shift):
                moved += change.pixels
                _check_move(f"data.augment[{index}].pixels", moved, size)
        _check_move("data.evaluation_shift", self.evaluation_shift, size)


def _check_move(path: str, pixels: int, size: TensorSpec) -> None:
    """Raise ConfigError, at `path`, where an image of this size could be moved out of sight."""
    side = min(size.shape)
    if pixels >= side:
        raise ConfigError(
            path,
            f"moves by {pixels} pixels can take an image of {size} out of sight: "
            f"keep them below {side} in all",
        )
