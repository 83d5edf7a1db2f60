"""A report taken apart: the five real ones as they were split by hand, invented ones of every other shape, and that
no word is lost or doubled on the way.
"""

import json
import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.importing import reading
from disclosure.importing.assemble import compose
from disclosure.importing.blocks import Cell, Paragraph, Source, Table
from disclosure.importing.classify import propose, refresh
from disclosure.importing.proposal import BlockRole
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.richtext import clean, to_text
from tests.disclosure.importing import accuracy, invented, skeletons
from tests.strategies import characters

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
WORD = sorted((SHARED / "word").glob("*.doc*"))
TEXTS = sorted((SHARED / "reports").glob("*.txt"))
SKELETONS = [*skeletons.read(skeletons.PATH), *skeletons.read(skeletons.HARDER)]


def files(paths):
    """A test for each of the real files, skipped with a reason where they are not at hand."""
    return pytest.mark.parametrize(
        "path",
        paths or [pytest.param(None, marks=pytest.mark.skip(f"the real reports are not here: {SHARED}"))],
        ids=lambda path: path.name if path else "none",
    )


def truth_of(path: Path) -> dict:
    """The report of the file as it was split by hand."""
    (found,) = (SHARED / "reports").glob(f"{path.name[:3]}_*.json")
    return json.loads(found.read_text(encoding="utf-8"))


def source(*blocks) -> Source:
    """Blocks of strings (running text), pairs (text, look) and ready ones."""
    made = []
    for block in blocks:
        text, look = block if isinstance(block, tuple) else (block, {})
        made.append(
            Paragraph(html=escape(text, quote=False).replace("\n", "<br>"), **(invented.BODY | look))
            if isinstance(text, str)
            else text
        )
    return Source(blocks=tuple(made))


BLACK = {"face": "黑体"}
LONG = "学校坚持以公开为常态、不公开为例外，不断提高办学透明度，方便师生员工和社会公众查询。"
TITLE = ("青川师范大学2022-2023学年信息公开工作报告", {"size": 22.0, "alignment": "center", "face": "方正小标宋简体"})
ENDING = (("二、主动公开情况", BLACK), LONG, ("三、存在的问题和改进措施", BLACK), LONG)


def kinds(*blocks) -> list[tuple[str, str]]:
    """What is proposed for the blocks: what each is, and its words without blanks."""
    return skeletons.placed(propose(source(*blocks)))


def kind_of(text: str, *blocks) -> str:
    """What is proposed for the paragraph that begins so."""
    (found,) = (kind for kind, words in kinds(*blocks) if words.startswith(skeletons.plain(text)))
    return found


# --- the five real reports --------------------------------------------------------------------------------------------


def assert_told_as_the_truth(found, proposal, truth):
    """Every part but the figures, which have tests of their own. There is no deviation to be excused."""
    for name in ("title", "label", "addressee", "preamble"):
        assert found.get(name, "") == truth[name]
    assert found["period"] == truth["period"]
    assert found.get("contacts", []) == truth["contacts"]
    assert found.get("signature", {}) == {name: value for name, value in truth["signature"].items() if value}
    assert (proposal.year, proposal.school) == (truth["year"], truth["school"]["name"])
    for key in MANDATED:
        section, told = truth["sections"][key.value], found["sections"].get(key.value, {})
        assert (told.get("heading", ""), told.get("body", "")) == (section["heading"], section["body"])


@files(WORD)
def test_the_real_word_files_are_taken_apart_as_by_hand(path):
    proposal = propose(reading.read_blocks(path.read_bytes(), path.name))

    assert_told_as_the_truth(compose(proposal), proposal, truth_of(path))
    assert proposal.notices == ()


@files(TEXTS)
def test_the_same_reports_as_plain_text_are_taken_apart_as_by_hand(path):
    # 「[bookmark: _GoBack]」 was left in two of the texts by who gathered them; nobody would paste it.
    text = path.read_text(encoding="utf-8").replace("[bookmark: _GoBack]", "")
    proposal = propose(reading.read_pasted(text))

    assert_told_as_the_truth(compose(proposal), proposal, truth_of(path))


@files(WORD)
def test_an_assumed_period_is_marked_and_a_stated_one_has_its_sentence(path):
    period = propose(reading.read_blocks(path.read_bytes(), path.name)).period

    assert period.is_assumed == ("not stated" in truth_of(path)["notes"])
    assert bool(period.sentence) != period.is_assumed


