"""Makes a table of the SMS Spam Collection, which is published as lines in a zip archive."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

MEMBER = "SMSSpamCollection"  # a line a message: the class, a tab, and the text, unquoted
HEADER = ("text", "label")


def table_of(archive: Path) -> str:
    """The messages as CSV, with a header.

    A reader of CSV would take the quotes in messages for quotes around cells, so they are doubled.

    Raises:
        OSError: the archive cannot be read.
    """
    with zipfile.ZipFile(archive) as opened:
        lines = opened.read(MEMBER).decode("utf-8", "replace").split("\n")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for line in filter(None, lines):
        label, _, message = line.rstrip("\r").partition("\t")
        writer.writerow([message, label])
    return text.getvalue()
