"""The samples of one class that were answered as another, as far as they were recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tui_dl.drawing.answered import Answered, answered
from tui_dl.drawing.answers import draw_answered
from tui_dl.drawing.arrays import UnreadableError
from tui_dl.drawing.colours import Look
from tui_dl.drawing.confusion_table import answered_as
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import counted
from tui_dl.support.translations import said, tr


class Confusion(NamedTuple):
    """How often one class was answered as another.

    Attributes:
        pair: the numbers of the target's and of the answer's class.
        target: the name of the first.
        answer: the name of the second.
        times: how often.
        total: samples of the target's class.
    """

    pair: tuple[int, int]
    target: str
    answer: str
    times: float
    total: float


def draw_confused(
    artifacts: Mapping[str, Artifact], it: Confusion, width: int, height: int, look: Look
) -> list[StyledLine]:
    """What is counted, how many of these samples were recorded, and what they look like.

    The matrix has samples of its own, worst first. Right answers are only among the samples that
    are the same in every epoch; those are test samples.
    """
    split = " ".join(artifacts["confusion"].labels.get("split", []))
    own = _new(
        _recorded(artifacts, "mistakes", it.pair), _recorded(artifacts, "confusion", it.pair)
    )
    tested = _recorded(artifacts, "samples", it.pair)
    if split == "test":
        own, tested = _new(tested, own), Answered(())
    heading = answered_as(it.target, it.answer, it.times, it.total)
    says = "recorded: {count} of these {split} samples"
    recorded = tr(says, count=len(own.answers), split=tr(split))
    if tested.answers:
        recorded += tr(", and {samples}", samples=said(counted(len(tested.answers), "test sample")))
    rows: list[StyledLine] = [heading, [(recorded, "dim")]]
    both = own + tested
    if both.answers:
        rows += [[], *draw_answered(both, width, height - 3, look)]
    return rows


def _new(more: Answered, known: Answered) -> Answered:
    """The known samples, then those of `more` that are not among them."""
    numbers = {each.number for each in known.answers}
    return known + more.where(lambda each: each.number not in numbers)


def _recorded(artifacts: Mapping[str, Artifact], kind: str, pair: tuple[int, int]) -> Answered:
    """The samples of an artifact that have such a place."""
    if kind not in artifacts:
        return Answered(())
    try:
        return answered(artifacts[kind]).where(lambda it: pair in it.pairs)
    except UnreadableError:  # no mistake was made, or it is damaged, which its own picture says
        return Answered(())
