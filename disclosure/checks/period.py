"""Rules on the reporting period."""

from disclosure.checks.base import Context, Problem, rule
from disclosure.document import Document
from disclosure.enums import SectionKey, Severity
from disclosure.words import chinese_date

LONGEST_USUAL_DAYS = 396  # a year and a month


@rule(Severity.ERROR)
def period_runs_forward(document: Document, context: Context):
    """WHY: a period that ends before it begins is a slip of the year."""
    start, end = document.period.start, document.period.end
    if start and end and end < start:
        yield Problem(
            SectionKey.HEAD,
            f"统计期限的结束日期（{chinese_date(end)}）早于开始日期（{chinese_date(start)}）。",
            "period_end",
        )


@rule(Severity.ERROR)
def period_is_over(document: Document, context: Context):
    """WHY: figures of a period that is still to come cannot be known."""
    end = document.period.end
    if end and context.today and end > context.today:
        yield Problem(SectionKey.HEAD, f"统计期限的结束日期（{chinese_date(end)}）还没有到。", "period_end")


@rule(Severity.WARNING, holds_for_backfill=False)
def period_is_about_a_year(document: Document, context: Context):
    """WHY: periods of 14 months occur, as slips and on purpose; so it asks and does not block."""
    start, end = document.period.start, document.period.end
    if start and end and (end - start).days > LONGEST_USUAL_DAYS:
        yield Problem(
            SectionKey.HEAD, f"统计期限长达 {(end - start).days + 1} 天，超过一年。请确认没有写错年份。", "period_end"
        )


@rule(Severity.WARNING, holds_for_backfill=False)
def period_is_the_campaigns(document: Document, context: Context):
    """WHY: figures of other days than the province asked for cannot be compared."""
    start, end = document.period.start, document.period.end
    if context.period and start and end and (start, end) != context.period:
        default_start, default_end = context.period
        yield Problem(
            SectionKey.HEAD,
            f"统计期限是{chinese_date(start)}至{chinese_date(end)}，"
            f"与填报任务要求的{chinese_date(default_start)}至{chinese_date(default_end)}不同。",
            "period_start",
        )


@rule(Severity.WARNING, holds_for_backfill=False)
def signature_follows_the_period(document: Document, context: Context):
    """WHY: a report dated before its period ended was dated by mistake, or copied from last year."""
    signed, end = document.signature.date, document.period.end
    if signed and end and signed < end:
        yield Problem(SectionKey.HEAD, f"落款日期（{chinese_date(signed)}）早于统计期限结束的日期。", "signature_date")
