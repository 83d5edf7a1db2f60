"""The PDF: measured on paper, tagged, the same every time, without a word lost and without an address fetched."""

import gc
import json
import logging
import os
import shutil
import socket
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise

import pytest
from pypdf.generic import ContentStream
from weasyprint.urls import URLFetchingError

from disclosure.publishing.rendering import pdf, system_checks
from disclosure.publishing.rendering.pdf import STYLE_SHEET, ShippedFilesOnly, render
from disclosure.publishing.rendering.title import title_parts
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED
from disclosure.richtext import to_text
from tests.factories import full_document
from tests.pdf import BOTTOM, LEFT, MM, RIGHT, TOP, Paper
from tests.shared import real_reports

SENTENCE = "学校把信息公开纳入年度重点工作由党政办公室牵头各部门各负其责"
# In names of persons; none of them is in the shipped fonts.
RARE = "喆堃珺旻祎镕㛃𠅤𪚥"
CLOSING = frozenset("，。、；：？！）》〉」』】〕”’％%…")
OPENING = frozenset("（《〈「『【〔“‘")


@cache
def plain() -> Paper:
    """A report as it should be."""
    return Paper(render(full_document()))


def paper(**changes) -> Paper:
    """The same with ``changes``, as ``full_document`` takes them."""
    return Paper(render(full_document(**changes)))


def words(*texts: str) -> str:
    return "".join("".join(texts).split())


# --- The page -----------------------------------------------------------------------------------------------


def test_a_page_of_running_text_has_22_lines_of_28_characters():
    printed = paper(preamble=f"<p>{SENTENCE * 60}</p>")
    page = printed.reader.pages[1]
    assert [round(float(length), 2) for length in page.mediabox[2:]] == [595.28, 841.89]

    lines = printed.lines(2)
    assert len(lines) == 22
    assert {sum(len(run.text) for run in line) for line in lines} == {28}
    assert {(run.font, round(run.size, 1)) for line in lines for run in line} == {("Fandol-Fang", 16.0)}
    pitches = {round(below[0].y - above[0].y, 2) for above, below in pairwise(lines)}
    assert pitches == {28.95}
    assert {round(line[0].x, 1) for line in lines} == {round(LEFT, 1)}
    assert all(abs(line[-1].right - RIGHT) < 1 for line in lines)
    assert lines[0][0].y - 16 > TOP
    assert lines[-1][0].y < BOTTOM


def test_the_first_line_of_a_paragraph_is_indented_by_two_characters():
    printed = paper(preamble=f"<p>{SENTENCE * 3}</p>")
    first = printed.find(SENTENCE[:20])
    assert len(first.text) == 26
    assert abs(first.x - LEFT - 2 * 15.79) < 0.1


def test_lines_are_full_and_keep_the_rules_of_chinese_line_breaking():
    # Signs at every distance from the edge, so that each of them meets it.
    clauses = (
        f"《{SENTENCE[:n]}》（{SENTENCE[: n % 5 + 1]}），“{SENTENCE[:3]}”、2022-2023学年度占97.5%；"
        for n in range(1, 26)
    )
    printed = paper(preamble=f"<p>{''.join(clauses) * 2}</p>")
    lines = [line for number in (1, 2, 3, 4) for line in printed.lines(number)]
    start = next(index for index, line in enumerate(lines) if line[0].text.startswith("《"))
    end = next(index for index, line in enumerate(lines) if line[0].text.startswith("一、"))
    assert end - start > 40
    texts = ["".join(run.text for run in line) for line in lines[start:end]]
    assert [text for text in texts if text[0] in CLOSING] == []
    assert [text for text in texts if text[-1] in OPENING] == []
    assert [text for text in texts if text.endswith(("2022-", "2022")) or text.startswith(("-", "%"))] == []
    # The right edge is even: what is left of a line is shared out between its characters.
    edges = [line[-1].right for line in lines[start : end - 1]]
    assert max(edges) - min(edges) < 1.2


