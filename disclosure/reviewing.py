"""What a reviewer reads besides the document: findings, remarks, last year's figures, what changed since the return."""

from dataclasses import dataclass

from disclosure import diff, workflow
from disclosure.document import Document
from disclosure.enums import Decision, SectionKey, Status
from disclosure.judging import Judged, Previous, judge, previous_of
from disclosure.models import Import, Remark, Report, Submission, Withdrawal
from disclosure.sections import SECTIONS, Section
from schools.enums import Role
from schools.models import Membership

# What somebody decided on, and later versions may be compared with.
_DECIDED = (Decision.RETURNED, Decision.APPROVED)


@dataclass(frozen=True)
class Part:
    """One part of a submission as the reviewer sees it.

    ``figures`` stand beside last year's; ``remarks`` are those on this submission, ``answered`` those of the return
    before it; ``is_changed`` says whether the school changed the part since then.
    """

    key: SectionKey
    section: Section
    findings: tuple[Judged, ...]
    figures: list[diff.FigureChange]
    remarks: list[Remark]
    answered: list[Remark]
    is_changed: bool

    @property
    def main_figures(self) -> list[diff.FigureChange]:
        """The figures without those that only break another one down."""
        return [figure for figure in self.figures if not figure.is_breakdown]


@dataclass(frozen=True)
class Reading:
    """A submission with everything that helps to judge it."""

    submission: Submission
    document: Document
    parts: list[Part]
    previous: Previous | None
    base: Submission | None
    sources: list[Import]

    @property
    def public(self) -> Document:
        """The report exactly as it would be published."""
        return self.document.public()

    @property
    def remark_count(self) -> int:
        return sum(len(part.remarks) for part in self.parts)


@dataclass(frozen=True)
class ChangedPart:
    """What changed in one part, beside what was asked of it and what the school answered."""

    diff: diff.PartDiff
    remarks: list[Remark]


def submission_shown(report: Report) -> Submission | None:
    """What a reviewer may read now: what is under review, or what was returned; never the school's draft."""
    if report.status == Status.SUBMITTED:
        return workflow.pending_submission(report)
    if report.status in (Status.RETURNED, Status.AWAITING_SIGNOFF):
        return report.open_return()
    return None


def submission_compared(report: Report) -> Submission | None:
    """What the page of changes is about: what is shown, else what was approved last."""
    return submission_shown(report) or report.submissions.filter(decision=Decision.APPROVED).order_by("-number").first()


def bases_of(submission: Submission) -> list[Submission]:
    """The earlier submissions somebody decided on, newest first."""
    earlier = Submission.objects.filter(
        report=submission.report_id, number__lt=submission.number, decision__in=_DECIDED
    )
    return list(earlier.order_by("-number").prefetch_related("remarks"))


def read(report: Report, submission: Submission) -> Reading:
    """``submission`` with all that stands beside it: a fixed number of queries."""
    document = submission.read()
    previous = previous_of(report)
    base = next(iter(bases_of(submission)), None)
    changed = {part.key for part in diff.compare(base.read(), document) if part.is_changed} if base else set()
    judgement = judge(report, document)
    remarks = list(submission.remarks.all())
    answered = list(base.remarks.all()) if base else []
    parts = [
        Part(
            key,
            section,
            judgement.of(key),
            diff.figures_beside(previous.document if previous else None, document, key),
            [remark for remark in remarks if remark.section == key],
            [remark for remark in answered if remark.section == key],
            key in changed,
        )
        for key, section in SECTIONS.items()
    ]
    sources = list(Import.objects.held_by(submission))
    return Reading(submission, document, parts, previous, base, sources)


def changes(base: Submission, submission: Submission) -> list[ChangedPart]:
    """What changed from ``base`` to ``submission``, part by part, with the remarks the school was to heed."""
    remarks = list(base.remarks.all()) if base.decision == Decision.RETURNED else []
    return [
        ChangedPart(part, [remark for remark in remarks if remark.section == part.key])
        for part in diff.compare(base.read(), submission.read())
    ]


def earlier_rounds(submission: Submission, base: Submission | None) -> list[Submission]:
    """The returns before ``base`` with their remarks, newest first: settled, or ended with their correction."""
    before = base.number if base else submission.number
    rounds = Submission.objects.filter(report=submission.report_id, number__lt=before).exclude(comment="")
    return list(rounds.order_by("-number").prefetch_related("remarks"))


def remarks_by_part(submission: Submission) -> list[tuple[Section, list[Remark]]]:
    """The remarks on a submission by the part they are on, in report order."""
    remarks = list(submission.remarks.all())
    grouped = [(section, [remark for remark in remarks if remark.section == key]) for key, section in SECTIONS.items()]
    return [(section, found) for section, found in grouped if found]


def standing(report: Report) -> dict:
    """Where a report stands that is not under review: who has it, since when, what the public sees."""
    publication = workflow.live_publication(report)
    submissions = list(report.submissions.defer("document"))
    decided = [one.decision for one in submissions if one.decision in _DECIDED]
    last = next((one for one in submissions if one.decision != Decision.RECALLED), None)
    return {
        "publication": publication,
        "withdrawal": (
            Withdrawal.objects.filter(publication__school=report.school_id, publication__year=report.campaign.year)
            .order_by("-publication__number")
            .first()
            if report.status == Status.WITHDRAWN
            else None
        ),
        "people": (
            Membership.objects.filter(school=report.school_id, is_active=True, user__is_active=True)
            .filter(role=Role.SIGNATORY if report.status == Status.AWAITING_SIGNOFF else Role.AUTHOR)
            .select_related("user")
        ),
        "submissions": submissions,
        "sources": list(Import.objects.held_by(last)) if last else [],
        "has_changes": len(decided) > 1 and Decision.APPROVED in decided,
    }
