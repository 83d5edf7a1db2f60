"""The Word file: the page of GB/T 9704, real styles, valid Open XML, the same every time, without a word lost."""

import io
import json
import os
import re
import shutil
import subprocess
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from pypdf import PdfReader

from disclosure.publishing.rendering.word import render
from disclosure.publishing.tags import section_heading
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED
from disclosure.report.figures import TABLE_CAPTIONS
from disclosure.richtext import clean, to_text
from tests import strategies
from tests.factories import full_document
from tests.shared import real_reports
from tests.word import Written, faults, parts, texts

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
TABLE = (
    "<table><caption>招生信息公开一览</caption>"
    "<thead><tr><th>事项</th><th colspan='2'>公开方式</th></tr></thead>"
    "<tbody><tr><th rowspan='2'>招生章程</th><td>官网</td><td>3条</td></tr><tr><td>报刊</td><td>1条</td></tr>"
    "<tr><td colspan='3'>合计4条</td></tr></tbody></table>"
)


def written(**changes) -> Written:
    """A report as it should be, with ``changes`` as ``full_document`` takes them."""
    return Written(render(full_document(**changes)))


@cache
def plain() -> Written:
    return written()


def read(path: Path) -> Document:
    return Document.model_validate(json.loads(path.read_text(encoding="utf-8")))


# --- The page -----------------------------------------------------------------------------------------------


def test_the_page_is_that_of_the_standard():
    section = plain().file.sections[0]
    lengths = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in lengths] == [210, 297]
    assert [round(length.mm, 1) for length in margins] == [37.0, 35.0, 28.0, 26.0]
    [grid] = plain().file.element.body.iter(qn("w:docGrid"))
    height, breadth = (297 - 37 - 35) / 25.4 * 72, (210 - 28 - 26) / 25.4 * 72
    assert int(height / (int(grid.get(qn("w:linePitch"))) / 20)) == 22
    assert int((breadth + 0.1) / (16 + int(grid.get(qn("w:charSpace"))) / 4096)) == 28
    assert grid.get(qn("w:type")) == "linesAndChars"


def test_running_text_is_16_points_in_lines_of_an_exact_height_and_indented_by_two_characters():
    styles = plain().file.styles
    normal, body = styles["Normal"], styles["Body Text"]
    assert (normal.font.size.pt, normal.paragraph_format.line_spacing.pt) == (16.0, 28.95)
    assert body.element.find(f"{qn('w:pPr')}/{qn('w:ind')}").get(qn("w:firstLineChars")) == "200"
    assert plain().face("由党政办公室牵头") == "仿宋_GB2312"


def test_page_numbers_stand_outside_one_character_in():
    section = plain().file.sections[0]
    assert plain().file.settings.odd_and_even_pages_header_footer
    found = []
    for footer in (section.footer, section.even_page_footer):
        [paragraph] = footer.paragraphs
        [field] = paragraph._p.iter(qn("w:instrText"))
        indent = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        sides = {side: indent.get(qn(f"w:{side}Chars")) for side in ("left", "right")}
        found.append((paragraph.text, field.text.strip(), sides))
    assert found == [
        ("— 1 —", "PAGE", {"left": None, "right": "100"}),
        ("— 1 —", "PAGE", {"left": "100", "right": None}),
    ]
    number = plain().file.styles["page number"]
    assert (number.font.size.pt, number.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))) == (14.0, "宋体")


def test_a_draft_says_so_on_every_page_and_in_its_properties_and_no_other_file_does():
    draft = Written(render(full_document(), draft=True))
    section = draft.file.sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "草稿，未经审核，不得公开"
        assert 'string="草稿"' in header._element.xml
    assert draft.file.core_properties.title.endswith("（草稿）")
    assert draft.file.core_properties.keywords == "草稿"
    assert "草稿".encode() not in b"".join(parts(plain().content).values())
    assert [name for name in parts(plain().content) if "header" in name] == []


# --- Its styles ---------------------------------------------------------------------------------------------


def test_every_piece_has_its_style():
    document = full_document()
    file = written()
    assert [text.replace("\n", "") for text in file.styled("Title")] == [document.title]
    assert file.styled("Salutation") == ["甲省教育厅办公室："]
    assert file.styled("Heading 1") == [document.sections[key].heading for key in MANDATED]
    assert file.styled("Heading 2")[:2] == ["（一）健全工作机制", "（二）加强队伍建设"]
    assert file.styled("Annex Note") == ["附件：1. 信息公开工作联系方式"]
    assert file.styled("Signature") == [document.signature.organisation]
    assert file.styled("Date") == [f"{document.year}年10月20日"]
    assert (file.styled("Annex Label"), file.styled("Annex Title")) == (["附件1"], ["信息公开工作联系方式"])
    assert set(file.styled("Caption")) <= set(TABLE_CAPTIONS.values())