def test_page_numbers_stand_outside_seven_millimetres_below_the_text():
    printed = paper(preamble=f"<p>{SENTENCE * 60}</p>")
    numbers = [[run for run in page if run.is_artifact] for page in printed.pages]
    assert [[run.text for run in page] for page in numbers] == [
        [f"— {number} —"] for number in range(1, len(printed.pages) + 1)
    ]
    for number, (run,) in enumerate(numbers, start=1):
        assert (run.font, round(run.size, 1)) == ("Page-Numbers-Song", 14.0)
        if number % 2:
            assert abs(run.right - (RIGHT - 14)) < 0.6
        else:
            assert abs(run.x - (LEFT + 14)) < 0.6
        # The dash is drawn about a third of its size above the base line.
        assert abs(run.y - 14 * 0.35 - (BOTTOM + 7 * MM)) < 1.5


# --- The parts of an official document ----------------------------------------------------------------------


def test_the_title_is_centred_in_its_own_face_and_broken_after_the_school():
    printed = plain()
    (school,), (rest,) = printed.lines(1)[:2]
    assert (school.text, rest.text[-8:]) == ("甲省明德学院", "信息公开工作报告")
    for run in (school, rest):
        assert (run.font, round(run.size, 1)) == ("Fandol-Song-Bold", 22.0)
        assert abs((run.x + run.right) / 2 - (LEFT + RIGHT) / 2) < 1


def test_the_addressee_stands_one_line_below_flush_left_with_a_full_width_colon():
    title, addressee = plain().lines(1)[1:3]
    assert "".join(run.text for run in addressee) == "甲省教育厅办公室："
    assert abs(addressee[0].x - LEFT) < 0.1
    assert 2 * 28.9 <= addressee[0].y - title[0].y + 3 <= 2 * 28.95 + 6


def test_each_level_has_its_face_and_none_is_bold():
    body = "<h3>（一）健全工作机制</h3><h4>1.明确责任</h4><p>（1）逐级审查。</p>"
    printed = paper(sections__overview__body=body)
    levels = [printed.find(text) for text in ("一、概述", "（一）健全工作机制", "1.明确责任", "（1）逐级审查")]
    assert [(run.font, round(run.size, 1)) for run in levels] == [
        ("Fandol-Hei", 16.0),
        ("Fandol-Kai", 16.0),
        ("Fandol-Fang", 16.0),
        ("Fandol-Fang", 16.0),
    ]
    assert all(abs(run.x - LEFT - 2 * 15.79) < 0.2 for run in levels)


def test_the_number_of_a_heading_decides_its_level():
    printed = paper(
        sections__proactive__heading="（二）主动公开情况",
        sections__overview__body="<h3>1.明确责任</h3><h4>（一）健全机制</h4><h3>没有编号的标题</h3><h4>没有编号的小标题</h4>",
        sections__on_request__heading="5、 依申请公开情况",
    )
    fonts = {
        text: printed.find(text).font
        for text in ("（二）主动", "1.明确", "（一）健全", "没有编号的标题", "没有编号的小标题", "5、 依申请")
    }
    assert fonts == {
        "（二）主动": "Fandol-Kai",
        "1.明确": "Fandol-Fang",
        "（一）健全": "Fandol-Kai",
        "没有编号的标题": "Fandol-Kai",
        "没有编号的小标题": "Fandol-Fang",
        "5、 依申请": "Fandol-Hei",
    }


def test_the_signature_ends_two_characters_from_the_right_and_the_date_begins_two_further_in():
    printed = paper(signature__organisation="甲省明德职业技术学院", signature__date="2026-01-07")
    organisation = [run for page in printed.pages for run in page if run.text == "甲省明德职业技术学院"][-1]
    date = printed.find("2026年1月7日")
    assert abs(RIGHT - organisation.right - 31.6) < 1
    assert abs(date.x - organisation.x - 31.6) < 1
    assert abs(date.y - organisation.y - 28.95) < 0.1


def test_a_date_longer_than_the_name_ends_two_characters_from_the_right():
    printed = paper(signature__organisation="甲大学", signature__date="2026-11-17")
    assert abs(RIGHT - printed.find("2026年11月17日").right - 31.6) < 1


@pytest.mark.parametrize("lines", range(1, 23, 3))
def test_the_signature_never_stands_alone_on_a_page(lines):
    printed = paper(
        contacts=[], preamble="", sections__other__body=f"<p>{SENTENCE[:26]}</p>" * lines, sections__overview__body=""
    )
    last = printed.lines(len(printed.pages))
    assert SENTENCE[:26] in [line[0].text for line in last]


