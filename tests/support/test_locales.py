"""Which locales show UTF-8; Python itself changes LC_CTYPE where the locale is C."""

from __future__ import annotations

import pytest

from tui_dl.support.locales import character_locale, shows_unicode


@pytest.mark.parametrize(
    ("environment", "shows", "locale"),
    [
        ({}, True, ""),
        ({"LC_CTYPE": "C.UTF-8"}, True, ""),  # as Python leaves it where nothing is set
        ({"LANG": "en_US.UTF-8"}, True, "en_US.UTF-8"),
        ({"LANG": "ko_KR.utf8"}, True, "ko_KR.utf8"),
        ({"LANG": "C"}, False, "C"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, "C"),  # as Python leaves LANG=C
        ({"LANG": "de_DE", "LC_CTYPE": "C.UTF-8"}, False, "de_DE"),  # and one that is not there
        ({"LANG": "en_US.UTF-8", "LC_CTYPE": "C"}, False, "C"),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, True, "en_US.UTF-8"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "POSIX"}, False, "POSIX"),
        ({"LANG": "ko_KR.EUC-KR"}, False, "ko_KR.EUC-KR"),
        ({"LANG": "de_DE"}, False, "de_DE"),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, False, "en_US.UTF-8"),  # its font has 512 signs
        ({"LANG": "en_US.UTF-8", "TERM": "xterm"}, True, "en_US.UTF-8"),
    ],
)
def test_what_a_locale_shows(environment: dict[str, str], shows: bool, locale: str) -> None:
    assert shows_unicode(environment) == shows
    assert character_locale(environment) == locale
