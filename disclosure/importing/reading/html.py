"""HTML and plain text → blocks: pages that offices' systems name .doc, Word's and WPS's own, and what is pasted."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from disclosure.importing.blocks import Alignment, AnyBlock, Cell, ListKind, Origin, Source, Table
from disclosure.importing.errors import (
    BROKEN,
    DEEPEST_TABLE,
    MOST_COLUMNS,
    MOST_MARKS,
    MOST_TAGS,
    TOO_MUCH,
    Unreadable,
)
from disclosure.importing.reading import css
from disclosure.importing.reading.decoding import decoded
from disclosure.importing.reading.inline import Line, Look, address
from disclosure.importing.reading.notices import sentences
from disclosure.importing.reading.tally import Tally

_IS_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|p|div|span|table|br|h[1-6]|ol|ul|li|b|strong|font|meta|o:p)\b[^<]*>",
    re.IGNORECASE,
)
_IS_MAIL = re.compile(rb"^(?:From:[^\n]*\n(?:[^\n]+\n)*?)?MIME-Version:\s*1\.0", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_REVEALED = re.compile(r"<!(?:\[|--\[)(?:if|endif)\b[^>]*\](?:--)?>(?!-->)", re.IGNORECASE)
_ISLAND = re.compile(r"<(script|style|xml|head|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|li|tr|td|th|table|br|ol|ul|dl|dt|dd|center|blockquote)\b[^>]*>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)

_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "xml",
        "template",
        "noscript",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "video",
        "audio",
        "canvas",
        "input",
        "select",
        "textarea",
        "button",
        "map",
        "datalist",
        "rt",
        "rp",
        "link",
        "meta",
        "base",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ol",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "blockquote",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "address",
        "center",
        "pre",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "hr",
        "details",
        "summary",
        "legend",
        "menu",
        "dir",
    ]
)
_OF_TABLES = frozenset(["tr", "thead", "tbody", "tfoot", "caption", "col", "colgroup"])
_LISTS = frozenset(["ol", "ul", "menu", "dir"])
_BOLD = frozenset(["b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"])
_ITALIC = frozenset(["i", "em", "cite", "dfn", "var"])
_ALIGNMENTS: dict[str, Alignment] = {
    "center": "center",
    "middle": "center",
    "right": "right",
    "end": "right",
    "left": "left",
    "start": "left",
}
_FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_LEVEL = re.compile(r"level([1-9])", re.IGNORECASE)
_OUTLINE = re.compile(r"(?:mso)?heading([1-9])$|^toc([1-9])$", re.IGNORECASE)
_CONTENTS_CLASS = re.compile(r"^mso(?:toc|tableoffigures)[0-9]*$", re.IGNORECASE)
_LIST_CLASS = re.compile(r"^mso?list(number|bullet)([2-5])?(?:cxsp.*)?$", re.IGNORECASE)
_NOTE = re.compile(r"^#_(ftn|edn)([0-9]{1,4})$")
# The characters that Word writes where the Symbol and Wingdings fonts draw a bullet, and plain bullets.
_BULLET = re.compile(r"^(?:[·•●○■□◆◇▪▫➢✓–\-*]|[olnuqvwØüà§]|[\ue000-\uf8ff])$")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\x1f"  # a line break of the file, which is nothing between two Chinese characters and a space otherwise
_EAST_ASIAN = (
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u2014\u2018\u2019\u201c\u201d\u2026\U00020000-\U0003ffff]"
)
_BETWEEN_CHINESE = re.compile(f"(?<={_EAST_ASIAN}){_BREAK}+(?={_EAST_ASIAN})")
# Pages that know no paragraphs: a break and an empty line, or a break and two characters of indentation.
_LOOKS_LIKE_END = re.compile(f"\n(?=[ {_BREAK}]*(?:\n|[\u3000\xa0]{{2}}))")
_TALLEST = 1000


def read(content: bytes) -> Source:
    """The blocks of a page, of a single-file page (MHTML), or of a text."""
    if _IS_MAIL.match(content[:2048].lstrip()):
        return _read_mail(content)
    return read_text(decoded(content))


def read_text(text: str) -> Source:
    """The blocks of HTML, or of plain text with a paragraph a line."""
    text = text.replace("\x00", "").removeprefix("\ufeff")
    if not _IS_HTML.search(text):
        return Source(blocks=tuple(_plain(text)))
    if text.count("<") > MOST_TAGS or text.count("=") > MOST_MARKS:
        raise Unreadable(TOO_MUCH)
    text = _REVEALED.sub("", _DECLARATION.sub("", text))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=False, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(BROKEN) from error
    if root is None or any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # Nested deeper than is read: elements that nobody closed. The words stay, how they look is lost.
        return Source(blocks=tuple(_plain(_words(text))))
    page = _Page(root)
    return Source(blocks=tuple(page.blocks()), notices=sentences(page.left_out))


def _read_mail(content: bytes) -> Source:
    """The page within a message, as Word saves "single file web page"."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "text/plain"):
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            charset = str(part.get_content_charset() or "").lower()
            if charset and b"charset" not in data[:4096]:
                data = f'<meta charset="{re.sub("[^a-z0-9_-]", "", charset)}">'.encode() + data
            return read_text(decoded(data))
    raise Unreadable(BROKEN)


