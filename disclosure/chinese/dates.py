"""Dates and periods as Chinese documents write them: 2023年10月30日, 2023.10.30, 二〇二三年十月三十日."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from disclosure.chinese.enumeration import value
from disclosure.chinese.numerals import narrow

# What is typed for the zero of 二〇二三: other circles, the Latin, Greek and Cyrillic letter, the digit.
ZEROS = "〇○◯零OoΟοОо0０Ｏ"
_DIGITS = "〇零一二三四五六七八九"
_HAN_YEAR = str.maketrans(_DIGITS, "00123456789")
_TYPED_YEAR = re.compile(rf"(?<=[一二])[{ZEROS}一二三四五六七八九]{{3}}(?![0-9])")
_ROUND = str.maketrans(dict.fromkeys(set(ZEROS) - {"零"}, "〇"))
_Y = (
    r"(?:(?P<{0}y>\d{{4}}(?=\s{{0,3}}年)|(?:19|20)\d\d|[二一][〇零一二三四五六七八九]{{3}})"
    r"\s{{0,3}}[年./-]\s{{0,3}})"
)
_M = r"(?P<{0}m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s{{0,3}}(?:[月./-]|(?=\s{{0,3}}[日至到起—–~止)]))"
_D = r"(?:\s{{0,3}}(?P<{0}d>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s{{0,3}}[日号]?)"
_DAY = re.compile((_Y + _M + _D).format("") + r"(?![\d条项件个次])")
_MONTH = re.compile((_Y + _M).format("") + r"份?")
_DASH = r"—{1,2}|–|-{1,2}|~|～|─{1,2}|―{1,2}|一"
_TO = rf"\s{{0,3}}(?:[(（][^()（）]{{0,8}}[)）])?\s{{0,3}}(?:起|开始)?[，,]?\s{{0,3}}(?:至|到|{_DASH})\s{{0,3}}"
_RANGE = re.compile((_Y + _M + _D + "?").format("a") + _TO + (_Y + "?" + _M + _D + "?").format("b") + r"(?![\d条项])")
_YEAR = rf"(?:(?:19|20)\d\d|二[〇零][{_DIGITS}]{{2}})"
_YEARS = re.compile(
    rf"(?P<first>{_YEAR})\s{{0,3}}(?:学年|年)?\s{{0,3}}(?:[-—–~～─―－至到/]|——|--){{1,2}}\s{{0,3}}(?P<second>{_YEAR}|\d\d)"
    r"\s{0,3}(?P<unit>学年度|学年|年度|年)?"
    rf"|(?P<single>{_YEAR})\s{{0,3}}(?P<unit1>学年度|学年|年度|年)(?!\s{{0,3}}[\d一二三四五六七八九十]{{1,3}}\s{{0,3}}月)"
)
SHORTEST = 20
LONGEST = 800


@dataclass(frozen=True)
class Range:
    """A period in a text: its days, both included, and where it stands."""

    start: date
    end: date
    at: int

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Label:
    """A year as it is written, 「2022-2023学年度」, and the year in which its report is due.

    「2022学年」 is the school year that begins in 2022; but some mean the one that ends then: ``may_end_in``.
    """

    written: str
    year: int
    may_end_in: int | None = None


def plain(text: str) -> str:
    """``text`` with narrow digits and with 〇 for whatever was typed as the zero of a year; positions stay."""
    return _TYPED_YEAR.sub(lambda year: year[0].translate(_ROUND), narrow(text))


def day_in(text: str) -> date | None:
    """The first whole date in ``text``; None where there is none, or none that the calendar has."""
    match = _DAY.search(plain(text))
    return _day(match["y"], match["m"], match["d"]) if match else None


def is_day_alone(text: str) -> bool:
    """Whether ``text`` is a date and nothing but blanks and brackets around it."""
    return _alone(_DAY, text)


def is_month_alone(text: str) -> bool:
    """Whether ``text`` is a year and a month, as a cover has it."""
    return _alone(_MONTH, text)


def _alone(pattern: re.Pattern[str], text: str) -> bool:
    if len(text) > 40:
        return False
    bare = plain(text).strip().strip("()（）[]【】").strip()
    match = pattern.match(bare)
    return match is not None and match.end() == len(bare)


def ranges_in(text: str) -> list[Range]:
    """The periods in ``text``, those of a plausible length."""
    found = []
    for match in _RANGE.finditer(plain(text)):
        year = match["by"] or match["ay"]
        start = _day(match["ay"], match["am"], match["ad"] or "1")
        end = _day(year, match["bm"], match["bd"]) if match["bd"] else _last_day(year, match["bm"])
        if start and end and SHORTEST <= (end - start).days + 1 <= LONGEST:
            found.append(Range(start, end, match.start()))
    return found


def label_in(text: str) -> Label | None:
    """The year that a title speaks of."""
    for match in _YEARS.finditer(plain(text)):
        if match["first"]:
            first, second = (int(match[name].translate(_HAN_YEAR)) for name in ("first", "second"))
            if second < 100:
                second += first // 100 * 100
            if second not in (first, first + 1):
                continue
            return Label(_closed(match[0]), second)
        year = int(match["single"].translate(_HAN_YEAR))
        if match["unit1"].startswith("学年"):
            return Label(_closed(match[0]), year + 1, may_end_in=year)
        return Label(_closed(match[0]), year)
    return None


def _closed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def school_year(end: int) -> tuple[date, date]:
    """The school year that ends in ``end``: 1 September to 31 August."""
    return date(end - 1, 9, 1), date(end, 8, 31)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year.translate(_HAN_YEAR)), value(month), value(day))
    except ValueError:
        return None


def _last_day(year: str, month: str) -> date | None:
    first = _day(year, month, "1")
    return first + timedelta(days=monthrange(first.year, first.month)[1] - 1) if first else None


# --- written (GB/T 9704: Arabic digits, no leading zeros) ---


def chinese_date(day: date) -> str:
    """2023年11月7日."""
    return f"{day.year}年{day.month}月{day.day}日"


def clock(moment: datetime) -> str:
    """10:32, in local time."""
    return f"{timezone.localtime(moment):%H:%M}"


def chinese_moment(moment: datetime) -> str:
    """2023年11月7日 10:32, in local time."""
    return f"{chinese_date(timezone.localtime(moment))} {clock(moment)}"
