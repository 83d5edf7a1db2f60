"""The school's score of its own report: every point can be lost and won, and mending never costs one."""

import copy
import dataclasses
import io
import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from bench import checks as bench
from bench.faults import FAULTS, Case
from disclosure import checks
from disclosure.checks import RULES, Context, Finding
from disclosure.drafting.loading import load
from disclosure.evaluation import Judged, judge
from disclosure.evaluation.score import CRITERIA, Dimension, Times, base, criterion_of, score, score_of
from disclosure.models import Answer, Publication, Waiver
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity, Status
from tests import factories, strategies
from tests.factories import full_document, latest_year
from tests.word import texts

YEAR = latest_year()
PERIOD = (date(YEAR - 1, 9, 1), date(YEAR, 8, 31))
CLOSES = date(YEAR, 10, 31)
IN_TIME = Times(CLOSES, today=date(YEAR, 11, 1), handed_in=CLOSES)
CONTEXT = Context(period=PERIOD, today=date(YEAR, 11, 1))
POINTS = {criterion.key: criterion.points for criterion in CRITERIA}

HEAD, OVERVIEW, PROACTIVE, ON_REQUEST = (
    SectionKey.HEAD,
    SectionKey.OVERVIEW,
    SectionKey.PROACTIVE,
    SectionKey.ON_REQUEST,
)
EVALUATION, COMPLAINTS, EXPERIENCE = SectionKey.EVALUATION, SectionKey.COMPLAINTS, SectionKey.EXPERIENCE
OTHER, CONTACTS = SectionKey.OTHER, SectionKey.CONTACTS

EMPTY = Document.model_validate(
    full_document().to_json()
    | {"title": "", "preamble": "", "period": {}, "signature": {}, "contacts": [], "sections": {}}
    | {"confidentiality_review": {}}
)


def judged(document, context=CONTEXT):
    return [Judged(finding) for finding in checks.run(document, context)]


def scored(document, times=IN_TIME, context=CONTEXT):
    return score(document, judged(document, context), times)


def marks(result):
    return {mark.criterion.key: mark for dimension in result.dimensions for mark in dimension.marks}


def explained(one):
    return dataclasses.replace(one, answer=Answer(key=one.finding.key, reason="情况属实。"))


def waived(one, is_granted=True):
    return dataclasses.replace(one, waiver=Waiver(key=one.finding.key, reason="同意。", is_granted=is_granted))


# --- what the points are made of --------------------------------------------------------------------------------------


def test_the_points_of_the_criteria_are_a_hundred():
    assert sum(POINTS.values()) == 100
    assert len(POINTS) == len(CRITERIA)
    by_dimension = {
        dimension: sum(one.points for one in CRITERIA if one.dimension is dimension) for dimension in Dimension
    }
    assert by_dimension == {
        Dimension.COMPLETENESS: 40,
        Dimension.ACCURACY: 30,
        Dimension.FORM: 18,
        Dimension.TIMELINESS: 12,
    }


def test_every_rule_costs_points_somewhere():
    assert {criterion_of(rule) for rule in RULES} <= POINTS.keys()
    named = {*base._BY_NAME}
    assert named <= {rule.name for rule in RULES}, "a rule that is gone"
    assert {*base._BY_SUBJECT} <= {rule.group for rule in RULES}, "a subject that is gone"


def test_a_report_without_faults_that_came_in_time_has_all_points():
    result = scored(full_document())
    assert (result.points, result.possible) == (100, 100)
    assert (result.lacking, result.explained, result.waived) == ([], 0, 0)
    assert {mark.advice for mark in marks(result).values()} == {""}


def test_an_empty_draft_has_none():
    result = scored(EMPTY, Times(CLOSES, today=CLOSES))
    assert result.points == 0
    assert len(result.lacking) == len(CRITERIA)
    assert [mark.criterion.key for mark in result.lacking if not mark.advice] == []


