"""Who may do what to a report. Each function gives the reason why not, as a sentence, or None where it is allowed.

The same sentence is the tooltip of a disabled button, the 403 page and the expectation of a test. Whether the status
allows a step is asked in ``transitions``; whether a person may know of a report at all, in its queryset.
"""

from disclosure.chinese.dates import chinese_date
from disclosure.models import Import, Report
from disclosure.report.enums import AUTHORS_TURN, Action, Decision, ImportState, SectionKey, Status
from schools.actor import Actor
from schools.enums import Role
from schools.models import Membership, School

NOT_YOUR_SCHOOL = "这是另一所学校的报告。"
NOT_YOUR_PROVINCE = "这份报告不属于您所在的省份。"
ONLY_AUTHORS = "只有本校的填报人可以这样做。"
ONLY_SIGNATORIES = "只有本校的分管领导可以审签。"
ONLY_REVIEWERS = "只有省级审核人可以这样做。"

_LOCKED = {
    Status.AWAITING_SIGNOFF: "报告正在等分管领导审签，内容已锁定。如需修改，请先「撤回修改」。",
    Status.SUBMITTED: "报告已经提交，内容已锁定。如需修改，请先「撤回修改」，或等审核人退回。",
    Status.PUBLISHED: "报告已经发布。如有错误，请使用「更正报告」。",
    Status.WITHDRAWN: "报告已撤回公开，须由省级审核人重新开放填报后才能修改。",
}


def why_not_as_school(actor: Actor, report: Report) -> str | None:
    """Acting for the school of the report at all."""
    if not actor.acts_for_school or actor.membership.school_id != report.school_id:
        return NOT_YOUR_SCHOOL
    return None


def why_not_as_author(actor: Actor, report: Report) -> str | None:
    """Acting as an author of the report's school. The portal itself may, when it loads a past report."""
    if actor.is_system:
        return None
    return why_not_as_school(actor, report) or (None if actor.is_author else ONLY_AUTHORS)


def why_not_as_signatory(actor: Actor, report: Report) -> str | None:
    """Acting as the leader in charge at the report's school."""
    return why_not_as_school(actor, report) or (None if actor.is_signatory else ONLY_SIGNATORIES)


def why_not_as_reviewer(actor: Actor, report: Report) -> str | None:
    """Acting for the office that reviews the report."""
    if actor.is_system:
        return None
    if not actor.is_reviewer:
        return ONLY_REVIEWERS
    if actor.membership.province_id != report.campaign.province_id:
        return NOT_YOUR_PROVINCE
    return None


def editable_sections(report: Report) -> frozenset[SectionKey]:
    """The parts that may be written now: all in a draft, those the reviewer named after a return, else none."""
    if report.status not in AUTHORS_TURN:
        return frozenset()
    if report.status == Status.RETURNED and (returned := report.open_return()):
        return frozenset(SectionKey(key) for key in returned.remarks.values_list("section", flat=True))
    return frozenset(SectionKey)


def why_not_edit(actor: Actor, report: Report, key: SectionKey) -> str | None:
    """Writing one part of a report."""
    if reason := why_not_as_author(actor, report):
        return reason
    if report.status not in AUTHORS_TURN:
        return _LOCKED[report.status]
    if key not in editable_sections(report):
        return "审核人没有要求修改这一部分，因此保持锁定。"
    return None


def why_not_import(actor: Actor, report: Report) -> str | None:
    """Bringing a file into the draft of a report; which of its parts may be written, ``why_not_edit`` says."""
    if reason := why_not_as_author(actor, report):
        return reason
    return _LOCKED.get(report.status)


def why_not_undo(actor: Actor, one: Import) -> str | None:
    """Taking back what an import has written."""
    if reason := why_not_import(actor, one.report):
        return reason
    if one.state == ImportState.UNDONE:
        return "这次导入已经撤销过了。"
    if not one.is_applied:
        return "这次导入还没有写入草稿，不需要撤销。"
    handed_in = one.report.submissions.filter(submitted_at__gte=one.applied_at).exclude(decision=Decision.RECALLED)
    if handed_in.exists():
        return "导入的内容已经随报告提交过，不能整体撤销。请直接修改各个部分。"
    return None


def why_not_carry_over(actor: Actor, report: Report) -> str | None:
    """Taking over text of an earlier report: into a first draft only.

    A report that was loaded says what was published in its year, a correction what is published now, and what was
    returned is answered part by part.
    """
    if reason := why_not_as_author(actor, report):
        return reason
    if report.backfilled:
        return "补录的报告以当年发布的内容为准，不能沿用上年。"
    if report.is_correction:
        return "更正从已发布的内容开始，不能沿用上年。"
    if report.status != Status.DRAFT or report.first_submitted_at:
        return "只有还没有提交过的报告可以沿用上年的内容。"
    return None


def why_not_start(actor: Actor, campaign) -> str | None:
    """Beginning the report of a campaign."""
    if not actor.is_author:
        return ONLY_AUTHORS
    if actor.province.pk != campaign.province_id:
        return NOT_YOUR_PROVINCE
    if not campaign.is_open:
        return f"填报从{chinese_date(campaign.opens_on)}开始。"
    return None


def why_not_remark(actor: Actor, report: Report) -> str | None:
    """Writing or removing a remark on the submission under review."""
    if reason := why_not_as_reviewer(actor, report):
        return reason
    if report.status != Status.SUBMITTED:
        return "只有待审核的报告可以写审核意见。"
    return None


def why_not_answer_finding(actor: Actor, report: Report) -> str | None:
    """Saying why a finding of the checks stays as it is: the authors, and who is asked to sign off."""
    if report.status == Status.AWAITING_SIGNOFF and actor.is_signatory:
        return why_not_as_signatory(actor, report)
    if reason := why_not_as_author(actor, report):
        return reason
    return _LOCKED.get(report.status)


def why_not_waive(actor: Actor, report: Report) -> str | None:
    """Letting an error pass for one report, before it is published."""
    if reason := why_not_as_reviewer(actor, report):
        return reason
    if report.status in (Status.PUBLISHED, Status.WITHDRAWN):
        return "报告已经审核过，不需要再豁免。"
    return None


def why_not_answer(actor: Actor, report: Report) -> str | None:
    """Answering a remark of the reviewer."""
    if reason := why_not_as_author(actor, report):
        return reason
    if report.status != Status.RETURNED:
        return "只有退回修改的报告需要答复审核意见。"
    return None


def has_signatory(school: School) -> bool:
    """Whether a report of this school needs a sign-off before it leaves the school."""
    return Membership.objects.filter(school=school, role=Role.SIGNATORY, is_active=True, user__is_active=True).exists()


WHO_MAY = {
    Action.REQUEST_SIGNOFF: why_not_as_author,
    Action.SUBMIT: why_not_as_author,
    Action.RECALL: why_not_as_author,
    Action.START_CORRECTION: why_not_as_author,
    Action.DISCARD_CORRECTION: why_not_as_author,
    Action.SIGN_OFF: why_not_as_signatory,
    Action.DECLINE: why_not_as_signatory,
    Action.SEND_BACK: why_not_as_reviewer,
    Action.APPROVE: why_not_as_reviewer,
    Action.WITHDRAW: why_not_as_reviewer,
    Action.REOPEN: why_not_as_reviewer,
}


def why_not_act(actor: Actor, report: Report, action: Action) -> str | None:
    """Taking a step of the workflow, as far as the person is concerned."""
    return WHO_MAY[action](actor, report)
