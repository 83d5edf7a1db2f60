"""Rules on the reporting period: its days, the days that the text states, and last year's."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from disclosure.checks.base import Context, Problem, rule
from disclosure.checks.texts import Text, everything, running, sentence_at, short
from disclosure.chinese.dates import chinese_date
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity

LONGEST_USUAL_DAYS = 396  # a year and a month
SHORTEST_USUAL_DAYS = 300
LATEST_USUAL_DAYS = 250  # from the end of the period to the signature


@rule(
    Severity.ERROR,
    title="统计期限先后不颠倒",
    why="结束早于开始，多是年份写错。",
    source="教办厅函〔2018〕80号",
)
def period_runs_forward(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a period that ends before it begins is a slip of the year."""
    start, end = document.period.start, document.period.end
    if start and end and end < start:
        yield Problem(
            SectionKey.HEAD,
            f"统计期限的结束日期（{chinese_date(end)}）早于开始日期（{chinese_date(start)}）。",
            "period_end",
        )


@rule(
    Severity.ERROR,
    title="统计期限已经结束",
    why="还没有过完的期限，数据不可能确定。",
    source="教办厅函〔2018〕80号",
)
def period_is_over(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: figures of a period that is still to come cannot be known."""
    end = document.period.end
    if end and context.today and end > context.today:
        yield Problem(SectionKey.HEAD, f"统计期限的结束日期（{chinese_date(end)}）还没有到。", "period_end")


@rule(
    Severity.WARNING,
    title="统计期限约为一年",
    why="出现过 14 个月的期限，有的是笔误，有的是有意为之，所以只作提示。",
    source="《高等学校信息公开办法》：报告上一学年度的情况",
    holds_for_backfill=False,
)
def period_is_about_a_year(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: periods of 14 months occur, as slips and on purpose; so it asks and does not block."""
    start, end = document.period.start, document.period.end
    if start and end and (end - start).days > LONGEST_USUAL_DAYS:
        yield Problem(
            SectionKey.HEAD, f"统计期限长达 {(end - start).days + 1} 天，超过一年。请确认没有写错年份。", "period_end"
        )


@rule(
    Severity.WARNING,
    title="统计期限与填报任务一致",
    why="期限不同，数据不能比较。",
    source="填报任务",
    holds_for_backfill=False,
)
def period_is_the_campaigns(document: Document, context: Context) -> Iterator[Problem]:
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


@rule(
    Severity.WARNING,
    title="落款日期在统计期限之后",
    why="落款早于期限结束，多是沿用了上年的日期。",
    source="教办厅函〔2018〕80号",
    holds_for_backfill=False,
)
def signature_follows_the_period(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a report dated before its period ended, or most of a year after, has the year of another report."""
    signed, end = document.signature.date, document.period.end
    if not signed or not end:
        return
    if signed < end:
        yield Problem(SectionKey.HEAD, f"落款日期（{chinese_date(signed)}）早于统计期限结束的日期。", "signature_date")
    elif (signed - end).days > LATEST_USUAL_DAYS:
        yield Problem(
            SectionKey.HEAD,
            f"落款日期（{chinese_date(signed)}）比统计期限结束晚了 {(signed - end).days} 天。请核对年份。",
            "signature_date",
        )


_FOUNDED = re.compile(r"成立|设立|组建|筹建|建校|批准|更名|合并|转设")


@rule(
    Severity.WARNING,
    title="统计期限不短于十个月",
    why="期限过短，多是日期写错；新建校等确有原因的，应在正文中说明。",
    source="《高等学校信息公开办法》：报告上一学年度的情况；真实报告所见：统计期限异常",
    holds_for_backfill=False,
)
def period_is_not_too_short(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a period of a few months is a slip, or has a reason that the report should give (a school just founded)."""
    start, end = document.period.start, document.period.end
    if not start or not end or end < start or (end - start).days + 1 >= SHORTEST_USUAL_DAYS:
        return
    if (start, end) == context.period:
        return
    for text in running(document):
        for first, last, day in _days(text.text):
            _, finish = sentence_at(text.text, first)
            if day == start and _FOUNDED.search(text.text[last : min(finish, last + 30)]):
                return
    yield Problem(
        SectionKey.HEAD,
        f"统计期限只有 {(end - start).days + 1} 天。请确认日期没有写错；确有原因的，请在正文中说明。",
        "period_start",
    )


@rule(
    Severity.WARNING,
    title="统计期限的起止日不差一天",
    why="出现过「2022年8月31日起至2023年9月1日」：起止各差一天，与上下两年都重叠。",
    source="真实报告所见：年份和期限不一致",
    holds_for_backfill=False,
)
def period_is_not_a_day_off(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「2022年8月31日起至2023年9月1日」 counts two days that belong to the years before and after."""
    start, end = document.period.start, document.period.end
    if start and end and (start, end) != context.period and (end - start).days > SHORTEST_USUAL_DAYS:
        for day, right, words, name in (
            (start, start + timedelta(1), "开始", "period_start"),
            (end, end - timedelta(1), "结束", "period_end"),
        ):
            is_off = right.day == 1 if words == "开始" else day.day == 1
            if is_off:
                yield Problem(
                    SectionKey.HEAD,
                    f"统计期限的{words}日期是{chinese_date(day)}，是否应为{chinese_date(right)}？请核对。",
                    name,
                )
    for text in running(document):
        for span, first, last in ranges(text):
            off = first + timedelta(1), last - timedelta(1)
            if off[0].day == 1 and last.day == 1 and (last - first).days > SHORTEST_USUAL_DAYS:
                instead = f"{chinese_date(off[0])}至{chinese_date(off[1])}"
                yield text.problem(
                    f"「{short(text.text[slice(*span)], 40)}」首尾各多一天，是否应为「{instead}」？请核对。",
                    span,
                    fix=text.replacing(f"改为「{instead}」", *span, instead),
                )


_DATE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})\s*[年.\-/]\s*(?P<month>[0-9]{1,2})\s*[月.\-/]\s*(?P<day>[0-9]{1,2})\s*[日号]?(?![0-9])"
)
# No blank is given back to another: among hundreds of them there are too many ways to do so.
_TO = r"\s*+(?:零时)?+\s*+起?+\s*+[，,]?+\s*+(?:至|到|—++|-++|－|–|~|～)\s*+"
# The second day may leave the year to the first: 2022年1月1日至12月31日.
_UNTIL = re.compile(
    _TO
    + r"(?:(?P<year>(?:19|20)[0-9]{2})\s*[年.\-/]\s*)?"
    + r"(?P<month>[0-9]{1,2})\s*[月.\-/]\s*(?P<day>[0-9]{1,2})\s*[日号]?(?![0-9])"
)
# A stretch of whole months: 2022年9月至2023年8月.
_MONTHS = re.compile(
    r"(?P<year>20[0-9]{2})\s*[年.]\s*(?P<month>[0-9]{1,2})\s*月?" + _TO + r"(?:(?P<until>20[0-9]{2})\s*[年.]\s*)?"
    r"(?P<last>[0-9]{1,2})\s*月(?!\s*[0-9])"
)


def _days(text: str) -> Iterator[tuple[int, int, date]]:
    for match in _DATE.finditer(text):
        day = _day(match["year"], match["month"], match["day"])
        if day:
            yield match.start(), match.end(), day


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def ranges(text: Text) -> Iterator[tuple[tuple[int, int], date, date]]:
    """The stretches of time that ``text`` states by two days: 「2022年9月1日至2023年8月31日」."""
    for start, middle, first in _days(text.text):
        until = _UNTIL.match(text.text, middle)
        if until and (last := _day(until["year"] or str(first.year), until["month"], until["day"])):
            yield (start, until.end()), first, last


_OF_SOME_FIGURES = re.compile(
    r"部分(?:数据|指标|统计|信息)|个别|其中|除|另|财务|决算|预算|就业|招生|公示|整改|申报|规划|任期|创建|建设期"
)
_STATES_PERIOD = re.compile(
    r"统计(?:的)?(?:数据)?(?:期限|时间|时段|区间|周期)|统计(?:数据)?的?起止|报告期|数据(?:统计)?(?:的)?(?:期限|起止|时段)|起止时间|报告(?:的)?期限|现将[^。]*(?:报告|汇报|公布|公开)如下"
)

# Letters before and behind a period that tell what it is of: of a sentence of pages they would be read for each period.
_AROUND = 300


@rule(
    Severity.ERROR,
    title="引言写的统计期限与填写的一致",
    why="引言沿用上年的期限，或数据按另一个期限统计，读者不知道以哪个为准。",
    source="真实报告所见：标题、期限、通知、正文的年份不一致",
    holds_for_backfill=False,
)
def stated_period_is_the_forms(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a preamble copied from last year states last year's period; one of the two is wrong, for certain."""
    preamble = running(document)[0]
    start, end = document.period.start, document.period.end
    if start is None or end is None:
        return
    period = (start, end)
    stated = [(span, first, last) for span, first, last in ranges(preamble) if _is_stated(preamble, span, first, last)]
    if not stated:
        in_months = [(match.span(), *_in_months(match)) for match in _MONTHS.finditer(preamble.text)]
        stated = [
            (span, first, _last_day(last))
            for span, first, last in in_months
            if first and last and _is_stated(preamble, span, first, _last_day(last))
        ]
    elif any(
        _in_months(match) == tuple(day.replace(day=1) for day in period) for match in _MONTHS.finditer(preamble.text)
    ):
        return
    if not stated or any((first, last) == period for _, first, last in stated):
        return
    span, first, last = stated[0]
    right = f"{chinese_date(period[0])}至{chinese_date(period[1])}"
    yield preamble.problem(
        f"引言写的统计期限是{chinese_date(first)}至{chinese_date(last)}，填写的统计期限是{right}。请改成一致。",
        span,
        fix=preamble.replacing(f"引言改为「{right}」", *span, right),
    )


def _is_stated(text: Text, span: tuple[int, int], first: date, last: date) -> bool:
    """Whether a stretch of time is meant as the report's period: it is of a year, or the sentence says so.

    「部分数据统计期限为……」, 「财务数据……」: figures of a kind may have days of their own.
    """
    start, end = sentence_at(text.text, span[0])
    start, end = max(start, span[0] - _AROUND), min(end, span[1] + _AROUND)
    clause = re.split("[，,；;]", text.text[start : span[0]])[-1]
    if _OF_SOME_FIGURES.search(clause):
        return False
    is_a_year = SHORTEST_USUAL_DAYS <= (last - first).days <= LONGEST_USUAL_DAYS
    return is_a_year or bool(_STATES_PERIOD.search(text.text[start:end]))


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _in_months(match: re.Match[str]) -> tuple[date | None, date | None]:
    """The first days of the two months that a stretch of months names."""
    return _day(match["year"], match["month"], "1"), _day(match["until"] or match["year"], match["last"], "1")


@rule(
    Severity.WARNING,
    title="正文数据的起止日期在统计期限之内",
    why="正文里「某日至某日发布信息多少条」的日期与统计期限不同，数据就不是这一期的。",
    source="真实报告所见：标题、期限、通知、正文的年份不一致",
    holds_for_backfill=False,
)
def ranges_in_text_are_the_periods(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「2021年9月1日至2022年8月31日发布401条」 in a report on the year after are last year's figures."""
    start, end = document.period.start, document.period.end
    if not start or not end:
        return
    for text in running(document)[1:]:
        for span, first, last in ranges(text):
            if start <= first and last <= end:
                continue
            # A plan, a building, a prize may last as long as they like; what is counted may not.
            told = text.text[slice(*sentence_at(text.text, span[0]))]
            if (last - first).days < 60 or not re.search(r"[0-9]\s*余?[条件次篇份期个]", told):
                continue
            yield text.problem(
                f"「{short(text.text[slice(*span)], 40)}」不在统计期限（{chinese_date(start)}至{chinese_date(end)}）之内。"
                "请核对数据是不是这一期的。",
                span,
            )


@rule(
    Severity.WARNING,
    title="没有不存在的日期",
    why="「6月31日」「2月30日」多是改了月份没改日子；这样的期限谁也算不出来。",
    source="历法；真实报告所见：年份、期限写错",
)
def dates_exist(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「2018年6月31日」: the month was changed and the day was not, and no figure can be counted up to it."""
    for text in everything(document):
        for match in _MONTH_AND_DAY.finditer(text.text):
            year = match["year"] or "2000"  # a leap year: of the 29th of February without a year nothing is known
            if not _day(year, match["month"], match["day"]):
                yield text.problem(f"没有「{match[0]}」这一天。请核对。", match.span())
        for match in _MONTH.finditer(text.text):
            if not 1 <= int(match["month"]) <= 12:
                yield text.problem(f"没有「{match[0]}」这个月。请核对。", match.span())


_MONTH = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\s*年\s*(?P<month>[0-9]{1,2})\s*月(?!\s*[0-9])")
_MONTH_AND_DAY = re.compile(
    r"(?:(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\s*年\s*)?(?<![0-9])(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,2})\s*[日号]"
)


@rule(
    Severity.WARNING,
    title="统计期限与上年衔接",
    why="与上年的期限之间有空档，这几天的公开情况就没有报告；有重叠，就重复计算。",
    source="真实报告所见：与上年期限有空档或重叠",
    holds_for_backfill=False,
)
def period_follows_last_years(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: days between two periods are reported nowhere, days in both are counted twice."""
    start = document.period.start
    if context.previous is None or start is None or context.previous.period.end is None:
        return
    if context.previous.year != document.year - 1:
        return
    last = context.previous.period.end
    gap = (start - last).days - 1
    if gap:
        words = f"中间有 {gap} 天没有计入" if gap > 0 else f"有 {-gap} 天重复计入"
        yield Problem(
            SectionKey.HEAD,
            f"上年报告的统计期限到{chinese_date(last)}为止，本年从{chinese_date(start)}开始，{words}。请核对。",
            "period_start",
        )
