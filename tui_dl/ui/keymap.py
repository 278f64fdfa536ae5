"""Keys that the user has set: each action has a name, and its key is replaced wherever it acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.keys import Keys, _normalize_key_list, key_to_character
from textual.screen import ModalScreen, Screen

from tui_dl.support.did_you_mean import suggest

NONE: Mapping[str, str] = MappingProxyType({})
MODIFIERS = ("ctrl", "shift", "alt")
PACKAGE = "tui_dl.ui"


def name_of(binding: Binding) -> str:
    """The name of an action in the settings: what the key is said to do, such as `next_mark`."""
    return binding.description.lower().replace(" ", "_").replace("-", "_")


def rebind(node: DOMNode, keys: Mapping[str, str]) -> None:
    """Replace keys of a widget, a screen or the application by those of the user."""
    node._bindings = _rebound(node._bindings, keys)


def _rebound(bindings: BindingsMap, keys: Mapping[str, str]) -> BindingsMap:
    """The same bindings under the user's keys."""
    if not any(name_of(binding) in keys for _, binding in bindings):
        return bindings
    return BindingsMap(
        binding.with_key(key=keys[name], key_display=None) if name in keys else binding
        for name, binding in ((name_of(it), it) for _, it in bindings)
    )


def checked(
    keys: Mapping[str, str], app: type[App[Any]]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The keys of `app` that can be used, in Textual's words; actions, and what is wrong there."""
    if not keys:
        return {}, []
    scopes = [dict(it) for it in _scopes(app)]
    known = sorted({name for scope in scopes for name in scope} - {""})
    good: dict[str, str] = {}
    complaints: list[tuple[str, str]] = []
    for name, wanted in keys.items():
        key = _normalize_key_list(wanted)
        if name not in known:
            hint = suggest(name, known, "see docs/commands.md")
            says = f"keys.{name} is nothing that a key does{hint}"
        elif not _is_key(key):
            says = f"keys.{name}: {wanted!r} is no key: its default is used"
        elif other := _clash(name, key, scopes, good | _later(keys, name)):
            says = f"keys.{name}: {wanted} is also the key of {other}: its default is used"
        else:
            good[name] = key
            continue
        complaints.append((name, says))
    return good, complaints


def _later(keys: Mapping[str, str], name: str) -> dict[str, str]:
    """The keys that are set below that of an action: what they leave is free."""
    names = list(keys)
    return dict.fromkeys(names[names.index(name) + 1 :], "")


def _clash(name: str, key: str, scopes: list[dict[str, set[str]]], now: Mapping[str, str]) -> str:
    """What else a key does where an action can be called; nothing if it is free."""
    for scope in scopes:
        if name in scope:
            for other, its_keys in scope.items():
                taken = {now[other]} if other in now else its_keys
                if other not in (name, "") and key in taken and not its_keys & scope[name]:
                    return other
    return ""


def _is_key(key: str) -> bool:
    """Whether a key of a keyboard is called so."""
    *modifiers, last = key.split("+")
    named = last in {it.value for it in Keys} or key_to_character(last) is not None
    return bool(last) and named and set(modifiers) <= set(MODIFIERS)


def _scopes(app: type[App[Any]]) -> Iterator[dict[str, set[str]]]:
    """For each screen, names and keys of what can be done on it; of a run with all its panels."""
    from tui_dl.ui.panels.panel import Panel
    from tui_dl.ui.screens.panel_control import PanelControl

    for file in sorted(Path(__file__).parent.rglob("[a-z]*.py")):
        parts = file.relative_to(Path(__file__).parent).with_suffix("").parts
        import_module(".".join((PACKAGE, *parts)))
    for screen in _subclasses(Screen):
        nodes: list[type[DOMNode]] = [screen]
        if not issubclass(screen, ModalScreen):
            nodes.append(app)
        if issubclass(screen, PanelControl):
            nodes += _subclasses(Panel)
        scope: dict[str, set[str]] = {}
        for node in nodes:
            for key, binding in node._merged_bindings or BindingsMap():
                scope.setdefault(name_of(binding), set()).add(key)
        yield scope


def _subclasses(base: type[DOMNode]) -> Iterator[type[DOMNode]]:
    """All classes of the dashboard below `base`."""
    for found in base.__subclasses__():
        if found.__module__.startswith(PACKAGE):
            yield found
        yield from _subclasses(found)
