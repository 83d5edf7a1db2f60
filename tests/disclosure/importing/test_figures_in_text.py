"""Figures in running text: tables of invented sentences, one of them never tuned on, and five reports split by hand."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disclosure.importing.extract import find_figures
from disclosure.importing.proposal import BlockRole, ProposedBlock
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.richtext import from_text, to_text
from tests.disclosure.importing.figure_tables import block, cases, found_in, plain, score

ROOT = Path(__file__).resolve().parents[3]
REPORTS = sorted((ROOT.parent / "shared" / "reports").glob("*.json"))


TUNED = ("figures_tuned.txt", "figures_later.txt", "figures_last.txt")


@pytest.mark.parametrize(
    "case", [case for name in TUNED for case in cases(name)], ids=lambda case: f"{case.section}: {case.sentence[:24]}"
)
def test_a_sentence_gives_its_figures_and_no_others(case):
    assert found_in(case.section, case.sentence) == case.expected


def test_sentences_nobody_tuned_on_are_read_as_well_as_the_decision_says():
    """The measured values of docs/decisions/0052-finding-figures.md, which a change may better, not worsen."""
    right, wrong, missed = score("figures_unseen.txt")
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.96


def test_the_tables_hold_three_hundred_different_sentences():
    tables = [*TUNED, "figures_unseen.txt"]
    sentences = [(case.section, case.sentence) for name in tables for case in cases(name)]
    assert len(sentences) > 300
    assert len(set(sentences)) == len(sentences)


def blocks_of(document: dict) -> list[ProposedBlock]:
    """A report's sections as the blocks an import would propose."""
    blocks = []
    for key in MANDATED:
        section = document["sections"][key.value]
        if section["heading"]:
            blocks.append(block(key.value, from_text(section["heading"]), BlockRole.HEADING))
        for element in re.finditer(r"<(p|h3|h4|ul|ol|table)>.*?</\1>", section["body"], re.S):
            blocks.append(block(key.value, element[0]))
    return blocks


def truth_of(document: dict) -> set:
    """The figures of a report split by hand. 「1700余条」 stands there as 1700: whether it is approximate is left out."""
    figures = set()
    for key, section in document["sections"].items():
        for name, value in section["figures"].items():
            if name == "channels":
                figures |= {(key, name, channel["name"], channel["count"]) for channel in value}
            else:
                figures.add((key, name, "", value))
    return figures


