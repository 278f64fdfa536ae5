"""What is sent in place of colours."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui_dl.ui.no_colours import NoColours

GROUND = Color.parse("#121212")


@pytest.mark.parametrize(
    ("style", "sent"),
    [
        ("#d0d0d0 on #121212", "none"),
        ("bold #5fafff on #1c1c1c", "bold"),  # a window's ground
        ("#eeeeee on #005f87", "reverse"),  # the cursor of a list
        ("bold #121212 on #5fafff", "bold reverse"),
        ("#3a3a3a on #121212", "dim"),  # the border of what has no focus
        ("reverse #3a3a3a on #121212", "dim reverse"),  # an edge of a scroll bar
        ("italic", "italic"),
    ],
)
def test_attributes_stand_for_colours(style: str, sent: str) -> None:
    (found,) = NoColours().apply([Segment("text", Style.parse(style))], GROUND)
    assert found.text == "text"
    assert found.style is not None
    assert found.style.color is found.style.bgcolor is None
    assert str(found.style) == str(Style.parse(sent))
