"""The reviewer's queue: the schools of a province in one campaign, and how the report of each stands.

A province has some 150 schools, so a campaign is read whole, in a fixed number of queries, and counted, sifted and
sorted here; a page of it is what is shown.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, TextChoices
from pypinyin import Style, lazy_pinyin

from disclosure.evaluation import frozen
from disclosure.models import Answer, Campaign, Publication, Report, Submission, Waiver
from disclosure.report.enums import WITH_SCHOOL, Decision, Severity, Status
from disclosure.review.reading import summary_of
from disclosure.workflow.agenda import OfficeEntry, Stage, arrange
from schools.actor import Actor
from schools.enums import Level, Ownership, Role
from schools.models import Membership, School

LONGEST_SEARCH = 60


class Tab(TextChoices):
    """The heaps a queue is sorted into. A report lies in one of them, in 申请豁免 and 逾期未交 besides where that fits."""

    PENDING = "pending", "待审核"
    WAIVER = "waiver", "申请豁免"
    RETURNED = "returned", "已退回"
    WRITING = "writing", "学校填写中"
    NOT_STARTED = "not-started", "未开始"
    OVERDUE = "overdue", "逾期未交"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回公开"
    ALL = "all", "全部"


class Order(TextChoices):
    """What the rows are sorted by."""

    SUBMITTED = "submitted", "提交时间（先提交的在前）"
    LATEST = "latest", "提交时间（后提交的在前）"
    SCHOOL = "school", "学校名称"
    STATUS = "status", "状态"


TAB_OF = {
    Status.SUBMITTED: Tab.PENDING,
    Status.RETURNED: Tab.RETURNED,
    Status.DRAFT: Tab.WRITING,
    Status.AWAITING_SIGNOFF: Tab.WRITING,
    Status.PUBLISHED: Tab.PUBLISHED,
    Status.WITHDRAWN: Tab.WITHDRAWN,
}


@dataclass(frozen=True)
class Row:
    """One school in one campaign. ``report`` is None where it has not begun; ``authors`` are its active memberships.

    ``checked`` says of what is under review what the checks found and the school explained when it was handed in, and
    what the reviewer has decided on since.
    """

    school: School
    campaign: Campaign
    report: Report | None
    authors: tuple[Membership, ...]
    is_public: bool
    checked: str = ""

    @property
    def tab(self) -> Tab:
        return TAB_OF[self.report.status] if self.report else Tab.NOT_STARTED

    @property
    def is_handed_in(self) -> bool:
        """Whether the province has received the report at all."""
        return self.report is not None and self.report.first_submitted_at is not None

    @property
    def days_overdue(self) -> int:
        """Whole days since the closing date while the report is not handed in, else 0."""
        return 0 if self.is_handed_in else self.campaign.days_overdue

    @property
    def overdue_label(self) -> str:
        return f"逾期 {self.days_overdue} 天"

    @property
    def is_late(self) -> bool:
        return self.is_handed_in and self.report.is_late

    @property
    def asks_waiver(self) -> bool:
        """Whether the school cannot go on before somebody decides on a waiver."""
        return self.report is not None and self.report.asks_waiver and self.report.status in WITH_SCHOOL

    @property
    def is_correction(self) -> bool:
        return self.report is not None and self.report.is_correction

    @property
    def is_backfilled(self) -> bool:
        return self.report is not None and self.report.backfilled

    @property
    def return_count(self) -> int:
        """How often the report was returned."""
        return self.report.return_count if self.report else 0

    @property
    def submitted_at(self) -> datetime | None:
        """When the report was handed in last."""
        return self.report.last_submitted_at if self.report else None

    def is_in(self, tab: Tab) -> bool:
        if tab is Tab.OVERDUE:
            return self.days_overdue > 0
        if tab is Tab.WAIVER:
            return self.asks_waiver
        return tab is Tab.ALL or self.tab is tab


@dataclass(frozen=True)
class Query:
    """What a reviewer looks for. Anything that makes no sense is left out rather than refused."""

    words: str = ""
    level: str = ""
    ownership: str = ""
    late: bool = False
    correction: bool = False
    order: Order = Order.SUBMITTED

    @classmethod
    def read(cls, parameters) -> "Query":
        """From a query string: ``q``, ``level``, ``ownership``, ``late``, ``correction``, ``sort``."""
        level, ownership, order = (parameters.get(name, "") for name in ("level", "ownership", "sort"))
        return cls(
            words=" ".join(parameters.get("q", "").split())[:LONGEST_SEARCH],
            level=level if level in Level.values else "",
            ownership=ownership if ownership in Ownership.values else "",
            late=parameters.get("late") == "1",
            correction=parameters.get("correction") == "1",
            order=Order(order) if order in Order.values else Order.SUBMITTED,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.level or self.ownership or self.late or self.correction)

    def fits(self, row: Row) -> bool:
        school = row.school
        return (
            all(_is_called(school, word.lower()) for word in self.words.split())
            and self.level in ("", school.level)
            and self.ownership in ("", school.ownership)
            and (row.is_late or not self.late)
            and (row.is_correction or not self.correction)
        )


def _is_called(school: School, word: str) -> bool:
    """Whether ``word`` is part of the school's name, its pinyin, the initials of its pinyin, or begins its code."""
    spelled = school.slug.replace("-", "")
    return (
        word in school.name.lower()
        or word in school.slug
        or word.replace("'", "") in spelled
        or word in _initials(school.name)
        or (school.code or "").startswith(word)
    )


