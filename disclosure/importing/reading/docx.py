"""WordprocessingML → blocks: what a .docx says, as it would stand on paper with all its tracked changes accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lxml import etree

from disclosure.importing.blocks import AnyBlock, Cell, ListKind, Origin, Paragraph, Source, Table
from disclosure.importing.errors import BROKEN, DEEPEST_TABLE, MOST_COLUMNS, Unreadable
from disclosure.importing.reading import html
from disclosure.importing.reading.inline import PLAIN, Line, Look, address
from disclosure.importing.reading.notices import sentences
from disclosure.importing.reading.numbering import Label, Numbering, written
from disclosure.importing.reading.package import Package
from disclosure.importing.reading.styles import ParagraphProperties, Style, Styles, paragraph_properties
from disclosure.importing.reading.symbols import drawn, enclosed, symbol
from disclosure.importing.reading.tally import Tally
from disclosure.importing.reading.wordml import integer, switch, value, w

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_ALTERNATIVES = f"{_MC}AlternateContent"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_DELETED = frozenset([w("del"), w("moveFrom")])
_INSERTED = frozenset([w("ins"), w("moveTo")])
_ROWS_WITHIN = frozenset([w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), _ALTERNATIVES])
_LINK = re.compile(r'^\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_CONTENTS = re.compile(r"^\s*TOC\b", re.IGNORECASE)
_LIST_NAMES = re.compile(
    r"^(?:list (?P<kind>number|bullet)|列表(?P<chinese>编号|项目符号))\s*(?P<level>[2-5])?$", re.IGNORECASE
)
_HEADER_CELL_STYLES = frozenset(["table heading", "table header", "表格标题", "表头"])


def read(package: Package, name: str, *, is_chunk: bool = False) -> Source:
    """The document part ``name`` of a package as blocks. ``is_chunk``: it is itself a chunk of another document."""
    root = package.tree(name)
    body = None if root is None else root.find(w("body"))
    if body is None:
        raise Unreadable(BROKEN)
    document = _Document(package, name, is_chunk)
    return Source(blocks=tuple(document.story(body, name)), notices=sentences(document.left_out))


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, and whether its result is reached."""

    instruction: str = ""
    is_result: bool = False
    is_contents: bool = False
    href: str = ""


@dataclass(slots=True)
class _Story:
    """Where the reading of one run of blocks has got to: the body, a text box, a cell, a note."""

    part: str  # of the package, whose relationships hold
    origin: Origin = "body"
    depth: int = 0
    fields: list[_Field] = field(default_factory=list)
    follows_fields: bool = True
    merging: _Paragraph | None = None  # a paragraph whose mark was deleted runs on into the next
    breaks: bool = False

    def is_shown(self) -> bool:
        return not self.follows_fields or all(each.is_result and not each.is_contents for each in self.fields)

    def href(self) -> str:
        return next((each.href for each in reversed(self.fields) if each.href), "")


@dataclass(slots=True)
class _Paragraph:
    """One paragraph while its content is gathered."""

    line: Line = field(default_factory=Line)
    style: Style = field(default_factory=Style)
    boxes: list[AnyBlock] = field(default_factory=list)
    notes: list[AnyBlock] = field(default_factory=list)
    breaks: bool = False
    breaks_after: bool = False


@dataclass(slots=True)
class _Cell:
    """A cell while the rows below may still lengthen it."""

    blocks: list[AnyBlock]
    colspan: int = 1
    rowspan: int = 1
    is_header: bool = False


