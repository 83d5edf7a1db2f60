"""What a report was handed in with stays so, whatever becomes of the world around it, and what is found later is apart."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from disclosure import checks
from disclosure.checks import Elsewhere, Finding, Passage, Rule
from disclosure.demo import clock
from disclosure.evaluation import Judged, frozen, judge, near_duplicates
from disclosure.evaluation.score import score_of
from disclosure.findings import responses
from disclosure.findings.progress import progress_of
from disclosure.models import Answer, Remark, Report, Slip, Submission, Waiver
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, Decision, SectionKey, Severity, Status
from disclosure.review import queue
from disclosure.review import reading as reviewing
from disclosure.workflow import comments, transitions
from disclosure.workflow.transitions import perform
from tests.disclosure.test_scoring import copied_texts
from tests.factories import (
    explain,
    full_document,
    hand_in,
    make_campaign,
    make_province,
    make_report,
    make_school,
    seen,
    write,
)

pytestmark = pytest.mark.django_db

OVERVIEW, EVALUATION, EXPERIENCE = SectionKey.OVERVIEW, SectionKey.EVALUATION, SectionKey.EXPERIENCE
NO_SATISFACTION = {"sections__evaluation__figures__satisfaction_percent": None}
CARD = {"sections__other__body": "<p>退款账号4111111111111111，明慧学院的学生请到财务处办理。</p>"}


def complete_report(report) -> Report:
    return complete(Report.objects.filter(pk=report.pk)).get()


def soup_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(node) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def review_page(client_of, reviewer, report) -> BeautifulSoup:
    return soup_of(client_of(reviewer).get(reverse("review:report", args=[report.pk])))


@pytest.fixture
def handed_in(school, campaign, author):
    """Under review, with two warnings that the school explained."""
    return make_report(
        school, campaign, Status.SUBMITTED, full_document(school, campaign.year, **NO_SATISFACTION, **CARD)
    )


def told(report, reviewer) -> dict:
    """Everything that the office and the school are told of what was found of a report that was handed in."""
    report = complete_report(report)
    submission = transitions.submission_shown(report)
    reading = reviewing.read(report, submission)
    [row] = [one for one in queue.rows(reviewer, report.campaign) if one.report == report]
    progress = progress_of(report)
    return {
        "queue": row.checked,
        "counts": [(one.label, one.count) for one in reading.counts],
        "findings": [(one.kind, one.judged.finding.sentence, one.judged.answer.reason) for one in reading.findings],
        "unexplained": reading.unexplained_keys,
        "score": (reading.score.points, reading.score.explained, reading.score.stayed),
        "before approving": reviewing.found_in(report, submission).partition("提交后")[0],
        "log": [one.summary for one in reviewing.handed_in(report)],
        "parts at the school": [(part.section.key, part.label) for part in progress.parts],
        "findings at the school": [(one.kind, one.finding.sentence) for one in progress.judgement.judged],
        "score at the school": score_of(report, progress.judgement).points,
    }


def later(report) -> list[str]:
    report = complete_report(report)
    return [one.finding.rule for one in frozen.judgement_of(report, transitions.submission_shown(report)).later]


# --- the world changes ------------------------------------------------------------------------------------------------


def _slip(report):
    Slip.objects.create(wrong="公开栏目", right="公开专栏")


def _school(report):
    make_school(report.school.province, "明慧学院")


def _raised(report):
    report.campaign.severities = {"comparable_figures_are_filled_in": Severity.ERROR.value}
    report.campaign.save()


def _lowered(report):
    report.campaign.severities = {"title_is_of_the_reports_year": Severity.WARNING.value}
    report.campaign.save()


def _last_year(report):
    """Last year's report is loaded only now, and has ten times as many."""
    document = full_document(
        report.school, report.campaign.year - 1, sections__proactive__figures={"total": 12, "items_listed": 50}
    )
    make_report(
        report.school, make_campaign(report.campaign.province, report.campaign.year - 1), Status.PUBLISHED, document
    )


def _empty_schools(report):
    province = make_province("92", "乙省")
    for _ in range(140):
        make_school(province)


WORLDS = [
    (_slip, ["no_known_slips"]),
    (_school, ["other_schools_are_not_named"]),
    (_raised, ["comparable_figures_are_filled_in"]),
    (_lowered, []),
    (_last_year, ["figures_stay_near_last_years", "sections_are_not_last_years"]),
    (_empty_schools, []),
]


