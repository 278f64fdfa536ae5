"""What a screen has in common on all processors, which round a run's numbers in different ways.

Left are its words and the signs of claims and diagnoses, in their order. Left out are numbers,
curves, cells and bars; the rows of a chart, whose label of the best epoch stands where there is
room; times that were measured; the strip of the playhead; and what a network answered.
"""

from __future__ import annotations

import re

CHART = re.compile(r"^│? *\S* *[┤│┊].*$", re.MULTILINE)
STRIP = re.compile(r"^ [‖■▶] .*$", re.MULTILINE)
STEP_TIME = re.compile(r"^.*/(?:step|스텝) .*$", re.MULTILINE)
# At the end of a row, where there is room for as many digits as it has.
LAST_TIME = re.compile(r"  ·  [\d.,]+ [mµn]?s/(?:step|스텝)$", re.MULTILINE)
UNIT = re.compile(r"[\d.]+ [mµn]?s\b")
ANSWERS = re.compile(r"(?<=\n)(╭.*\n.*\n.*\n)(?:│.*\n)*")  # the first two rows say what they are
WORD = re.compile(r"[✔✘▲▸]|[^\W\d_]{2,}")
ANSWERED = (
    "alignment",
    "confusion",
    "generated_text",
    "mistakes",
    "notes",
    "running_score",
    "tagged",
    "telling_words",
)  # pictures of what a network answered


def outline(screen: str, picture: str = "") -> list[str]:
    """The words of a screen, on which a picture may be enlarged."""
    if picture in ANSWERED:
        screen = ANSWERS.sub(r"\1", screen)
    for left_out in (CHART, STRIP, STEP_TIME, LAST_TIME, UNIT):
        screen = left_out.sub("", screen)
    return WORD.findall(screen)
