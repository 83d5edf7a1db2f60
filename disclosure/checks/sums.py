"""Rules on what the text says of itself in numbers: rates, shares, lists with their sum, tables with their totals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from disclosure.checks.base import Context, Problem, rule
from disclosure.checks.texts import body_of, plain_number, running, sentence_at, short
from disclosure.chinese.numerals import chinese_value
from disclosure.importing.extract.grids import Grid, GridCell, grids
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity

_RATE = re.compile(
    r"(?P<rate>满意(?:率|度)?|认可(?:率|度)|支持率|知晓率|回收率|参与率|答复率|好评率|覆盖率|占比?)"
    r"(?P<gap>[^，。；、\n0-9０-９%％]{0,10}?)"
    r"(?:(?P<value>[0-9]{1,5}(?:\.[0-9]{1,3})?)\s*[%％]|百分之(?P<words>[零〇一二三四五六七八九十百千点]{1,10}))"
)


# Shares of something else, which may be more than all of it: of the plan, of last year's.
_OF_ANOTHER_WHOLE = re.compile(
    r"增|提高|提升|上升|较|比|预算|目标|翻|计划|任务|上年|去年|同期|年初|基数|标准|定额|地|用"
)


@rule(
    Severity.ERROR,
    title="比率不超过 100%",
    why="真实报告里出现过超过 100% 的满意率。",
    source="真实报告所见：满意率超过 100%",
    holds_for_backfill=False,
)
def rates_are_within_the_whole(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: satisfaction above 100 percent stands in real reports; no share of a whole can."""
    for text in running(document):
        for match in _RATE.finditer(text.text):
            value = Decimal(match["value"]) if match["value"] else chinese_value(match["words"])
            if value and value > 100 and not _OF_ANOTHER_WHOLE.search(match["gap"]):
                yield text.problem(
                    f"「{short(match[0], 30)}」超过了 100%。请核对。",
                    match.span("value" if match["value"] else "words"),
                )


_SHARE = re.compile(
    r"(?P<of>非常满意|很满意|比较满意|较满意|基本满意|不太满意|不满意|满意|一般|不了解)(?:的|度|率)*(?:占|为|达|有|是)*\s*(?P<value>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s*[%％]"
)


_NEGATIVE = re.compile(r"(?:满意|不满意|一般)(?:的|度|率)*(?:占|为|达|有|是)*\s*[-－–−]\s*[0-9]+(?:\.[0-9]+)?\s*[%％]")


