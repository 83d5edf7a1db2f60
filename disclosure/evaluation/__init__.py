"""A report as the checks see it, with what people have said to what they find.

The rules are pure; what they are compared with (last year's report, the names of schools, slips, a province's
severities) is fetched here, and here alone. All this is what a report is judged by today; what was found of it when it
was handed in stands in ``frozen``.
"""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from disclosure import checks
from disclosure.checks.slips import SLIPS
from disclosure.checks.slips import Slip as KnownSlip
from disclosure.evaluation import near_duplicates
from disclosure.models import Answer, Publication, Report, Slip, Submission, Waiver
from disclosure.models.assembly import assemble, parts_of
from disclosure.report.document import Document
from disclosure.report.enums import AUTHORS_TURN, Decision, SectionKey, Severity
from schools.models import School

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecordedRule:
    """What is known of a rule from the record of a finding, whatever has become of the rule since.

    ``criterion`` is the one of the score that it cost points in.
    """

    name: str
    group: str = ""
    why: str = ""
    source: str = ""
    is_fixed: bool = False
    criterion: str = ""


@dataclass(frozen=True)
class Judged:
    """One finding with what was said to it: the school's reason, and the reviewer's decision on an error.

    ``recorded`` is its rule as it was when the report was handed in; None where the rules of today have found it.
    """

    finding: checks.Finding
    answer: Answer | None = None
    waiver: Waiver | None = None
    recorded: RecordedRule | None = None

    @property
    def rule(self) -> checks.Rule | RecordedRule:
        """The rule that found it."""
        return self.recorded or checks.BY_NAME[self.finding.rule]

    @property
    def kind(self) -> str:
        """``error``, ``unexplained``, ``explained`` or ``waived``: what it asks of the reviewer."""
        if self.finding.blocks:
            return "waived" if self.is_waived else "error"
        return "unexplained" if self.answer is None else "explained"

    @property
    def is_waived(self) -> bool:
        """Whether a reviewer lets this error pass."""
        return self.may_be_waived and self.waiver is not None and self.waiver.is_granted

    @property
    def is_declined(self) -> bool:
        """Whether a reviewer has said that this error must be mended, after the school asked last."""
        return self.may_be_waived and self.waiver is not None and not self.waiver.is_granted and not self.is_asked

    @property
    def may_be_waived(self) -> bool:
        """Whether this is an error that the portal could publish."""
        return self.finding.blocks and not self.rule.is_fixed

    @property
    def is_asked(self) -> bool:
        """Whether the school waits for a decision on this error.

        What it explained while this was still a warning is no request.
        """
        if not self.may_be_waived or self.answer is None or not self.answer.is_request:
            return False
        return self.waiver is None or (not self.waiver.is_granted and self.waiver.said_at < self.answer.said_at)

    @property
    def blocks(self) -> bool:
        """Whether the report cannot be handed in because of this error."""
        return self.finding.blocks and not self.is_waived

    @property
    def wants_answer(self) -> bool:
        """Whether the report cannot be handed in before somebody has mended this warning or said why it stays."""
        return not self.finding.blocks and self.answer is None

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.blocks or self.wants_answer


@dataclass(frozen=True)
class Judgement:
    """A document with all findings on it, in report order.

    ``later`` is what is found today of a report that was handed in without it (``frozen``): no debt of the school.
    """

    document: Document
    judged: tuple[Judged, ...]
    later: tuple[Judged, ...] = ()

    def of(self, key: SectionKey) -> tuple[Judged, ...]:
        """Those in one part."""
        return tuple(one for one in self.judged if one.finding.section == key)

    @cached_property
    def idents(self) -> tuple[str, ...]:
        """What a page knows each finding by: its key; where the same words are found again, with a number behind it."""
        times: Counter[str] = Counter()
        found = []
        for one in self.judged:
            key = one.finding.key
            times[key] += 1
            found.append(f"{key}-{times[key]}" if times[key] > 1 else key)
        return tuple(found)

    @cached_property
    def errors(self) -> list[Judged]:
        """What keeps the report from being handed in."""
        return [one for one in self.judged if one.blocks]

    @cached_property
    def unanswered(self) -> list[Judged]:
        """The warnings nobody has explained yet."""
        return [one for one in self.judged if one.wants_answer]

    @cached_property
    def open(self) -> list[Judged]:
        """What keeps the report from being handed in: the errors, and the warnings nobody has explained."""
        return [one for one in self.judged if one.is_open]

    def find(self, key: str) -> Judged | None:
        """The finding that ``key`` names, if it is still there."""
        return next((one for one in self.judged if one.finding.key == key), None)