# Criterion → what takes points from it: the report, what it reaches then, words of the advice, the parts it names.
LOST = [
    ("sections", full_document(sections__other__body=""), "12", "还缺「其他事项」的正文", [OTHER]),
    ("sections", full_document(sections__evaluation__body="<p>无。</p>"), "13", "「评议」的具体情况", [EVALUATION]),
    ("head", full_document(title=""), "3", "还缺标题", [HEAD]),
    ("head", full_document(period={"start": PERIOD[0]}), "3.5", "统计期限", [HEAD]),
    ("head", full_document(signature={}), "3", "落款单位和日期", [HEAD]),
    ("head", full_document(preamble=""), "3", "引言", [HEAD]),
    ("main_figures", full_document(sections__complaints__figures={}), "4.5", "举报件数、行政复议件数", [COMPLAINTS]),
    ("main_figures", full_document(sections__evaluation__figures={}), "7.5", "满意率", [EVALUATION]),
    ("main_figures", full_document(sections__on_request__figures={}), "7.5", "本期新收申请件数", [ON_REQUEST]),
    ("main_figures", full_document(sections__proactive__figures={}), "7.5", "主动公开信息总数", [PROACTIVE]),
    ("breakdowns", full_document(sections__proactive__figures={"total": 9}), "2", "各渠道的数量", [PROACTIVE]),
    ("breakdowns", full_document(sections__on_request__figures={"received": 3}), "2", "申请的办理结果", [ON_REQUEST]),
    (
        "breakdowns",
        full_document(sections__evaluation__figures={"satisfaction_percent": 97.5}),
        "2",
        "收回评议意见的份数",
        [EVALUATION],
    ),
    ("items", full_document(sections__proactive__figures={"total": 9}), "1", "清单列出的公开事项数", [PROACTIVE]),
    ("items", full_document(sections__overview__figures={}), "2", "公开专栏或清单页面的网址", [PROACTIVE]),
    ("experience", full_document(sections__experience__body=""), "0", "经验、问题、措施", [EXPERIENCE]),
    (
        "experience",
        full_document(sections__experience__body="<p>主要经验是领导重视，人人参与，定期检查，及时通报。</p>"),
        "1",
        "中的 2 项",
        [EXPERIENCE],
    ),
    (
        "experience",
        full_document(
            sections__experience__body="<h3>（一）主要经验</h3><p>定期检查公开栏目。</p><h3>（二）存在的问题</h3><p>无。</p>"
            "<h3>（三）改进措施</h3><p>每月通报一次各栏目的更新情况。</p>"
        ),
        "3",
        "写得具体的问题",
        [EXPERIENCE],
    ),
    ("contacts", full_document(contacts=[]), "0", "学校分管领导完整的联系方式", [CONTACTS]),
    (
        "contacts",
        full_document(contacts=[full_document().to_json()["contacts"][0] | {"office_phone": "12345"}]),
        "0.6",
        "学校分管领导完整的联系方式",
        [CONTACTS],
    ),
    ("figures_fit", full_document(sections__complaints__figures={}), "4", "六个主要数据还没有填齐", []),
    ("confidentiality_review", full_document(confidentiality_review={}), "0", "保密审查人、保密审查日期", [HEAD]),
    (
        "confidentiality_review",
        full_document(confidentiality_review={"reviewer": "周保密", "date": f"{YEAR - 1}-10-18"}),
        "3",
        "合乎情理的保密审查日期",
        [HEAD],
    ),
    ("answered_in_time", full_document(sections__on_request__figures={"received": 3}), "0", "请填 0", [ON_REQUEST]),
    (
        "answered_in_time",
        full_document(sections__on_request__figures__late_answers=1),
        "1.3",
        "3 件申请中有 1 件答复超过规定时限",
        [ON_REQUEST],
    ),
]


