"""Makes docs/course.md of the presets: ``python docs/make_course.py [--runs FOLDER] [FILE]``.

The introductions are those of `presets/`. Figures are what ``tui-dl verify --seeds 3
--json`` wrote into docs/course/figures.jsonl; nothing is trained here. With --runs the curves of
the runs in a folder, which ``verify --keep FOLDER`` has left, are first written into
docs/course/curves.json. `make course` does all of it.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from math import isinf
from pathlib import Path
from typing import Any

from tui_dl import presets
from tui_dl.course.lesson_text import HEADINGS
from tui_dl.drawing.chart_spec import ChartSpec, Line
from tui_dl.drawing.network import blocks, draw_network, folded
from tui_dl.drawing.plot import plot
from tui_dl.drawing.recipe import recipe
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.x_axis import XAxis
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import name_of, with_suffix
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.spec.experiment import Experiment
from tui_dl.support.formatting import counted, percent, short

HERE = Path(__file__).parent
FIGURES, CURVES = HERE / "course" / "figures.jsonl", HERE / "course" / "curves.json"
HEAD = """# The course

This page is made of the presets by `make course`: change a preset, or an introduction in
`presets/`, not this page.
"""
WIDTH, CHART_ROWS, NETWORK_ROWS = 76, 13, 12
DOTS, STYLES = "•×+o*", ("validation", "train", "second", "best", "stop")
ITSELF = "as it is"
HEADS = HEADINGS["en"]

Curves = dict[str, list[float | None]]  # validation losses of all epochs, by variant


def main() -> None:
    """Write the curves if there are runs, then the course."""
    parser = ArgumentParser(description="make docs/course.md")
    parser.add_argument("--runs", type=Path, help="a folder of runs: take the curves from them")
    parser.add_argument("file", nargs="?", type=Path, default=HERE / "course.md")
    options = parser.parse_args()
    if options.runs:
        CURVES.write_text(json.dumps(curves_of(options.runs)) + "\n", encoding="utf-8")
    figures = [json.loads(line) for line in FIGURES.read_text(encoding="utf-8").splitlines()]
    curves = json.loads(CURVES.read_text(encoding="utf-8"))
    options.file.write_text(course(figures, curves), encoding="utf-8")


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


def course(figures: list[dict[str, Any]], curves: dict[str, Curves]) -> str:
    """The whole page."""
    parts = [HEAD, presets.introduction("en").read_text(encoding="utf-8"), *contents()]
    for number, chapter in enumerate(presets.CHAPTERS, 1):
        parts.append(f"## {number}. {chapter.title}\n")
        parts.append(presets.introduction("en", chapter.folder).read_text(encoding="utf-8"))
        for place, name in enumerate(chapter.presets, 1):
            mine = [it for it in figures if it["preset"] == name]
            parts += lesson(f"{number}.{place}", name, read(name), mine, curves.get(name, {}))
    return "\n".join(parts).rstrip() + "\n"


def contents() -> Iterator[str]:
    """Chapters with their presets."""
    yield "| chapter | preset | ideas |\n|---|---|---|"
    for number, chapter in enumerate(presets.CHAPTERS, 1):
        for place, name in enumerate(chapter.presets, 1):
            found = read(name).lesson
            ideas = ", ".join(it.replace("_", " ") for it in found.teaches) if found else ""
            yield f"| {chapter.title} | [{number}.{place}](#{name}) `{name}` | {ideas} |"
    yield ""


def lesson(
    number: str, name: str, experiment: Experiment, figures: list[dict[str, Any]], curves: Curves
) -> Iterator[str]:
    """The part of one preset: idea, preset, question, pictures, lesson, claims and figures."""
    yield f'<a id="{name}"></a>\n\n### {number} {experiment.title}\n'
    every = " --variants" * bool(experiment.variant)
    parameters = counted(experiment.parameter_count, "parameter")
    yield f"`tui-dl train {name}{every}` · {parameters} · {recipe(experiment)}\n"
    text = experiment.lesson.en if experiment.lesson else None
    if text and text.question:
        yield f"**{HEADS['question']}.** {text.question}\n"
    yield block(network(experiment))
    if curves:
        yield f"Validation loss by epoch, seed {experiment.train.seed}:\n"
        yield block(chart(curves))
    if text:
        if text.answer:
            yield f"**{HEADS['answer']}.** {text.answer}\n"
        yield f"**{HEADS['look']}.** {text.look}\n"
        yield f"**{HEADS['why']}.** {text.why}\n"
        yield f"**{HEADS['try_']}.** {text.try_}\n"
    yield from claims(experiment, figures)


def claims(experiment: Experiment, figures: list[dict[str, Any]]) -> Iterator[str]:
    """A table: each claim, its figures for every seed, and the smallest margin."""
    if not experiment.claim:
        return
    yield f"{HEADS['claims']}:\n"
    seeds = sorted({it["seed"] for it in figures})
    heads = ["claim", *(f"seed {it}" for it in seeds), "least margin"]
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"
    for claim in experiment.claim:
        mine = {it["seed"]: it for it in figures if it["test"] == claim.test}
        sides = [side(mine[seed]) if seed in mine else "" for seed in seeds]
        margins = [it["margin"] for it in mine.values() if it["margin"] is not None]
        least = percent(min(margins)) if margins else ""
        test = claim.test.replace("|", r"\|")
        yield f"| {claim.says}<br>`{test}` | {' | '.join(sides)} | {least} |"
    yield ""


def side(figure: dict[str, Any]) -> str:
    """What came of a claim with one seed."""
    if figure["problem"]:
        return f"✘ {figure['problem']}"
    sign = next(it for it in ("<=", ">=", "<", ">") if it in figure["test"])
    compared = f"{number(figure['left'])} {sign} {number(figure['right'])}"
    return compared if figure["holds"] else f"✘ {compared}"


def number(value: float | None) -> str:
    """A side of a claim; the epoch at which a loss is reached that never is has no number."""
    return "never" if value is None or isinf(value) else short(value)


def network(experiment: Experiment) -> list[StyledLine]:
    """The layers with their shapes."""
    shape = experiment.data_spec.input
    rows = min(len(folded(blocks(experiment.nodes, shape))) + 1, NETWORK_ROWS)
    return draw_network(experiment.nodes, shape, WIDTH, rows)


def chart(curves: Curves) -> list[StyledLine]:
    """All curves in one chart, with their signs below it."""
    lines, most = [], 1
    for index, (variant, losses) in enumerate(curves.items()):
        points = [(epoch, it) for epoch, it in enumerate(losses, 1) if it is not None]
        most = max(most, len(losses))
        xs, ys = [float(x) for x, _ in points], [y for _, y in points]
        style, dot = STYLES[index % len(STYLES)], DOTS[index % len(DOTS)]
        lines.append(Line(variant or ITSELF, (xs, ys), style, dot=dot))
    rows = plot(ChartSpec(tuple(lines), x=XAxis(last=float(most))), WIDTH, CHART_ROWS)
    legend = "   ".join(f"{line.dot} {line.name}" for line in lines)
    return [*rows, [(f"       {legend}" * (len(lines) > 1), "plain")]]


def block(rows: list[StyledLine]) -> str:
    """Rows as a block of text that is shown as it is."""
    lines = "\n".join("".join(text for text, _ in row).rstrip() for row in rows)
    return f"```text\n{lines.rstrip()}\n```\n"


if __name__ == "__main__":
    sys.exit(main())