@pytest.mark.parametrize(("change", "found"), WORLDS)
def test_what_a_report_was_handed_in_with_stays_as_it_was_and_what_is_new_is_apart(change, found, handed_in, reviewer):
    before = told(handed_in, reviewer)
    assert before["queue"] == "学校说明 2 条"
    assert before["counts"] == [("已说明", 2)]
    assert later(handed_in) == []
    change(handed_in)
    assert told(handed_in, reviewer) == before
    assert sorted(set(later(handed_in))) == found
    assert ("提交后新出现" in reviewing.found_in(handed_in, handed_in.submissions.get())) == bool(found)


def test_what_the_date_made_a_finding_stays_one_when_the_day_has_come(school, campaign, author, reviewer):
    tomorrow = timezone.localdate() + timedelta(days=1)
    document = full_document(
        school, campaign.year, confidentiality_review={"reviewer": "周保密", "date": tomorrow.isoformat()}
    )
    report = make_report(school, campaign, Status.SUBMITTED, document)
    before = told(report, reviewer)
    assert before["queue"] == "学校说明 1 条"
    with clock.at(timezone.now() + timedelta(days=45)):
        assert judge(complete_report(report), document).judged == ()
        assert told(report, reviewer) == before
        assert later(report) == []


def test_what_is_gone_from_last_year_or_from_the_rules_stays_on_record(
    school, campaign, author, reviewer, monkeypatch, client_of
):
    """A rule that a release takes out: its findings are still read, with their why, and count where they counted."""
    make_report(school, make_campaign(campaign.province, campaign.year - 1), Status.PUBLISHED)
    document = full_document(school, campaign.year, sections__proactive__figures={"total": 12, "items_listed": 50})
    report = make_report(school, campaign, Status.SUBMITTED, document)
    before = told(report, reviewer)
    gone = "figures_stay_near_last_years"
    assert gone in [one.finding.rule for one in _judgement(report).judged]
    monkeypatch.setattr(checks.base, "RULES", [one for one in checks.RULES if one.name != gone])
    why = checks.BY_NAME[gone].why
    monkeypatch.delitem(checks.BY_NAME, gone)
    assert told(report, reviewer) == before
    assert later(report) == []
    assert "没有说明" not in text_of(review_page(client_of, reviewer, report).find("main"))
    assert why in text_of(soup_of(client_of(author).get(reverse("author:check", args=[report.pk]))).find("main"))


def test_a_rule_in_another_criterion_costs_where_it_cost_when_the_report_was_handed_in():
    rule = Rule("gone", Severity.WARNING, lambda document, context: (), True, "", "", "")
    one = Judged(Finding("gone", Severity.WARNING, OVERVIEW, "不妥。"))
    assert rule.name not in checks.BY_NAME
    record = RECORD | {"rule": "gone", "criterion": "links"}
    [read] = frozen.recorded(Submission(findings=[record], submitted_at=timezone.now()))
    assert frozen.criterion_of(read.rule) == "links"
    [read] = frozen.recorded(Submission(findings=[record | {"criterion": "no such one"}], submitted_at=timezone.now()))
    assert frozen.criterion_of(read.rule) == "text_fits_figures"
    assert one.finding.key != read.finding.key


RECORD = {
    "rule": "text_agrees_with_figures",
    "severity": "warning",
    "section": "overview",
    "field": "body",
    "sentence": "正文与数据表不一致。",
    "why": "两处不同。",
    "source": "真实报告",
    "passages": [],
    "beside": [],
    "elsewhere": [],
    "key": "0" * 32,
    "share": 0.0,
    "group": "agreement",
    "is_fixed": False,
    "criterion": "text_fits_figures",
    "answer": "",
    "waiver": "",
}


