"""The reviewer's remarks on a submission, and the school's answers."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from disclosure.checks.texts import short
from disclosure.evaluation import Judged, frozen
from disclosure.models import Remark, Report
from disclosure.report.enums import SectionKey
from disclosure.richtext.personal_data import mask
from disclosure.richtext.plain import typed
from disclosure.workflow import notifications, permissions
from disclosure.workflow.transitions import Refused, pending_submission
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType

LONGEST_ANSWER = Remark._meta.get_field("answer").max_length
_LONGEST_REMARK = Remark._meta.get_field("text").max_length
_LONGEST_QUOTE = 60
_LONGEST_REASON = 200
_MOST_QUOTES = 3


def _locked(report_id: int) -> Report:
    Report.objects.select_for_update().get(pk=report_id)
    return Report.objects.with_context().get(pk=report_id)


class OfColleague(Refused):
    """Taking back what a colleague wrote, by somebody who has not confirmed it; ``remark`` is theirs."""

    def __init__(self, remark: Remark):
        super().__init__(f"这条意见是{remark.created_by_name}写的，请确认之后再删除。")
        self.remark = remark


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
        defaults={"created_by": actor.user, "created_by_name": actor.name},
    )
    if created:
        record(EventType.REMARK_ADDED, actor, report, section=key, text=remark.text)
    return remark


@transaction.atomic
def take_up(report_id: int, keys: Iterable[str], actor: Actor) -> list[Remark]:
    """Make remarks of findings on the submission under review, in report order, of those from after it was handed in last;
    one that is a remark already stays one.

    Findings that are gone are passed over. Raises ``Refused``, also where none is left.
    """
    report = _locked(report_id)
    if reason := permissions.why_not_remark(actor, report):
        raise Refused(reason)
    wanted = set(keys)
    judgement = frozen.judgement_of(report, pending_submission(report))
    found = [one for one in (*judgement.judged, *judgement.later) if one.finding.key in wanted]
    if not found:
        raise Refused("这条检查结果已经不在了：检查规则刚刚有了变化。请看最新的检查结果。")
    remarks = [add(report_id, one.finding.section, text_of(one), actor) for one in found]
    # The same words in two places are one finding to the school as well.
    return list(dict.fromkeys(remarks))


def text_of(one: Judged) -> str:
    """The remark that a finding makes: its sentence, the words it is about, and the reason that is not enough.

    Personal data is never quoted: the remark goes out by mail and stays on record.
    """
    finding = one.finding
    lines = [finding.sentence]
    quoted = dict.fromkeys(short(mask(passage.text), _LONGEST_QUOTE) for passage in finding.passages)
    new = [words for words in quoted if words not in finding.sentence]
    if new and one.rule.group != "privacy":
        lines.append(f"相关文字：{'；'.join(f'「{words}」' for words in new[:_MOST_QUOTES])}")
    if one.answer and not one.is_waived:
        reason = short(mask(one.answer.reason), _LONGEST_REASON).rstrip("。")
        lines.append(f"学校说明的理由是「{reason}」。理由不足，请修改，或者补充说明。")
    return "\n".join(lines)[:_LONGEST_REMARK]


@transaction.atomic
def remove(report_id: int, remark_id: str, actor: Actor, confirmed: bool = False) -> Remark | None:
    """Take back a remark before the decision, by its id as the page sends it; what it was.

    A colleague's has to be ``confirmed``; its author is told. One that is already gone is no error but a double click,
    and gives None. Raises ``Refused``, ``OfColleague`` without the confirmation.
    """
    report = _locked(report_id)
    if reason := permissions.why_not_remark(actor, report):
        raise Refused(reason)
    remarks = Remark.objects.filter(submission=pending_submission(report))
    remark = next((one for one in remarks if str(one.pk) == str(remark_id)), None)
    if remark is None:
        return None
    detail = {"section": remark.section, "text": remark.text}
    if not remark.is_by(actor.user):
        if not confirmed:
            raise OfColleague(remark)
        detail["author"] = remark.created_by_name
        notifications.remark_removed(report, remark, actor)
    record(EventType.REMARK_REMOVED, actor, report, **detail)
    remark.delete()
    return remark


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
