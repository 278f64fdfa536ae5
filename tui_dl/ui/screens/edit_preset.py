"""The dialog in which values of a preset are changed before it is trained."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from tui_dl.process.read_experiment import describe
from tui_dl.spec.editable import settings
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layer_names import named, names_by_place
from tui_dl.spec.run_title import run_title
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.panels.preset_pictures import NetworkPicture
from tui_dl.ui.panels.setting_rows import SettingRows
from tui_dl.ui.plain_text import plain
from tui_dl.ui.screens.window import Window

PAGE = 8  # rows of a jump
AROUND = 8  # rows of the dialog and its footer beside the settings
ANOTHER = "another KEY=VALUE"  # the last row: any key of an experiment


class Edited(NamedTuple):
    """A changed preset.

    Attributes:
        preset: its name.
        experiment: what is to be trained.
        changes: the overrides that make it of the preset.
    """

    preset: str
    experiment: Experiment
    changes: list[str]

    @property
    def title(self) -> str:
        """That of a run of it."""
        return run_title(self.preset, self.changes, self.experiment)


class EditPreset(Window[Edited | None]):
    """A row for each setting; what is typed is checked at once, and the network is drawn anew.

    Closes with what is to be trained, or with None.
    """

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "train", "Train with it", priority=True),
        Binding("enter", "edit_found", "Edit the row", priority=True),
        Binding("slash", "search", "Search", key_display="/", priority=True),
        Binding("up", "move(-1)", "Row", key_display="↑ ↓", priority=True),
        Binding("down", "move(1)", "Next row", show=False, priority=True),
        Binding("pageup", f"move(-{PAGE})", "Rows up", show=False, priority=True),
        Binding("pagedown", f"move({PAGE})", "Rows down", show=False, priority=True),
        Binding("home", "move(-1000000)", "First", show=False, priority=True),
        Binding("end", "move(1000000)", "Last", show=False, priority=True),
        ("escape", "leave", "Cancel"),
    ]

    def __init__(self, preset: str, experiment: Experiment) -> None:
        super().__init__()
        self._preset, self._before = preset, experiment
        self._settings = settings(experiment)
        names = names_by_place(experiment)
        self._keys = [named(it.key, names) for it in self._settings] + [tr(ANOTHER)]
        self._searching = False
        self._typed: dict[int, str] = {}
        self._edited: Edited | None = Edited(preset, experiment, [])

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="edit") as dialog:
            dialog.border_subtitle = tr("typing changes the row, empty is as in the preset")
            with Horizontal(id="edit-body"):
                yield SettingRows(self._keys)
                yield NetworkPicture()
            with Horizontal(id="edit-field"):
                yield Static(id="edit-key", markup=False)
                yield Input(select_on_focus=False, compact=True)
            yield Static(id="edit-says", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self._turn_to(0)
        self._check()

    def on_resize(self) -> None:
        room = self.app.size.height - AROUND
        self.query_one("#edit-body").styles.height = max(min(len(self._settings) + 1, room), 1)
        self.call_after_refresh(self._draw_network)

    def action_move(self, rows: int) -> None:
        """Turn to the row so many further down."""
        now = self.query_one(SettingRows).at
        self._turn_to(min(max(now + rows, 0), len(self._settings)))

    @on(SettingRows.Chosen)
    def choose(self, message: SettingRows.Chosen) -> None:
        """Turn to the row that was clicked."""
        self._turn_to(message.row)

    def _turn_to(self, row: int) -> None:
        """Edit a row; what is typed first takes the place of its value."""
        is_last = row == len(self._settings)
        if self._searching:
            self._searching = False
            self._check()
        self._begin(f"{self._keys[row]}{': ' if is_last else ' = '}", self._value(row))
        self.query_one(SettingRows).turn_to(row, self._values(), set(self._typed))

    def _begin(self, label: str, text: str) -> None:
        """Let a text be typed, or another one in its place."""
        self.query_one("#edit-key", Static).update(label)
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = text
        field.select_all()
        field.focus()
        self.refresh_bindings()

    def action_search(self) -> None:
        """Turn to the first row whose key has the letters that are typed next."""
        self._searching = True
        self._begin("/ ", "")

    @on(Input.Changed)
    def take(self, event: Input.Changed) -> None:
        """Keep what was typed, and check the experiment with it."""
        rows, letters = self.query_one(SettingRows), event.value.strip().lower()
        if self._searching:
            found = [at for at, key in enumerate(self._keys) if letters in key.lower()]
            rows.turn_to(found[0] if found else rows.at, self._values(), set(self._typed))
            self._say_found(event.value, len(found))
            return
        row = rows.at
        own = "" if row == len(self._settings) else self._settings[row].value
        text = event.value.strip()
        self._typed.pop(row, None)
        if text and text != own:
            self._typed[row] = text
        rows.turn_to(row, self._values(), set(self._typed))
        self._check()

    def _say_found(self, letters: str, count: int) -> None:
        """Say how many rows have the letters, and where another key is written."""
        none = "No row has {letters}. The last one (key End) takes any KEY=VALUE."
        says = tr("rows with {letters}: {count}", count=count, letters=letters)
        words = says if count else tr(none, letters=letters)
        self._say(printable(words) if letters.strip() else "", wrong=not count)

    def _say(self, text: str, wrong: bool) -> None:
        says = self.query_one("#edit-says", Static)
        says.set_class(wrong, "-wrong")
        says.update(text)

    def _value(self, row: int) -> str:
        """What stands in a row."""
        own = "" if row == len(self._settings) else self._settings[row].value
        return self._typed.get(row, own)

    def _values(self) -> list[str]:
        return [self._value(row) for row in range(len(self._settings) + 1)]

    def _changes(self) -> list[str]:
        """What was typed, as overrides; kinds come first, as other keys depend on them."""
        rows = sorted(self._typed.items(), key=lambda it: (self._is_no_kind(it[0]), it[0]))
        last = len(self._settings)
        return [text if row == last else f"{self._settings[row].key}={text}" for row, text in rows]

    def _is_no_kind(self, row: int) -> bool:
        """Whether a row is of something else than a kind."""
        return row == len(self._settings) or not self._settings[row].key.endswith(".kind")

    def _check(self) -> None:
        """Read the experiment with what was typed; say what is wrong, or what it is now."""
        changes = self._changes()
        try:
            self._edited = Edited(
                self._preset, read(self._preset, changes, self._describe), changes
            )
        except UserError as error:
            self._edited = None
            text = said(str(error)).replace("--set ", "")
            for setting, key in zip(self._settings, self._keys, strict=False):
                text = text.replace(f"{setting.key}=", f"{key}=")
            self._say(printable(text), wrong=True)
            return
        before, now = self._before.parameter_count, self._edited.experiment.parameter_count
        sizes = f"{before:,}" if before == now else f"{before:,} → {now:,}"
        parameters = tr("{count} parameters", count=sizes)
        unchanged = tr("{parameters}, nothing is changed", parameters=parameters)
        self._say(parameters if changes else unchanged, wrong=False)
        self.query_one("#edit").border_title = plain(self._edited.title)
        self._draw_network()

    def _describe(self, changed: Experiment) -> Experiment:
        """The description of the data: the preset's own, unless another file or split is read."""
        if not changed.reads_file:
            return changed
        own = replace(self._before.data, batch_size=changed.data.batch_size)
        if changed.data == own and changed.train.seed == self._before.train.seed:
            return changed.described(self._before.data_spec)
        return describe(changed)

    def _draw_network(self) -> None:
        if self._edited:
            picture = self.query_one(NetworkPicture)
            picture.show(self._edited.experiment, self.query_one("#edit-body").size.height)

    def action_train(self) -> None:
        """Close with the changed experiment, unless it is none."""
        if self._edited is not None:
            self.dismiss(self._edited)

    def action_edit_found(self) -> None:
        """End the search at the row that it found."""
        self._turn_to(self.query_one(SettingRows).at)

    def action_leave(self) -> None:
        """End the search, or else close and change nothing."""
        if self._searching:
            self.action_edit_found()
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter trains, but ends a search. In the last row a path may be typed."""
        if action in ("train", "edit_found"):
            return self._searching == (action == "edit_found")
        on_last = self.is_mounted and self.query_one(SettingRows).at == len(self._settings)
        return action != "search" or not (on_last or self._searching)
