"""Rules on figures: what must add up, and what cannot be."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeVar

from disclosure.checks.base import Context, Problem, rule
from disclosure.checks.texts import body_of
from disclosure.report.diff import FigureLine, figures_beside
from disclosure.report.document import NOT_APPLICABLE, Document, NotApplicable, RequestCounts
from disclosure.report.enums import Applicant, SectionKey, Severity
from disclosure.report.figures import (
    APPLICANTS,
    CASE_OUTCOMES,
    CASES,
    FIGURES,
    INTAKE,
    OUTCOMES,
    REFUSAL_GROUNDS,
    REQUEST_ROWS,
    Kind,
    value_at,
)
from disclosure.report.totals import channel_total

_Number = TypeVar("_Number", bound=int | Decimal)


def _known(*values: _Number | NotApplicable | None) -> list[_Number]:
    """The numbers among ``values``; what is empty or does not apply counts for nothing."""
    return [value for value in values if value is not None and value != NOT_APPLICABLE]


def _columns(document: Document) -> list[tuple[Applicant, RequestCounts]]:
    figures = document.sections.on_request.figures
    return [(Applicant(name), getattr(figures.by_applicant, name)) for name in APPLICANTS] + [
        (Applicant.TOTAL, figures)
    ]


def _name(applicant: Applicant, column: str) -> str:
    return f"{applicant.value}-{column}"


@rule(
    Severity.ERROR,
    title="申请件数收支平衡",
    why="本期新收＋上期结转＝各项办理结果＋结转下期，全国同类表格都守这一平衡。",
    source="国办公开办函〔2021〕30号所附表格",
)
def requests_balance(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: received + carried in = outcomes + carried out is the balance every such table in the country keeps.

    A report of a past year may know no more than it says (report-json.md): what it leaves open may be what is missing.
    """
    for applicant, counts in _columns(document):
        taken_in = _known(*(getattr(counts, key) for key in INTAKE))
        done = _known(*(getattr(counts, key) for key in OUTCOMES))
        left = _known(counts.carried_out)
        if not taken_in or (not (done or left) and sum(taken_in) == 0):
            continue
        difference = sum(taken_in) - sum(done) - sum(left)
        short_side = (*OUTCOMES, "carried_out") if difference > 0 else INTAKE
        if context.backfilled and any(getattr(counts, key) is None for key in short_side):
            continue
        if difference:
            column = "" if applicant is Applicant.TOTAL else f"「{applicant.label}」一列"
            yield Problem(
                SectionKey.ON_REQUEST,
                f"第三部分{column}的数字不平衡：收到 {sum(taken_in)} 件，办结 {sum(done)} 件，"
                f"结转下期 {sum(left)} 件，相差 {abs(difference)} 件。请核对。",
                _name(applicant, "received"),
            )


