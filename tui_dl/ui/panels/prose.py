"""Texts in Markdown, in whose rows a number stays with its unit."""

from __future__ import annotations

from typing import Any

from textual.content import Content, _FormattedLine
from textual.widgets import Markdown
from textual.widgets._markdown import MarkdownParagraph
from textual.widgets.markdown import MarkdownBlock

from tui_dl.drawing.wrapped import broken, unbroken


class Joined(Content):
    """Content whose rows end at no blank between a number and its unit.

    Textual itself ends rows at a no-break space, too.
    """

    def _wrap_and_format(self, *args: Any, **kwargs: Any) -> list[_FormattedLine]:
        """Wrap the text with joints, which are as long as the blanks, so that spans hold."""
        lines = Content(unbroken(self.plain), list(self.spans))._wrap_and_format(*args, **kwargs)
        for line in lines:
            line.content = Content(broken(line.content.plain), list(line.content.spans))
        return lines

    @property
    def without_spans(self) -> Content:
        """Of the same kind: its rows are counted before they are drawn."""
        return Joined(self.plain)


class Paragraph(MarkdownParagraph):
    """A paragraph of such content."""

    def set_content(self, content: Content) -> None:
        """Show `content`."""
        super().set_content(Joined(content.plain, list(content.spans)))


class Prose(Markdown):
    """Markdown with such paragraphs."""

    def get_block_class(self, block_name: str) -> type[MarkdownBlock]:
        """The widget for a part of the text."""
        return Paragraph if block_name == "paragraph_open" else super().get_block_class(block_name)
