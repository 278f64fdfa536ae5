"""Cases of messages."""

from __future__ import annotations

from tui_dl.spec.data.messages import Messages

CASES = [Messages(samples=500), Messages(samples=100, spam=0.1, disguised=1, vocab_size=20)]
