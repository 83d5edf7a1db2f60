"""Who is told of what by mail: one function an event.

Each writes rows into the outbox inside the transaction of the event; they are sent after the commit and retried
(``schools.mail``). Wording lives in ``templates/emails/<event>.txt``, whose first line is the subject.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from disclosure.report.enums import Status
from schools import mail
from schools.enums import PROVINCE_ROLES, EventType, Role
from schools.models import Membership


def signoff_requested(report, step) -> None:
    """To the leaders in charge: a report waits for their signature."""
    _tell(
        _of_school(report, Role.SIGNATORY),
        EventType.SIGNOFF_REQUESTED,
        report,
        step.actor,
        reverse("author:report", args=[report.pk]),
        step=step,
    )


def signoff_declined(report, step) -> None:
    """To the authors: the leader in charge wants changes."""
    _tell(
        _of_school(report, Role.AUTHOR),
        EventType.SIGNOFF_DECLINED,
        report,
        step.actor,
        reverse("author:report", args=[report.pk]),
        step=step,
    )


def submitted(report, step) -> None:
    """To the province's reviewers: a report came in."""
    _tell(
        _of_province(report),
        EventType.SUBMITTED,
        report,
        step.actor,
        reverse("review:report", args=[report.pk]),
        step=step,
    )


def returned(report, step) -> None:
    """To the authors: the reviewer returned the report."""
    _tell(
        _of_school(report, Role.AUTHOR),
        EventType.RETURNED,
        report,
        step.actor,
        reverse("author:report", args=[report.pk]),
        step=step,
    )


def published(report, step) -> None:
    """To authors and leaders: the report is public."""
    address = reverse("public:report", args=[report.school.slug, report.campaign.year])
    _tell(_of_school(report, Role.AUTHOR, Role.SIGNATORY), EventType.PUBLISHED, report, step.actor, address, step=step)


def withdrawn(report, step) -> None:
    """To authors and leaders: the report is no longer public."""
    address = reverse("author:report", args=[report.pk])
    _tell(_of_school(report, Role.AUTHOR, Role.SIGNATORY), EventType.WITHDRAWN, report, step.actor, address, step=step)


def version_withdrawn(report, publication, comment: str, actor) -> None:
    """To authors and leaders: one older version of the report is no longer public."""
    address = reverse("author:report", args=[report.pk])
    to = _of_school(report, Role.AUTHOR, Role.SIGNATORY)
    _tell(to, "version_withdrawn", report, actor, address, publication=publication, comment=comment)


def reopened(report, step) -> None:
    """To the authors: a withdrawn report may be written again."""
    _tell(
        _of_school(report, Role.AUTHOR),
        EventType.REOPENED,
        report,
        step.actor,
        reverse("author:report", args=[report.pk]),
        step=step,
    )


def waiver_asked(report, sentences: list[str], reason: str, actor) -> None:
    """To the province's reviewers: a school asks to be let off what the checks call an error."""
    address = reverse("review:report", args=[report.pk])
    _tell(_of_province(report), EventType.WAIVER_ASKED, report, actor, address, sentences=sentences, reason=reason)


def waiver_decided(report, waiver, actor) -> None:
    """To the authors, and to the leaders while the report waits for their signature: what became of it."""
    address = reverse("author:check", args=[report.pk])
    roles = (Role.AUTHOR, Role.SIGNATORY) if report.status == Status.AWAITING_SIGNOFF else (Role.AUTHOR,)
    event = EventType.WAIVER_GRANTED if waiver.is_granted else EventType.WAIVER_DECLINED
    _tell(_of_school(report, *roles), event, report, actor, address, template="waiver_decided", waiver=waiver)


def remark_removed(report, remark, actor) -> None:
    """To whoever wrote it: a colleague has deleted their remark before the decision."""
    address = reverse("review:report", args=[report.pk])
    _tell(
        addresses_of_author(report, remark),
        EventType.REMARK_REMOVED,
        report,
        actor,
        address,
        actor=actor,
        remark=remark,
    )


def addresses_of_author(report, remark) -> list[str]:
    """Where the author of a remark can be reached, while they work for the office; empty where they cannot."""
    return _addresses(Membership.objects.filter(province=report.campaign.province_id, user=remark.created_by_id))


def _of_school(report, *roles: Role):
    return _addresses(Membership.objects.filter(school=report.school_id, role__in=roles))


def _of_province(report):
    return _addresses(Membership.objects.filter(province=report.campaign.province_id, role__in=sorted(PROVINCE_ROLES)))


def _addresses(memberships) -> list[str]:
    """The mail addresses of the people of active memberships, each once."""
    active = memberships.filter(is_active=True, user__is_active=True).exclude(user__email="")
    return sorted(set(active.values_list("user__email", flat=True)))


def _tell(addresses: list[str], event: EventType, report, who, path: str, template: str = "", **said) -> None:
    # What the portal loads itself is no news; a school that corrects a report loaded once has to be told.
    if who.is_system or not addresses:
        return
    context = said | {"report": report, "address": f"{settings.SITE_URL.rstrip('/')}{path}"}
    subject, _, body = render_to_string(f"emails/{template or event}.txt", context).strip().partition("\n")
    for address in addresses:
        mail.enqueue(address, subject.strip(), body.strip() + "\n", obj=report, event=event)