# --- reports of other shapes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("skeleton", SKELETONS, ids=lambda skeleton: skeleton.name)
def test_reports_of_other_colleges(skeleton):
    proposal = propose(skeleton.source)

    assert skeletons.placed(proposal) == skeleton.expected
    told = accuracy.facts_of(proposal)
    assert {name: told[name] for name in skeleton.facts} == skeleton.facts


@pytest.mark.parametrize("seed", range(0, 500, 5))
def test_layouts_mixed_at_random(seed):
    report = invented.report(seed)
    proposal = propose(report.source)

    assert skeletons.placed(proposal) == report.expected
    told = accuracy.facts_of(proposal)
    assert {name: told[name] for name in report.facts} == report.facts


# --- nothing is lost --------------------------------------------------------------------------------------------------


def words(text: str) -> str:
    """What is said, without blanks and without the control characters that no report may hold."""
    return re.sub(r"[\s\u200b-\u200d\u2060\ufeff\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", "", text)


def assert_nothing_is_lost(given: Source):
    proposal = propose(given)
    assert words("".join(block.text for block in proposal.blocks)) == words(
        "".join(block.text for block in given.blocks)
    )
    for block in proposal.blocks:
        assert clean(block.html) == block.html
        assert words(to_text(block.html)) == words(block.text)
        assert (block.place is None) == (block.role is BlockRole.LEFT_OUT)
    composed = compose(proposal)
    for section in composed["sections"].values() if "sections" in composed else ():
        assert clean(section.get("body", "")) == section.get("body", "")


@pytest.mark.parametrize("skeleton", SKELETONS, ids=lambda skeleton: skeleton.name)
def test_no_word_of_a_report_is_lost(skeleton):
    assert_nothing_is_lost(skeleton.source)


@files(WORD)
def test_no_word_of_a_real_report_is_lost(path):
    assert_nothing_is_lost(reading.read_blocks(path.read_bytes(), path.name))


_pieces = st.sampled_from(
    [
        "一、概述",
        "二、主动公开情况",
        "（一）公开渠道",
        "1.学校官网",
        "附件1",
        "附件：1.清单",
        "信息公开工作联系方式",
        "2023年10月30日",
        "青川师范大学",
        "目录",
        "概述",
        "无。",
        "湖北省教育厅：",
        "—",
        "3",
        "—",
        "联系人：张一山，电话：13800138000",
        "三、依申请公开情况：无。",
        "第一部分",
        "Ⅰ.",
        "一、",
        "（",
        "：",
        "。",
        "一、概述\t3",
        "特此报告。",
    ]
) | st.sampled_from(
    [LONG, "青川师范大学2022-2023学年信息公开工作报告", "一、概述。" + LONG, "公布<高等学校信息公开事项清单>的通知"]
)
_inline = (
    _pieces.map(lambda text: escape(text, quote=False))
    | st.lists(_pieces, min_size=2, max_size=4).map(
        lambda texts: "<br>".join(f"<strong>{escape(text, quote=False)}</strong>" for text in texts)
    )
    | st.text(characters, max_size=12).map(lambda text: escape(text, quote=False))
)
_paragraphs = st.builds(
    Paragraph,
    html=_inline,
    outline=st.sampled_from([0, 0, 0, 1, 2, 3]),
    bold=st.booleans(),
    size=st.sampled_from([None, 16.0, 22.0]),
    face=st.sampled_from(["", "黑体", "仿宋"]),
    alignment=st.sampled_from(["", "center", "right"]),
    list_kind=st.sampled_from(["", "", "", "bullet", "number"]),
    list_level=st.integers(0, 3),
    style=st.sampled_from(["Normal", "Caption", "Heading 1", "Absent"]),
    origin=st.sampled_from(["body", "body", "body", "textbox", "footnote", "header"]),
)


