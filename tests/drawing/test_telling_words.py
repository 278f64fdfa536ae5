"""Letters that decided: signs below a text that was read letter by letter."""

import numpy as np

from tests.cases.observer import artifact
from tui_dl.drawing import picture
from tui_dl.drawing.colours import Look

NAMES = artifact(
    "telling_words",
    {
        "weight": np.array([[2, 0.6, -0.1, -0.8], [0.1, -3, np.nan, np.nan]], np.float32),
        "target": np.array([[1], [0]], np.int32),
        "answer": np.array([[1], [1]], np.int32),
        "confidence": np.array([[0.98], [0.51]], np.float32),
    },
    classes=["Dutch", "French"],
    words=[*"l-bé", *"ab", "", ""],
)


def shown(look: Look) -> list[str]:
    rows = picture.draw(NAMES, 72, 9, look)
    return ["".join(text for text, _ in row).rstrip() for row in rows]


def test_a_sign_stands_below_its_letter() -> None:
    assert shown(Look("none"))[1:] == [
        "✔ French  l-bé",
        "          ▲△ ▽",
        "✘ French  ab (is Dutch)",
        "           ▼",
    ]


def test_signs_of_ascii() -> None:
    _, _, above, _, below = shown(Look("none", True))
    assert (above.split(), below.split()) == (["#+", "-"], ["="])