@pytest.mark.parametrize(("key", "document", "points", "words", "parts"), LOST)
def test_points_are_lost_where_something_is_missing_or_wrong(key, document, points, words, parts):
    mark = marks(scored(document))[key]
    assert mark.points == Decimal(points)
    assert words in mark.advice
    assert [place.key for place in mark.places] == parts
    assert scored(document).points < 100


# Rule, its weight, and what one finding of it leaves of its criterion. Which texts the rules speak on is their own tests'.
FOUND = [
    ("figures_fit", "requests_balance", Severity.ERROR, "6"),
    ("figures_fit", "approximate_totals_come_near", Severity.WARNING, "7"),
    ("text_fits_figures", "text_agrees_with_figures", Severity.WARNING, "7"),
    ("text_fits_figures", "denials_agree_with_figures", Severity.ERROR, "6"),
    ("period_and_names_fit", "signature_follows_the_period", Severity.WARNING, "4"),
    ("figures_compare", "figures_stay_near_last_years", Severity.WARNING, "3"),
    ("own_words", "sections_are_not_the_same", Severity.ERROR, "3"),
    ("wording", "no_known_slips", Severity.WARNING, "5.5"),
    ("privacy", "texts_hold_no_personal_data", Severity.WARNING, "4"),
    ("links", "links_can_lead_somewhere", Severity.WARNING, "1.5"),
    ("of_this_year", "title_is_of_the_reports_year", Severity.ERROR, "2"),
]


@pytest.mark.parametrize(("key", "rule", "severity", "points"), FOUND)
def test_points_are_lost_for_what_the_checks_find(key, rule, severity, points):
    one = Judged(Finding(rule, severity, OVERVIEW, "有一处不妥。"))
    mark = marks(score(full_document(), [one], IN_TIME))[key]
    assert mark.points == Decimal(points)
    assert mark.advice.startswith("有 1 处")
    assert ("说明理由后不再扣分" in mark.advice) == (severity == Severity.WARNING)
    assert [place.key for place in mark.places] == [OVERVIEW]
    # However many there are, none takes more than there is.
    assert marks(score(full_document(), [one] * 40, IN_TIME))[key].points == 0


def test_every_criterion_can_be_lost():
    assert {key for key, *_ in (*LOST, *FOUND)} | {"on_time"} == POINTS.keys()


@pytest.mark.parametrize(
    ("times", "points", "words"),
    [
        (IN_TIME, 6, ""),
        (dataclasses.replace(IN_TIME, handed_in=CLOSES + timedelta(days=2), is_late=True), 3, "晚于截止日期"),
        # A closing date that was put off makes who was late neither punctual nor the reverse.
        (dataclasses.replace(IN_TIME, handed_in=CLOSES + timedelta(days=2)), 6, ""),
        (Times(CLOSES, today=CLOSES), 0, f"{YEAR}年10月31日之前（含当天）提交即得"),
        (Times(CLOSES, today=CLOSES + timedelta(days=1)), 0, "提交之后得一半"),
    ],
)
def test_handing_in_counts_by_the_closing_date(times, points, words):
    mark = marks(scored(full_document(), times))["on_time"]
    assert mark.points == points
    assert words in mark.advice


@pytest.mark.parametrize(
    "document",
    [
        # Nobody asked for anything.
        full_document(
            sections__on_request__figures={"received": 0},
            sections__on_request__body="<p>本学年度没有收到信息公开申请，没有不予公开的情况。</p>",
        ),
        full_document(
            sections__on_request__figures={"received": "n/a", "carried_in": "n/a"},
            sections__on_request__body="<p>申请的办理见下表，没有不予公开的情况。</p>",
        ),
        # Nobody was surveyed.
        full_document(
            sections__evaluation__figures={"satisfaction_percent": "n/a"},
            sections__evaluation__body="<p>本学年度没有开展问卷调查，师生通过信箱提出的意见均已办理。</p>",
        ),
        full_document(sections__on_request__figures__late_answers="n/a"),
        full_document(sections__proactive__figures__items_not_applicable="n/a"),
    ],
)
def test_what_does_not_apply_costs_nothing(document):
    assert scored(document).points == 100


