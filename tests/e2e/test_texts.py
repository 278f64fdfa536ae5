"""A table of texts and labels: from its path to predictions for raw texts."""

import csv
import random
from pathlib import Path

import pytest

import tui_dl
from tests.shell import tui_dl as shell
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.spec.layers.base import kind

FILLERS = [
    "the",
    "film",
    "with",
    "a",
    "cast",
    "and",
    "its",
    "long",
    "story",
    "was",
    "seen",
    "by",
    "many",
    "people",
    "this",
    "year",
]
OPINIONS = {"good": ["great", "lovely", "superb"], "bad": ["dull", "awful", "boring"]}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts of which one word shows the label, and a run that trained on them."""
    draw, folder = random.Random(0), tmp_path_factory.mktemp("texts")
    with (folder / "reviews.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["review", "label"])
        for row in range(300):
            label = list(OPINIONS)[row % 2]
            words = draw.choices(FILLERS, k=draw.randint(4, 12))
            words.insert(draw.randint(0, len(words)), draw.choice(OPINIONS[label]))
            writer.writerow([" ".join(words).capitalize() + ".", label])
    done = shell(
        *("train", "reviews.csv", "--headless", "--name", "texts", "--runs", str(folder / "runs")),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_network_reads_tokens(folder: Path) -> None:
    model = tui_dl.load("texts", runs=folder / "runs")
    assert model.experiment.data_spec.input.vocab_size > len(FILLERS)
    assert kind(model.experiment.network[0]) == "embedding"


def test_raw_texts_are_classified(folder: Path) -> None:
    model = tui_dl.load("texts", runs=folder / "runs")
    assert isinstance(model, TableModel)
    texts = ["A SUPERB story, with unheard-of words!", "the cast was awful", "lovely"]
    predicted = model.predict([{"review": it} for it in texts])
    assert list(predicted) == ["good", "bad", "good"]
    assert len(model.predict([{"review": ""}])) == 1  # a text without words gets an answer too


def test_the_command_takes_a_file_of_texts(folder: Path) -> None:
    (folder / "new.csv").write_text('review\nwhat a dull year\n"great, great"\n')
    done = shell("predict", "texts", "new.csv", "--runs", str(folder / "runs"), cwd=folder)
    assert done.returncode == 0, done.stderr
    assert [line.split(",")[0] for line in done.stdout.splitlines()[1:]] == ["bad", "good"]