def test_a_record_reads_as_what_was_written():
    """By way of the JSON that a database keeps."""
    passage = Passage(OVERVIEW, "body", 3, 8, "检查栏目，")
    finding = Finding(
        "sections_are_not_another_schools",
        Severity.ERROR,
        OVERVIEW,
        "这一部分有 172 字与乙省致远大学 2024 年的报告相同。",
        "body",
        (passage,),
        (Passage(EXPERIENCE, "body", 0, 2, "检查"),),
        (Elsewhere("乙省致远大学", 2024, "/schools/zhiyuan/2024/", EXPERIENCE, "检查栏目，"),),
        share=0.9512,
    )
    said = {"said_at": timezone.now(), "reason": "集团共用。"}
    one = Judged(
        finding,
        Answer(severity=Severity.ERROR, said_by_name="宋填报", **said),
        Waiver(is_granted=True, said_by_name="严审核", **said),
    )
    record = json.loads(json.dumps(frozen.to_record(one)))
    [read] = frozen.recorded(Submission(findings=[record], submitted_at=timezone.now()))
    assert read.finding.key == finding.key
    for name in ("rule", "severity", "section", "sentence", "field", "passages", "beside", "elsewhere", "share"):
        assert getattr(read.finding, name) == getattr(finding, name), name
    for was, kept in ((one.answer, read.answer), (one.waiver, read.waiver)):
        assert (kept.reason, kept.said_by_name, kept.said_at) == (was.reason, was.said_by_name, was.said_at)
    assert (read.answer.is_request, read.is_waived, read.kind) == (True, True, "waived")
    for name in ("name", "group", "why", "source", "is_fixed"):
        assert getattr(read.rule, name) == getattr(checks.BY_NAME[finding.rule], name), name


def test_the_database_refuses_to_change_the_record(handed_in):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        Submission.objects.update(findings=[])
    assert len(Submission.objects.get().findings) == 2


# --- what is told apart -----------------------------------------------------------------------------------------------


def test_the_page_tells_apart_what_was_not_there_when_the_report_was_handed_in(handed_in, client_of, reviewer):
    _slip(handed_in)
    page = review_page(client_of, reviewer, handed_in)
    assert [text_of(one) for one in page.select(".found-counts li")] == ["已说明 2"]
    assert text_of(page.select_one(".found-later")) == "提交后新出现 1 不算学校没有说明，不影响自评分。"
    link = page.select_one(".found-later a")["href"]
    [since] = page.select(".found-since")
    finding = since.select_one(link)
    assert "公开专栏" in text_of(finding)
    assert finding.select_one("button[name=finding]")
    assert since.find_parent(class_="review-notes")["id"] == "notes-experience"
    assert "没有说明，也没有写成意见" not in text_of(page.select_one("#decide"))


def test_what_is_found_later_may_become_a_remark(handed_in, reviewer, client_of):
    _slip(handed_in)
    key = frozen.judgement_of(complete_report(handed_in), handed_in.submissions.get()).later[0].finding.key
    comments.take_up(handed_in.pk, [key], reviewer)
    assert Remark.objects.get().section == EXPERIENCE
    notes = review_page(client_of, reviewer, handed_in).select_one("#notes-experience")
    assert len(notes.select(".found-since .finding-taken")) == 1
    assert not notes.select(".remark")


def test_what_weighs_more_since_is_told_with_what_it_was(handed_in, reviewer, client_of):
    _raised(handed_in)
    page = review_page(client_of, reviewer, handed_in)
    notes = page.select_one("#notes-evaluation")
    now, before = notes.select(".found-since .finding"), notes.select(":scope > .finding-list > .finding")
    assert [text_of(one).split()[0] for one in (*before, *now)] == ["已说明", "须改正"]
    assert "提交时已有这一条，当时是「请核对」。" in text_of(now[0])
    # There is nothing to decide: nobody asks for it.
    assert not notes.select(".waive")


def test_figures_beside_say_when_last_years_report_came_only_afterwards(handed_in, reviewer, client_of):
    _last_year(handed_in)
    notes = review_page(client_of, reviewer, handed_in).select_one("#notes-proactive")
    year = handed_in.campaign.year - 1
    assert f"{year} 年的报告在这份报告提交之后才有，或者更正过。" in text_of(notes)


def test_a_returned_report_is_read_as_it_was_handed_in_while_its_draft_is_judged_today(handed_in, author, reviewer):
    _slip(handed_in)
    before = told(handed_in, reviewer)
    comments.add(handed_in.pk, EXPERIENCE, "请补充。", reviewer)
    perform(Action.SEND_BACK, handed_in.pk, reviewer, sha256=seen(handed_in), comment="请修改。")
    report = complete_report(handed_in)
    reading = reviewing.read(report, transitions.submission_shown(report))
    assert [(one.label, one.count) for one in reading.counts] == before["counts"]
    assert reading.score.points == before["score"][0]
    assert [one.finding.rule for one in progress_of(report).judgement.unanswered] == ["no_known_slips"]
    with pytest.raises(transitions.NotReady):
        transitions.perform(Action.SUBMIT, report.pk, author, sha256=seen(report))


