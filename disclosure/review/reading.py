"""What a reviewer reads besides the document: findings, remarks, last year's figures, what changed since the return."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from disclosure.checks import Elsewhere, Passage
from disclosure.checks.texts import short
from disclosure.evaluation import Judged, Judgement, Previous, frozen, previous_of
from disclosure.evaluation.score import Score, score_of
from disclosure.models import Import, Publication, Remark, Report, Submission, Withdrawal
from disclosure.report import diff
from disclosure.report.document import Document
from disclosure.report.enums import Decision, SectionKey, Status
from disclosure.report.sections import SECTIONS, Section
from disclosure.richtext.personal_data import mask
from disclosure.workflow import transitions
from disclosure.workflow.comments import text_of
from schools.actor import Actor
from schools.enums import Role
from schools.models import Membership

# What somebody decided on, and later versions may be compared with.
_DECIDED = (Decision.RETURNED, Decision.APPROVED)


LONGEST_SHOWN = 60  # characters of a quotation that stand there unfolded

# So many passages of one finding are quoted: a line of brackets can be one finding at thousands of places.
MOST_QUOTED = 50


@dataclass(frozen=True)
class Quote:
    """Words of a report as the public would read them, personal data masked, and where they stand.

    ``address`` leads to the part of the report on this page (``#part-…``), or to another school's public report.
    """

    text: str
    where: str
    address: str

    @property
    def short(self) -> str:
        """The words cut in the middle, where they are too many to stand there unfolded."""
        return short(self.text, LONGEST_SHOWN)

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONGEST_SHOWN

    @property
    def is_here(self) -> bool:
        """Whether the words stand on the reviewer's page itself."""
        return self.address.startswith("#")

    @classmethod
    def of(cls, one: Passage | Elsewhere) -> "Quote":
        """The quotation of a passage."""
        if isinstance(one, Elsewhere):
            where = f"{one.school} {one.year} 年的报告：{SECTIONS[one.section].short_title}"
            return cls(mask(one.text), where, f"{one.address}#{one.section.value}")
        return cls(mask(one.text), SECTIONS[one.section].short_title, f"#part-{one.section.value}")


@dataclass(frozen=True)
class Shown:
    """A finding as a page of the reviewer shows it: ``anchor`` is what the page calls it.

    ``remarks`` are those on its part, among them the one that was made of it; ``before`` is the finding as it was
    handed in, of one that weighs more since.
    """

    anchor: str
    judged: Judged
    remarks: tuple[Remark, ...] = ()
    before: Judged | None = None

    @property
    def kind(self) -> str:
        """What it asks of the reviewer."""
        return self.judged.kind

    @property
    def is_request(self) -> bool:
        """Whether the school asks to be let off; what it explained while this was a warning is no request."""
        answer = self.judged.answer
        return self.judged.finding.blocks and answer is not None and answer.is_request

    @property
    def waits(self) -> bool:
        """Whether the school waits for a decision on it."""
        return self.judged.is_asked

    @cached_property
    def remark(self) -> Remark | None:
        """The remark that was made of it, if it still stands."""
        text = text_of(self.judged)
        return next((one for one in self.remarks if one.text == text), None)

    @property
    def quotes(self) -> list[Quote]:
        """The words it is about, where nothing is set beside them."""
        return [] if self.pairs else [Quote.of(one) for one in self.judged.finding.passages[:MOST_QUOTED]]

    @property
    def unquoted(self) -> int:
        """How many more passages there are than are quoted."""
        return 0 if self.pairs else max(0, len(self.judged.finding.passages) - MOST_QUOTED)

    @cached_property
    def pairs(self) -> list[tuple[Quote | None, Quote | None]]:
        """The words it is about beside those they are compared with."""
        finding = self.judged.finding
        others = [Quote.of(one) for one in (*finding.elsewhere, *finding.beside)]
        return list(zip_longest([Quote.of(one) for one in finding.passages], others)) if others else []


# What asks something of the reviewer stands first.
KINDS = {"error": "须改正", "unexplained": "未说明", "explained": "已说明", "waived": "已豁免"}


def shown(judged: Iterable[Judged], name: str, remarks: Iterable[Remark] = ()) -> list[Shown]:
    """Findings, those that ask most of the reviewer in front; their anchors are ``name`` with a number."""
    found = [Shown(f"{name}-{number}", one, tuple(remarks)) for number, one in enumerate(judged, 1)]
    return sorted(found, key=lambda one: list(KINDS).index(one.kind))


@dataclass(frozen=True)
class Count:
    """How many findings are of one kind, and the first of them."""

    kind: str
    count: int
    anchor: str

    @property
    def label(self) -> str:
        return KINDS[self.kind]


def counted(findings: list[Shown]) -> list[Count]:
    """How many there are of each kind, those that ask most in front; kinds without any are left out."""
    counts = Counter(one.kind for one in findings)
    return [
        Count(kind, counts[kind], next(one.anchor for one in findings if one.kind == kind))
        for kind in KINDS
        if counts[kind]
    ]


@dataclass(frozen=True)
class Part:
    """One part of a submission as the reviewer sees it.

    ``figures`` stand beside last year's; ``remarks`` are those on this submission, ``answered`` those of the return
    before it; ``is_changed`` says whether the school changed the part since then. ``findings`` are those it was handed
    in with, ``later`` what was found only afterwards.
    """

    key: SectionKey
    section: Section
    findings: list[Shown]
    later: list[Shown]
    figures: list[diff.FigureChange]
    remarks: list[Remark]
    answered: list[Remark]
    is_changed: bool

    @property
    def main_figures(self) -> list[diff.FigureChange]:
        """The figures without those that only break another one down."""
        return [figure for figure in self.figures if not figure.is_breakdown]

    @property
    def all_findings(self) -> list[Shown]:
        """Those it was handed in with, then those from afterwards."""
        return [*self.findings, *self.later]

    @cached_property
    def counts(self) -> list[Count]:
        """The findings it was handed in with, by kind."""
        return counted(self.findings)

    @property
    def has_pairs(self) -> bool:
        """Whether something stands beside what it is compared with."""
        return any(one.pairs for one in self.all_findings)

    @property
    def own_remarks(self) -> list[Remark]:
        """The remarks somebody wrote, without those that stand beside the finding they were made of."""
        made = {one.remark.pk for one in self.all_findings if one.remark}
        return [remark for remark in self.remarks if remark.pk not in made]


@dataclass(frozen=True)
class Reading:
    """A submission with everything that helps to judge it."""

    submission: Submission
    document: Document
    parts: list[Part]
    previous: Previous | None
    base: Submission | None
    sources: list[Import]
    score: Score | None

    @cached_property
    def public(self) -> Document:
        """The report exactly as it would be published."""
        return self.document.public()

    @property
    def remarks(self) -> list[Remark]:
        """All remarks on it, in report order."""
        return [remark for part in self.parts for remark in part.remarks]

    @property
    def findings(self) -> list[Shown]:
        """All findings it was handed in with, in report order."""
        return [one for part in self.parts for one in part.findings]

    @property
    def later(self) -> list[Shown]:
        """What was found only afterwards, in report order."""
        return [one for part in self.parts for one in part.later]

    @property
    def is_previous_later(self) -> bool:
        """Whether last year's report, as it stands beside, was not there yet when this one was handed in."""
        return self.previous is not None and self.previous.since > self.submission.submitted_at

    @cached_property
    def counts(self) -> list[Count]:
        """The findings it was handed in with, by kind."""
        return counted(self.findings)

    @property
    def unexplained_keys(self) -> list[str]:
        """The keys of the findings that nobody explained and no remark was made of yet, each once."""
        silent = [one.judged for one in self.findings if one.kind in ("error", "unexplained") and not one.remark]
        return list(dict.fromkeys(one.finding.key for one in silent if one.answer is None))


@dataclass(frozen=True)
class ChangedPart:
    """What changed in one part, beside what was asked of it and what the school answered."""

    diff: diff.PartDiff
    remarks: list[Remark]


def submission_compared(report: Report) -> Submission | None:
    """What the page of changes is about: what is shown, else what was approved last."""
    approved = report.submissions.filter(decision=Decision.APPROVED).order_by("-number")
    return transitions.submission_shown(report) or approved.first()


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
    judgement = frozen.judgement_of(report, submission)
    remarks = list(submission.remarks.all())
    answered = list(base.remarks.all()) if base else []
    on_part = {key: [remark for remark in remarks if remark.section == key] for key in SECTIONS}
    parts = [
        Part(
            key,
            section,
            shown(judgement.of(key), f"finding-{key.value}", on_part[key]),
            _later(judgement, key, on_part[key]),
            diff.figures_beside(previous.document if previous else None, document, key),
            on_part[key],
            [remark for remark in answered if remark.section == key],
            key in changed,
        )
        for key, section in SECTIONS.items()
    ]
    sources = list(Import.objects.held_by(submission))
    return Reading(submission, document, parts, previous, base, sources, score_of(report, judgement))


def _later(judgement: Judgement, key: SectionKey, remarks: list[Remark]) -> list[Shown]:
    """What was found in one part only after it was handed in, beside what it was then where that only weighs more now."""
    found = shown((one for one in judgement.later if one.finding.section == key), f"later-{key.value}", remarks)
    before = {one.finding.key: one for one in judgement.of(key) if not one.finding.blocks}
    return [
        replace(one, before=before.get(one.judged.finding.key)) if one.judged.finding.blocks else one for one in found
    ]


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


def found_in(report: Report, submission: Submission) -> str:
    """How many findings there are on a submission, and what was said to them, in one sentence."""
    judgement = frozen.judgement_of(report, submission)
    later = f"提交后新出现 {len(judgement.later)} 条，不算学校没有说明。" if judgement.later else ""
    if not judgement.judged:
        return f"提交时各项检查没有发现问题。{later}" if later else "各项检查没有发现问题。"
    counts = Counter(one.kind for one in judgement.judged)
    words = {"error": "须改正", "unexplained": "学校没有说明", "explained": "学校已说明", "waived": "已豁免"}
    told = "，".join(f"{said} {counts[kind]} 条" for kind, said in words.items() if counts[kind])
    return f"检查结果共 {len(judgement.judged)} 条：{told}。{later}"


@dataclass(frozen=True)
class HandedIn:
    """A submission with the findings it was handed in with, as they were recorded then."""

    submission: Submission

    @property
    def findings(self) -> tuple[Judged, ...]:
        """Each with what had been said to it by then. None where the school has taken it back: it is its draft again."""
        return () if self.submission.decision == Decision.RECALLED else frozen.recorded(self.submission)

    @property
    def summary(self) -> str:
        """How many there were and what was said to them; "" where none was recorded."""
        return summary_of(self.findings)


def summary_of(findings: Iterable[Judged]) -> str:
    """How many findings a submission was handed in with and what was said to them; "" where there were none."""
    counts = Counter(one.kind for one in findings)
    words = {"error": "须改正", "explained": "学校说明", "waived": "豁免", "unexplained": "没有说明"}
    return "，".join(f"{said} {counts[kind]} 条" for kind, said in words.items() if counts[kind])


def handed_in(report: Report) -> list[HandedIn]:
    """The submissions of a report, newest first."""
    return [HandedIn(one) for one in report.submissions.defer("document")]


@dataclass(frozen=True)
class Version:
    """A published version as the reviewer's pages list it."""

    publication: Publication
    is_newest: bool
    may_be_withdrawn: bool


def versions(report: Report, actor: Actor) -> list[Version]:
    """The published versions of a report, newest first, where there are several."""
    found = list(transitions.versions_of(report))
    if len(found) < 2:
        return []
    return [
        Version(one, one is found[0], transitions.why_not_withdraw_version(one, report, actor, found[0]) is None)
        for one in found
    ]


def standing(report: Report) -> dict:
    """Where a report stands that is not under review: who has it, since when, what the public sees."""
    publication = transitions.live_publication(report)
    rounds = handed_in(report)
    submissions = [one.submission for one in rounds]
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
        "rounds": rounds,
        "sources": list(Import.objects.held_by(last)) if last else [],
        "has_changes": len(decided) > 1 and Decision.APPROVED in decided,
    }
