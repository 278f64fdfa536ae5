"""What `tui-dl doctor` finds out about the terminal, the settings and the extras."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

from tui_dl.course.language import deciding, language
from tui_dl.spec.course.lesson import Language
from tui_dl.support.command_line import install
from tui_dl.support.locales import CONSOLE, character_locale, shows_unicode
from tui_dl.support.settings import Settings, placed, read_settings, settings_path

EXTRAS = {
    "images": ("PIL", "pillow"), "music": ("music21", "music21"), "rl": ("gymnasium", "gymnasium"),
    "text": ("faker", "faker"),
}  # fmt: skip
SHOWN = {
    "truecolor": "true colour", "256": "256 colours", "standard": "16 colours",
    None: "no colours",
}  # fmt: skip

NAMES: dict[Language, str] = {"en": "English", "ko": "Korean"}

Found = tuple[str, bool, str]  # what, whether it is all right, and what is to be said


def terminal_findings() -> Iterator[Found]:
    """What is known of the terminal without asking it."""
    yield _colours()
    yield _characters()
    yield _multiplexer()


def _colours() -> Found:
    """How many colours the dashboard will use."""
    from rich.console import Console

    term = os.environ.get("TERM", "not set")
    if os.environ.get("NO_COLOR"):
        return "colours", True, "none: NO_COLOR is set; signs stand for colours"
    system = Console(force_terminal=True).color_system
    enough = system in ("truecolor", "256") or term == CONSOLE
    advice = "" if enough else f": {_more_colours(term)}"
    return "colours", enough, f"{SHOWN.get(system, system)}, TERM={term}{advice}"


def _more_colours(term: str) -> str:
    """What to set where the terminal shows more colours than `term` says."""
    if term.startswith(("screen", "tmux")):
        return "for 256, `set -g default-terminal tmux-256color` in tmux, or `term screen-256color`"
    return "where the terminal shows more, set TERM=xterm-256color"


def _characters() -> Found:
    """Whether the dashboard draws with Unicode."""
    locale = character_locale() or "no locale is set"
    if shows_unicode():
        return "characters", True, f"UTF-8 ({locale})"
    if os.environ.get("TERM") == CONSOLE:
        return "characters", True, "ASCII only: the font of the Linux console has no more"
    return (
        "characters", False,
        f"ASCII only ({locale}): set LANG=C.UTF-8 where the terminal shows UTF-8",
    )  # fmt: skip


def _multiplexer() -> Found:
    """Whether tmux or screen stands between, and what they need."""
    if os.environ.get("TMUX"):
        return "tmux", True, "yes: copying with y needs `set -g set-clipboard on`"
    if os.environ.get("STY"):
        return "screen", True, "yes: it has 256 colours at most, and does not copy with y"
    return "tmux", True, "none"


def settings_findings(spoken: Language) -> Iterator[Found]:
    """Language and theme, where the settings are, and what of them cannot be used."""
    from tui_dl.ui.theme import unknown_theme

    path = settings_path()
    read = read_settings(path)
    yield _language(spoken, read.settings)
    yield _theme(read.settings)
    complaints = list(read.complaints)
    if says := unknown_theme(read.settings.theme):
        complaints.append(placed(path, "theme", says, read.text))
    if read.settings.keys:
        from tui_dl.ui.app import TuiDl
        from tui_dl.ui.keymap import checked

        wrong = checked(read.settings.keys, TuiDl)[1]
        complaints += [placed(path, key, says, read.text) for key, says in wrong]
    if complaints:
        yield from (("settings", False, says) for says in complaints)
    else:
        yield "settings", True, str(path) if path.exists() else f"{path}: not there: all defaults"


def _language(spoken: Language, settings: Settings) -> Found:
    """The language in use, and what decided it."""
    if language() != spoken:
        origin = "--lang"
    elif settings.language:
        origin = "the settings"
    else:
        origin = f"{name}={os.environ[name]}" if (name := deciding()) else ""
    return "language", True, _chosen(NAMES[spoken], origin, "--lang or the key L change it")


def _theme(settings: Settings) -> Found:
    """The dashboard's theme, and what decided it: the default where the settings name none."""
    from tui_dl.ui.theme import unknown_theme

    default = Settings().theme
    name = default if unknown_theme(settings.theme) else settings.theme
    origin = "" if name == default else "the settings"
    return "theme", True, _chosen(name, origin, "the menu (ctrl+p) changes it")


def _chosen(name: str, origin: str, advice: str) -> str:
    """What is in use, what has chosen it, and how to change that."""
    return f"{name}, set by {origin}: {advice}" if origin else f"{name}, the default: {advice}"


def extras_finding() -> Found:
    """Which extras are installed."""
    missing = [package for module, package in EXTRAS.values() if find_spec(module) is None]
    if not missing:
        return "extras", True, ", ".join(EXTRAS)
    return "extras", True, f"not installed: `{install(' '.join(missing))}`"