# --- what was said to a finding ---------------------------------------------------------------------------------------


def test_a_warning_that_was_explained_costs_nothing():
    document = full_document(signature={"organisation": "甲省明德学院", "date": f"{YEAR}-08-01"})
    [one] = judged(document)
    assert score(document, [one], IN_TIME).points == 99
    result = score(document, [explained(one)], IN_TIME)
    assert (result.points, result.explained, result.waived) == (100, 1, 0)


@pytest.mark.parametrize(
    ("key", "rule", "points"), [("figures_compare", "counts_are_exact", 3), ("own_words", "paragraphs_stand_once", 4)]
)
def test_what_no_reason_can_change_costs_its_points_however_it_is_explained(key, rule, points):
    """Neither is a count exact because nobody counted, nor does a paragraph stand once because it fits twice."""
    one = Judged(Finding(rule, Severity.WARNING, PROACTIVE, "有一处不妥。"))
    silent, said = (score(full_document(), [finding], IN_TIME) for finding in (one, explained(one)))
    assert marks(silent)[key].points == marks(said)[key].points == points
    assert "说明理由后不再扣分" not in marks(silent)[key].advice
    assert marks(said)[key].advice.endswith("请改正；说明理由之后仍然扣分。")
    assert (said.explained, said.stayed) == (0, 1)
    assert marks(score(full_document(), [waived(dataclasses.replace(one, finding=blocking(one)))], IN_TIME))[
        key
    ].is_full


def blocking(one):
    return dataclasses.replace(one.finding, severity=Severity.ERROR)


# Three parts of seven, each of them told as a whole.
COPIED = [
    Finding(rule, Severity.WARNING, key, "与上年相同。", "body", is_measured=True, share=1.0)
    for rule, key in (
        ("sections_are_not_last_years", OVERVIEW),
        ("sections_are_not_last_years", PROACTIVE),
        ("sections_are_not_another_schools", EXPERIENCE),
    )
]


@pytest.mark.parametrize("say", [lambda one: one, explained])
def test_what_is_copied_costs_its_share_of_the_text_explained_or_not(say):
    """Three parts of seven: three sevenths of what is given for what a text says of this year."""
    result = score(full_document(), [say(Judged(finding)) for finding in COPIED], IN_TIME)
    reached = {key: mark.points for key, mark in marks(result).items() if not mark.is_full}
    assert reached == {
        "text_fits_figures": Decimal("4.5"),  # of 8
        "own_words": Decimal("2.8"),  # of 5
        "of_this_year": Decimal("2.2"),  # of 4
    }
    assert result.points == Decimal("92.5")
    advice = marks(result)["own_words"].advice
    assert advice.startswith("与上年或别校的报告相同的文字：「概述」100%、「主动公开」100%、")
    assert "写明理由可以提交，但不加分；请改写成本校这一年的情况。" in advice
    assert [place.key for place in marks(result)["own_words"].places] == [OVERVIEW, PROACTIVE, EXPERIENCE]


def test_a_part_of_a_part_costs_as_much_of_its_seventh_and_what_is_copied_twice_costs_once():
    half = [dataclasses.replace(COPIED[0], share=share) for share in (0.5, 0.25)]
    assert marks(score(full_document(), map(Judged, half), IN_TIME))["own_words"].points == Decimal("4.6")
    assert marks(score(full_document(), [Judged(half[1])], IN_TIME))["own_words"].points == Decimal("4.8")


def test_a_copy_that_the_office_lets_pass_costs_nothing():
    copies = [dataclasses.replace(finding, severity=Severity.ERROR) for finding in COPIED]
    silent = score(full_document(), map(Judged, copies), IN_TIME)
    assert silent.points < Decimal("92.5")
    assert score(full_document(), [waived(Judged(finding)) for finding in copies], IN_TIME).points == 100


