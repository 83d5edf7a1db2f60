"""A sum of the portal's is nowhere shown as what a school has stated: page, preview, PDF, Word, web file, data file."""

import io
import json
import re
from decimal import Decimal
from html import unescape

import docx
import pytest
from django.template import Context, Template
from docx.oxml.ns import qn
from hypothesis import given, settings

from disclosure.publishing.rendering import pdf, web_file, word
from disclosure.report.diff import figures_beside
from disclosure.report.document import Document, ProactiveFigures
from disclosure.report.enums import SectionKey, Status
from disclosure.report.figures import RECKONED_TOTAL
from disclosure.report.totals import channel_total
from disclosure.review.tags import figure_value
from tests import factories, strategies
from tests.factories import full_document
from tests.pdf import Paper
from tests.shared import real_reports

# Between two pieces that stand apart: cells, lines, words in two fonts.
APART = "\x1f"
NO_TOTAL = {"channels": [{"channel": "website", "count": 53}, {"channel": "wechat", "count": 122}]}


def page_text(document: Document) -> str:
    html = Template("{% load report %}{% report_document document %}").render(Context({"document": document}))
    return unescape(re.sub(r"<[^>]*>", APART, html))


def web_file_text(document: Document) -> str:
    html = web_file.render(document, "https://example.cn/", "今天").decode()
    return unescape(re.sub(r"<[^>]*>", APART, html[html.index("<article") : html.index("</article>")]))


def pdf_text(document: Document) -> str:
    paper = Paper(pdf.render(document))
    return APART.join(run.text for runs in paper.pages for run in runs if not run.is_artifact)


def word_text(document: Document) -> str:
    file = docx.Document(io.BytesIO(word.render(document)))
    paragraphs = file.element.body.iter(qn("w:p"))
    return APART.join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in paragraphs)


OUTPUTS = {"page": page_text, "web file": web_file_text, "PDF": pdf_text, "Word": word_text}
outputs = pytest.mark.parametrize("output", list(OUTPUTS))


def numbers(text: str) -> set[Decimal]:
    return {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text, re.ASCII)}


def unmarked(text: str) -> str:
    """``text`` without the numbers that are called sums, and those of the annex."""
    apart = f"[{APART}\\s]*"
    for words in (RECKONED_TOTAL, "之和为", "之和约"):
        text = re.sub(apart.join(map(re.escape, words)) + f"{apart}(?:约{apart})?\\d+", APART, text)
    return re.sub(f"附{apart}件{apart}：?{apart}1", APART, text)


def foreign_numbers(document: Document, output: str) -> set[Decimal]:
    """The numbers that ``output`` shows as the school's, and that its document does not hold."""
    return numbers(unmarked(OUTPUTS[output](document))) - numbers(json.dumps(document.to_json(), ensure_ascii=False))


@outputs
@real_reports
def test_every_number_of_a_real_report_stands_in_it_or_is_called_a_sum(path, output):
    document = Document.model_validate(json.loads(path.read_text(encoding="utf-8"))).public()
    assert foreign_numbers(document, output) == set()


@settings(max_examples=40)
@given(strategies.documents())
def test_every_number_of_any_page_stands_in_the_report_or_is_called_a_sum(document):
    assert foreign_numbers(document, "page") == set()


@outputs
def test_a_sum_is_called_one_and_never_a_total(output):
    text = OUTPUTS[output](full_document(sections__proactive__figures=NO_TOTAL)).replace(APART, "")
    assert re.sub(r"\s", "", text).count(f"{RECKONED_TOTAL}175") == 1
    assert "合计175" not in re.sub(r"\s", "", text)


@outputs
def test_a_total_that_its_channels_contradict_says_so(output):
    document = full_document(sections__proactive__figures=NO_TOTAL | {"total": 200})
    text = re.sub(r"\s", "", OUTPUTS[output](document).replace(APART, ""))
    assert text.count("学校填报的合计为200条，各渠道之和为175条，两者不一致，报告没有说明原因。") == 1


