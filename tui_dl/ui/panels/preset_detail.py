"""What a preset teaches, its network with all shapes, its data and its training config."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Markdown, Static

from tui_dl.drawing.styled_text import column
from tui_dl.spec.data.base import SplitData
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.support.formatting import count
from tui_dl.support.terminal_text import printable
from tui_dl.ui.plain_text import plain


class Detail(VerticalScroll, can_focus=False):
    """The page of one preset."""

    experiment: reactive[Experiment | None] = reactive(None)

    def compose(self) -> ComposeResult:
        yield Markdown(id="lesson", open_links=False)
        yield Static(id="network")
        yield Static(id="facts")

    async def watch_experiment(self, experiment: Experiment | None) -> None:
        if experiment is None:
            return
        self.border_title = plain(experiment.title)
        self.scroll_home(animate=False)
        self.query_one("#network", Static).update(network(experiment))
        self.query_one("#facts", Static).update(facts(experiment))
        await self.query_one("#lesson", Markdown).update(lesson(experiment))


def lesson(experiment: Experiment) -> str:
    """The lesson as one markdown text."""
    if experiment.lesson is None:
        return ""
    text = experiment.lesson.en
    sections = {"What you will see": text.look, "Why": text.why, "Try": text.try_}
    markdown = "\n\n".join(f"#### {title}\n\n{body}" for title, body in sections.items())
    return printable(markdown, keep="\n")


def network(experiment: Experiment) -> Content:
    """A table of the layers: output shape, parameters and FLOPs of each."""
    rows = experiment.nodes
    table = [("layer", "output", "parameters", "FLOPs"), ("input", str(rows[0].input), "", "")]
    table += [
        (
            row.name,
            str(row.output),
            f"{row.parameter_count:,}" if row.parameter_count else "",
            count(row.flops) if row.flops else "",
        )
        for row in rows
    ]
    flops = sum(row.flops for row in rows)
    table += [("total", "", f"{experiment.parameter_count:,}", count(flops))]
    widths = [max(map(cell_len, cells)) for cells in zip(*table, strict=True)]
    lines = [Content.styled("Network", "bold $primary")]
    for index, (name, output, parameters, cost) in enumerate(table):
        text = (
            f"{column(name, widths[0])}  {column(output, widths[1])}  "
            f"{parameters:>{widths[2]}}  {cost:>{widths[3]}}"
        )
        style = "$foreground-muted" if index < 2 else "bold" if index == len(table) - 1 else ""
        lines.append(Content.styled(text, style))
    return Content("\n").join(lines)


def facts(experiment: Experiment) -> Content:
    """Data and training config."""
    title = "bold $primary"
    return Content.assemble(
        ("Data\n", title), _data(experiment), ("\n\nTraining\n", title), _training(experiment)
    )


def _data(experiment: Experiment) -> str:
    data, spec = experiment.data, experiment.data_spec
    source = f"{kind(data)} · {spec.input} → "
    if not isinstance(data, SplitData):
        return f"{source}{spec.classes} actions · {spec.count} episodes per epoch"
    target = f"{spec.classes} classes" if spec.classes and not spec.target.shape else spec.target
    shares = (1 - data.validation - data.test, data.validation, data.test)
    split = "/".join(f"{share * 100:.0f}" for share in shares)
    return f"{source}{target} · {split} % train/validation/test"


def _training(experiment: Experiment) -> str:
    train, batch = experiment.train, experiment.data.batch_size
    parts = [
        kind(train.loss).replace("_", " "),
        f"{kind(train.optimizer)}, learning rate {train.optimizer.learning_rate:g}",
        f"batch {batch}",
        f"up to {train.epochs} epochs" if train.early_stopping else f"{train.epochs} epochs",
    ]
    if train.early_stopping:
        parts.append(f"early stopping, patience {train.early_stopping.patience}")
    return " · ".join(parts)