@pytest.mark.django_db
def test_a_report_copied_from_last_year_behind_one_shared_sentence_is_told_what_it_lost(client_of, author, campaign):
    """Through the door that the pages use: two reports, one sentence for all that is found, and the page of the score."""
    school, texts = author.school, copied_texts()
    before = factories.make_campaign(campaign.province, campaign.year - 1)
    factories.make_report(school, before, Status.PUBLISHED, full_document(school, before.year, **texts))
    report = factories.make_report(school, campaign, document=full_document(school, campaign.year, **texts))
    factories.explain(report, "工作与上年相同。")
    judgement = judge(factories.complete(factories.Report.objects.filter(pk=report.pk)).get())
    assert [one.finding.rule for one in judgement.judged] == ["sections_are_not_last_years"] * 3
    assert [one.finding.share for one in judgement.judged] == [1, 1, 1]
    assert 100 - 6 - score_of(report, judgement).points == Decimal("7.5")
    page = BeautifulSoup(client_of(author).get(reverse("author:report", args=[report.pk])).text, "html.parser")
    said = told(page.select_one("section.score"))
    assert "另有 3 处（与上年、别校相同的文字，重复的段落，约数）说明了理由，可以提交，但仍然扣分" in said
    assert "准确性 24.3 / 30 分" in said


def copied_texts() -> dict:
    """Three parts long enough to be told where they are last year's."""
    words = (
        "，负责人逐月到各部门查看栏目的更新，把师生问得最多的事项做成图表放在首页，并请学生代表试用，提出修改意见。"
        "全部意见由联络员登记，逐条答复，答复的时间和结果在校报专版刊登，接受师生监督，年底再由工会组织一次评议打分。"
    )
    tail = "存在的问题是个别栏目更新不够及时，新任联络员对审核程序不熟悉，培训不够。改进措施是每月通报一次。"
    leads = {"overview": "教务处牵头", "proactive": "招生办牵头", "experience": "主要经验是财务处牵头"}
    return {
        f"sections__{key}__body": f"<p>{lead}{words}{tail if key == 'experience' else ''}</p>"
        for key, lead in leads.items()
    }


def test_what_is_missing_stays_missing_however_it_is_explained():
    document = full_document(sections__evaluation__figures={"responses": 200})
    findings = [explained(one) for one in judged(document)]
    assert [one.finding.rule for one in findings] == ["comparable_figures_are_filled_in"]
    result = score(document, findings, IN_TIME)
    assert marks(result)["main_figures"].points == Decimal("7.5")
    assert result.explained == 1


@pytest.mark.parametrize(
    ("key", "document"),
    [
        ("figures_fit", full_document(sections__on_request__figures__granted=1)),
        ("head", full_document(signature={"organisation": "甲省明德学院"})),
        ("sections", full_document(sections__other__body="")),
        ("main_figures", full_document(sections__complaints__figures={})),
        ("contacts", full_document(contacts=full_document().to_json()["contacts"][1:])),
        ("contacts", full_document(contacts=[{"role": "leader"}, *full_document().to_json()["contacts"][1:]])),
        ("confidentiality_review", full_document(confidentiality_review={})),
    ],
)
def test_an_error_costs_nothing_once_a_reviewer_has_waived_it(key, document):
    findings = judged(document)
    declined = score(document, [waived(one, is_granted=False) for one in findings], IN_TIME)
    granted = score(document, [waived(one) for one in findings], IN_TIME)
    assert marks(declined)[key].points == marks(score(document, findings, IN_TIME))[key].points < POINTS[key]
    assert marks(granted)[key].points == POINTS[key]
    assert granted.points == 100
    assert granted.waived == len(findings)


def test_a_waiver_of_another_matter_fills_no_gap():
    """A blank in the title is not the title that is missing."""
    document = full_document(title="")
    [missing] = judged(document)
    other = next(one for one in judged(full_document(title="【待填】")) if one.finding.rule == "no_blank_is_left")
    assert other.finding.field == missing.finding.field
    assert marks(score(document, [missing, waived(other)], IN_TIME))["head"].points == 3


