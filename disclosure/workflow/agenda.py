"""In which order campaigns stand for a person: what is unfinished, what is open, what lies ahead, what is past.

The one place that decides it, for the school's desk and the office's queue. The first is what a page opens with where
nobody has chosen: never simply the latest year, since next year's campaign may be made long before this year's work
is done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from django.db.models import IntegerChoices

from disclosure.chinese.dates import chinese_date
from disclosure.models import Campaign, Report
from disclosure.report.enums import NOBODYS_TURN, WITH_SCHOOL, Status


class Stage(IntegerChoices):
    """How a campaign stands for a person, in the order in which they stand."""

    UNFINISHED = 1, "未完成"
    OPEN = 2, "填报中"
    AHEAD = 3, "即将开始"
    PAST = 4, "往年"


class Entry(Protocol):
    """What somebody has to do with one campaign.

    ``urgency`` orders what is unfinished, 0 in front; None where nothing is. ``is_begun``: it has opened, or something
    has been written in it. ``is_settled``: for now there is nothing to begin. ``is_with_other``: somebody else has it.
    """

    campaign: Campaign
    urgency: int | None
    is_begun: bool
    is_settled: bool
    is_with_other: bool


Item = TypeVar("Item", bound=Entry)


def arrange(entries: Iterable[Item]) -> dict[Stage, list[Item]]:
    """The entries by stage, in order within each.

    Unfinished: the most urgent first, of those the latest year. Open: what is still to be begun first, by closing date;
    the latest year that has begun stands here, whatever became of it. Ahead: the next first. Past: years before that
    one, the latest first.
    """
    entries = list(entries)
    current = max((entry.campaign.year for entry in entries if entry.is_begun), default=None)
    found: dict[Stage, list[Item]] = {stage: [] for stage in Stage}
    for entry in entries:
        found[_stage(entry, current)].append(entry)
    found[Stage.UNFINISHED].sort(key=lambda entry: (entry.urgency, -entry.campaign.year))
    found[Stage.OPEN].sort(key=lambda entry: (entry.is_settled, entry.campaign.closes_on))
    found[Stage.AHEAD].sort(key=lambda entry: (entry.campaign.opens_on, entry.campaign.year))
    found[Stage.PAST].sort(key=lambda entry: -entry.campaign.year)
    return found


def _stage(entry: Entry, current: int | None) -> Stage:
    campaign = entry.campaign
    if entry.urgency is not None:
        return Stage.UNFINISHED
    if not entry.is_begun:
        return Stage.AHEAD
    is_due = not campaign.is_overdue and not entry.is_settled
    return Stage.OPEN if campaign.year == current or entry.is_with_other or is_due else Stage.PAST


@dataclass(frozen=True)
class SchoolEntry:
    """A campaign with the school's report in it, for an author or, with ``signs``, for the leader in charge."""

    campaign: Campaign
    report: Report | None
    signs: bool = False

    @property
    def urgency(self) -> int | None:
        """A report that waits for one's own signature, one that was returned, a draft, one that waits for another's
        signature, a correction.
        """
        if self.report is None or self.report.status not in WITH_SCHOOL:
            return None
        if self.report.status == Status.AWAITING_SIGNOFF:
            return 0 if self.signs else 3
        if self.report.status == Status.RETURNED:
            return 1
        return 4 if self.report.is_correction else 2

    @property
    def is_begun(self) -> bool:
        return self.campaign.is_open or self.report is not None

    @property
    def is_settled(self) -> bool:
        return self.report is not None

    @property
    def is_with_other(self) -> bool:
        """Whether the office has it."""
        return self.report is not None and self.report.status not in WITH_SCHOOL | NOBODYS_TURN

    @property
    def closes_on(self) -> date | None:
        """The closing date, while the report has not been handed in."""
        is_due = self.report is None or self.report.first_submitted_at is None
        return self.campaign.closes_on if is_due else None


@dataclass(frozen=True)
class OfficeEntry:
    """A campaign with how many of its reports wait for the office (``pending`` for review, ``asking`` for a decision
    on a waiver), how many are with their schools, and how many there are.
    """

    campaign: Campaign
    pending: int
    asking: int
    with_school: int
    count: int

    @property
    def urgency(self) -> int | None:
        """Where something waits for a decision, and where schools are at work."""
        if self.pending or self.asking:
            return 0
        return 1 if self.with_school else None

    @property
    def is_begun(self) -> bool:
        return self.campaign.is_open or self.count > 0

    @property
    def is_settled(self) -> bool:
        return False

    @property
    def is_with_other(self) -> bool:
        return False

    @property
    def words(self) -> str:
        """What is to be done in it, in a few words."""
        counts = ((self.pending, "待审核"), (self.asking, "申请豁免"), (self.with_school, "学校未完成"))
        said = "，".join(f"{word} {count} 份" for count, word in counts if count)
        if said:
            return said
        return "填报中" if self.is_begun else f"{chinese_date(self.campaign.opens_on)}开放填报"
