"""The texts of a report as the rules read them, and the way from a place in a text back to its HTML and to an editor.

A place is a position in the text of a field: ``richtext.to_text`` of running text, a line as it is. It is the one form
that rules can count in without knowing markup, and that does not move when somebody makes a word bold.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from html import escape, unescape

from disclosure.checks.base import Edit, Fix, Passage, Problem
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.richtext import clean, from_text

_PIECE = re.compile(r"</?[a-z][^>]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z]+);|[^<&]+|[<&]")
_LINE_ENDS = frozenset({"</p>", "</h3>", "</h4>", "</li>", "</tr>", "</caption>", "</table>", "<br>"})
_CELL_ENDS = frozenset({"</td>", "</th>"})
# What begins or ends no line of its own, and still ends one that has words (``richtext.to_text``).
_PARTS = re.compile(r"<(?:p|h3|h4|ul|ol|li|table|caption|thead|tbody|tr|t[dh])\b|</(?:ul|ol|thead|tbody)>")
_BLANK = re.compile(r"[\t\n\r\f]")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BLOCK = re.compile(r"<(p|h3|h4|li|caption|td|th)\b")


@dataclass(frozen=True)
class Block:
    """One line of a text that holds a word: a paragraph, heading, item, cell, or what stands between two ``<br>``."""

    start: int
    end: int
    text: str
    tag: str = "p"

    @property
    def is_heading(self) -> bool:
        return self.tag in ("h3", "h4", "caption")

    @property
    def is_cell(self) -> bool:
        return self.tag in ("td", "th")


@dataclass(frozen=True)
class _Mapped:
    """``text`` character by character with its place in the HTML; marks that only tags make are in ``made``.

    ``seen`` is as long: the end of a line within a paragraph is a \\v there and any blank of the source a space, as
    ``personal_data`` reads, for whom a number may go on in the next line but not in the next paragraph.
    """

    text: str
    seen: str
    spans: Sequence[tuple[int, int]]
    made: frozenset[int]
    blocks: tuple[Block, ...]


@lru_cache(maxsize=256)
def _mapped(html: str) -> _Mapped:
    characters: list[str] = []
    seen: list[str] = []
    spans: list[tuple[int, int]] = []
    made: set[int] = set()
    blocks: list[Block] = []
    tags: list[str] = []
    begin = 0

    def close(tag: str) -> bool:
        line = "".join(characters[begin:])
        words = line.strip()
        if words:
            start = begin + len(line) - len(line.lstrip())
            blocks.append(Block(start, start + len(words), words, tag))
        return bool(words)

    for piece in _PIECE.finditer(html):
        token, (start, end) = piece[0], piece.span()
        if token.startswith("<") and len(token) > 1:
            opened = _BLOCK.match(token)
            # A cell that holds paragraphs is told as a cell: that is what its words are.
            tag = next((one for one in reversed(tags) if one in ("td", "th", "li")), tags[-1] if tags else "p")
            if token in _LINE_ENDS or token in _CELL_ENDS:
                close(tag)
                made.add(len(characters))
                characters.append("\t" if token in _CELL_ENDS else "\n")
                seen.append({"<br>": "\v"}.get(token, "\n"))
                spans.append((start, end))
                begin = len(characters)
            elif _PARTS.match(token):
                if close(tag):
                    made.add(len(characters))
                    characters.append("\n")
                    seen.append("\n")
                    spans.append((start, start))
                begin = len(characters)
            if opened:
                tags.append(opened[1])
            elif tags and token == f"</{tags[-1]}>":
                tags.pop()
        elif token.startswith("&") and len(token) > 1:
            for character in unescape(token):
                characters.append(character)
                seen.append(character)
                spans.append((start, end))
        else:
            characters += token
            seen += _BLANK.sub(" ", token)
            spans += [(at, at + 1) for at in range(start, end)]
    close(tags[-1] if tags else "p")
    return _Mapped("".join(characters), "".join(seen), spans, frozenset(made), tuple(blocks))


@dataclass(frozen=True)
class Text:
    """One field of a report: which, what it is called on screen, and what it says."""

    section: SectionKey
    field: str
    words: str
    value: str
    is_html: bool = False

    @cached_property
    def text(self) -> str:
        """What a reader reads."""
        return _mapped(self.value).text if self.is_html else self.value

    @cached_property
    def seen(self) -> str:
        """``text`` with the ends of lines within a paragraph as \\v, character for character."""
        return _mapped(self.value).seen if self.is_html else self.value

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The lines that hold a word."""
        if self.is_html:
            return _mapped(self.value).blocks
        words = self.value.strip()
        return (Block(self.value.index(words), self.value.index(words) + len(words), words),) if words else ()

    def passage(self, start: int, end: int) -> Passage:
        """The words from ``start`` to ``end``."""
        return Passage(self.section, self.field, start, end, self.text[start:end])

    def edit(self, start: int, end: int, new: str) -> Edit:
        """The words from ``start`` to ``end``, replaced."""
        return Edit(start, end, self.text[start:end], new)

    def problem(
        self,
        sentence: str,
        *spans: tuple[int, int],
        beside: Iterable[Passage] = (),
        fix: Fix | None = None,
    ) -> Problem:
        """A problem with the words at ``spans``."""
        passages = tuple(self.passage(*span) for span in spans)
        return Problem(self.section, sentence, self.field, passages, tuple(beside), fix=fix)

    def replacing(self, label: str, start: int, end: int, new: str) -> Fix:
        """The fix that replaces one passage."""
        return Fix(label, (self.edit(start, end, new),))

    def edited(self, edits: Iterable[Edit]) -> str:
        """The value of the field after ``edits``. Raises ``Outdated`` where the text has become another since."""
        ordered = sorted(edits, key=lambda edit: edit.start, reverse=True)
        for edit in ordered:
            if self.text[edit.start : edit.end] != edit.old:
                raise Outdated(edit.old)
        if self.is_html and not self.value:
            return from_text("".join(edit.new for edit in reversed(ordered)))
        value = self.value
        for edit in ordered:
            value = self._replaced(value, edit)
        return clean(value) if self.is_html else value

    def _replaced(self, value: str, edit: Edit) -> str:
        if not self.is_html:
            return value[: edit.start] + edit.new + value[edit.end :]
        mapped = _mapped(self.value)
        new = escape(edit.new, quote=False)
        if edit.start == edit.end:
            follows = edit.start > 0 and edit.start - 1 not in mapped.made
            at = mapped.spans[edit.start - 1][1] if follows else mapped.spans[edit.start][0]
            return value[:at] + new + value[at:]
        # A mask is as long as what it hides: character for character, so that tags and line ends within it stay.
        each = len(edit.new) == len(edit.old)
        for at in range(edit.end - 1, edit.start - 1, -1):
            if at not in mapped.made:  # the end of a paragraph stays where it is
                start, end = mapped.spans[at]
                here = escape(edit.new[at - edit.start], quote=False) if each else new if at == edit.start else ""
                value = value[:start] + here + value[end:]
        return value


