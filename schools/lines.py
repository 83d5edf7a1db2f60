"""Single lines of text: what names, titles and labels are made of, and through them subjects of mails and file names."""

import re

# Line breaks of every kind, control characters, halves of surrogate pairs, and the signs that turn the direction of
# writing, which can make a number read backwards.
_NOT_OF_A_LINE = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_BREAK = re.compile(f"[{_NOT_OF_A_LINE}]")
_GAP = re.compile(rf"[\s{_NOT_OF_A_LINE}]+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def one_line(text: str) -> str:
    """``text`` as one line: a break, with the blanks around it, becomes one blank; none stands at either end.

    What no database stores is left out. Idempotent.
    """
    text = _UNSTORABLE.sub("", text)
    return _GAP.sub(lambda gap: " " if _BREAK.search(gap[0]) else gap[0], text).strip()


def is_one_line(text: str) -> bool:
    """Whether nothing stands in ``text`` that no single line holds."""
    return not _BREAK.search(text)


def clipped(text: str, length: int) -> str:
    """``text`` as one line of at most ``length`` characters, for a log: what is longer ends with 「…」."""
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1]}…"


def storable(value):
    """A text, or JSON, that every database takes: without NUL, and without halves of surrogate pairs."""
    if isinstance(value, dict):
        return {storable(name): storable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    return _UNSTORABLE.sub("", value) if isinstance(value, str) else value
