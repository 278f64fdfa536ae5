"""What lessons on images, sequences and rewards say one sees is there at that moment, at 80x24."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from tests.course.conftest import Trained
from tests.course.test_visible import (
    CURVES,
    NETWORK,
    Number,
    Seen,
    accuracy,
    after,
    look,
    picture,
    train_loss,
)
from tui_dl import presets

CHAPTERS = presets.CHAPTERS[5:]  # unsupervised, convolution, sequences, reward
SHORTER = {"translate-dates": ["data.samples=4000", "train.epochs=2"]}  # a minute otherwise
ALIKE, FAULTY = r"same label: ([\d.]+) %", r"flagged: ([\d.]+) % of faulty"
LOWER_R, F1, ENTROPY = r"r = (\S+)", r"entity f1 ([\d.]+) %", r"entropy (\S+) nats"


def layers(*words: str, run: str = "") -> Seen:
    return Seen(NETWORK, words, "", run)


SEEN: Mapping[str, tuple[Seen, ...]] = {
    "clusters": (
        picture("code_space", Number(ALIKE, 10, 50), keys=after(1)),
        picture("code_space", Number(ALIKE, 60, 100)),
    ),
    "anomaly": (
        picture("error_histogram", Number(FAULTY, 0, 80), keys=after(1)),
        picture("error_histogram", Number(FAULTY, 80, 100)),
        picture("error_histogram", Number(FAULTY, 0, 30), run="mixed"),
        picture("reconstructions", "input", "output"),
    ),
    "edge-detection": (
        picture("filters", Number(LOWER_R, 0, 0.97), keys=after(1)),
        picture("filters", Number(LOWER_R, 0.99, 1)),
        picture("samples", "sobel_x", "learned 1", "sobel_y", "learned 2", keys=after(4)),
    ),
    "padding-stride": (
        picture("feature_maps", "6 × 18 × 18"),
        layers("18 × 18"),
        layers("35 × 35", run="stride_1"),
        layers("20 × 20", run="padding_2"),
        layers("39 × 39", run="same"),
        picture("step_time", "time of a step by layer", "conv2d_1", run="same"),
    ),
    "pooling": (
        layers("28 × 28", "14 × 14", "101,130"),
        layers("402,186", run="none"),
        picture("step_time", "time of a step by layer", "dense_1"),
    ),
    "lenet5": (
        accuracy(95, 100, keys=after(8)),
        Seen(CURVES, (Number(r"validation (0\.\d+)", 0.5, 0.6),)),
    ),
    "parameter-sharing": (
        layers("5,530"),
        layers("307,594", run="dense"),
        accuracy(50, 70, run="shifted"),
        accuracy(30, 42, run="dense_shifted"),
    ),
    "convnet": (
        accuracy(90, 100, keys=after(12)),
        accuracy(0, 20, run="plain"),
        train_loss(0, 0.1, run="unaugmented"),
        accuracy(50, 80, run="unaugmented"),
    ),
    "memory": (
        picture("gradient_by_time", Number(r"first (\S+),", 0, 1e-10), run="rnn", keys=after(1)),
        picture("gradient_by_time", "of gru_1"),
        accuracy(15, 40, keys=after(1)),
        accuracy(95, 100),
        accuracy(95, 100, run="lstm"),
        accuracy(0, 70, run="rnn"),
    ),
    "sentiment": (
        accuracy(40, 65, keys=after(1)),
        accuracy(95, 100),
        accuracy(50, 70, run="bag_of_words"),
        Seen(CURVES, (Number(r"linear ([\d.]+) %", 50, 70),)),
    ),
    "surnames": (
        accuracy(60, 80, keys=after(2)),
        accuracy(75, 85),
        Seen(CURVES, (Number(r"linear ([\d.]+) %", 60, 70), Number(r"majority ([\d.]+)", 10, 18))),
    ),
    "music": (
        picture("notes", "notes in the key", "♯", keys=after(1)),
        picture("notes", Number(r"in the key, ([\d.]+) %", 80, 100)),
    ),
    "char-model": (
        picture("generated_text", "temperature 0.3", "temperature 1", keys=after(1)),
        picture("generated_text", "temperature 0.3", "temperature 1", keys=after(3)),
        Seen(CURVES, ("test loss", "order 2 counts", "frequencies")),
    ),
    "name-tagger": (
        Seen(CURVES, (Number(F1, 95, 100),)),
        Seen(CURVES, (Number(F1, 70, 90),), run="forward"),
        accuracy(95, 100, run="forward"),
        picture("tagged", "✘ found / is there", run="forward"),
    ),
    "translate-dates": (
        Seen(CURVES, (Number(r"exact match ([\d.]+) %", 0, 20),), keys=after(1)),
        picture("alignment", "it depends on this input"),
    ),
    "forecast": (
        picture("forecast", "truth", "last season again", keys=after(4)),
        Seen(CURVES, ("seasonal naive", "linear")),
    ),
    "cartpole": (
        picture("returns", Number(ENTROPY, 0.62, 0.7), keys=after(1)),
        picture("returns", Number(ENTROPY, 0, 0.6), Number(r"mean (\d+),", 195, 200)),
    ),
    "acrobot": (
        picture("returns", "-300", keys=after(1)),
        picture("returns", Number(ENTROPY, 0, 0.55), Number(r"mean (-\S+),", -150, -60)),
        picture("episode", "the end", " high"),
    ),
}  # fmt: skip


def test_all_lessons_are_looked_for() -> None:
    assert list(SEEN) == [name for chapter in CHAPTERS for name in chapter.presets]


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", SEEN)
def test_what_a_lesson_says_is_there_at_that_moment(
    name: str, trained: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")  # pictures need more rows otherwise
    experiment, runs = trained.of(name, SHORTER.get(name, []))
    for it in SEEN[name]:
        asyncio.run(look(it, experiment, runs, trained.home))
