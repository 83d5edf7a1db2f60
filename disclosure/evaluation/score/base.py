"""What a score is made of: dimensions, criteria and marks; and to which criterion a finding of the checks belongs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import TextChoices

from disclosure.checks import Rule
from disclosure.evaluation import Judged, RecordedRule
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS

# Which criterion the findings of a rule cost points in: by the subject of the rule, unless it is named here.
_BY_SUBJECT = {
    "figures": "figures_fit",
    "agreement": "text_fits_figures",
    "sums": "text_fits_figures",
    "period": "period_and_names_fit",
    "naming": "period_and_names_fit",
    "copying": "own_words",
    "wording": "wording",
    "form": "wording",
    "numbering": "wording",
    "privacy": "privacy",
    "carried": "of_this_year",
}
_BY_NAME = {
    "mandated_sections_are_written": "sections",
    "sections_say_more_than_none": "sections",
    "head_is_complete": "head",
    "key_figures_are_filled_in": "main_figures",
    "comparable_figures_are_filled_in": "main_figures",
    "satisfaction_says_how_many_were_asked": "breakdowns",
    "experience_problems_and_measures_are_told": "experience",
    "problems_are_more_than_one_line": "experience",
    "mandated_contacts_are_named": "contacts",
    "contacts_can_be_reached": "contacts",
    "everything_typed_is_readable": "figures_fit",
    "texts_stand_in_their_sections": "own_words",
    "other_schools_are_not_named": "own_words",
    "figures_stay_near_last_years": "figures_compare",
    "counts_are_exact": "figures_compare",
    "counts_do_not_contradict_themselves": "figures_compare",
    "texts_can_be_set": "wording",
    "confidentiality_review_is_confirmed": "confidentiality_review",
    "confidentiality_review_has_a_likely_date": "confidentiality_review",
    "links_can_lead_somewhere": "links",
    "title_is_of_the_reports_year": "of_this_year",
    "years_in_text_are_the_reports": "of_this_year",
    "notices_are_this_years": "of_this_year",
    "sections_are_not_last_years": "of_this_year",
}


# What is measured letter by letter, or written down as it is: a reason explains it, and changes nothing of it.
_STAYS = frozenset({"counts_are_exact", "paragraphs_stand_once"})


def criterion_of(rule: Rule | RecordedRule) -> str:
    """The key of the criterion that ``rule`` belongs to. Raises ``KeyError`` for one that nobody has given a place.

    A rule on record keeps the criterion it had when the report was handed in, as long as there is such a one; "" where
    nothing is known of it.
    """
    if isinstance(rule, RecordedRule):
        known = {*_BY_NAME.values(), *_BY_SUBJECT.values()}
        return rule.criterion if rule.criterion in known else _BY_NAME.get(rule.name, _BY_SUBJECT.get(rule.group, ""))
    return _BY_NAME.get(rule.name) or _BY_SUBJECT[rule.group]


def is_copy(one: Judged) -> bool:
    """Whether a finding is of text that stands elsewhere: it costs the share it has of its part, and nothing besides."""
    return one.finding.share > 0 and not one.finding.blocks


def stays(one: Judged) -> bool:
    """Whether what was found is as it was, whatever reason was given for it: only mending it or a waiver counts."""
    return not one.is_waived and (one.finding.share > 0 or one.finding.rule in _STAYS)


class Dimension(TextChoices):
    """What a report is looked at for."""

    COMPLETENESS = "completeness", "完整性"
    ACCURACY = "accuracy", "准确性"
    FORM = "form", "规范性"
    TIMELINESS = "timeliness", "时效"


@dataclass(frozen=True)
class Times:
    """The facts of time: the last day to hand in, when the report was handed in first (None: not yet), today.

    ``is_late`` is what the portal has on record: a closing date that was put off later makes nobody late, and none
    punctual.
    """

    closes_on: date
    today: date
    handed_in: date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Case:
    """All a criterion may look at."""

    document: Document
    judged: Sequence[Judged]
    times: Times

    def found(self, criterion: str) -> list[Judged]:
        """What the rules of a criterion found and costs a price of its own: nobody has explained or waived it, or a
        reason does not count (``stays``).
        """
        return [
            one
            for one in self.judged
            if (one.is_open or stays(one)) and not is_copy(one) and criterion_of(one.rule) == criterion
        ]

    def copied(self, section: SectionKey) -> Fraction:
        """How much of a part's own words stands elsewhere too, explained or not; what is copied twice counts once."""
        shares = [one.finding.share for one in self.judged if one.finding.section == section and stays(one)]
        return Fraction(max(shares, default=0.0)).limit_denominator(1000)

    def is_waived(self, criterion: str, section: SectionKey, field: str, naming: str = "") -> bool:
        """Whether a reviewer has said that this report may do without what a criterion asks for in a field.

        Of findings that have no field of their own, only those count whose sentence has the words ``naming``.
        """
        return any(
            one.is_waived
            and criterion_of(one.rule) == criterion
            and (one.finding.section, one.finding.field) == (section, field)
            and naming in one.finding.sentence
            for one in self.judged
        )


