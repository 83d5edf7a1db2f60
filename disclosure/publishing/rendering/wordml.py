"""The report's HTML, as its templates write it, in WordprocessingML (ISO/IEC 29500-1, 17).

Elements are appended in the order that the schema asks for. Text is whatever a report holds: markup is escaped by the
library, characters that XML does not know are left out.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote
from xml.etree.ElementTree import Element

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

from disclosure.publishing.rendering.title import width
from disclosure.publishing.rendering.word_tables import Grid, columns_of, grid_of
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED

# Twentieths of a point: the breadth of the type area; two characters of 16 pt on the grid of 28 a line; a line of 22.
_MEASURE = 8845
_TWO_CHARACTERS = 632
_CHARACTERS_A_LINE = 28
_LINE = 579
_NAMESPACE = {"w": nsmap["w"]}
_DEEPEST_LIST = 8  # Word knows nine levels

_FANG, _KAI, _HEI = "仿宋_GB2312", "楷体_GB2312", "黑体"
_INLINE = frozenset({"a", "strong", "em", "sub", "sup", "span"})
_WHITE = re.compile(r"[ \t\n\r\f]+")
# XML 1.0 knows none of these.
_UNKNOWN_TO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What may stand in an address as it is (RFC 3986); all else is written as %XX. A % stays, since it may begin one.
_SAFE_IN_ADDRESS = "!#$%&'()*+,/:;=?@~"

_STYLES = {
    "report-title": "Title",
    "report-addressee": "Salutation",
    "report-heading": "Heading1",
    "report-absent": "Absent",
    "report-figures-note": "TableNote",
    "report-annex-note": "AnnexNote",
    "report-signature-organisation": "Signature",
    "report-signature-date": "Date",
    "report-annex-label": "AnnexLabel",
}
_HEADINGS = {"h3": "Heading2", "h4": "Heading3"}
# The face of a heading by its level (rendering/levels.py), where it is not its style's own; as in pdf.css.
_FACES = {
    ("h2", "is-second-level"): _KAI,
    ("h3", "is-first-level"): _HEI,
    ("h3", "is-third-level"): _FANG,
    ("h4", "is-first-level"): _HEI,
    ("h4", "is-second-level"): _KAI,
}
# Half points, and twentieths of a point of a line, by the class that rendering/tables.py gave; as in pdf.css.
_CELL_SIZES = {"is-very-wide": (18, 260, 40), "is-wide": (21, 300, 60), "": (24, 340, 100)}


def without_control(text: str) -> str:
    """``text`` without the characters that XML does not know."""
    return _UNKNOWN_TO_XML.sub("", text)


@dataclass(frozen=True)
class _Look:
    """How characters look: the inline elements around them, and what their paragraph asks."""

    strong: bool = False
    em: bool = False
    vertical: str = ""
    relation: str = ""
    face: str = ""
    size: int = 0


@dataclass(frozen=True)
class _Frame:
    """What a paragraph that begins now becomes.

    ``indent`` are attributes of w:ind, ``size`` and ``line`` those of a cell (half points, twentieths of a point; 0
    outside), ``is_set_off`` whether an empty line stands above it, ``item`` the entry of a list that it belongs to.
    """

    style: str = "ReportText"
    face: str = ""
    alignment: str = ""
    indent: tuple[tuple[str, int], ...] = ()
    keeps_next: bool = False
    is_set_off: bool = False
    size: int = 0
    line: int = 0
    item: "_Item | None" = None


class _Item:
    """An entry of a list: its place, and the paragraph that its words go to, None once something else came between."""

    def __init__(self, style: str, number: int, level: int):
        self.style, self.number, self.level = style, number, level
        self.paragraph = None
        self.is_begun = False


class Writer:
    """Writes one report into ``file`` (python-docx), an empty one of our package."""

    def __init__(self, file):
        self._file = file
        self._body = file.element.body
        self._numbering = file.part.numbering_part.element
        self._numbers = 0
        self._bullets = 0
        self._relations: dict[str, str] = {}

    def write(self, article: Element, document: Document) -> None:
        """The whole report, from its ``article`` as the templates write it, with its tables and levels prepared."""
        annex = article.find("section[@class='report-annex']")
        unnamed = {f"{key}-heading" for key in MANDATED if not document.sections[key].heading}
        for element in article.iter():
            names = element.get("class", "").split()
            if "report-body" in names:
                self._flow(self._body).pour(element, _Frame())
            elif "report-figures" in names:
                self._table(self._body, element.find("table"), _MEASURE)
            elif annex is not None and element in annex and "report-heading" in names:
                self._flow(self._body).pour(element, _Frame("AnnexTitle"))
            elif element.get("id") in unnamed:
                # The school has not put it in its own words, and the import shall not take it for them.
                self._part(element, "Heading1Default", document)
            elif style := next((_STYLES[name] for name in names if name in _STYLES), None):
                self._part(element, style, document)
        if self._last().tag == qn("w:tbl"):
            self._separate()

    def _part(self, element: Element, style: str, document: Document) -> None:
        """A piece that is one paragraph of a style of its own."""
        frame = _Frame(style, _face(element))
        if style in ("Signature", "Date"):
            is_first = style == "Signature" or not document.signature.organisation
            frame = replace(frame, indent=_from_the_right(style, document), is_set_off=is_first)
        if style in ("AnnexNote", "Signature", "Date"):
            # It stays with the end of the text: a page with a signature alone proves nothing.
            _keep_with_next(self._last())
        flow = self._flow(self._body)
        if style == "Title":
            flow.pour_title(element, frame)
        else:
            flow.pour(element, frame)

    def _last(self):
        """The last block so far; the section's properties always end the body."""
        return self._body[-2] if len(self._body) > 1 else self._body[-1]

    def _flow(self, container) -> "_Flow":
        return _Flow(self, container)

    def _separate(self) -> None:
        """An empty line, small: Word joins two tables that touch, and wants a paragraph after the last one."""
        self._append(self._body, _paragraph("TableSeparator"))

    def _append(self, container, block) -> None:
        if container is self._body:
            container[-1].addprevious(block)
        else:
            container.append(block)

    def relation(self, address: str) -> str:
        """The key under which the file knows the web or mail ``address``."""
        address = quote(without_control(address), safe=_SAFE_IN_ADDRESS)
        if address not in self._relations:
            # Not relate_to, which looks through all relations there are for each new one.
            key = f"link{len(self._relations) + 1}"
            self._file.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, key, is_external=True)
            self._relations[address] = key
        return self._relations[address]

    def list_number(self, is_numbered: bool, level: int) -> int:
        """The number of a list: of its own where it counts, so that it begins at 1; bullets share one."""
        if not is_numbered and self._bullets:
            return self._bullets
        self._numbers += 1
        number = _element("w:num", numId=self._numbers)
        number.append(_element("w:abstractNumId", val=1 if is_numbered else 0))
        if is_numbered:
            override = _element("w:lvlOverride", ilvl=level)
            override.append(_element("w:startOverride", val=1))
            number.append(override)
        else:
            self._bullets = self._numbers
        self._numbering.append(number)
        return self._numbers

    # --- tables ---------------------------------------------------------------------------------------------

    def _table(self, container, table: Element, measure: int) -> None:
        """A table of ``measure`` twentieths of a point, its caption as a paragraph above it."""
        caption = table.find("caption")
        if caption is not None:
            self._flow(container).pour(caption, _Frame("Caption"))
        grid = grid_of(table)
        if not grid.columns:
            return
        before = self._last() if container is self._body else next(container.iterchildren(reversed=True), None)
        if before is not None and before.tag == qn("w:tbl"):
            self._append(container, _paragraph("TableSeparator"))
        widths = columns_of(table, grid.columns, measure)
        written = _element("w:tbl")
        written.append(self._table_properties(table, caption, measure))
        columns = _element("w:tblGrid")
        columns.extend(_element("w:gridCol", w=one) for one in widths)
        written.append(columns)
        for index in range(len(grid.rows)):
            written.append(self._row(table, grid, index, widths))
        self._append(container, written)

    def _table_properties(self, table: Element, caption: Element | None, measure: int):
        properties = _element("w:tblPr")
        properties.append(_element("w:tblStyle", val="ReportTable"))
        properties.append(_element("w:tblW", w=measure, type="dxa"))
        properties.append(_element("w:tblLayout", type="fixed"))
        padding = _cell_size(table)[2]
        if padding != _CELL_SIZES[""][2]:
            margins = _element("w:tblCellMar")
            margins.extend((_element("w:left", w=padding, type="dxa"), _element("w:right", w=padding, type="dxa")))
            properties.append(margins)
        properties.append(_element("w:tblLook", val="0600", noHBand=1, noVBand=1))
        if caption is not None:
            properties.append(_element("w:tblCaption", val=_words(caption)[:255]))
        return properties

    def _row(self, table: Element, grid: Grid, index: int, widths: list[int]):
        row = _element("w:tr")
        tall = "is-tall" in grid.rows[index].get("class", "").split()
        is_head = index < grid.head
        if is_head or not tall:
            properties = _element("w:trPr")
            if not tall:
                properties.append(_element("w:cantSplit"))
            if is_head:
                properties.append(_element("w:tblHeader"))
            row.append(properties)
        small = "is-small" in table.get("class", "").split()
        keeps_next = is_head or (small and index + 1 < len(grid.rows))
        for slot in grid.slots[index]:
            row.append(self._cell(table, grid, index, slot, widths, keeps_next))
        return row

    def _cell(self, table: Element, grid: Grid, index: int, slot, widths: list[int], keeps_next: bool):
        written, properties = _element("w:tc"), _element("w:tcPr")
        breadth = sum(widths[slot.column : slot.column + slot.colspan])
        properties.append(_element("w:tcW", w=breadth, type="dxa"))
        if slot.colspan > 1:
            properties.append(_element("w:gridSpan", val=slot.colspan))
        if slot.merge:
            properties.append(_element("w:vMerge", val=slot.merge))
        properties.append(_element("w:vAlign", val="center"))
        written.append(properties)
        frame = self._cell_frame(table, grid, index, slot.cell, keeps_next)
        for cell in slot.cells:
            self._flow(written).pour(cell, frame, breadth)
        if written[-1].tag != qn("w:p"):
            written.append(_paragraph("TableText" if slot.cell is None else frame.style, frame))
        return written

    def _cell_frame(self, table: Element, grid: Grid, index: int, cell: Element | None, keeps_next: bool) -> _Frame:
        size, line, _ = _cell_size(table)
        if cell is None:
            return _Frame("TableText", size=size, line=line, keeps_next=keeps_next)
        names, row_names = cell.get("class", "").split(), grid.rows[index].get("class", "").split()
        is_head = index < grid.head and cell.tag == "th"
        return _Frame(
            "TableHeading" if cell.tag == "th" else "TableText",
            face=_HEI if is_head or "is-total" in row_names else "",
            alignment="center" if is_head else "right" if "num" in names else "",
            indent=(("w:left", 240),) if "is-part" in row_names and cell.tag == "th" else (),
            keeps_next=keeps_next,
            size=size,
            line=line,
        )


