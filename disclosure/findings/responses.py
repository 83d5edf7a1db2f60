"""What people say to the findings of the checks: the school's reasons and requests, the reviewer's waivers.

Like ``workflow.comments``: every change is one transaction under the report's lock, with its audit event. A finding is
named by its key; the checks are run again under the lock, so nobody answers what is no longer there.
"""

from collections.abc import Iterable

from django.db import transaction

from disclosure.evaluation import Judged, Judgement, frozen, judge
from disclosure.models import Answer, Report, Waiver
from disclosure.models.assembly import complete
from disclosure.report.enums import Status
from disclosure.richtext.plain import typed
from disclosure.workflow import notifications, permissions
from disclosure.workflow.transitions import Refused, submission_shown
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType

LONGEST_REASON = 1000
GONE = "这一条检查结果已经不在了：内容刚刚改过，或者规则有了变化。请刷新页面查看最新的检查结果。"


@transaction.atomic
def answer(report_id: int, keys: Iterable[str], reason: str, actor: Actor, over: str | None = None) -> list[Answer]:
    """Say why findings stay as they are: explain a warning, ask for the waiver of an error.

    Several at once get the same reason; those that are gone are passed over. ``over`` is the version of the reason to
    the first of ``keys`` that the person saw (``Answer.version``, "" where there was none): somebody else's newer one
    is not overwritten, and the others are answered only where nobody has by now. Without it every one is written.
    Raises ``Refused``, also where none is left.
    """
    report = _locked(report_id)
    if reason_not := permissions.why_not_answer_finding(actor, report):
        raise Refused(reason_not)
    reason = _checked(reason)
    judgement = judge(report)
    first, *others = dict.fromkeys(keys)
    found = [one for one in map(judgement.find, (first, *others)) if one is not None]
    if not found or (over is not None and found[0].finding.key != first):
        raise Refused(GONE)
    if fixed := [one for one in found if one.finding.blocks and not one.may_be_waived]:
        raise Refused(f"这一条只能改正，不能豁免：{fixed[0].finding.sentence}")
    if found[0].is_waived:
        raise Refused("审核人已经豁免这一条，不需要再申请。")
    if over is not None:
        _must_be_seen(found[0].answer, over, reason)
        found = [found[0], *(one for one in found[1:] if one.wants_answer or (one.blocks and not one.is_asked))]
    # A second click says what has been said.
    new = [one for one in found if not _says(one, reason)]
    answers = [_write_answer(report, one, reason, actor) for one in new]
    if asked := [one for one in new if one.finding.blocks and not one.is_asked]:
        notifications.waiver_asked(report, [one.finding.sentence for one in asked], reason, actor)
    return answers


def _must_be_seen(said: Answer | None, over: str, reason: str = "") -> None:
    """Refuse to replace what somebody has written since the page was opened, unless it says the same."""
    if said and said.version != over and said.reason != reason:
        raise Refused(f"{said.said_by_name}刚刚已对这一条写明理由：「{said.reason}」。如要改写，请核对后再提交一次。")


def _says(one: Judged, reason: str) -> bool:
    """Whether exactly this was said to the finding as it stands: an error that was declined is asked about anew."""
    if one.answer is None or one.answer.reason != reason:
        return False
    return one.is_asked if one.finding.blocks else True


def _write_answer(report: Report, one: Judged, reason: str, actor: Actor) -> Answer:
    finding = one.finding
    said, _ = Answer.objects.update_or_create(
        report=report,
        key=finding.key,
        defaults=_what(one) | {"severity": finding.severity, "reason": reason, "said_by_name": actor.name},
    )
    event = EventType.WAIVER_ASKED if finding.blocks else EventType.FINDING_ANSWERED
    record(event, actor, report, section=finding.section.value, sentence=finding.sentence, text=reason)
    return said


@transaction.atomic
def take_back(report_id: int, key: str, actor: Actor, over: str | None = None) -> Answer | None:
    """Take a reason back; what it was. One that is gone already is no error, and gives None.

    ``over`` is the version of the reason that the person saw. Raises ``Refused``.
    """
    report = _locked(report_id)
    if reason_not := permissions.why_not_answer_finding(actor, report):
        raise Refused(reason_not)
    said = Answer.objects.filter(report=report, key=key).first()
    if said is None:
        return None
    if over is not None:
        _must_be_seen(said, over)
    record(EventType.ANSWER_REMOVED, actor, report, section=said.section, sentence=said.sentence, text=said.reason)
    said.delete()
    return said


@transaction.atomic
def decide(report_id: int, key: str, is_granted: bool, reason: str, actor: Actor, seen: str | None = None) -> Waiver:
    """Let an error pass for this report, or say that it must be mended; deciding anew replaces the decision.

    Of a draft the reviewer knows only what the school has asked about; of what was handed in, everything. ``seen`` is
    the ``Waiver.version`` of the decision that stood on the page, "" where there was none: a colleague's of meanwhile is
    not overwritten unseen. The same sent twice is decided once. Raises ``Refused``.
    """
    report = _locked(report_id)
    if reason_not := permissions.why_not_waive(actor, report):
        raise Refused(reason_not)
    reason = _checked(reason)
    one = shown_to_reviewer(report).find(key)
    if one is None or not one.may_be_waived:
        raise Refused(GONE)
    before = one.waiver
    if before is not None and seen is not None and seen != before.version:
        if (before.is_granted, before.reason, before.said_by_name) == (is_granted, reason, actor.name):
            return before
        raise Refused(
            f"{before.said_by_name}已经决定：{before.decision}，理由是「{before.reason}」。要改变决定，请再提交一次。"
        )
    waiver, _ = Waiver.objects.update_or_create(
        report=report,
        key=key,
        defaults=_what(one) | {"is_granted": is_granted, "reason": reason, "said_by_name": actor.name},
    )
    event = EventType.WAIVER_GRANTED if is_granted else EventType.WAIVER_DECLINED
    finding = one.finding
    record(event, actor, report, section=finding.section.value, sentence=finding.sentence, text=reason)
    if report.status != Status.SUBMITTED:
        notifications.waiver_decided(report, waiver, actor)
    return waiver


def shown_to_reviewer(report: Report) -> Judgement:
    """What a reviewer may know of the findings on ``report``: all that what lies with the office was handed in with, of
    the school's draft what it asks to be let off and what was decided on.
    """
    if report.status == Status.SUBMITTED:
        return frozen.judgement_of(report, submission_shown(report))
    judgement = judge(report)
    told = tuple(
        one
        for one in judgement.judged
        if one.finding.blocks and (one.waiver or (one.answer is not None and one.answer.is_request))
    )
    return Judgement(judgement.document, told)


def _what(one: Judged) -> dict:
    return {"rule": one.finding.rule, "section": one.finding.section, "sentence": one.finding.sentence}


def _checked(reason: str) -> str:
    if not (reason := typed(reason)):
        raise Refused("请写明理由。")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"理由最多 {LONGEST_REASON} 字，现在有 {len(reason)} 字，请精简。")
    return reason


def _locked(report_id: int) -> Report:
    """The report with all its parts, locked, so that what is judged is what stays."""
    Report.objects.select_for_update().get(pk=report_id)
    return complete(Report.objects.filter(pk=report_id)).get()
