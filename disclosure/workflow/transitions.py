"""What may follow what. The one writer of ``Report.status``.

``TRANSITIONS`` is the whole state machine. A step is one transaction: the report's row is locked, everything is asked
again under the lock, then status, submission, publication, audit event and the mails to send are written together.
Mail and PDF follow the commit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from disclosure.chinese.dates import chinese_date, chinese_moment
from disclosure.evaluation import Judgement, frozen, judge
from disclosure.models import Campaign, Publication, Remark, Report, Submission, Withdrawal, written_by
from disclosure.models.assembly import complete, create_parts, disassemble
from disclosure.report.document import Document
from disclosure.report.enums import REVIEWER_LABELS, Action, Decision, Status
from disclosure.richtext import personal_data
from disclosure.richtext.plain import typed
from disclosure.workflow import notifications, permissions, tasks
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType

SEEN_IS_OLD = "学校在您打开之后重新提交过，内容已经不同。请重新打开报告，审阅最新的内容。"


class Refused(Exception):
    """A step that may not be taken now; the text says why and what to do, for the person who asked."""


class NotReady(Refused):
    """The report still has errors, or warnings nobody has explained; ``judgement`` holds them."""

    def __init__(self, sentence: str, judgement: Judgement):
        super().__init__(sentence)
        self.judgement = judgement


@dataclass(frozen=True)
class Step:
    """What a person says with an action.

    ``sha256`` is the hash of the document they saw; ``late_reason`` why the report comes after the closing date;
    ``comment`` the reason of a return, a withdrawal, a correction; ``remarks`` the ids of the remarks they return with.
    """

    actor: Actor
    sha256: str = ""
    late_reason: str = ""
    comment: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    ``carry_out`` does what the step does besides and returns the new status, one of ``targets``. ``guard`` says why
    not, beyond status and person. ``tell`` writes the mails. ``comment`` is the sentence shown where a reason is
    required and missing, "" where none is asked.
    """

    action: Action
    sources: tuple[Status, ...]
    targets: tuple[Status, ...]
    event: EventType
    carry_out: Callable[[Report, Step], Status]
    guard: Callable[[Report, Actor], str | None] = lambda report, actor: None
    tell: Callable[[Report, Step], None] | None = None
    comment: str = ""
    records: tuple[str, ...] = field(default=("comment",))


# --- reading ----------------------------------------------------------------------------------------------------------


def why_not(action: Action, report: Report, actor: Actor) -> str | None:
    """Why ``actor`` cannot take ``action`` on ``report`` now, or None."""
    transition = TRANSITIONS[action]
    if reason := permissions.why_not_act(actor, report, action):
        return reason
    if report.status not in transition.sources:
        label = REVIEWER_LABELS[report.status] if actor.is_reviewer else Status(report.status).label
        return f"报告现在是「{label}」，不能「{action.label}」。可能有人刚刚处理过，请刷新页面查看最新状态。"
    return transition.guard(report, actor)


def available(report: Report, actor: Actor) -> list[Action]:
    """The actions ``actor`` can take on ``report`` now, in the order of the table."""
    return [action for action in TRANSITIONS if why_not(action, report, actor) is None]


def needs_late_reason(report: Report) -> bool:
    """Whether handing in now is late: the first time, after the closing date. A correction is never late."""
    return (
        report.campaign.is_overdue
        and report.first_submitted_at is None
        and not report.backfilled
        and not report.is_correction
    )


def recall_makes_late(report: Report) -> bool:
    """Whether a report that was handed in in time would be late if it were taken back now and handed in again."""
    return (
        report.campaign.is_overdue
        and not report.is_late
        and not report.is_correction
        and not report.backfilled
        and report.first_submitted_at is not None
        and not report.submissions.exclude(decision__in=[Decision.PENDING, Decision.RECALLED]).exists()
    )


def why_not_withdraw_version(publication: Publication, report: Report, actor: Actor, newest: Publication) -> str | None:
    """Why ``actor`` cannot take down this one version of ``report``, or None. The newest goes with the whole report."""
    if reason := permissions.why_not_act(actor, report, Action.WITHDRAW):
        return reason
    if withdrawal := publication.own_withdrawal:
        at, who = chinese_moment(withdrawal.withdrawn_at), withdrawal.withdrawn_by_name
        return f"{at}，{who}已经撤回第 {publication.number} 版，不需要再撤回。"
    if publication == newest:
        whole = f"要让公众看不到这份报告，请使用「{Action.WITHDRAW.label}」。"
        return f"第 {publication.number} 版是现行版本，不能单独撤回。{whole}"
    return None