@rule(
    Severity.WARNING,
    title="各档满意的比例合计不超过 100%",
    why="「满意 80%、基本满意 35%」加起来超过了全部；也没有「不满意 -3%」。",
    source="算术；真实报告所见：比例",
)
def shares_add_up(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「满意80%、基本满意35%」: the shares of one question cannot be more than the whole."""
    text = body_of(document, SectionKey.EVALUATION)
    for match in _NEGATIVE.finditer(text.text):
        yield text.problem(f"「{match[0]}」是负数，比例不可能小于 0。请核对。", match.span())
    seen: set[int] = set()
    for match in _SHARE.finditer(text.text):
        start, end = sentence_at(text.text, match.start())
        if start in seen:
            continue
        seen.add(start)
        shares = {one["of"]: one for one in _SHARE.finditer(text.text[start:end])}
        total = sum((Decimal(one["value"]) for one in shares.values()), Decimal())
        if len(shares) > 1 and total > Decimal("100.5") and not re.search(r"以上|总体|综合", text.text[start:end]):
            spans = [(start + one.start("value"), start + one.end("value")) for one in shares.values()]
            yield text.problem(f"各档比例合计 {plain_number(total)}%，超过了 100%。请核对。", *spans)


# --- sums in the text ---------------------------------------------------------------------------------------------------

_UNIT = r"(?:条次|条|篇次|篇|件次|件|份|项|则|期|人次|人|次|个)"
_COUNT = re.compile(rf"(?<![0-9.,-])([0-9]{{1,3}}(?:[,，][0-9]{{3}})+|[0-9]{{1,7}})\s*({_UNIT})(?!\s*(?:以上|左右))")
_SUM_BEHIND = re.compile(r"(?:共计|合计|总计|总共|[，,；;]\s*共)[^0-9，。；、]{0,4}\Z")
_SUM_BEFORE = re.compile(r"(?:共|累计|总计|合计|收到|受理)[^0-9，。；、]{0,8}\Z")
_OVERLAPS = re.compile(r"[（(]|含|包括|分别|同时|又|其中.*其中")
# Nor what is counted once of several: 「剔除重复后合计」.
_ROUGH = re.compile(r"[近约余多超]|[0-9](?:千|万)|左右|以上|重复|去重|剔除|扣除|不含|合并")
# Pieces of information stand in several channels at once; a request is of one person.
_OF_ONE_KIND = frozenset({"件", "件次", "份", "人", "人次", "个", "项"})
_MOST_PARTS = 12  # more are no list that anybody adds up


@rule(
    Severity.WARNING,
    title="正文里的分项与合计相符",
    why="「官网612条、微信305条、公示栏148条，共计1080条」：分项相加是1065条，改了一处忘了另一处。",
    source="算术；真实报告所见：相加不符",
)
def sums_in_text_add_up(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「612条……305条……148条，共计1080条」 make 1065; whoever corrects a part forgets the sum.

    Parts may hold parts of their own, so the sum is wrong only where no choice of them makes it. 「共5件，其中……」 may
    leave parts out, and only more than the whole is wrong.
    """
    for text in running(document):
        for sentence in re.finditer(r"[^。\n\t]+", text.text):
            wrong = None if _ROUGH.search(sentence[0]) else _wrong_sum(sentence[0])
            if wrong:
                total, parts, (start, end) = wrong
                yield text.problem(
                    f"各分项相加是 {sum(parts)} {total.unit}，合计写的是 {total.value} {total.unit}。请核对。",
                    (sentence.start() + start, sentence.start() + end),
                )


@dataclass(frozen=True)
class _Counted:
    """A count in a sentence: 1,286条."""

    start: int
    end: int
    value: int
    unit: str


def _wrong_sum(said: str) -> tuple[_Counted, list[int], tuple[int, int]] | None:
    """A sum that is none, its parts, and where both stand together."""
    counts = [
        _Counted(match.start(), match.end(), int(re.sub("[,，]", "", match[1])), match[2])
        for match in _COUNT.finditer(said)
    ]
    # So many counts between two stops are no sum, and would be compared each with each.
    for at, total in enumerate(counts if len(counts) <= 4 * _MOST_PARTS else ()):
        lead, rest = said[: total.start], said[total.end :]
        # 「合计1327条（期）」 is of pieces of several kinds.
        before = [one for one in counts[:at] if one.unit == total.unit or re.match("[（(]", rest)]
        listed = total.end + len(re.split("[；;]", rest)[0])
        after = [one for one in counts[at + 1 :] if one.unit == total.unit and one.end <= listed]
        if _SUM_BEHIND.search(lead) and 2 <= len(before) <= _MOST_PARTS:
            parts = [one.value for one in before]
            if total.value not in _sums(parts):
                return total, parts, (before[0].start, total.end)
        elif (
            total.unit in _OF_ONE_KIND
            and _SUM_BEFORE.search(lead)
            and not before
            and 2 <= len(after) <= _MOST_PARTS
            and _is_a_list(rest, after)
        ):
            parts = [one.value for one in after]
            if sum(parts) > total.value:
                return total, parts, (total.start, after[-1].end)
    return None


def _is_a_list(rest: str, parts: list[_Counted]) -> bool:
    """Whether ``rest`` begins with 其中 and is one list: parts that overlap, and parts of parts, are told otherwise."""
    if not re.match(r"[^0-9]{0,3}[，,；;（(：:][^0-9]{0,4}其中", rest) or _OVERLAPS.search(rest):
        return False
    return len(re.findall(rf"[0-9]\s*{parts[0].unit}[、，；,;]", rest)) >= len(parts) - 1


def _sums(parts: list[int]) -> set[int]:
    """What one or more of ``parts`` make."""
    made = {0}
    for part in parts:
        made |= {one + part for one in made}
    return made


_OF_SUM = re.compile(r"合\s*计|总\s*计|共\s*计|总\s*数")
_NOT_ADDED = re.compile(r"率|占比|比例|%|％|平均|序号|年度|年份|编号|电话|单价|备注|金额单位")


@rule(
    Severity.WARNING,
    title="正文里的表格合计相符",
    why="表格最后一行的「合计」与各行相加不同，读者不知道哪个是对的。",
    source="算术；真实报告所见：相加不符",
)
def tables_in_text_add_up(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a table typed into the text whose last row is not the sum of those above it; Word adds nothing up."""
    for text in running(document):
        for grid in grids(text.value):
            for label, right, value in _wrong_totals(grid):
                at = [block for block in text.blocks if block.is_cell and re.sub(r"\s", "", block.text) == value]
                sentence = f"表格里「{label}」的合计写的是 {value}，相加是 {right}。请核对。"
                yield text.problem(sentence, *[(block.start, block.end) for block in at[-1:]])


def _wrong_totals(grid: Grid) -> Iterator[tuple[str, str, str]]:
    """The column of each sum that is none, the right sum, and what is written."""
    # A table with sums within, or of what is carried on, adds up in another way.
    if any(row[0] and re.search(r"结转|小计|其中", row[0].text) for row in grid.rows if row):
        return
    yield from _wrong_lines(grid.rows)
    columns = [list(column) for column in zip_longest(*grid.rows)]
    yield from _wrong_lines(columns)


def _wrong_lines(lines: list[list[GridCell | None]]) -> Iterator[tuple[str, str, str]]:
    """Of lines (rows, or columns) the one that is headed as a sum, where it is that of some of the others and of some not.

    What agrees nowhere is no sum of what stands before it.
    """
    for at, line in enumerate(lines):
        if at < 3 or not line or not line[0] or not (_OF_SUM.fullmatch(line[0].plain) or line[0].plain == "小计"):
            continue
        right, wrong = 0, []
        for place in range(1, len(line)):
            cells = [one[place] if place < len(one) else None for one in (*lines[:at], line)]
            head = cells[0].plain if cells[0] else ""
            values = [cell.value for cell in cells[1:] if cell]
            said = [one.value for one in values if not (one.approximate or one.is_percent)]
            numbers = [one for one in said if isinstance(one, Decimal)]
            written = cells[-1]
            if _NOT_ADDED.search(head) or len(numbers) != at or written is None:
                continue
            total = sum(numbers[:-1], Decimal())
            if total == numbers[-1]:
                right += 1
            else:
                wrong.append((head, plain_number(total), written.plain))
        if len(wrong) <= max(right, 1 if at > 2 and len(line) == 2 else 0):
            yield from wrong
        return