def _plain(text: str) -> Iterator[AnyBlock]:
    tally = Tally()
    for words in re.split(r"\r\n|\r|\n|\x0c|\u2029", text):
        line = Line()
        line.add(words.replace("\t", " ").replace("\x0b", "\n"))
        block = line.paragraph()
        if block is not None:
            yield tally.block(block)


def _words(text: str) -> str:
    """The words of a page without its markup, a line a block."""
    text = re.sub(r"<!--.*?-->", "", _ISLAND.sub("", text), flags=re.DOTALL)
    text = _ANY_TAG.sub("", _BLOCK_TAG.sub("\n", _WHITE.sub(" ", text)))
    root = etree.fromstring(f"<p>{text.replace('<', '&lt;')}</p>".encode(), etree.HTMLParser(encoding="utf-8"))
    return "".join(root.itertext())


@dataclass(frozen=True, slots=True)
class _Setting:
    """What an element hands down to those within it."""

    look: Look = field(default_factory=Look)
    style: str = ""
    outline: int = 0
    alignment: Alignment = ""
    list_kind: ListKind = ""
    list_level: int = 0
    origin: Origin = "body"
    is_preformatted: bool = False
    depth: int = 0


@dataclass(slots=True)
class _Open:
    """The paragraph that is being gathered."""

    line: Line = field(default_factory=Line)
    setting: _Setting = field(default_factory=_Setting)
    is_item: bool = False
    number: str = ""
    generated: list[str] = field(default_factory=list)  # what stands in the span of a generated number
    notes: list[AnyBlock] = field(default_factory=list)


