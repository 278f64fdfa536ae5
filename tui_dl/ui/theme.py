"""The colours: every one is in the 256-colour palette, which is what SSH and tmux leave."""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="tui-dl",
    primary="#5fafff",
    secondary="#ffaf5f",
    accent="#87d7ff",
    success="#87d787",
    warning="#ffd75f",
    error="#ff8787",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
    variables={
        "border": "#5f87af",
        "border-blurred": "#3a3a3a",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#eeeeee",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#303030",
        "block-cursor-blurred-foreground": "#d0d0d0",
        "footer-background": "#1c1c1c",
        "footer-key-foreground": "#5fafff",
        "footer-description-foreground": "#9e9e9e",
        "scrollbar": "#3a3a3a",
        "scrollbar-background": "#121212",
        "scrollbar-hover": "#585858",
        "scrollbar-active": "#5f87af",
    },
)
