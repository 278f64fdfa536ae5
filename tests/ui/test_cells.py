"""What is sent of an update makes the terminal show all of it."""

from __future__ import annotations

from collections.abc import Callable

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui_dl.ui.cell_updates import Cells

WIDTH, HEIGHT = 16, 3
CUT = 9  # where one widget ends and the next begins
STYLES = [
    Style.parse(it)
    for it in ("white on black", "red on black", "bold red on black", "color(75) on color(233)",
               "reverse", "underline blue", "")
]  # fmt: skip
CONSOLE = Console(color_system="256", force_terminal=True)

pieces = st.tuples(
    st.sampled_from(["a", " ", "⠒", "│", "한", "é", "   ", "loss"]), st.sampled_from(STYLES)
)


def strip_of(drawn: list[tuple[str, Style]], width: int) -> Strip:
    return Strip([Segment(text, style) for text, style in drawn]).adjust_cell_length(
        width, STYLES[0]
    )


rows = st.tuples(
    st.lists(pieces, max_size=8).map(lambda it: strip_of(it, CUT)),
    st.lists(pieces, max_size=8).map(lambda it: strip_of(it, WIDTH - CUT)),
)
screens = st.lists(rows, min_size=HEIGHT, max_size=HEIGHT)
Frames = list[
    tuple[
        list[tuple[Strip, Strip]],
        Callable[[list[tuple[Strip, Strip]]], ChopsUpdate | LayoutUpdate],
    ]
]


def shown(terminal: pyte.Screen) -> list[list[object]]:
    """Each cell with its looks; of a blank, the colour of its text is not to be seen."""
    return [
        [
            cell if cell.data != " " or cell.reverse or cell.underscore else (" ", cell.bg)
            for cell in (terminal.buffer[y][x] for x in range(WIDTH))
        ]
        for y in range(HEIGHT)
    ]


def layout(screen: list[tuple[Strip, Strip]]) -> LayoutUpdate:
    return LayoutUpdate([list(row) for row in screen], Region(0, 0, WIDTH, HEIGHT))


def update(screen: list[tuple[Strip, Strip]]) -> ChopsUpdate:
    chops = [{0: left, CUT: right} for left, right in screen]
    spans = [(y, 0, WIDTH) for y in range(HEIGHT)]
    return ChopsUpdate(chops, spans, [[CUT, WIDTH]] * HEIGHT)


@settings(max_examples=200)
@given(st.lists(st.tuples(screens, st.sampled_from([update, layout])), min_size=2, max_size=4))
def test_whatever_follows_whatever(frames: Frames) -> None:
    cells = Cells()
    terminal, expected = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)
    for frame, make in frames:
        whole = layout(frame).render_segments(CONSOLE)
        pyte.Stream(expected).feed(whole.replace("\n", "\r\n"))
        pyte.Stream(terminal).feed(cells.sends(make(frame)).render_segments(CONSOLE))
        assert shown(terminal) == shown(expected)
    for make in (update, layout):
        assert cells.sends(make(frames[-1][0])).render_segments(CONSOLE) == ""
    cells.forget()
    pyte.Stream(fresh := pyte.Screen(WIDTH, HEIGHT)).feed(
        cells.sends(layout(frames[-1][0])).render_segments(CONSOLE)
    )
    assert shown(fresh) == shown(expected)


def test_a_cell_that_changes_costs_a_few_bytes() -> None:
    cells, style = Cells(), Style.parse("color(75) on color(233)")
    before = [
        (strip_of([("a" * CUT, style)], CUT), strip_of([("loss", style)], WIDTH - CUT))
    ] * HEIGHT
    after = [*before[:2], (before[0][0], strip_of([("lost", style)], WIDTH - CUT))]
    cells.sends(update(before)).render_segments(CONSOLE)
    sent = cells.sends(update(after)).render_segments(CONSOLE)
    assert sent == "\x1b[3;13H\x1b[38;5;75;48;5;233mt\x1b[0m"


def test_what_follows_half_a_wide_letter_stays_in_its_place() -> None:
    """An update may end within a letter; the next one sends the letter whole."""
    style = Style.parse("white on black")
    drawn = [(strip_of([("가고, b", style)], CUT), strip_of([], WIDTH - CUT))] * HEIGHT
    cells, terminal = Cells(), pyte.Screen(WIDTH, HEIGHT)
    half = update(drawn)
    half = ChopsUpdate(half.chops, [(0, 0, 3)], half.chop_ends)
    for each in (half, update(drawn)):
        pyte.Stream(terminal).feed(cells.sends(each).render_segments(CONSOLE))
    assert terminal.display[0].startswith("가고, b")


def test_a_layout_that_came_late_leaves_nothing_in_a_terminal_that_has_become_smaller() -> None:
    def row(text: str) -> list[Strip]:
        return [strip_of([(text, STYLES[0])], len(text))]

    cells, terminal = Cells(), pyte.Screen(6, 2)
    terminal.reset_mode(
        7, private=True
    )  # as the dashboard does: what is beyond the last column stays in it
    late = LayoutUpdate([row("ab      "), row("cd      "), row("ef     z")], Region(0, 0, 8, 3))
    now = LayoutUpdate([row("ab    "), row("cd    ")], Region(0, 0, 6, 2))
    for sent in (late, now):
        pyte.Stream(terminal).feed(cells.sends(sent).render_segments(CONSOLE))
    assert terminal.display == ["ab    ", "cd    "]
