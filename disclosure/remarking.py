"""The reviewer's remarks on a submission, and the school's answers."""

from django.db import transaction
from django.utils import timezone

from disclosure import permissions
from disclosure.enums import SectionKey
from disclosure.models import Remark, Report
from disclosure.words import typed
from disclosure.workflow import Refused, pending_submission
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType

LONGEST_ANSWER = Remark._meta.get_field("answer").max_length


def _locked(report_id: int) -> Report:
    Report.objects.select_for_update().get(pk=report_id)
    return Report.objects.with_context().get(pk=report_id)


@transaction.atomic
def add(report_id: int, key: SectionKey, text: str, actor: Actor) -> Remark:
    """Ask something of one part of the submission under review; a double click asks once. Raises ``Refused``."""
    report = _locked(report_id)
    if reason := permissions.why_not_remark(actor, report):
        raise Refused(reason)
    if not (text := typed(text)):
        raise Refused("请写明审核意见。")
    remark, created = Remark.objects.get_or_create(
        submission=pending_submission(report),
        section=key,
        text=text,
        defaults={"created_by_name": actor.name},
    )
    if created:
        record(EventType.REMARK_ADDED, actor, report, section=key, text=remark.text)
    return remark


@transaction.atomic
def remove(report_id: int, remark_id: str, actor: Actor) -> str:
    """Take back a remark before the decision, by its id as the page sends it; its text.

    One that is already gone is no error but a double click, and gives "". Raises ``Refused``.
    """
    report = _locked(report_id)
    if reason := permissions.why_not_remark(actor, report):
        raise Refused(reason)
    remarks = Remark.objects.filter(submission=pending_submission(report))
    remark = next((one for one in remarks if str(one.pk) == str(remark_id)), None)
    if remark is None:
        return ""
    record(EventType.REMARK_REMOVED, actor, report, section=remark.section, text=remark.text)
    remark.delete()
    return remark.text


@transaction.atomic
def answer(report_id: int, remark_id: int, text: str, actor: Actor) -> Remark:
    """Say what was done about a remark, which settles it; saying it anew replaces the answer. Raises ``Refused``."""
    report = _locked(report_id)
    if reason := permissions.why_not_answer(actor, report):
        raise Refused(reason)
    if not (text := typed(text)):
        raise Refused("请写明如何处理了这条意见。")
    if len(text) > LONGEST_ANSWER:
        raise Refused(f"答复最多 {LONGEST_ANSWER} 字，现在有 {len(text)} 字，请精简。")
    remark = Remark.objects.filter(pk=remark_id, submission=report.open_return()).first()
    if remark is None:
        raise Refused("这条审核意见已经不在了，请刷新页面。")
    remark.answer = text
    remark.settled_at = timezone.now()
    remark.settled_by_name = actor.name
    remark.save(update_fields=["answer", "settled_at", "settled_by_name"])
    record(EventType.REMARK_ANSWERED, actor, report, section=remark.section, text=remark.answer)
    return remark
