"""What every screen has below its heading: a footer; a notice where the terminal is too small."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.events import MouseDown, MouseMove, Resize
from textual.geometry import Region
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tui_dl.runs.live import LiveRun
from tui_dl.support.translations import tr
from tui_dl.ui.panels.panel import Panel
from tui_dl.ui.whole_letters import WholeLetters

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
SHORT = 22  # rows from which on there is room for more than a panel
TALL = 34  # from here on there is room for what is merely good to have
NORMAL = 100  # columns from which on there is room for a second column
WIDE = 160  # likewise, for a third one

# The classes a screen has from a width or height on; the styles are made for them.
WIDTHS = [
    (0, "-too-narrow"),
    (LEAST_WIDTH, "-narrowest"),
    (72, "-narrow"),
    (NORMAL, "-normal"),
    (WIDE, "-wide"),
]
HEIGHTS = [(0, "-too-low"), (LEAST_HEIGHT, "-low"), (SHORT, "-short"), (TALL, "-tall")]

# Actions whose keys are left out where there is no room: the last ones first. `PANELS` stands for
# the keys of panels; all others are left out after those: `GENERAL` first, then those of panels of
# the open tab, except `CURVES`, and that of the help last.
PANELS = "panels"
OPTIONAL = (
    "epochs(-1)", "speed(0.5)", "set_rate", "propose", "predict", PANELS, "search", "try_it",
    "build", "maximise", "course", "save", "milestones(1)", "next_lesson", "answer",
    "build_on", "overlay", "open_run(1)",
    "app.change_language",
    "undo", "filter", "resume", "sort", "more_epochs", "remove", "rename", "pin",  # of runs
    "shift(-1)", "editor",  # of the builder
)  # fmt: skip
GENERAL = "back", "quit", "command_palette"  # everywhere the same
CURVES = "cursor(-1)", "zoom(1)", "log_axis"  # a curve is read without them
HELP = "help"  # shows the keys that are left out
PADDING = 3  # cells of a key in the footer besides its letters


class Key(NamedTuple):
    """A key in the footer."""

    binding: Binding
    shown: str  # the key as it is written
    title: str
    enabled: bool
    of_panel: bool
    of_tab: bool
    urgent: bool

    @property
    def cells(self) -> int:
        """Its width."""
        return cell_len(self.shown) + cell_len(self.title) + PADDING

    @property
    def rank(self) -> int:
        """A lower one for a key that is more useful; of one rank the first ones come first."""
        if self.urgent:
            return -1
        action = self.binding.action
        if self.of_tab and action not in CURVES:
            return 1
        if self.of_panel and action not in OPTIONAL:
            action = PANELS
        if action in OPTIONAL:
            return OPTIONAL.index(action) + 3
        return 2 if action in GENERAL else 0


class Keys(Widget):
    """The footer, one row; where there is little room, it leaves out keys that are less useful.

    Textual's own has a widget for each key: to make them anew took 20 to 50 ms.
    """

    ALLOW_SELECT = False
    keys: reactive[tuple[Key, ...]] = reactive(())
    pointed_at: reactive[Key | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__()
        self._is_asked = False  # for other keys, which are looked for once for all that has changed

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._ask)

    def _ask(self, screen: Screen[Any]) -> None:
        if not self._is_asked:
            self._is_asked = True
            self.call_next(self._take_keys, screen)

    def _take_keys(self, screen: Screen[Any]) -> None:
        """Show the keys that act now; but while the terminal has not the focus, nothing acts."""
        self._is_asked = False
        if not self.app.app_focus:
            return
        own = screen if isinstance(screen, ScreenWithKeys) else None
        found: dict[str, Key] = {}
        for it in screen.active_bindings.values():
            binding = it.binding
            if own and not own.offers(binding.action):
                continue
            if binding.show and binding.action not in found:
                shown, title = self.app.get_key_display(binding), tr(binding.description)
                urgent = own is not None and own.urges(binding.action)
                of_panel = isinstance(it.node, Panel)
                of_tab = own is not None and own.is_of_tab(it.node)
                key = Key(binding, shown, title, it.enabled, of_panel, of_tab, urgent)
                found[binding.action] = key
        self.keys = tuple(found.values())

    def _placed(self) -> list[Key]:
        """The keys for which there is room; the blank behind the last one need not fit."""
        room, left_out = self.size.width + 1, set()
        for key in sorted(self.keys, key=lambda key: (key.rank, key.binding.action != HELP)):
            if key.cells > room:
                left_out.add(key)
            else:
                room -= key.cells
        return [key for key in self.keys if key not in left_out]

    def render(self) -> Content:
        return Content("").join(self._text(key) for key in self._placed())

    def _text(self, key: Key) -> Content:
        text = Content.assemble(
            (f" {key.shown} ", "bold $footer-key-foreground"),
            (f"{key.title} ", "$footer-description-foreground"),
        )
        if not key.enabled:
            return text.stylize("dim")
        return text.stylize("on $block-hover-background") if key == self.pointed_at else text

    def _at(self, x: int) -> Key | None:
        """The key in a column."""
        ends = accumulate(key.cells for key in self._placed())
        return next((key for key, end in zip(self._placed(), ends, strict=True) if x < end), None)

    def on_mouse_move(self, event: MouseMove) -> None:
        self.pointed_at = key = self._at(event.x)
        self.tooltip = tr(key.binding.tooltip) if key and key.binding.tooltip else None

    def on_leave(self) -> None:
        self.pointed_at = None

    def on_mouse_down(self, event: MouseDown) -> None:
        key = self._at(event.x)
        if key is not None and key.enabled:
            self.app.simulate_key(key.binding.key)
        elif key is not None:
            self.app.bell()


class ScreenWithKeys(Screen[None]):
    """A screen whose footer is hidden while a window is open, for that has its own keys."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = WholeLetters()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its background, which is alike in all rows: what stands on it covers nearly all."""
        return super().render_lines(crop.crop_size((crop.width, 1))) * crop.height

    def offers(self, action: str) -> bool:
        """Whether the footer has the key of an action; one that it has not acts as well."""
        return True

    def urges(self, action: str) -> bool:
        """Whether now is the moment for an action: its key comes before all others."""
        return False

    def is_of_tab(self, node: DOMNode) -> bool:
        """Whether a widget is what the open tab is for."""
        return False

    def on_screen_suspend(self) -> None:
        self._show_keys(False)

    def on_screen_resume(self) -> None:
        self._show_keys(True)

    def _show_keys(self, shown: bool) -> None:
        """Style the footer alone; a class of the screen would style anew all that is in it."""
        for keys in self.query(Keys):
            keys.visible = shown


class TooSmall(Static):
    """Takes the screen's place while there is no room for it; the styles say when."""

    live: reactive[tuple[LiveRun, ...]] = reactive(())

    def on_mount(self) -> None:
        self.watch(self.app, "live", self._take_live)

    def _take_live(self, live: tuple[LiveRun, ...]) -> None:
        self.live = live

    def watch_live(self) -> None:
        """Say how large the terminal must be, what goes on unseen, and which key acts: to quit."""
        width, height = self.app.size
        least = f"{LEAST_WIDTH}x{LEAST_HEIGHT}"
        needs = "tui-dl needs {least}; this terminal is {size}."
        says = [tr(needs, least=least, size=f"{width}x{height}")]
        if any(it.status != "paused" for it in self.live):
            says.append(tr("Training goes on."))
        quits = next(it for _, it in self.app._bindings if it.action == "quit" and it.show)
        says.append(tr("{key} quits.", key=self.app.get_key_display(quits)))
        self.update(" ".join(says))

    def on_resize(self, event: Resize) -> None:
        self.watch_live()
