"""HTML and plain text → blocks."""

from __future__ import annotations

from disclosure.importing.blocks import Source
from disclosure.importing.inline import Line


def read(content: bytes) -> Source:
    return read_text(content.decode("utf-8", "replace"))


def read_text(text: str) -> Source:
    blocks = []
    for words in text.splitlines():
        line = Line()
        line.add(words)
        if block := line.paragraph():
            blocks.append(block)
    return Source(blocks=tuple(blocks))