def test_headings_are_in_the_navigation_pane():
    styles = plain().file.styles
    levels = {
        name: styles[name].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val"))
        for name in ("Heading 1", "Heading 2", "Heading 3", "Annex Title")
    }
    assert levels == {"Heading 1": "0", "Heading 2": "1", "Heading 3": "2", "Annex Title": "0"}


def test_a_section_without_a_heading_of_its_own_says_so_by_its_style():
    file = written(sections__evaluation__heading="")
    assert file.styled("Heading 1 Default") == ["对信息公开的评议情况"]
    assert file.file.styles["Heading 1 Default"].base_style.name == "Heading 1"


@pytest.mark.parametrize(
    ("heading", "face"),
    [("二、主动公开情况", "黑体"), ("（一）主动公开情况", "楷体_GB2312"), ("主动公开情况", "黑体")],
)
def test_a_sections_heading_is_of_the_first_level_in_the_face_of_its_number(heading, face):
    file = written(sections__proactive__heading=heading)
    assert heading in file.styled("Heading 1")
    assert file.face(heading) == face


def test_each_face_has_the_name_that_offices_know():
    body = "<h3>（一）健全工作机制</h3><h4>1.明确责任</h4><p>普通<strong>着重</strong><em>强调</em></p>"
    file = written(sections__overview__body=body)
    faces = {
        text: file.face(text) for text in ("甲省明德学院", "一、概述", "（一）健全", "1.明确责任", "普通", "附件1")
    }
    assert faces == {
        "甲省明德学院": "方正小标宋简体",
        "一、概述": "黑体",
        "（一）健全": "楷体_GB2312",
        "1.明确责任": "仿宋_GB2312",
        "普通": "仿宋_GB2312",
        "附件1": "黑体",
    }
    runs = {run.text: run.style.name for run in file.find("普通").runs}
    assert (runs["着重"], runs["强调"]) == ("Strong", "Emphasis")
    assert {run.bold for paragraph in file.paragraphs for run in paragraph.runs} == {None}


def test_links_subscripts_and_line_ends_are_kept():
    body = '<p>参见<a href="https://www.example.edu.cn/?a=1&amp;b=2">官网</a>，面积10<sup>2</sup>，H<sub>2</sub>O<br>下一行</p>'
    file = written(sections__other__body=body)
    paragraph = file.find("参见")
    [link] = paragraph.hyperlinks
    assert (link.text, link.url) == ("官网", "https://www.example.edu.cn/?a=1&b=2")
    assert [run.text for run in paragraph.runs if run.font.superscript] == ["2"]
    assert [run.text for run in paragraph.runs if run.font.subscript] == ["2"]
    assert paragraph.text.endswith("O\n下一行")


def test_lists_are_lists_and_each_numbered_one_begins_anew():
    body = "<ol><li>一</li><li>二<ul><li>甲</li></ul></li></ol><p>正文</p><ol><li>三</li></ol>"
    file = written(sections__other__body=body)
    found = []
    for paragraph in file.paragraphs:
        numbered = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbered is not None:
            level, number = (numbered.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("ilvl", "numId"))
            found.append((paragraph.text, paragraph.style.name, level, number))
    numbers = [number for *_, number in found]
    assert [row[:3] for row in found] == [
        ("一", "List Number", "0"),
        ("二", "List Number", "0"),
        ("甲", "List Bullet", "1"),
        ("三", "List Number", "0"),
    ]
    assert numbers[0] == numbers[1] != numbers[3]
    numbering = file.file.part.numbering_part.element
    [last] = [one for one in numbering.findall(qn("w:num")) if one.get(qn("w:numId")) == numbers[3]]
    assert last.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val")) == "1"


# --- Tables -------------------------------------------------------------------------------------------------


def test_a_table_keeps_its_spans_and_repeats_its_head():
    file = written(sections__proactive__body=TABLE)
    table = file.file.tables[2]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["事项", "公开方式", "公开方式"],
        ["招生章程", "官网", "3条"],
        ["招生章程", "报刊", "1条"],
        ["合计4条", "合计4条", "合计4条"],
    ]
    repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeated == [True, False, False, False]
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
    assert file.find("招生信息公开一览").style.name == "Caption"
    headings = [cell.paragraphs[0].style.name for cell in (table.cell(0, 0), table.cell(1, 0), table.cell(1, 1))]
    assert headings == ["Table Heading", "Table Heading", "Table Text"]


