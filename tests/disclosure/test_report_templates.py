"""The report's own templates: every word in its order, three kinds of value apart, nothing of the page around it."""

import json
import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from disclosure.publishing.tags import figure_text
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, ContactRole
from disclosure.report.figures import Kind
from disclosure.richtext import to_text

REAL_REPORTS = sorted((settings.BASE_DIR.parent / "shared" / "reports").glob("*.json"))
real_report = pytest.mark.parametrize(
    "path",
    REAL_REPORTS
    or [pytest.param(None, marks=pytest.mark.skip(reason="the real reports are not beside the repository"))],
    ids=lambda path: path.stem if isinstance(path, Path) else "absent",
)


def make_document(**values) -> Document:
    sections = values.pop("sections", {})
    return Document.model_validate(
        {
            "schema": "disclosure-report/1",
            "province": {"code": "91", "name": "甲省"},
            "school": {"slug": "mingde", "name": "明德学院"},
            "year": 2023,
            "title": "明德学院2023年信息公开工作报告",
            "sections": {key: {"figures": figures} for key, figures in sections.items()},
        }
        | values
    )


def show(document: Document) -> str:
    return Template("{% load report %}{% report_document document %}").render(Context({"document": document}))


class _Rows(HTMLParser):
    """The rows of every table: the texts of its cells."""

    def __init__(self):
        super().__init__()
        self.rows = []
        self.is_inside = False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.is_inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.is_inside = False

    def handle_data(self, data):
        if self.is_inside:
            self.rows[-1][-1] += data


def rows(document: Document) -> list[list[str]]:
    parser = _Rows()
    parser.feed(show(document))
    return parser.rows


def words(html: str) -> str:
    """The text of a page without any white space."""
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", html)))


def pieces(document: Document) -> list[str]:
    """Every text of a report in the order of a report."""
    texts = [document.title, document.addressee, to_text(document.preamble)]
    for key in MANDATED:
        section = document.sections[key]
        texts += [section.heading, to_text(section.body)]
    texts += [document.signature.organisation]
    if day := document.signature.date:
        texts.append(f"{day.year}年{day.month}月{day.day}日")
    for contact in document.contacts:
        texts += [ContactRole(contact.role).label, contact.name, contact.position, contact.office_phone]
    return [re.sub(r"\s", "", text) for text in texts]


@real_report
def test_every_word_of_a_real_report_is_on_its_page_in_order(path):
    document = Document.model_validate(json.loads(path.read_text())).public()
    page, position = words(show(document)), 0
    for piece in pieces(document):
        found = page.find(piece, position)
        assert found >= 0, piece
        position = found + len(piece)


@real_report
def test_a_real_report_keeps_its_words_when_it_becomes_public(path):
    """Nothing but what privacy withholds may differ between the source and the public document."""
    source = Document.model_validate(json.loads(path.read_text()))
    assert pieces(source) == pieces(source.public())


def headings(document: Document) -> list[str]:
    return re.findall(r'<h2 class="report-heading" id="[a-z_]+-heading">(.*?)</h2>', show(document))


def test_headings_the_school_left_empty_are_the_mandated_ones():
    assert headings(make_document()) == [
        "一、概述",
        "二、主动公开情况",
        "三、依申请公开和不予公开情况",
        "四、对信息公开的评议情况",
        "五、因学校信息公开工作受到举报、复议、诉讼的情况",
        "六、主要经验、问题和改进措施",
        "七、其他需要报告的事项",
        "附件：信息公开工作联系方式",
    ]


def test_a_missing_heading_takes_no_numeral_among_the_schools_own():
    document = Document.model_validate(
        make_document().to_json() | {"sections": {"overview": {"heading": "一、总体情况"}}}
    )
    assert headings(document)[:2] == ["一、总体情况", "主动公开情况"]


def test_a_section_with_neither_text_nor_figures_says_so():
    contacts = [{"role": "leader", "name": "林"}]
    assert show(make_document(contacts=contacts)).count("本报告未包含此部分") == 7
    document = make_document(contacts=contacts, sections={"complaints": {"reports": 0}})
    assert show(document).count("本报告未包含此部分") == 6


@pytest.mark.parametrize(
    "typed", ["甲省教育厅办公室", "甲省教育厅办公室：", "甲省教育厅办公室:", "甲省教育厅办公室： "]
)
def test_the_addressee_ends_with_one_full_width_colon(typed):
    assert '<p class="report-addressee">甲省教育厅办公室：</p>' in show(make_document(addressee=typed))


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0, Kind.COUNT, "0"),
        (None, Kind.COUNT, "未填"),
        ("n/a", Kind.COUNT, "不适用"),
        (2000, Kind.COUNT, "2000"),
        (Decimal("12.5"), Kind.YUAN, "12.50"),
        (Decimal("0"), Kind.YUAN, "0.00"),
        (Decimal("100.0"), Kind.PERCENT, "100"),
        (Decimal("97.5"), Kind.PERCENT, "97.5"),
        (Decimal("14.0"), Kind.DAYS, "14"),
    ],
)
def test_zero_empty_and_not_applicable_are_told_apart(value, kind, text):
    assert figure_text(value, kind) == text


