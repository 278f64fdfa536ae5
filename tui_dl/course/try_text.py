"""What a lesson says to try: by a key of the dashboard, or by a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.flat_override import flat
from tui_dl.spec.layer_names import named, names_by_place
from tui_dl.spec.lesson_changes import Example, rewritten
from tui_dl.spec.toml.overrides import pair

# The key of the first example, of one that is trained from the course alone, and of the others.
KEYS: Mapping[Language, tuple[str, str, str]] = {
    "en": (" (key `t`)", " (key `t` in the course)", " (key `e` in the course)"),
    "ko": ("(`t` 키)", "(과정에서 `t` 키)", "(과정에서 `e` 키)"),
}
CURE: Mapping[Language, str] = {
    "en": "Beside this run the key `t` makes what the diagnosis proposes: {changes}.",
    "ko": "이 실행에서 `t` 키는 진단이 제안하는 대로 바꿉니다: {changes}.",
}


def by_key(
    text: str,
    preset: Experiment,
    language: Language,
    here: bool = True,
    in_course: bool = True,
) -> str:
    """The text for the dashboard: each example is what it changes, and the key that does it.

    The key `t` trains with the first one; the others can be typed after the key `e`.

    Args:
        text: that says what to try.
        preset: whose layers are named.
        language: of the text.
        here: whether the key trains with the first example where the text is read, unless the
            variants are trained too.
        in_course: whether the course has it; else it has no key but that one.
    """
    names, (first, there, other) = names_by_place(preset), KEYS[language]
    if not in_course:
        there = other = ""

    def write(place: int, example: Example) -> str:
        changes = _in_words(example.overrides, names)
        return changes + (other if place else first if here and not example.variants else there)

    return rewritten(text, write)


def cure(overrides: Sequence[str], experiment: Experiment, language: Language) -> str:
    """That beside a run the key `t` makes what a diagnosis proposes, not what the lesson does.

    Args:
        overrides: what the diagnosis proposes.
        experiment: that of the run, whose layers are named.
        language: of the text.
    """
    return CURE[language].format(changes=_in_words(overrides, names_by_place(experiment)))


def _in_words(overrides: Sequence[str], names: Mapping[str, str]) -> str:
    """Overrides as code, with layers' names in place of their places."""
    pairs = [it for key, _, value in map(pair, overrides) for it in flat(key, value)]
    return ", ".join(f"`{named(key, names)}={value}`" for key, value in pairs)


def by_command(text: str, name: str) -> str:
    """The text for a shell: the first example is the whole command that trains the preset."""

    def write(place: int, example: Example) -> str:
        begin = "" if place else f"tui-dl train {name} "
        return f"`{begin}{example.code}`"

    return rewritten(text, write)