class _Page:
    def __init__(self, root: etree._Element) -> None:
        self.left_out: Counter[str] = Counter()
        self._root = root
        self._sheet = css.StyleSheet(each.text or "" for each in root.iter("style"))
        self._notes = {each.get("id", ""): each for each in root.iter("div") if _NOTE.match(f"#_{each.get('id', '')}")}
        self._notes_read: set[str] = set()
        self._open = _Open()
        self._breaks = False
        self._items: list[int] = []
        self._tally = Tally()

    def blocks(self) -> Iterator[AnyBlock]:
        yield from self._within(self._root, _Setting())

    # Blocks

    def _within(self, container: etree._Element, setting: _Setting) -> Iterator[AnyBlock]:
        """The blocks of an element, begun and ended with it."""
        outer, self._open = self._open, _Open(setting=setting)
        yield from self._children(container, setting)
        yield from self._close(setting)
        self._open = outer

    def _children(self, element: etree._Element, setting: _Setting) -> Iterator[AnyBlock]:
        self._say(element.text, setting)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, setting)
            self._say(child.tail, setting)

    def _close(self, setting: _Setting) -> Iterator[AnyBlock]:
        """End the paragraph that is open, if it holds words, and begin one with ``setting``."""
        done, self._open = self._open, _Open(setting=setting)
        made = done.setting
        number, kind, level = _generated(done)
        if made.outline:
            kind = ""
        for line in _joined(done.line):
            block = line.paragraph(
                number=number,
                bold=bool(made.outline),
                style=made.style,
                outline=made.outline,
                list_kind=kind,
                list_level=level,
                alignment=made.alignment,
                page_break_before=self._breaks,
                origin=made.origin,
            )
            self._breaks = False
            number = kind = ""
            if block is not None:
                yield self._tally.block(block)
        yield from done.notes

    def _element(self, element: etree._Element, setting: _Setting) -> Iterator[AnyBlock]:
        tag = str(element.tag).lower()
        if tag in _LEFT_OUT:
            return
        classes = (element.get("class") or "").split()
        said = self._sheet.of(tag, classes) | css.declarations(element.get("style") or "")
        if self._is_left_out(tag, classes, said):
            return
        if tag == "img" or tag == "v:imagedata":
            self.left_out["pictures"] += 1
        elif tag == "br":
            if "page-break-before" in said and said["page-break-before"].lower() != "auto":
                yield from self._close(setting)
                self._breaks = True
            else:
                self._open.line.add("\n", setting.look)
        elif tag == "table":
            yield from self._close(setting)
            yield from self._table(element, self._setting(element, tag, classes, said, setting))
            yield from self._close(setting)
        elif tag in _BLOCKS:
            yield from self._block(element, tag, classes, said, setting)
        else:
            inner = self._setting(element, tag, classes, said, setting)
            if "mso-list" in said and said["mso-list"].lower().startswith("ignore"):
                self._open.generated.append("".join(element.itertext()))
                return
            note = _NOTE.match(element.get("href") or "") if tag == "a" else None
            yield from self._children(element, inner)
            if note:
                self._note(note, inner)

    def _is_left_out(self, tag: str, classes: list[str], said: css.Declarations) -> bool:
        element_kind = said.get("mso-element", "").lower()
        if element_kind in ("comment", "comment-list", "header", "footer", "footnote-separator", "endnote-separator"):
            if element_kind.startswith("comment"):
                self.left_out["comments"] += 1
            return True
        if said.get("display", "").lower() == "none" or said.get("mso-hide", "").lower() == "all":
            return True
        if any(_CONTENTS_CLASS.match(name) for name in classes):
            self.left_out["contents"] += 1
            return True
        if tag == "del":
            self.left_out["changes"] += 1
            return True
        return any(name.lower() in ("msocommentreference", "msocomoff", "msocomanchor") for name in classes)

    def _block(
        self, element: etree._Element, tag: str, classes: list[str], said: css.Declarations, setting: _Setting
    ) -> Iterator[AnyBlock]:
        note_id = element.get("id", "")
        if note_id in self._notes:
            if note_id in self._notes_read:
                return
            self._notes_read.add(note_id)
            setting = replace(setting, origin="footnote")
        inner = self._setting(element, tag, classes, said, setting)
        begun = self._open
        yield from self._close(inner)
        if said.get("page-break-before", "").lower() == "always":
            self._breaks = True
        if tag in _LISTS:
            self._items.append(0)
        elif tag == "li":
            if self._items:
                self._items[-1] += 1
            self._open.is_item = True
            self._open.number = f"{self._items[-1] if self._items else 1}."
        elif begun.is_item and not begun.line:  # the first paragraph within an item is the item
            self._open.is_item, self._open.number = True, begun.number
        elif any(_LIST_CLASS.match(name) for name in classes):
            self._open.is_item = True
        yield from self._children(element, inner)
        if tag in _LISTS:
            self._items.pop()
        yield from self._close(setting)
        if said.get("page-break-after", "").lower() == "always":
            self._breaks = True

    def _setting(
        self, element: etree._Element, tag: str, classes: list[str], said: css.Declarations, outer: _Setting
    ) -> _Setting:
        """What stands within ``element``: the outer setting with what the element changes."""
        look = outer.look
        alignment = said.get("text-align") or element.get("align") or ("center" if tag == "center" else "")
        size = css.size(said["font-size"], look.size) if "font-size" in said else look.size
        face = css.face(said) or look.face
        if tag == "font":
            size = _FONT_SIZES.get(element.get("size") or "", size)
            face = element.get("face") or face
        weight = said.get("font-weight", "").lower()
        bold = look.bold or tag in _BOLD
        if weight:
            bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:4]) >= 600)
        slant = said.get("font-style", "").lower()
        vertical = {"sub": "sub", "sup": "sup"}.get(tag, look.vertical)
        vertical = {"sub": "sub", "super": "sup", "baseline": ""}.get(said.get("vertical-align", "").lower(), vertical)
        look = Look(
            bold=bold,
            italic=slant in ("italic", "oblique") if slant else look.italic or tag in _ITALIC,
            vertical=vertical,
            size=size,
            face=face,
            href=address(element.get("href")) or look.href if tag == "a" else look.href,
        )
        inner = replace(outer, look=look, is_preformatted=outer.is_preformatted or tag == "pre")
        if tag not in _BLOCKS:
            return inner
        kind, level = _list(tag, classes, said, outer)
        return replace(
            inner,
            style=classes[0] if classes else ("" if tag in ("div", "p") else tag),
            outline=_outline(tag, classes, said) or (outer.outline if tag not in ("p", "table") else 0),
            alignment=_ALIGNMENTS.get(alignment.lower(), "") if alignment else outer.alignment,
            list_kind=kind,
            list_level=level,
        )

    # Words

    def _say(self, text: str | None, setting: _Setting) -> None:
        if not text:
            return
        if setting.is_preformatted:
            self._open.line.add(text, setting.look)
        else:
            text = _WHITE.sub(lambda white: _BREAK if "\n" in white[0] else " ", text)
            # Kept apart from breaks of the page until the paragraph is whole: Line takes no control characters.
            self._open.line.pieces.append((text, setting.look))

    def _note(self, match: re.Match[str], setting: _Setting) -> None:
        """The note that a mark in the text refers to stands after the paragraph."""
        identifier = match[1] + match[2]
        element = self._notes.get(identifier)
        if element is None or identifier in self._notes_read:
            return
        self._notes_read.add(identifier)
        paragraph = self._open
        paragraph.notes += list(self._within(element, _Setting(origin="footnote", depth=setting.depth)))

    # Tables

    def _table(self, table: etree._Element, setting: _Setting) -> Iterator[AnyBlock]:
        yield from self._astray(table, setting)
        rows = list(_rows(table))
        if setting.depth >= DEEPEST_TABLE:
            for row, _ in rows:
                for cell in _cells(row):
                    yield from self._within(cell, setting)
            return
        inner = replace(setting, depth=setting.depth + 1, alignment="", outline=0, list_kind="", style="")
        for caption in table.iterchildren("caption"):
            yield from self._within(caption, replace(inner, style="Caption"))
        made: list[tuple[Cell, ...]] = []
        header_rows = 0
        for index, (row, is_head) in enumerate(rows):
            cells = tuple(self._cell(cell, inner, len(rows) - index) for cell in _cells(row))
            if cells and header_rows == index and (is_head or all(cell.is_header for cell in cells)):
                header_rows += 1
            made.append(cells)
        while made and not made[-1]:
            made.pop()
        if any(cell.blocks for row in made for cell in row):
            yield self._tally.block(
                Table(
                    rows=tuple(made),
                    header_rows=min(header_rows, len(made)),
                    style=(table.get("class") or "").partition(" ")[0],
                    description=table.get("summary") or "",
                )
            )

    def _astray(self, table: etree._Element, setting: _Setting) -> Iterator[AnyBlock]:
        """What stands in a table but in none of its cells: browsers show it before the table, and so it is read."""
        self._say(table.text, setting)
        for element in table:
            if (
                isinstance(element.tag, str)
                and element.tag not in _OF_TABLES
                and next(element.iter("tr"), None) is None
            ):
                yield from self._element(element, setting)
            self._say(element.tail, setting)
        yield from self._close(setting)

    def _cell(self, cell: etree._Element, setting: _Setting, rows_left: int) -> Cell:
        self._tally.cell()
        classes = (cell.get("class") or "").split()
        tag = str(cell.tag)
        said = self._sheet.of(tag, classes) | css.declarations(cell.get("style") or "")
        own = self._setting(cell, tag, classes, said, setting)
        alignment = said.get("text-align") or cell.get("align") or ""
        own = replace(own, alignment=_ALIGNMENTS.get(alignment.lower(), ""))
        return Cell(
            blocks=tuple(self._within(cell, own)),
            colspan=_span(cell.get("colspan"), MOST_COLUMNS),
            rowspan=_span(cell.get("rowspan"), min(rows_left, _TALLEST)),
            is_header=tag == "th",
        )


