"""The words of one paragraph, gathered piece by piece with their looks, and set as inline HTML of the vocabulary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TypedDict, TypeVar, Unpack
from urllib.parse import urlsplit

from disclosure.importing.blocks import Alignment, ListKind, Origin, Paragraph
from disclosure.richtext import SCHEMES

# Neither XML nor a page can hold them; signs that turn the direction of writing make a number read backwards.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look. ``face`` is the East Asian font, ``latin`` the other one.

    ``strong`` and ``em`` were said by the name of a style, not only by the font.
    """

    bold: bool = False
    italic: bool = False
    vertical: str = ""  # "", "sub" or "sup"
    size: float | None = None
    face: str = ""
    latin: str = ""
    strong: bool = False
    em: bool = False
    href: str = ""


PLAIN = Look()


def address(href: str | None) -> str:
    """``href`` where a link of the vocabulary may lead there (http, https, mailto), otherwise ""."""
    href = _CONTROL.sub("", href or "").strip()
    if len(href) > _LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return href if parts.scheme.lower() in SCHEMES and (parts.netloc or parts.path) else ""


class Attributes(TypedDict, total=False):
    """What a paragraph is besides its words and how these look."""

    style: str
    outline: int
    list_kind: ListKind
    list_level: int
    alignment: Alignment
    page_break_before: bool
    origin: Origin


class Line:
    """The pieces of one paragraph in order. A line feed in a piece is a break within the paragraph."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, Look]] = []

    def add(self, text: str, look: Look = PLAIN) -> None:
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
        if text:
            self.pieces.append((text, look))

    def __bool__(self) -> bool:
        """Whether a word was gathered."""
        return any(text.strip() for text, _ in self.pieces)

    def paragraph(self, number: str = "", *, bold: bool = False, **attributes: Unpack[Attributes]) -> Paragraph | None:
        """The paragraph with ``number`` before its words, or None where there are no words.

        ``bold``: the paragraph is bold by its style. A paragraph that is bold throughout says so in ``bold``, as its
        appearance; only what stands out from the rest of it is ``strong``. The same holds for italics.
        """
        pieces = _trimmed(self.pieces)
        if not pieces:
            return None
        spoken = [(text, look) for text, look in pieces if text.strip()]
        all_bold = bold or all(look.bold for _, look in spoken)
        all_italic = all(look.italic for _, look in spoken)
        marked = [(text, _marks(look, not all_bold, not all_italic)) for text, look in pieces]
        html = _nested(_settled(marked), 0)
        if number and not attributes.get("list_kind"):
            html = escape(number + gap(number, pieces[0][0]), quote=False) + html
        return Paragraph(
            html=html,
            number=number,
            bold=_most(spoken, lambda look: look.bold),
            size=_most(spoken, lambda look: look.size),
            face=_most(spoken, lambda look: look.face),
            **attributes,
        )


def gap(number: str, text: str) -> str:
    """What stands between a number and its text: a space, or nothing where the number's own sign parts them."""
    last = number[-1:]
    return " " if (last.isascii() and last.isalnum()) or (last == "." and text[:1].isdigit()) else ""


def _trimmed(pieces: Sequence[tuple[str, Look]]) -> list[tuple[str, Look]]:
    """The pieces without white space at both ends; a paragraph indented by spaces is indented by its style here."""
    kept = list(pieces)
    while kept and not (first := kept[0][0].lstrip()):
        kept.pop(0)
    if kept:
        kept[0] = (first, kept[0][1])
    while kept and not (last := kept[-1][0].rstrip()):
        kept.pop()
    if kept:
        kept[-1] = (last, kept[-1][1])
    return kept


def _marks(look: Look, bold_stands_out: bool, italic_stands_out: bool) -> tuple[str, ...]:
    """The elements around characters of a look, the outermost first; "" where there is none at that depth."""
    return (
        f'a href="{escape(look.href)}"' if look.href else "",
        "strong" if look.strong or (look.bold and bold_stands_out) else "",
        "em" if look.em or (look.italic and italic_stands_out) else "",
        look.vertical,
    )


def _settled(marked: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """White space between two pieces of the same look takes that look; what Word split is one piece again."""
    settled: list[tuple[str, tuple[str, ...]]] = []
    for index, (text, marks) in enumerate(marked):
        if not text.strip() and settled:
            following = marked[index + 1][1] if index + 1 < len(marked) else marks
            marks = settled[-1][1] if settled[-1][1] == following else tuple("" for _ in marks)
        if settled and settled[-1][1] == marks:
            settled[-1] = (settled[-1][0] + text, marks)
        else:
            settled.append((text, marks))
    return settled


def _nested(pieces: Sequence[tuple[str, tuple[str, ...]]], depth: int) -> str:
    if not pieces:
        return ""
    if depth == len(pieces[0][1]):
        return "".join(escape(text, quote=False).replace("\n", "<br>") for text, _ in pieces)
    html = []
    for element, group in groupby(pieces, key=lambda piece: piece[1][depth]):
        inner = _nested(list(group), depth + 1)
        html.append(f"<{element}>{inner}</{element.partition(' ')[0]}>" if element else inner)
    return "".join(html)


_Value = TypeVar("_Value")


def _most(pieces: Sequence[tuple[str, Look]], of: Callable[[Look], _Value]) -> _Value:
    """The value that most characters have."""
    count: Counter[_Value] = Counter()
    for text, look in pieces:
        count[of(look)] += len(text)
    return count.most_common(1)[0][0]