def test_a_province_that_makes_a_rule_an_error_makes_it_cost_twice():
    document = full_document(signature={"organisation": "甲省明德学院", "date": f"{YEAR}-08-01"})
    context = dataclasses.replace(CONTEXT, severities={"signature_follows_the_period": Severity.ERROR})
    assert scored(document).points == 99
    assert scored(document, context=context).points == 98


# --- mending never costs a point --------------------------------------------------------------------------------------


@given(strategies.documents(), st.randoms(use_true_random=False))
def test_a_finding_less_or_an_answer_more_never_lowers_a_mark(document, chance):
    findings = judged(document)
    with_all = marks(score(document, findings, IN_TIME))
    said = [chance.choice([None, lambda one: one, explained, waived]) for _ in findings]
    left = [say(one) for say, one in zip(said, findings, strict=True) if say]
    with_less = marks(score(document, left, IN_TIME))
    assert [key for key, mark in with_all.items() if with_less[key].points < mark.points] == []


@given(strategies.documents())
def test_a_score_lies_between_nothing_and_all(document):
    result = scored(document)
    assert 0 <= result.points <= 100
    for mark in marks(result).values():
        assert 0 <= mark.points <= mark.criterion.points
        assert mark.is_full or mark.advice


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_report_with_a_fault_never_scores_higher_than_without(name):
    """And lower where its rule has found it."""
    cleans, schools = CLEANS, bench.school_names()
    chance = random.Random(name)
    for attempt in range(3 * len(FAULTS[name])):
        clean = chance.choice(cleans)
        case = Case(copy.deepcopy(clean.data), chance, copy.deepcopy(clean.previous), schools, clean.previous)
        if not FAULTS[name][attempt % len(FAULTS[name])](case):
            continue
        before = _of_bench(clean.data, clean.year, clean.previous, schools, clean.previous)
        after = _of_bench(case.data, clean.year, case.previous, schools, case.published)
        assert after[0].points <= before[0].points
        if (after[1] - before[1])[name]:
            assert after[0].points < before[0].points


CLEANS = bench.clean_reports()


def _of_bench(data, year, previous, schools, published):
    """The score of one of the reports of the measure, and how often each rule spoke."""
    document = Document.model_validate(data)
    findings = judged(document, bench.context(year, previous, schools, published))
    times = Times(date(year, 10, 31), today=date(year, 11, 1), handed_in=date(year, 10, 30))
    return score(document, findings, times), Counter(one.finding.rule for one in findings)


# --- of a report ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_report_is_scored_by_what_is_on_record_of_it(campaign, author):
    report = factories.make_report(author.school, campaign)
    draft = score_of(report, judge(factories.complete(factories.Report.objects).get()))
    assert marks(draft)["on_time"].points == 0
    handed_in = factories.hand_in(report)
    result = score_of(handed_in, judge(factories.complete(factories.Report.objects).get()))
    assert marks(result)["on_time"].points == 6
    assert result.points - draft.points == 6


@pytest.mark.django_db
def test_a_report_of_a_year_before_the_portal_has_no_score(campaign, author):
    report = factories.make_report(author.school, campaign)
    report.backfilled = True
    assert score_of(report, judge(factories.complete(factories.Report.objects).get())) is None


# --- who sees it ------------------------------------------------------------------------------------------------------


def told(page) -> str:
    return " ".join(page.get_text(" ", strip=True).split())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["report", "check"])