def _tables(blocks):
    cells = st.builds(Cell, blocks=st.lists(blocks, max_size=4).map(tuple), colspan=st.integers(1, 3))
    rows = st.lists(st.lists(cells, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)
    return st.builds(Table, rows=rows, header_rows=st.integers(0, 1))


_blocks = st.recursive(_paragraphs, lambda inner: _paragraphs | _tables(inner), max_leaves=6)


@given(st.lists(_blocks, max_size=20))
def test_no_word_of_anything_is_lost(blocks):
    assert_nothing_is_lost(Source(blocks=tuple(blocks)))


def test_finding_everything_anew_changes_nothing():
    proposal = propose(invented.report(3).source)
    assert refresh(proposal) == proposal


# --- features, one by one ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    ["一、", "一．", "一.", "一 、", "１、", "1．", "第一部分 ", "第一部分：", "（一）", "(一)", "Ⅰ.", "Ⅰ、", "㈠"],
)
def test_numbers_of_level_one(number):
    count = {"一": "二三", "１": "２３", "1": "23", "Ⅰ": "ⅡⅢ", "㈠": "㈡㈢"}
    digit = next(digit for digit in count if digit in number)
    second, third = (number.replace(digit, other) for other in count[digit])

    found = kinds(TITLE, f"{number}概述", LONG, f"{second}主动公开情况", LONG, f"{third}依申请公开情况", LONG)

    assert [kind for kind, _ in found] == [
        "title",
        *("overview=", "overview", "proactive=", "proactive", "on_request=", "on_request"),
    ]


@pytest.mark.parametrize(
    "look",
    [BLACK, {"bold": True}, {"size": 18.0}, {"alignment": "center"}, {"outline": 1}],
    ids=["黑体", "bold", "larger", "centred", "outline"],
)
def test_headings_that_only_the_look_shows(look):
    found = kinds(TITLE, ("概述", look), LONG, ("主动公开情况", look), LONG, ("今后努力方向", look), LONG)

    assert [kind for kind, _ in found[1::2]] == ["overview=", "proactive=", "experience="]


def test_a_whole_paragraph_in_bold_characters_stands_out():
    bold = [Paragraph(html=f"<strong>{text}</strong>") for text in ("概述", "主动公开情况", "其他事项")]
    found = kinds(TITLE, (bold[0], {}), LONG, (bold[1], {}), LONG, (bold[2], {}), LONG)

    assert [kind for kind, _ in found[1::2]] == ["overview=", "proactive=", "other="]


@pytest.mark.parametrize(
    "sentence",
    [
        "学校主动公开情况",  # ends as a heading, but the sections are numbered and this one is there already
        "本年度主动公开情况良好，依申请公开情况正常。",
        "主动公开情况：通过官网公开信息401条；",
        "1.主动公开情况；",
        "一是主动公开情况。",
    ],
)
def test_text_that_mentions_a_section_is_no_heading(sentence):
    blocks = [TITLE, ("一、概述", BLACK), LONG, sentence, LONG, *ENDING]
    if sentence == "学校主动公开情况":
        blocks = [TITLE, ("一、概述", BLACK), LONG, *ENDING[:2], sentence, LONG, *ENDING[2:]]

    assert kind_of(sentence, *blocks) in ("overview", "proactive")


@pytest.mark.parametrize("stop", ["。", "：", "　　", ":"])
def test_run_in_headings_are_parted_from_their_text(stop):
    found = kinds(TITLE, f"一、概述{stop}{LONG}", f"二、主动公开情况{stop}{LONG}", f"三、存在的问题{stop}{LONG}")

    assert [kind for kind, _ in found] == [
        "title",
        *("overview=", "overview", "proactive=", "proactive", "experience=", "experience"),
    ]
    composed = compose(propose(source(TITLE, f"一、概述{stop}{LONG}", *ENDING)))
    assert composed["sections"]["overview"] == {"heading": "一、概述", "body": f"<p>{LONG}</p>"}


def test_a_run_in_heading_in_bold_keeps_its_characters_apart():
    run_in = Paragraph(html=f"<strong>一、概述。</strong>{LONG}")
    composed = compose(propose(source(TITLE, run_in, *ENDING)))

    assert composed["sections"]["overview"] == {"heading": "一、概述", "body": f"<p>{LONG}</p>"}


def test_soft_line_breaks_part_a_heading_from_its_text_and_stay_in_other_paragraphs():
    found = kinds(TITLE, f"一、概述\n{LONG}", *ENDING)
    assert [kind for kind, _ in found[:3]] == ["title", "overview=", "overview"]

    composed = compose(propose(source(TITLE, ("一、概述", BLACK), "地址：青川市\n邮编：100000", LONG, *ENDING)))
    assert composed["sections"]["overview"]["body"].startswith("<p>地址：青川市<br>邮编：100000</p>")


