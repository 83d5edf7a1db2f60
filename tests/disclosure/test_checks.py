"""The checks before submission: each rule on the fault it was made for, and on a report without faults."""

import dataclasses
from datetime import date, timedelta

import pytest

from disclosure import checks
from disclosure.checks.base import RULES, Context, run
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey, Severity
from disclosure.report.figures import REQUEST_ROWS
from tests.factories import full_document, latest_year

YEAR = latest_year()
PERIOD = (date(YEAR - 1, 9, 1), date(YEAR, 8, 31))
TODAY = date(YEAR, 11, 1)
CONTEXT = Context(period=PERIOD, today=TODAY)

HEAD, OVERVIEW, PROACTIVE, ON_REQUEST = (
    SectionKey.HEAD,
    SectionKey.OVERVIEW,
    SectionKey.PROACTIVE,
    SectionKey.ON_REQUEST,
)
EVALUATION, COMPLAINTS, OTHER, CONTACTS = (
    SectionKey.EVALUATION,
    SectionKey.COMPLAINTS,
    SectionKey.OTHER,
    SectionKey.CONTACTS,
)


def requests(**figures):
    return full_document(
        sections__on_request__figures={"received": 0} | figures, sections__on_request__body="<p>申请的办理见下表。</p>"
    )


def proactive(**figures):
    return full_document(sections__proactive__figures=figures)


def complaints(**figures):
    return full_document(
        sections__complaints__figures={"reports": 0, "reconsiderations": 0, "lawsuits": 0} | figures,
        sections__complaints__body="<p>举报、复议、诉讼的情况见下表。</p>",
    )


def people(*changes):
    """The contacts of the full report, each with its change; None takes one away."""
    contacts = full_document().to_json()["contacts"]
    return full_document(
        contacts=[one | change for one, change in zip(contacts, changes, strict=True) if change is not None]
    )


def person(**change):
    return people(change, {}, {})


