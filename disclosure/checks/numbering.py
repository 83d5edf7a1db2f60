"""Rules on numbering, and the fix that numbers anew.

Reports number by hand: 一、 （一） 1. （1）, each level within the one above it (GB/T 9704-2012), and 一是, 二是 in
running text. What is typed by hand is skipped, doubled and mixed when paragraphs are moved.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disclosure.checks.base import Context, Fix, Problem, rule
from disclosure.checks.texts import Block, Text, headings, running
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, Severity

_NUMERALS = "零一二三四五六七八九十"


def chinese(number: int) -> str:
    """十二 for 12; up to 99."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


_VALUES = {chinese(number): number for number in range(1, 100)}

# The levels of GB/T 9704, from the outside in; 「1)」 is not in the standard and counts as the fourth.
_FORMS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"(?P<open>)(?P<number>[一二三四五六七八九十]{1,3})(?P<close>、|[.．，,]|\s+(?=[\u4e00-\u9fff]))")),
    (1, re.compile(r"(?P<open>[（(])\s*(?P<number>[一二三四五六七八九十]{1,3})\s*(?P<close>[）)]、?)")),
    (
        2,
        re.compile(
            r"(?P<open>)(?P<number>[0-9]{1,2})"
            # 「1.2025年底以前」 is no decimal.
            r"(?P<close>[.．、](?![0-9])|[.．、](?=20[0-9]{2}\s*(?:年|[-—–－至]))|\s+(?=[\u4e00-\u9fff](?<![年月日条件个次人名项份]))|，)"
        ),
    ),
    (3, re.compile(r"(?P<open>[（(]?)\s*(?P<number>[0-9]{1,2})\s*(?P<close>[）)])")),
)
_RIGHT = (("", "、"), ("（", "）"), ("", "."), ("（", "）"))


@dataclass(frozen=True)
class _Mark:
    """The number before a paragraph: its level, its value, how it is written, and where it stands."""

    level: int
    value: int
    opened: str
    closed: str
    start: int
    end: int

    @property
    def looks(self) -> tuple[str, str]:
        """How it is written, apart from the number."""
        return self.opened, self.closed.strip() or " "

    def written(self, value: int, looks: tuple[str, str]) -> str:
        number = chinese(value) if self.level < 2 else str(value)
        return f"{looks[0]}{number}{looks[1]}"


def _mark(words: str, start: int) -> _Mark | None:
    for level, form in _FORMS:
        match = form.match(words)
        if match:
            number = match["number"]
            value = _VALUES.get(number, 0) if level < 2 else int(number)
            if value:
                return _Mark(level, value, match["open"], match["close"], start, start + match.end())
    return None


@dataclass
class _Run:
    """The marks of one level under one heading, in order, with the value that each should have."""

    marks: list[_Mark]
    right: list[int]


_LEAD = re.compile(r"附件?\s*[:：]\s*")


def _runs(blocks: Iterable[Block]) -> Iterator[_Run]:
    """The numbered paragraphs of a text as runs. A run ends where an outer level goes on, or begins anew with 1."""
    runs: dict[int, _Run] = {}
    for block in blocks:
        if block.is_cell:
            continue
        # 「附件：1.……」: the first of a list stands in the line that announces it.
        lead = _LEAD.match(block.text)
        mark = _mark(block.text[lead.end() :], block.start + lead.end()) if lead else _mark(block.text, block.start)
        if mark is None:
            if block.is_heading:  # a heading without a number parts what stands below it
                for level in [level for level in runs if level >= 2]:
                    yield runs.pop(level)
            continue
        # 「60 余名教师……」 begins with a number, too: without a mark it counts only where it goes on, or skips one.
        run = runs.get(mark.level)
        if mark.looks[1] == " " and not (run and 0 < mark.value - run.marks[-1].value <= 2):
            continue
        for level in [level for level in runs if level > mark.level]:
            yield runs.pop(level)
        if run and mark.value == 1 and len(run.marks) > 1:
            yield runs.pop(mark.level)
            run = None
        if run is None:
            runs[mark.level] = _Run([mark], [1])
        else:
            run.marks.append(mark)
            run.right.append(run.right[-1] + 1)
    yield from runs.values()