def test_a_number_that_slipped_and_one_that_was_forgotten():
    found = kinds(
        TITLE,
        ("一、概述", BLACK),
        LONG,
        ("二、主动公开情况", BLACK),
        LONG,
        ("3、依申请公开情况", BLACK),
        LONG,
        ("评议情况", BLACK),
        LONG,
        ("五、投诉举报情况", BLACK),
        LONG,
    )

    assert [kind for kind, _ in found[1::2]] == ["overview=", "proactive=", "on_request=", "evaluation=", "complaints="]


def test_two_headings_of_one_section_are_joined():
    composed = compose(propose(source(TITLE, ("一、主要经验", BLACK), LONG, ("二、存在问题", BLACK), LONG)))

    assert composed["sections"]["experience"]["heading"] == "一、主要经验 / 二、存在问题"


def test_a_merged_section_goes_to_the_first_and_says_so():
    proposal = propose(source(TITLE, ("一、概述", BLACK), LONG, ("二、评议及举报情况", BLACK), LONG, *ENDING[2:]))
    (heading,) = (block for block in proposal.blocks if block.text == "二、评议及举报情况")

    assert heading.place is SectionKey.EVALUATION
    assert "举报" in heading.reason
    assert "complaints" not in compose(proposal)["sections"]


def test_a_heading_that_holds_others_is_left_out_with_a_reason():
    proposal = propose(
        source(
            TITLE,
            ("一、概述", BLACK),
            LONG,
            ("二、学校信息公开情况", BLACK),
            "（一）主动公开情况",
            LONG,
            "（二）依申请公开情况",
            LONG,
            ("三、存在的问题", BLACK),
            LONG,
        )
    )
    (container,) = (block for block in proposal.blocks if block.role is BlockRole.LEFT_OUT)

    assert container.text == "二、学校信息公开情况"
    assert "标题" in container.reason
    headings = {key: section.get("heading") for key, section in compose(proposal)["sections"].items()}
    assert headings == {
        "overview": "一、概述",
        "proactive": "（一）主动公开情况",
        "on_request": "（二）依申请公开情况",
        "experience": "三、存在的问题",
    }


def test_a_section_that_is_none_of_the_seven_stays_visible_and_is_uncertain():
    proposal = propose(
        source(
            TITLE,
            ("一、概述", BLACK),
            LONG,
            ("二、信息安全工作", BLACK),
            LONG,
            ("三、主动公开情况", BLACK),
            LONG,
            *ENDING[2:],
        )
    )
    (foreign,) = (block for block in proposal.blocks if block.text == "二、信息安全工作")

    assert (foreign.place, foreign.role, foreign.is_certain) == (SectionKey.OVERVIEW, BlockRole.TEXT, False)
    assert foreign.html.startswith("<h3>")


def test_a_text_without_headings_is_placed_for_the_author_to_move():
    proposal = propose(source(TITLE, LONG, LONG))

    assert [block.role for block in proposal.blocks] == [BlockRole.TITLE, BlockRole.TEXT, BlockRole.TEXT]
    assert not any(block.is_certain for block in proposal.blocks[1:])


@pytest.mark.parametrize(
    ("text", "look", "tag"),
    [
        ("（一）加强组织领导", {}, "h3"),
        ("（一）加强组织领导。", {}, "h3"),
        ("（一）加强组织领导", {"face": "楷体"}, "h3"),
        ("1.加强组织领导", {}, "h4"),
        ("1.加强组织领导。", {}, "p"),
        ("1.加强组织领导。", {"bold": True}, "h4"),
        ("（一）加强组织领导。" + LONG, {}, "p"),
        ("（一）加强组织领导。" + LONG, {"outline": 2}, "p"),
        ("加强组织领导", {"face": "楷体"}, "h3"),
        ("加强组织领导", {"outline": 3}, "h4"),
        ("（一）加强组织领导；", {}, "p"),
    ],
)
def test_subheadings(text, look, tag):
    (found,) = (
        block.html
        for block in propose(source(TITLE, ("一、概述", BLACK), (text, look), LONG, *ENDING)).blocks
        if block.text == text
    )

    assert re.match(r"<(\w+)>", found)[1] == tag