# Rule → documents with its fault, and where and with which words it must be found. A rule without a line here fails.
FAULTS = {
    "no_blank_is_left": [
        (full_document(title="甲省明德学院【待填】年信息公开工作报告"), HEAD, "title", "报告标题里还有 1 处【待填】"),
        (full_document(preamble="<p>【待填】年，【待填】</p>"), HEAD, "preamble", "引言里还有 2 处【待填】"),
        (full_document(signature={"organisation": "【待填】"}), HEAD, "signature_organisation", "落款单位"),
        (
            full_document(sections__proactive__body="<p>信息<strong>【待填】</strong>条</p>"),
            PROACTIVE,
            "body",
            "第二部分「主动公开情况」的正文里还有 1 处【待填】，请改成今年的内容",
        ),
        (full_document(sections__other__heading="七、【待填】年其他事项"), OTHER, "heading", "标题"),
        (
            full_document(sections__overview__figures__rules=[{"name": "办法", "number": "〔【待填】〕3号"}]),
            OVERVIEW,
            "rules-0-name",
            "第1项制度",
        ),
        (proactive(channels=[{"name": "【待填】"}]), PROACTIVE, "channels-0-name", "第1个渠道"),
        (proactive(total_reason="【待填】"), PROACTIVE, "total_reason", "原因"),
        (full_document(sections__evaluation__figures__methods=["【待填】"]), EVALUATION, "methods", "评议方式"),
        (person(position="【待填】"), CONTACTS, "people-0-name", "学校分管领导"),
    ],
    "head_is_complete": [
        (full_document(title=""), HEAD, "title", "报告标题"),
        (full_document(period={}), HEAD, "period_start", "开始日期"),
        (full_document(period={}), HEAD, "period_end", "结束日期"),
        (full_document(preamble="<p>&nbsp;</p>"), HEAD, "preamble", "引言"),
        (full_document(signature={}), HEAD, "signature_organisation", "落款单位"),
        (full_document(signature={}), HEAD, "signature_date", "落款日期"),
    ],
    "confidentiality_review_is_confirmed": [
        (full_document(confidentiality_review={}), HEAD, "confidentiality_reviewer", "由谁审查"),
        (full_document(confidentiality_review={}), HEAD, "confidentiality_date", "日期"),
        (full_document(confidentiality_review={"date": TODAY}), HEAD, "confidentiality_reviewer", "由谁审查"),
    ],
    "confidentiality_review_has_a_likely_date": [
        (
            full_document(confidentiality_review={"reviewer": "周保密", "date": day}),
            HEAD,
            "confidentiality_date",
            words,
        )
        for day, words in (
            (TODAY + timedelta(days=1), "还没有到"),
            (PERIOD[1] - timedelta(days=1), "早于统计期限结束的日期"),
        )
    ],
    "mandated_sections_are_written": [
        (full_document(**{f"sections__{key.value}__body": ""}), key, "body", "还没有正文") for key in MANDATED
    ],
    "key_figures_are_filled_in": [
        (full_document(sections__on_request__figures={}), ON_REQUEST, "total-received", "没有发生请填 0"),
        (complaints(reports=None), COMPLAINTS, "reports", "举报"),
        (complaints(reconsiderations=None), COMPLAINTS, "reconsiderations", "行政复议"),
        (complaints(lawsuits=None), COMPLAINTS, "lawsuits", "行政诉讼"),
    ],
    "comparable_figures_are_filled_in": [
        (proactive(), PROACTIVE, "total", "数量"),
        (full_document(sections__evaluation__figures={}), EVALUATION, "satisfaction_percent", "不适用"),
    ],
    "mandated_contacts_are_named": [
        (people({}, {}, None), CONTACTS, "", "工作联系人"),
        (people({}, {"office_phone": ""}, {}), CONTACTS, "people-1-office_phone", "部门负责人的办公电话"),
        (people({"name": ""}, {}, {}), CONTACTS, "people-0-name", "学校分管领导的姓名"),
        (people({}, {}, {"position": ""}), CONTACTS, "people-2-position", "工作联系人的职务"),
    ],
    "requests_balance": [
        (requests(received=3, granted=2, carried_out=0), ON_REQUEST, "total-received", "相差 1 件"),
        (requests(received=3), ON_REQUEST, "total-received", "相差 3 件"),
        (requests(received=1, granted=2), ON_REQUEST, "total-received", "相差 1 件"),
        (requests(received=1, carried_in=1, granted=1), ON_REQUEST, "total-received", "收到 2 件"),
        (
            requests(
                received=2,
                granted=2,
                by_applicant={"campus": {"received": 2, "granted": 1}, "individual": {"granted": 1}},
            ),
            ON_REQUEST,
            "campus-received",
            "「校内师生员工」一列",
        ),
    ],
    "rows_of_requests_add_up": [
        (
            requests(
                received=3,
                granted=3,
                by_applicant={"campus": {"received": 2, "granted": 2}},
            ),
            ON_REQUEST,
            f"total-{key}",
            "相加是 2 件",
        )
        for key in ("received", "granted")
    ],
    "refusals_have_their_grounds": [
        (
            requests(received=2, refused=2, refused_by={"state_secret": 1}),
            ON_REQUEST,
            "total-refused",
            "四类原因相加是 1 件",
        ),
    ],
    "channels_add_up": [
        (proactive(channels=[{"channel": "website", "count": 700}], total=800), PROACTIVE, "total", "相加是 700 条"),
    ],
    "approximate_totals_come_near": [
        (
            proactive(channels=[{"channel": "website", "count": 700}], total=2000, total_is_approximate=True),
            PROACTIVE,
            "total",
            "超过一成",
        ),
    ],
    "cases_add_up": [
        (complaints(lawsuits=2, lawsuits_by={"upheld": 1}), COMPLAINTS, "lawsuits", "行政诉讼总计填了 2 件"),
        (
            complaints(reconsiderations=0, reconsiderations_by={"pending": 1}),
            COMPLAINTS,
            "reconsiderations",
            "行政复议",
        ),
    ],
    "parts_do_not_exceed_their_whole": [
        (proactive(total=1, items_listed=50, items_not_applicable=51), PROACTIVE, "items_not_applicable", "多于"),
        (requests(mean_days=9, longest_days=8.5), ON_REQUEST, "mean_days", "9"),
    ],
    "complaints_closed_were_received": [
        (complaints(reports=1, reports_upheld=2), COMPLAINTS, "reports_upheld", "多于"),
        (complaints(reports=1, reports_closed=2), COMPLAINTS, "reports_closed", "上年结转"),
    ],
    "satisfaction_is_a_percentage": [
        (
            full_document(sections__evaluation__figures={"responses": 10, "satisfaction_percent": 197.5}),
            EVALUATION,
            "satisfaction_percent",
            "0 到 100",
        ),
    ],
    "satisfaction_says_how_many_were_asked": [
        (
            full_document(sections__evaluation__figures={"satisfaction_percent": 95}),
            EVALUATION,
            "responses",
            "份数",
        ),
    ],
    "period_runs_forward": [
        # Report of 2023: 「2022年8月31日起至2023年9月1日」 the other way round.
        (full_document(period={"start": PERIOD[1], "end": PERIOD[0]}), HEAD, "period_end", "早于开始日期"),
    ],
    "period_is_over": [
        (
            full_document(period={"start": TODAY - timedelta(days=300), "end": TODAY + timedelta(days=1)}),
            HEAD,
            "period_end",
            "还没有到",
        ),
    ],
    "period_is_about_a_year": [
        (
            full_document(period={"start": PERIOD[0] - timedelta(days=61), "end": PERIOD[1]}),
            HEAD,
            "period_end",
            "426 天",
        ),
    ],
    "period_is_the_campaigns": [
        (
            full_document(period={"start": PERIOD[0], "end": PERIOD[1] - timedelta(days=1)}),
            HEAD,
            "period_start",
            "与填报任务要求的",
        ),
    ],
    "signature_follows_the_period": [
        (full_document(signature={"organisation": "某校", "date": PERIOD[0]}), HEAD, "signature_date", "早于统计期限"),
        (
            full_document(signature={"organisation": "某校", "date": PERIOD[1] + timedelta(days=400)}),
            HEAD,
            "signature_date",
            "晚了 400 天",
        ),
    ],
    "no_mobiles_or_resident_ids": [
        (full_document(preamble="<p>电话138<b>0013</b>8000</p>"), HEAD, "preamble", "138****8000"),
        (full_document(sections__other__body="<p>身份证11010519491231002X</p>"), OTHER, "body", "110105********002X"),
        (full_document(title="报告，联系13800138000"), HEAD, "title", "138****8000"),
        (people({}, {"position": "主任13800138000"}, {}), CONTACTS, "people-1-position", "部门负责人的职务"),
    ],
    "texts_hold_no_personal_data": [
        (full_document(preamble="<p>邮箱10000@qq.com</p>"), HEAD, "preamble", "@qq.com"),
        # Digits of an address may be anything.
        (full_document(sections__other__body="<p>见https://a.cn/s?sn=13800138000f7</p>"), OTHER, "body", "手机号码"),
        (full_document(sections__other__body="<p>合同编号13800138000</p>"), OTHER, "body", "手机号码"),
    ],
    "lines_hold_no_personal_data": [
        (full_document(sections__other__heading="其他 a@qq.com"), OTHER, "heading", "*@qq.com"),
        (
            full_document(sections__overview__figures__rules=[{"name": "细则", "url": "https://a.cn/?m=a%40qq.com"}]),
            OVERVIEW,
            "rules-0-url",
            "不会公开",
        ),
    ],
    "texts_can_be_set": [
        (full_document(preamble="字" * 50_001), HEAD, "preamble", "最多 50000 字"),
        (full_document(sections__other__body="<p>项</p>" * 6_001), OTHER, "body", "最多 6000 个"),
    ],
    "office_phones_are_no_mobiles": [
        (people({}, {"office_phone": "138 0013 8000"}, {}), CONTACTS, "people-1-office_phone", "手机号码"),
    ],
}


