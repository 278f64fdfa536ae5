"""Headings, the first row of every screen: what it is about, its tabs, and what is live now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui_dl.drawing.run_sign import SIGNS
from tui_dl.runs.folder import Run
from tui_dl.runs.live import LiveRun
from tui_dl.support.formatting import duration, whole
from tui_dl.support.translations import tr
from tui_dl.ui.home_tabs import home_tabs
from tui_dl.ui.panels.resizable import Resizable
from tui_dl.ui.plain_text import plain

GAP = 2  # cells before what is live
LEAST_NAME = 8  # cells of the name of what is live: of fewer it is not told from another one
AROUND = 5  # its sign, and blanks around that, its name and its progress
PRODUCT = Content.styled(" tui-dl ", "bold $background on $primary")


class Label(NamedTuple):
    """A tab as a heading names it.

    Attributes:
        key: the digit that opens it.
        title: its name on the screen.
        short: its name where there is little room.
        action: what a click does.
        style: of a tab that is not open.
    """

    key: int
    title: str
    short: str
    action: str
    style: str = "$foreground-muted"


class Heading(Resizable, Static):
    """A row with something on the left and something on the right, which `parts` gives.

    Attributes:
        live: the runs that train now, without those that the screen shows.
    """

    live: reactive[tuple[LiveRun, ...]] = reactive(())

    def __init__(self, shown: Iterable[Run] = (), id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown_runs = {it.id for it in shown}  # whatever path leads to them

    def on_mount(self) -> None:
        self.watch(self.app, "live", self._take_live)

    def _take_live(self, live: tuple[LiveRun, ...]) -> None:
        self.live = tuple(it for it in live if it.run.id not in self._shown_runs)

    def watch_live(self) -> None:
        self.size_changed()

    def size_changed(self) -> None:
        if width := self.size.width:
            left, right = self.parts(width)
            gap = " " * (width - left.cell_length - right.cell_length)
            self.update(Content.assemble(left, gap, right), layout=False)

    def parts(self, width: int) -> tuple[Content, Content]:
        """What stands on the left and on the right; both fit `width` cells."""
        raise NotImplementedError

    @property
    def least_live(self) -> int:
        """Cells that the newest live run takes at least."""
        if not self.live:
            return 0
        name = plain(self.live[0].run.name).truncate(LEAST_NAME)
        return name.cell_length + cell_len(_progress(self.live[0])) + AROUND

    def live_text(self, room: int) -> Content:
        """The newest live run in as many words as fit: name, epoch, time left; how many more.

        Its name is shortened where it must be, and not left out: the progress would look like that
        of what the screen shows.
        """
        if not self.live or room < self.least_live:
            return Content()
        it = self.live[0]
        sign, _ = SIGNS[it.status]
        left = [duration(it.remaining)] if it.remaining is not None else []
        more = [f"+{len(self.live) - 1}"] * (len(self.live) > 1)
        name, room = plain(it.run.name), room - AROUND
        for said in ([*left, *more], more, []):
            words = " ".join([_progress(it), *said])
            if name.cell_length + cell_len(words) <= room:
                break
        name = name.truncate(room - cell_len(words), ellipsis=True)
        return Content.assemble((f" {sign} ", "$primary"), name, f" {words} ")


def _progress(live: LiveRun) -> str:
    """Its epoch of how many; what it does before the first one."""
    return f"{whole(live.epoch)}/{whole(live.epochs)}" if live.epochs else tr(live.status)


class TitleHeading(Heading):
    """The product's name, a title, and a note."""

    def __init__(self, title: str, note: str, shown: Iterable[Run]) -> None:
        super().__init__(shown)
        self._title, self._note = title, note

    def parts(self, width: int) -> tuple[Content, Content]:
        room = max(0, width - PRODUCT.cell_length - 5)
        note = plain(self._note).truncate(room, ellipsis=True).stylize("$foreground-muted")
        room -= note.cell_length
        title = plain(self._title).truncate(room, ellipsis=True)
        live = self.live_text(room - title.cell_length)
        return Content.assemble(PRODUCT, "  ", title), Content.assemble(live, "  ", note, " ")


class HomeHeading(Heading):
    """The product's name and the tabs of the home; a note, such as what is prepared."""

    note = reactive("")

    def __init__(self, tab: str) -> None:
        """Make the heading of the tab of this name."""
        super().__init__()
        self._tab = tab

    def watch_note(self) -> None:
        self.size_changed()

    def parts(self, width: int) -> tuple[Content, Content]:
        tabs = home_tabs()
        labels = [Label(it.key, it.title, it.title, f"app.open_tab('{it.name}')") for it in tabs]
        place = next(place for place, it in enumerate(tabs) if it.name == self._tab)
        note = plain(f" {self.note} " * bool(self.note))
        room = width - PRODUCT.cell_length - 1 - self.least_live
        room -= note.cell_length + GAP if self.note else 0
        left = Content.assemble(PRODUCT, " ", labelled(labels, place, room))
        live = self.live_text(width - left.cell_length)
        room = max(0, width - left.cell_length - live.cell_length - GAP)
        note = note.truncate(room, ellipsis=True)
        return left, Content.assemble(note.stylize("$foreground-muted"), live)


def labelled(labels: Sequence[Label], opened: int, room: int) -> Content:
    """All tabs with their keys; the open one with its name, and others while they fit `room`.

    Short names come first: more of them fit.
    """
    full = [f" {it.key} {tr(it.title)} " for it in labels]
    short = [f" {it.key} {tr(it.short)} " for it in labels]
    texts = [f" {it.key} " for it in labels]
    texts[opened] = short[opened] = full[opened]
    left = room - cell_len("".join(texts))
    for names in (short, full):
        for place, text in enumerate(names):
            more = cell_len(text) - cell_len(texts[place])
            if more > left:
                break
            left -= more
            texts[place] = text
    parts = []
    for place, (it, text) in enumerate(zip(labels, texts, strict=True)):
        if place == opened:
            parts.append(Content.styled(text, "bold $primary reverse"))
        else:
            parts.append(Content.from_markup(f"[@click={it.action}]{text}[/]").stylize(it.style))
    return Content("").join(parts)