def _outline(tag: str, classes: list[str], said: css.Declarations) -> int:
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    level = said.get("mso-outline-level", "")
    if level in tuple("123456789"):
        return int(level)
    return next((int(match[1]) for name in classes if (match := _OUTLINE.match(name)) and match[1]), 0)


def _list(tag: str, classes: list[str], said: css.Declarations, outer: _Setting) -> tuple[ListKind, int]:
    """Whether a block is an item of a list, and how deep."""
    if tag in _LISTS:
        return ("number" if tag == "ol" else "bullet"), outer.list_level + 1 if outer.list_kind else 0
    named = next((match for name in classes if (match := _LIST_CLASS.match(name))), None)
    if named:
        return "number" if named[1].lower() == "number" else "bullet", int(named[2] or 1) - 1
    if "mso-list" in said and (level := _LEVEL.search(said["mso-list"])):
        return outer.list_kind, int(level[1]) - 1
    return outer.list_kind, outer.list_level


def _generated(paragraph: _Open) -> tuple[str, ListKind, int]:
    """The number that Word wrote before a paragraph, and what kind of item it makes of it."""
    setting = paragraph.setting
    if paragraph.generated:
        number = "".join(paragraph.generated).replace("\xa0", " ").strip()
        if _BULLET.match(number):
            return "", "bullet", setting.list_level
        return number, "number" if setting.list_kind == "number" else "", setting.list_level
    if not paragraph.is_item:  # a second paragraph of an item is none itself
        return "", "", 0
    return paragraph.number if setting.list_kind == "number" else "", setting.list_kind, setting.list_level