def test_short_numbered_items_without_text_below_are_text():
    found = kinds(TITLE, ("一、概述", BLACK), "主要做法如下：", "1.健全机制", "2.加强培训", "3.强化监督", LONG, *ENDING)

    assert [kind for kind, text in found if text[:1] in "123"] == ["overview"] * 3


def test_drawn_lists_become_lists_one_block_each():
    items = [
        Paragraph(html="甲", list_kind="bullet"),
        Paragraph(html="乙", list_kind="bullet", list_level=1),
        Paragraph(html="丙", list_kind="bullet"),
        Paragraph(html="丁", list_kind="number", number="1."),
    ]
    composed = compose(propose(source(TITLE, ("一、概述", BLACK), LONG, *((item, {}) for item in items), *ENDING)))

    assert composed["sections"]["overview"]["body"] == (
        f"<p>{LONG}</p><ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul><ol><li>丁</li></ol>"
    )


def test_a_generated_number_among_the_words_stays_text():
    item = Paragraph(html="1.甲。" + LONG, list_kind="number", number="1.")
    composed = compose(propose(source(TITLE, ("一、概述", BLACK), (item, {}), *ENDING)))

    assert composed["sections"]["overview"]["body"] == f"<p>1.甲。{LONG}</p>"


def cell(*texts: str, **more) -> Cell:
    return Cell(blocks=tuple(Paragraph(html=text) for text in texts), **more)


def test_a_table_in_the_text_keeps_spans_head_and_paragraphs():
    table = Table(
        rows=((cell("渠道", colspan=2), cell("数量")), (cell("官网", rowspan=2), cell("新闻", "公告"), cell("401"))),
        header_rows=1,
    )
    composed = compose(propose(source(TITLE, ("一、概述", BLACK), LONG, *ENDING[:2], (table, {}), *ENDING[2:])))

    assert composed["sections"]["proactive"]["body"].endswith(
        '<table><thead><tr><th colspan="2">渠道</th><th>数量</th></tr></thead>'
        '<tbody><tr><td rowspan="2">官网</td><td><p>新闻</p><p>公告</p></td><td>401</td></tr></tbody></table>'
    )


def test_a_caption_goes_into_its_table():
    table = Table(rows=((cell("渠道"), cell("数量")), (cell("官网"), cell("401"))))
    caption = Paragraph(html="表1 <em>各渠道</em>", style="Caption")
    composed = compose(propose(source(TITLE, ("一、概述", BLACK), LONG, (caption, {}), (table, {}), *ENDING)))

    assert "<table><caption>表1 各渠道</caption>" in composed["sections"]["overview"]["body"]


@pytest.mark.parametrize("depth", [1, 3])
def test_a_whole_document_in_the_cell_of_a_table(depth):
    blocks = source(TITLE, ("一、概述", BLACK), LONG, *ENDING).blocks
    for _ in range(depth):
        blocks = (Table(rows=((Cell(blocks=blocks),),)),)

    assert [kind for kind, _ in skeletons.placed(propose(Source(blocks=blocks)))][:3] == [
        "title",
        "overview=",
        "overview",
    ]


def test_a_page_laid_out_by_a_table_with_a_margin():
    text = source(TITLE, ("一、概述", BLACK), LONG, *ENDING).blocks
    page = Table(rows=((Cell(blocks=text), cell("信息公开")),))

    assert [kind for kind, _ in skeletons.placed(propose(Source(blocks=(page,))))][:3] == [
        "title",
        "overview=",
        "overview",
    ]


def test_footnotes_stay_where_they_are_referred_to_and_headers_are_left_out():
    found = kinds(
        ("信息公开工作报告", {"origin": "header"}),
        TITLE,
        ("一、概述", BLACK),
        LONG,
        ("1 见《高等学校信息公开办法》", {"origin": "footnote"}),
        *ENDING,
    )

    assert [kind for kind, _ in found[:5]] == ["out", "title", "overview=", "overview", "overview"]


# --- the head ---------------------------------------------------------------------------------------------------------


def head(*blocks):
    """Composed, of a report that begins with ``blocks``."""
    return compose(propose(source(*blocks, ("一、概述", BLACK), LONG, *ENDING)))


