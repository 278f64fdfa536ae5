"""Pictures that lessons name are on a screen of 80x24, and nothing of what they say is cut off."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

import tui_dl
from tests.ui.screens import SIZES, Session, drive, settle, text
from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run.pictures import PicturesPanel

CHAPTERS = presets.CHAPTERS[5:]  # unsupervised, convolution, sequences, reward
SMALL = next(size for size in SIZES if size == (80, 24))


class Named(NamedTuple):
    """A picture that a lesson names, and words in it, wherever it stands."""

    kind: str
    words: tuple[str, ...]


def named(kind: str, *words: str) -> Named:
    return Named(kind, words)


CONFUSION, SALIENCY = (
    named("confusion", "% right  rows: target"),
    named("saliency", "blue: against"),
)
SEEN = {
    "clusters": (
        named("code_space", "nearest ", " chance ", "class 0 1 2 3 4 5 6 7 8 9", "code 2"),
        named("reconstructions", "input", "output"),
    ),
    "anomaly": (
        named("error_histogram", "ROC AUC ", "flagged: ", "normal ", "faulty ", "threshold "),
        named("reconstructions", "━ input", "━ output", "normal  error ", "faulty  error "),
    ),
    "edge-detection": (
        named("filters", "sobel_x", "learned 1", "r = "),
        named("samples", "a map is white where its filter fits", "sobel_x", "learned 1"),
    ),
    "padding-stride": (CONFUSION,),
    "pooling": (CONFUSION,),
    "lenet5": (named("filters", "conv2d_1"), named("feature_maps", "conv2d_1"), SALIENCY),
    "parameter-sharing": (CONFUSION,),
    "convnet": (SALIENCY, CONFUSION),
    "memory": (named("gradient_by_time", "first ", ", last ", "of gru_1", "1         time step"),),
    "sentiment": (
        named("running_score", "positive so far: ", "unlikely", "sure"),
        named("telling_words", "++ strongly for  + for  - -- against"),
    ),
    "surnames": (
        named("running_score", "the answer so far: ", "unlikely", "sure"),
        named("telling_words", "▲ strongly for  △ for  ▽ ▼ against"),
        named("confusion", "% right  rows: target"),
        named("mistakes", "target"),
    ),
    "music": (named("notes", "in the key, "),),
    "char-model": (
        named("generated_text", "temperature 0.3", "temperature 0.6", "temperature 1"),
    ),
    "name-tagger": (named("tagged", "ORG organisation", "PER person"),),
    "translate-dates": (named("alignment", "bright: it depends on this input"),),
    "forecast": (named("forecast", "forecast off by ", "truth", "last season again off by "),),
    "cartpole": (named("episode", "mean return ", "action 1", "the end"),
                 named("returns", "return mean ", "exploration entropy ", " step")),
    "acrobot": (named("episode", "mean return ", "action 1", "the end", " high"),
                named("returns", "return mean ", "exploration entropy ", " step")),
}  # fmt: skip


def test_all_lessons_are_looked_for() -> None:
    assert list(SEEN) == [name for chapter in CHAPTERS for name in chapter.presets]


def trained(home: Path, name: str) -> Run:
    """A run of one epoch, of few samples where their number can be said."""
    for few in (["data.samples=300"], ["data.episodes=16"], []):
        try:
            experiment = read(name, ["train.epochs=1", *few])
        except UserError:
            continue
        if experiment.data.is_missing:
            pytest.skip(f"{name} needs an extra that is not installed")
        for _ in tui_dl.train(experiment, runs=home, threads=1):
            pass
        return Run(next(home.iterdir()))
    raise AssertionError(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEN)
def test_a_picture_that_a_lesson_names_is_not_cut_off(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    run = trained(tmp_path, name)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3", "end")
        await settle(app, pilot)
        panel = app.screen.query_one(PicturesPanel)
        for it in SEEN[name]:
            panel.chosen = it.kind
            await settle(app, pilot)
            assert f"▸ {it.kind.replace('_', ' ')}" in text(app), text(app)
            for words in it.words:
                assert words in text(app), f"{it.kind}: {words!r}\n{text(app)}"

    drive(tmp_path, run, look, SMALL)