def test_what_the_school_says_after_a_return_does_not_stand_beside_what_it_handed_in(handed_in, author, reviewer):
    comments.add(handed_in.pk, EVALUATION, "请说明。", reviewer)
    perform(Action.SEND_BACK, handed_in.pk, reviewer, sha256=seen(handed_in), comment="请修改。")
    report = complete_report(handed_in)
    keys = [one.finding.key for one in judge(report).judged]
    responses.answer(report.pk, keys, "新的理由。", author)
    reading = reviewing.read(report, transitions.submission_shown(report))
    assert {one.judged.answer.reason for one in reading.findings} == {"已经核对，情况属实。"}


def test_a_published_report_shows_its_school_what_it_was_handed_in_with(handed_in, author, reviewer, client_of):
    perform(Action.APPROVE, handed_in.pk, reviewer, sha256=seen(handed_in))
    _slip(handed_in)
    _raised(handed_in)
    progress = progress_of(complete_report(handed_in))
    assert [one.kind for one in progress.judgement.judged] == ["explained", "explained"]
    page = soup_of(client_of(author).get(reverse("author:section", args=[handed_in.pk, "experience"])))
    assert "公开专栏" not in text_of(page.select_one(".checks"))


def test_a_correction_left_behind_by_a_withdrawal_is_judged_as_it_stands(handed_in, school, campaign, author, reviewer):
    perform(Action.APPROVE, handed_in.pk, reviewer, sha256=seen(handed_in))
    perform(Action.START_CORRECTION, handed_in.pk, author, comment="更正。")
    write(handed_in, full_document(school, campaign.year, title=""))
    perform(Action.WITHDRAW, handed_in.pk, reviewer, comment="有误。")
    found = [one.finding.rule for one in progress_of(complete_report(handed_in)).judgement.judged]
    assert found == [one.finding.rule for one in judge(complete_report(handed_in)).judged] != []


def test_nobody_is_asked_for_what_was_not_public_when_a_returned_report_was_handed_in(handed_in, reviewer):
    """Whose report came first is asked of the moment of handing in, wherever the report lies now."""
    story = (
        "学校党委把信息公开作为联系师生的窗口，逐月检查各部门的栏目，发现问题当面交办。招生、财务、后勤三个部门合办了"
        "一期开放日，把平时问得最多的四十个问题整理成册，印发到每一间宿舍。图书馆的大屏改成滚动播放公示名单，学生不必"
        "登录网页也能看到。各学院的联络员轮流到党政办跟班一周，回去以后自己动手改版网页，退件明显少了。"
    )
    school, campaign = make_school(handed_in.school.province), handed_in.campaign
    own = make_report(
        school,
        campaign,
        Status.RETURNED,
        full_document(school, campaign.year, sections__overview__body=f"<p>{story}</p>"),
    )
    other = make_school(handed_in.school.province)
    make_report(
        other,
        campaign,
        Status.PUBLISHED,
        full_document(other, campaign.year, sections__overview__body=f"<p>{story}</p>"),
    )
    near_duplicates.index(other.pk)
    assert (_judgement(own).judged, later(own)) == ((), [])
    assert "sections_are_not_another_schools" in [one.finding.rule for one in judge(complete_report(own)).judged]


def _judgement(report):
    report = complete_report(report)
    return frozen.judgement_of(report, transitions.submission_shown(report))


# --- what the reviewer decides ----------------------------------------------------------------------------------------


def test_a_waiver_taken_back_under_review_shows_on_every_page_and_in_no_record(school, campaign, author, reviewer):
    document = full_document(school, campaign.year, sections__on_request__figures__granted=1)
    report = make_report(school, campaign, document=document)
    keys = [one.finding.key for one in judge(complete_report(report)).errors]
    responses.answer(report.pk, keys, "情况特殊。", author)
    for key in keys:
        responses.decide(report.pk, key, True, "同意。", reviewer)
    hand_in(report)
    reading = reviewing.read(complete_report(report), transitions.pending_submission(report))
    score = reading.score.points
    assert [(one.label, one.count) for one in reading.counts] == [("已豁免", len(keys))]
    responses.decide(report.pk, keys[0], False, "再看不妥。", reviewer)
    report = complete_report(report)
    reading = reviewing.read(report, transitions.pending_submission(report))
    assert [(one.label, one.count) for one in reading.counts] == [
        ("须改正", 1),
        *[("已豁免", len(keys) - 1)][: len(keys) - 1],
    ]
    [row] = [one for one in queue.rows(reviewer, campaign) if one.report == report]
    assert row.checked.startswith("须改正 1 条")
    assert reading.score.points == score_of(report, progress_of(report).judgement).points < score
    assert [one.summary for one in reviewing.handed_in(report)] == [f"豁免 {len(keys)} 条"]