class _Flow:
    """Running text poured into ``container``, the body or a cell: paragraphs, which begin where words come."""

    def __init__(self, writer: Writer, container):
        self._writer, self._container = writer, container
        self._measure = _MEASURE
        self._paragraph = None
        self._ends_in_space = True

    def pour(self, element: Element, frame: _Frame, measure: int = _MEASURE) -> None:
        """Everything in ``element``; ``measure`` is how broad a table in it may be."""
        self._measure = measure
        self._inside(element, frame, _Look())
        self._close()

    def pour_title(self, element: Element, frame: _Frame) -> None:
        """A title, each of its parts on a line of its own."""
        look = _Look()
        for index, part in enumerate(element):
            if index:
                self._break(frame, look)
            self._say("".join(part.itertext()) + (part.tail or ""), frame, look, is_verbatim=True)
        self._close()

    def _inside(self, element: Element, frame: _Frame, look: _Look) -> None:
        self._say(element.text, frame, look)
        for child in element:
            self._child(child, frame, look)
            self._say(child.tail, frame, look)

    def _child(self, child: Element, frame: _Frame, look: _Look) -> None:
        if child.tag in _INLINE:
            self._inside(child, frame, self._look_in(child, look))
        elif child.tag == "br":
            self._break(frame, look)
        elif child.tag in ("ul", "ol"):
            self._close(frame.item)
            self._list(child, frame, look)
        elif child.tag == "table":
            self._close(frame.item)
            self._writer._table(self._container, child, self._measure - 2 * _CELL_SIZES[""][2] * bool(frame.size))
        elif child.tag in _HEADINGS:
            self._close(frame.item)
            heading = replace(frame, style=_HEADINGS[child.tag], face=_face(child), alignment="", indent=(), item=None)
            self._inside(child, heading, look)
            self._close()
        else:
            # A paragraph, or the box around one. In an entry of a list it is a further line of it.
            self._pause(frame)
            self._inside(child, frame, look)
            self._pause(frame)

    def _list(self, element: Element, frame: _Frame, look: _Look) -> None:
        level = min(frame.item.level + 1 if frame.item else 0, _DEEPEST_LIST)
        number = self._writer.list_number(element.tag == "ol", level)
        style = "ListNumber" if element.tag == "ol" else "ListBullet"
        for child in element:
            item = _Item(style, number, level)
            self._inside(child, replace(frame, style=style, indent=(), item=item), look)
            self._close()

    def _look_in(self, element: Element, look: _Look) -> _Look:
        if element.tag == "strong":
            return replace(look, strong=True)
        if element.tag == "em":
            return replace(look, em=True)
        if element.tag == "sub":
            return replace(look, vertical="subscript")
        if element.tag == "sup":
            return replace(look, vertical="superscript")
        if element.tag == "a" and element.get("href"):
            return replace(look, relation=self._writer.relation(element.get("href")))
        return look

    # --- paragraphs and runs --------------------------------------------------------------------------------

    def _say(self, text: str | None, frame: _Frame, look: _Look, is_verbatim: bool = False) -> None:
        """Words; white space is one space, as browsers show it, and none where a line begins."""
        said = without_control(text or "")
        if not is_verbatim:
            said = _WHITE.sub(" ", said)
        if self._ends_in_space:
            said = said.lstrip(" ")
        if not said:
            return
        self._open(frame)
        words = _element("w:t")
        words.text = said
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self._run(look, frame).append(words)
        self._ends_in_space = said.endswith(" ")

    def _break(self, frame: _Frame, look: _Look) -> None:
        """The end of a line; where no line has begun there is none to end."""
        if self._paragraph is None:
            return
        if self._ends_in_space and frame.style != "Title":
            _strip_spaces(self._paragraph)
        self._run(look, frame).append(_element("w:br"))
        self._ends_in_space = True

    def _open(self, frame: _Frame) -> None:
        if self._paragraph is not None:
            return
        item = frame.item
        if item is not None and item.paragraph is not None:
            # A further paragraph of an entry is a further line of it: Word would give it a number of its own.
            self._paragraph = item.paragraph
            self._break(frame, _Look())
            return
        if item is None:
            self._paragraph = _paragraph(frame.style, frame)
        elif item.is_begun:
            self._paragraph = _paragraph("ListContinue", replace(frame, indent=_list_indent(item.level)))
        else:
            self._paragraph = _paragraph(frame.style, frame, item)
            item.is_begun = True
        if item is not None:
            item.paragraph = self._paragraph
        self._writer._append(self._container, self._paragraph)

    def _pause(self, frame: _Frame) -> None:
        """The end of a paragraph; an entry of a list may go on."""
        self._close(None if frame.item and frame.item.paragraph is not None else frame.item)

    def _close(self, item: _Item | None = None) -> None:
        """The end of a paragraph; ``item`` is an entry that something else interrupts."""
        if self._paragraph is not None:
            _strip_end(self._paragraph)
        self._paragraph = None
        self._ends_in_space = True
        if item is not None:
            item.paragraph = None

    def _run(self, look: _Look, frame: _Frame):
        """A new run at the end of the paragraph, in its link where it has one."""
        run = _element("w:r")
        properties = _run_properties(look, frame)
        if len(properties):
            run.append(properties)
        if not look.relation:
            self._paragraph.append(run)
            return run
        last = self._paragraph[-1]
        if last.tag != qn("w:hyperlink") or last.get(qn("r:id")) != look.relation:
            last = _element("w:hyperlink", history=1)
            last.set(qn("r:id"), look.relation)
            self._paragraph.append(last)
        last.append(run)
        return run


