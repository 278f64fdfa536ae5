"""Every screen and dialog of the dashboard: the state of the runs, and the keys that lead there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.ui.fabricate import Worker, renamed

LOG = "Traceback (most recent call last):\n  step 81\nFloatingPointError: loss is not finite\n"


def _with_runs(home: Path) -> None:
    """Runs of two presets, one of them with a diagnosis."""
    Worker(home, "first-network").start().train(6).end("finished", best=6)
    vanishing = Worker(home, "vanishing-gradient", layer_decay=0.15).start().train(6).diagnose()
    vanishing.end("finished", best=6)


def _second(home: Path) -> Worker:
    """A run of a preset that had one before, with another setting."""
    renamed(Worker(home, patience=3).start().train(6).end("finished", best=6), day=14)
    return Worker(home).start().train(9, best=7)


def _vanishing(home: Path) -> Worker:
    return Worker(home, "vanishing-gradient", layer_decay=0.15).start().compile(2).train(6)


STATES: dict[str, Callable[[Path], Worker | None]] = {
    "library": lambda home: None,
    "library-runs": _with_runs,
    "starting": Worker,
    "compiling": lambda home: Worker(home).start().compile(4),
    "running": lambda home: Worker(home).start().compile(2).train(9, best=7),
    "second": _second,
    "early-stop": lambda home: (
        Worker(home).start().compile(2).train(17, best=9).stop_early(patience=8)
    ),
    "vanishing": _vanishing,
    "diagnosed": lambda home: _vanishing(home).diagnose(),
    "failed": lambda home: (
        Worker(home).start().compile(2).train(4).fail("the loss is not finite at step 81", LOG)
    ),
}

SCREENS = {  # by name: a state, and keys with a comma between them
    **{state: (state, "") for state in STATES if state != "second"},  # which looks as a first one
    "gradients-of-vanishing": ("vanishing", "2"),
    "pictures-of-running": ("running", "3"),
    "network-of-running": ("running", "4"),
    "lesson-of-running": ("running", "5"),
    "events-of-early-stop": ("early-stop", "6"),
    "over-origin": ("second", "o"),
    "runs": ("library-runs", "2"),
    "runs-none": ("library", "2"),
    "runs-marked": ("library-runs", "2,space,down,space"),
    "runs-compared": ("library-runs", "2,space,down,space,c"),
    "build": ("library", "end,b,down,down,down"),
    "build-wrong": ("library", "end,b,down,down,down,enter,backspace,4,0,enter"),
    "build-typing": ("library", "end,b,down,down,down,enter,space,s"),
    "build-training": ("library", "end,b,end,up,up"),
    "data-none": ("library", "4"),
    "data": ("library", "4,o,i,r,i,s,enter"),
    "data-refused": ("library", "4,o,n,o,n,e,enter"),
}
DIALOGS = {
    "build-add": ("library", "end,b,a,p,o,o,l"),
    "build-begin": ("library", "3,o"),
    "build-save": ("library", "3,w"),
    "course-page": ("library", "c"),
    "copy": ("early-stop", "y"),
    "edit": ("library", "end,e"),
    "edit-wrong": ("library", "end,e,4,0"),
    "course-search": ("library", "slash,l,e,n"),
    "help-of-course": ("library", "question_mark"),
    "help-of-run": ("running", "question_mark"),
    "help-of-runs": ("library-runs", "2,question_mark"),
    "help-of-build": ("library", "3,question_mark"),
    "help-of-data": ("library", "4,question_mark"),
    "data-open": ("library", "4,o"),
    "more-epochs": ("library-runs", "2,m,3"),
    "rate": ("running", "r,x,x,0,comma,1"),
    "rename": ("library-runs", "2,n,slash"),
    "runs-filter": ("library-runs", "2,slash,f,o,o,greater_than_sign,1"),
    "runs-removed": ("library-runs", "2,x"),
    "stop": ("running", "s"),
}


def all_screens() -> dict[str, tuple[str, str]]:
    """Screens and dialogs."""
    return SCREENS | DIALOGS
