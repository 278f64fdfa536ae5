"""What a lesson says one sees is on a screen of 80x24, at the moment that it talks of."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.course.conftest import Trained
from tests.ui.screens import Session, eventually, settle, text
from tui_dl import presets
from tui_dl.runs.folder import Run
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run.pictures import PicturesPanel
from tui_dl.ui.screens.variants import VariantsScreen

SIZE = (80, 24)
CURVES, GRADIENTS, PICTURES, NETWORK = "1", "2", "3", "4"  # the keys of tabs
END = ("end",)  # the playhead after the last epoch
CHAPTERS = presets.CHAPTERS[:5]  # from one neuron to networks that train well


class Number(NamedTuple):
    """A number on the screen, which has to be between two others.

    Attributes:
        pattern: a regular expression; its group is the number.
        least: what it has to be at least.
        most: what it may be at most.
    """

    pattern: str
    least: float
    most: float

    def is_in(self, shown: str) -> bool:
        found = re.search(self.pattern, shown)
        return found is not None and self.least <= float(found[1]) <= self.most


class Seen(NamedTuple):
    """Words and numbers that are on a run's screen, at the end of the run or after an epoch.

    Attributes:
        tab: the key of the tab that they are in.
        words: in it, or in the picture that is enlarged.
        picture: which one that is.
        run: of a variant; empty for the preset's own.
        keys: what is pressed besides.
    """

    tab: str
    words: tuple[str | Number, ...]
    picture: str = ""
    run: str = ""
    keys: tuple[str, ...] = END


class SideBySide(NamedTuple):
    """Words on the screen of all variants, whose names and claims are there anyway."""

    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = END


def after(epochs: int) -> tuple[str, ...]:
    """The keys that put the playhead after so many epochs."""
    return ("home", *"." * epochs)


def picture(kind: str, *words: str | Number, run: str = "", keys: tuple[str, ...] = END) -> Seen:
    return Seen(PICTURES, words, kind, run, keys)


def accuracy(least: float, most: float, run: str = "", keys: tuple[str, ...] = END) -> Seen:
    """The accuracy on the validation samples, in percent."""
    return Seen(CURVES, (Number(r"validation ([\d.]+) %", least, most),), "", run, keys)


def train_loss(least: float, most: float, run: str = "", keys: tuple[str, ...] = END) -> Seen:
    return Seen(CURVES, (Number(r"train (\S+)", least, most),), "", run, keys)


LOSSES = Seen(CURVES, ("Loss", "train", "validation"))
SEEN: Mapping[str, tuple[Seen | SideBySide, ...]] = {
    "first-network": (
        Seen(CURVES, ("train", "validation", "Accuracy", "test accuracy")),
        accuracy(95, 100),
    ),
    "neuron": (
        picture("decision_boundary", "class 0 1", "border: x2 =", keys=after(1)),
        picture("decision_boundary", Number(r"border: x2 = \S+ x1 \+ (\S+)", 3, 5)),
        SideBySide(),
    ),
    "spam": (
        accuracy(80, 100, keys=after(2)),
        Seen(CURVES, ("rules", "test accuracy")),
        picture("telling_words", "++ strongly for", "ham", "spam"),
        picture("confusion", "rows: target", "ham", "spam"),
        picture("mistakes", "answer", "target"),
    ),
    "online": (
        picture("decision_boundary", "border: x2 =", keys=after(6)),
        accuracy(85, 100, run="once", keys=after(5)),
        accuracy(0, 50, run="once", keys=after(15)),
        accuracy(85, 100, keys=after(15)),
        SideBySide(("Validation loss",)),
    ),
    "backprop": (
        picture("backprop", "forward", "backward", "by differences", keys=after(1)),
        picture("backprop", "forward", "backward", "by differences", "dense_1.weight 1,1",
                "dense_2.bias 1"),
    ),
    "more-data": (SideBySide(("Test error over the number of training samples",)),),
    "overfitting": (Seen(CURVES, ("▲ overfitting", "train", "validation")),),
    "underfitting": (Seen(CURVES, ("▲ underfitting", "train", "validation")),),
    "generalisation": (SideBySide(("Validation loss",)),),
    "early-stopping": (Seen(CURVES, ("early stop", "best", "validation")),),
    "l2": (SideBySide(("Validation loss",)), Seen(GRADIENTS, ("Weight norm",), run="decayed",
                                                  keys=(*END, "u", "u"))),
    "dropout": (SideBySide(("Validation loss",)),),
    "augmentation": (SideBySide(("Validation loss",)),),
    "hidden-layer": (
        picture("decision_boundary", "x1", "x2"),
        picture("hidden_space", "unit 1"),
        picture("decision_boundary", "x1", run="linear"),
        accuracy(95, 100),
        accuracy(0, 85, run="linear"),
    ),
    "shallow-deep": (
        picture("decision_boundary", "x1", "x2"),
        picture("decision_boundary", "x1", "x2", run="shallow"),
        accuracy(95, 100),
        accuracy(0, 90, run="shallow"),
        SideBySide(),
    ),
    "activations": (
        SideBySide(("train loss",)),
        Seen(GRADIENTS, ("dense_1", "vanishing", "first/last"), run="sigmoid"),
        train_loss(2.2, 2.4, run="sigmoid"),
    ),
    "vanishing-gradient": (
        Seen(GRADIENTS, ("dense_1", "dense_12", "vanishing", "first/last")),
        Seen(CURVES, ("▲ vanishing gradient", "train 2.3")),
    ),
    "vanishing-cured": (
        SideBySide(),
        Seen(GRADIENTS, ("dense_1", "dense_12", "first/last"), run="relu"),
    ),
    "batch-norm": (
        SideBySide(("Validation loss",)),
        picture("activations", "sigmoid_8", run="normalised"),
        accuracy(85, 100, run="normalised"),
    ),
    "exploding-gradient": (
        Seen(CURVES, ("✘ failed", "not finite", Number(r"gradient norm is (\S+)", 300, 1e9))),
        accuracy(95, 100, run="clipped"),
        Seen(GRADIENTS, ("rnn_1",), run="clipped"),
        SideBySide(),
    ),
    "cross-entropy": (SideBySide(("Validation loss",)), LOSSES),
    "loss-functions": (SideBySide(), picture("activations", "sigmoid_1", run="squared")),
    "learning-rate": (
        train_loss(0, 0.1),
        train_loss(2, 2.31, run="too_small"),
        train_loss(1000, 1e12, run="too_large", keys=after(1)),
        SideBySide(),
        SideBySide(keys=(*END, "l")),
    ),
    "batch-size": (SideBySide(),),
    "explore-exploit": (SideBySide(),),
    "moving-average": (
        SideBySide(("Validation loss",)),
        Seen(CURVES, ("▲ learning rate too high",)),
        picture(
            "moving_average", "last step", Number(r"from 0 (\S+)", 0, 0.1),
            Number(r"corrected (\S+)", 0.3, 1.5), run="long", keys=after(1),
        ),
    ),
    "ravine": (  # the minimum is at 2.83
        picture("descent", Number(r"@ now \S+, (\S+)", 0, 2.5), keys=after(30)),
        picture("descent", Number(r"@ now \S+, (\S+)", 2.6, 3.2), run="momentum", keys=after(30)),
        picture("descent", "S start", "M least", "weight 1"),
        picture("descent", "S start", "M least", "weight 1", run="momentum"),
        picture("descent", "S start", "M least", run="rmsprop"),
        picture("descent", "S start", "M least", run="adam"),
        SideBySide(),
    ),
    "local-minimum": (
        picture("descent", "S start", "M least", "weight 1"),
        picture("descent", "S start", "M least", "weight 1", run="momentum"),
        SideBySide(),
    ),
    "optimizers": (SideBySide(),),
    "lr-decay": (SideBySide(), Seen(CURVES, ("lr ",), run="step")),
    "iris": (
        picture("confusion", "setosa", "rows: target"),
        accuracy(30, 70, keys=after(1)),
        accuracy(90, 100),
    ),
    "wine": (
        accuracy(90, 100, keys=after(10)),
        Seen(CURVES, ("test accuracy", "linear", "majority")),
    ),
    "diabetes": (SideBySide(("r2",)), Seen(CURVES, ("test r2", "linear", "train"))),
}  # fmt: skip


def test_all_lessons_are_looked_for() -> None:
    assert list(SEEN) == [name for chapter in CHAPTERS for name in chapter.presets]


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", SEEN)
def test_what_a_lesson_names_is_on_the_screen(name: str, trained: Trained) -> None:
    experiment, runs = trained.of(name, [])
    for it in SEEN[name]:
        asyncio.run(look(it, experiment, runs, trained.home))


async def look(
    it: Seen | SideBySide, experiment: Experiment, runs: dict[str, Run], home: Path
) -> None:
    """Go there, and assert that the words are there."""
    app = TuiDl(home, runs[it.run if isinstance(it, Seen) else ""])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(app, pilot)
        if isinstance(it, SideBySide):
            await look_at_all(app, pilot, it, experiment, runs)
        else:
            await look_at_one(app, pilot, it)


async def look_at_all(
    app: TuiDl, pilot: Session, it: SideBySide, experiment: Experiment, runs: dict[str, Run]
) -> None:
    await app.push_screen(VariantsScreen(experiment, runs))
    await pilot.press(*it.keys)
    await eventually(app, pilot, f"✔ {experiment.claim[0].text('en')}"[:50])
    missing = [words for words in (*it.words, *filter(None, runs)) if words not in text(app)]
    assert not missing, text(app)


async def look_at_one(app: TuiDl, pilot: Session, it: Seen) -> None:
    await pilot.press(it.tab, *it.keys)
    await settle(app, pilot)
    if it.picture:
        panel = app.screen.query_one(PicturesPanel)
        panel.chosen = it.picture
        await settle(app, pilot)
        assert f"▸ {it.picture.replace('_', ' ')}" in text(app), text(app)
        await pilot.press("enter")
    for words in it.words:
        if isinstance(words, str):
            await eventually(app, pilot, words)
    for number in it.words:
        assert isinstance(number, str) or number.is_in(text(app)), f"{number}\n{text(app)}"