def test_the_annex_begins_a_page_with_its_label_and_its_title_on_the_third_line():
    printed = plain()
    label, title = printed.lines(len(printed.pages))[:2]
    assert ("".join(run.text for run in label), title[0].text) == ("附件1", "信息公开工作联系方式")
    assert (label[0].font, round(label[0].size, 1)) == ("Fandol-Hei", 16.0)
    assert abs(label[0].x - LEFT) < 0.1
    assert (title[0].font, round(title[0].size, 1)) == ("Fandol-Song-Bold", 22.0)
    assert abs((title[0].x + title[0].right) / 2 - (LEFT + RIGHT) / 2) < 1
    assert 2 * 28.9 <= title[0].y - label[0].y <= 2 * 28.95 + 4
    note = printed.find("附件：1. 信息公开工作联系方式")
    assert abs(note.x - LEFT - 2 * 15.79) < 0.2


# --- Tables -------------------------------------------------------------------------------------------------

HEADS = ("序号", "制度名称", "发布日期", "责任部门")


def table(count: int, opening: str = "<tbody>") -> str:
    rows = "".join(
        f"<tr><td>{n}</td><td>信息公开管理办法（第{n}次修订）</td><td>2022年{n % 12 + 1}月1日</td><td>党政办公室</td></tr>"
        for n in range(1, count + 1)
    )
    head = f"<tr>{''.join(f'<th>{text}</th>' for text in HEADS)}</tr>"
    return f"<table>{opening.replace('HEAD', head) if 'HEAD' in opening else opening + head}{rows}</tbody></table>"


@pytest.mark.parametrize("opening", ["<tbody>", "<thead>HEAD</thead><tbody>"])
def test_a_long_table_repeats_its_header_on_each_page(opening):
    printed = paper(sections__overview__body=table(60, opening))
    pages = [[run.text for run in page] for page in printed.pages if any("次修订" in run.text for run in page)]
    assert len(pages) == 3
    assert [[page.count(head) for head in HEADS] for page in pages] == [[1, 1, 1, 1]] * 3
    # No row is left alone with a header, and every row is there once.
    assert min(sum("次修订" in text for text in page) for page in pages) > 1
    assert sum("次修订" in text for page in pages for text in page) == 60


def test_a_table_is_set_in_12_points_and_short_cells_are_not_broken():
    printed = paper(sections__overview__body=table(12))
    for text in (*HEADS, "2022年12月1日", "党政办公室"):
        assert round(printed.find(text).size, 1) == 12.0


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<table><tbody><tr>{'<th>列</th>' * 16}</tr><tr>{'<td>12345</td>' * 16}</tr></tbody></table>", id="wide"
        ),
        pytest.param(
            f"<table><tbody><tr><td>网址</td><td>https://www.example.edu.cn/{'a' * 300}</td></tr></tbody></table>",
            id="address",
        ),
        pytest.param(
            "<table><thead><tr><th rowspan='2'>项目</th><th colspan='3'>申请人</th></tr>"
            "<tr><th>校内</th><th>个人</th><th>法人</th></tr></thead>"
            "<tbody><tr><td rowspan='2'>公开</td><td>1</td><td>2</td><td>3</td></tr><tr><td colspan='3'>跨列</td></tr>"
            "</tbody></table>",
            id="spans",
        ),
        pytest.param(
            f"<table><tbody><tr><td>甲</td><td>{SENTENCE * 80}</td></tr><tr><td>乙</td><td>短</td></tr></tbody></table>",
            id="taller than a page",
        ),
        pytest.param(f"<p>https://www.example.edu.cn/{'a' * 300}</p>", id="address in the text"),
        pytest.param(f"<ol>{f'<li>{SENTENCE * 3}</li>' * 11}</ol>", id="list"),
    ],
)
def test_nothing_reaches_beyond_the_type_area_and_nothing_is_lost(body):
    printed = paper(sections__overview__body=body)
    for number in range(1, len(printed.pages) + 1):
        for line in printed.lines(number):
            assert line[0].x > LEFT - 0.5
            assert line[-1].right < RIGHT + 0.5
            assert TOP < line[0].y < BOTTOM
    text = printed.text()
    for piece in to_text(body).split():
        assert words(piece) in text


# --- Characters ---------------------------------------------------------------------------------------------


