"""Makes docs/course.md and course.ko.md: ``python docs/make_course.py [--runs FOLDER] [FOLDER]``.

The introductions are those of `presets/`. Figures are what ``tui-dl verify --seeds 3
--json`` wrote into docs/course/figures.jsonl; nothing is trained here. With --runs the curves of
the runs in a folder, which ``verify --keep FOLDER`` has left, are first written into
docs/course/curves.json. `make course` does all of it.
"""

from __future__ import annotations

import json
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from math import isinf
from pathlib import Path
from typing import Any, NamedTuple

from tui_dl import presets
from tui_dl.course.lesson_text import HEADINGS, title
from tui_dl.course.try_text import by_command
from tui_dl.drawing.chart_spec import BLOCK, ChartSpec, Line
from tui_dl.drawing.network import blocks, draw_network, folded
from tui_dl.drawing.plot import plot
from tui_dl.drawing.recipe import recipe
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.x_axis import XAxis
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import name_of, with_suffix
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.support.formatting import percent, short

HERE = Path(__file__).parent
FIGURES, CURVES = HERE / "course" / "figures.jsonl", HERE / "course" / "curves.json"
IDEAS = tomllib.loads((HERE / "course" / "ideas.ko.toml").read_text(encoding="utf-8"))
WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "page": "course.md",
        "head": "# The course\n\n[한국어](course.ko.md)\n\n"
        "This page is made of the presets by `make course`: change a preset, or an introduction\n"
        "in `presets/`, not this page.\n",
        "tables": "The tables show the figures of claims for three seeds, that is, three sets of\n"
        "first weights, splits of the data and orders of the samples. The margin is the distance\n"
        "of the two sides relative to the larger one.\n",
        "contents": "| chapter | preset | ideas |\n|---|---|---|",
        "parameters": "{:,} parameters",
        "curves": "Validation loss by epoch, seed {}:",
        "claim": "claim",
        "seed": "seed {}",
        "margin": "least margin",
        "never": "never",
        "itself": "as it is",
    },
    "ko": {
        "page": "course.ko.md",
        "head": "# 과정\n\n[English](course.md)\n\n"
        "이 페이지는 `make course`가 프리셋으로 만듭니다. 고칠 때는 이 페이지가 아니라 프리셋이나\n"
        "`presets/`의 소개를 고치세요.\n",
        "tables": "표는 주장의 숫자를 시드 세 개, 곧 초기 가중치와 데이터 나누기와 샘플 순서\n"
        "세 벌에 대해 보여 줍니다. 여유는 양변의 차이를 큰 쪽으로 나눈 것입니다.\n",
        "contents": "| 장 | 프리셋 | 개념 |\n|---|---|---|",
        "parameters": "매개변수 {:,}개",
        "curves": "에폭별 검증 손실, 시드 {}:",
        "claim": "주장",
        "seed": "시드 {}",
        "margin": "가장 작은 여유",
        "never": "끝내 닿지 않음",
        "itself": "그대로",
    },
}
WIDTH, CHART_ROWS, NETWORK_ROWS = 76, 13, 12
DOTS, STYLES = BLOCK + "×+o*", ("validation", "train", "second", "best", "stop")

Curves = dict[str, list[float | None]]  # validation losses of all epochs, by variant


def main() -> None:
    """Write the curves if there are runs, then the course in both languages."""
    parser = ArgumentParser(description="make docs/course.md and docs/course.ko.md")
    parser.add_argument("--runs", type=Path, help="a folder of runs: take the curves from them")
    parser.add_argument("folder", nargs="?", type=Path, default=HERE, help="of the pages")
    options = parser.parse_args()
    if options.runs:
        CURVES.write_text(json.dumps(curves_of(options.runs)) + "\n", encoding="utf-8")
    figures = [json.loads(line) for line in FIGURES.read_text(encoding="utf-8").splitlines()]
    curves = json.loads(CURVES.read_text(encoding="utf-8"))
    for language, words in WORDS.items():
        page = Page(language, figures, curves)
        (options.folder / words["page"]).write_text(page.text(), encoding="utf-8")


def curves_of(home: Path) -> dict[str, Curves]:
    """Validation losses of the presets' runs with their own seed, and of their variants'."""
    known = json.loads(CURVES.read_text(encoding="utf-8")) if CURVES.exists() else {}
    runs = {(run.name, run.experiment.train.seed): run for run in all_runs(home)}
    found: dict[str, Curves] = {}
    for name in presets.COURSE:
        experiment, curves = read(name), Curves()
        for variant in ("", *(it.name for it in experiment.variant)):
            own = with_suffix(name_of(name), variant) if variant else name_of(name)
            if run := runs.get((own, experiment.train.seed)):
                losses = [it.validation_loss for it in State(run).epochs]
                curves[variant] = [None if it is None else float(f"{it:.4g}") for it in losses]
        if curves or name in known:
            found[name] = curves or known[name]
    return found


