"""A claim: what a run of the experiment, or of its variants, must show."""

from __future__ import annotations

from tui_dl.spec.course.lesson import Language
from tui_dl.spec.train.table import Table


class Claim(Table, frozen=True):
    """One comparison of figures, in words and as an expression.

    Attributes:
        says: what it says, in one sentence.
        test: the comparison, see `tui_dl.spec.claims.reader`.
        ko: the sentence in Korean; empty where there is none.
    """

    says: str
    test: str
    ko: str = ""

    def text(self, language: Language) -> str:
        """The sentence in a language; the English one where there is no other."""
        return self.ko if language == "ko" and self.ko else self.says