def judge(report: Report, document: Document | None = None, handed_in: datetime | None = None) -> Judgement:
    """What is found today of ``report`` (loaded by ``assembly.complete``) as its draft stands, or of ``document`` that
    was ``handed_in`` for it at that moment.

    A document that was handed in holds nothing that could not be read, and nothing unchanged of last year's.
    """
    is_draft = document is None
    document = document or assemble(report)
    findings = checks.run(document, context_of(report, document, is_draft, handed_in), note_broken)
    answers = {answer.key: answer for answer in report.answers.all()}
    waivers = {waiver.key: waiver for waiver in report.waivers.all()}
    return Judgement(
        document,
        tuple(Judged(finding, answers.get(finding.key), waivers.get(finding.key)) for finding in findings),
    )


def note_broken(rule: checks.Rule) -> None:
    """Log a rule that broke on a text nobody had thought of, with its trace: it must not keep anybody from a report.

    In the tests it raises (``tests/conftest.py``).
    """
    logger.exception("The rule %s broke; the report is judged without it.", rule.name)


def context_of(
    report: Report, document: Document, is_draft: bool = True, handed_in: datetime | None = None
) -> checks.Context:
    """What the checks may know about ``report`` besides ``document``; of its draft, what the parts hold beyond it.

    ``handed_in`` is when the document was; without it, what waits for a signature counts from when it was sent there.
    """
    if handed_in is None and report.status not in AUTHORS_TURN:
        handed_in = report.status_since
    campaign = report.campaign
    parts = parts_of(report) if is_draft else []
    before = previous_of(report)
    return checks.Context(
        backfilled=report.backfilled,
        unparsed={key: part.unparsed for key, part in parts if part.unparsed},
        period=(campaign.period_start, campaign.period_end),
        today=timezone.localdate(),
        carried={key: part.carried_from for key, part in parts if part.carried_from},
        # With a year between them, neither the period nor the figures of the two follow each other.
        previous=before.document if before and before.year == campaign.year - 1 else None,
        schools=frozenset(School.objects.values_list("name", flat=True)),
        slips=(*SLIPS, *slips_of_operators()),
        published=near_duplicates.candidates(document, report.school, handed_in),
        severities={
            rule: Severity(severity) for rule, severity in campaign.severities.items() if severity in Severity.values
        },
    )


def slips_of_operators() -> list[KnownSlip]:
    """The typing slips added in the administration."""
    return [KnownSlip(slip.wrong, slip.right, slip.example, slip.exceptions) for slip in Slip.objects.all()]


@dataclass(frozen=True)
class Previous:
    """The school's report of the nearest earlier year; ``since`` is when it was published or handed in as it is."""

    year: int
    document: Document
    since: datetime


def previous_of(report: Report) -> Previous | None:
    """The school's report of the nearest earlier year: as published, else as handed in last."""
    year = report.campaign.year
    published = Publication.objects.current().filter(school=report.school_id, year__lt=year).order_by("-year").first()
    handed_in = (
        Submission.objects.filter(report__school=report.school_id, report__campaign__year__lt=year)
        .exclude(decision__in=[Decision.RECALLED, Decision.ENDED])
        .select_related("report__campaign")
        .order_by("-report__campaign__year", "-number")
        .first()
    )
    if handed_in and (published is None or handed_in.report.campaign.year > published.year):
        return Previous(handed_in.report.campaign.year, handed_in.read(), handed_in.submitted_at)
    # As it was stored: nobody reads it here but the school and its reviewer, and masking it again takes its time.
    if published is None:
        return None
    return Previous(published.year, Document.read(published.document), published.published_at)