class Outdated(Exception):
    """The text is no longer the one that the fix was made for. Its argument are the words that stood there."""


# Characters of HTML. What is longer is refused as it is (``texts_can_be_set``), and no page waits for it to be read.
LONGEST_READ = 500_000


def running(document: Document) -> list[Text]:
    """The running texts, in report order: the preamble and the seven sections."""
    preamble = _text(SectionKey.HEAD, "preamble", "引言", _readable(document.preamble))
    return [preamble, *(body_of(document, key) for key in MANDATED)]


def body_of(document: Document, key: SectionKey) -> Text:
    """The running text of one section."""
    return _text(key, "body", "正文", _readable(document.sections[key].body))


@lru_cache(maxsize=64)
def _text(section: SectionKey, field: str, words: str, html: str) -> Text:
    """A running text; each rule asks for it again, and it is read once."""
    return Text(section, field, words, html, True)


def _readable(html: str) -> str:
    return html if len(html) <= LONGEST_READ else ""


def headings(document: Document) -> list[Text]:
    """The headings of the seven sections as the school wrote them, those left open among them."""
    return [Text(key, "heading", "标题", document.sections[key].heading) for key in MANDATED]


def lines(document: Document) -> Iterator[Text]:
    """The single lines that become public."""
    sections = document.sections
    yield Text(SectionKey.HEAD, "title", "报告标题", document.title)
    yield Text(SectionKey.HEAD, "addressee", "主送机关", document.addressee)
    yield Text(SectionKey.HEAD, "signature_organisation", "落款单位", document.signature.organisation)
    yield from headings(document)
    for index, one in enumerate(sections.overview.figures.rules):
        yield Text(SectionKey.OVERVIEW, f"rules-{index}-name", f"第{index + 1}项制度的名称", one.name)
        yield Text(SectionKey.OVERVIEW, f"rules-{index}-number", f"第{index + 1}项制度的文号", one.number)
    for index, channel in enumerate(sections.proactive.figures.channels):
        yield Text(SectionKey.PROACTIVE, f"channels-{index}-name", f"第{index + 1}个渠道的名称", channel.name)
    yield Text(SectionKey.PROACTIVE, "total_reason", "总数不一致的原因", sections.proactive.figures.total_reason)
    yield Text(SectionKey.EVALUATION, "methods", "评议方式", "、".join(sections.evaluation.figures.methods))
    for index, person in enumerate(document.contacts):
        yield Text(SectionKey.CONTACTS, f"people-{index}-name", f"{person.role.label}的姓名", person.name)
        yield Text(SectionKey.CONTACTS, f"people-{index}-position", f"{person.role.label}的职务", person.position)


