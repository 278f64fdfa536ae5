"""A time series, cut into windows: past values, and those that follow."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import OwnOrGenerated
from tui_dl.spec.data.points import Deviation
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.splits import split_sizes

Length = Annotated[int, msgspec.Meta(ge=1, le=1_000)]


class Series(OwnOrGenerated, frozen=True, kw_only=True, tag="series"):
    """Generated values with trend, two seasons and noise; or a column of the user's table.

    The latest values are to test with, those before them to validate with; the past of a window may
    reach into the part before.

    Attributes:
        column: name of the column in the file; the last one of numbers where it is left out.
        delimiter, decimal, encoding: of the file, as `TableFile` has them.
        values: how many are generated.
        past: how many the network reads.
        horizon: how many after them it forecasts.
        season_: how many values a season has: the naive forecast repeats the last one.
        noise: standard deviation of each generated value's noise, as a share of the value.
    """

    size_key: ClassVar[str] = "values"

    column: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None
    encoding: str | None = None
    values: Annotated[int, msgspec.Meta(ge=100, le=1_000_000)] = 2000
    past: Length = 28
    horizon: Length = 7
    season_: Length = msgspec.field(name="season", default=7)
    noise: Deviation = 0.1

    def check(self, spec: DataSpec) -> None:
        if self.season > self.past:
            raise ConfigError(
                "data.season",
                f"of {self.season} values is longer than data.past, {self.past}: make it shorter",
            )
        if not all(spec.splits):
            raise ConfigError(
                "data.past",
                f"of {self.past} values and data.horizon of {self.horizon} leave no window to "
                "train on, to validate with or to test with: make them smaller",
            )
        super().check(spec)

    @property
    def season(self) -> int:
        return self.season_

    @property
    def count(self) -> int:
        return sum(self.splits)

    @property
    def splits(self) -> tuple[int, int, int]:
        return self.windows(self.values)

    def windows(self, values: int) -> tuple[int, int, int]:
        """How many windows of so many values are in each part, by where their targets are."""
        train, *others = split_sizes(values, self.validation, self.test)
        inside = max(train - self.past - self.horizon + 1, 0)
        validation, test = (max(it - self.horizon + 1, 0) for it in others)
        return inside, validation, test

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.past, 1))

    @property
    def classes(self) -> int:
        return 0

    @property
    def target(self) -> TensorSpec:
        return TensorSpec((self.horizon,))
