"""The presets: one TOML file each, in the folder of its chapter; here is their order."""

from pathlib import Path
from typing import NamedTuple


class Chapter(NamedTuple):
    """A chapter of the course.

    Attributes:
        folder: where the files of its presets are.
        ko: its title in Korean; the English one is made of the folder's name.
        presets: their names, in the order in which to take them.
    """

    folder: str
    ko: str
    presets: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its title in English."""
        return self.folder.replace("-", " ").capitalize()


CHAPTERS = (
    Chapter(
        "first-steps",
        "첫걸음",
        (
            "first-network",
            "neuron",
            "spam",
            "online",
            "backprop",
        ),
    ),
    Chapter(
        "generalisation",
        "일반화",
        (
            "more-data",
            "overfitting",
            "underfitting",
            "generalisation",
            "early-stopping",
            "l2",
            "dropout",
            "augmentation",
        ),
    ),
    Chapter(
        "going-deep",
        "깊은 신경망",
        (
            "hidden-layer",
            "shallow-deep",
            "activations",
            "vanishing-gradient",
            "vanishing-cured",
            "batch-norm",
            "exploding-gradient",
        ),
    ),
    Chapter(
        "optimisation",
        "최적화",
        (
            "cross-entropy",
            "loss-functions",
            "learning-rate",
            "batch-size",
            "explore-exploit",
            "moving-average",
            "ravine",
            "local-minimum",
            "optimizers",
            "lr-decay",
        ),
    ),
    Chapter(
        "tables",
        "표 데이터",
        (
            "iris",
            "wine",
            "diabetes",
        ),
    ),
    Chapter(
        "unsupervised-learning",
        "비지도 학습",
        (
            "clusters",
            "anomaly",
        ),
    ),
    Chapter(
        "convolution",
        "합성곱",
        (
            "edge-detection",
            "padding-stride",
            "pooling",
            "lenet5",
            "parameter-sharing",
            "convnet",
        ),
    ),
    Chapter(
        "sequences",
        "순차 데이터",
        (
            "memory",
            "sentiment",
            "surnames",
            "music",
            "char-model",
            "name-tagger",
            "translate-dates",
            "forecast",
        ),
    ),
    Chapter(
        "reinforcement-learning",
        "강화 학습",
        (
            "cartpole",
            "acrobot",
        ),
    ),
)  # fmt: skip
COURSE = tuple(name for chapter in CHAPTERS for name in chapter.presets)


def introduction(language: str, chapter: str = "") -> Path:
    """The text, in Markdown, that begins a chapter by its folder, or else the course."""
    return Path(__file__).parent / chapter / f"introduction.{language}.md"


def find(name: str) -> Path:
    """The file of a preset in `COURSE`."""
    return Path(__file__).parent / chapter_of(name).folder / f"{name}.toml"


def after(name: str | None) -> str | None:
    """The preset that comes after another one in the course; None after the last one."""
    place = COURSE.index(name) + 1 if name in COURSE else len(COURSE)
    return COURSE[place] if place < len(COURSE) else None


def chapter_of(name: str) -> Chapter:
    """The chapter of a preset; one without a title for other names."""
    nowhere = Chapter("", "", ())
    return next((chapter for chapter in CHAPTERS if name in chapter.presets), nowhere)
