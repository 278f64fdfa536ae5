"""Windows of a machine's vibration, some of them with a fault."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.data.base import Fraction, Source
from tui_dl.spec.data.points import Deviation
from tui_dl.spec.layers.base import TensorSpec

Share = Annotated[float, msgspec.Meta(ge=0, lt=1)]


class Machine(Source, frozen=True, kw_only=True, tag="machine"):
    """Generated, synthetic windows of a periodic signal; the label says which have a fault.

    Faults are among the test samples; those that are trained on are of a sound machine.

    Attributes:
        noise: standard deviation of the noise at each moment.
        faults: the share of faulty windows among the test samples.
        training_faults: their share among the training and validation samples.
    """

    LENGTH: ClassVar[int] = 64  # moments of a window

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 2000
    noise: Deviation = 0.1
    faults: Fraction = 0.2
    training_faults: Share = 0.0

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.LENGTH,))

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def class_names(self) -> list[str]:
        return ["normal", "faulty"]