def versions_of(report: Report) -> QuerySet[Publication]:
    """Every published version of ``report``, newest first, withdrawn or not, without their documents."""
    return Publication.objects.at(report.school.slug, report.campaign.year).defer("document")


def live_publication(report: Report) -> Publication | None:
    """What the public sees of this report now, or None."""
    return Publication.objects.current().filter(school=report.school_id, year=report.campaign.year).first()


def pending_submission(report: Report) -> Submission | None:
    """The submission the reviewer is to decide on, or None."""
    return report.submissions.filter(decision=Decision.PENDING).first()


def submission_shown(report: Report) -> Submission | None:
    """What a reviewer may read now: what is under review, or what was returned; never the school's draft."""
    if report.status == Status.SUBMITTED:
        return pending_submission(report)
    if report.status in (Status.RETURNED, Status.AWAITING_SIGNOFF):
        return report.open_return()
    return None


# --- writing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def start(campaign: Campaign, actor: Actor) -> Report:
    """The report of the actor's school in ``campaign``, begun if it was not; a double click begins one."""
    if reason := permissions.why_not_start(actor, campaign):
        raise Refused(reason)
    return create_report(campaign, actor.school, actor, EventType.REPORT_STARTED)


def create_report(campaign: Campaign, school, actor: Actor, event: EventType, backfilled: bool = False) -> Report:
    """Make the report with its parts, or return the one there is. To be called in a transaction.

    Raises ``Refused`` where the school reports on that year in another province: it had moved since. One school has
    one report a year, at one public address.
    """
    elsewhere = Report.objects.filter(school=school, campaign__year=campaign.year).exclude(campaign=campaign)
    if other := elsewhere.with_context().first():
        raise Refused(f"{school.name}{campaign.year}年的报告在「{other.campaign}」的填报任务里，请在那里继续。")
    report, created = Report.objects.get_or_create(
        school=school, campaign=campaign, defaults={"backfilled": backfilled}
    )
    if created:
        create_parts(report)
        record(event, actor, report)
    return report


def perform(action: Action, report_id: int, actor: Actor, **said) -> Report:
    """Take one step. ``said`` are fields of ``Step``.

    Raises ``Refused`` with a sentence, or ``NotReady`` with findings; then nothing has changed.
    """
    transition = TRANSITIONS[action]
    step = Step(
        actor=actor, **{name: typed(value) if isinstance(value, str) else value for name, value in said.items()}
    )
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report_id)
        report = complete(Report.objects.filter(pk=report_id)).get()
        if reason := why_not(action, report, actor):
            raise Refused(reason)
        if transition.comment and not step.comment:
            raise Refused(transition.comment)
        if not needs_late_reason(report):
            step = replace(step, late_reason="")
        source = report.status
        report.status = transition.carry_out(report, step)
        report.status_since = timezone.now()
        report.save(update_fields=["status", "status_since", "first_submitted_at", "late_reason", "correction_reason"])
        detail = {name: getattr(step, name) for name in transition.records if getattr(step, name)}
        record(transition.event, actor, report, source=source, target=report.status, **detail)
        if transition.tell:
            transition.tell(report, step)
    return report


@transaction.atomic
def withdraw_version(report_id: int, number: int, actor: Actor, comment: str) -> Withdrawal:
    """Take down one older version of a report, which a correction has replaced.

    No row of the table: the newest version, the report's status and a correction under way stay as they are. Raises
    ``Refused`` with a sentence, or ``Publication.DoesNotExist``.
    """
    comment = typed(comment)
    Report.objects.select_for_update().get(pk=report_id)
    report = Report.objects.with_context().get(pk=report_id)
    versions = versions_of(report)
    publication = versions.get(number=number)
    if reason := why_not_withdraw_version(publication, report, actor, versions[0]):
        raise Refused(reason)
    if not comment:
        raise Refused(TRANSITIONS[Action.WITHDRAW].comment)
    withdrawal = _take_down(publication, actor, comment)
    record(EventType.VERSION_WITHDRAWN, actor, report, comment=comment, publication=number)
    notifications.version_withdrawn(report, publication, comment, actor)
    return withdrawal


