"""A screen without what the numbers of a run decide, which differ where a processor rounds otherwise.

What is left are words and the signs of claims and diagnoses, in their order. Left out are numbers,
curves, cells and bars; the rows of a chart, whose label of the best epoch stands where there is
room; the measured time of a step; the strip of the playhead; and what a network answered.
"""

from __future__ import annotations

import re

CHART = re.compile(r"^│?\s*\S*\s*[┤│┊].*$", re.MULTILINE)
STRIP = re.compile(r"^ [‖■▶] .*$", re.MULTILINE)
TIME = re.compile(r"^.*(?:/step|/스텝)\b.*$", re.MULTILINE)
WORD = re.compile(r"[✔✘▲▸]|[^\W\d_]{2,}")
ANSWERED = {  # pictures of what a network answered, and how many rows of each it does not decide
    "telling_words": 2,
}


def outline(screen: str, picture: str = "") -> list[str]:
    """The words of a screen, on which a picture may be enlarged."""
    if picture in ANSWERED:
        rows = screen.splitlines()
        screen = "\n".join(rows[: 2 + ANSWERED[picture]])
    for left_out in (CHART, STRIP, TIME):
        screen = left_out.sub("", screen)
    return WORD.findall(screen)