def test_a_rare_character_is_never_a_box_whatever_the_face_around_it():
    printed = paper(
        title=f"甲省{RARE}学院信息公开工作报告",
        preamble=f"<p>{RARE}<strong>{RARE}</strong><em>{RARE}</em></p><h3>{RARE}</h3><h4>{RARE}</h4>",
        sections__overview__heading=f"一、{RARE}",
        sections__overview__body=f"<table><tbody><tr><th>{RARE}</th></tr><tr><td>{RARE}</td></tr></tbody></table>",
        signature__organisation=RARE,
        contacts=[{"role": "leader", "name": RARE}],
    )
    assert printed.text().count(RARE) == 11
    assert all(font.is_embedded for font in printed.fonts.values())
    # Glyph 0 is the box.
    assert [run.text for page in printed.pages for run in page if 0 in run.glyphs or "\ufffd" in run.text] == []


def test_a_character_that_no_font_has_is_told_to_the_operator(caplog):
    with caplog.at_level(logging.WARNING, logger="disclosure.publishing.rendering.pdf"):
        render(full_document(preamble="<p>私用区字符\U000fe123。</p>"))
    assert caplog.messages == ["No font has these characters of a report: \U000fe123"]


# --- Drafts -------------------------------------------------------------------------------------------------


def test_a_draft_says_so_on_every_page_and_in_its_metadata():
    printed = Paper(render(full_document(), draft=True))
    for page in printed.pages:
        marks = [run.text for run in page if run.is_artifact]
        assert {"草稿", "草稿，未经审核，不得公开"} < set(marks)
    assert printed.reader.metadata.title.endswith("（草稿）")
    assert printed.reader.metadata["/Keywords"] == "草稿"


def test_a_draft_is_paged_like_the_final_report():
    draft, final = Paper(render(full_document(), draft=True)), plain()
    assert draft.text() == final.text()
    assert [len(draft.lines(n + 1)) for n in range(len(draft.pages))] == [
        len(final.lines(n + 1)) for n in range(len(final.pages))
    ]
    assert "草稿" not in "".join(run.text for page in final.pages for run in page)
    assert "/Keywords" not in final.reader.metadata


# --- For readers who listen ---------------------------------------------------------------------------------


def test_it_is_tagged_as_pdf_ua_with_title_language_author_and_outline():
    document = full_document()
    printed = Paper(render(document))
    root = printed.reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert 'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data().decode()
    assert printed.reader.metadata.title == document.title
    assert printed.reader.metadata.author == document.school.name

    outline = printed.reader.outline
    assert outline[0].title == document.title
    assert [entry.title for entry in outline[1] if not isinstance(entry, list)] == [
        *(document.sections[key].heading for key in MANDATED),
        "信息公开工作联系方式",
    ]


def test_every_piece_of_text_is_in_the_structure_or_an_artifact():
    printed = paper(sections__overview__body=table(60) + f"<ul><li>{SENTENCE}</li></ul>")
    reader = printed.reader
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    tagged: dict[int, set[int]] = {index: set() for index in range(len(reader.pages))}
    page_of = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}
    kinds = set()

    def walk(element):
        kinds.add(str(element["/S"]))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                tagged[page_of[element.raw_get("/Pg").idnum]].add(int(kid))
            elif "/S" in kid.get_object():
                walk(kid.get_object())

    walk(tree["/K"][0].get_object())
    assert {"/H1", "/H2", "/P", "/Table", "/THead", "/TH", "/TD", "/L", "/LI"} <= kinds

    numbers = tree["/ParentTree"]["/Nums"]
    parents = {int(numbers[i]): numbers[i + 1].get_object() for i in range(0, len(numbers), 2)}
    for index, page in enumerate(reader.pages):
        drawn = {
            int(operands[1]["/MCID"])
            for operands, operator in ContentStream(page.get_contents(), reader).operations
            if operator == b"BDC" and "/MCID" in operands[1]
        }
        assert drawn == tagged[index]
        known = parents[int(page["/StructParents"])]
        assert {mcid for mcid, element in enumerate(known) if element.get_object() is not None} >= drawn


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("command", [["pdfinfo", "-struct-text"], ["pdffonts"]])
def test_poppler_has_nothing_to_complain_of(tmp_path, command):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(full_document()))
    result = subprocess.run([*command, path], capture_output=True, text=True, check=True)
    assert result.stderr == ""


# --- Nothing is fetched -------------------------------------------------------------------------------------

SECRET = "kept-from-the-paper"