def _take_down(publication: Publication, actor: Actor, comment: str) -> Withdrawal:
    return Withdrawal.objects.create(
        publication=publication,
        reason=personal_data.mask(_fitting(comment, Withdrawal, "reason")),
        withdrawn_by_name=actor.name,
    )


def _request_signoff(report: Report, step: Step) -> Status:
    _must_be_seen(_ready(report, step).document, step)
    _note_lateness(report, step)
    return Status.AWAITING_SIGNOFF


def _submit(report: Report, step: Step) -> Status:
    return _hand_in(report, step, submitted_by=step.actor.name)


def _sign_off(report: Report, step: Step) -> Status:
    return _hand_in(report, step, submitted_by=step.actor.name, signed_by=step.actor.name)


def _hand_in(report: Report, step: Step, submitted_by: str, signed_by: str = "") -> Status:
    """Freeze the document as a submission, with what was found of it and said to that.

    What the reviewer had begun to write on one that the school took back goes on with the new one.
    """
    judgement = _ready(report, step)
    document = judgement.document
    _must_be_seen(document, step)
    _note_lateness(report, step)
    now = timezone.now()
    report.first_submitted_at = report.first_submitted_at or now
    last = report.submissions.order_by("-number").first()
    submission = Submission.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        document=document.to_json(),
        sha256=document.hash,
        findings=[frozen.to_record(one) for one in judgement.judged],
        submitted_by_name=submitted_by,
        signed_by_name=signed_by,
    )
    Remark.objects.filter(submission__report=report, submission__decision=Decision.RECALLED).update(
        submission=submission
    )
    return Status.SUBMITTED


def _ready(report: Report, step: Step) -> Judgement:
    """The draft with what the checks say to it, if it may be handed in. Raises ``NotReady`` or ``Refused``."""
    judgement = judge(report)
    if judgement.errors:
        raise NotReady(f"还有 {len(judgement.errors)} 处须改正，改正后才能提交。", judgement)
    if judgement.unanswered and not step.actor.is_system:
        raise NotReady(f"还有 {len(judgement.unanswered)} 处请核对：请改正，或者写明不改的理由。", judgement)
    if remarks := report.open_remarks():
        raise Refused(f"还有 {len(remarks)} 条审核意见没有答复，请逐条答复并标为已处理。")
    return judgement


def _must_be_seen(document: Document, step: Step) -> None:
    """Refuse what was changed after the person looked at it: a colleague's save, a stale tab."""
    if not step.actor.is_system and step.sha256 != document.hash:
        raise Refused("内容在您核对之后又有改动，请重新核对后再提交。")


def _note_lateness(report: Report, step: Step) -> None:
    if not needs_late_reason(report):
        if report.first_submitted_at is None:
            # A sign-off was asked for late, and then the province put the closing date off.
            report.late_reason = ""
        return
    if step.late_reason:
        report.late_reason = _fitting(step.late_reason, Report, "late_reason")
    if not report.late_reason:
        raise Refused(f"填报已于{chinese_date(report.campaign.closes_on)}截止，请说明逾期原因后再提交。")


def _fitting(text: str, model, column: str) -> str:
    """What somebody typed, if its column holds it. Raises ``Refused``: nothing that was typed is cut off."""
    field = model._meta.get_field(column)
    if len(text) > field.max_length:
        raise Refused(f"{field.verbose_name}最多 {field.max_length} 字，现在有 {len(text)} 字，请精简。")
    return text


def _resume(report: Report, step: Step) -> Status:
    """Back to the author: to the return being worked on, if there is one, else to the draft."""
    return Status.RETURNED if report.open_return() else Status.DRAFT


def _recall(report: Report, step: Step) -> Status:
    """Take back what waits for a signature or for the reviewer.

    What no reviewer has decided on counts as not handed in: else handing in anything at all before the closing date
    and taking it back would make whatever comes later punctual.
    """
    pending = pending_submission(report)
    if pending:
        _decide(pending, Decision.RECALLED, step)
    if not report.submissions.exclude(decision=Decision.RECALLED).exists():
        report.first_submitted_at = None
    return _resume(report, step)


def _send_back(report: Report, step: Step) -> Status:
    submission = _seen_submission(report, step)
    remarks = list(submission.remarks.all())
    if not remarks:
        raise Refused("请至少对一个部分写明审核意见。学校只能修改写有意见的部分。")
    if step.remarks and step.remarks != ids_of(remarks):
        raise Refused("您打开之后，有同事增加或删除了审核意见。下面是现在的意见，请核对后再退回。")
    _decide(submission, Decision.RETURNED, step)
    return Status.RETURNED