def _joined(line: Line) -> list[Line]:
    """The pieces of a paragraph with white space as a browser shows it, and as many paragraphs as it looks like."""
    lines = [Line()]
    text = "".join(piece for piece, _ in line.pieces)
    nothing = {at for match in _BETWEEN_CHINESE.finditer(text) for at in range(*match.span())}
    ends = {match.start() for match in _LOOKS_LIKE_END.finditer(text)}
    position = 0
    before = "\n"
    for piece, look in line.pieces:
        kept = ""
        for at, character in enumerate(piece, position):
            if at in ends:
                lines[-1].add(kept, look)
                lines.append(Line())
                kept, before = "", "\n"
            elif at not in nothing:
                shown = " " if character in (_BREAK, "\xa0") else character
                if shown != " " or before not in " \n":
                    kept += shown
                    before = shown
        position += len(piece)
        lines[-1].add(kept, look)
    return [each for each in lines if each]


def _rows(table: etree._Element, is_head: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table and whether they stand in its head, through whatever stands wrongly around them."""
    for element in table.iterchildren(etree.Element):
        if element.tag == "tr":
            yield element, is_head
        elif element.tag not in ("table", "caption", "td", "th"):
            yield from _rows(element, element.tag == "thead")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row.iterchildren(etree.Element):
        if element.tag in ("td", "th"):
            yield element
        elif element.tag not in ("table", "tr"):
            yield from _cells(element)


def _span(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return max(1, min(int(text[:6]), most)) if text.isascii() and text.isdigit() else 1