def hostile(address: str) -> str:
    """HTML that asks for ``address`` in every way HTML, CSS and SVG know; cleaning would let none of it through."""
    return f"""
    <base href="{address}"><link rel="stylesheet" href="{address}"><link rel="attachment" href="{address}">
    <link rel="icon" href="{address}"><meta http-equiv="refresh" content="0;url={address}">
    <style>@import "{address}"; @import url({address}) print;
      @font-face {{ font-family: X; src: url("{address}"); }}
      @page {{ background: url("{address}"); @top-left {{ content: url("{address}"); }} }}
      p {{ font-family: X; background: url("{address}"); list-style-image: url("{address}"); }}
      p::before {{ content: url("{address}"); }} p::after {{ content: attr(title url); }}
      div {{ border-image-source: url("{address}"); mask-image: url("{address}"); cursor: url("{address}"); }}
    </style>
    <p>正文<img src="{address}" alt="图"><img srcset="{address} 2x" alt="图"></p>
    <p style="background-image: url('{address}')" title="{address}">有样式的段落</p>
    <picture><source srcset="{address}"><img src="{address}" alt="图"></picture>
    <object data="{address}"></object><embed src="{address}"><iframe src="{address}"></iframe>
    <video src="{address}" poster="{address}"></video><audio src="{address}"></audio><input type="image" src="{address}">
    <table background="{address}"><tr><td background="{address}">格</td></tr></table><script src="{address}"></script>
    <a href="{address}">链接</a><a rel="attachment" href="{address}">附件</a>
    <svg width="10" height="10"><title>图</title><image href="{address}" width="5" height="5"/>
      <image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{address}" width="5" height="5"/>
      <use href="{address}#a"/><style>@import "{address}"; rect {{ fill: url("{address}#b"); }}</style>
      <rect width="5" height="5"/>
    </svg>
    <img alt="图"
      src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{address}'/%3E%3C/svg%3E">
    """