def ids_of(remarks: Iterable[Remark]) -> str:
    """Which remarks they are: what the page before a return hands on, so that nothing is sent back unseen."""
    return ",".join(str(remark.pk) for remark in remarks)


def _approve(report: Report, step: Step) -> Status:
    submission = _seen_submission(report, step)
    if remarks := list(submission.remarks.all()):
        raise Refused(f"{written_by(remarks, step.actor.user)}。请先删除意见，或者选择「退回修改」。")
    document = submission.read().public()
    last = Publication.objects.filter(school=report.school, year=report.campaign.year).order_by("-number").first()
    publication = Publication.objects.create(
        school=report.school,
        year=report.campaign.year,
        number=last.number + 1 if last else 1,
        title=document.title,
        label=document.label or report.campaign.label,
        document=document.to_json(),
        sha256=document.hash,
        backfilled=report.backfilled,
        change_note=personal_data.mask(report.correction_reason),
        published_at=timezone.now(),
    )
    report.correction_reason = ""
    _decide(submission, Decision.APPROVED, step, publication=publication)
    # robust: the decision stands where the task cannot be handed over; the first reader's request renders then.
    transaction.on_commit(partial(tasks.render_pdf.enqueue, publication.pk), robust=True)
    transaction.on_commit(partial(tasks.index_copies.enqueue, report.school_id), robust=True)
    return Status.PUBLISHED


def _seen_submission(report: Report, step: Step) -> Submission:
    """The pending submission, if it is the one the reviewer saw."""
    submission = pending_submission(report)
    if not step.actor.is_system and submission.sha256 != step.sha256:
        raise Refused(SEEN_IS_OLD)
    return submission


def _decide(submission: Submission, decision: Decision, step: Step, publication: Publication | None = None) -> None:
    submission.decision = decision
    submission.decided_at = timezone.now()
    submission.decided_by_name = step.actor.name
    submission.comment = step.comment
    submission.publication = publication
    submission.save(update_fields=["decision", "decided_at", "decided_by_name", "comment", "publication"])


def _end_correction(report: Report, step: Step) -> None:
    """Close what is open of the correction under way, so that a later one does not find its return still open."""
    if pending := pending_submission(report):
        # Why the report is withdrawn is said to the public, not to this submission.
        _decide(pending, Decision.ENDED, replace(step, comment=""))
    if returned := report.open_return():
        returned.decision = Decision.ENDED
        returned.save(update_fields=["decision"])
    # Remarks that never left the office belong to this correction, not to the next.
    report.submissions.filter(decision=Decision.RECALLED, remarks__isnull=False).update(decision=Decision.ENDED)
    report.correction_reason = ""


def _withdraw(report: Report, step: Step) -> Status:
    """Take down every version: were only the newest, an older one would be public again with the next."""
    _end_correction(report, step)
    for publication in versions_of(report).filter(withdrawal__isnull=True):
        _take_down(publication, step.actor, step.comment)
    transaction.on_commit(partial(tasks.index_copies.enqueue, report.school_id), robust=True)
    return Status.WITHDRAWN


def _begin_correction(report: Report, step: Step) -> Status:
    """Open the report again. What will be changed was not there when it was reviewed for confidentiality, so that is
    asked for anew; the version moves, so that a page from before cannot put the old review back.
    """
    report.correction_reason = _fitting(step.comment, Report, "correction_reason")
    head = report.head
    head.confidentiality_reviewer, head.confidentiality_date, head.version = "", None, head.version + 1
    head.save(update_fields=["confidentiality_reviewer", "confidentiality_date", "version"])
    return Status.DRAFT


def _discard_correction(report: Report, step: Step) -> Status:
    """Put back what was approved last, private contacts included."""
    approved = report.submissions.filter(decision=Decision.APPROVED).order_by("-number").first()
    disassemble(approved.read(), report, step.actor.user)
    _end_correction(report, step)
    return Status.PUBLISHED


# --- guards -----------------------------------------------------------------------------------------------------------


def _without_signatory(report: Report, actor: Actor) -> str | None:
    if actor.is_system or not permissions.has_signatory(report.school):
        return None
    return "本校设有分管领导，请先「送分管领导审签」，由分管领导签发提交。"