@pytest.mark.skipif(not REPORTS, reason="../shared/reports, the five real reports, is not here")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:3])
def test_the_figures_of_a_real_report_are_proposed_and_no_others(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    found = {(figure.section.value, figure.key, *_named(figure.value)) for figure in find_figures(blocks_of(document))}
    assert found == truth_of(document)


def _named(value):
    if not isinstance(value, dict):
        return "", value
    # The text has 「通过官网发布学校要闻53条」; the name in the report split by hand is a gloss.
    return {"官网": "学校官网"}.get(value["name"], value["name"]), value["count"]


def test_a_figure_names_its_block_and_the_sentence_it_was_read_from():
    blocks = [
        block("overview", "<p>概况。</p>"),
        block("proactive", "<p>渠道畅通。通过学校官网发布信息1,286条。其余略。</p>"),
    ]
    (figure,) = find_figures(blocks)
    assert (figure.block, figure.sentence) == (1, "通过学校官网发布信息1,286条。")
    assert figure.value == {"channel": "website", "name": "学校官网", "count": 1286}


def test_what_is_left_out_or_belongs_to_no_section_gives_no_figure():
    sentence = "<p>通过学校官网发布信息1286条。</p>"
    left_out = ProposedBlock(html=sentence, text="", role=BlockRole.LEFT_OUT)
    preamble = ProposedBlock(html=sentence, text="", role=BlockRole.PREAMBLE, place=SectionKey.HEAD)
    experience = block("experience", sentence)
    heading = block("proactive", sentence, BlockRole.HEADING)
    assert find_figures([left_out, preamble, experience, heading]) == ()


def test_an_approximate_total_says_so_twice():
    total, flag = find_figures([block("proactive", "<p>全年主动公开信息近2000条。</p>")])
    assert (total.key, total.value, total.approximate) == ("total", 2000, True)
    assert (flag.key, flag.value) == ("total_is_approximate", True)


def test_one_figure_told_twice_is_proposed_once_and_two_values_of_one_figure_both():
    twice = [block("proactive", "<p>全年主动公开信息500条。</p>"), block("proactive", "<p>共公开信息500条。</p>")]
    assert [figure.value for figure in find_figures(twice)] == [500]
    unlike = [block("proactive", "<p>全年主动公开信息500条。</p>"), block("proactive", "<p>主动公开信息共520条。</p>")]
    assert [(figure.key, figure.value, figure.block) for figure in find_figures(unlike)] == [
        ("total", 500, 0),
        ("total", 520, 1),
    ]


def test_a_heading_tells_which_channel_its_paragraph_is_about():
    blocks = [block("proactive", "<h4>1.学校官网</h4>"), block("proactive", "<p>全年共发布信息760条。</p>")]
    assert [plain(figure)[2] for figure in find_figures(blocks)] == [("website:学校官网", 760)]


def test_a_total_told_in_the_overview_alone_is_proposed_for_its_section():
    overview = block("overview", "<p>本学年，学校主动公开信息1200余条，办学质量稳步提高。</p>")
    assert {plain(figure)[:3] for figure in find_figures([overview])} == {
        ("proactive", "total", 1200),
        ("proactive", "total_is_approximate", True),
    }
    own = block("proactive", "<p>全年主动公开信息1236条。</p>")
    assert [plain(figure)[:3] for figure in find_figures([overview, own]) if figure.key == "total"] == [
        ("proactive", "total", 1236)
    ]


def test_a_number_under_the_heading_of_a_subject_is_not_the_total():
    blocks = [block("proactive", "<h3>（二）财务信息</h3>"), block("proactive", "<p>本年度共公开信息35条。</p>")]
    assert find_figures(blocks) == ()


def test_complaints_denied_under_a_merged_heading_are_complaints_all_the_same():
    blocks = [
        block("evaluation", "<h3>四、评议及举报情况</h3>", BlockRole.HEADING),
        block("evaluation", "<p>无。</p>"),
    ]
    assert {plain(figure) for figure in find_figures(blocks)} == {
        ("complaints", key, 0, False) for key in ("reports", "reconsiderations", "lawsuits")
    }
    assert find_figures([block("evaluation", "<p>无。</p>")]) == ()


def test_where_complaints_were_counted_only_what_is_denied_is_nought():
    blocks = [
        block("complaints", "<p>本年度收到举报2件，均已办结。</p>"),
        block("complaints", "<p>没有发生行政诉讼。</p>"),
    ]
    assert {plain(figure)[1:3] for figure in find_figures(blocks)} == {
        ("reports", 2),
        ("reports_closed", 2),
        ("lawsuits", 0),
    }


def test_a_request_counted_anywhere_keeps_a_denial_from_emptying_the_table():
    blocks = [
        block("on_request", "<p>本年度收到信息公开申请3件，予以公开3件。</p>"),
        block("on_request", "<p>下半年未收到信息公开申请。</p>"),
    ]
    assert [plain(figure)[1:3] for figure in find_figures(blocks)] == [("received", 3), ("granted", 3), ("received", 0)]


def test_the_section_that_a_figure_belongs_to_is_heard_first():
    blocks = [
        block("on_request", "<p>未出现因信息公开遭到举报的情况。</p>"),
        block("complaints", "<p>未收到举报。</p>"),
    ]
    assert {figure.block for figure in find_figures(blocks)} == {1}


def test_a_long_sentence_is_shown_by_the_words_around_its_figure():
    (figure,) = find_figures([block("proactive", f"<p>{'学校重视信息公开工作，' * 40}公开信息504条。</p>")])
    assert figure.sentence.startswith("…")
    assert figure.sentence.endswith("公开信息504条。")
    assert len(figure.sentence) < 170


PIECES = (
    *("1条", "无", "未收到申请", "通过官网、", "公开信息", "一", "百", "1,111,", "1 111 ", "《", "《》", "（", "校内"),
    *("各类", "学校", "微信", "满意", "95%", "举报", "，", "其中", "零", "上年", "较", "第", "<", "如", "每", "QQ群、"),
)


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_is_read_in_time_that_grows_with_its_length(piece):
    blocks = [block(key.value, from_text(piece * (20_000 // len(piece)))) for key in MANDATED[:5]]
    started = time.process_time()
    find_figures(blocks)
    assert time.process_time() - started < 8


def test_every_value_is_one_that_a_report_may_hold():
    """A figure that the author takes goes into the interchange form as it is."""
    empty = {"schema": "disclosure-report/1", "province": {"code": "42", "name": "某省"}, "year": 2023}
    empty["school"] = {"slug": "mou", "name": "某学院"}
    for name in (*TUNED, "figures_unseen.txt"):
        for case in cases(name):
            for figure in find_figures([block(case.section, from_text(case.sentence))]):
                value = [figure.value] if figure.key in {"channels", "rules", "methods"} else figure.value
                *above, last = figure.key.split(".")
                figures = {last: value}
                for key in reversed(above):
                    figures = {key: figures}
                document = Document.model_validate(
                    empty | {"sections": {figure.section.value: {"figures": figures}}}
                ).to_json()
                assert document["sections"][figure.section.value]["figures"] == figures


def test_it_runs_without_django_being_set_up():
    program = (
        "from disclosure.importing.extract import find_figures\n"
        "from disclosure.importing.proposal import ProposedBlock\n"
        "block = ProposedBlock(html='<p>未收到信息公开申请。</p>', text='', role='text', place='on_request')\n"
        "print(len(find_figures([block])))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env={}, capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("6", 0), done.stderr


def test_the_words_of_a_block_are_read_line_by_line():
    html = "<ul><li>官网：1200条</li><li>微信公众号：300条</li></ul>"
    assert to_text(html).count("\n") == 2
    assert [figure.value["count"] for figure in find_figures([block("proactive", html)])] == [1200, 300]
