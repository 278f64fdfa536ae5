"""The lesson of a preset as text, in a language."""

from __future__ import annotations

from tui_dl import presets
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment

HEADINGS: dict[Language, dict[str, str]] = {
    "en": {
        "question": "Before you look",
        "look": "What you will see",
        "why": "Why",
        "answer": "The answer",
        "try_": "Try",
        "claims": "Held by a test",
    },
    "ko": {
        "question": "먼저 예상해 보기",
        "look": "보게 될 것",
        "why": "까닭",
        "answer": "답",
        "try_": "해 보기",
        "claims": "시험으로 확인하는 것",
    },
}


def title(experiment: Experiment, language: Language) -> str:
    """The title, in the language where the lesson has one."""
    own = experiment.lesson.text(language).title if experiment.lesson else ""
    return own or experiment.title


def chapter(name: str, experiment: Experiment, language: Language) -> str:
    """The title of the chapter of the preset `name`."""
    return presets.chapter_of(name).ko if language == "ko" else experiment.chapter


def lesson(experiment: Experiment, language: Language) -> str:
    """All that the lesson says, in markdown, and the claims."""
    headings, parts = HEADINGS[language], [f"# {title(experiment, language)}"]
    if experiment.lesson:
        text = experiment.lesson.text(language)
        for key, heading in headings.items():
            if body := getattr(text, key, ""):
                parts.append(f"## {heading}\n\n{body}")
    if experiment.claim:
        claims = "\n".join(f"- {claim.text(language)}" for claim in experiment.claim)
        parts.append(f"## {headings['claims']}\n\n{claims}")
    return "\n\n".join(parts)
