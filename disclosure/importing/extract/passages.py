"""Running text cut into sentences and clauses, with what a figure in it must not be mistaken for taken out.

A ``Passage`` is a sentence twice: as it was written, for the author to see, and as ``words``, in which each number is a
row of 「＃」 and each title in 《》 a row of 「书」, so that no pattern meets the 29 of an order or the 公开 of a title.
Positions in ``words`` and in ``text`` are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from disclosure.chinese.numerals import Number, find_numbers, narrow
from disclosure.report.enums import SectionKey

NUMBER = "＃"
TITLE = "书"
LONGEST_SENTENCE = 1_000  # characters; nobody writes longer ones, and text without any full stop is cut there
# In one sentence; what has more is a list, or meant to keep us busy.
MOST_NUMBERS = 60
MOST_CLAUSES = 60
_LONGEST_TITLE = 80
_LONGEST_SHOWN = 160
_LONGEST_HEADING = 40

_SENTENCE_END = re.compile(r"[。！？!?\n]+[”’」）)]*")
_BLANK = re.compile(r"[\s\u200b\ufeff]+")
# A colon right before a number or a 「none」 parts nothing.
_CLAUSE_END = re.compile(r"[,，;；]|[:：](?!(?:约|近|超过|共计?)?＃|无|零|没有|未)")
_TITLE_MARK = re.compile(rf"[《〈<]([^《》〈〉<>]{{1,{_LONGEST_TITLE}}})[》〉>]")
# The number of a heading at the beginning of a paragraph.
_NUMBERED = re.compile(
    r"\s*(?:[(（][一二三四五六七八九十0-9０-９]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|[0-9０-９]{1,2}[、.．](?![0-9０-９])"
    r"|[0-9]{1,2} |[①-⑳]|[一二三四五六七八九]是|第[一二三四五六七八九][，,、])"
)

# 未发生一例, 没有收到1件: none at all.
_NOT_ONE = re.compile(r"(?:未|没有?|无)(?:曾|有)?(?:发生|出现|收到|接到|发现|产生|引起)?过?(?:任何)?\Z")

MEASURE = re.compile(
    r"(?:[余多])?(?P<measure>余?(?:条次|条|篇次|篇|批次|人次|份次|件次|次|期|件|份|个工作日|工作日|个|则|项|人|名|位|场次|场|号"
    r"|张|例|起|宗|封|天|日|万元|元|轮|部|家|组|块|幅|户))?"
)

# --- What bars a number: it is not of this year, or not a fact ---

_AHEAD = re.compile(
    r"下一步|下一阶段|(?<!结转)(?<!结转至)(?<!结转到)(?<!转入)(?<!转至)(?<!转)(?<!转到)下(?:一)?(?:个)?(?:学年|年度|年)"
    r"|明年|今后|未来|力争|争取|预计"
    r"|拟(?!录|聘|任|推荐|订|定|公示|发|题|制)"
    r"|(?<!招生)(?<!培养)(?<!工作)(?<!教学)(?<!年度)(?<!发展)计划(?=于|在|通过|开展|发布|新增|公开|组织|举办|建设|明|下|到|全年|将)"
    r"|将(?=于|按|组织|继续|进一步|通过|会|不断|发布|公开|新增|达|力争|在|举办|开展|严格|予以|依法)"
)
_CONDITION = re.compile(
    r"如有|如果|如(?=收|接|对|发生|需|因|遇|您)|若(?=有|收|对|需|因|发生)|凡(?=是|属|涉|需)|假如|一旦|倘若"
)
_DUTY = re.compile(
    r"应当|应该|应(?=于|在|及时|按|自|将)|必须|(?<!必)须(?=于|在|及时|按|自)|不得|原则上"
    r"|要求[^，。]{0,12}(?:不少于|不低于|达到|至少)|可以?(?=向|在|于|自|申请|依法|通过书面)"
)
_EVERY = re.compile(r"每(?:个|名|位|家)?(?:部门|单位|学院|二级学院|月|周|学期|次|季度|天|日|年|学年|人|期)")
_LAST = re.compile(
    r"(?<!结转)(?:去年|上(?:一)?(?:个)?(?:学年|年度|年|期)(?:度)?|往年|历年|(?:近|过去)[两三五几＃]+年|以往)(?!.{0,3}(?:结转|遗留|转入))"
)
_THIS = re.compile(r"本(?:学)?年度?|本期|今年|一(?:学)?年来|报告期|当年|＃+-?[0-9＃]*学?年|全年")
_COMPARED = re.compile(
    r"较(?!满意|好|为|多|强|高|快|大|全|完|充|广)|比(?!例|赛|如|对|较|选)|同比|环比|相比|增(?:加|长|幅)了?(?!到|至|值)|减少|下降|提高了?|上升"
)
_SINCE = re.compile(r"(?:开通|建校|成立|建成|上线|运行|建立|改版|办学)以来|历年|累计至今")


@dataclass(frozen=True)
class Clause:
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A sentence with what stands over it.

    ``label`` is the numbered heading in force within the section (a heading of its own, or one run into the
    paragraph), ``heading`` that of the section, ``before`` the ``words`` of the paragraph up to here.
    """

    section: SectionKey
    block: int
    sentence: str
    text: str
    words: str
    numbers: tuple[Number, ...]
    label: str = ""
    heading: str = ""
    before: str = ""

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        ends = [match.start() for match in _CLAUSE_END.finditer(self.words)] + [len(self.words)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        clauses = [Clause(start, end) for start, end in zip(starts, ends, strict=True) if end > start]
        return tuple(clauses[:MOST_CLAUSES])

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """The numbers with their measure words and the words around them."""
        found: list[Count] = []
        clause_at = iter(self.clauses)
        clause = next(clause_at, Clause(0, 0))
        for index, number in enumerate(self.numbers[:MOST_NUMBERS]):
            while clause.end < number.end:
                clause = next(clause_at, Clause(number.start, len(self.words)))
            measure = MEASURE.match(self.words, number.end)
            after = measure.end("measure") if measure and measure["measure"] else number.outer_end
            previous = found[-1].after if found and found[-1].after > clause.start else clause.start
            following = self.numbers[index + 1].outer_start if index + 1 < len(self.numbers) else len(self.words)
            found.append(
                Count(
                    number=number,
                    measure=(measure["measure"] or "").lstrip("余") if measure else "",
                    clause=clause,
                    lead=self.words[previous : number.outer_start],
                    tail=self.words[max(after, number.outer_end) : min(clause.end, max(following, after))],
                    after=max(after, number.outer_end),
                    is_first=previous == clause.start,
                )
            )
        return tuple(found)

    def is_barred(self, clause: Clause, position: int) -> bool:
        """Whether what is said at ``position`` is planned, conditional, asked for, or of another year."""
        known = self._barred
        if (clause.start, position) not in known:
            known[clause.start, position] = self._is_barred(clause, position)
        return known[clause.start, position]

    @cached_property
    def _barred(self) -> dict[tuple[int, int], bool]:
        return {}

    def _is_barred(self, clause: Clause, position: int) -> bool:
        sentence, here = self.words[:position], self.words[clause.start : position]
        whole = self.words[clause.start : clause.end]
        if _AHEAD.search(sentence) or _CONDITION.search(sentence) or _SINCE.search(here):
            return True
        if _DUTY.search(whole) or _EVERY.search(here) or _COMPARED.search(here):
            return True
        last = _last(_LAST, sentence)
        if last is None or (last.start() and sentence[last.start() - 1] in "较比与同和跟"):
            return False
        return not _THIS.search(sentence, last.end())


@dataclass(frozen=True)
class Count:
    """A number in a passage: ``lead`` are the words before it, from the beginning of the clause or from the number
    before; ``tail`` those behind its measure word, up to the next number or the end of the clause."""

    number: Number
    measure: str
    clause: Clause
    lead: str
    tail: str
    after: int
    is_first: bool

    @property
    def value(self) -> int | None:
        """A whole number of pieces, None where the number is none."""
        value = self.number.value
        return int(value) if value == value.to_integral_value() and not self.number.unit else None

    @property
    def percent(self) -> Decimal | None:
        return self.number.value if self.number.unit == "percent" else None


def passages(lines: Iterator[tuple[int, SectionKey, str, bool, str]]) -> Iterator[Passage]:
    """The sentences of ``lines``: block, section, text of one paragraph, whether it is a heading, the section's heading."""
    label, section = "", None
    for block, key, line, is_heading, heading in lines:
        if key is not section:
            label, section = "", key
        numbered = _NUMBERED.match(line)
        if is_heading or (numbered and len(line) <= _LONGEST_HEADING and not re.search(r"[。；;，,：:]", line)):
            label = line.strip()
            if not find_numbers(line[numbered.end() :] if numbered else line):
                continue
        body = line[numbered.end() :] if numbered else line
        first_end = _SENTENCE_END.search(body)
        if numbered and first_end and first_end.end() <= _LONGEST_HEADING:
            label = body[: first_end.start()].strip()
        before = ""
        for sentence in _sentences(body):
            passage = replace(_passage(sentence), section=key, block=block, label=label, heading=heading, before=before)
            yield passage
            before = (before + passage.words)[-LONGEST_SENTENCE:]


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in [match.end() for match in _SENTENCE_END.finditer(text)] + [len(text)]:
        for at in range(start, end, LONGEST_SENTENCE):
            piece = text[at : min(at + LONGEST_SENTENCE, end)].strip()
            if piece:
                yield piece
        start = end


def _passage(sentence: str) -> Passage:
    text = narrow(_without_blanks(sentence))
    words = _TITLE_MARK.sub(lambda title: "《" + TITLE * len(title[1]) + "》", text)
    numbers = tuple(number for number in find_numbers(words) if _counts_something(words, number))
    pieces, at = [], 0
    for number in numbers:
        pieces += [words[at : number.start], NUMBER * (number.end - number.start)]
        at = number.end
    words = "".join([*pieces, words[at:]])
    return Passage(SectionKey.OVERVIEW, 0, sentence, text, words, numbers)


def _counts_something(words: str, number: Number) -> bool:
    """Whether a numeral is a number here: 一 in 一次 is, in 统一, 下一步 and 一些 it is not, nor in 未发生一例."""
    if number.value == 1 and _NOT_ONE.search(words[: number.start][-8:]):
        return False
    if number.written == "digits" or number.end - number.start > 1:
        return True
    measure = MEASURE.match(words, number.end)
    return bool(measure and measure["measure"]) and words[number.start - 1 : number.start] not in set(
        "上下前进同统这那另某之"
    )


def _without_blanks(text: str) -> str:
    """``text`` without the blanks that clerks set around numbers; between two digits one stays."""

    def blank(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return " " if before[-1:].isdigit() and after.isdigit() else ""

    return _BLANK.sub(blank, text)


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(words):
        last = match
    return last


def shown(sentence: str, text_position: int = 0) -> str:
    """The passage as it is shown: a long sentence cut down to the words around the figure."""
    if len(sentence) <= _LONGEST_SHOWN:
        return sentence
    start = max(0, min(text_position - _LONGEST_SHOWN * 3 // 4, len(sentence) - _LONGEST_SHOWN))
    end = start + _LONGEST_SHOWN
    return ("…" if start else "") + sentence[start:end] + ("…" if end < len(sentence) else "")