def _run_properties(look: _Look, frame: _Frame):
    properties = _element("w:rPr")
    style = "Strong" if look.strong else "Emphasis" if look.em else "Hyperlink" if look.relation else ""
    if style:
        properties.append(_element("w:rStyle", val=style))
    elif frame.face:
        properties.append(_element("w:rFonts", ascii=frame.face, hAnsi=frame.face, eastAsia=frame.face))
    if look.strong and look.em:
        # Characters have one style.
        properties.append(_element("w:i"))
    if frame.size and (frame.size != _CELL_SIZES[""][0] or not frame.style.startswith("Table")):
        properties.append(_element("w:sz", val=frame.size))
        properties.append(_element("w:szCs", val=frame.size))
    if look.vertical:
        properties.append(_element("w:vertAlign", val=look.vertical))
    return properties


def _paragraph(style: str, frame: _Frame | None = None, item: _Item | None = None):
    """An empty paragraph; the children of w:pPr in the order of the schema."""
    frame = frame or _Frame(style)
    paragraph, properties = _element("w:p"), _element("w:pPr")
    properties.append(_element("w:pStyle", val=style))
    if frame.keeps_next:
        properties.append(_element("w:keepNext"))
    if item is not None:
        numbered = _element("w:numPr")
        numbered.extend((_element("w:ilvl", val=item.level), _element("w:numId", val=item.number)))
        properties.append(numbered)
    if frame.size and (frame.size != _CELL_SIZES[""][0] or not style.startswith("Table")):
        properties.append(_element("w:spacing", line=frame.line, lineRule="exact"))
    elif frame.is_set_off:
        properties.append(_element("w:spacing", before=_LINE))
    if frame.indent:
        indent = _element("w:ind")
        for name, value in frame.indent:
            indent.set(qn(name), str(value))
        properties.append(indent)
    if frame.alignment:
        properties.append(_element("w:jc", val=frame.alignment))
    paragraph.append(properties)
    return paragraph