def found(document, context=CONTEXT):
    return [(finding.rule, finding.section, finding.field) for finding in run(document, context)]


def test_a_full_report_has_no_fault():
    assert run(full_document(), CONTEXT) == []


@pytest.mark.parametrize(
    ("rule", "document", "section", "field", "words"),
    [(rule, *fault) for rule, faults in FAULTS.items() for fault in faults],
    ids=[f"{rule}-{index}" for rule, faults in FAULTS.items() for index, _ in enumerate(faults)],
)
def test_a_rule_finds_its_fault(rule, document, section, field, words):
    sentences = [
        finding.sentence
        for finding in run(document, CONTEXT)
        if (finding.rule, finding.section, finding.field) == (rule, section, field)
    ]
    assert len(sentences) == 1
    assert words in sentences[0]


def test_words_where_a_number_belongs_block():
    context = dataclasses.replace(CONTEXT, unparsed={PROACTIVE: {"total": "近2000条"}})
    assert [(finding.section, finding.field, finding.blocks) for finding in run(full_document(), context)] == [
        (PROACTIVE, "total", True)
    ]


def test_text_taken_over_blocks_until_it_was_looked_through():
    context = dataclasses.replace(CONTEXT, carried={HEAD: 2024, OTHER: 2024})
    assert [(finding.section, finding.rule, finding.blocks) for finding in run(full_document(), context)] == [
        (HEAD, "carried_text_was_looked_through", True),
        (OTHER, "carried_text_was_looked_through", True),
    ]
    sentence = run(full_document(), context)[1].sentence
    assert sentence.startswith("第七部分「其他需要报告的事项」沿用了2024年报告的文字，还没有更新。")
    assert "内容仍然适用，确认" in sentence