CENTRED = {"size": 22.0, "alignment": "center"}


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["青川师范大学", "2023年信息公开工作报告"], "青川师范大学2023年信息公开工作报告"),
        (["青川师范大学", "2022-2023学年度", "信息公开年度报告"], "青川师范大学2022-2023学年度信息公开年度报告"),
        (["青川师范大学 2023 年信息公开工作报告"], "青川师范大学 2023 年信息公开工作报告"),
        (["青川师范大学\n2023年信息公开工作报告"], "青川师范大学2023年信息公开工作报告"),
        (["青 川 师 范 大 学", "青川师范大学", "2023年信息公开工作报告"], "青川师范大学2023年信息公开工作报告"),
        (["青川师范大学信息公开年度报告", "（2022-2023学年）"], "青川师范大学信息公开年度报告（2022-2023学年）"),
        (["青川师范大学", "关于2023年信息公开工作情况的报告"], "青川师范大学关于2023年信息公开工作情况的报告"),
        (["青川师范大学2023年度信息公开年报"], "青川师范大学2023年度信息公开年报"),
    ],
)
def test_the_title_over_one_to_three_lines(lines, title):
    composed = head(*((line, CENTRED) for line in lines), LONG)

    assert composed["title"] == title
    assert composed["preamble"] == f"<p>{LONG}</p>"


@pytest.mark.parametrize(
    ("title", "label", "year"),
    [
        ("青川师范大学2022-2023学年度信息公开工作报告", "2022-2023学年度", 2023),
        ("青川师范大学2022—2023学年信息公开工作报告", "2022—2023学年", 2023),
        ("青川师范大学 2022 - 2023 学年信息公开工作报告", "2022-2023学年", 2023),
        ("青川师范大学2022～2023学年信息公开工作报告", "2022～2023学年", 2023),
        ("青川师范大学2022年度信息公开工作报告", "2022年度", 2022),
        ("青川师范大学2022年信息公开工作报告", "2022年", 2022),
        ("青川师范大学2022学年信息公开工作报告", "2022学年", 2023),
        ("青川师范大学二〇二二年度信息公开工作报告", "二〇二二年度", 2022),
        ("青川师范大学二０二二—二Ｏ二三学年信息公开工作报告", "二〇二二—二〇二三学年", 2023),
        ("青川师范大学２０２２－２０２３学年信息公开工作报告", "2022-2023学年", 2023),
    ],
)
def test_the_year_of_the_title(title, label, year):
    proposal = propose(source((title, CENTRED), ("一、概述", BLACK), LONG, *ENDING))

    assert (proposal.label, proposal.year, proposal.school) == (label, year, "青川师范大学")


@pytest.mark.parametrize(
    "said",
    [
        "自2022年9月1日起至2023年8月31日止",
        "2022年9月1日-2023年8月31日",
        "2022年9月1日—2023年8月31日",
        "2022年9月1日——2023年8月31日",
        "2022年9月1日（含）至2023年8月31日",
        "2022.9.1—2023.8.31",
        "2022.09.01-2023.08.31",
        "2022-09-01至2023-08-31",
        "2022/9/1～2023/8/31",
        "2022 年 9 月 1 日至 2023 年 8 月 31 日",
        "2022年9月至2023年8月",
        "二〇二二年九月一日至二〇二三年八月三十一日",
    ],
)
def test_the_period_in_its_many_forms(said):
    period = propose(source(TITLE, f"本报告数据的统计期限为{said}。", ("一、概述", BLACK), LONG, *ENDING)).period

    assert (str(period.period.start), str(period.period.end)) == ("2022-09-01", "2023-08-31")
    assert (period.is_assumed, period.sentence) == (False, f"本报告数据的统计期限为{said}。")


def test_a_period_within_one_year_names_it_once():
    period = propose(
        source(("青川师范大学2022年信息公开工作报告", CENTRED), "统计期限为2022年1月1日至12月31日。", *ENDING)
    ).period

    assert (str(period.period.start), str(period.period.end)) == ("2022-01-01", "2022-12-31")


def test_a_short_span_in_the_text_is_no_period():
    text = "2023年3月1日至2023年3月31日，学校集中开展了信息公开宣传活动。"
    period = propose(source(TITLE, ("一、概述", BLACK), text, *ENDING)).period

    assert (str(period.period.start), period.is_assumed) == ("2022-09-01", True)


@pytest.mark.parametrize(
    "addressee", ["湖北省教育厅办公室：", "省教育厅:", "各学院、各部门：", "学校各位教职工、社会公众："]
)
def test_the_addressee_loses_its_colon(addressee):
    assert head(TITLE, addressee, LONG)["addressee"] == addressee.rstrip("：:")


