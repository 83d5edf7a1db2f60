"""Figures in tables: those of our own Word form exactly, those of clerks by the words beside and above each number.

A clerk's table may stand on its side, have merged cells, rows of totals, columns of last year: a number is read by all
the labels left of it and above it, and by nothing else, so that the shape does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from disclosure.chinese.numerals import narrow
from disclosure.importing.extract import own_tables
from disclosure.importing.extract.channels import Mention, mentions
from disclosure.importing.extract.grids import Grid, Value, grids, without_tables
from disclosure.importing.extract.passages import shown
from disclosure.importing.proposal import ProposedFigure
from disclosure.report.document import LARGEST_COUNT, NOT_APPLICABLE
from disclosure.report.enums import SectionKey

__all__ = ["is_figures_table", "read_own_tables", "read_table", "without_tables"]

_NOT_THIS_YEAR = re.compile(
    r"上(?:一)?(?:学)?(?:年|期)(?!.{0,4}结转)|去年|同期|同比|环比|增长|增减|占比|比例|比重|序号|编号|上年(?!结转|遗留)|下(?:一)?(?:学)?年(?=.{0,3}计划)|计划数|目标"
)
_YEAR = re.compile(r"(?:20[0-9]{2}[-－—–~至])?(20[0-9]{2})(?:学?年)(?:度)?(?:[(（].{0,6}[)）]|数量|条数)?")
_NOT_PUBLISHED = re.compile(
    r"阅读|访问|粉丝|关注|点击|浏览|转发|点赞|评论|播放量|栏目|账号|人次|费用|电话|链接|更新时间|频次|日期"
)
_COUNTED = re.compile(
    r"数量|条数|件数|篇数|次数|期数|份数|总数|数目|信息量|发布量|公开量|数值|数\Z|[(（](?:条|篇|件|次|期|份|个|则)[/、条篇件次期份个则]*[)）]|公开信息|发布信息|信息\Z|本年|本期|合计"
)
_CHANNEL_HEAD = re.compile(r"渠道|途径|公开方式|公开形式|平台|载体|媒体|发布方式")
_TOTAL = re.compile(r"\A(?:总计|合计|共计|总数|总量|合计数)(?:[(（].{0,6}[)）])?\Z")
_SUBTOTAL = re.compile(r"小计")

_REQUEST_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("late_answers", re.compile(r"(?:超期|逾期|超时|超过(?:规定|法定)?(?:的)?时限)(?!未|不|缴)")),
    ("longest_days", re.compile(r"最长")),
    ("mean_days", re.compile(r"平均")),
    ("fees_waived", re.compile(r"减免|免收")),
    ("fees_charged", re.compile(r"收取.{0,6}费用|收费(?:金额|总额|情况|数额)|收取费用")),
    ("refused_by.state_secret", re.compile(r"国家秘密")),
    ("refused_by.trade_secret", re.compile(r"商业秘密")),
    ("refused_by.privacy", re.compile(r"个人隐私")),
    ("carried_out", re.compile(r"结转(?:至|到|入)?(?:下|次)")),
    ("carried_in", re.compile(r"上.{0,3}结转|结转.{0,2}上")),
    ("partly_granted", re.compile(r"部分公开")),
    ("refused", re.compile(r"不予公开|不同意公开")),
    ("unavailable", re.compile(r"无法提供|不存在")),
    ("not_processed", re.compile(r"不予处理|不予受理")),
    ("other_outcome", re.compile(r"其[他它]处理")),
    ("granted", re.compile(r"(?<!不)予以公开|同意公开|全部公开")),
    (
        "received",
        re.compile(
            r"新收|收到|申请(?:总数|总量|数量|件数|数|量)|受理(?:数|数量|件数|总数)?|依申请公开(?:数|数量|件数)?\Z"
        ),
    ),
)
_OTHER_GROUND = re.compile(r"禁止公开|三安全|第三方|内部事务|过程性|执法案卷|行政查询|其[他它].{0,8}(?:规定|不予公开)")
# Groups whose parts are not told apart here: the parts make the whole.
_GROUPED = frozenset({"unavailable", "not_processed", "other_outcome"})
_ALL_APPLICANTS = re.compile(r"合计|总计|件数|数量|小计|总数|数值")
_APPLICANT_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("organisation", re.compile(r"法人|其[他它]组织|企业|科研机构|公益组织|法律服务|单位(?!：|:)")),
    ("campus", re.compile(r"校内|师生|教职工|在校")),
    ("individual", re.compile(r"自然人|校外|公民|社会公众|个人(?!隐私)")),
)
_LAW_CASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("upheld", re.compile(r"维持")),
    ("corrected", re.compile(r"纠正|撤销")),
    ("other", re.compile(r"其[他它]")),
    ("pending", re.compile(r"未审结|未结|审理中")),
)
_OVERVIEW_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("liaison_staff", re.compile(r"联络员|信息员")),
    ("training_departments", re.compile(r"(?:参训|参加培训|培训).{0,4}(?:部门|单位)")),
    ("training_staff", re.compile(r"(?:参训|参加培训|培训).{0,4}(?:人|教职工)")),
    ("training_sessions", re.compile(r"培训.{0,4}(?:次|场|期)|信息公开培训\Z")),
)


def is_figures_table(html: str) -> bool:
    """Whether ``html`` is a table of figures of our own Word form, which is no running text."""
    found = list(grids(html))
    return len(found) == 1 and bool(own_tables.name_of(found[0])) and not without_tables(html).strip()


def read_own_tables(html: str, block: int) -> Iterator[ProposedFigure]:
    """The figures of the tables of ``html`` that are of our own form."""
    for grid in grids(html):
        name = own_tables.name_of(grid)
        if name:
            for section, key, value, approximate, row in own_tables.read(name, grid):
                yield _proposed(section, key, value, approximate, f"{grid.caption}：{grid.shown(row)}", block)


def read_table(html: str, place: SectionKey, block: int) -> Iterator[ProposedFigure]:
    """The figures of the tables of ``html``, which stands in the section ``place``."""
    readers = {
        SectionKey.OVERVIEW: _overview,
        SectionKey.PROACTIVE: _channels,
        SectionKey.ON_REQUEST: _requests,
        SectionKey.EVALUATION: _evaluation,
        SectionKey.COMPLAINTS: _complaints,
    }
    for grid in grids(html):
        if not own_tables.name_of(grid):
            for key, value, approximate, sentence in readers[place](grid):
                yield _proposed(place, key, value, approximate, sentence, block)


def _proposed(
    section: SectionKey, key: str, value: Any, approximate: bool, sentence: str, block: int
) -> ProposedFigure:
    return ProposedFigure(
        section=section, key=key, value=value, sentence=shown(sentence), block=block, approximate=approximate
    )


# key, value, whether approximate, and the cell with the words that tell what it is
Read = tuple[str, Any, bool, str]


@dataclass(frozen=True)
class _Figure:
    """A cell that holds a figure, with the words left of it and above it, nearest first."""

    value: Value
    left: list[str]
    above: list[str]
    head: str  # over the column of the nearest words on the left
    sentence: str

    @property
    def labels(self) -> list[str]:
        return [*self.left[:3], *self.above[:3]]


def _numbers(grid: Grid) -> Iterator[_Figure]:
    """The cells that hold a figure of this year: where years stand side by side, of the latest."""
    latest = max((_year(cell.plain) for _, _, cell in grid.cells()), default=0)
    for row, column, cell in grid.cells():
        value = cell.value
        if value.value is None:
            continue
        left, above = grid.labels(row, column)
        near = (*left[:2], *above[:2])
        if any(_NOT_THIS_YEAR.search(words) or 0 < _year(words) < latest for words in near):
            continue
        told = "，".join([grid.caption] * bool(grid.caption) + left[2::-1] + above[2::-1])
        yield _Figure(value, left, above, grid.head_of_label(row, column), f"{told}：{cell.text}")


def _year(words: str) -> int:
    """The year that a head names, the later of 2022-2023学年; 0 where it names none."""
    named = _YEAR.fullmatch(words)
    return int(named[1]) if named else 0


def _count(value: Value) -> Any:
    """The value as a count; None where it is a percentage, a fraction, or too large."""
    if value.value == NOT_APPLICABLE:
        return NOT_APPLICABLE
    number = value.value
    if not isinstance(number, Decimal) or value.is_percent or number != number.to_integral_value():
        return None
    return int(number) if number <= LARGEST_COUNT else None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _channels(grid: Grid) -> Iterator[Read]:
    taken: set[tuple[str, bool]] = set()
    is_of_channels = any(_CHANNEL_HEAD.search(cell.plain) for _, _, cell in grid.cells() if len(cell.plain) <= 12)
    found: list[Read] = []
    for figure in _numbers(grid):
        count = _count(figure.value)
        if count is None or any(_NOT_PUBLISHED.search(words) for words in figure.above[:2] + figure.left[1:2]):
            continue
        for named, others, head in (
            (figure.left, figure.above, figure.head),
            (figure.above, figure.left, figure.left[-1] if figure.left else ""),
        ):
            label = _channel_label(named, head, is_of_channels)
            if label is None or not _is_counted(others, figure.value):
                continue
            name, mention = label
            if (name, named is figure.left) not in taken:
                taken.add((name, named is figure.left))
                found += _channel(name, mention, count, figure)
            break
    if is_of_channels or any(key == "channels" for key, *_ in found):
        yield from found


def _channel(name: str, mention: Mention | None, count: Any, figure: _Figure) -> Iterator[Read]:
    approximate = figure.value.approximate
    if mention is None and _TOTAL.match(name):
        yield "total", count, approximate, figure.sentence
        if approximate:
            yield "total_is_approximate", True, True, figure.sentence
        return
    entry: dict[str, Any] = {"channel": mention.kind.value} if mention and mention.kind else {}
    entry |= {"name": name, "count": count} | ({"approximate": True} if approximate else {})
    yield "channels", entry, approximate, figure.sentence


def _channel_label(named: list[str], head: str, is_of_channels: bool) -> tuple[str, Mention | None] | None:
    """The channel that the nearest label names, or the total; None where it speaks of something else."""
    if not named:
        return None
    words = named[0]
    if _TOTAL.match(words):
        return words, None
    here = mentions(words)
    if _SUBTOTAL.search(words) or (_COUNTED.search(words) and not here):
        return None
    if here and sum(one.end - one.start for one in here) * 2 >= len(words):
        return words, here[0] if len(here) == 1 else None
    if is_of_channels and _CHANNEL_HEAD.search(head) and len(words) <= 20 and head != words:
        return words, here[0] if here else None
    return None


def _is_counted(others: list[str], value: Value) -> bool:
    """Whether what stands across from the channel says that pieces are counted, or nothing at all does otherwise."""
    if value.measure in {"条", "篇", "件", "次", "期", "份", "则", "条次"}:
        return True
    near = [words for words in others if not mentions(words)][:2]
    return not near or any(_COUNTED.search(words) or _year(words) for words in near)


def _requests(grid: Grid) -> Iterator[Read]:
    sums: dict[str, Read] = {}
    single: dict[str, Read] = {}
    for figure in _numbers(grid):
        key, is_part = _request_key(figure.labels)
        number = _request_value(key, figure.value) if key else None
        if number is None:
            continue
        applicant = _applicant_label([*figure.above[:2], *figure.left[:1]])
        if applicant and key not in _TABLED:
            continue
        full = f"by_applicant.{applicant}.{key}" if applicant else key
        read = (full, number, figure.value.approximate, figure.sentence)
        # The government-wide form parts 法人或其他组织, and each of the outcomes, into several.
        if is_part or (applicant == "organisation" and (full in single or full in sums)):
            _add(sums, single, read)
        else:
            single.setdefault(full, read)
    read_in_all = sums | single
    for prefix in ("", *(f"by_applicant.{name}." for name, _ in _APPLICANT_LABELS)):
        grounds = [
            read_in_all[f"{prefix}refused_by.{ground}"]
            for ground in _GROUNDS
            if f"{prefix}refused_by.{ground}" in read_in_all
        ]
        if len(grounds) > 1 and f"{prefix}refused" not in read_in_all:
            for ground in grounds:
                _add(sums, single, (f"{prefix}refused", *ground[1:]))
    yield from single.values()
    yield from (read for key, read in sums.items() if key not in single)


_GROUNDS = ("state_secret", "trade_secret", "privacy", "other_rule")
_TABLED = frozenset(
    {"received", "carried_in", "granted", "partly_granted", "refused", "carried_out", *_GROUPED}
    | {f"refused_by.{ground}" for ground in _GROUNDS}
)


def _add(sums: dict[str, Read], single: dict[str, Read], read: Read) -> None:
    """Add a part to the sum of its key, together with one that was taken for the whole before."""
    key, number, approximate, sentence = read
    first = sums.get(key) or single.pop(key, None)
    if first is None:
        sums[key] = read
    elif isinstance(number, int) and isinstance(first[1], int):
        sums[key] = (key, first[1] + number, first[2] or approximate, _joined(first[3], sentence))
    else:
        sums[key] = first


def _joined(before: str, sentence: str) -> str:
    return before if len(before) > 200 else f"{before}；{sentence}"


def _request_key(labels: list[str]) -> tuple[str, bool]:
    """The figure that the labels name, nearest first, and whether it is one of several parts that make it."""
    named = [(at, key) for at, words in enumerate(labels) for key in [_first_label(words)] if key]
    ground = next((at for at, words in enumerate(labels) if _OTHER_GROUND.search(words)), None)
    if ground is not None and all(at > ground or key == "refused" for at, key in named):
        return "refused_by.other_rule", True
    if not named:
        return "", False
    at, key = named[0]
    # A part of 无法提供, 不予处理 or 其他处理: a label nearer than the group's own.
    is_part = key in _GROUPED and at > 0 and bool(re.match(r"[0-9]+[.、．]", labels[0]))
    return key, is_part


def _first_label(words: str) -> str:
    return next((key for key, pattern in _REQUEST_LABELS if pattern.search(words)), "")


def _request_value(key: str, value: Value) -> Any:
    if key in {"fees_charged", "fees_waived", "longest_days", "mean_days"}:
        if value.value == NOT_APPLICABLE:
            return NOT_APPLICABLE
        number = value.value if isinstance(value.value, Decimal) and not value.is_percent else None
        places = 2 if key.startswith("fees") else 1
        return None if number is None or number != round(number, places) else _plain(number)
    return _count(value)


def _applicant_label(labels: list[str]) -> str:
    if any(_ALL_APPLICANTS.fullmatch(words.strip("0123456789①②③④⑤⑥⑦（）()件")) for words in labels[:1]):
        return ""
    for words in labels:
        if _first_label(words):
            continue
        for name, pattern in _APPLICANT_LABELS:
            if pattern.search(words):
                return name
    return ""


def _evaluation(grid: Grid) -> Iterator[Read]:
    rates: list[tuple[bool, Read]] = []
    for figure in _numbers(grid):
        words = " ".join([*figure.left[:2], *figure.above[:2]])
        if _SATISFIED.search(words) and not _DEGREES.search(words):
            number = _percent(figure.value)
            if number is not None:
                read = ("satisfaction_percent", number, figure.value.approximate, figure.sentence)
                rates.append((bool(_IN_ALL.search(words)), read))
        elif _RETURNED.search(words) and not re.search(r"率|比例", words):
            count = _count(figure.value)
            if count is not None:
                yield "responses", count, figure.value.approximate, figure.sentence
    overall = [read for is_overall, read in rates if is_overall]
    yield from overall or ([rates[0][1]] if len(rates) == 1 else [])


_SATISFIED = re.compile(r"满意(?:率|度)|满意.{0,4}(?:%|百分比|比率)")
_DEGREES = re.compile(r"不满意|基本满意|较满意|非常满意")
_IN_ALL = re.compile(r"总体|整体|合计|综合|平均|总计")
_RETURNED = re.compile(r"收回|回收(?!率)|有效问卷")


def _percent(value: Value) -> Any:
    number = value.value
    if not isinstance(number, Decimal):
        return number
    return _plain(number) if number <= 100 and number == round(number, 1) and not value.measure else None


def _complaints(grid: Grid) -> Iterator[Read]:
    sums: dict[str, Read] = {}
    for figure in _numbers(grid):
        words = " ".join(figure.labels)
        count = _count(figure.value)
        key = _complaint_key(figure.labels, words) if count is not None else ""
        read = (key, count, figure.value.approximate, figure.sentence)
        if key in sums and key.startswith("lawsuits") and "复议后" in words:
            # The government-wide form tells lawsuits after a reconsideration apart from others.
            _add(sums, {}, read)
        elif key:
            sums.setdefault(key, read)
    yield from sums.values()


def _complaint_key(labels: list[str], words: str) -> str:
    if "诉讼" in words or "起诉" in words:
        matter = "lawsuits"
    elif "复议" in words:
        matter = "reconsiderations"
    else:
        if re.search(r"查实|属实", words):
            return "reports_upheld"
        if re.search(r"办结|结案", words):
            return "reports_closed"
        return "reports" if re.search(r"举报|投诉", words) else ""
    for outcome, pattern in _LAW_CASES:
        if any(pattern.search(label) for label in labels):
            return f"{matter}_by.{outcome}"
    return matter


def _overview(grid: Grid) -> Iterator[Read]:
    for figure in _numbers(grid):
        count = _count(figure.value)
        labels = [*figure.left[:1], *figure.above[:1]]
        key = next((key for key, pattern in _OVERVIEW_LABELS if any(pattern.search(words) for words in labels)), "")
        if count is not None and key:
            yield key, count, figure.value.approximate, figure.sentence
    yield from _rules(grid)


def _rules(grid: Grid) -> Iterator[Read]:
    """A list of rules with their document numbers."""
    heads = [cell.plain if cell else "" for cell in grid.rows[0]]
    name = next((at for at, head in enumerate(heads) if re.search(r"(?:制度|文件|规章)?名称|制度\Z", head)), None)
    number = next((at for at, head in enumerate(heads) if re.search(r"文号|发文字号|文件号", head)), None)
    if name is None or number is None:
        return
    for row in range(1, len(grid.rows)):
        line = grid.rows[row]
        cells = [line[at] if at < len(line) else None for at in (name, number)]
        if cells[0] and cells[0].text and cells[1] and re.search(r"[〔\[【(（][0-9]{4}", narrow(cells[1].text)):
            value = {"name": cells[0].text.strip("《》"), "number": cells[1].text, "url": cells[0].href}
            yield "rules", value, False, grid.shown(row)
