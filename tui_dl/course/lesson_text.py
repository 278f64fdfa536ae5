"""The lesson of a preset as text, in a language."""

from __future__ import annotations

from collections.abc import Callable

from tui_dl import presets
from tui_dl.course.try_text import by_command, by_key
from tui_dl.runs.preset_name import preset_of_title
from tui_dl.spec.course.lesson import Language, Text
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.heading import read_title
from tui_dl.support.translations import tr

HEADINGS: dict[Language, dict[str, str]] = {
    "en": {
        "question": "Before you look",
        "answer": "The answer",
        "look": "What you will see",
        "why": "Why",
        "try_": "Try",
        "claims": "Held by a test",
    },
    "ko": {
        "question": "먼저 예상해 보기",
        "answer": "답",
        "look": "보게 될 것",
        "why": "까닭",
        "try_": "해 보기",
        "claims": "테스트로 확인하는 것",
    },
}
HOW_ANSWERED: dict[Language, str] = {
    "en": "Predict, then look: the answer comes at the end of the run, or with the key `A`.",
    "ko": "먼저 예상하고, 그다음에 보세요. 답은 훈련이 끝나거나 `A` 키를 누르면 나옵니다.",
}
CHANGED: dict[Language, str] = {
    "en": "Not judged: the claims are of the preset as it is, and this run is changed: {changes}",
    "ko": "판정하지 않음: 주장은 프리셋 그대로에 대한 것이고, 이 훈련은 바뀌었습니다: {changes}",
}
STOPPED: dict[Language, str] = {
    "en": "Not judged: stopped by hand at epoch {epoch}; the claims are of whole runs",
    "ko": "판정하지 않음: 에포크 {epoch}에서 직접 멈췄고, 주장은 끝까지 한 훈련에 대한 것입니다",
}
CUT: dict[Language, str] = {
    "en": "{count} more: not judged, as a run that they name was stopped before its end",
    "ko": "{count}개 더: 거기 나오는 훈련이 끝나기 전에 멈춰서 판정하지 않음",
}
LEFT: dict[Language, str] = {
    "en": "{count} more: train the variants (key v in the course)",
    "ko": "{count}개 더: 변형을 훈련하세요 (과정에서 v 키)",
}


def title(experiment: Experiment, language: Language) -> str:
    """The title, in the language where the lesson has one.

    Without a lesson it is that of the preset with the same title, if there is one.
    """
    own = None
    if experiment.lesson:
        own = experiment.lesson.text(language).title
    elif name := preset_of_title(experiment.title):
        own = read_title(presets.find(name), language)
    return own or experiment.title


def chapter(name: str, experiment: Experiment, language: Language) -> str:
    """The title of the chapter of the preset `name`."""
    return presets.chapter_of(name).ko if language == "ko" else experiment.chapter


def lesson(name: str, experiment: Experiment, language: Language) -> str:
    """All that the lesson of the preset `name` says to read in a shell, in markdown."""
    headings, parts = HEADINGS[language], [f"# {title(experiment, language)}"]
    if experiment.lesson:
        text = experiment.lesson.text(language)
        shown = _named(text, language, lambda it: by_command(it, name))
        parts += [f"## {heading}\n\n{body}" for heading, body in shown]
    if experiment.claim:
        claims = "\n".join(f"- {claim.text(language)}" for claim in experiment.claim)
        parts.append(f"## {headings['claims']}\n\n{claims}")
    return "\n\n".join(parts)


def sections(
    experiment: Experiment,
    language: Language,
    answered: bool = True,
    preset: Experiment | None = None,
    here: bool = True,
    in_course: bool = True,
) -> list[tuple[str, str]]:
    """The headings and texts of a lesson for the dashboard, each text in markdown.

    While its question is not answered, the question and how to come to the answer are all there
    is: the other texts would give the answer away.

    Args:
        experiment: it has the lesson.
        language: of the texts.
        answered: whether there is more to be read than the question.
        preset: that the lesson speaks of, if the experiment may be another one.
        here: see `by_key`.
        in_course: likewise.
    """
    if experiment.lesson is None:
        return []
    headings, text = HEADINGS[language], experiment.lesson.text(language)
    if text.question and not answered:
        return [(headings["question"], f"{text.question}\n\n{HOW_ANSWERED[language]}")]

    def write_try(text: str) -> str:
        return by_key(text, preset or experiment, language, here, in_course)

    return _named(text, language, write_try)


def _named(
    text: Text, language: Language, write_try: Callable[[str], str]
) -> list[tuple[str, str]]:
    """The texts that there are, with their headings; what to try as `write_try` writes it."""
    found = [(key, heading, getattr(text, key, "")) for key, heading in HEADINGS[language].items()]
    return [(head, write_try(body) if key == "try_" else body) for key, head, body in found if body]


def how_many_hold(held: int, claims: int) -> str:
    """How many of so many claims hold: "1 of 2 claims holds", "2 of 2 claims hold"."""
    says = "{held} of {claims} claims holds" if held == 1 else "{held} of {claims} claims hold"
    return tr(says, held=held, claims=claims)