def test_a_preamble_that_ends_with_a_colon_is_no_addressee():
    composed = head(TITLE, "根据省教育厅要求，现将有关情况报告如下：")

    assert "addressee" not in composed
    assert composed["preamble"] == "<p>根据省教育厅要求，现将有关情况报告如下：</p>"


RIGHT = {"alignment": "right"}


def signed(*blocks) -> dict:
    return compose(propose(source(TITLE, ("一、概述", BLACK), LONG, *ENDING, *blocks))).get("signature", {})


@pytest.mark.parametrize(
    "date",
    [
        "2023年10月30日",
        "2023 年 10 月 30 日",
        "二〇二三年十月三十日",
        "二０二三年十月三十日",
        "二O二三年十月三十日",
        "２０２３年１０月３０日",
        "二○二三年十月三十日",
        "2023.10.30",
        "2023-10-30",
    ],
)
def test_the_signature_with_its_date_in_every_form(date):
    both = {"organisation": "青川师范大学", "date": "2023-10-30"}

    assert signed(("青川师范大学", RIGHT), (date, RIGHT)) == both
    assert signed("青川师范大学", date) == both
    assert signed((date, RIGHT), ("青川师范大学", RIGHT)) == both
    assert signed((f"青川师范大学　{date}", RIGHT)) == both
    assert signed("青川师范大学（盖章）", date) == both


def test_a_signature_of_one_line():
    assert signed(("2023年10月30日", RIGHT)) == {"date": "2023-10-30"}
    assert signed("青川师范大学") == {"organisation": "青川师范大学"}
    assert signed(("党委办公室、校长办公室", RIGHT)) == {"organisation": "党委办公室、校长办公室"}


def test_a_date_that_no_calendar_has_is_no_date():
    assert "date" not in signed("青川师范大学", "2023年2月31日")


# --- the end ----------------------------------------------------------------------------------------------------------


def test_the_annex_note_is_left_out_over_all_its_lines():
    found = kinds(
        TITLE,
        ("一、概述", BLACK),
        LONG,
        *ENDING,
        "附件：1.清单事项公开情况表",
        "2.信息公开工作联系方式",
        "青川师范大学",
    )

    assert [kind for kind, _ in found[-3:]] == ["out", "out", "organisation"]


def test_an_annex_of_another_kind_is_kept_and_uncertain():
    proposal = propose(
        source(
            TITLE,
            ("一、概述", BLACK),
            LONG,
            *ENDING,
            ("2023年10月30日", RIGHT),
            ("附件1", BLACK),
            ("收费目录", CENTRED),
            LONG,
        )
    )

    assert [(block.place, block.is_certain) for block in proposal.blocks[-2:]] == [(SectionKey.OTHER, False)] * 2


def test_the_table_of_items_goes_to_proactive_disclosure():
    table = Table(
        rows=((cell("序号"), cell("公开事项"), cell("公开网址")), (cell("1"), cell("学校章程"), cell("http://a")))
    )
    proposal = propose(
        source(
            TITLE,
            ("一、概述", BLACK),
            LONG,
            *ENDING,
            ("2023年10月30日", RIGHT),
            ("附件1", BLACK),
            ("清单事项公开情况表", CENTRED),
            (table, {}),
        )
    )

    label, title, items = proposal.blocks[-3:]
    assert label.role is BlockRole.LEFT_OUT
    assert (title.place, items.place) == (SectionKey.PROACTIVE, SectionKey.PROACTIVE)
    assert "清单" in items.reason


def test_contacts_in_the_middle_of_a_report_are_found():
    table = Table(
        rows=((cell("姓名"), cell("职务"), cell("电话")), (cell("张一山"), cell("科员"), cell("0731-80000001")))
    )
    proposal = propose(source(TITLE, ("一、概述", BLACK), LONG, (table, {}), *ENDING))

    assert [one.name for one in proposal.contacts] == ["张一山"]


def test_numbers_of_the_annex_that_fit_nowhere_are_told():
    text = "联系人：张一山，手机：13800138000、13800138001、13800138002"
    proposal = propose(source(TITLE, ("一、概述", BLACK), LONG, *ENDING, text))

    assert proposal.contacts[0].mobile == "13800138000、13800138001"
    assert "13800138002" in proposal.notices[0]
