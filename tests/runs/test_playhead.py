"""The playhead: where it is after any time and any key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fake_run import started
from tui_dl.runs.milestones import Milestone
from tui_dl.runs.playhead import LONGEST, WATCH_SECONDS, Playhead
from tui_dl.runs.status import Status
from tui_dl.runs.view import Present

STEPS = 800  # 40 epochs of 20
MILESTONES = (
    Milestone(200, "learning_rate"),
    Milestone(300, "diagnosis"),
    Milestone(580, "best"),
)


def present(step: int = STEPS, status: Status = "finished", seconds: float = 0.3) -> Present:
    """A run of at most 800 steps that has made `step` of them."""
    return Present(status, step, started(), seconds=seconds, milestones=MILESTONES, planned=STEPS)


WATCHED = Playhead(0.0, playing=True, watching=True, clock=0.0)


def played(playhead: Playhead, run: Present, seconds: float, frames: int = 100) -> Playhead:
    """After `seconds`, in so many frames."""
    began = playhead.clock or 0.0
    for frame in range(frames + 1):
        playhead = playhead.advance(began + seconds * frame / frames, run)
    return playhead


@pytest.mark.parametrize("frames", [15, 60, 1000])
def test_a_watched_run_takes_15_seconds_however_fast_it_trained(frames: int) -> None:
    half = played(WATCHED, present(), WATCH_SECONDS / 2, frames)
    assert half.step == pytest.approx(STEPS / 2)
    assert half.at(present()) in (399, 400)
    end = played(half, present(), WATCH_SECONDS / 2 + 0.1, frames)
    assert end == Playhead(clock=end.clock)


def test_a_run_that_stops_early_takes_15_seconds_as_well() -> None:
    stopped = present(100)
    almost = played(WATCHED, stopped, WATCH_SECONDS - 0.1)
    assert almost.at(stopped) == 99
    assert played(WATCHED, stopped, WATCH_SECONDS + 0.1).at(stopped) is None


def test_a_slow_training_is_seen_live_until_its_end() -> None:
    playhead = WATCHED
    for second in range(1, 81):  # 10 steps a second; watching takes 53
        run = present(10 * second, "running", seconds=float(second))
        playhead = playhead.advance(float(second), run)
        assert playhead.at(run) is None
        assert playhead.playing
    over = playhead.advance(81.0, present())
    assert over == Playhead(clock=81.0)
    again = playhead.advance(82.0, present(STEPS, "running"))
    assert again.at(present(STEPS, "running")) is None


def test_the_last_moments_of_a_run_that_was_live_are_not_played_again() -> None:
    live, stopped = present(100, "running", seconds=10.0), present(117, "stopped", seconds=11.7)
    caught_up = played(WATCHED, live, 10.0)
    assert caught_up.at(live) is None
    assert caught_up.advance(10.2, stopped) == Playhead(clock=10.2)
    assert caught_up.home().advance(10.2, stopped).at(stopped) is not None


def test_a_fast_run_is_watched_though_its_first_steps_were_seen_live() -> None:
    begun = WATCHED.advance(0.2, present(5, "running", seconds=0.02))
    assert begun.at(present(5, "running")) is None
    assert begun.advance(0.4, present()).at(present()) == pytest.approx(15, abs=1)


def test_a_training_that_is_caught_up_with_stays_live_between_its_epochs() -> None:
    playhead = WATCHED
    for tenth in range(1, 200):  # 40 steps a second, recorded twenty at a time
        run = present(20 * (tenth // 5), "running", seconds=tenth / 10)
        playhead = playhead.advance(tenth / 10, run)
        assert playhead.at(run) is None


def test_how_a_run_goes_on_is_known_once_its_end_was_seen() -> None:
    new = replace(WATCHED, first_time=True)
    assert new.toggle(present(100)).move_milestones(1, present()).first_time
    assert not new.end().home().first_time
    assert not played(new, present(), WATCH_SECONDS + 0.1).home().first_time
    fast, slow = present(5, "running", seconds=0.02), present(5, "running", seconds=20.0)
    assert new.advance(0.2, fast).first_time
    assert not new.advance(0.2, slow).first_time  # it is seen live


def test_before_the_first_step_nothing_is_missed() -> None:
    compiling = present(0, "compiling", seconds=0.0)
    waited = played(WATCHED, compiling, 30.0)
    assert waited.at(compiling) is None
    assert waited.step == 0.0
    assert waited.advance(31.0, present()).step == pytest.approx(STEPS / WATCH_SECONDS, rel=0.5)


def test_its_first_frame_is_where_it_begins() -> None:
    assert Playhead(0.0, playing=True).advance(1e5, present()).at(present()) == 0


def test_a_clock_that_is_set_back_or_far_ahead_does_not_move_it_far() -> None:
    playhead = Playhead(100.0, playing=True, clock=50.0)
    assert playhead.advance(10.0, present()).step == 100.0
    later = playhead.advance(10_000.0, present()).step
    assert later == pytest.approx(100 + LONGEST * STEPS / WATCH_SECONDS)


def test_speed_is_halved_and_doubled_within_bounds() -> None:
    fast = WATCHED.change_speed(2).change_speed(2)
    assert played(fast, present(), 1.0).step == pytest.approx(4 * STEPS / WATCH_SECONDS)
    assert fast.change_speed(0.5).speed == 2
    for _ in range(20):
        fast = fast.change_speed(2)
    assert fast.speed == 64


def test_speed_against_training() -> None:
    assert WATCHED.against_training(present(seconds=0.3)) == pytest.approx(1 / 50)
    assert WATCHED.against_training(present(seconds=15.5)) == 1
    assert WATCHED.against_training(present(seconds=150.0)) == pytest.approx(10)
    assert WATCHED.against_training(present(0, "compiling", seconds=0.0)) is None


def test_space_waits_and_plays_on_and_replays_a_run_that_is_over() -> None:
    run = present()
    waiting = Playhead(100.0, playing=True, watching=True, clock=0.0).toggle(run)
    assert (waiting.at(run), waiting.playing) == (100, False)
    assert played(waiting, run, 5.0).at(run) == 100
    assert waiting.toggle(run).playing
    again = Playhead().toggle(run)
    assert (again.at(run), again.playing) == (0, True)


def test_space_holds_a_live_run_where_it_is() -> None:
    held = Playhead().toggle(present(420, "running"))
    later = present(500, "running")
    assert held.advance(9.0, later).at(later) == 420
    clamped = Playhead(500.0, playing=True, watching=True)  # a slow run that is watched
    assert clamped.toggle(later).advance(9.0, present(600, "running")).at(present(600)) == 500


def test_epochs_back_and_forward() -> None:
    run = present(210, "running")  # within epoch 11
    there = Playhead().move_epochs(-1, run)
    assert there.at(run) == 200
    assert there.move_epochs(-1, run).at(run) == 180
    assert there.move_steps(3, run).move_epochs(-1, run).at(run) == 200
    assert there.move_steps(3, run).move_epochs(1, run) == Playhead()  # there is no whole one
    assert Playhead(5.0).move_epochs(-1, run).move_epochs(-1, run).at(run) == 0
    assert Playhead(5.0, playing=True).move_epochs(1, run) == Playhead(20.0)


def test_steps_back_and_forward() -> None:
    run = present()
    last_but_one = Playhead().move_steps(-1, run)
    assert last_but_one.at(run) == STEPS - 1
    assert last_but_one.move_steps(1, run) == Playhead()
    assert Playhead(10.7, playing=True).move_steps(1, run) == Playhead(11.0)
    assert Playhead(0.0).move_steps(-1, run) == Playhead(0.0)


def test_milestones_in_both_directions() -> None:
    run, playhead, places = present(), Playhead(0.0), []
    for direction in (1, 1, 1, 1, -1, -1, -1, -1):
        playhead = playhead.move_milestones(direction, run)
        places.append(playhead.at(run))
    assert places == [200, 300, 580, 580, 300, 200, 200, 200]
    assert Playhead().move_milestones(1, run) == Playhead()
    assert Playhead().move_milestones(-1, run).at(run) == 580


def test_home_and_end() -> None:
    run = present(500, "running")
    assert Playhead(80.0, playing=True).home() == Playhead(0.0, playing=True)
    assert Playhead().home().at(run) == 0
    assert Playhead(80.0, playing=True, watching=True).end() == Playhead()


def test_a_run_that_is_cut_back_is_shown_as_it_is() -> None:
    resumed = present(60, "running")
    assert Playhead(300.0).advance(1.0, resumed) == Playhead(clock=1.0)