def _looks_of(marks: list[_Mark]) -> tuple[str, str]:
    """How the marks should be written: as the standard asks where any is, else as most of them are."""
    standard = _RIGHT[marks[0].level]
    counts: dict[tuple[str, str], int] = {}
    for mark in marks:
        counts[mark.looks] = counts.get(mark.looks, 0) + 1
    counts.pop(("", " "), None)
    return standard if standard in counts or not counts else max(counts, key=counts.__getitem__)


@rule(
    Severity.WARNING,
    title="正文编号连续、写法一致",
    why="有的报告在「（一）」旁写「(二)」，「1. 2. 4.」之间写「3 会议纪要」；移动段落之后编号常常跳号、重号。",
    source="GB/T 9704-2012；真实报告所见：编号混用、跳号",
)
def numbers_in_text_run_on(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「(二)」 beside 「（一）」, 「3 会议纪要」 among 1. 2. 4. (report 002); moved paragraphs keep old numbers."""
    for text in running(document):
        # A single mark that is not the first of anything is a reference, or the rest of a list split over two parts.
        runs = [run for run in _runs(text.blocks) if len(run.marks) > 1 or run.marks[0].value == 1]
        looks = {
            level: _looks_of([mark for run in runs for mark in run.marks if mark.level == level])
            for level in {run.marks[0].level for run in runs}
        }
        wrong = [
            (mark, right)
            for run in runs
            for mark, right in zip(run.marks, run.right, strict=True)
            if mark.value != right or mark.looks != looks[mark.level]
        ]
        if wrong:
            yield _renumbered(text, sorted(wrong, key=lambda pair: pair[0].start), looks)


def _renumbered(text: Text, wrong: list[tuple[_Mark, int]], looks: dict[int, tuple[str, str]]) -> Problem:
    spans = [(mark.start, mark.end) for mark, _ in wrong]
    told = "，".join(
        f"「{text.text[mark.start : mark.end].strip()}」应为「{mark.written(right, looks[mark.level])}」"
        for mark, right in wrong[:3]
    )
    more = f"等 {len(wrong)} 处" if len(wrong) > 3 else ""
    what = "编号不连续" if any(mark.value != right for mark, right in wrong) else "编号写法不一致"
    edits = tuple(text.edit(mark.start, mark.end, mark.written(right, looks[mark.level])) for mark, right in wrong)
    return text.problem(f"{what}：{told}{more}。", *spans, fix=Fix("重新编号", edits))


@rule(
    Severity.WARNING,
    title="各部分标题的编号连续、写法一致",
    why="有的报告在「一、二、三、四、」之后写「5、」。",
    source="GB/T 9704-2012；真实报告所见",
)
def headings_are_numbered_in_order(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: report 000 goes on with 「5、」 after 一、二、三、四、."""
    # A heading of a lower level belongs to a report that keeps several sections in one part of its own.
    marked = [
        (text, mark)
        for text in headings(document)
        if (mark := _mark(text.value, 0)) is not None and mark.level in _OUTER
    ]
    if not marked:
        return
    level = max(_OUTER, key=lambda one: sum(mark.level == one for _, mark in marked))
    looks = _looks_of([mark for _, mark in marked if mark.level == level])
    # Of a report in fewer parts, or in another order, it is not known which part is the third; no two are, that is.
    counts = len(marked) == len(MANDATED)
    before, seen = 0, set()
    for text, mark in marked:
        right = before + 1 if counts or mark.value in seen else mark.value
        seen.add(mark.value)
        if (mark.level, mark.value, mark.looks) != (level, right, looks):
            written = f"{looks[0]}{chinese(right) if level == 0 else right}{looks[1]}"
            yield text.problem(
                f"标题编号「{text.value[: mark.end].strip()}」应为「{written}」。",
                (0, mark.end),
                fix=text.replacing("重新编号", 0, mark.end, written),
            )
        before = right


_OUTER = (0, 2)  # 一、 and, with those who number so, 1.

_ORDINAL = re.compile(
    r"(?:(?<=[。；，：:;,、\n\t])|^)\s*(?P<number>[一二三四五六七八九十]{1,2})(?P<after>是)(?=[^，。、])",
    re.MULTILINE,
)
_DUTY = re.compile(
    r"(?:(?<=[。；，：:;,、\n\t])|^)\s*(?P<number>[一二三四五六七八九十]{1,2})(?P<after>要)(?=[^，。、])", re.MULTILINE
)
_PLACE = re.compile(
    r"(?:(?<=[。；，：:;,\n\t])|^)\s*第(?P<number>[一二三四五六七八九十]{1,2})(?P<after>[，,、])", re.MULTILINE
)


@rule(
    Severity.WARNING,
    title="「一是、二是」「第一、第二」连续",
    why="删去一条之后，「一是」后面直接写「三是」。",
    source="真实报告所见：跳号",
)
def ordinals_in_sentences_run_on(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: where a point was taken out, 三是 follows 一是, and the reader looks for the second."""
    for text in running(document):
        for pattern in (_ORDINAL, _DUTY, _PLACE):
            yield from _ordinals(text, pattern)
        yield from _circled(text)
        yield from _listed(text)


def _ordinals(text: Text, pattern: re.Pattern[str]) -> Iterator[Problem]:
    expected = 0
    run: list[tuple[re.Match[str], int]] = []
    runs = [run]
    for match in pattern.finditer(text.text):
        value = _VALUES.get(match["number"], 0)
        if value == 1:
            run, expected = [], 0
            runs.append(run)
        expected += 1
        run.append((match, expected))
    for one in runs:
        wrong = [(match, right) for match, right in one if _VALUES.get(match["number"]) != right]
        if len(one) > 1 and wrong and _VALUES.get(one[0][0]["number"]) == 1:
            spans = [match.span("number") for match, _ in wrong]
            first, right = wrong[0]
            said = first[0].strip()
            yield text.problem(
                f"「{said}」应为「{said.replace(first['number'], chinese(right))}」，前面的序号不连续。",
                *spans,
                fix=Fix("重新编号", tuple(text.edit(*match.span("number"), chinese(right)) for match, right in wrong)),
            )


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _circled(text: Text) -> Iterator[Problem]:
    """「①……②……④」 in one paragraph."""
    for block in text.blocks:
        marks = [(match.start(), match[0]) for match in re.finditer(f"[{_CIRCLED}]", block.text)]
        if len(marks) < 2 or marks[0][1] != "①" or [mark for _, mark in marks].count("①") > 1:
            continue
        wrong = [(at, mark, right) for (at, mark), right in zip(marks, _CIRCLED, strict=False) if mark != right]
        if wrong:
            spans = [(block.start + at, block.start + at + 1) for at, _, _ in wrong]
            edits = tuple(text.edit(*span, right) for span, (_, _, right) in zip(spans, wrong, strict=True))
            _, said, right = wrong[0]
            yield text.problem(f"「{said}」应为「{right}」，前面的序号不连续。", *spans, fix=Fix("重新编号", edits))


_LISTED = re.compile(r"(?:(?<=[：:；;])|^)\s*(?P<number>[0-9]{1,2})[.．、](?=[\u4e00-\u9fff])")


def _listed(text: Text) -> Iterator[Problem]:
    """「1.招生；2.收费；2.采购」 in one sentence."""
    for sentence in re.finditer(r"[^。\n\t]+", text.text):
        marks = list(_LISTED.finditer(sentence[0]))
        if len(marks) < 3 or marks[0]["number"] != "1":
            continue
        wrong = [(mark, right) for right, mark in enumerate(marks, 1) if int(mark["number"]) != right]
        if wrong:
            start = sentence.start()
            spans = [(start + mark.start("number"), start + mark.end("number")) for mark, _ in wrong]
            edits = tuple(text.edit(*span, str(right)) for span, (_, right) in zip(spans, wrong, strict=True))
            mark, right = wrong[0]
            yield text.problem(
                f"「{mark[0].strip()}」应为「{right}.」，前面的序号不连续。", *spans, fix=Fix("重新编号", edits)
            )
