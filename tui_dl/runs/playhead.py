"""Which moment of a run is shown: a position that plays, waits or follows the newest step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor

from tui_dl.runs.view import Present

WATCH_SECONDS = 15.0  # that a whole run takes at speed 1
LONGEST = 1.0  # seconds between two frames that count: after a pause of the machine it goes on
MOST_SPEED = 64.0
NEAR = 0.1  # of the whole run: so close behind the newest step it is as good as live
LIKE_TRAINING = 0.1  # how far a speed may differ from training's own to be called the same


@dataclass(frozen=True)
class Playhead:
    """The moment that is shown; every method returns the playhead after it.

    Attributes:
        step: how many steps were made by then, with a fraction; None: the newest one, always.
        playing: whether it moves by itself.
        watching: whether it plays since the run was started: at the speed of the whole run.
        speed: 1 plays the run in `WATCH_SECONDS`, 2 in half of that.
        clock: the seconds, of any clock, up to which it has moved; None before its first frame.
        caught_up: whether it has shown a slower training live until now: the end of that training
            is seen at once, and its last steps are not played.
        first_time: whether the run is shown for the first time: what comes is not known yet.
    """

    step: float | None = None
    playing: bool = False
    watching: bool = False
    speed: float = 1.0
    clock: float | None = None
    caught_up: bool = False
    first_time: bool = False

    def advance(self, clock: float, present: Present) -> Playhead:
        """Play on to the time `clock`: to the newest step at most.

        While training goes on it stays there and plays, for then more steps come; a training that
        is slower than the playhead is therefore seen live.
        """
        passed = 0.0 if self.clock is None else min(max(clock - self.clock, 0.0), LONGEST)
        then = replace(self, clock=clock)
        if self.step is None or not present.step:
            return then
        if self.caught_up and not present.live:
            return then.end()
        step = self.step + self.playing * passed * self.steps_per_second(present)
        if step >= present.step and not (self.playing and present.live):
            return then.end()
        then = replace(then, step=min(step, float(present.step)))
        caught_up = then._has_caught_up(present)
        return replace(then, caught_up=caught_up, first_time=then.first_time and not caught_up)

    def at(self, present: Present) -> int | None:
        """The whole number of steps that is shown; None where it is all of them.

        A run that is watched is shown as it is now while the playhead is close behind it: steps
        are recorded many at a time, and it would come and go.
        """
        if self.step is None or self.step >= present.step:
            return None
        is_near = present.step - self.step <= NEAR * present.most_steps
        if self.watching and self.playing and present.live and is_near:
            return None
        return floor(self.step)

    def seen(self, present: Present) -> tuple[int | None, bool, float]:
        """What a screen shows of it."""
        return self.at(present), self.playing, self.speed

    def plays(self, present: Present) -> bool:
        """Whether it moves through what has been recorded."""
        return self.playing and self.at(present) is not None

    def steps_per_second(self, present: Present) -> float:
        """How fast it plays."""
        whole = present.most_steps if self.watching else present.step
        return self.speed * whole / WATCH_SECONDS

    def against_training(self, present: Present) -> float | None:
        """How many times faster than training it plays; None where that is not known."""
        if not present.step or not present.seconds:
            return None
        times = self.steps_per_second(present) * present.seconds / present.step
        return 1.0 if abs(times - 1) < LIKE_TRAINING else times

    def toggle(self, present: Present) -> Playhead:
        """Play, or wait; a run that is over is played from its beginning."""
        if self.playing:
            return replace(self, playing=False, watching=False, caught_up=False)
        if self.at(present) is not None:
            return replace(self, playing=True)
        if present.live:
            return self._moved(present.step)
        return replace(self, step=0.0, playing=True)

    def move_epochs(self, epochs: int, present: Present) -> Playhead:
        """Go to the end of an epoch before (-1) or after (1) the present place, and wait there."""
        place, per_epoch = self._place(present), present.steps_per_epoch
        nearest = ceil(place / per_epoch) if epochs < 0 else floor(place / per_epoch)
        return self._to((nearest + epochs) * per_epoch, present)

    def move_steps(self, steps: int, present: Present) -> Playhead:
        """Go some steps back or forward, and wait there."""
        return self._to(floor(self._place(present)) + steps, present)

    def move_milestones(self, direction: int, present: Present) -> Playhead:
        """Go to the next (1) or the last (-1) milestone, and wait there; stay if there is none."""
        place = floor(self._place(present))
        steps = [it.step for it in present.milestones if (it.step - place) * direction > 0]
        if not steps:
            return self
        return self._to(min(steps) if direction > 0 else max(steps), present)

    def home(self) -> Playhead:
        """Go to the beginning; it goes on playing if it did."""
        return replace(self, step=0.0, watching=False, caught_up=False)

    def end(self) -> Playhead:
        """Follow the newest step."""
        return Playhead(speed=self.speed, clock=self.clock)

    def change_speed(self, times: float) -> Playhead:
        """Play `times` as fast as now."""
        speed = min(max(self.speed * times, 1 / MOST_SPEED), MOST_SPEED)
        return replace(self, speed=speed)

    def _place(self, present: Present) -> float:
        return present.step if self.step is None else min(self.step, present.step)

    def _to(self, step: int, present: Present) -> Playhead:
        """Wait after `step`; the newest one is followed."""
        return self.end() if step >= present.step else self._moved(max(step, 0))

    def _moved(self, step: int) -> Playhead:
        return replace(self, step=float(step), playing=False, watching=False, caught_up=False)

    def _has_caught_up(self, present: Present) -> bool:
        """Whether a training that is no faster than the playhead is shown as it is now."""
        if not (self.playing and present.live) or self.at(present) is not None:
            return False
        times = self.against_training(present)
        return times is not None and times >= 1
