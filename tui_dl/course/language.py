"""The language of texts: the one that was asked for, else the user's, else the environment's."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.support.settings import read_settings, settings_path

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set decides
TITLES: Mapping[Language, str] = {"en": "The course", "ko": "이 과정"}  # of its own page
OFFERED = "English, or Korean (한국어)"


def language(
    chosen: Language | None = None, environment: Mapping[str, str] = os.environ
) -> Language:
    """`chosen`, else that of the settings, else that of the environment, else English."""
    if preferred := chosen or read_settings(settings_path()).settings.language:
        return preferred
    locale = environment.get(deciding(environment), "")
    return next((it for it in LANGUAGES if locale.partition("_")[0] == it), "en")


def deciding(environment: Mapping[str, str] = os.environ) -> str:
    """The variable of the environment that says the language; empty where none is set."""
    return next((it for it in VARIABLES if environment.get(it)), "")