def _list_indent(level: int) -> tuple[tuple[str, int], ...]:
    """Where the words of an entry begin; as in word_package/word/numbering.xml."""
    return (("w:left", _TWO_CHARACTERS * (2 + level)),)


def _from_the_right(style: str, document: Document) -> tuple[tuple[str, int], ...]:
    """How far from the right margin the school's name, or the date, ends.

    GB/T 9704-2012, 7.3.5.2: the date's first character stands two right of the name's, and whichever of the two
    reaches furthest ends two characters from the right.
    """
    signature = document.signature
    name, day = width(signature.organisation), width(_date(document)) if signature.date else 0.0
    both = bool(name and day)
    ahead = name - (day + 2) if both else 0.0
    own = ahead if style == "Date" else -ahead
    characters = min(2 + max(0.0, own), max(2.0, _CHARACTERS_A_LINE - 2 - (day if style == "Date" else name)))
    return (("w:rightChars", round(characters * 100)), ("w:right", round(characters * _TWO_CHARACTERS / 2)))


def _date(document: Document) -> str:
    day = document.signature.date
    return f"{day.year:04}年{day.month}月{day.day}日"


def _face(element: Element) -> str:
    return next(
        (_FACES[element.tag, name] for name in element.get("class", "").split() if (element.tag, name) in _FACES), ""
    )


