"""Ten rules by which a person would know spam, written by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

NEEDED = 2  # rules that must hold for a message to be called spam

RULES = {
    "says free or cheap": re.compile(r"\b(free|cheap)\b", re.IGNORECASE),
    "says win, won or winner": re.compile(r"\b(win|won|winners?)\b", re.IGNORECASE),
    "says prize, lottery or gift": re.compile(r"\b(prize|lottery|gift)\b", re.IGNORECASE),
    "says cash, credit or loan": re.compile(r"\b(cash|credit|loan)\b", re.IGNORECASE),
    "says urgent, now or today": re.compile(r"\b(urgent|now|today)\b", re.IGNORECASE),
    "says claim, offer or reply": re.compile(r"\b(claim|offer|reply)\b", re.IGNORECASE),
    "says account or password": re.compile(r"\b(account|password)\b", re.IGNORECASE),
    "names an amount of money": re.compile(r"\$\d"),
    "has the address of a shop": re.compile(r"\bwww\.\w+\.com\b", re.IGNORECASE),
    "has a number of five digits": re.compile(r"\b\d{5}\b"),
}


def rules_that_hold(text: str) -> list[str]:
    """The names of the rules that hold for a message."""
    return [name for name, pattern in RULES.items() if pattern.search(text)]


def is_spam(texts: Sequence[str]) -> list[bool]:
    """Whether each message is spam by the rules."""
    return [len(rules_that_hold(it)) >= NEEDED for it in texts]