@lru_cache(maxsize=4096)
def _initials(name: str) -> str:
    """湖南大学 → hndx."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def campaigns(actor: Actor) -> dict[Stage, list[OfficeEntry]]:
    """The campaigns of the actor's province as they stand for its office (``agenda``): two queries."""
    asking = Counter(_asking(actor).values_list("campaign", flat=True))
    found = (
        Campaign.objects.filter(province=actor.province)
        .select_related("province")
        .annotate(
            pending=Count("reports", filter=Q(reports__status=Status.SUBMITTED)),
            with_school=Count("reports", filter=Q(reports__status__in=WITH_SCHOOL)),
            count=Count("reports"),
        )
    )
    return arrange(OfficeEntry(one, one.pending, asking[one.pk], one.with_school, one.count) for one in found)


def rows(actor: Actor, campaign: Campaign) -> list[Row]:
    """Every school of the campaign's province that takes part, or that has a report in it: five queries, and a sixth
    where something was waived in what waits for a review.
    """
    reports = {
        report.school_id: report
        for report in Report.objects.visible_to(actor)
        .filter(campaign=campaign)
        .annotate(
            last_submitted_at=Max("submissions__submitted_at", filter=~Q(submissions__decision=Decision.RECALLED)),
            return_count=Count("submissions", filter=Q(submissions__decision=Decision.RETURNED)),
            asks_waiver=Exists(_open_requests()),
        )
    }
    schools = School.objects.filter(
        Q(province=campaign.province, is_active=True) | Q(pk__in=reports),
    ).order_by("slug")
    public = set(
        Publication.objects.current()
        .filter(Q(school__province=campaign.province) | Q(school__in=reports), year=campaign.year)
        .values_list("school_id", flat=True)
    )
    authors: dict[int, list[Membership]] = {}
    for membership in (
        Membership.objects.filter(
            Q(school__province=campaign.province) | Q(school__in=reports),
            role=Role.AUTHOR,
            is_active=True,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user__name", "pk")
    ):
        authors.setdefault(membership.school_id, []).append(membership)
    pending = Submission.objects.filter(report__in=list(reports.values()), decision=Decision.PENDING)
    checked = _checked(pending.defer("document"))
    return [
        Row(
            school,
            campaign,
            report,
            tuple(authors.get(school.pk, ())),
            school.pk in public,
            checked.get(report.pk, "") if report else "",
        )
        for school in schools
        for report in [reports.get(school.pk)]
    ]


def _checked(pending: Iterable[Submission]) -> dict[int, str]:
    """By report, what was found when it was handed in and said to it, with what the reviewer decided since."""
    findings = {one: frozen.recorded(one) for one in pending}
    waived = [one.report_id for one, found in findings.items() if any(each.finding.blocks for each in found)]
    decided: dict[int, list[Waiver]] = {}
    for waiver in Waiver.objects.filter(report__in=waived):
        decided.setdefault(waiver.report_id, []).append(waiver)
    return {
        one.report_id: summary_of(frozen.recorded(one, decided[one.report_id]) if one.report_id in decided else found)
        for one, found in findings.items()
    }


def _open_requests():
    """The requests for a waiver of a report that nobody has decided on since they were made.

    Read from what was said, not from the checks: a school that has mended the error in the meantime may still be here.
    """
    decided = Waiver.objects.filter(report=OuterRef("report"), key=OuterRef("key")).filter(
        Q(is_granted=True) | Q(said_at__gte=OuterRef("said_at"))
    )
    return Answer.objects.filter(~Exists(decided), report=OuterRef("pk"), severity=Severity.ERROR)


def _asking(actor: Actor):
    """The reports that are with their schools, which cannot go on before somebody decides on a waiver."""
    return Report.objects.visible_to(actor).filter(Exists(_open_requests()), status__in=WITH_SCHOOL)


def counts(found: list[Row]) -> dict[Tab, int]:
    """How many rows lie in each tab."""
    return {tab: sum(row.is_in(tab) for row in found) for tab in Tab}


def ordered(found: list[Row], order: Order) -> list[Row]:
    """``found``, which is in the order of the schools' pinyin, sorted; what was not submitted stands last."""
    if order is Order.SCHOOL:
        return found
    if order is Order.STATUS:
        tabs = list(Tab)
        return sorted(found, key=lambda row: tabs.index(row.tab))
    submitted = sorted(
        (row for row in found if row.submitted_at),
        key=lambda row: row.submitted_at,
        reverse=order is Order.LATEST,
    )
    return submitted + [row for row in found if not row.submitted_at]


def next_pending(actor: Actor, besides: Report | None = None) -> Report | None:
    """The report that has waited longest for a review, other than ``besides``; None where none waits."""
    waiting = Report.objects.visible_to(actor).filter(status=Status.SUBMITTED).select_related("school", "campaign")
    if besides is not None:
        waiting = waiting.exclude(pk=besides.pk)
    return (
        waiting.annotate(
            waiting_since=Max("submissions__submitted_at", filter=Q(submissions__decision=Decision.PENDING))
        )
        .order_by("waiting_since", "pk")
        .first()
    )


def next_asking(actor: Actor, besides: Report) -> Report | None:
    """The report, other than ``besides``, whose school has waited longest for a decision on a waiver; or None."""
    return (
        _asking(actor)
        .exclude(pk=besides.pk)
        .select_related("school")
        .annotate(asked_since=Min("answers__said_at", filter=Q(answers__severity=Severity.ERROR)))
        .order_by("asked_since", "pk")
        .first()
    )