@dataclass(frozen=True)
class Place:
    """A part where points can be won."""

    key: SectionKey

    @property
    def title(self) -> str:
        return SECTIONS[self.key].short_title


@dataclass(frozen=True)
class Reached:
    """The share of a criterion's points, from 0 to 1; why it is not all of them and what to do; in which parts."""

    share: Fraction
    advice: str = ""
    places: tuple[SectionKey, ...] = ()


@dataclass(frozen=True)
class Piece:
    """One thing a report has to contain: how much of it is there (0 to 1), its words where it is not, its part.

    ``weight`` is how much it counts beside the others of its criterion.
    """

    there: Fraction | bool
    words: str
    section: SectionKey
    weight: int = 1


@dataclass(frozen=True)
class Criterion:
    """One thing the report is scored for. ``title``, ``how`` (what costs points) and ``why`` are Chinese sentences."""

    key: str
    dimension: Dimension
    title: str
    points: int
    how: str
    why: str
    measure: Callable[[Case], Reached]


@dataclass(frozen=True)
class Mark:
    """What a report has reached in one criterion, cut to tenths: whoever lacks anything sees that something is lacking."""

    criterion: Criterion
    reached: Reached

    @property
    def points(self) -> Decimal:
        return _tenths(self.reached.share * self.criterion.points)

    @property
    def is_full(self) -> bool:
        return self.points == self.criterion.points

    @property
    def advice(self) -> str:
        return "" if self.is_full else self.reached.advice

    @property
    def places(self) -> list[Place]:
        return [] if self.is_full else [Place(key) for key in SectionKey if key in self.reached.places]


@dataclass(frozen=True)
class DimensionScore:
    """One dimension with the marks it is made of."""

    dimension: Dimension
    marks: tuple[Mark, ...]

    @property
    def label(self) -> str:
        return self.dimension.label

    @property
    def points(self) -> Decimal:
        return sum((mark.points for mark in self.marks), Decimal(0))

    @property
    def possible(self) -> int:
        return sum(mark.criterion.points for mark in self.marks)

    @property
    def lacking(self) -> list[Mark]:
        """Where points are missing, the most first."""
        marks = [mark for mark in self.marks if not mark.is_full]
        return sorted(marks, key=lambda mark: mark.points - mark.criterion.points)

    @property
    def full(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.is_full]


@dataclass(frozen=True)
class Score:
    """The four dimensions; how many findings were not counted because somebody has spoken to them, and how many were
    although the school has explained them.
    """

    dimensions: tuple[DimensionScore, ...]
    explained: int
    stayed: int
    waived: int

    @cached_property
    def points(self) -> Decimal:
        return sum((one.points for one in self.dimensions), Decimal(0))

    @property
    def possible(self) -> int:
        return sum(one.possible for one in self.dimensions)

    @property
    def lacking(self) -> list[Mark]:
        """Where points are missing, in all dimensions."""
        return [mark for one in self.dimensions for mark in one.lacking]


def _tenths(points: Fraction) -> Decimal:
    """Cut, never rounded up."""
    return Decimal(points.numerator * 10 // points.denominator) / 10