class Page(NamedTuple):
    """The course in one language."""

    language: Language
    figures: list[dict[str, Any]]
    curves: dict[str, Curves]

    @property
    def words(self) -> dict[str, str]:
        """What the page itself says."""
        return WORDS[self.language]

    @property
    def heads(self) -> dict[str, str]:
        """The headings of a lesson."""
        return HEADINGS[self.language]

    def text(self) -> str:
        """The whole page."""
        parts = [self.words["head"], introduction(self.language), self.words["tables"]]
        parts += self.contents()
        for number, chapter in enumerate(presets.CHAPTERS, 1):
            parts.append(f"## {number}. {chapter_title(chapter, self.language)}\n")
            parts.append(introduction(self.language, chapter.folder))
            for place, name in enumerate(chapter.presets, 1):
                parts += self.lesson(f"{number}.{place}", name)
        return "\n".join(parts).rstrip() + "\n"

    def contents(self) -> Iterator[str]:
        """Chapters with their presets."""
        yield self.words["contents"]
        for number, chapter in enumerate(presets.CHAPTERS, 1):
            for place, name in enumerate(chapter.presets, 1):
                found = read(name).lesson
                ideas = ", ".join(map(self.idea, found.teaches)) if found else ""
                title = chapter_title(chapter, self.language)
                yield f"| {title} | [{number}.{place}](#{name}) `{name}` | {ideas} |"
        yield ""

    def idea(self, name: str) -> str:
        """An idea of a lesson in the page's language, with the English word after another one."""
        english = name.replace("_", " ")
        if self.language == "en":
            return english
        own = IDEAS[name]
        return own if own.lower() == english else f"{own} ({english})"

    def lesson(self, number: str, name: str) -> Iterator[str]:
        """The part of a preset: idea, preset, question, pictures, lesson, claims and figures."""
        experiment, heads = read(name), self.heads
        yield f'<a id="{name}"></a>\n\n### {number} {title(experiment, self.language)}\n'
        every = " --variants" * bool(experiment.variant)
        parameters = self.words["parameters"].format(experiment.parameter_count)
        yield f"`tui-dl train {name}{every}` · {parameters} · {recipe(experiment)}\n"
        text = experiment.lesson.text(self.language) if experiment.lesson else None
        if text and text.question:
            yield f"**{heads['question']}.** {text.question}\n"
        yield block(network(experiment))
        if curves := self.curves.get(name):
            yield self.words["curves"].format(experiment.train.seed) + "\n"
            yield block(chart(curves, self.words["itself"]))
        if text:
            for key in ("answer", "look", "why", "try_"):
                if words := getattr(text, key):
                    words = by_command(words, name) if key == "try_" else words
                    yield f"**{heads[key]}.** {words}\n"
        yield from self.claims(name, experiment)

    def claims(self, name: str, experiment: Experiment) -> Iterator[str]:
        """A table: each claim, its figures for every seed, and the smallest margin."""
        if not experiment.claim:
            return
        yield f"{self.heads['claims']}:\n"
        figures = [it for it in self.figures if it["preset"] == name]
        seeds = sorted({it["seed"] for it in figures})
        words = self.words
        heads = [words["claim"], *(words["seed"].format(it) for it in seeds), words["margin"]]
        yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"
        for claim in experiment.claim:
            mine = {it["seed"]: it for it in figures if it["test"] == claim.test}
            sides = [self.side(mine[seed]) if seed in mine else "" for seed in seeds]
            margins = [it["margin"] for it in mine.values() if it["margin"] is not None]
            least = percent(min(margins)) if margins else ""
            test = claim.test.replace("|", r"\|")
            says = claim.text(self.language)
            yield f"| {says}<br>`{test}` | {' | '.join(sides)} | {least} |"
        yield ""

    def side(self, figure: dict[str, Any]) -> str:
        """What came of a claim with one seed."""
        if figure["problem"]:
            return f"✘ {figure['problem']}"
        sign = next(it for it in ("<=", ">=", "<", ">") if it in figure["test"])
        compared = f"{self.number(figure['left'])} {sign} {self.number(figure['right'])}"
        return compared if figure["holds"] else f"✘ {compared}"

    def number(self, value: float | None) -> str:
        """A side of a claim; the epoch at which a loss is reached that never is has no number."""
        return self.words["never"] if value is None or isinf(value) else short(value)


def introduction(language: Language, chapter: str = "") -> str:
    """What begins a chapter by its folder, or else the course."""
    return presets.introduction(language, chapter).read_text(encoding="utf-8")


def chapter_title(chapter: presets.Chapter, language: Language) -> str:
    """The title of a chapter."""
    return chapter.ko if language == "ko" else chapter.title


def network(experiment: Experiment) -> list[StyledLine]:
    """The layers with their shapes."""
    shape = experiment.data_spec.input
    rows = min(len(folded(blocks(experiment.nodes, shape))) + 1, NETWORK_ROWS)
    return draw_network(experiment.nodes, shape, WIDTH, rows)


def chart(curves: Curves, itself: str) -> list[StyledLine]:
    """All curves in one chart, with their signs below it."""
    lines, most = [], 1
    for index, (variant, losses) in enumerate(curves.items()):
        points = [(epoch, it) for epoch, it in enumerate(losses, 1) if it is not None]
        most = max(most, len(losses))
        xs, ys = [float(x) for x, _ in points], [y for _, y in points]
        style, dot = STYLES[index % len(STYLES)], DOTS[index % len(DOTS)]
        lines.append(Line(variant or itself, (xs, ys), style, dot=dot))
    rows = plot(ChartSpec(tuple(lines), x=XAxis(last=float(most))), WIDTH, CHART_ROWS)
    legend = "   ".join(f"{line.dot} {line.name}" for line in lines)
    return [*rows, [(f"       {legend}" * (len(lines) > 1), "plain")]]


def block(rows: list[StyledLine]) -> str:
    """Rows as a block of text that is shown as it is."""
    lines = "\n".join("".join(text for text, _ in row).rstrip() for row in rows)
    return f"```text\n{lines.rstrip()}\n```\n"


if __name__ == "__main__":
    main()
