"""The school's score of its own report: what an outside evaluation would look at, before anybody outside has looked.

Pure: a document, what the checks say of it and what people said to that, and the facts of time. For the school and its
reviewer alone; nothing public may import it. The weights and why they are so: ``docs/decisions/0064-self-score.md``.
"""

from collections.abc import Iterable

from django.utils import timezone

from disclosure.evaluation import Judged, Judgement
from disclosure.evaluation.score.base import (
    Case,
    Dimension,
    DimensionScore,
    Mark,
    Score,
    Times,
    criterion_of,
    stays,
)
from disclosure.evaluation.score.criteria import CRITERIA
from disclosure.report.document import Document

__all__ = ["CRITERIA", "Dimension", "Score", "Times", "criterion_of", "score", "score_of"]


def score_of(report, judgement: Judgement) -> Score | None:
    """The score of ``report`` as it was judged; None for one of the years before the portal.

    Such a report was accepted as it is, most rules do not hold for it, and nobody knows when it was handed in.
    """
    if report.backfilled:
        return None
    handed_in = report.first_submitted_at
    times = Times(
        closes_on=report.campaign.closes_on,
        today=timezone.localdate(),
        handed_in=handed_in and timezone.localdate(handed_in),
        is_late=report.is_late,
    )
    return score(judgement.document, judgement.judged, times)


def score(document: Document, judged: Iterable[Judged], times: Times) -> Score:
    """Every criterion, by dimension."""
    case = Case(document, tuple(judged), times)
    explained = [one for one in case.judged if not one.finding.blocks and one.answer is not None]
    stayed = sum(stays(one) for one in explained)
    marks = [Mark(criterion, criterion.measure(case)) for criterion in CRITERIA]
    return Score(
        tuple(
            DimensionScore(dimension, tuple(mark for mark in marks if mark.criterion.dimension is dimension))
            for dimension in Dimension
        ),
        explained=len(explained) - stayed,
        stayed=stayed,
        waived=sum(one.is_waived for one in case.judged),
    )