def _cell_size(table: Element) -> tuple[int, int, int]:
    """Half points of the text, twentieths of a point of its lines and beside it."""
    return next(_CELL_SIZES[name] for name in (*table.get("class", "").split(), "") if name in _CELL_SIZES)


def _words(element: Element) -> str:
    return _WHITE.sub(" ", without_control("".join(element.itertext()))).strip()


def _keep_with_next(block) -> None:
    if block.tag == qn("w:p"):
        block.get_or_add_pPr().get_or_add_keepNext()


def _strip_spaces(paragraph) -> None:
    """Take the spaces off the end of a paragraph's words."""
    last = _last_run(paragraph)
    if last is not None and last[-1].tag == qn("w:t"):
        last[-1].text = last[-1].text.rstrip(" ")
        if not last[-1].text:
            _remove(last)


def _strip_end(paragraph) -> None:
    """Take the spaces, and the ends of lines, off the end of a paragraph."""
    _strip_spaces(paragraph)
    while (last := _last_run(paragraph)) is not None and last[-1].tag == qn("w:br"):
        _remove(last)
        _strip_spaces(paragraph)


def _last_run(paragraph):
    last = paragraph[-1]
    if last.tag == qn("w:hyperlink"):
        last = last[-1]
    return last if last.tag == qn("w:r") else None


def _remove(run) -> None:
    """Take ``run`` out, and the link that held nothing else."""
    holder = run.getparent()
    holder.remove(run)
    if not len(holder):
        holder.getparent().remove(holder)


def _element(name: str, **attributes):
    """An element of the namespace w, with attributes of the same."""
    # As docx.oxml.OxmlElement does, which resolves the names anew for each of a report's thousands of elements.
    return oxml_parser.makeelement(
        _qualified(name), {_qualified(f"w:{key}"): str(value) for key, value in attributes.items()}, nsmap=_NAMESPACE
    )


@cache
def _qualified(name: str) -> str:
    return qn(name)
