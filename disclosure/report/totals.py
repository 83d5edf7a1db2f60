"""Totals: whether a report states one or the portal has added it up, and whether a stated one agrees with its parts.

Page, PDF, Word and web file, the reviewer's tables and the checks all ask here, so that a sum of ours is nowhere shown
as what a school has stated (docs/decisions/0076-reckoned-totals.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.report.document import ComplaintsFigures, NotApplicable, OnRequestFigures, ProactiveFigures
from disclosure.report.enums import Applicant
from disclosure.report.figures import (
    APPLICANTS,
    CASE_OUTCOMES,
    CASES,
    REFUSAL_GROUNDS,
    REQUEST_ROWS,
    FigureValue,
    value_at,
)

# How far a total and the sum of its parts may be apart where one of them is approximate, as a share of the total.
LOOSE = 0.1


@dataclass(frozen=True)
class Total:
    """A total beside the sum of its parts.

    ``stated`` is what the report says: a number, ``"n/a"``, or None where it says nothing. ``sum`` is what its known parts
    add up to, None where none is known; ``is_whole`` says that no part is left open. What does not apply adds nothing.
    """

    stated: int | NotApplicable | None
    sum: int | None
    is_whole: bool
    is_reckonable: bool
    is_approximate: bool = False
    sum_is_approximate: bool = False
    reason: str = ""

    @property
    def is_reckoned(self) -> bool:
        """Whether the report states no total and the portal may show a sum, which has to be called one."""
        return self.stated is None and self.is_reckonable and self.is_whole

    @property
    def is_loose(self) -> bool:
        """Whether one of the two is approximate, so that they need not be equal."""
        return self.is_approximate or self.sum_is_approximate

    @property
    def gap(self) -> int:
        """By how much the stated number is above (or, negative, below) the sum; 0 where they cannot be compared."""
        return self.stated - self.sum if isinstance(self.stated, int) and self.sum is not None else 0

    @property
    def is_near(self) -> bool:
        """Whether the gap is no more than an approximate number explains."""
        if not self.gap or not isinstance(self.stated, int):
            return True
        return self.is_loose and abs(self.gap) <= self.stated * LOOSE

    @property
    def is_contradicted(self) -> bool:
        """Whether the parts that a reader sees add up to something else; parts left open may still make up for it."""
        return bool(self.gap) and (self.is_whole or self.gap < 0)


def total_of(
    stated: FigureValue,
    parts: Iterable[FigureValue],
    *,
    is_approximate: bool = False,
    sum_is_approximate: bool = False,
    reason: str = "",
) -> Total:
    """The total ``stated`` beside the sum of ``parts``, all of them counts."""
    parts = list(parts)
    numbers = [part for part in parts if isinstance(part, int)]
    return Total(
        None if isinstance(stated, Decimal) else stated,
        sum(numbers) if numbers else None,
        is_whole=None not in parts,
        is_reckonable=len(numbers) > 1,
        is_approximate=is_approximate,
        sum_is_approximate=sum_is_approximate,
        reason=reason,
    )


def channel_total(figures: ProactiveFigures) -> Total:
    """The total of what was disclosed beside the sum of the channels. It may differ: channels carry the same pieces."""
    channels = [channel for channel in figures.channels if not channel.is_empty]
    return total_of(
        figures.total,
        [channel.count for channel in channels],
        is_approximate=figures.total_is_approximate,
        sum_is_approximate=any(channel.approximate for channel in channels),
        reason=figures.total_reason,
    )


def request_totals(figures: OnRequestFigures) -> Iterator[tuple[str, str, Total]]:
    """Each total of the table of requests: its words, the words of its parts, and the total."""
    for row in REQUEST_ROWS:
        parts = [value_at(getattr(figures.by_applicant, name), row.key) for name in APPLICANTS]
        yield f"「{row.label}」的合计", "各类申请人", total_of(value_at(figures, row.key), parts)
    columns = [(Applicant(name).label, getattr(figures.by_applicant, name)) for name in APPLICANTS]
    for label, counts in [*columns, (Applicant.TOTAL.label, figures)]:
        grounds = [getattr(counts.refused_by, ground) for ground in REFUSAL_GROUNDS]
        yield f"「不予公开」（{label}）", "四类理由", total_of(counts.refused, grounds)


def case_totals(figures: ComplaintsFigures) -> Iterator[tuple[str, str, Total]]:
    """The totals of reconsiderations and lawsuits: words, words of the parts, total."""
    for key, words in CASES:
        outcomes = getattr(figures, f"{key}_by")
        parts = [getattr(outcomes, outcome.key) for outcome in CASE_OUTCOMES]
        yield f"「{words}」的总计", "各种结果", total_of(getattr(figures, key), parts)
