"""Two people at once, with transactions that really commit: one result, and a sentence for whoever came second.

These run on SQLite, whose writers queue up, and on PostgreSQL, whose rows are locked.
"""

import threading

import pytest
from django.db import connection

from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Answer, Publication, Remark, Report, Submission, Waiver, Withdrawal
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, Decision, SectionKey, Status
from disclosure.workflow import comments, transitions
from disclosure.workflow.transitions import Refused, perform
from schools.audit import events_of
from schools.enums import EventType, Role
from tests.factories import full_document, make_actor, make_report, make_versions, seen, someone

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(*steps):
    """Take all ``steps`` at the same moment, each in a thread and a connection of its own; what each came to.

    A refusal is a result; any other error is raised.
    """
    barrier = threading.Barrier(len(steps))
    results: list = [None] * len(steps)

    def take(index, step):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            results[index] = step()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=one) for one in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refused):
            raise result
    return results


def outcome(results):
    """The steps that were taken, and the sentences of those refused."""
    return (
        [one for one in results if not isinstance(one, Refused)],
        [str(one) for one in results if isinstance(one, Refused)],
    )


def test_two_approvals_at_once_publish_once(school, campaign, reviewer, province_admin):
    report = make_report(school, campaign, Status.SUBMITTED)
    sha256 = seen(report)
    taken, sentences = outcome(
        at_once(
            lambda: perform(Action.APPROVE, report.pk, reviewer, sha256=sha256),
            lambda: perform(Action.APPROVE, report.pk, province_admin, sha256=sha256),
        )
    )
    assert [one.status for one in taken] == [Status.PUBLISHED]
    assert sentences == ["报告现在是「已发布」，不能「审核通过并发布」。可能有人刚刚处理过，请刷新页面查看最新状态。"]
    assert Publication.objects.count() == 1
    assert events_of(report).filter(type=EventType.PUBLISHED).count() == 1


