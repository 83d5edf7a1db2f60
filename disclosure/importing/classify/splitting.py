"""The tree of blocks as one row of lines: layout tables taken away, soft line breaks and run-in headings cut.

A line is what an import can place: one paragraph, or one table. Inline HTML is cut where its words are, tags closed
before the cut and opened again behind it; no word is lost or doubled.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape

from disclosure.chinese import enumeration
from disclosure.importing.blocks import AnyBlock, Paragraph, Table
from disclosure.richtext import to_text

_TOKEN = re.compile(r"<[^<>]*>|&(?:#\d{1,8}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]\w{0,31});|[^<&]+|[<&]")
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_BREAK = "<br>"
# Zero-width signs that word processors and web pages leave at the edges of a paragraph.
_EDGE = " \t\r\n\x0b\x0c\xa0\u2002\u2003\u2009\u200b\u200c\u200d\u2060\u3000\ufeff"


@dataclass(frozen=True)
class Look:
    """How a paragraph looks, as far as it tells headings from text."""

    face: str = ""
    size: float | None = None
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Line:
    """One paragraph or one table of the source, in reading order.

    ``html`` is inline HTML for a paragraph, "" for a table; ``text`` its words, one line a soft line break.
    """

    html: str
    paragraph: Paragraph | None = None
    table: Table | None = None
    is_cut: bool = False  # only a part of its paragraph
    look: Look = field(default=Look())

    @cached_property
    def text(self) -> str:
        return self.table.text if self.table else to_text(self.html).strip()

    @cached_property
    def plain(self) -> str:
        """The words without blanks, full-width letters, digits and signs as half-width ones."""
        return enumeration.compact(self.text)

    @cached_property
    def numbered(self) -> enumeration.Numbered:
        return enumeration.read(self.text)


IsHeading = Callable[[str], bool]


def lines_of(blocks: Sequence[AnyBlock], is_heading: IsHeading) -> list[Line]:
    """The lines of a file. ``is_heading(text)`` tells whether words name a section: tables that hold such headings
    are there for the layout, and soft line breaks beside one part paragraphs.
    """
    return list(_lines(blocks, is_heading))


def _lines(blocks: Sequence[AnyBlock], is_heading: IsHeading) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Table):
            if _is_layout(block, is_heading):
                for row in block.rows:
                    for cell in row:
                        yield from _lines(cell.blocks, is_heading)
            elif block.text:
                yield Line("", table=block)
        else:
            yield from _paragraph(block, is_heading)


def _is_layout(table: Table, is_heading: IsHeading) -> bool:
    """Whether a table only frames what stands in it: a single column, or cells that hold headings of sections."""
    if table.description.startswith("disclosure:"):
        return False
    cells = [cell for row in table.rows for cell in row]
    filled = [cell for cell in cells if cell.blocks and cell.text]
    if len(filled) == 1:
        return True
    if all(sum(1 for cell in row if cell.blocks and cell.text) <= 1 for row in table.rows):
        return any(len(cell.blocks) > 1 or len(cell.text) > 60 for cell in filled)
    headings = 0
    for cell in filled:
        if len(cell.blocks) > 3:
            headings += sum(
                1 for block in cell.blocks if isinstance(block, Paragraph) and is_heading(block.text[:80])
            ) + sum(1 for block in cell.blocks if isinstance(block, Table) and len(block.text) > 1000)
    return headings >= 2


def _paragraph(paragraph: Paragraph, is_heading: IsHeading) -> Iterator[Line]:
    html = trimmed(paragraph.html)
    text = to_text(html).strip()
    if not text.strip(_EDGE):
        return
    look = Look(
        paragraph.face,
        paragraph.size,
        paragraph.bold or _is_all_strong(html),
        paragraph.alignment == "center",
    )
    whole = Line(html, paragraph=paragraph, look=look)
    if _BREAK not in html:
        yield whole
        return
    pieces = [piece for piece in map(trimmed, at_breaks(html)) if to_text(piece).strip(_EDGE)]
    if len(pieces) > 1 and _are_paragraphs(pieces, is_heading):
        for piece in pieces:
            yield replace(whole, html=piece, is_cut=True)
    else:
        yield whole


def _are_paragraphs(pieces: Sequence[str], is_heading: IsHeading) -> bool:
    """Whether the pieces between soft line breaks are paragraphs of their own, and not one that goes on."""
    texts = [to_text(piece).strip() for piece in pieces]
    if any(len(text) <= 60 and is_heading(text) for text in texts):
        return True
    # A short numbered line over running text is its heading, whatever it says.
    first = enumeration.read(texts[0])
    is_heading_like = (
        first.form is not enumeration.Form.NONE and len(texts[0]) <= 30 and texts[0][-1] not in "。；，、：;,:"
    )
    if is_heading_like and all(len(text) > 30 and text.endswith("。") for text in texts[1:]):
        return True
    return len(texts) > 2 and all(text.endswith(("。", "；", "：", "！", "”")) for text in texts)


def _is_all_strong(html: str) -> bool:
    return html.startswith("<strong>") and html.endswith("</strong>") and html.count("<strong>") == 1


# --- cutting inline HTML ----------------------------------------------------------------------------------------------


def at_breaks(html: str) -> list[str]:
    """``html`` in pieces, cut at its soft line breaks; each piece is well-formed."""
    pieces: list[str] = []
    piece: list[str] = []
    opened: list[str] = []
    for token in _TOKEN.findall(html):
        if token == _BREAK:
            pieces.append("".join(piece) + _closing(opened))
            piece = list(opened)
            continue
        piece.append(token)
        _follow(opened, token)
    pieces.append("".join(piece) + _closing(opened))
    return pieces


def at_offset(html: str, offset: int) -> tuple[str, str]:
    """``html`` cut after the first ``offset`` characters of its words (a line break is one)."""
    before: list[str] = []
    opened: list[str] = []
    seen = 0
    tokens = _TOKEN.findall(html)
    for index, piece in enumerate(tokens):
        length = _length(piece)
        if seen + length > offset or (seen == offset and length):
            is_text = length > 1 or not piece.startswith(("<", "&"))
            head, rest = (piece[: offset - seen], piece[offset - seen :]) if is_text else ("", piece)
            after = [*opened, rest, *tokens[index + 1 :]]
            return "".join([*before, head]) + _closing(opened), "".join(after)
        before.append(piece)
        seen += length
        _follow(opened, piece)
    return html, ""


def trimmed(html: str) -> str:
    """``html`` without the blanks and line breaks at its edges."""
    tokens = _TOKEN.findall(html)
    _trim(tokens, 0, 1, str.lstrip)
    _trim(tokens, len(tokens) - 1, -1, str.rstrip)
    return "".join(tokens)


def _trim(tokens: list[str], index: int, step: int, strip: Callable[[str, str], str]) -> None:
    while 0 <= index < len(tokens):
        token = tokens[index]
        if token == _BREAK:
            tokens[index] = ""
        elif not (token.startswith("<") and token.endswith(">")):
            tokens[index] = strip(unescape(token), _EDGE) and strip(token, _EDGE)
            if tokens[index]:
                return
        index += step


def _length(token: str) -> int:
    if token == _BREAK:
        return 1
    if token.startswith("<") and token.endswith(">"):
        return 0
    return 1 if token.startswith("&") else len(token)


def _follow(opened: list[str], token: str) -> None:
    """Keep the list of open tags."""
    if not (token.startswith("<") and token.endswith(">")) or token == _BREAK:
        return
    if token.startswith("</"):
        if opened:
            opened.pop()
    else:
        opened.append(token)


def _closing(opened: Sequence[str]) -> str:
    return "".join(f"</{name[1]}>" for tag in reversed(opened) if (name := _TAG_NAME.match(tag)))
