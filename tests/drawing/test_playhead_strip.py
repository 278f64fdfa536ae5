"""The row with the playhead, as text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from rich.cells import cell_len

from tests.fake_run import started
from tui_dl.drawing.playhead_strip import playhead_strip
from tui_dl.drawing.styled_text import length
from tui_dl.drawing.timeline import HEAD, timeline
from tui_dl.runs.milestones import Milestone
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.status import Status
from tui_dl.runs.view import Present
from tui_dl.support.translations import use

BEST = (Milestone(560, "best"),)


def drawn(
    playhead: Playhead,
    width: int = 118,
    step: int = 800,
    status: Status = "finished",
    milestones: tuple[Milestone, ...] = BEST,
    seconds: float = 0.25,
    most: int = 40,
) -> str:
    present = Present(
        status, step, started(), seconds=seconds, milestones=milestones,
        epochs=step // 20, planned=20 * most,
    )  # fmt: skip
    row = playhead_strip(playhead, present, width)
    assert length(row) == (width if step else 0)
    return "".join(text for text, _ in row)


def test_what_a_run_says_that_is_watched() -> None:
    text = drawn(Playhead(240.0, playing=True, watching=True))
    assert re.match("▶ 12/40 · slow motion 1/60 · trained in 0.25 s +0━━━", text)
    assert text.endswith("─▶40")


@pytest.mark.parametrize(
    ("playhead", "status", "seconds", "words"),
    [
        (Playhead(), "running", 0.25, "● 40/40 · live  "),
        (Playhead(), "finished", 0.25, "■ 40/40 · end · trained in 0.25 s  "),
        (Playhead(47.0), "finished", 83.0, "‖  3/40 · after step 47 · trained in 1:23  "),
        (Playhead(47.0, playing=True), "finished", 15.0, "▶  3/40 · as fast as trained · trained"),
        (
            Playhead(47.0, playing=True),
            "finished",
            150.0,
            "▶  3/40 · 10× as fast · trained in 2:30",
        ),
        (Playhead(0.0), "running", 1.0, "‖  0/40 · after step 0  "),
    ],
)
def test_every_state_has_its_words(
    playhead: Playhead, status: Status, seconds: float, words: str
) -> None:
    assert drawn(playhead, status=status, seconds=seconds).startswith(words)


def test_a_narrow_row_is_mostly_the_run_and_says_the_rest_in_few_words() -> None:
    held, slow = Playhead(47.0), Playhead(240.0, playing=True, watching=True)
    assert drawn(held, 58).startswith("‖  3/40 · step 47  ")
    assert drawn(slow, 58).startswith("▶ 12/40 · slow 1/60  ")
    assert drawn(slow, 58).index("0━") <= 0.4 * 58 + 2
    assert drawn(slow, 78).startswith("▶ 12/40 · slow motion 1/60  ")


LIVE_OR_OVER: tuple[Status, ...] = ("running", "finished")
STATES = list(product([None, 7.0, 799.0], [False, True], [1 / 64, 1.0, 64.0], [0.25, 15.0, 4e4]))


@pytest.mark.parametrize("spoken", ["en", "ko"])
@pytest.mark.parametrize("width", [58, 78, 118])
@pytest.mark.parametrize("per_epoch", [20, 1])
def test_the_run_is_where_it_is_whatever_stands_beside_it(
    spoken: str, width: int, per_epoch: int
) -> None:
    marks = Milestone(200, "diagnosis"), Milestone(600, "learning_rate")
    found = set()
    use(spoken)
    for status, (step, playing, speed, seconds) in product(LIVE_OR_OVER, STATES):
        playhead = Playhead(step, playing, watching=True, speed=speed)
        present = Present(
            status, 800, started(steps_per_epoch=per_epoch), seconds=seconds, milestones=marks,
            epochs=800 // per_epoch, planned=800,
        )  # fmt: skip
        row = playhead_strip(playhead, present, width)
        assert length(row) == width
        text = "".join(text for text, _ in row)
        found.add((cell_len(text[: text.index("▲")]), cell_len(text[: text.index("◇")])))
    use("en")
    assert len(found) == 1


def test_the_run_ends_where_it_does_although_it_has_fewer_epochs_than_were_planned() -> None:
    live = drawn(Playhead(), step=2000, status="running", most=100)
    assert live.index(HEAD) == drawn(Playhead(), step=1900, most=100).index(HEAD)
    assert drawn(Playhead(), step=1900, most=100).endswith(f"{HEAD}95 ")


def test_a_run_stopped_within_an_epoch_ends_at_the_one_that_it_finished() -> None:
    assert drawn(Playhead(), step=790, status="stopped").startswith("■ 39/40 · end")
    assert drawn(Playhead(), step=790, status="running").startswith("● 40/40 · live")
    assert drawn(Playhead(), step=550, status="stopped").startswith("■ 27/40 · end")
    assert drawn(Playhead(), step=550, status="stopped").endswith("━┃27")
    assert drawn(Playhead(549.0), step=550, status="stopped").startswith("‖ 27/40 · after step 549")
    assert re.findall(r"\d+", drawn(Playhead(), step=410, status="stopped")[-30:]) == ["15", "20"]


def test_a_live_run_shows_what_is_still_to_come() -> None:
    text = drawn(Playhead(240.0), step=480, status="running")
    assert text.index(HEAD) < text.index("▶") < text.index("┄")
    assert text.endswith("┄40")
    assert drawn(Playhead(), step=480, status="running").count(HEAD) == 1


def test_while_a_long_run_has_not_come_far_the_line_ends_at_a_round_number() -> None:
    begins: dict[str, int] = {}
    for epoch in range(1, 3001):
        present = Present("running", 20 * epoch, started(), planned=60_000)
        row = timeline(Playhead(), present, 40)
        assert length(row) == 40
        begins.setdefault(row[-1][0], epoch)
        assert epoch < 20 or "".join(text for text, _ in row).index(HEAD) >= 5
    assert begins == {"50…  ": 1, "100… ": 51, "200… ": 101, "500… ": 201, "3,000": 501}
    assert drawn(Playhead(), 58, 20, "running").endswith("┄40")


@pytest.mark.parametrize("width", range(16, 130))
def test_it_has_the_width_it_is_given(width: int) -> None:
    many = tuple(Milestone(step, "learning_rate") for step in range(0, 800, 7))
    for step in (0, 1, 399, 560, 799):
        for milestones in ((), BEST, many + BEST):
            text = drawn(Playhead(float(step)), width, milestones=milestones)
            assert HEAD in text
    assert HEAD in drawn(Playhead(), width, status="running", most=100_000)


def test_a_word_is_there_once_the_playhead_has_reached_its_mark() -> None:
    assert "best◆" in drawn(Playhead())
    assert f"best{HEAD}" in drawn(Playhead(560.0))
    before = drawn(Playhead(540.0))
    assert "best" not in before
    assert before.index(HEAD) < before.index("◆")
    last = (Milestone(800, "best"), Milestone(800, "early_stop"))
    assert "stop" not in drawn(Playhead(100.0), milestones=last)
    assert f"stop{HEAD}40" in drawn(Playhead(), milestones=last)


def test_a_run_that_is_shown_for_the_first_time_does_not_say_how_it_goes_on() -> None:
    watched = Playhead(540.0, playing=True, watching=True, first_time=True)
    assert "◆" not in drawn(watched)
    assert f"best{HEAD}" in drawn(replace(watched, step=560.0))
    assert "◆" in drawn(replace(watched.end(), step=540.0))  # it has been seen


@pytest.mark.parametrize("status", ["finished", "running"])
def test_nothing_moves_while_the_playhead_passes(status: Status) -> None:
    marks = (Milestone(40, "diagnosis"), Milestone(410, "learning_rate"), *BEST)
    present = Present(status, 700, started(), milestones=marks, epochs=35, planned=800)

    def at(step: int) -> str:
        return "".join(text for text, _ in timeline(Playhead(float(step)), present, 62))

    last = at(699)
    assert re.findall(r"\w+", last)[:5] == ["0", "10", "lr", "best", "30"]
    for step in range(700):
        there = at(step)
        words = {it.start(): it.group() for it in re.finditer(r"[^━─┄┃▶◇◆▲]+", there)}
        assert all(last.startswith(word, first) for first, word in words.items())
        assert all(there[last.index(sign)] in (sign, HEAD) for sign in "◇◆▲")
        assert [word in there for word in ("lr", "best")] == [step >= 410, step >= 560]


def test_a_word_hides_no_sign() -> None:
    near = (Milestone(790, "diagnosis"), Milestone(800, "early_stop"))
    assert "▲■40" in drawn(Playhead(100.0), 90, milestones=near)


def test_nothing_before_the_first_step() -> None:
    assert drawn(Playhead(), step=0, status="compiling") == ""
    assert playhead_strip(Playhead(), Present("running", 9, started()), 15) == []


def test_a_milestone_of_which_the_records_are_lost_is_not_drawn() -> None:
    assert "best" in drawn(Playhead(), step=560)
    assert "best" not in drawn(Playhead(), step=540)
