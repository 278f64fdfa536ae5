"""The themes: a dark one, its light twin, and Textual's own with colours that can be read.

Curves have the same hues in every theme: those of our palette for a dark ground or a light one.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui_dl.drawing.palette import DARK, LIGHT, LINES
from tui_dl.support.did_you_mean import suggest
from tui_dl.ui import legible

# What rows are drawn with where the terminal's own colours are used.
ANSI = {
    "plain": "ansi_default", "strong": "ansi_default", "dim": "ansi_default",
    "faint": "ansi_bright_black", "axis": "ansi_default", "train": "ansi_blue",
    "heat": "ansi_blue", "step": "ansi_bright_black", "validation": "ansi_yellow",
    "second": "ansi_magenta", "best": "ansi_green", "stop": "ansi_red", "good": "ansi_green",
    "warn": "ansi_yellow", "bad": "ansi_red", "shared": "ansi_default",
}  # fmt: skip
# Colours of text that stand on the background, on windows and on fields.
ON_ALL = (
    "foreground", "foreground-muted", "primary", "secondary", "accent", "warning", "error",
    "success", "footer-key-foreground", "footer-description-foreground",
    "text-muted", "text-disabled", "text-primary", "text-secondary", "text-accent",
    "text-warning", "text-error", "text-success",
)  # fmt: skip

CURSORS = ("block-cursor", "block-cursor-blurred")  # their text stands on their own ground

DARK_THEME = Theme(
    name="tui-dl",
    primary=DARK["train"],
    secondary=DARK["validation"],
    accent="#87d7ff",
    success=DARK["good"],
    warning=DARK["warn"],
    error=DARK["bad"],
    foreground=DARK["plain"],
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
    variables={
        "foreground-muted": DARK["dim"],
        "border": "#5f87af",
        "border-blurred": "#3a3a3a",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#eeeeee",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#303030",
        "block-cursor-blurred-foreground": "#d0d0d0",
        "footer-background": "#1c1c1c",
        "footer-key-foreground": DARK["train"],
        "footer-description-foreground": DARK["dim"],
        "scrollbar": "#3a3a3a",
        "scrollbar-background": "#121212",
        "scrollbar-hover": "#585858",
        "scrollbar-active": "#5f87af",
    },
)
LIGHT_THEME = Theme(
    name="tui-dl-light",
    primary=LIGHT["train"],
    secondary=LIGHT["validation"],
    accent="#005f87",
    success=LIGHT["good"],
    warning=LIGHT["warn"],
    error=LIGHT["bad"],
    foreground=LIGHT["plain"],
    background="#ffffff",
    surface="#ffffff",
    panel="#eeeeee",
    dark=False,
    variables={
        "foreground-muted": LIGHT["dim"],
        "border": "#5f87af",
        "border-blurred": "#c6c6c6",
        "block-cursor-background": "#afd7ff",
        "block-cursor-foreground": "#121212",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e4e4e4",
        "block-cursor-blurred-foreground": "#303030",
        "footer-background": "#ffffff",
        "footer-key-foreground": LIGHT["train"],
        "footer-description-foreground": LIGHT["dim"],
        "scrollbar": "#c6c6c6",
        "scrollbar-background": "#ffffff",
        "scrollbar-hover": "#a8a8a8",
        "scrollbar-active": "#5f87af",
    },
)
THEMES = (DARK_THEME, LIGHT_THEME)


def unknown_theme(name: str) -> str:
    """What is wrong with the name of a theme; empty where there is one."""
    known = sorted({it.name for it in THEMES} | set(BUILTIN_THEMES))
    return "" if name in known else f"{name!r} is no theme{suggest(name, known)}"


def variables_of(theme: Theme, generated: Mapping[str, str]) -> dict[str, str]:
    """Variables for the style sheet: those of a theme, made legible, and the colours of styles."""
    found = dict(generated)
    if theme.ansi:
        return found | {f"style-{name}": colour for name, colour in ANSI.items()}
    background = Color.parse(found["background"])
    grounds = [background, *(_solid(found[it], background) for it in ("surface", "panel"))]
    for name in ON_ALL:
        if name in found and not found[name].startswith("auto"):
            colour = Color.parse(found[name])
            found[name] = legible.legible(colour, grounds, legible.TEXT).hex
    for name in CURSORS:
        text, ground = f"{name}-foreground", _solid(found[f"{name}-background"], background)
        colour = ground if found[text].startswith("auto") else _solid(found[text], ground)
        found[text] = legible.legible(colour, [ground], legible.TEXT).hex
    for name, hue in (DARK if theme.dark else LIGHT).items():
        least = legible.LINES if name in LINES else legible.TEXT
        found[f"style-{name}"] = legible.legible(Color.parse(hue), grounds[:2], least).hex
    for name, style in (("plain", "foreground"), ("strong", "foreground")):
        found[f"style-{name}"] = found[style]
    return found


def _solid(colour: str, ground: Color) -> Color:
    """A colour of a style sheet on a ground."""
    parsed = Color.parse(colour)
    return ground.blend(parsed, parsed.a).with_alpha(1.0)
