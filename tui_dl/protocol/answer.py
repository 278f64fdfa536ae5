"""What a network says of one sample, and how the process that predicts is talked to.

The process gets one `Question` a line of JSON, after it has said `Ready`, and answers each with one
`Reply`.
"""

from __future__ import annotations

import msgspec

from tui_dl.spec.task import Task


class Span(msgspec.Struct, frozen=True):
    """Consecutive places of a sequence that are one thing.

    Attributes:
        kind: what they are.
        start: the first place.
        end: the place after the last one.
        text: what stands there.
        probability: the lowest one of its places.
    """

    kind: str
    start: int
    end: int
    text: str
    probability: float


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a network says of one sample.

    Attributes:
        prediction: the class's name, a text, a number or several.
        probability: that of the prediction, where it is no class and has one.
        probabilities: of all classes, by name.
        spans: what was found in a sequence, in order.
        notes: of a melody: MIDI number, start and length of each, in tokens of the meter.
        meter: of a melody, such as ``6/8``.
        limit: a prediction above it is unusual; None where there is no such limit.
        remarks: what was done to the sample before the network got it.
    """

    prediction: str | float | tuple[float, ...]
    probability: float | None = None
    probabilities: dict[str, float] = {}
    spans: tuple[Span, ...] = ()
    notes: tuple[tuple[int, int, int], ...] = ()
    meter: str = ""
    limit: float | None = None
    remarks: tuple[str, ...] = ()

    @property
    def confidence(self) -> float | None:
        """The probability of the prediction; None where it has none."""
        return max(self.probabilities.values()) if self.probabilities else self.probability


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The network is loaded.

    Attributes:
        task: what it does.
        wanted: what a line has to be, in words.
    """

    task: Task
    wanted: str


class Question(msgspec.Struct, frozen=True):
    """A line that was typed."""

    text: str


class Answered(msgspec.Struct, frozen=True, tag="answered"):
    """The answer to a line."""

    answer: Answer


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """There is no answer.

    Attributes:
        reason: what is wrong and what is wanted, in one line.
    """

    reason: str


Reply = Ready | Answered | Refused
