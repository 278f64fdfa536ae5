"""A small grammar of film reviews: sentences of praise and blame, and words that reverse them.

The reviews are synthetic. In a sentence, {it} is what is spoken of, {how} an adjective; a negated
sentence means the opposite of its adjective. Negating words stand in neutral sentences too.
"""

from __future__ import annotations

import re

PLAIN = (
    "{it} is {how}", "{it} was {much} {how}", "{it} felt {how} to me",
    "{it} is {how} from start to end", "I found {it} {much} {how}", "what a {how} film",
    "everybody says that {it} is {how}",
)  # fmt: skip
NEGATED = (
    "{it} is not {how}", "{it} was not {much} {how}", "{it} never felt {how} to me",
    "{it} is hardly {how}", "{it} is far from {how}", "{it} was anything but {how}",
    "I would not call {it} {how}", "not a {how} film", "nobody says that {it} is {how}",
    "I can not say that I found {it} {how}",
)  # fmt: skip
NEUTRAL = (
    "I saw it on friday", "my sister did not come along", "we had seats at the back",
    "it is not on television yet", "the cinema was far from full", "nobody I know had seen it",
    "it lasts two hours", "I never read the book", "we talked about it on the way home",
)  # fmt: skip
GAPS = {
    "it": (
        "the plot", "the acting", "the music", "the ending", "the film", "the story", "the cast",
        "the dialogue", "the script", "the camera work",
    ),
    "much": ("very", "really", "quite", "so"),
}  # fmt: skip
GOOD = (
    "good", "great", "wonderful", "brilliant", "funny", "moving", "clever", "charming", "gripping",
    "fresh", "enjoyable", "memorable",
)  # fmt: skip
BAD = (
    "bad", "awful", "dull", "boring", "terrible", "weak", "clumsy", "slow", "predictable",
    "tedious", "shallow", "silly",
)  # fmt: skip
JOINTS = (", ", ", and ", ". ", "; ")

_TEXTS = (*PLAIN, *NEGATED, *NEUTRAL, *GAPS["it"], *GAPS["much"], *GOOD, *BAD, *JOINTS)
_WORDS = re.compile(r"\w+|[^\w\s]")
# All words and signs, in lower case and in alphabetical order.
VOCABULARY = tuple(
    sorted({it for text in _TEXTS for it in _WORDS.findall(re.sub("{.*?}", "", text.lower()))})
)
