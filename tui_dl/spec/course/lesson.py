"""A lesson: what a preset teaches, in one or two languages."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, get_args

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.train.table import Table

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Idea = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,63}$")]


class Text(Table, frozen=True):
    """A lesson in one language, in markdown.

    Attributes:
        look: what will be seen.
        why: why it is so.
        try_: what to change next.
        title: of the preset, in this language; empty where it is the experiment's own.
        question: what to predict before the run.
        answer: what the run shows; given with a question.
    """

    look: str
    why: str
    try_: str = msgspec.field(name="try")
    title: str = ""
    question: str = ""
    answer: str = ""


class Lesson(Table, frozen=True):
    """What a preset teaches: ideas by name, and texts."""

    en: Text
    ko: Text | None = None
    teaches: tuple[Idea, ...] = ()

    def text(self, language: Language) -> Text:
        """The text in a language; the English one where there is no other."""
        return self.ko if language == "ko" and self.ko else self.en

    def without_question(self) -> Lesson:
        """The same lesson, which asks nothing."""
        texts = {
            language: msgspec.structs.replace(text, question="", answer="")
            for language in LANGUAGES
            if (text := getattr(self, language))
        }
        return msgspec.structs.replace(self, **texts)

    def check(self) -> None:
        """Raise ConfigError where an idea is named twice, or a question has no answer."""
        for idea, times in Counter(self.teaches).items():
            if times > 1:
                raise ConfigError("lesson.teaches", f"{idea} is named twice: leave one out")
        for language in LANGUAGES:
            text = getattr(self, language)
            if text and bool(text.question) != bool(text.answer):
                missing = "answer" if text.question else "question"
                raise ConfigError(
                    f"lesson.{language}.{missing}", "is missing: a question has an answer"
                )