def test_blanks_are_asked_for_once_where_the_part_was_taken_over():
    context = dataclasses.replace(CONTEXT, carried={OTHER: 2024})
    document = full_document(sections__other__body="<p>【待填】年无其他事项。</p>")
    assert [finding.rule for finding in run(document, context)] == ["no_blank_is_left"]


def test_every_rule_is_tried_and_says_why():
    from tests.disclosure.test_checks_of_texts import FAULTS_OF_TEXTS

    assert {rule.name for rule in RULES} == {
        *FAULTS,
        *FAULTS_OF_TEXTS,
        "everything_typed_is_readable",
        "carried_text_was_looked_through",
    }
    assert [rule.name for rule in RULES if not rule.find.__doc__.startswith("WHY: ")] == []


def test_an_empty_report_is_told_all_that_is_missing_and_nothing_else():
    empty = Document.model_validate(
        full_document().to_json()
        | {"title": "", "preamble": "", "period": {}, "signature": {}, "contacts": [], "sections": {}}
        | {"confidentiality_review": {}}
    )
    assert {rule for rule, _, _ in found(empty)} == {
        "head_is_complete",
        "confidentiality_review_is_confirmed",
        "mandated_sections_are_written",
        "key_figures_are_filled_in",
        "comparable_figures_are_filled_in",
        "mandated_contacts_are_named",
    }


def test_a_report_of_a_past_year_may_lack_anything():
    empty = Document.model_validate(full_document().to_json() | {"contacts": [], "sections": {}, "period": {}})
    assert run(empty, dataclasses.replace(CONTEXT, backfilled=True)) == []


@pytest.mark.parametrize(
    ("figures", "is_a_fault"),
    [
        ({"received": 3}, False),
        ({"received": 3, "granted": 2}, False),
        ({"received": 3, "granted": 4}, False),  # what was carried in is not said
        ({"received": 3, "carried_in": 0, "granted": 4}, True),
        ({key.key: 0 for key in REQUEST_ROWS if key.level == 0} | {"received": 1}, True),
    ],
)
def test_a_report_of_a_past_year_is_held_to_what_it_says_alone(figures, is_a_fault):
    rules = [rule for rule, _, _ in found(requests(**figures), dataclasses.replace(CONTEXT, backfilled=True))]
    assert rules == ["requests_balance"] * is_a_fault


@pytest.mark.parametrize(
    "document",
    [
        requests(received="n/a", carried_in="n/a"),
        requests(received=0),
        requests(received=2, granted=1, carried_out=1, refused="n/a"),
        proactive(channels=[{"channel": "website", "count": 700}], total=800, total_reason="其余为纸质材料"),
        proactive(channels=[{"channel": "website", "count": 1940, "approximate": True}], total=2000),
        proactive(channels=[{"channel": "website"}], total=2000),
        proactive(total="n/a"),
        complaints(reports=2, reports_upheld="n/a", reports_closed=2),
        complaints(lawsuits=2, lawsuits_by={"upheld": 1, "pending": 1, "other": "n/a"}),
        full_document(sections__evaluation__figures={"satisfaction_percent": "n/a"}),
        full_document(
            sections__evaluation__figures={"responses": 0, "satisfaction_percent": 100},
            sections__evaluation__body="<p>评议的结果见下表。</p>",
        ),
        full_document(sections__complaints__body="<p>没有收到举报，没有行政复议和行政诉讼。</p>"),
        full_document(period={"start": PERIOD[0], "end": PERIOD[1]}),
    ],
)
def test_what_is_right_is_left_alone(document):
    assert run(document, CONTEXT) == []


def test_findings_come_in_report_order_with_errors_first():
    document = full_document(
        title="",
        period={"start": PERIOD[0], "end": PERIOD[1] - timedelta(days=1)},
        sections__complaints__figures={},
        sections__evaluation__figures={},
    )
    assert [(finding.section, finding.severity) for finding in run(document, CONTEXT)] == [
        (HEAD, Severity.ERROR),
        (HEAD, Severity.WARNING),
        (EVALUATION, Severity.WARNING),
        (COMPLAINTS, Severity.ERROR),
        (COMPLAINTS, Severity.ERROR),
        (COMPLAINTS, Severity.ERROR),
    ]


def test_errors_block_and_warnings_ask():
    assert [finding.blocks for finding in checks.run(full_document(title=""), CONTEXT)] == [True]
    assert [finding.blocks for finding in checks.run(proactive(), CONTEXT)] == [False]