def test_the_columns_of_a_table_fill_the_type_area():
    for table in written(sections__proactive__body=TABLE).file.tables:
        assert sum(column.width.twips for column in table.columns) == 8845


def test_a_row_too_high_for_a_page_may_be_broken():
    file = written(sections__proactive__body=f"<table><tbody><tr><td>{'很长的单元格' * 400}</td></tr></tbody></table>")
    [row] = file.file.tables[2].rows
    assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>甲</td></tr><tr><td>乙</td><td>丙</td></tr>",
        "<tr><td rowspan='9'>甲</td><td>乙</td></tr>",
        "<tr><td rowspan='2'>甲</td><td>乙</td></tr><tr><td colspan='3'>丙</td></tr>",
        "<tr><td colspan='99'>甲</td></tr><tr><td>乙</td><td>丙</td></tr>",
        "<tr>" + "<td>甲</td>" * 80 + "</tr><tr><td>乙</td></tr>",
        "<tr></tr><tr><td>甲<table><tbody><tr><td>乙</td></tr></tbody></table></td></tr>",
        "<tr><td rowspan='2' colspan='2'>甲</td><td>乙</td></tr><tr></tr><tr><td>丙</td></tr>",
    ],
)
def test_a_table_of_any_shape_is_one_that_word_opens(rows):
    file = written(sections__proactive__body=f"<table><tbody>{rows}</tbody></table>")
    assert faults(file.content) == []
    for table in file.file.element.body.iter(qn("w:tbl")):
        columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        assert columns <= 63
        for row in table.findall(qn("w:tr")):
            spans = [cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in row.findall(qn("w:tc"))]
            assert sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) == columns
            assert all(cell[-1].tag == qn("w:p") for cell in row.findall(qn("w:tc")))
    assert re.sub(r"\s", "", to_text(clean(f"<table><tbody>{rows}</tbody></table>"))) in texts(file.content)


def test_two_tables_in_a_row_stay_two():
    one = "<table><tbody><tr><td>甲</td></tr></tbody></table>"
    body = written(sections__proactive__body=one * 2).file.element.body
    tags = [child.tag for child in body]
    assert (qn("w:tbl"), qn("w:tbl")) not in set(pairwise(tags))
    assert tags[-2:] == [qn("w:p"), qn("w:sectPr")]


def test_the_tables_of_figures_hold_all_that_the_figures_hold():
    file = written(
        sections__overview__figures={"rules": [{"name": "细则", "number": "1号", "url": "见学校网站"}]},
        sections__proactive__figures={"channels": [{"name": "官网", "count": 3}, {"name": "微信", "count": 4}]},
        sections__evaluation__figures={"methods": ["问卷、座谈", "信箱"]},
    )
    rows = {
        caption.text: [[cell.text for cell in row.cells] for row in table.rows]
        for caption, table in zip(
            [one for one in file.paragraphs if one.style.name == "Caption"], file.file.tables, strict=False
        )
    }
    assert rows[TABLE_CAPTIONS["rules"]] == [["制度名称", "文号", "网址"], ["细则", "1号", "见学校网站"]]
    assert rows[TABLE_CAPTIONS["channels"]] == [
        ["名称", "数量（条）"],
        ["官网", "3"],
        ["微信", "4"],
        ["各渠道之和（学校未填报合计）", "7"],
    ]
    assert rows[TABLE_CAPTIONS["evaluation"]][1] == ["评议方式", "问卷、座谈\n信箱", "问卷、座谈\n信箱"]


# --- Open XML -----------------------------------------------------------------------------------------------


def test_the_validator_finds_what_is_wrong():
    broken = io.BytesIO()
    with ZipFile(broken, "w") as archive:
        for name, content in parts(plain().content).items():
            wrong = b'<w:jc w:val="both"/><w:pStyle w:val="ReportText"/>'
            archive.writestr(name, content.replace(b'<w:pStyle w:val="ReportText"/>', wrong))
    assert faults(broken.getvalue()) != []


@pytest.mark.parametrize("draft", [False, True])
def test_a_report_is_valid(draft):
    assert faults(render(full_document(sections__proactive__body=TABLE), draft=draft)) == []


@real_reports
def test_a_real_report_is_valid(path):
    assert faults(render(read(path))) == []


@settings(max_examples=25)
@given(strategies.documents())
def test_any_report_is_valid(document):
    assert faults(render(document, draft=True)) == []


