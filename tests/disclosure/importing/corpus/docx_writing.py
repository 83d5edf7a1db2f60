"""A layout as a Word file (python-docx, and the XML that it has no words for)."""

from __future__ import annotations

import re
from base64 import b64decode
from copy import deepcopy
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tests.disclosure.importing.corpus.laying import Grid, Layout, Line
from tests.disclosure.importing.corpus.writing import Writing

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
ALIGNED = {
    "title": WD_ALIGN_PARAGRAPH.CENTER,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "letterhead": WD_ALIGN_PARAGRAPH.CENTER,
    "toc_title": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
FACES = {
    "h1": "黑体",
    "h1b": "楷体",
    "h2": "楷体",
    "h3": "仿宋",
    "title": "方正小标宋简体",
    "letterhead": "方正小标宋简体",
}
SIZES = {"title": 22, "letterhead": 36}
LEVELS = {"h1": 1, "h1b": 2, "h2": 2, "h3": 3}


def docx_bytes(layout: Layout, writing: Writing) -> bytes:
    return _Writer(layout, writing).bytes()


class _Writer:
    def __init__(self, layout: Layout, writing: Writing) -> None:
        self.layout, self.writing = layout, writing
        self.document = docx.Document()
        self.room = self.document
        self._numbering()
        if writing.face == "named":
            for name in ("一级标题样式", "二级标题样式"):
                style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
                style.font.name = "黑体"

    def bytes(self) -> bytes:
        container = self.writing.container
        if container == "cell":
            self.room = self.document.add_table(1, 1).cell(0, 0)
        shown = False
        if container == "form":
            form, begun = None, False
        for line in self.layout.lines:
            if container == "form":
                if isinstance(line, Line) and line.look == "h1":
                    form = form if begun else self.document.add_table(0, 2)
                    row, begun = form.add_row(), True
                    self.room = row.cells[0]
                    self._line(line)
                    self.room = row.cells[1]
                    continue
                if (isinstance(line, Line) and line.look in ("right", "title")) or isinstance(line, Grid):
                    self.room = self.document
            if container == "frame" and (isinstance(line, Line) and line.look in ("h1", "title") and not shown):
                # A form: one row a section, the whole of it in the row's only cell.
                self.room = self.document.add_table(1, 1).cell(0, 0)
                shown = line.look == "title"
            else:
                shown = False
            if isinstance(line, Grid):
                self._table(line)
            else:
                self._line(line)
        if self.layout.lines and isinstance(self.layout.lines[-1], Grid):
            self.document.add_paragraph()  # Word always writes one after a table, and LibreOffice's .doc needs it
        self._extras()
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    # Paragraphs

    def _line(self, line: Line) -> None:
        paragraph = self._paragraph()
        look = line.look
        if look == "toc":
            self._toc(paragraph, line)
            return
        if look in ALIGNED and not (look == "letterhead" and self.writing.letterhead == "table"):
            paragraph.alignment = ALIGNED[look]
        if line.page_break:
            paragraph.add_run().add_break(WD_BREAK.PAGE)
        size, face, bold, level = SIZES.get(look, 16), FACES.get(look, "仿宋_GB2312"), False, LEVELS.get(look, 0)
        text = line.text
        if level:
            size, face, bold = self._heading(paragraph, level, size, face)
        elif look in ("p", "li"):
            if self.writing.indent == "spaces":
                text = "　　" + text
            else:
                paragraph.paragraph_format.first_line_indent = Pt(32)
        elif look == "spaces":
            text = " " * 36 + text
        if line.number:
            self._number(paragraph, line)
        head, rest = (line.head, text[text.index(line.head) + len(line.head) :]) if line.head else ("", text)
        if head:
            lead = text[: text.index(line.head)]
            self._run(paragraph, lead + head, size, "楷体" if not level else face, bold)
            if rest.startswith("\n") or level:
                face, bold = "仿宋_GB2312", False
        self._run(paragraph, rest, size, face, bold)

    def _toc(self, paragraph, line: Line) -> None:
        """An entry of a table of contents: typed, or as Word makes it, a link in a style of its own."""
        if self.writing.toc != "field":
            paragraph.add_run(line.text)
            return
        name = "toc 1"
        if name not in self.document.styles:
            self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        paragraph.style = self.document.styles[name]
        words, page = line.text.split("\t")
        link = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="_Toc1"/>')
        paragraph._p.append(link)
        for piece in (
            f"<w:t>{escape(words)}</w:t>",
            "<w:tab/>",
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGEREF _Toc1 \\h </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{page}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        ):
            link.append(parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))

    def _paragraph(self):
        fresh = self.room is not self.document and len(self.room.paragraphs) == 1 and not self.room.text
        return self.room.paragraphs[0] if fresh and not self.room.tables else self.room.add_paragraph()

    def _heading(self, paragraph, level: int, size: int, face: str) -> tuple[int, str, bool]:
        way = self.writing.face
        if way == "styles":
            paragraph.style = self.document.styles[f"Heading {level}"]
        elif way == "outline":
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(level - 1))
            paragraph._p.get_or_add_pPr().append(outline)
        elif way == "named" and level < 3:
            paragraph.style = self.document.styles[("一级标题样式", "二级标题样式")[level - 1]]
        elif way == "centred" and level == 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if way == "plain":
            return 16, "仿宋_GB2312", False
        if way == "bold":
            return 16, "仿宋_GB2312", True
        if way == "size":
            return {1: 18, 2: 16, 3: 16}[level], "宋体", level == 1
        return size, face, False

    def _run(self, paragraph, text: str, size: int, face: str, bold: bool) -> None:
        for count, part in enumerate(text.split("\n")):
            run = paragraph.add_run()
            if count:
                run.add_break()
            if not part:
                continue
            run.add_text(part)
            run.font.size, run.font.bold = Pt(size), bold or None
            run.font.name = face
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)

    # Numbers that Word generates

    def _numbering(self) -> None:
        if not (self.writing.generated or self.writing.lists in ("bullet", "ordered")):
            return
        root = self.document.part.numbering_part.element
        levels = ""
        for at, sample in enumerate(self.writing.levels):
            form = "chineseCountingThousand" if "一" in sample else "decimal"
            if "Ⅰ" in sample:
                form = "upperRoman"
            form = {"①": "decimalEnclosedCircle", "１": "decimalFullWidth"}.get(sample.strip("（）．"), form)
            form = "upperLetter" if "A" in sample else form
            text = re.sub("[一1１ⅠA①]", f"%{at + 1}", sample, count=1)
            levels += f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            levels += f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/></w:lvl>'
        bullet = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
        ordered = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        first_num = root.find(qn("w:num"))
        for number, content in ((900, levels), (901, bullet), (902, ordered)):
            first_num.addprevious(
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                    f'<w:multiLevelType w:val="multilevel"/>{content}</w:abstractNum>'
                )
            )
            self._instance(root, number, number)
        self._root, self._instances = root, 903

    @staticmethod
    def _instance(root, number: int, of: int, restart: bool = False) -> None:
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{of}"/>{again}</w:num>')
        )

    def _number(self, paragraph, line: Line) -> None:
        number = 900
        if line.look == "li":
            kind = 901 if line.number == "•" else 902
            if line.restart:
                self._instances += 1
                self._instance(self._root, self._instances, kind, restart=True)
            number = self._instances
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = line.level
        properties.get_or_add_numId().val = number

    # Tables

    def _table(self, grid: Grid) -> None:
        height = len(grid.rows)
        taken: dict[tuple[int, int], bool] = {}
        placed, width = [], 0
        for y, row in enumerate(grid.rows):
            x = 0
            for slot in row:
                while (y, x) in taken:
                    x += 1
                for dy in range(slot.rowspan):
                    for dx in range(slot.colspan):
                        taken[y + dy, x + dx] = True
                placed.append((y, x, slot))
                x += slot.colspan
            width = max(width, x, *(at + 1 for down, at in taken if down == y), 0)
        table = self.room.add_table(height, width)
        for y, x, slot in placed:
            cell = table.cell(y, x)
            if slot.rowspan > 1 or slot.colspan > 1:
                cell = cell.merge(table.cell(y + slot.rowspan - 1, x + slot.colspan - 1))
            for count, part in enumerate(slot.text.split("\n")):
                paragraph = cell.paragraphs[0] if not count else cell.add_paragraph()
                self._run(paragraph, part, 12, "仿宋_GB2312", False)

    # What lies beside the text

    def _extras(self) -> None:
        extras, document = self.writing.extras, self.document
        room = document.element.body
        bodies = [p for p in room.iter(qn("w:p")) if "".join(t.text or "" for t in p.iter(qn("w:t"))).endswith("。")]
        bodies = [p for p in bodies if p.find(qn("w:r")) is not None]
        section = document.sections[0]
        if self.layout.header:
            section.header.paragraphs[0].text = self.layout.header
        if "footer" in extras:
            page = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>')
            section.footer.paragraphs[0].add_run("— ")
            section.footer.paragraphs[0]._p.append(page)
        if "tracked" in extras:
            for at, paragraph in enumerate(bodies[1::5]):
                run = paragraph.findall(qn("w:r"))[-1]
                mark = f'w:id="{500 + at}" w:author="甲" w:date="2023-10-01T00:00:00Z"'
                added = parse_xml(f"<w:ins {nsdecls('w')} {mark}/>")
                run.addprevious(added)
                added.append(run)
                gone = self.layout.deleted
                added.addnext(
                    parse_xml(
                        f"<w:del {nsdecls('w')} {mark}><w:r><w:delText>{gone}</w:delText></w:r></w:del>",
                    )
                )
        if "comments" in extras:
            runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.endswith("。")]
            if runs:
                document.add_comment(runs[0], text=self.layout.comment, author="乙", initials="乙")
        if "footnote" in extras:
            self._footnote(bodies[min(3, len(bodies) - 1)])
        if "textbox" in extras:
            bodies[min(6, len(bodies) - 1)].append(parse_xml(_textbox(self.layout.textbox)))
        if "picture" in extras:
            document.add_picture(BytesIO(PIXEL))
        if "hyperlinks" in extras:
            run = bodies[2].findall(qn("w:r"))
            if run:
                to = document.part.relate_to(
                    "http://xxgk.example.edu.cn/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{to}"/>')
                run[-1].addprevious(link)
                link.append(run[-1])
        if "control" in extras:
            paragraph = bodies[4]
            control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
            paragraph.addprevious(control)
            control.find(qn("w:sdtContent")).append(paragraph)
        if "split_runs" in extras:
            for run in [r for p in bodies for r in p.findall(qn("w:r"))]:
                _split(run)

    def _footnote(self, paragraph) -> None:
        part = self.document.part
        mark = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        words = escape(self.layout.footnote)
        note = f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
        notes = f"<w:footnotes {nsdecls('w')}>{mark}{note}</w:footnotes>"
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        notes_part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), part.package)
        part.relate_to(notes_part, RELATIONSHIP_TYPE.FOOTNOTES)
        paragraph.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="1"/></w:r>'))


def _split(run) -> None:
    """The run's words in three runs, as Word leaves them after editing."""
    texts = run.findall(qn("w:t"))
    if len(texts) != 1 or len(texts[0].text or "") < 9:
        return
    words = texts[0].text
    third = len(words) // 3
    for part in (words[2 * third :], words[third : 2 * third]):
        other = deepcopy(run)
        other.find(qn("w:t")).text = part
        for gone in other.findall(qn("w:br")):
            other.remove(gone)
        run.addnext(other)
    texts[0].text = words[:third]


def _textbox(words: str) -> str:
    """A text box as Word 2010 and later write it: the shape, and once more its older form as a fallback."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p></w:txbxContent>"
    return f"""<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="2000000" cy="500000"/>
<wp:docPr id="7" name="box"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"/></wps:spPr>
<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape style="width:157pt;height:39pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>
</mc:Fallback></mc:AlternateContent></w:r>"""