def test_single_figures_leave_out_what_is_empty_and_keep_zero():
    document = make_document(
        sections={"overview": {"training_sessions": 0, "training_staff": "n/a", "liaison_staff": 15}}
    )
    assert rows(document) == [
        ["项目", "数值", "单位"],
        ["信息公开培训", "0", "次"],
        ["参加培训的人员", "不适用", ""],
        ["信息公开联络员", "15", "人"],
    ]


def test_a_total_without_channels_says_that_it_is_approximate():
    document = make_document(sections={"proactive": {"total": 1000, "total_is_approximate": True}})
    assert rows(document) == [["项目", "数值", "单位"], ["主动公开信息总数", "约 1000", "条"]]


def test_the_channels_are_added_up_where_no_total_is_stated():
    channels = [
        {"channel": "website", "count": 53},
        {"channel": "wechat", "name": "明德", "count": 120, "approximate": True},
    ]
    assert rows(make_document(sections={"proactive": {"channels": channels}})) == [
        ["渠道", "名称", "数量（条）"],
        ["官网", "", "53"],
        ["微信公众号", "明德", "约 120"],
        ["各渠道之和（学校未填报合计）", "约 173"],
    ]


def test_a_stated_total_stands_with_its_reason():
    figures = {"channels": [{"name": "官网", "count": 5}, {"name": "校报"}], "total": 9, "total_reason": "另有公告"}
    document = make_document(sections={"proactive": figures})
    assert rows(document) == [["渠道", "数量（条）"], ["官网", "5"], ["校报", "未填"], ["合计", "9"]]
    assert "合计与各渠道之和不一致的原因：另有公告" in show(document)


def test_a_reason_without_a_total_is_no_reason_for_a_difference():
    channels = [{"name": "官网", "count": 5}, {"name": "校报", "count": 4}]
    page = show(make_document(sections={"proactive": {"channels": channels, "total_reason": "两处重复"}}))
    assert '<p class="report-figures-note">总数说明：两处重复</p>' in page


def test_requests_without_applicants_are_one_column_without_empty_rows():
    document = make_document(sections={"on_request": {"received": 3, "granted": 0, "refused_by": {"privacy": 1}}})
    assert rows(document) == [["项目", "件数"], ["本期新收", "3"], ["予以公开", "0"], ["涉及个人隐私", "1"]]


def test_requests_by_applicant_say_which_cell_is_empty():
    figures = {"received": 3, "by_applicant": {"campus": {"received": 2}, "individual": {"received": "n/a"}}}
    assert rows(make_document(sections={"on_request": figures})) == [
        ["项目", "校内师生员工", "校外个人", "法人或其他组织", "合计"],
        ["本期新收", "2", "不适用", "未填", "3"],
    ]


def test_cases_show_their_outcomes_where_one_is_known():
    figures = {"reconsiderations": 1, "reconsiderations_by": {"upheld": 1}, "lawsuits": 0}
    assert rows(make_document(sections={"complaints": figures})) == [
        ["类别", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
        ["行政复议", "1", "未填", "未填", "未填", "1"],
        ["行政诉讼", "未填", "未填", "未填", "未填", "0"],
    ]


def test_the_public_contacts_have_no_column_for_what_is_private():
    contact = {
        "role": "leader",
        "name": "林",
        "office_phone": "0000-0000001",
        "mobile": "10000000001",
        "email": "a@qq.com",
    }
    document = make_document(contacts=[contact])
    assert rows(document)[0] == ["联系人", "姓名", "办公电话", "移动电话", "电子邮箱"]
    assert rows(document.public()) == [["联系人", "姓名", "办公电话"], ["学校分管领导", "林", "0000-0000001"]]


def test_a_report_without_contacts_has_no_annex_and_says_so():
    page = show(make_document())
    assert "附件1" not in page
    assert "附件：1." not in page
    annex = page[page.index("附件：信息公开工作联系方式") :]
    assert "本报告未包含此部分" in annex


def test_a_file_that_is_read_in_again_says_nothing_of_a_missing_annex():
    template = Template("{% load report %}{% report_document document is_complete=True %}")
    assert "联系方式" not in template.render(Context({"document": make_document()}))


def test_the_signature_bears_the_date_without_leading_zeros():
    document = make_document(signature={"organisation": "明德学院", "date": "2023-01-07"})
    assert '<p class="report-signature-date">2023年1月7日</p>' in show(document)


def test_a_rule_links_to_its_text():
    rules = [{"name": "信息公开办法", "number": "校办〔2023〕5号", "url": "https://example.edu.cn/a?b=1&c=2"}]
    page = show(make_document(sections={"overview": {"rules": rules}}))
    assert '<a href="https://example.edu.cn/a?b=1&amp;c=2">信息公开办法</a>' in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.cn", "example.cn"])
def test_only_a_web_address_becomes_a_link(url):
    page = show(make_document(sections={"overview": {"rules": [{"name": "信息公开办法", "url": url}]}}))
    assert '<th scope="row">信息公开办法</th>' in page


def test_what_is_typed_as_markup_into_a_plain_field_shows_as_text():
    page = show(make_document(title="<b>粗</b>", addressee="<i>", signature={"organisation": "<script>x</script>"}))
    assert "<b>" not in page
    assert "<script>" not in page
    assert "&lt;b&gt;粗&lt;/b&gt;" in page