def _with_signatory(report: Report, actor: Actor) -> str | None:
    return None if permissions.has_signatory(report.school) else "本校没有分管领导的账号，请直接「提交审核」。"


def _is_live(report: Report, actor: Actor) -> str | None:
    return None if live_publication(report) else "这份报告没有正在公开的版本。"


def _is_live_correction(report: Report, actor: Actor) -> str | None:
    return _is_live(report, actor) if report.is_correction else "这份报告不在更正之中。"


# --- the table --------------------------------------------------------------------------------------------------------

_WRITING = (Status.DRAFT, Status.RETURNED)

TRANSITIONS: dict[Action, Transition] = {
    transition.action: transition
    for transition in (
        Transition(
            Action.REQUEST_SIGNOFF,
            _WRITING,
            (Status.AWAITING_SIGNOFF,),
            EventType.SIGNOFF_REQUESTED,
            _request_signoff,
            guard=_with_signatory,
            tell=notifications.signoff_requested,
            records=("late_reason",),
        ),
        Transition(
            Action.SIGN_OFF,
            (Status.AWAITING_SIGNOFF,),
            (Status.SUBMITTED,),
            EventType.SIGNED_OFF,
            _sign_off,
            tell=notifications.submitted,
            records=("late_reason", "sha256"),
        ),
        Transition(
            Action.DECLINE,
            (Status.AWAITING_SIGNOFF,),
            _WRITING,
            EventType.SIGNOFF_DECLINED,
            _resume,
            tell=notifications.signoff_declined,
            comment="请写明需要修改什么。",
        ),
        Transition(
            Action.SUBMIT,
            _WRITING,
            (Status.SUBMITTED,),
            EventType.SUBMITTED,
            _submit,
            guard=_without_signatory,
            tell=notifications.submitted,
            records=("late_reason", "sha256"),
        ),
        Transition(
            Action.RECALL,
            (Status.AWAITING_SIGNOFF, Status.SUBMITTED),
            _WRITING,
            EventType.RECALLED,
            _recall,
        ),
        Transition(
            Action.SEND_BACK,
            (Status.SUBMITTED,),
            (Status.RETURNED,),
            EventType.RETURNED,
            _send_back,
            tell=notifications.returned,
            comment="请写明退回的总体意见。",
            records=("comment", "sha256"),
        ),
        Transition(
            Action.APPROVE,
            (Status.SUBMITTED,),
            (Status.PUBLISHED,),
            EventType.PUBLISHED,
            _approve,
            tell=notifications.published,
            records=("sha256",),
        ),
        Transition(
            Action.START_CORRECTION,
            (Status.PUBLISHED,),
            (Status.DRAFT,),
            EventType.CORRECTION_STARTED,
            _begin_correction,
            guard=_is_live,
            comment="请写明更正原因。更正发布后，原因会向公众显示。",
        ),
        Transition(
            Action.DISCARD_CORRECTION,
            _WRITING,
            (Status.PUBLISHED,),
            EventType.CORRECTION_DISCARDED,
            _discard_correction,
            guard=_is_live_correction,
        ),
        Transition(
            Action.WITHDRAW,
            (Status.PUBLISHED, Status.DRAFT, Status.AWAITING_SIGNOFF, Status.SUBMITTED, Status.RETURNED),
            (Status.WITHDRAWN,),
            EventType.WITHDRAWN,
            _withdraw,
            guard=_is_live,
            tell=notifications.withdrawn,
            comment="请写明撤回原因。原因会向公众显示。",
        ),
        Transition(
            Action.REOPEN,
            (Status.WITHDRAWN,),
            (Status.DRAFT,),
            EventType.REOPENED,
            _begin_correction,
            tell=notifications.reopened,
            comment="请写明重新开放填报的原因。再次发布后，原因会作为更正说明向公众显示。",
        ),
    )
}


def mermaid() -> str:
    """The table as a Mermaid state diagram, for ``docs/workflow.md``."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT.value}: {EventType.REPORT_STARTED.label}"]
    lines += [f"    {status.value}: {status.label}" for status in Status]
    lines += [
        f"    {source.value} --> {target.value}: {transition.action.label}"
        for transition in TRANSITIONS.values()
        for source in transition.sources
        for target in transition.targets
    ]
    return "\n".join(lines) + "\n"