class _Document:
    def __init__(self, package: Package, name: str, is_chunk: bool) -> None:
        self.package = package
        self.name = name
        self.is_chunk = is_chunk
        self.left_out: Counter[str] = Counter()
        self._tally = Tally()
        settings = self._part("settings")
        self._styles = Styles(self._part("styles"), self._part("theme"), settings)
        self._numbering = Numbering(self._part("numbering"), self._styles.list_of)
        self._notes = {kind: self._read_notes(kind, settings) for kind in ("footnote", "endnote")}
        self._breaking = self._breaking_sections()

    def _part(self, kind: str) -> etree._Element | None:
        """A part beside the document; one that cannot be read is done without, since the words are elsewhere."""
        target = self.package.related(self.name, kind)
        return None if target is None else self.package.tree(target)

    def _breaking_sections(self) -> set[etree._Element]:
        """The section ends after which a new page begins: it is the next section that says how it starts."""
        root = self.package.tree(self.name)
        marks = () if root is None else root.iter(w("sectPr"))
        parents = ((each, each.getparent()) for each in marks)
        ends = [each for each, parent in parents if parent is not None and parent.tag != w("sectPrChange")]
        return {
            end for end, following in pairwise(ends) if value(following, "type") not in ("continuous", "nextColumn")
        }

    # Blocks

    def story(self, container: etree._Element, part: str, origin: Origin = "body", depth: int = 0) -> list[AnyBlock]:
        """The blocks of a body, a text box, a cell or a note that stands in ``part`` of the package."""
        story = _Story(part, origin, depth, follows_fields=_all_fields_end(container))
        blocks = list(self._blocks(container, story))
        if story.merging:
            blocks += self._finished(story.merging, {}, None, story)
        return blocks

    def _blocks(self, container: etree._Element, story: _Story) -> Iterator[AnyBlock]:
        for element in container.iterchildren(etree.Element):
            tag = element.tag
            if tag == w("p"):
                yield from self._paragraph(element, story)
            elif tag == w("tbl"):
                if story.merging:
                    merging, story.merging = story.merging, None
                    yield from self._finished(merging, {}, None, story)
                yield from self._table(element, story)
            elif tag == w("sdt"):
                if _is_contents(element):
                    self.left_out["contents"] += 1
                elif (content := _filled(element)) is not None:
                    yield from self._blocks(content, story)
            elif tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    yield from self._blocks(chosen, story)
            elif tag == w("altChunk"):
                yield from self._chunk(element)
            elif tag in (w("customXml"), w("smartTag")) or tag in _INSERTED:
                yield from self._blocks(element, story)
            elif tag in (f"{_M}oMathPara", f"{_M}oMath"):
                line = Line()
                line.add(_equation(element), PLAIN)
                yield from self._counted(line.paragraph(origin=story.origin))

    def _counted(self, block: AnyBlock | None) -> Iterator[AnyBlock]:
        if block is None:
            return
        yield self._tally.block(block)

    # Paragraphs

    def _paragraph(self, element: etree._Element, story: _Story) -> Iterator[AnyBlock]:
        if not len(element) and not story.merging:
            return
        properties = element.find(w("pPr"))
        style = self._styles.style(value(properties, "pStyle"))
        paragraph, story.merging = story.merging or _Paragraph(), None
        paragraph.style = style
        self._inline(element, paragraph, story, "")
        mark = None if properties is None else properties.find(w("rPr"))
        if mark is not None and any(mark.find(tag) is not None for tag in _DELETED):
            self.left_out["changes"] += 1
            story.merging = paragraph
            return
        said = style.paragraph | paragraph_properties(properties)
        if mark is not None and switch(mark, "vanish") and not paragraph.line:
            label = None
        else:
            label = self._label(said, paragraph_properties(properties), style)
        yield from self._finished(paragraph, said, label, story)
        if properties is not None and properties.find(w("sectPr")) in self._breaking:
            story.breaks = True

    def _label(self, said: ParagraphProperties, direct: ParagraphProperties, style: Style) -> Label | None:
        list_id = said.get("list", "0")
        if list_id == "0":
            return None
        level = direct.get("level")
        if level is None and "list" not in direct:
            level = self._numbering.level_of_style(list_id, list(style.ids))
        return self._numbering.next(list_id, said.get("level", 0) if level is None else level)

    def _finished(
        self, paragraph: _Paragraph, said: ParagraphProperties, label: Label | None, story: _Story
    ) -> Iterator[AnyBlock]:
        """The paragraph itself, then what was anchored to it."""
        style, line = paragraph.style, paragraph.line
        if any(name.lower().startswith("toc ") for name in style.names) and line and story.follows_fields:
            self.left_out["contents"] += 1
            line = Line()
        outline = said.get("outline", 0)
        kind, level = _list_kind(style, label, outline)
        block = line.paragraph(
            number=label.text if label else "",
            bold=style.run.get("bold", False) or outline > 0,
            style=style.name,
            outline=outline,
            list_kind=kind,
            list_level=level,
            alignment=said.get("alignment", ""),
            page_break_before=paragraph.breaks or story.breaks or said.get("breaks", False),
            origin=story.origin,
        )
        if block is not None:
            story.breaks = False
        yield from self._counted(block)
        if paragraph.breaks_after or (block is None and (paragraph.breaks or said.get("breaks", False))):
            story.breaks = True
        yield from paragraph.boxes
        yield from paragraph.notes

    # What stands within a paragraph

    def _inline(self, container: etree._Element, paragraph: _Paragraph, story: _Story, href: str) -> None:
        for element in container.iterchildren(etree.Element):
            tag = element.tag
            if tag == w("r"):
                self._run(element, paragraph, story, href)
            elif tag == w("hyperlink"):
                target = self.package.relationships(story.part).get(element.get(f"{_R}id", ""))
                inner = address(target.target) if target and target.is_external else ""
                self._inline(element, paragraph, story, inner or href)
            elif tag in _DELETED:
                self.left_out["changes"] += 1
            elif tag in _INSERTED:
                self.left_out["changes"] += 1
                self._inline(element, paragraph, story, href)
            elif tag == w("fldSimple"):
                if _CONTENTS.match(element.get(w("instr"), "")):
                    self.left_out["contents"] += 1
                else:
                    link = _LINK.match(element.get(w("instr"), ""))
                    self._inline(element, paragraph, story, (link and address(link[1])) or href)
            elif tag == w("sdt"):
                if (content := _filled(element)) is not None:
                    self._inline(content, paragraph, story, href)
            elif tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    self._inline(chosen, paragraph, story, href)
            elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
                if story.is_shown():
                    paragraph.line.add(_equation(element), self._look(paragraph, None)[0])
            elif tag in (w("smartTag"), w("customXml"), w("dir"), w("bdo"), w("rubyBase")):
                self._inline(element, paragraph, story, href)
            elif tag == w("subDoc"):
                self.left_out["chunks"] += 1

    def _look(self, paragraph: _Paragraph, properties: etree._Element | None) -> tuple[Look, bool]:
        return self._styles.look(paragraph.style, self._styles.run_properties(properties))

    def _run(self, run: etree._Element, paragraph: _Paragraph, story: _Story, href: str) -> None:
        properties = run.find(w("rPr"))
        if properties is not None and any(properties.find(tag) is not None for tag in _DELETED):
            return
        look, hidden = self._look(paragraph, properties)
        self._run_content(run, paragraph, story, replace(look, href=href) if href else look, hidden)

    def _run_content(self, run: etree._Element, paragraph: _Paragraph, story: _Story, look: Look, hidden: bool) -> None:
        for element in run.iterchildren(etree.Element):
            tag = element.tag
            if tag == w("fldChar"):
                self._field(element.get(w("fldCharType"), ""), paragraph, story, look)
                continue
            if tag == w("instrText"):
                if story.fields and not story.fields[-1].is_result:
                    story.fields[-1].instruction += element.text or ""
                continue
            if hidden or not story.is_shown():
                continue
            if tag == w("t"):
                text = (element.text or "").replace("\n", " ").replace("\t", " ")
                if element.get(_SPACE) != "preserve":
                    text = text.strip(" \r")
                self._say(drawn(text, look.latin), paragraph, story, look)
            elif tag in (w("tab"), w("ptab")):
                self._say(" ", paragraph, story, look)
            elif tag == w("br"):
                self._break(element.get(w("type"), ""), paragraph, story, look)
            elif tag == w("cr"):
                self._say("\n", paragraph, story, look)
            elif tag == w("noBreakHyphen"):
                self._say("-", paragraph, story, look)
            elif tag == w("sym"):
                self._say(symbol(element.get(w("font"), ""), element.get(w("char"), "")), paragraph, story, look)
            elif tag in (w("footnoteReference"), w("endnoteReference")):
                self._note(element, paragraph, look)
            elif tag == w("commentReference"):
                self.left_out["comments"] += 1
            elif tag == w("ruby"):
                if (base := element.find(w("rubyBase"))) is not None:
                    self._inline(base, paragraph, story, look.href)
            elif tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    self._run_content(chosen, paragraph, story, look, hidden)
            elif tag in (w("drawing"), w("pict"), w("object")):
                self._drawing(element, paragraph, story)

    def _say(self, text: str, paragraph: _Paragraph, story: _Story, look: Look) -> None:
        link = story.href()
        paragraph.line.add(text, replace(look, href=link) if link and not look.href else look)

    def _break(self, kind: str, paragraph: _Paragraph, story: _Story, look: Look) -> None:
        if kind == "page":
            if paragraph.line:
                paragraph.breaks_after = True
            else:
                paragraph.breaks = True
        self._say("\n", paragraph, story, look)

    def _field(self, kind: str, paragraph: _Paragraph, story: _Story, look: Look) -> None:
        if kind == "begin":
            story.fields.append(_Field())
        elif kind == "separate" and story.fields:
            current = story.fields[-1]
            current.is_result = True
            current.is_contents = bool(_CONTENTS.match(current.instruction))
            link = _LINK.match(current.instruction)
            current.href = address(link[1]) if link else ""
        elif kind == "end" and story.fields:
            ended = story.fields.pop()
            if ended.is_contents and story.follows_fields:
                self.left_out["contents"] += 1
            if not ended.is_result and story.is_shown():
                paragraph.line.add(enclosed(ended.instruction), look)

    def _drawing(self, drawing: etree._Element, paragraph: _Paragraph, story: _Story) -> None:
        """The text boxes of a drawing, each once; its pictures are counted."""
        waiting = [drawing]
        if next(drawing.iter(f"{_O}OLEObject"), None) is not None:
            self.left_out["objects"] += 1
            return
        while waiting:
            element = waiting.pop()
            tag = element.tag
            if tag == w("txbxContent"):
                paragraph.boxes += self.story(element, story.part, "textbox", story.depth)
            elif tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    waiting.append(chosen)
            elif tag in (_PICTURE, f"{_V}imagedata"):
                self.left_out["pictures"] += 1
            elif tag == _CHART:
                self.left_out["charts"] += 1
            elif tag == _DIAGRAM:
                self.left_out["diagrams"] += 1
            elif tag == f"{_V}textpath":
                line = Line()
                line.add(element.get("string", ""))
                paragraph.boxes += self._counted(line.paragraph(origin="textbox"))
            else:
                waiting.extend(reversed(list(element.iterchildren(etree.Element))))

    # Notes

    def _read_notes(
        self, kind: str, settings: etree._Element | None
    ) -> tuple[dict[str, etree._Element], str, dict[str, str]]:
        """The notes of a kind by identifier, with how their marks are written."""
        root = self._part(f"{kind}s")
        style = value(None if settings is None else settings.find(w(f"{kind}Pr")), "numFmt")
        notes = {} if root is None else {each.get(w("id"), ""): each for each in root.iterchildren(w(kind))}
        return notes, style or ("decimal" if kind == "footnote" else "lowerRoman"), {}

    def _note(self, reference: etree._Element, paragraph: _Paragraph, look: Look) -> None:
        """The mark in the text, and the note after the paragraph, each note once."""
        kind = "footnote" if reference.tag == w("footnoteReference") else "endnote"
        part = self.package.related(self.name, f"{kind}s") or ""
        notes, style, marks = self._notes[kind]
        identifier = reference.get(w("id"), "")
        note = notes.get(identifier)
        if note is None or note.get(w("type"), "normal") != "normal":
            return
        if identifier in marks:
            return
        marks[identifier] = mark = f"[{written(len(marks) + 1, style)}]"
        has_own_mark = switch_attribute(reference, "customMarkFollows")
        if not has_own_mark:
            paragraph.line.add(mark, replace(look, vertical="sup"))
        blocks = self.story(note, part, "footnote")
        if blocks and blocks[0].kind == "paragraph" and not has_own_mark:
            blocks[0] = blocks[0].model_copy(update={"html": f"{mark} {blocks[0].html}"})
        paragraph.notes += blocks

    # Tables

    def _table(self, table: etree._Element, story: _Story) -> Iterator[AnyBlock]:
        if story.depth >= DEEPEST_TABLE:  # nobody draws that; the words stay
            for row in _rows(table):
                for cell in _cells(row):
                    yield from self._blocks(cell, story)
            return
        properties = table.find(w("tblPr"))
        rows: list[list[_Cell]] = []
        open_above: dict[int, _Cell] = {}
        header_rows = 0
        for row in _rows(table):
            row_properties = row.find(w("trPr"))
            if row_properties is not None and row_properties.find(w("del")) is not None:
                self.left_out["changes"] += 1
                continue
            if header_rows == len(rows) and switch(row_properties, "tblHeader"):
                header_rows += 1
            cells, open_above = self._row(row, row_properties, open_above, story, header_rows > len(rows))
            rows.append(cells)
        while rows and not rows[-1]:
            rows.pop()
        if not any(cell.blocks for row in rows for cell in row):
            return
        caption, description = value(properties, "tblCaption"), value(properties, "tblDescription")
        yield from self._counted(
            Table(
                rows=tuple(
                    tuple(
                        Cell(
                            blocks=tuple(cell.blocks),
                            colspan=cell.colspan,
                            rowspan=cell.rowspan,
                            is_header=cell.is_header,
                        )
                        for cell in row
                    )
                    for row in rows
                ),
                header_rows=header_rows,
                style=self._styles.style(value(properties, "tblStyle"), "table").name,
                description=description or caption,
            )
        )

    def _row(
        self,
        row: etree._Element,
        properties: etree._Element | None,
        open_above: Mapping[int, _Cell],
        story: _Story,
        is_header: bool,
    ) -> tuple[list[_Cell], dict[int, _Cell]]:
        """The cells that begin in a row, and those that may go on in the next, by their column."""
        column = min(integer(value(properties, "gridBefore")) or 0, MOST_COLUMNS)
        cells: list[_Cell] = [_Cell([], column)] if column else []
        open_here: dict[int, _Cell] = {}
        for element in _cells(row):
            cell_properties = element.find(w("tcPr"))
            if cell_properties is not None and cell_properties.find(w("cellDel")) is not None:
                continue
            span = min(max(integer(value(cell_properties, "gridSpan")) or 1, 1), MOST_COLUMNS)
            blocks = self.story(element, story.part, story.origin, story.depth + 1)
            merge = None if cell_properties is None else cell_properties.find(w("vMerge"))
            beside = None if cell_properties is None else cell_properties.find(w("hMerge"))
            above = open_above.get(column)
            if merge is not None and merge.get(w("val"), "continue") == "continue" and above and above.colspan == span:
                above.rowspan += 1
                above.blocks += blocks  # Word shows none of it, but nothing is lost
                open_here[column] = above
            elif beside is not None and beside.get(w("val"), "continue") == "continue" and cells:
                cells[-1].colspan += span
                cells[-1].blocks += blocks
            else:
                self._tally.cell()
                cell = _Cell(blocks, span, is_header=is_header or _is_header(blocks))
                cells.append(cell)
                if merge is not None:
                    open_here[column] = cell
            column += span
        after = min(integer(value(properties, "gridAfter")) or 0, MOST_COLUMNS)
        if after:
            cells.append(_Cell([], after))
        return cells, open_here

    # Chunks of other formats

    def _chunk(self, element: etree._Element) -> Iterator[AnyBlock]:
        """A document of another format within the package (web offices export so); one outside is never fetched."""
        target = self.package.relationships(self.name).get(element.get(f"{_R}id", ""))
        data = None if target is None or target.is_external else self.package.read(target.target)
        if not data or self.is_chunk:
            self.left_out["chunks"] += 1
            return
        if data.startswith(b"PK\x03\x04"):
            inner = Package(data)
            main = inner.related("", "officeDocument")
            chunk = Source() if main is None else read(inner, main, is_chunk=True)
        elif data.lstrip().startswith(b"{\\rtf"):
            self.left_out["chunks"] += 1
            return
        else:
            chunk = html.read(data)
        for block in chunk.blocks:
            yield from self._counted(block)