def test_the_school_sees_what_its_score_is_made_of(name, client_of, author, school, campaign):
    document = full_document(school, campaign.year, sections__other__body="")
    report = factories.make_report(school, campaign, document=document)
    page = BeautifulSoup(client_of(author).get(reverse(f"author:{name}", args=[report.pk])).text, "html.parser")
    section = page.select_one("section.score")
    said = told(section)
    assert "供自查，不公开，不影响审核。" in said
    assert "完整性 38 / 40 分" in said
    assert "七个部分都有正文 12 / 14 还缺「其他事项」的正文，请补充。 去看： 其他事项" in said
    assert section.select_one(".score-places a")["href"] == reverse("author:section", args=[report.pk, OTHER])
    assert [meter["max"] for meter in section.select("meter")] == ["40", "30", "18", "12"]
    assert section.select_one("meter")["value"] == "38"
    assert {meter["aria-hidden"] for meter in section.select("meter")} == {"true"}, "the figures beside it are read"


@pytest.mark.django_db
def test_the_school_is_told_what_its_reasons_are_worth(client_of, author, school, campaign):
    document = full_document(school, campaign.year, sections__evaluation__figures={"responses": 200})
    report = factories.make_report(school, campaign, Status.DRAFT, document)
    factories.explain(report)
    page = client_of(author).get(reverse("author:report", args=[report.pk])).text
    assert "已说明理由的 1 处，算作没有问题；确实缺少的内容，说明理由也不加分。" in page


@pytest.mark.django_db
def test_the_reviewer_sees_it_as_a_fact_beside_the_report(client_of, reviewer, school, campaign):
    document = full_document(school, campaign.year, sections__proactive__figures={"total": 9})
    report = factories.make_report(school, campaign, Status.SUBMITTED, document)
    page = BeautifulSoup(client_of(reviewer).get(reverse("review:report", args=[report.pk])).text, "html.parser")
    said = told(page.select_one(".overview-facts"))
    assert "完整性 37/40，准确性 30/30，规范性 18/18，时效 12/12" in said
    assert "学校自查用，不公开，不代替审核。" in said
    assert "在哪里失分（2 项）" in said
    assert page.select_one(".overview-facts .score-lacking a")["href"] == "#part-proactive"
    assert page.select_one("#part-proactive")


@pytest.mark.django_db
def test_a_report_of_a_year_before_the_portal_shows_none(client_of, author, school):
    load(full_document(school, 2019), publish=True)
    report = factories.Report.objects.get()
    assert "自评" not in client_of(author).get(reverse("author:report", args=[report.pk])).text


PUBLIC = ["school", "report", "pdf", "docx", "html", "json", "home", "schools", "sitemap"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_sees_none(name, client, school, campaign):
    factories.make_report(school, campaign, Status.PUBLISHED)
    arguments = {"school": [school.slug]} | {key: [school.slug, campaign.year] for key in PUBLIC[1:6]}
    answer = client.get(reverse(f"public:{name}", args=arguments.get(name, [])))
    content = answer.getvalue()
    read = {"pdf": _text_of_pdf, "docx": texts}
    said = read.get(name, bytes.decode)(content)
    assert answer.status_code == 200
    assert said
    assert [word for word in ("自评", "得分", "完整性", "准确性", "规范性", "时效", "score") if word in said] == []


def _text_of_pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.django_db
def test_neither_a_submission_nor_a_publication_keeps_it(school, campaign):
    """It is worked out anew whenever it is shown, and can leave by no dump of theirs."""
    report = factories.make_report(school, campaign, Status.PUBLISHED)
    kept = [str(vars(report.submissions.get())), str(vars(Publication.objects.get()))]
    assert [one for one in kept if "score" in one] == []


# --- the manual -------------------------------------------------------------------------------------------------------


def test_the_manual_quotes_every_criterion():
    """``docs/authors.md`` holds this table, line by line."""
    lines = [
        f"| {one.dimension.label} | {one.title} | {one.points} | {one.how} |"
        for dimension in Dimension
        for one in CRITERIA
        if one.dimension is dimension
    ]
    manual = (Path(__file__).resolve().parents[2] / "docs" / "authors.md").read_text(encoding="utf-8")
    assert "\n".join(lines) in manual
    labels = tuple(f"| {dimension.label} |" for dimension in Dimension)
    assert [line for line in manual.splitlines() if line.startswith(labels)] == lines