# --- records from before ----------------------------------------------------------------------------------------------

OLD = ("rule", "severity", "section", "sentence", "answer", "waiver")


def hand_in_as_before(report, change=lambda records: None) -> Report:
    """Under review with a submission of which the rule, the sentence and the reasons alone were kept."""
    explain(report)
    report = hand_in(report)
    last = report.submissions.get()
    records = [{name: record[name] for name in OLD} for record in last.findings]
    change(records)
    Submission.objects.filter(pk=last.pk).update(decision=Decision.RECALLED, decided_at=timezone.now())
    Submission.objects.create(
        report=report,
        number=2,
        document=last.document,
        sha256=last.sha256,
        findings=records,
        submitted_by_name=last.submitted_by_name,
    )
    return report


@pytest.fixture
def draft(school, campaign, author):
    return make_report(school, campaign, document=full_document(school, campaign.year, **NO_SATISFACTION, **CARD))


def test_a_record_from_before_shows_what_the_same_finding_of_today_shows(draft, reviewer, client_of):
    report = hand_in_as_before(draft)
    before = told(report, reviewer)
    assert (before["queue"], before["counts"]) == ("学校说明 2 条", [("已说明", 2)])
    assert later(report) == []
    page = review_page(client_of, reviewer, report)
    assert page.select_one("#notes-other .finding-quotes a")["data-quote"] == "411111******1111"
    assert re.search(r"学校说明（宋填报，.*） 已经核对，情况属实。", text_of(page.select_one("#notes-other .finding")))
    _slip(report)
    _raised(report)
    assert told(report, reviewer) == before
    assert later(report) == ["comparable_figures_are_filled_in", "no_known_slips"]


def test_a_record_from_before_whose_rule_is_gone_is_still_shown(draft, author, reviewer, client_of):
    def change(records):
        records[0] |= {"rule": "gone_long_ago", "sentence": "有一处不妥，早已没有这条规则。"}
        records.append({"rule": "", "severity": "warning", "section": "", "sentence": "更早的一句。"} | SILENT)

    report = hand_in_as_before(draft, change)
    page = review_page(client_of, reviewer, report)
    assert "有一处不妥，早已没有这条规则。" in text_of(page.select_one("#notes-evaluation .is-explained"))
    assert text_of(page.select_one("#notes-head .finding")).startswith("请核对 更早的一句。")
    [row] = [one for one in queue.rows(reviewer, report.campaign) if one.report == report]
    assert row.checked == "学校说明 2 条，没有说明 1 条"
    # What the rules of today say of the same is not there on record.
    assert later(report) == ["comparable_figures_are_filled_in"]
    for name in ("report", "check"):
        assert soup_of(client_of(author).get(reverse(f"author:{name}", args=[report.pk])))
    log = soup_of(client_of(reviewer).get(reverse("review:log", args=[report.pk])))
    assert "更早的一句。" in text_of(log.find("main"))


SILENT = {"answer": "", "waiver": ""}


def test_the_oldest_records_have_the_sentence_alone_and_find_their_place_by_it(draft, reviewer):
    def change(records):
        for record in records:
            record |= {"rule": "", "section": ""}

    report = hand_in_as_before(draft, change)
    assert later(report) == []
    found = _judgement(report).judged
    assert [one.finding.section for one in found] == [EVALUATION, SectionKey.OTHER]
    assert [one.rule.name for one in found] == ["comparable_figures_are_filled_in", "texts_hold_no_personal_data"]


def test_a_share_that_is_another_today_is_the_same_copy(school, campaign, author, reviewer):
    make_report(
        school,
        make_campaign(campaign.province, campaign.year - 1),
        Status.PUBLISHED,
        full_document(school, campaign.year - 1, **copied_texts()),
    )
    report = make_report(school, campaign, document=full_document(school, campaign.year, **copied_texts()))

    def change(records):
        for record in records:
            record["sentence"] = record["sentence"].replace("100%", "87%")

    report = hand_in_as_before(report, change)
    judgement = _judgement(report)
    assert [one.finding.sentence[:15] for one in judgement.judged] == ["除数字外，这一部分 87% 的"] * 3
    assert all(one.finding.passages and one.finding.share == 1 for one in judgement.judged)
    assert judgement.later == ()