@pytest.fixture
def listener():
    """A socket that listens on this machine, and whether anybody has called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def calls(server) -> int:
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except TimeoutError:
            return count
        count += 1


def test_a_hostile_report_makes_it_fetch_nothing_from_the_network(listener):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.svg"
    # model_copy takes what no validator has seen: even a report that was never cleaned must do no harm.
    document = full_document().model_copy(update={"preamble": hostile(address)})
    text = Paper(render(document)).text()
    assert calls(listener) == 0
    assert "有样式的段落" in text


def test_the_listener_would_notice(listener):
    socket.create_connection(listener.getsockname()).close()
    assert calls(listener) == 1


def test_a_hostile_report_makes_it_read_no_file(tmp_path):
    path = tmp_path / "secret.css"
    path.write_text(f"p::before {{ content: '{SECRET}'; }}")
    document = full_document().model_copy(update={"preamble": hostile(path.as_uri())})
    content = render(document)
    printed = Paper(content)
    assert SECRET not in printed.text()
    assert SECRET.encode() not in content
    assert list(printed.reader.attachments) == []


def test_a_colour_profile_is_not_read_either(listener):
    rule = f'<style>@color-profile --x {{ src: url("http://127.0.0.1:{listener.getsockname()[1]}/x"); }}</style>'
    # WeasyPrint gives up here instead of going on without the file. No cleaned report gets so far.
    with pytest.raises(URLFetchingError):
        render(full_document().model_copy(update={"preamble": rule}))
    assert calls(listener) == 0


def test_a_hostile_report_cleaned_as_every_report_is_holds_no_address_but_links():
    printed = paper(preamble=hostile("https://hostile.example/x"))
    targets = {
        annotation.get_object()["/A"]["/URI"]
        for page in printed.reader.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    }
    assert {target for target in targets if "hostile" in target} == {"https://hostile.example/x"}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://www.example.edu.cn/",
        "ftp://127.0.0.1/",
        "data:text/css,p{}",
        "FandolFang-Regular.otf",
        f"{pdf.FONTS[0].as_uri()}?x",
        f"{pdf.FONTS[0].parent.as_uri()}/../../../disclosure/settings.py",
        STYLE_SHEET.as_uri(),
    ],
)
def test_only_the_shipped_fonts_are_given(address):
    with pytest.raises(ValueError, match="Only the shipped fonts"):
        ShippedFilesOnly().fetch(address)


def test_the_shipped_fonts_are_given_whole():
    assert len(pdf.FONTS) == 5
    for font in pdf.FONTS:
        assert ShippedFilesOnly().fetch(font.as_uri()).read() == font.read_bytes()


# --- The same every time ------------------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes_also_in_another_process(monkeypatch):
    content = render(full_document())
    assert render(full_document()) == content
    # What another process would begin with: no fonts loaded, no style sheet read.
    monkeypatch.setattr(pdf, "_press", pdf._Press())
    assert render(full_document()) == content


def test_threads_may_print_at_once():
    documents = [full_document(signature__organisation=f"甲省第{n}学院") for n in range(3)]
    contents = [render(document) for document in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, documents * 2)) == contents * 2


def test_copies_of_fonts_are_not_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = subprocess.Popen(["true"])
    dead.wait()
    for name in (f"disclosure-fonts-{dead.pid}-x", f"disclosure-fonts-{os.getpid()}-y", "disclosure-fonts-odd-one"):
        (tmp_path / name).mkdir()
    press = pdf._Press()
    press.print('<html lang="zh-CN"><title>题</title><p>字</p>', draft=False)
    left = {path.name for path in tmp_path.iterdir()}
    assert {f"disclosure-fonts-{os.getpid()}-y", "disclosure-fonts-odd-one"} < left
    assert f"disclosure-fonts-{dead.pid}-x" not in left
    assert len(left) == 3
    del press
    gc.collect()
    assert {path.name for path in tmp_path.iterdir()} == {
        f"disclosure-fonts-{os.getpid()}-y",
        "disclosure-fonts-odd-one",
    }


def test_it_carries_no_date_of_its_own():
    assert not {"/CreationDate", "/ModDate"} & set(plain().reader.metadata)


# --- Real reports -------------------------------------------------------------------------------------------


def _pieces(document: Document):
    """The words of a report in the order in which they stand in its PDF, paragraph by paragraph."""
    yield document.title
    yield document.addressee
    yield from to_text(document.preamble).split("\n")
    for key in MANDATED:
        yield document.sections[key].heading
        yield from to_text(document.sections[key].body).split("\n")
    yield document.signature.organisation
    if document.signature.date:
        yield f"{document.signature.date.year}年{document.signature.date.month}月{document.signature.date.day}日"
    for contact in document.contacts:
        yield from (contact.name, contact.position, contact.office_phone, contact.email)


@real_reports
def test_every_word_of_a_real_report_is_in_its_pdf_in_order(path):
    document = Document.model_validate(json.loads(path.read_text())).public()
    printed = Paper(render(document))
    text, position = printed.text(), 0
    for piece in filter(None, (words(piece) for piece in _pieces(document))):
        found = text.find(piece, position)
        assert found >= 0, piece
        position = found + len(piece)
    assert [run.text for page in printed.pages for run in page if 0 in run.glyphs] == []


@real_reports
def test_nothing_private_of_a_real_report_is_in_its_pdf(path):
    report = json.loads(path.read_text())
    content = render(Document.model_validate(report).public())
    printed = Paper(content)
    everywhere = printed.text() + str(printed.reader.metadata) + str(printed.reader.xmp_metadata)
    for contact in report["contacts"]:
        for private in (contact["mobile"], contact["email"]):
            assert private
            assert private not in everywhere
            assert private.encode() not in content


@real_reports
def test_the_title_of_a_real_report_is_broken_after_the_school(path):
    report = json.loads(path.read_text())
    school, rest = title_parts(report["title"], report["school"]["name"])
    assert school.strip() == report["school"]["name"]
    assert rest[:4].isdigit()
    assert rest.endswith("报告")


# --- The machine --------------------------------------------------------------------------------------------


def test_this_machine_has_what_it_takes():
    assert system_checks.fonts_and_libraries(None) == []


def test_what_a_machine_lacks_is_told_with_the_package_to_install(monkeypatch):
    monkeypatch.setattr(pdf, "CAN_SUBSET_QUICKLY", False)
    monkeypatch.setattr(pdf, "FONTS", pdf.FONTS[1:])
    monkeypatch.setattr(system_checks, "_RARE", ("5586", "10ffff"))
    found = system_checks.fonts_and_libraries(None)
    assert [message.id for message in found] == ["rendering.E001", "rendering.W001", "rendering.W002"]
    assert "libharfbuzz-subset0" in found[1].hint
    assert "fonts-noto-cjk" in found[2].hint