@rule(
    Severity.ERROR,
    title="申请件数各行合计相符",
    why="合计与各列之和不同，表格自相矛盾。",
    source="国办公开办函〔2021〕30号所附表格",
)
def rows_of_requests_add_up(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: each row's total is the sum of its columns; a total of its own contradicts the table beside it."""
    figures = document.sections.on_request.figures
    for row in REQUEST_ROWS:
        parts = _known(*(value_at(getattr(figures.by_applicant, name), row.key) for name in APPLICANTS))
        total = value_at(figures, row.key)
        if parts and _known(total) and sum(parts) != total:
            yield Problem(
                SectionKey.ON_REQUEST,
                f"第三部分「{row.label}」的合计填了 {total} 件，各类申请人相加是 {sum(parts)} 件。请核对。",
                _name(Applicant.TOTAL, row.column),
            )


@rule(
    Severity.ERROR,
    title="不予公开件数与四类理由相符",
    why="《办法》只规定四类不予公开的情形。",
    source="《高等学校信息公开办法》第十条",
)
def refusals_have_their_grounds(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 办法 Art. 10 gives four grounds of refusal; a refusal outside them is none."""
    for applicant, counts in _columns(document):
        grounds = _known(*(getattr(counts.refused_by, ground) for ground in REFUSAL_GROUNDS))
        if grounds and _known(counts.refused) and sum(grounds) != counts.refused:
            yield Problem(
                SectionKey.ON_REQUEST,
                f"「{applicant.label}」不予公开填了 {counts.refused} 件，四类原因相加是 {sum(grounds)} 件。请核对。",
                _name(applicant, "refused"),
            )


@rule(
    Severity.ERROR,
    title="主动公开总数与各渠道之和相符",
    why="总数与分项不一致又不说明，读者无从判断哪个为准。",
    source="教办厅函〔2018〕80号",
)
def channels_add_up(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the total is the sum of the channels, or says why it is another (figures.md)."""
    total = channel_total(document.sections.proactive.figures)
    if total.gap and not total.reason and not total.is_loose:
        yield Problem(
            SectionKey.PROACTIVE,
            f"主动公开总数填了 {total.stated} 条，各渠道相加是 {total.sum} 条。请核对，或写明不一致的原因。",
            "total",
        )


@rule(
    Severity.WARNING,
    title="约数与各渠道之和相近",
    why="约数可以有出入，但不应相差一成以上。",
    source="教办厅函〔2018〕80号",
)
def approximate_totals_come_near(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「近2000条」 beside channels of 1,940 may pass, beside 700 it may not go unseen."""
    total = channel_total(document.sections.proactive.figures)
    if total.is_loose and not total.reason and not total.is_near:
        yield Problem(
            SectionKey.PROACTIVE,
            f"主动公开总数约 {total.stated} 条，各渠道相加是 {total.sum} 条，相差超过一成。请核对。",
            "total",
        )


@rule(
    Severity.ERROR,
    title="复议、诉讼总计与各种结果相符",
    why="总计应等于各种结果之和。",
    source="国办公开办函〔2021〕30号所附表格",
)
def cases_add_up(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 总计 is the sum of the four outcomes in every table of this kind."""
    figures = document.sections.complaints.figures
    for key, words in CASES:
        outcomes = getattr(figures, f"{key}_by")
        parts = _known(*(getattr(outcomes, outcome.key) for outcome in CASE_OUTCOMES))
        total = getattr(figures, key)
        if parts and _known(total) and sum(parts) != total:
            yield Problem(
                SectionKey.COMPLAINTS,
                f"{words}总计填了 {total} 件，各种结果相加是 {sum(parts)} 件。请核对。",
                key,
            )


@rule(
    Severity.ERROR,
    title="部分不大于总体",
    why="不涉及的事项多于清单列出的事项、平均天数大于最长天数，必有一处填错。",
    source="算术",
)
def parts_do_not_exceed_their_whole(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: more items left out than listed, a mean above the longest: one of the two is wrong, for certain."""
    proactive = document.sections.proactive.figures
    requests = document.sections.on_request.figures
    pairs = (
        (SectionKey.PROACTIVE, proactive, "items_not_applicable", "items_listed", "学校不涉及的事项", "清单列出的事项"),
        (SectionKey.ON_REQUEST, requests, "mean_days", "longest_days", "平均答复时间", "最长答复时间"),
    )
    for section, figures, part_name, whole_name, part_words, whole_words in pairs:
        part, whole = getattr(figures, part_name), getattr(figures, whole_name)
        if len(_known(part, whole)) == 2 and part > whole:
            yield Problem(section, f"{part_words}（{part}）多于{whole_words}（{whole}）。请核对。", part_name)
    there_were = _known(requests.received, requests.carried_in)
    late = requests.late_answers
    if len(there_were) == 2 and isinstance(late, int) and late > sum(there_were):
        yield Problem(
            SectionKey.ON_REQUEST,
            f"超期答复（{late} 件）多于本期新收和上期结转的申请（共 {sum(there_were)} 件）。请核对。",
            "late_answers",
        )


@rule(
    Severity.WARNING,
    title="查实、办结的举报不多于收到的举报",
    why="查实、办结的多于收到的，多是填错；上年收到、本年办结的，请在正文中说明。",
    source="算术；上年收到的举报可能在本年办结，所以只作提示",
)
def complaints_closed_were_received(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: more complaints upheld or closed than received; what came in last year may be closed in this, so it asks."""
    complaints = document.sections.complaints.figures
    for name, words in (("reports_upheld", "查实的举报"), ("reports_closed", "办结的举报")):
        part = getattr(complaints, name)
        if len(_known(part, complaints.reports)) == 2 and part > complaints.reports:
            yield Problem(
                SectionKey.COMPLAINTS,
                f"{words}（{part}）多于收到的举报（{complaints.reports}）。请核对；有上年结转的，请在正文中说明。",
                name,
            )


@rule(
    Severity.ERROR,
    title="满意率在 0 到 100 之间",
    why="真实报告中出现过超过 100% 的满意率。",
    source="算术",
)
def satisfaction_is_a_percentage(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: real reports carry satisfaction above 100 percent."""
    value = document.sections.evaluation.figures.satisfaction_percent
    if isinstance(value, Decimal) and value > 100:
        yield Problem(SectionKey.EVALUATION, f"满意率填了 {value}%，应在 0 到 100 之间。", "satisfaction_percent")


_STATED_RATE = re.compile(r"满意(?:率|度)[^，。；0-9]{0,8}[0-9]{1,3}(?:\.[0-9]+)?\s*[%％]")
_ASKED = re.compile(r"[0-9]\s*+(?:余|多)?+\s*+(?:余|多)?(?:份|人|名|张|票|位|条)")


@rule(
    Severity.WARNING,
    title="满意率附有调查份数",
    why="不说明问了多少人，满意率没有意义。",
    source="教办厅函〔2018〕80号；第三方评估的常见意见",
    holds_for_backfill=False,
)
def satisfaction_says_how_many_were_asked(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 95 percent of nobody knows how many says nothing."""
    figures = document.sections.evaluation.figures
    is_stated = bool(_known(figures.satisfaction_percent))
    if figures.satisfaction_percent is None:
        said = body_of(document, SectionKey.EVALUATION).text
        is_stated = bool(_STATED_RATE.search(said)) and not _ASKED.search(said)
    if is_stated and figures.responses is None:
        yield Problem(SectionKey.EVALUATION, "填了满意率，但没有填收回的评议意见份数。", "responses")


FACTOR = 5
SMALLEST_JUMP = 10  # of three requests where there was none nobody need give an account


@rule(
    Severity.WARNING,
    title="数据与上年相比没有突变",
    why="超过上年五倍或不足五分之一，不是填错，就是有原因，应当说明。",
    source="本系统的约定：高于上年五倍或低于五分之一须说明",
    holds_for_backfill=False,
)
def figures_stay_near_last_years(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a figure five times last year's is a slip of the keyboard, or has a reason that the reviewer will ask for."""
    if context.previous is None:
        return
    for key in SectionKey:
        for change in figures_beside(context.previous, document, key):
            old, new = change.old, change.new
            if old is None or new is None or change.is_breakdown or not _jumps(old, new):
                continue
            yield Problem(
                key,
                f"「{change.label}」由上年的 {old.value} {change.unit}{old.origin}变为 "
                f"{new.value} {change.unit}{new.origin}，"
                "变化在五倍以上。请核对；确有原因的，请说明。",
                _FIELDS.get((key, change.label), ""),
            )


def _jumps(old: FigureLine, new: FigureLine) -> bool:
    if old.number is None or new.number is None or new.kind is not Kind.COUNT:
        return False
    low, high = sorted((old.number, new.number))
    return high >= SMALLEST_JUMP and high > FACTOR * low


# The field of a figure by its words, as ``diff`` tells them; figures of a list have no field of their own here.
_FIELDS = {(key, figure.label): figure.column for key, figures in FIGURES.items() for figure in figures} | {
    (SectionKey.ON_REQUEST, f"不予公开：{row.label}" if row.level else row.label): _name(Applicant.TOTAL, row.column)
    for row in REQUEST_ROWS
}
