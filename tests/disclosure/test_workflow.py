"""What may follow what: every step, every refusal."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from disclosure.chinese.dates import chinese_moment
from disclosure.components import REVIEWER_TONES, SCHOOL_TONES
from disclosure.management.commands import state_diagram
from disclosure.models import Publication, Report, Submission, Withdrawal
from disclosure.models.assembly import assemble, complete
from disclosure.report.enums import (
    AUTHORS_TURN,
    NOBODYS_TURN,
    REVIEWER_LABELS,
    REVIEWERS_TURN,
    SIGNATORYS_TURN,
    Action,
    Decision,
    SectionKey,
    Status,
)
from disclosure.workflow import comments, permissions, transitions
from disclosure.workflow.history import Reader, last_step, story_of
from disclosure.workflow.transitions import NotReady, Refused, perform
from schools.actor import SYSTEM
from schools.audit import events_of
from schools.enums import EventType, Role
from schools.models import Membership, OutgoingMail
from tests import factories
from tests.factories import hand_in, make_report, make_versions, seen, write

pytestmark = pytest.mark.django_db


def document_of(report):
    return assemble(complete(Report.objects.filter(pk=report.pk)).get())


def hand_in_again(report):
    """Answer what the reviewer asked and submit."""
    for remark in report.open_return().remarks.all():
        comments.answer(report.pk, remark.pk, "已经修改。", factories.someone(Role.AUTHOR, report.school))
    return hand_in(report)


def return_it(report, reviewer, **remarks):
    for key, text in (remarks or {"overview": "请补充培训的时间。"}).items():
        comments.add(report.pk, SectionKey(key), text, reviewer)
    return perform(Action.SEND_BACK, report.pk, reviewer, sha256=seen(report), comment="请修改。")


def correct(report, author, reason="满意率有误。", **changes):
    """Begin a correction and write something else."""
    report = perform(Action.START_CORRECTION, report.pk, author, comment=reason)
    changes = changes or {"sections__evaluation__figures__satisfaction_percent": 96}
    write(report, factories.full_document(report.school, report.campaign.year, **changes), author)
    return report


def close(campaign, days_ago=1):
    campaign.closes_on = timezone.localdate() - datetime.timedelta(days=days_ago)
    campaign.save(update_fields=["closes_on"])


def add_signatory(school):
    return factories.someone(Role.SIGNATORY, school)


def snapshot(report):
    """Everything a refused step must leave as it was."""
    return (
        list(Report.objects.filter(pk=report.pk).values()),
        list(Submission.objects.order_by("pk").values()),
        list(Publication.objects.order_by("pk").values("pk", "number")),
        list(Withdrawal.objects.values("pk")),
        list(OutgoingMail.objects.values("pk")),
        events_of(report).count(),
    )


def refused(action, report, actor, **said) -> str:
    """The sentence of a refusal, after making sure that it changed nothing."""
    before = snapshot(report)
    with pytest.raises(Refused) as refusal:
        perform(action, report.pk, actor, **said)
    assert snapshot(report) == before
    return str(refusal.value)


# --- the table is whole -----------------------------------------------------------------------------------------------


def test_every_action_has_its_row_and_its_right():
    assert list(transitions.TRANSITIONS) == [
        Action.REQUEST_SIGNOFF,
        Action.SIGN_OFF,
        Action.DECLINE,
        Action.SUBMIT,
        Action.RECALL,
        Action.SEND_BACK,
        Action.APPROVE,
        Action.START_CORRECTION,
        Action.DISCARD_CORRECTION,
        Action.WITHDRAW,
        Action.REOPEN,
    ]
    assert set(transitions.TRANSITIONS) == set(Action) == set(permissions.WHO_MAY)


def test_every_action_has_an_event_of_its_own():
    events = [transition.event for transition in transitions.TRANSITIONS.values()]
    assert len(set(events)) == len(events) == len(Action)


def test_every_status_is_somebodys_turn_and_has_its_words_for_both_sides():
    turns = [AUTHORS_TURN, SIGNATORYS_TURN, REVIEWERS_TURN, NOBODYS_TURN]
    assert sorted(status for turn in turns for status in turn) == sorted(Status)
    for table in (REVIEWER_LABELS, SCHOOL_TONES, REVIEWER_TONES):
        assert set(table) == set(Status)


def test_every_status_can_be_reached_and_left():
    sources = {status for transition in transitions.TRANSITIONS.values() for status in transition.sources}
    targets = {status for transition in transitions.TRANSITIONS.values() for status in transition.targets}
    assert sources == set(Status)
    assert targets == set(Status)


def test_the_state_diagram_in_the_docs_is_the_generated_one():
    assert state_diagram.PATH.read_text(encoding="utf-8") == state_diagram.text()


def test_the_command_writes_the_diagram(tmp_path, monkeypatch, settings):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(state_diagram, "PATH", tmp_path / "workflow.md")
    call_command("state_diagram", stdout=io.StringIO())
    assert (tmp_path / "workflow.md").read_text(encoding="utf-8") == state_diagram.text()


# --- every row is walked ----------------------------------------------------------------------------------------------

REASON = "理由充分。"


def _returned_correction(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.PUBLISHED)
    return return_it(hand_in(correct(report, author)), reviewer)


def _resubmitted(school, campaign, author, reviewer):
    return hand_in_again(make_report(school, campaign, Status.RETURNED))


def _awaiting_after_return(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.RETURNED)
    for remark in report.open_return().remarks.all():
        comments.answer(report.pk, remark.pk, "已经修改。", author)
    add_signatory(school)
    return perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=seen(report))


def _answered(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.RETURNED)
    for remark in report.open_return().remarks.all():
        comments.answer(report.pk, remark.pk, "已经修改。", author)
    return report


def _at(status):
    return lambda school, campaign, author, reviewer: make_report(school, campaign, status)


def _with_signatory(make):
    def made(school, campaign, author, reviewer):
        report = make(school, campaign, author, reviewer)
        add_signatory(school)
        return report

    return made


def _corrected(step):
    def made(school, campaign, author, reviewer):
        report = correct(make_report(school, campaign, Status.PUBLISHED), author)
        return step(report, author, reviewer)

    return made


def _request(report, author, reviewer):
    add_signatory(report.school)
    factories.explain(report)
    return perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=seen(report))


WALKS = [
    (Action.REQUEST_SIGNOFF, Status.DRAFT, Status.AWAITING_SIGNOFF, _with_signatory(_at(Status.DRAFT))),
    (Action.REQUEST_SIGNOFF, Status.RETURNED, Status.AWAITING_SIGNOFF, _with_signatory(_answered)),
    (Action.SIGN_OFF, Status.AWAITING_SIGNOFF, Status.SUBMITTED, _at(Status.AWAITING_SIGNOFF)),
    (Action.DECLINE, Status.AWAITING_SIGNOFF, Status.DRAFT, _at(Status.AWAITING_SIGNOFF)),
    (Action.DECLINE, Status.AWAITING_SIGNOFF, Status.RETURNED, _awaiting_after_return),
    (Action.SUBMIT, Status.DRAFT, Status.SUBMITTED, _at(Status.DRAFT)),
    (Action.SUBMIT, Status.RETURNED, Status.SUBMITTED, _answered),
    (Action.RECALL, Status.AWAITING_SIGNOFF, Status.DRAFT, _at(Status.AWAITING_SIGNOFF)),
    (Action.RECALL, Status.AWAITING_SIGNOFF, Status.RETURNED, _awaiting_after_return),
    (Action.RECALL, Status.SUBMITTED, Status.DRAFT, _at(Status.SUBMITTED)),
    (Action.RECALL, Status.SUBMITTED, Status.RETURNED, _resubmitted),
    (Action.SEND_BACK, Status.SUBMITTED, Status.RETURNED, _at(Status.SUBMITTED)),
    (Action.APPROVE, Status.SUBMITTED, Status.PUBLISHED, _at(Status.SUBMITTED)),
    (Action.START_CORRECTION, Status.PUBLISHED, Status.DRAFT, _at(Status.PUBLISHED)),
    (Action.DISCARD_CORRECTION, Status.DRAFT, Status.PUBLISHED, _corrected(lambda report, *_: report)),
    (Action.DISCARD_CORRECTION, Status.RETURNED, Status.PUBLISHED, _returned_correction),
    (Action.WITHDRAW, Status.PUBLISHED, Status.WITHDRAWN, _at(Status.PUBLISHED)),
    (Action.WITHDRAW, Status.DRAFT, Status.WITHDRAWN, _corrected(lambda report, *_: report)),
    (Action.WITHDRAW, Status.AWAITING_SIGNOFF, Status.WITHDRAWN, _corrected(_request)),
    (Action.WITHDRAW, Status.SUBMITTED, Status.WITHDRAWN, _corrected(lambda report, *_: hand_in(report))),
    (Action.WITHDRAW, Status.RETURNED, Status.WITHDRAWN, _returned_correction),
    (Action.REOPEN, Status.WITHDRAWN, Status.DRAFT, _at(Status.WITHDRAWN)),
]


def test_every_arrow_of_the_diagram_is_walked():
    arrows = {
        (action, source, target)
        for action, transition in transitions.TRANSITIONS.items()
        for source in transition.sources
        for target in transition.targets
    }
    assert {walk[:3] for walk in WALKS} == arrows


@pytest.mark.parametrize(
    ("action", "source", "target", "make"), WALKS, ids=[f"{one[0]}-{one[1]}-{one[2]}" for one in WALKS]
)
def test_it_goes_from_status_to_status_and_says_so_in_the_trail(
    action, source, target, make, school, campaign, author, reviewer
):
    report = make(school, campaign, author, reviewer)
    assert report.status == source
    who = {
        permissions.why_not_as_author: author,
        permissions.why_not_as_signatory: factories.someone(Role.SIGNATORY, school)
        if source == Status.AWAITING_SIGNOFF
        else None,
        permissions.why_not_as_reviewer: reviewer,
    }[permissions.WHO_MAY[action]]
    if action == Action.SEND_BACK:
        comments.add(report.pk, SectionKey.HEAD, "标题有误。", reviewer)
    before = report.status_since
    comment = REASON if transitions.TRANSITIONS[action].comment else ""

    done = perform(action, report.pk, who, sha256=seen(report), comment=comment)

    report.refresh_from_db()
    assert (done.status, report.status) == (target, target)
    assert report.status_since > before
    event = events_of(report).first()
    assert (event.type, event.actor_id, event.role) == (transitions.TRANSITIONS[action].event, who.user.pk, who.role)
    assert (event.detail["source"], event.detail["target"]) == (source, target)
    assert event.detail.get("comment", "") == comment


# --- who may, and when ------------------------------------------------------------------------------------------------

AUTHORS = {
    Status.DRAFT: [Action.SUBMIT],
    Status.AWAITING_SIGNOFF: [Action.RECALL],
    Status.SUBMITTED: [Action.RECALL],
    Status.RETURNED: [Action.SUBMIT],
    Status.PUBLISHED: [Action.START_CORRECTION],
    Status.WITHDRAWN: [],
}
REVIEWERS = {
    Status.DRAFT: [],
    Status.AWAITING_SIGNOFF: [],
    Status.SUBMITTED: [Action.SEND_BACK, Action.APPROVE],
    Status.RETURNED: [],
    Status.PUBLISHED: [Action.WITHDRAW],
    Status.WITHDRAWN: [Action.REOPEN],
}


@pytest.mark.parametrize("status", Status)
def test_it_offers_each_person_what_they_may_do(
    status, school, campaign, author, second_author, colleague, other_author, reviewer, province_admin, other_reviewer
):
    report = make_report(school, campaign, status)
    offered = {
        name: transitions.available(report, actor)
        for name, actor in {
            "author": author,
            "second author": second_author,
            "colleague of another school": colleague,
            "author of another province": other_author,
            "reviewer": reviewer,
            "administrator": province_admin,
            "reviewer of another province": other_reviewer,
        }.items()
    }
    assert offered == {
        "author": AUTHORS[status],
        "second author": AUTHORS[status],
        "colleague of another school": [],
        "author of another province": [],
        "reviewer": REVIEWERS[status],
        "administrator": REVIEWERS[status],
        "reviewer of another province": [],
    }


def test_it_offers_the_signatory_the_signature_alone(school, campaign, signatory, author):
    report = make_report(school, campaign)
    assert transitions.available(report, author) == [Action.REQUEST_SIGNOFF]
    assert transitions.available(report, signatory) == []
    report = perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=seen(report))
    assert transitions.available(report, signatory) == [Action.SIGN_OFF, Action.DECLINE]


def test_it_offers_the_author_of_a_correction_to_give_it_up(school, campaign, author, reviewer):
    report = correct(make_report(school, campaign, Status.PUBLISHED), author)
    assert transitions.available(report, author) == [Action.SUBMIT, Action.DISCARD_CORRECTION]
    assert transitions.available(report, reviewer) == [Action.WITHDRAW]


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("author", "只有省级审核人可以这样做。"),
        ("signatory", "只有省级审核人可以这样做。"),
        ("other_reviewer", "这份报告不属于您所在的省份。"),
    ],
)
def test_it_refuses_an_approval_by_anyone_but_the_own_provinces_office(persona, sentence, school, campaign, request):
    report = make_report(school, campaign, Status.SUBMITTED)
    actor = request.getfixturevalue(persona)
    assert refused(Action.APPROVE, report, actor, sha256=seen(report)) == sentence


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("colleague", "这是另一所学校的报告。"),
        ("reviewer", "这是另一所学校的报告。"),
        ("signatory", "只有本校的填报人可以这样做。"),
    ],
)
def test_it_refuses_a_submission_by_anyone_but_an_author(persona, sentence, school, campaign, request):
    report = make_report(school, campaign)
    actor = request.getfixturevalue(persona)
    assert refused(Action.SUBMIT, report, actor, sha256=seen(report)) == sentence


@pytest.mark.parametrize("status", Status)
def test_it_refuses_what_the_status_does_not_allow(status, school, campaign, author, reviewer):
    report = make_report(school, campaign, status)
    signatory = add_signatory(school)
    persons = {
        permissions.why_not_as_author: (author, status.label),
        permissions.why_not_as_signatory: (signatory, status.label),
        permissions.why_not_as_reviewer: (reviewer, REVIEWER_LABELS[status]),
    }
    for action, transition in transitions.TRANSITIONS.items():
        if status in transition.sources:
            continue
        actor, label = persons[permissions.WHO_MAY[action]]
        assert refused(action, report, actor, sha256=seen(report), comment=REASON) == (
            f"报告现在是「{label}」，不能「{action.label}」。可能有人刚刚处理过，请刷新页面查看最新状态。"
        )


@pytest.mark.parametrize("action", [action for action in Action if transitions.TRANSITIONS[action].comment])
def test_it_asks_for_the_reason_where_one_is_due(action, school, campaign, author, reviewer):
    walk = next(walk for walk in WALKS if walk[0] == action)
    report = walk[3](school, campaign, author, reviewer)
    who = {permissions.why_not_as_author: author, permissions.why_not_as_reviewer: reviewer}.get(
        permissions.WHO_MAY[action]
    ) or factories.someone(Role.SIGNATORY, school)
    sentence = refused(action, report, who, sha256=seen(report), comment=" \n ")
    assert sentence == transitions.TRANSITIONS[action].comment
    assert sentence.startswith("请写明")


# --- starting ---------------------------------------------------------------------------------------------------------


def test_starting_twice_starts_one_report(campaign, author, second_author):
    first = transitions.start(campaign, author)
    assert transitions.start(campaign, second_author) == first
    assert [event.type for event in events_of(first)] == [EventType.REPORT_STARTED]


def test_it_refuses_to_start_before_the_opening_date(campaign, author):
    campaign.opens_on = timezone.localdate() + datetime.timedelta(days=1)
    campaign.save()
    day = campaign.opens_on
    with pytest.raises(Refused, match=f"填报从{day.year}年{day.month}月{day.day}日开始。"):
        transitions.start(campaign, author)
    assert not Report.objects.exists()


def test_it_refuses_to_start_in_another_province(other_campaign, author, reviewer):
    with pytest.raises(Refused, match="这份报告不属于您所在的省份。"):
        transitions.start(other_campaign, author)
    with pytest.raises(Refused, match="只有本校的填报人可以这样做。"):
        transitions.start(other_campaign, reviewer)


# --- handing in -------------------------------------------------------------------------------------------------------


def test_a_submission_freezes_the_document_with_what_is_private(school, campaign, author):
    report = make_report(school, campaign)
    document = document_of(report)
    perform(Action.SUBMIT, report.pk, author, sha256=document.hash)
    submission = report.submissions.get()
    assert submission.read() == document
    assert submission.read().hash == submission.sha256 == document.hash
    assert submission.read().contacts[1].mobile == "10000000002"
    assert (submission.number, submission.submitted_by_name, submission.signed_by_name) == (1, "宋填报", "")


def test_a_sign_off_names_the_leader(school, campaign, signatory):
    report = make_report(school, campaign, Status.SUBMITTED)
    assert report.submissions.get().signed_by_name == "方签发"


def test_it_refuses_an_incomplete_report_and_names_what_is_missing(school, campaign, author):
    report = make_report(
        school, campaign, document=factories.full_document(school, campaign.year, sections__other__body="")
    )
    before = snapshot(report)
    with pytest.raises(NotReady) as refusal:
        perform(Action.SUBMIT, report.pk, author, sha256=seen(report))
    assert str(refusal.value) == "还有 1 处须改正，改正后才能提交。"
    found = [(one.finding.section, one.finding.field) for one in refusal.value.judgement.errors]
    assert found == [(SectionKey.OTHER, "body")]
    assert snapshot(report) == before


def test_it_refuses_warnings_nobody_has_explained_and_keeps_the_explanation(school, campaign, author):
    document = factories.full_document(school, campaign.year, sections__evaluation__figures__satisfaction_percent=None)
    report = make_report(school, campaign, document=document)
    assert refused(Action.SUBMIT, report, author, sha256=seen(report)) == (
        "还有 1 处请核对：请改正，或者写明不改的理由。"
    )
    factories.explain(report, "今年没有做调查。")
    perform(Action.SUBMIT, report.pk, author, sha256=seen(report))
    [record] = report.submissions.get().findings
    kept = {
        name: record[name] for name in ("rule", "severity", "section", "sentence", "answer", "answered_by", "waiver")
    }
    assert kept == {
        "rule": "comparable_figures_are_filled_in",
        "severity": "warning",
        "section": "evaluation",
        "sentence": "没有填写满意率。没有做过调查的，请选「不适用」。",
        "answer": "今年没有做调查。",
        "answered_by": author.name,
        "waiver": "",
    }


def test_it_refuses_what_was_changed_after_the_author_looked_at_it(school, campaign, author):
    report = make_report(school, campaign)
    looked_at = seen(report)
    write(report, factories.full_document(school, campaign.year, title="另一个标题"), author)
    sentence = "内容在您核对之后又有改动，请重新核对后再提交。"
    assert refused(Action.SUBMIT, report, author, sha256=looked_at) == sentence
    assert refused(Action.SUBMIT, report, author) == sentence


def test_a_school_with_a_signatory_cannot_pass_by_the_signature(school, campaign, author, signatory):
    report = make_report(school, campaign)
    assert refused(Action.SUBMIT, report, author, sha256=seen(report)) == (
        "本校设有分管领导，请先「送分管领导审签」，由分管领导签发提交。"
    )


def test_a_school_without_one_cannot_ask_for_it(school, campaign, author):
    report = make_report(school, campaign)
    assert refused(Action.REQUEST_SIGNOFF, report, author, sha256=seen(report)) == (
        "本校没有分管领导的账号，请直接「提交审核」。"
    )


def test_a_signatory_who_leaves_in_mid_flow_holds_nothing_up(school, campaign, author, signatory):
    report = make_report(school, campaign, Status.AWAITING_SIGNOFF)
    Membership.objects.filter(pk=signatory.membership.pk).update(is_active=False)
    report = perform(Action.RECALL, report.pk, author)
    assert perform(Action.SUBMIT, report.pk, author, sha256=seen(report)).status == Status.SUBMITTED


def test_a_signatory_who_comes_after_the_return_is_asked_from_then_on(school, campaign, author):
    report = _answered(school, campaign, author, None)
    add_signatory(school)
    assert transitions.available(report, author) == [Action.REQUEST_SIGNOFF]


# --- the closing date -------------------------------------------------------------------------------------------------


def test_on_the_closing_date_itself_nothing_is_late(school, campaign, author):
    close(campaign, days_ago=0)
    report = hand_in(make_report(school, campaign))
    assert (report.is_late, report.status) == (False, Status.SUBMITTED)


def test_after_the_closing_date_a_reason_is_asked_and_kept(school, campaign, author):
    close(campaign)
    report = make_report(school, campaign)
    day = campaign.closes_on
    assert refused(Action.SUBMIT, report, author, sha256=seen(report)) == (
        f"填报已于{day.year}年{day.month}月{day.day}日截止，请说明逾期原因后再提交。"
    )
    report = perform(Action.SUBMIT, report.pk, author, sha256=seen(report), late_reason=" 系统迁移。 ")
    assert (report.is_late, report.late_reason) == (True, "系统迁移。")
    assert events_of(report).first().detail["late_reason"] == "系统迁移。"


def test_a_reason_nobody_asked_for_is_neither_kept_nor_in_the_trail(school, campaign, author):
    report = hand_in(make_report(school, campaign), late_reason="怕来不及。")
    assert (report.is_late, events_of(report).first().detail.get("late_reason")) == (False, None)


def test_a_reason_given_for_the_signature_holds_for_the_submission(school, campaign, author, signatory):
    close(campaign)
    report = make_report(school, campaign, Status.AWAITING_SIGNOFF, late_reason="领导出差。")
    report = perform(Action.SIGN_OFF, report.pk, signatory, sha256=seen(report))
    assert report.late_reason == "领导出差。"


def test_a_closing_date_put_off_makes_the_report_punctual(school, campaign, author, signatory):
    close(campaign)
    report = make_report(school, campaign, Status.AWAITING_SIGNOFF, late_reason="领导出差。")
    close(campaign, days_ago=-3)
    report = perform(Action.SIGN_OFF, report.pk, signatory, sha256=seen(report))
    assert (report.is_late, report.late_reason) == (False, "")


def test_a_return_after_the_closing_date_asks_for_no_reason(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.RETURNED)
    close(campaign)
    report = hand_in_again(report)
    assert (report.status, report.is_late) == (Status.SUBMITTED, False)


def test_what_was_handed_in_and_taken_back_before_any_decision_was_not_handed_in(school, campaign, author):
    report = make_report(school, campaign, Status.SUBMITTED)
    report = perform(Action.RECALL, report.pk, author)
    assert report.first_submitted_at is None
    close(campaign)
    assert refused(Action.SUBMIT, report, author, sha256=seen(report)).endswith("请说明逾期原因后再提交。")
    assert hand_in(report, late_reason="补充材料。").is_late


def test_taking_back_what_was_handed_in_after_a_return_does_not_make_it_late(school, campaign, author):
    report = hand_in_again(make_report(school, campaign, Status.RETURNED))
    first = report.first_submitted_at
    close(campaign)
    report = perform(Action.RECALL, report.pk, author)
    assert (report.first_submitted_at, hand_in(report).is_late) == (first, False)


def test_a_correction_is_never_late(school, campaign, author):
    report = make_report(school, campaign, Status.PUBLISHED)
    close(campaign)
    report = hand_in(correct(report, author))
    assert (report.status, report.is_late) == (Status.SUBMITTED, False)


# --- returning --------------------------------------------------------------------------------------------------------


def test_a_return_needs_a_remark_on_some_part(school, campaign, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    assert refused(Action.SEND_BACK, report, reviewer, sha256=seen(report), comment="请修改。") == (
        "请至少对一个部分写明审核意见。学校只能修改写有意见的部分。"
    )


def test_a_return_opens_the_named_parts_alone(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    report = return_it(report, reviewer, head="标题有误。", on_request="件数请核对。")
    assert permissions.editable_sections(report) == {SectionKey.HEAD, SectionKey.ON_REQUEST}
    assert permissions.why_not_edit(author, report, SectionKey.HEAD) is None
    assert permissions.why_not_edit(author, report, SectionKey.OVERVIEW) == (
        "审核人没有要求修改这一部分，因此保持锁定。"
    )
    submission = report.submissions.get()
    assert (submission.decision, submission.comment, submission.decided_by_name) == (
        Decision.RETURNED,
        "请修改。",
        "严审核",
    )


def test_a_second_return_opens_what_it_names_and_no_more(school, campaign, reviewer):
    report = hand_in_again(make_report(school, campaign, Status.RETURNED))
    report = return_it(report, reviewer, contacts="请补充办公电话。")
    assert permissions.editable_sections(report) == {SectionKey.CONTACTS}


def test_remarks_without_an_answer_hold_the_submission_up(school, campaign, author):
    report = make_report(school, campaign, Status.RETURNED)
    assert refused(Action.SUBMIT, report, author, sha256=seen(report)) == (
        "还有 1 条审核意见没有答复，请逐条答复并标为已处理。"
    )


def test_it_refuses_to_return_what_was_handed_in_anew_meanwhile(school, campaign, author, reviewer):
    report, looked_at = _handed_in_anew(school, campaign, author)
    comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    assert refused(Action.SEND_BACK, report, reviewer, sha256=looked_at, comment="请修改。") == transitions.SEEN_IS_OLD


def _handed_in_anew(school, campaign, author):
    report = make_report(school, campaign, Status.SUBMITTED)
    looked_at = seen(report)
    perform(Action.RECALL, report.pk, author)
    write(report, factories.full_document(school, campaign.year, title="另一个标题"), author)
    return hand_in(report), looked_at


def test_what_the_reviewer_had_begun_to_write_goes_on_with_the_next_submission(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    remark = comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    perform(Action.RECALL, report.pk, author)
    report = hand_in(report)
    remark.refresh_from_db()
    assert remark.submission == transitions.pending_submission(report)
    assert [submission.remarks.count() for submission in report.submissions.order_by("number")] == [0, 1]


# --- approving --------------------------------------------------------------------------------------------------------


def test_an_approval_publishes_exactly_what_was_seen_without_what_is_private(school, campaign, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    submission = transitions.pending_submission(report)
    perform(Action.APPROVE, report.pk, reviewer, sha256=submission.sha256)
    publication = Publication.objects.get()
    assert publication.read() == submission.read().public()
    assert publication.sha256 == publication.read().hash
    assert "10000000002" not in str(publication.document)
    assert (publication.school, publication.year, publication.number) == (school, campaign.year, 1)
    assert (publication.title, publication.label, publication.change_note) == (
        submission.read().title,
        campaign.label,
        "",
    )
    submission.refresh_from_db()
    assert (submission.decision, submission.publication) == (Decision.APPROVED, publication)


def test_it_refuses_to_approve_what_was_handed_in_anew_meanwhile(school, campaign, author, reviewer):
    report, looked_at = _handed_in_anew(school, campaign, author)
    assert refused(Action.APPROVE, report, reviewer, sha256=looked_at) == transitions.SEEN_IS_OLD
    assert refused(Action.APPROVE, report, reviewer) == transitions.SEEN_IS_OLD


def test_it_refuses_to_approve_with_remarks(school, campaign, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    assert refused(Action.APPROVE, report, reviewer, sha256=seen(report)) == (
        "您写了 1 条审核意见。请先删除意见，或者选择「退回修改」。"
    )


def test_the_second_approval_is_refused_and_publishes_nothing(school, campaign, reviewer, province_admin):
    report = make_report(school, campaign, Status.SUBMITTED)
    looked_at = seen(report)
    perform(Action.APPROVE, report.pk, reviewer, sha256=looked_at)
    assert "报告现在是「已发布」" in refused(Action.APPROVE, report, province_admin, sha256=looked_at)
    assert Publication.objects.count() == 1


# --- correcting -------------------------------------------------------------------------------------------------------


def test_a_correction_becomes_the_next_version_with_its_reason(school, campaign, author, reviewer):
    report = correct(make_report(school, campaign, Status.PUBLISHED), author)
    assert transitions.live_publication(report).number == 1
    report = hand_in(report)
    assert transitions.live_publication(report).number == 1
    report = perform(Action.APPROVE, report.pk, reviewer, sha256=seen(report))
    publication = transitions.live_publication(report)
    assert (publication.number, publication.change_note) == (2, "满意率有误。")
    assert publication.read().sections.evaluation.figures.satisfaction_percent == 96
    assert (report.correction_reason, report.is_correction) == ("", False)


def test_a_correction_given_up_puts_back_what_was_approved_with_the_private_contacts(school, campaign, author):
    report = make_report(school, campaign, Status.PUBLISHED)
    approved = report.submissions.get().read()
    report = correct(report, author)
    assert document_of(report) != approved
    report = perform(Action.DISCARD_CORRECTION, report.pk, author)
    assert document_of(report) == approved
    assert (report.status, report.correction_reason) == (Status.PUBLISHED, "")


def test_after_a_returned_correction_is_given_up_the_next_one_is_free(school, campaign, author, reviewer):
    report = _returned_correction(school, campaign, author, reviewer)
    perform(Action.DISCARD_CORRECTION, report.pk, author)
    assert [one.decision for one in report.submissions.order_by("number")] == [Decision.APPROVED, Decision.ENDED]
    report = correct(report, author)
    assert permissions.editable_sections(report) == frozenset(SectionKey)
    report = perform(Action.RECALL, hand_in(report).pk, author)
    assert report.status == Status.DRAFT


def test_after_a_returned_correction_is_withdrawn_the_reopened_report_is_free(school, campaign, author, reviewer):
    report = _returned_correction(school, campaign, author, reviewer)
    perform(Action.WITHDRAW, report.pk, reviewer, comment="数据有误。")
    report = perform(Action.REOPEN, report.pk, reviewer, comment="请更正后重新提交。")
    assert permissions.editable_sections(report) == frozenset(SectionKey)
    assert hand_in(report).status == Status.SUBMITTED


def test_remarks_that_never_left_the_office_end_with_their_correction(school, campaign, author, reviewer):
    report = hand_in(correct(make_report(school, campaign, Status.PUBLISHED), author))
    comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    perform(Action.RECALL, report.pk, author)
    perform(Action.DISCARD_CORRECTION, report.pk, author)
    report = hand_in(correct(report, author))
    assert not transitions.pending_submission(report).remarks.exists()


def test_a_first_draft_is_no_correction_to_give_up(school, campaign, author):
    assert refused(Action.DISCARD_CORRECTION, make_report(school, campaign), author) == "这份报告不在更正之中。"


# --- withdrawing ------------------------------------------------------------------------------------------------------


def test_a_withdrawal_takes_the_report_from_the_public_and_says_why(school, campaign, reviewer):
    report = make_report(school, campaign, Status.PUBLISHED)
    publication = transitions.live_publication(report)
    report = perform(Action.WITHDRAW, report.pk, reviewer, comment="含有个人信息。")
    assert transitions.live_publication(report) is None
    assert (publication.withdrawal.reason, publication.withdrawal.withdrawn_by_name) == ("含有个人信息。", "严审核")


def test_nothing_is_withdrawn_that_is_not_public(school, campaign, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    assert refused(Action.WITHDRAW, report, reviewer, comment=REASON) == "这份报告没有正在公开的版本。"


def test_a_withdrawal_ends_the_correction_that_waits_for_review(school, campaign, author, reviewer):
    report = hand_in(correct(make_report(school, campaign, Status.PUBLISHED), author))
    report = perform(Action.WITHDRAW, report.pk, reviewer, comment="数据有误。")
    assert transitions.pending_submission(report) is None
    assert report.submissions.order_by("-number").first().decision == Decision.ENDED
    assert report.correction_reason == ""


def test_a_reopened_report_is_published_as_the_next_version_with_the_reason(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.WITHDRAWN)
    report = perform(Action.REOPEN, report.pk, reviewer, comment="删去个人信息后重新公开。")
    assert refused(Action.DISCARD_CORRECTION, report, author) == "这份报告没有正在公开的版本。"
    report = hand_in(report)
    report = perform(Action.APPROVE, report.pk, reviewer, sha256=seen(report))
    publication = transitions.live_publication(report)
    assert (publication.number, publication.change_note) == (2, "删去个人信息后重新公开。")


# --- withdrawing one version ------------------------------------------------------------------------------------------


def withdrawn_numbers():
    return list(Withdrawal.objects.order_by("publication__number").values_list("publication__number", flat=True))


def version_refused(report, number, actor, comment=REASON) -> str:
    """The sentence of a refusal, after making sure that it changed nothing."""
    before = snapshot(report)
    with pytest.raises(Refused) as refusal:
        transitions.withdraw_version(report.pk, number, actor, comment)
    assert snapshot(report) == before
    return str(refusal.value)


def test_an_older_version_is_withdrawn_and_the_report_stands_as_it_stood(school, campaign, reviewer):
    report = make_versions(school, campaign)
    before = Report.objects.filter(pk=report.pk).values().get()
    withdrawal = transitions.withdraw_version(report.pk, 1, reviewer, " 含有电话13800138000。 ")
    assert (withdrawal.reason, withdrawal.withdrawn_by_name) == ("含有电话138****8000。", "严审核")
    assert Report.objects.filter(pk=report.pk).values().get() == before
    assert transitions.live_publication(report).number == 2
    assert [one.number for one in transitions.versions_of(report) if one.own_withdrawal] == [1]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.AWAITING_SIGNOFF, Status.SUBMITTED, Status.RETURNED])
def test_an_older_version_is_withdrawn_while_a_correction_goes_on(status, school, campaign, author, reviewer):
    report = correct(make_versions(school, campaign), author)
    if status == Status.AWAITING_SIGNOFF:
        add_signatory(school)
        factories.review_again(report)
        factories.explain(report)
        perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=seen(report))
    elif status != Status.DRAFT:
        hand_in(report)
    if status == Status.RETURNED:
        return_it(report, reviewer)
    before = list(Report.objects.values()), list(Submission.objects.values()), document_of(report)
    transitions.withdraw_version(report.pk, 1, reviewer, REASON)
    assert (list(Report.objects.values()), list(Submission.objects.values()), document_of(report)) == before
    assert (Report.objects.get().status, withdrawn_numbers()) == (status, [1])


def test_the_newest_version_goes_with_the_whole_report_only(school, campaign, reviewer):
    report = make_versions(school, campaign)
    sentence = version_refused(report, 2, reviewer)
    assert sentence == "第 2 版是现行版本，不能单独撤回。要让公众看不到这份报告，请使用「撤回公开」。"


def test_a_version_is_withdrawn_once_and_the_second_is_told_who_did_it(school, campaign, reviewer):
    report = make_versions(school, campaign)
    withdrawal = transitions.withdraw_version(report.pk, 1, reviewer, REASON)
    at = chinese_moment(withdrawal.withdrawn_at)
    assert version_refused(report, 1, reviewer) == f"{at}，严审核已经撤回第 1 版，不需要再撤回。"


def test_a_version_is_not_withdrawn_without_a_reason(school, campaign, reviewer):
    report = make_versions(school, campaign)
    assert version_refused(report, 1, reviewer, " \n ") == "请写明撤回原因。原因会向公众显示。"


def test_a_version_is_withdrawn_by_the_reviewers_of_the_province_alone(
    school, campaign, author, signatory, other_reviewer
):
    report = make_versions(school, campaign)
    assert version_refused(report, 1, author) == version_refused(report, 1, signatory) == permissions.ONLY_REVIEWERS
    assert version_refused(report, 1, other_reviewer) == permissions.NOT_YOUR_PROVINCE


def test_a_version_that_does_not_exist_is_not_withdrawn(school, campaign, reviewer):
    report = make_versions(school, campaign)
    with pytest.raises(Publication.DoesNotExist):
        transitions.withdraw_version(report.pk, 3, reviewer, REASON)


def test_the_withdrawal_of_a_report_takes_every_version_so_that_none_returns_with_the_next(school, campaign, reviewer):
    report = make_versions(school, campaign, 3)
    transitions.withdraw_version(report.pk, 1, reviewer, "先撤下的。")
    report = perform(Action.WITHDRAW, report.pk, reviewer, comment="全部撤下。")
    reasons = Withdrawal.objects.order_by("publication__number").values_list("publication__number", "reason")
    assert list(reasons) == [(1, "先撤下的。"), (2, "全部撤下。"), (3, "全部撤下。")]
    report = hand_in(perform(Action.REOPEN, report.pk, reviewer, comment="改好了。"))
    perform(Action.APPROVE, report.pk, reviewer, sha256=seen(report))
    assert [one.number for one in transitions.versions_of(report) if not one.own_withdrawal] == [4]


def test_a_version_that_an_earlier_withdrawal_left_is_withdrawn_on_its_own(school, campaign, reviewer):
    report = make_versions(school, campaign)
    newest = transitions.live_publication(report)
    # As a withdrawal was written when it took the newest version alone.
    Withdrawal.objects.create(publication=newest, reason=REASON, withdrawn_by_name="严审核")
    Report.objects.filter(pk=report.pk).update(status=Status.WITHDRAWN)
    transitions.withdraw_version(report.pk, 1, reviewer, REASON)
    assert (Report.objects.get().status, withdrawn_numbers()) == (Status.WITHDRAWN, [1, 2])


def test_the_withdrawal_of_a_version_stands_in_the_story_and_is_no_step(school, campaign, reviewer):
    report = make_versions(school, campaign)
    before = last_step(report, Reader.OFFICE)
    transitions.withdraw_version(report.pk, 1, reviewer, "含有个人信息。")
    entry = story_of(report, Reader.SCHOOL)[0]
    assert (entry.who, entry.what, entry.said) == ("严审核", "撤回旧版本", ("第 1 版", "含有个人信息。"))
    assert last_step(report, Reader.OFFICE) == before


def test_the_school_learns_which_version_was_withdrawn_and_why(school, campaign, reviewer, second_school):
    factories.make_actor(Role.AUTHOR, school, email="author@example.edu.cn")
    factories.make_actor(Role.SIGNATORY, school, email="leader@example.edu.cn")
    factories.make_actor(Role.AUTHOR, second_school, email="colleague@example.edu.cn")
    report = make_versions(school, campaign)
    OutgoingMail.objects.all().delete()
    transitions.withdraw_version(report.pk, 1, reviewer, "含有个人信息。")
    assert _subjects() == [("author@example.edu.cn", "撤回旧版本"), ("leader@example.edu.cn", "撤回旧版本")]
    body = OutgoingMail.objects.first().body
    assert body.splitlines()[:5] == [
        "甲省教育厅办公室撤回了贵校这份报告的第 1 版，原因如下：",
        "",
        "含有个人信息。",
        "",
        "公众已看不到第 1 版，包括它的各种下载文件。报告的其他版本不受影响，贵校不需要处理。查看报告：",
    ]


# --- mails ------------------------------------------------------------------------------------------------------------


def _subjects():
    return [(mail.to, mail.subject.partition("：")[0]) for mail in OutgoingMail.objects.order_by("pk")]


def test_it_tells_those_concerned_and_nobody_else(school, province, campaign, second_school, other_province):
    author = factories.make_actor(Role.AUTHOR, school, email="author@example.edu.cn")
    signatory = factories.make_actor(Role.SIGNATORY, school, email="leader@example.edu.cn")
    reviewer = factories.make_actor(Role.REVIEWER, province, email="office@example.gov.cn")
    factories.make_actor(Role.AUTHOR, second_school, email="colleague@example.edu.cn")
    factories.make_actor(Role.REVIEWER, other_province, email="other@example.gov.cn")
    factories.make_actor(Role.AUTHOR, school)
    gone = factories.make_actor(Role.AUTHOR, school, email="gone@example.edu.cn")
    Membership.objects.filter(pk=gone.membership.pk).update(is_active=False)

    report = transitions.start(campaign, author)
    write(report, factories.full_document(school, campaign.year), author)
    perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=seen(report))
    perform(Action.DECLINE, report.pk, signatory, comment="请改标题。")
    perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=seen(report))
    report = perform(Action.SIGN_OFF, report.pk, signatory, sha256=seen(report))
    report = return_it(report, reviewer)
    report = hand_in_again(report)
    perform(Action.APPROVE, report.pk, reviewer, sha256=seen(report))
    perform(Action.WITHDRAW, report.pk, reviewer, comment="数据有误。")
    perform(Action.REOPEN, report.pk, reviewer, comment="请更正。")

    assert _subjects() == [
        ("leader@example.edu.cn", "请审签"),
        ("author@example.edu.cn", "审签退回"),
        ("leader@example.edu.cn", "请审签"),
        ("office@example.gov.cn", "待审核"),
        ("author@example.edu.cn", "退回修改"),
        ("leader@example.edu.cn", "请审签"),
        ("office@example.gov.cn", "待审核"),
        ("author@example.edu.cn", "已发布"),
        ("leader@example.edu.cn", "已发布"),
        ("author@example.edu.cn", "撤回公开"),
        ("leader@example.edu.cn", "撤回公开"),
        ("author@example.edu.cn", "重新开放填报"),
    ]


def test_the_portal_itself_tells_nobody_of_what_it_loads(school, campaign, province):
    factories.make_actor(Role.AUTHOR, school, email="author@example.edu.cn")
    reviewer = factories.make_actor(Role.REVIEWER, province, email="office@example.gov.cn")
    report = transitions.create_report(campaign, school, SYSTEM, EventType.REPORT_LOADED, backfilled=True)
    write(report, factories.full_document(school, campaign.year))
    perform(Action.SUBMIT, report.pk, SYSTEM)
    report = perform(Action.APPROVE, report.pk, SYSTEM)
    assert _subjects() == []
    perform(Action.WITHDRAW, report.pk, reviewer, comment="数据有误。")
    assert _subjects() == [("author@example.edu.cn", "撤回公开")]
