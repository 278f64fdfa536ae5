"""Edits of the builder's rows: each is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.widgets import Input

from tui_dl.process.building import Building
from tui_dl.process.origin import of_nothing
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.outline import Outline, OutlineRow
from tui_dl.spec.row_text import completions, key_completions, new_row, parse_row
from tui_dl.spec.toml import schema
from tui_dl.spec.toml.draft import Draft
from tui_dl.spec.toml.spans import Path as Place
from tui_dl.support.errors import UserError
from tui_dl.support.translations import tr
from tui_dl.ui.panels.build.layer_rows import LayerRows
from tui_dl.ui.panels.build.row_field import RowField
from tui_dl.ui.screens.home_screen import HomeScreen

PAGE = 8  # rows of a jump


class BuildEditing(HomeScreen):
    """A screen with rows of which one is chosen; keys act on that one.

    Attributes:
        building: what is built.
        at: the index of the chosen row; that after the last one is for another key.
        trial: the draft with what is being typed, and its outline; None while nothing is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "Edit", tooltip="Edit the row where it stands"),
        Binding("a", "add", "Add", tooltip="Add a layer below this one"),
        Binding("d", "delete", "Delete", tooltip="Take the row out"),
        Binding("D", "duplicate", "Duplicate", show=False, tooltip="The same layer once more"),
        Binding("K", "shift(-1)", "Move", key_display="K J", tooltip="Move the layer up or down"),
        Binding("J", "shift(1)", "Move down", show=False),
        Binding("ctrl+z", "undo", "Undo", key_display="^z", tooltip="Undo the last edit"),
        Binding("ctrl+y", "redo", "Redo", show=False, tooltip="Make it again"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", f"move(-{PAGE})", show=False),
        Binding("pagedown", f"move({PAGE})", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
    ]

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__(home, watched, language)
        self.building = Building(of_nothing())
        self.at = 0
        self.trial: tuple[Draft, Outline] | None = None

    @property
    def unsaved(self) -> str:
        return tr("What was built is saved in no file.") if self.building.is_changed else ""

    @property
    def outline(self) -> Outline:
        """What is shown: with what is being typed, if that can be read."""
        return self.trial[1] if self.trial else self.building.outline

    @property
    def draft(self) -> Draft:
        """What is shown as text: with what is being typed, if that can be read."""
        return self.trial[0] if self.trial else self.building.draft

    @property
    def chosen(self) -> OutlineRow | None:
        """The chosen row; None where it is for another key."""
        rows = self.building.outline.rows
        return rows[self.at] if self.at < len(rows) else None

    @property
    def is_typing(self) -> bool:
        """Whether a row is being edited."""
        try:
            return bool(self.query_one(RowField).display)
        except NoMatches:  # it is not mounted yet
            return False

    def show(self, says: str = "") -> None:
        """Show all that depends on the draft; `says` is what is wrong with what is typed."""
        raise NotImplementedError

    def turn_to(self, path: Place | None = None) -> None:
        """Choose the row at `path`, or stay, after the draft has changed."""
        self.building.refresh()
        places = [row.path for row in self.building.outline.rows]
        if path in places:
            self.at = places.index(path)
        self.at = min(self.at, len(places))
        self.show()

    def _do(self, edit: Callable[[], object], path: Place | None = None) -> bool:
        """Make an edit, or say why it cannot be; whether it was made."""
        try:
            edit()
        except UserError as error:
            self.notify(str(error), severity="warning")
            return False
        self.turn_to(path)
        return True

    def action_move(self, rows: int) -> None:
        """Choose the row so many further down."""
        self.at = min(max(self.at + rows, 0), len(self.building.outline.rows))
        self.show()

    @on(LayerRows.Clicked)
    def choose(self, message: LayerRows.Clicked) -> None:
        """Choose the row that was clicked; a second click edits it."""
        if self.is_typing:
            return
        again, self.at = self.at == message.row, message.row
        self.show()
        if again:
            self.action_edit()

    def action_add(self) -> None:
        """Ask for a kind, and add a layer of it below the chosen one."""
        from tui_dl.ui.screens.build_dialogs import AddLayer

        def add(text: str | None) -> None:
            if text is not None:
                path, draft = self._below(), self.building.draft
                if self._do(lambda: draft.add(path, new_row(text)), path):
                    self.action_edit()

        self.app.push_screen(AddLayer(), add)

    def _below(self) -> Place:
        """Where a layer comes: behind the chosen one, or at the end of the network."""
        if (row := self.chosen) and row.is_layer:
            return (*row.path[:-1], _index(row.path) + 1)
        layers = [it for it in self.building.outline.rows if it.is_layer and not it.depth]
        return ("network", len(layers))

    def action_delete(self) -> None:
        """Take the chosen row out."""
        if row := self.chosen:
            draft = self.building.draft
            self._do(lambda: draft.delete(row.path) if row.is_layer else draft.remove(row.path))

    def action_duplicate(self) -> None:
        """Add the chosen layer once more."""
        if (row := self.chosen) and row.is_layer:
            path, draft = self._below(), self.building.draft
            self._do(lambda: draft.add(path, draft.row(row.path)), path)

    def action_shift(self, rows: int) -> None:
        """Move the chosen layer among those that it stands among."""
        if not (row := self.chosen) or not row.is_layer:
            return
        index = _index(row.path) + rows
        path = (*row.path[:-1], index)
        if path in [it.path for it in self.building.outline.rows]:
            first = (*row.path[:-1], min(index, index - rows))
            self._do(lambda: self.building.draft.swap(first), path)

    def action_undo(self) -> None:
        """Return to the text before the last edit."""
        if not self._go(self.building.draft.undo):
            self.notify(tr("Nothing to undo"), timeout=2)

    def action_redo(self) -> None:
        """Make the edit again that was undone."""
        if not self._go(self.building.draft.redo):
            self.notify(tr("Nothing to redo"), timeout=2)

    def _go(self, turn: Callable[[], bool]) -> bool:
        """Undo or redo, and choose the first row that differs then; whether there was one."""
        before = self.building.outline.rows
        if not turn():
            return False
        self.building.refresh()
        pairs = enumerate(zip_longest(before, self.building.outline.rows))
        self.at = next((at for at, (old, new) in pairs if _differ(old, new)), self.at)
        self.turn_to()
        return True

    def action_edit(self) -> None:
        """Edit the chosen row where it stands."""
        field, row = self.query_one(RowField), self.chosen
        if row is None:
            field.begin("", key_completions)
        elif row.is_layer:
            field.begin(row.text, completions)
        else:
            field.begin(row.text, lambda text: self._words(row.key, text))
        self.show()
        self.refresh_bindings()

    def _words(self, key: str, text: str) -> list[str]:
        """What may be written at a key, where that is one of a few words."""
        from tui_dl.spec.experiment import Experiment

        try:
            known = schema.words(self.building.draft.raw, Experiment, key)
        except (LookupError, TypeError, AttributeError):  # a key that no experiment has
            return []
        return [it for it in known if it.startswith(text) and " " not in it]

    def _apply(self, draft: Draft, text: str) -> None:
        """Give the chosen row what was typed; raises UserError where it cannot be."""
        row = self.chosen
        if row is None:
            draft.set(text)
        elif row.is_layer:
            draft.change(row.path, parse_row(text, draft.row(row.path)))
        elif text.strip():
            draft.set(f"{row.key}={text}")
        else:
            raise UserError("write a value, or leave it and press d to take the key out")

    @on(Input.Changed, "#build-field")
    def try_it(self, event: Input.Changed) -> None:
        """Show what the network is with what is typed, or what is wrong with that."""
        if not self.is_typing:
            return
        draft, says = Draft(self.building.draft.text), ""
        try:
            self._apply(draft, event.value)
        except UserError as error:
            says = str(error)
        # A text that another program has spoilt has no rows: those before it stay.
        self.trial = None
        if not draft.wrong:
            found = self.building.outlined(draft.raw)
            self.trial = draft, found.with_wrong(self.at, says) if says else found
        self.show(says)

    @on(Input.Submitted, "#build-field")
    def take(self, event: Input.Submitted) -> None:
        """Keep what was typed, if it can be read."""
        row = self.chosen
        if row is not None and event.value == row.text:
            self.leave_field()
            return
        try:
            self._apply(self.building.draft, event.value)
        except UserError as error:
            self.show(str(error))
            return
        self.leave_field()
        self.turn_to(row.path if row else None)

    @on(RowField.Left)
    def leave_field(self) -> None:
        """Close the field."""
        self.trial = None
        self.query_one(RowField).display = False
        self.set_focus(None)
        self.show()
        self.refresh_bindings()


def _differ(row: OutlineRow | None, other: OutlineRow | None) -> bool:
    """Whether two rows say something else."""
    return row is None or other is None or (row.key, row.text) != (other.key, other.text)


def _index(path: Place) -> int:
    index = path[-1]
    assert isinstance(index, int)
    return index