def test_a_recall_and_an_approval_at_once_end_in_one_of_the_two(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    sha256 = seen(report)
    taken, sentences = outcome(
        at_once(
            lambda: perform(Action.APPROVE, report.pk, reviewer, sha256=sha256),
            lambda: perform(Action.RECALL, report.pk, author),
        )
    )
    report.refresh_from_db()
    decision = Submission.objects.get().decision
    assert len(taken) == len(sentences) == 1
    assert (report.status, decision, Publication.objects.count()) in [
        (Status.PUBLISHED, Decision.APPROVED, 1),
        (Status.DRAFT, Decision.RECALLED, 0),
    ]


def test_handing_in_twice_at_once_makes_one_submission(school, campaign, author, second_author):
    report = make_report(school, campaign)
    sha256 = seen(report)
    taken, sentences = outcome(
        at_once(
            lambda: perform(Action.SUBMIT, report.pk, author, sha256=sha256),
            lambda: perform(Action.SUBMIT, report.pk, second_author, sha256=sha256),
        )
    )
    assert [one.status for one in taken] == [Status.SUBMITTED]
    assert sentences == ["报告现在是「已提交，待审核」，不能「提交审核」。可能有人刚刚处理过，请刷新页面查看最新状态。"]
    assert Submission.objects.count() == 1


def test_a_return_and_an_approval_at_once_end_in_one_of_the_two(school, campaign, reviewer, province_admin):
    report = make_report(school, campaign, Status.SUBMITTED)
    sha256 = seen(report)

    def send_back():
        comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
        return perform(Action.SEND_BACK, report.pk, reviewer, sha256=sha256, comment="请修改。")

    taken, sentences = outcome(
        at_once(send_back, lambda: perform(Action.APPROVE, report.pk, province_admin, sha256=sha256))
    )
    report.refresh_from_db()
    assert len(taken) == len(sentences) == 1
    assert (report.status, Remark.objects.count(), Publication.objects.count()) in [
        (Status.RETURNED, 1, 0),
        (Status.PUBLISHED, 0, 1),
    ]


def test_two_withdrawals_at_once_withdraw_once(school, campaign, reviewer, province_admin):
    report = make_report(school, campaign, Status.PUBLISHED)
    taken, sentences = outcome(
        at_once(
            lambda: perform(Action.WITHDRAW, report.pk, reviewer, comment="数据有误。"),
            lambda: perform(Action.WITHDRAW, report.pk, province_admin, comment="含有个人信息。"),
        )
    )
    assert (len(taken), len(sentences), Withdrawal.objects.count()) == (1, 1, 1)


def test_two_withdrawals_of_one_version_at_once_withdraw_it_once(school, campaign, reviewer, province_admin):
    report = make_versions(school, campaign)
    taken, sentences = outcome(
        at_once(
            lambda: transitions.withdraw_version(report.pk, 1, reviewer, "数据有误。"),
            lambda: transitions.withdraw_version(report.pk, 1, province_admin, "含有个人信息。"),
        )
    )
    assert (len(taken), len(sentences), Withdrawal.objects.count()) == (1, 1, 1)


def test_one_version_and_the_whole_report_withdrawn_at_once_leave_nothing_public(
    school, campaign, reviewer, province_admin
):
    report = make_versions(school, campaign)
    at_once(
        lambda: transitions.withdraw_version(report.pk, 1, reviewer, "含有个人信息。"),
        lambda: perform(Action.WITHDRAW, report.pk, province_admin, comment="数据有误。"),
    )
    assert [bool(one.own_withdrawal) for one in transitions.versions_of(report)] == [True, True]


def test_a_correction_and_a_withdrawal_at_once_leave_no_correction_behind(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.PUBLISHED)
    at_once(
        lambda: perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。"),
        lambda: perform(Action.WITHDRAW, report.pk, reviewer, comment="数据有误。"),
    )
    report.refresh_from_db()
    assert (report.status, report.correction_reason) == (Status.WITHDRAWN, "")
    assert transitions.live_publication(report) is None


def test_starting_twice_at_once_starts_one_report(campaign, author, second_author):
    first, second = at_once(
        lambda: transitions.start(campaign, author),
        lambda: transitions.start(campaign, second_author),
    )
    assert first == second == Report.objects.get()
    assert events_of(first).filter(type=EventType.REPORT_STARTED).count() == 1


def test_the_same_remark_twice_at_once_is_one(school, campaign, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    first, second = at_once(
        *[lambda: comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer) for _ in range(2)]
    )
    assert first == second == Remark.objects.get()


def test_two_reasons_for_one_finding_at_once_leave_the_first_and_tell_the_second(school, campaign):
    slipped = full_document(school, sections__overview__body="<p>学校的主动公布清零已经更新，全年工作完成。</p>")
    report = make_report(school, campaign, document=slipped)
    people = [make_actor(Role.AUTHOR, school, name=name) for name in ("宋填报", "陆填报")]
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    (key,) = [one.finding.key for one in judgement.unanswered]
    results = at_once(
        *(lambda who=who: responses.answer(report.pk, [key], f"{who.name}的理由。", who, over="") for who in people)
    )
    taken, refused = outcome(results)
    said = Answer.objects.get()
    assert [one.reason for answers in taken for one in answers] == [said.reason]
    assert [words.partition("，")[0] for words in refused] == [
        f"{said.said_by_name}刚刚已对这一条写明理由：「{said.reason}」。如要改写"
    ]
    assert events_of(report).filter(type=EventType.FINDING_ANSWERED).count() == 1


def test_a_request_taken_back_while_it_is_decided_on_is_decided_on_or_gone(school, campaign, reviewer):
    undated = full_document(school, confidentiality_review={"reviewer": "周保密", "date": None})
    report = make_report(school, campaign, document=undated)
    author = someone(Role.AUTHOR, school)
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    (key,) = [one.finding.key for one in judgement.errors]
    responses.answer(report.pk, [key], "审查日期没有记录。", author)
    results = at_once(
        lambda: responses.take_back(report.pk, key, author),
        lambda: responses.decide(report.pk, key, True, "情况属实。", reviewer),
    )
    assert results[0].reason == "审查日期没有记录。"
    assert not Answer.objects.exists()
    # What the school no longer asks about the office does not know; what it has decided, stands.
    assert (str(results[1]) == responses.GONE) != Waiver.objects.exists()


def test_two_decisions_on_one_request_at_once_leave_the_first_and_tell_the_second(
    school, campaign, reviewer, province_admin
):
    undated = full_document(school, confidentiality_review={"reviewer": "周保密", "date": None})
    report = make_report(school, campaign, document=undated)
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    (key,) = [one.finding.key for one in judgement.errors]
    responses.answer(report.pk, [key], "审查日期没有记录。", someone(Role.AUTHOR, school))
    taken, refused = outcome(
        at_once(
            lambda: responses.decide(report.pk, key, True, "情况属实。", reviewer, seen=""),
            lambda: responses.decide(report.pk, key, False, "请补填。", province_admin, seen=""),
        )
    )
    waiver = Waiver.objects.get()
    assert [one.reason for one in taken] == [waiver.reason]
    assert [words.partition("，")[0] for words in refused] == [f"{waiver.said_by_name}已经决定：{waiver.decision}"]


def test_a_colleagues_remark_deleted_while_the_report_is_approved_is_never_published_over(
    school, campaign, reviewer, province_admin
):
    report = make_report(school, campaign, Status.SUBMITTED)
    remark = comments.add(report.pk, SectionKey.OTHER, "请补充。", province_admin)
    looked_at = seen(report)
    removed, approved = at_once(
        lambda: comments.remove(report.pk, remark.pk, reviewer, confirmed=True),
        lambda: perform(Action.APPROVE, report.pk, province_admin, sha256=looked_at),
    )
    assert (removed.text, Remark.objects.count()) == ("请补充。", 0)
    # Whoever approves after the deletion succeeds; before it the remark stands in the way, under its author's name.
    refusals = [str(one) for one in (approved,) if isinstance(one, Refused)]
    assert Publication.objects.count() == 1 - len(refusals)
    assert refusals in ([], ["您写了 1 条审核意见。请先删除意见，或者选择「退回修改」。"])


def test_the_same_finding_made_a_remark_twice_at_once_is_one(school, campaign, reviewer):
    document = full_document(school, sections__evaluation__figures__satisfaction_percent=None)
    report = make_report(school, campaign, Status.SUBMITTED, document)
    judgement = judge(report, transitions.pending_submission(report).read())
    keys = [one.finding.key for one in judgement.judged]
    first, second = at_once(*[lambda: comments.take_up(report.pk, keys, reviewer) for _ in range(2)])
    assert first == second == list(Remark.objects.all())
    assert events_of(report).filter(type=EventType.REMARK_ADDED).count() == len(first) == 1