def switch_attribute(element: etree._Element, name: str) -> bool:
    """Whether an on/off attribute is on."""
    return element.get(w(name), "0").lower() in ("1", "true", "on")


def _chosen(alternatives: etree._Element) -> etree._Element | None:
    """The branch of alternative content to read: the newer one; the other says the same for older programs."""
    choices = alternatives.findall(f"{_MC}Choice")
    return next((each for each in choices if len(each)), alternatives.find(f"{_MC}Fallback"))


def _all_fields_end(container: etree._Element) -> bool:
    """Whether each field has its end. One that has none would swallow all that follows it."""
    depth = 0
    for mark in container.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType"), ""), 0)
        if depth < 0:
            return False
    return depth == 0


def _is_contents(content_control: etree._Element) -> bool:
    gallery = content_control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and gallery.get(w("val"), "").lower() == "table of contents"


def _filled(content_control: etree._Element) -> etree._Element | None:
    """What a content control holds, None where that is only the prompt to fill it in."""
    prompts = switch(content_control.find(w("sdtPr")), "showingPlcHdr")
    return None if prompts else content_control.find(w("sdtContent"))


def _equation(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_M}t"))


def _list_kind(style: Style, label: Label | None, outline: int) -> tuple[ListKind, int]:
    """Whether a paragraph is an item of a list. A number of any style but Word's own for lists is part of the text."""
    if outline or label is None:
        return "", 0
    named = next((match for name in style.names if (match := _LIST_NAMES.match(name))), None)
    level = max(label.level, int(named["level"] or 1) - 1 if named else 0)
    if label.is_bullet:
        return "bullet", level
    if named and (named["kind"] or named["chinese"] or "").lower() in ("number", "编号"):
        return "number", level
    return "", 0


def _is_header(blocks: list[AnyBlock]) -> bool:
    return bool(blocks) and all(
        isinstance(block, Paragraph) and block.style.lower() in _HEADER_CELL_STYLES for block in blocks
    )


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _within(table, w("tr"))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _within(row, w("tc"))


def _within(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through the wrappers that may stand around them."""
    for element in container.iterchildren(etree.Element):
        if element.tag == wanted:
            yield element
        elif element.tag == _ALTERNATIVES:
            chosen = _chosen(element)
            if chosen is not None:
                yield from _within(chosen, wanted)
        elif element.tag in _ROWS_WITHIN:
            yield from _within(element, wanted)