def everything(document: Document) -> list[Text]:
    """Running texts and single lines."""
    return [*running(document), *lines(document)]


@dataclass(frozen=True)
class Place:
    """A piece of a passage as an editor finds it: the ``block``-th line that holds a word, counted from 0, and within
    it from ``start`` to ``end``, in UTF-16 units as JavaScript counts, of the words as they are ``shown``."""

    block: int
    start: int
    end: int


def places(text: Text, passage: Passage) -> list[Place]:
    """Where an editor marks ``passage``: one place for each line it touches.

    Lines, because an editor wraps the words of cells and items in paragraphs that the stored HTML may not have; that
    moves every position, and no line.
    """
    found = []
    first = bisect_left(text.blocks, passage.start, key=lambda block: block.end)
    for index in range(first, len(text.blocks)):
        block = text.blocks[index]
        if block.start > passage.end:
            break
        start, end = max(passage.start, block.start), min(passage.end, block.end)
        if start < end or (passage.start == passage.end and block.start <= passage.start <= block.end):
            before, until = (shown(text.text[block.start : at]) for at in (start, end))
            found.append(Place(index, _units(before), _units(until)))
    return found


def shown(words: str) -> str:
    """``words`` of HTML as a page shows them: of several blanks in the source one."""
    return _BLANKS.sub(" ", words)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def units_of(text: str, start: int, end: int) -> str:
    """What stands in ``text`` between two places counted in UTF-16 units; a character cut in two is left out."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "ignore")


# --- sentences ----------------------------------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[^。！？!?；;\n\t]+[。！？!?；;]*[”’」』）)》]*")


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of ``text`` stand, without the blanks around them; a semicolon ends one too."""
    found = []
    for match in _SENTENCE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words[0])
            found.append((start, start + len(words)))
    return tuple(found)


def sentence_at(text: str, position: int) -> tuple[int, int]:
    """The sentence around a position."""
    there = sentences(text)
    at = bisect_right(there, position, key=lambda span: span[0]) - 1
    return there[at] if at >= 0 and position < there[at][1] else (position, position)


def short(words: str, longest: int = 24) -> str:
    """``words`` for quoting in a sentence: cut in the middle where they are long."""
    words = " ".join(words.split())
    half = longest // 2
    return words if len(words) <= longest else f"{words[:half]}…{words[-half:]}"


def plain_number(value: Decimal) -> str:
    """A number as a sentence writes it: 95, 95.5."""
    return str(int(value)) if value == value.to_integral_value() else str(value)