@settings(max_examples=50)
@given(strategies.documents())
def test_no_word_of_any_report_is_lost_or_out_of_order(document):
    found = texts(render(document))
    position = 0
    for key in MANDATED:
        for text in (section_heading(document, key), to_text(document.sections[key].body)):
            wanted = re.sub(r"\s", "", text)
            position = found.find(wanted, position)
            assert position >= 0, wanted
            position += len(wanted)


HOSTILE = [
    "<p>&lt;w:p&gt;]]&gt;&amp;amp;<strong>&lt;script&gt;alert(1)&lt;/script&gt;</strong></p>",
    "<p>𠅤𪚥😀\u200b\xad\ufffd</p>",
    f"<p>{'word' * 5000}</p>",
    f"<p>{'字' * 50_000}</p>",
    "<p>" + "行<br>" * 3000 + "末</p>",
    "<ul><li>" * 12 + "深" + "</li></ul>" * 12,
    '<p><a href="http://[::1">坏地址</a><a href="https://例子.中国/路径 空格&quot;&lt;x&gt;">中文</a></p>',
    '<p><a href="mailto:a@b@c">信箱</a><a href="https://example.edu.cn/">网<strong>址</strong><br></a></p>',
    "<table><tbody><tr><td></td></tr></tbody></table><p>空表</p>",
    "<p>甲<br></p><p><br>乙</p><ol><li></li></ol>",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_makes_a_valid_file_with_every_word(body):
    content = render(full_document(sections__other__body=body), draft=True)
    assert faults(content) == []
    assert re.sub(r"\s", "", to_text(clean(body))) in texts(content)


def test_control_characters_that_came_by_another_way_do_no_harm():
    document = full_document()
    section = document.sections.other.model_copy(update={"body": "<p>甲\x00\x0b\ufffe乙</p>", "heading": "七\x1b"})
    sections = document.sections.model_copy(update={"other": section})
    content = render(document.model_copy(update={"sections": sections, "title": "题\x08目"}))
    assert faults(content) == []
    assert "甲乙" in texts(content)


def test_addresses_in_the_file_are_written_as_addresses():
    body = '<p><a href="https://例子.中国/路 径?x=&lt;1&gt;">甲</a></p>'
    rels = parts(written(sections__other__body=body).content)["word/_rels/document.xml.rels"].decode()
    targets = [target for target in re.findall(r'Target="([^"]+)" TargetMode="External"', rels) if "%" in target]
    assert targets == ["https://%E4%BE%8B%E5%AD%90.%E4%B8%AD%E5%9B%BD/%E8%B7%AF%20%E5%BE%84?x=%3C1%3E"]


def test_nothing_is_loaded_from_outside_but_followed_links():
    for name, content in parts(render(full_document(), draft=True)).items():
        if name.endswith(".rels"):
            external = re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', content.decode())
            assert all("/hyperlink" in one for one in external)


# --- Bytes --------------------------------------------------------------------------------------------------


def test_the_same_report_is_the_same_bytes():
    assert render(full_document()) == render(full_document())


def test_the_file_tells_nothing_of_the_machine_that_made_it():
    with ZipFile(io.BytesIO(plain().content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = plain().file.core_properties
    assert (properties.title, properties.author, properties.language) == (
        full_document().title,
        "甲省明德学院",
        "zh-CN",
    )
    core = parts(plain().content)["docProps/core.xml"].decode()
    assert not re.search("created|modified|lastModifiedBy|python", core)


def test_what_the_public_may_not_see_is_not_in_the_public_file():
    private, public = full_document(), full_document().public()
    mobiles = [contact.mobile for contact in private.contacts if contact.mobile]
    assert mobiles
    everything = b"".join(parts(render(public)).values()).decode()
    for secret in (*mobiles, "0@qq.com"):
        assert secret not in everything
        assert secret in texts(render(private))


# --- In LibreOffice -----------------------------------------------------------------------------------------


FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
# What stands in for the fonts of offices, which nobody may ship: those of the PDF.
STAND_INS = {
    "方正小标宋简体": "FandolSong",
    "黑体": "FandolHei",
    "楷体_GB2312": "FandolKai",
    "仿宋_GB2312": "FandolFang",
    "宋体": "Page Numbers Song",
}


def office_with_fonts(folder: Path) -> dict[str, str]:
    """The environment of a LibreOffice on a machine that has a font for each name that offices use, and no others."""
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{font}</string></edit></match>'
        for name, font in STAND_INS.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir>{matches}</fontconfig>", encoding="utf-8"
    )
    return os.environ | {"FONTCONFIG_FILE": str(path)}


def printed(content: bytes, folder: Path, environment: dict[str, str] | None = None) -> tuple[PdfReader, list[str]]:
    """The file as LibreOffice prints it, and the words of each page."""
    path = folder / "report.docx"
    path.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", folder, path], capture_output=True, text=True, timeout=120, env=environment
    )
    pdf = path.with_suffix(".pdf")
    assert pdf.exists(), done.stderr
    reader = PdfReader(pdf)
    words = [
        subprocess.run(
            ["pdftotext", "-raw", "-f", str(page), "-l", str(page), pdf, "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for page in range(1, len(reader.pages) + 1)
    ]
    return reader, words


def bare(text: str) -> str:
    """The words alone: a PDF may tell a character by another of the same shape.

    Without punctuation: LibreOffice 7.4 hangs a sign that would begin a line into the margin, and writes that one into its
    PDF as a drawing without text.
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


@needs_office
def test_libreoffice_prints_it_whole_in_order_with_its_page_numbers_and_the_annex_apart(tmp_path):
    sentence = "学校把信息公开纳入年度重点工作由党政办公室牵头各部门各负其责"
    document = full_document(preamble=f"<p>{sentence * 60}</p>", sections__proactive__body=TABLE)
    reader, words = printed(render(document), tmp_path)
    assert [round(float(length)) for length in reader.pages[0].mediabox[2:]] == [595, 842]
    everything = bare("".join(words))
    position = 0
    for text in (document.title, "甲省教育厅办公室：", "一、概述", "招生信息公开一览", "三、依申请", "七、", "附件1"):
        position = everything.find(bare(text), position)
        assert position >= 0, text
    assert bare(sentence) in everything
    assert [page.split("\n")[-2] for page in words] == [f"— {number} —" for number in range(1, len(words) + 1)]
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == [
        *(document.sections[key].heading for key in MANDATED),
        "信息公开工作联系方式",
    ]
    [annex] = [page for page in words if bare(page).startswith("附件1")]
    assert bare("信息公开工作联系方式") in bare(annex)
    assert bare("一、概述") not in bare(annex)


def said_by_font(reader: PdfReader) -> dict[str, str]:
    """What is drawn in each font, by the name of its family."""
    said: dict[str, str] = {}

    def visit(text, matrix, line_matrix, font, size):
        if font and text.strip():
            family = font["/BaseFont"].split("+")[-1].split("-")[0]
            said[family] = said.get(family, "") + text

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return said


@needs_office
def test_libreoffice_draws_each_piece_in_the_font_that_offices_know(tmp_path):
    body = "<h3>（一）健全工作机制</h3><h4>1.明确责任</h4><p>由党政办公室牵头<strong>着重</strong><em>强调</em></p>"
    content = render(full_document(sections__overview__body=body))
    reader, _ = printed(content, tmp_path, office_with_fonts(tmp_path))
    said = said_by_font(reader)
    drawn = {
        "FandolSong": ("甲省明德学院", "信息公开工作联系方式"),
        "FandolHei": ("一、概述", "七、其他需要报告的事项", "着重", "附件1", "联系人"),
        "FandolKai": ("（一）健全工作机制", "强调"),
        "FandolFang": ("甲省教育厅办公室：", "1.明确责任", "由党政办公室牵头", "宋联络"),
        # The font of the page numbers is cut out of this one, and keeps its name inside.
        "NotoSerifCJKjp": ("1",),
    }
    assert set(said) == set(drawn)
    for font, pieces in drawn.items():
        for piece in pieces:
            assert piece in re.sub(r"\s", "", said[font]), (font, piece)


@needs_office
def test_a_full_page_in_libreoffice_has_22_lines(tmp_path):
    _, words = printed(render(full_document(preamble=f"<p>{'信息公开工作报告正文内容' * 200}</p>")), tmp_path)
    lines = [line for line in words[1].splitlines() if line.strip()]
    # The last line is the page number.
    assert len(lines) == 23


@needs_office
@real_reports
def test_a_real_report_in_libreoffice_has_every_word_and_about_as_many_pages_as_the_pdf(path, tmp_path):
    from disclosure.publishing.rendering.pdf import render as render_pdf

    document = read(path)
    reader, words = printed(render(document), tmp_path)
    ours = PdfReader(io.BytesIO(render_pdf(document)))
    # The fonts of offices are not installed here, and Latin letters are broader in those that stand in for them.
    assert abs(len(reader.pages) - len(ours.pages)) <= 1
    everything = bare(re.sub(r"—\s*\d+\s*—", "", "".join(words)))
    for key in MANDATED:
        for paragraph in to_text(document.sections[key].body).splitlines():
            assert bare(paragraph) in everything
