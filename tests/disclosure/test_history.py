"""Whose an event of a report is: what the school and the office each read of its story."""

import pytest
from django.urls import reverse

from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Report
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from disclosure.workflow.history import AUDIENCES, Reader, last_step, mails_of, story_of
from schools.audit import record
from schools.enums import EventType
from schools.models import OutgoingMail, User
from tests import factories

pytestmark = pytest.mark.django_db

# How a draft comes about, and what passes between the authors and their leader.
OF_THE_SCHOOL = {
    EventType.REPORT_CARRIED_OVER,
    EventType.CARRIED_CONFIRMED,
    EventType.SECTION_SAVED,
    EventType.SOURCE_UPLOADED,
    EventType.IMPORT_APPLIED,
    EventType.IMPORT_UNDONE,
    EventType.SIGNOFF_REQUESTED,
    EventType.SIGNOFF_DECLINED,
}
# The same, until the report is handed in with it.
UNTIL_HANDED_IN = {EventType.FINDING_ANSWERED, EventType.ANSWER_REMOVED}
# What a reviewer notes while reading.
OF_THE_OFFICE = {EventType.REMARK_ADDED, EventType.REMARK_REMOVED}
OF_BOTH = {
    EventType.REPORT_STARTED,
    EventType.REPORT_LOADED,
    EventType.WAIVER_ASKED,
    EventType.WAIVER_GRANTED,
    EventType.WAIVER_DECLINED,
    EventType.REMARK_ANSWERED,
    EventType.SIGNED_OFF,
    EventType.SUBMITTED,
    EventType.RECALLED,
    EventType.RETURNED,
    EventType.PUBLISHED,
    EventType.WITHDRAWN,
    EventType.VERSION_WITHDRAWN,
    EventType.REOPENED,
    EventType.CORRECTION_STARTED,
    EventType.CORRECTION_DISCARDED,
}
OF_NO_REPORT = {
    EventType.SIGNED_IN,
    EventType.SIGNED_OUT,
    EventType.SIGN_IN_FAILED,
    EventType.LOCKED_OUT,
    EventType.PASSWORD_CHANGED,
    EventType.ORGANISATION_CHOSEN,
    EventType.DENIED,
    EventType.ACCOUNT_INVITED,
    EventType.ACCOUNT_ACTIVATED,
    EventType.ACCOUNT_CHANGED,
    EventType.ACCOUNT_DEACTIVATED,
    EventType.ACCOUNT_REACTIVATED,
    EventType.LINK_ISSUED,
    EventType.PROVINCE_ADDED,
    EventType.PROVINCE_CHANGED,
    EventType.SCHOOL_ADDED,
    EventType.SCHOOL_CHANGED,
    EventType.CAMPAIGN_ADDED,
    EventType.CAMPAIGN_CHANGED,
    EventType.SEVERITIES_CHANGED,
}


@pytest.fixture
def draft(school, campaign, author):
    return transitions.start(campaign, author)


def told(report, reader):
    """The events ``reader`` is told of, newest first."""
    return [entry.what for entry in story_of(report, reader)]


def test_every_type_of_event_is_somebodys():
    """A new type stands in the story of nobody until it is decided whose it is; then it belongs into this file too."""
    groups = [OF_THE_SCHOOL, UNTIL_HANDED_IN, OF_THE_OFFICE, OF_BOTH, OF_NO_REPORT]
    assert sorted(type for group in groups for type in group) == sorted(EventType)
    assert sorted(AUDIENCES) == sorted(EventType)


@pytest.mark.parametrize("type", EventType)
def test_an_event_and_its_words_reach_whom_they_belong_to_and_nobody_else(type, draft, author, reviewer, client_of):
    record(type, author, draft, text="年报（讨论稿）.docx", comment="请核实经费。", source=Status.SUBMITTED)
    pages = {
        Reader.SCHOOL: client_of(author).get(reverse("author:history", args=[draft.pk])).text,
        Reader.OFFICE: client_of(reviewer).get(reverse("review:log", args=[draft.pk])).text,
    }
    expected = {
        Reader.SCHOOL: type in OF_THE_SCHOOL | UNTIL_HANDED_IN | OF_BOTH,
        Reader.OFFICE: type in OF_THE_OFFICE | OF_BOTH,
    }
    assert {reader: "年报（讨论稿）.docx" in page for reader, page in pages.items()} == expected
    assert {reader: "请核实经费。" in page for reader, page in pages.items()} == expected
    assert {reader: told(draft, reader) == [type.label, "开始填报"] for reader in Reader} == expected


@pytest.mark.parametrize("type", EventType)
def test_a_mail_is_listed_for_whom_its_event_is(type, draft):
    OutgoingMail.objects.create(
        to="a@example.edu.cn", subject="主题", body="", object_type="report", object_id=draft.pk, event=type
    )
    assert len(mails_of(draft, Reader.OFFICE)) == (type in OF_BOTH | OF_THE_OFFICE | UNTIL_HANDED_IN)


def test_what_passes_between_authors_and_leader_stays_in_the_school(school, campaign, author, signatory, reviewer):
    User.objects.filter(pk__in=[author.user.pk, signatory.user.pk]).update(email="song@example.edu.cn")
    report = factories.make_report(school, campaign, Status.AWAITING_SIGNOFF)
    transitions.perform(Action.DECLINE, report.pk, signatory, comment="经费一段请再斟酌。")
    report = transitions.perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=factories.seen(report))
    report = transitions.perform(Action.RECALL, report.pk, author)
    assert told(report, Reader.OFFICE) == ["开始填报"]
    assert mails_of(report, Reader.OFFICE) == []
    assert last_step(report, Reader.OFFICE).what == "开始填报"
    assert told(report, Reader.SCHOOL)[:4] == ["撤回修改", "送审签", "审签退回", "送审签"]
    assert last_step(report, Reader.SCHOOL).what == "撤回修改"


def test_taking_back_what_the_office_had_is_told_to_it(school, campaign, author, reviewer):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    report = transitions.perform(Action.RECALL, report.pk, author)
    assert told(report, Reader.OFFICE) == ["撤回修改", "提交审核", "开始填报"]


def test_what_was_taken_back_is_the_schools_draft_again(school, campaign, author, reviewer, client_of):
    slipped = factories.full_document(
        school, campaign.year, sections__overview__body="<p>学校的主动公布清零已经更新，全年工作按计划完成。</p>"
    )
    report = factories.make_report(school, campaign, document=slipped)
    [warning] = judge(complete(Report.objects.filter(pk=report.pk)).get()).unanswered
    responses.answer(report.pk, [warning.finding.key], "这是我校的固定名称。", author)
    factories.hand_in(report)
    log = reverse("review:log", args=[report.pk])
    office = client_of(reviewer)
    assert "这是我校的固定名称。" in office.get(log).text
    transitions.perform(Action.RECALL, report.pk, author)
    assert "这是我校的固定名称。" not in office.get(log).text
    assert "这是我校的固定名称。" in client_of(author).get(reverse("author:history", args=[report.pk])).text
    factories.hand_in(report)
    assert "这是我校的固定名称。" in office.get(log).text


def test_what_a_reviewer_notes_is_the_offices(school, campaign, author, reviewer):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    remark = comments.add(report.pk, SectionKey.OTHER, "数字可疑，请会同财务处核实。", reviewer)
    comments.remove(report.pk, remark.pk, reviewer)
    assert told(report, Reader.OFFICE)[:2] == ["删除审核意见", "写审核意见"]
    assert told(report, Reader.SCHOOL) == ["提交审核", "开始填报"]