@pytest.mark.parametrize(
    ("figures", "note"),
    [
        ({"total": 175}, ""),
        ({"total": 200, "total_reason": "另有公告"}, ""),
        ({"total": "n/a"}, ""),
        ({"total": 180, "total_is_approximate": True}, "学校填报的合计约 180 条，各渠道之和为 175 条。"),
        (
            {"total": 300, "total_is_approximate": True},
            "学校填报的合计约 300 条，各渠道之和为 175 条，两者不一致，报告没有说明原因。",
        ),
        (
            {"total": 180, "channels": [{"count": 170}, {"count": 5, "approximate": True}]},
            "学校填报的合计为 180 条，各渠道之和约 175 条。",
        ),
        ({"total": 180, "channels": [{"count": 170}, {"name": "校报"}]}, ""),
        (
            {"total": 160, "channels": [{"count": 170}, {"name": "校报"}]},
            "学校填报的合计为 160 条，各渠道之和为 170 条，两者不一致，报告没有说明原因。",
        ),
    ],
)
def test_what_is_said_of_a_total_beside_its_channels(figures, note):
    assert notes(sections__proactive__figures=NO_TOTAL | figures) == ([note] if note else [])


def test_the_totals_of_requests_and_cases_are_held_against_their_parts():
    requests = {
        "received": 5,
        "refused": 2,
        "refused_by": {"state_secret": 0, "trade_secret": 0, "privacy": 1, "other_rule": 0},
        "by_applicant": {name: {"received": 1} for name in ("campus", "individual", "organisation")},
    }
    cases = {"lawsuits": 2, "lawsuits_by": {"upheld": 1, "corrected": 0, "other": "n/a", "pending": 0}}
    assert notes(sections__on_request__figures=requests, sections__complaints__figures=cases) == [
        "学校填报的「本期新收」的合计为 5 件，各类申请人之和为 3 件，两者不一致，报告没有说明原因。",
        "学校填报的「不予公开」（合计）为 2 件，四类理由之和为 1 件，两者不一致，报告没有说明原因。",
        "学校填报的「行政诉讼」的总计为 2 件，各种结果之和为 1 件，两者不一致，报告没有说明原因。",
    ]


def notes(**changes) -> list[str]:
    html = Template("{% load report %}{% report_document document %}").render(
        Context({"document": full_document(**changes)})
    )
    found = re.findall(r'<p class="report-figures-note">(.*?)</p>', html)
    return [note for note in found if note.startswith("学校填报的")]


@pytest.mark.parametrize(
    ("channels", "is_reckoned", "total", "is_approximate"),
    [
        ([{"count": 53}, {"count": 122}], True, 175, False),
        ([{"count": 53}, {"count": 122, "approximate": True}], True, 175, True),
        ([{"count": 53}, {"count": 2}, {"count": "n/a"}], True, 55, False),
        ([{"count": 53}], False, 53, False),
        ([{"count": 53}, {"count": 2}, {"name": "校报"}], False, 55, False),
        ([{"count": 53}, {"name": "", "count": None}], False, 53, False),
        ([], False, None, False),
    ],
)
def test_a_sum_takes_the_place_of_a_total_where_every_part_is_known(channels, is_reckoned, total, is_approximate):
    found = channel_total(ProactiveFigures.model_validate({"channels": channels}))
    assert (found.is_reckoned, found.sum, found.sum_is_approximate) == (is_reckoned, total, is_approximate)


def test_the_reviewers_table_marks_a_sum_beside_a_stated_total():
    old, new = full_document(), full_document(sections__proactive__figures=NO_TOTAL)
    (change,) = [one for one in figures_beside(old, new, SectionKey.PROACTIVE) if one.label == "主动公开信息总数"]
    assert (figure_value(change.old), figure_value(change.new)) == ("1200", "175（各渠道之和）")


def test_the_data_file_holds_no_total_where_none_is_stated(client, school, campaign):
    document = full_document(school, campaign.year, sections__proactive__figures=NO_TOTAL)
    factories.make_report(school, campaign, Status.PUBLISHED, document=document)
    address = f"/schools/{school.slug}/{campaign.year}/"
    figures = client.get(f"{address}report.json").json()["sections"]["proactive"]["figures"]
    assert figures == {"channels": [{"channel": "website", "count": 53}, {"channel": "wechat", "count": 122}]}
    assert RECKONED_TOTAL in client.get(address).content.decode()
