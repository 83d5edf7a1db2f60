"""Rules on copies: within the report, from the school's own report of the year before, from other schools' reports.

Pure: what a report is compared with is handed in. Among all public reports ``evaluation.near_duplicates`` finds the few
that are worth comparing.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from disclosure.checks.agreement import MATTERS
from disclosure.checks.base import Context, Elsewhere, Problem, Published, rule
from disclosure.checks.texts import Text, body_of, running, sentences, short
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey, Severity
from disclosure.report.sections import SECTIONS

_NOT_WORDS = re.compile(r"[^0-9a-zA-Z\u4e00-\u9fff]+")
SHORTEST_SAME = 12  # characters of a section that could be its own
SHORTEST_PARAGRAPH = 30


def _plain(words: str) -> str:
    return _NOT_WORDS.sub("", words)


@rule(
    Severity.ERROR,
    title="各部分的正文不相同",
    why="有的报告第四部分和第五部分是同一句话，必有一处是贴错的。",
    source="真实报告所见：贴错了部分",
    holds_for_backfill=False,
)
def sections_are_not_the_same(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: sections four and five of report 001 are one sentence; one of the two was pasted by mistake, for certain."""
    seen: dict[str, Text] = {}
    for key in MANDATED:
        text = body_of(document, key)
        plain = _plain(text.text)
        if len(plain) < SHORTEST_SAME:
            continue
        other = seen.setdefault(plain, text)
        if other is not text and not _may_be_the_same(text, other):
            first, second = (f"第{SECTIONS[one.section].numeral}部分" for one in (other, text))
            yield text.problem(
                f"{second}的正文与{first}完全相同，其中一处应是贴错了。请分别填写。",
                _all(text),
                beside=(other.passage(*_all(other)),),
            )


def _may_be_the_same(text: Text, other: Text) -> bool:
    """Whether one text can be right in both sections: it speaks of the matters of both, or of no matter at all.

    「本年度没有发生此类情况。」 says something else under each heading.
    """
    if text.section not in MATTERS or other.section not in MATTERS:
        return False
    spoken = {key for key, matter in MATTERS.items() if matter.search(text.text)}
    return not spoken or {text.section, other.section} <= spoken


def _all(text: Text) -> tuple[int, int]:
    return text.blocks[0].start, text.blocks[-1].end


@rule(
    Severity.WARNING,
    title="同一段话不出现两次",
    why="贴错一次，同一段就在两个部分各有一份。",
    source="真实报告所见：贴错了部分",
)
def paragraphs_stand_once(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a paragraph pasted twice stands in two sections, or twice in one, and nobody reads the second."""
    told = {problem.section for problem in sections_are_not_the_same(document, context)}
    seen: dict[str, tuple[Text, tuple[int, int]]] = {}
    for text in running(document):
        if text.section in told:
            continue
        for block in text.blocks:
            plain = _plain(block.text)
            if len(plain) < SHORTEST_PARAGRAPH or block.is_cell:
                continue
            span = (block.start, block.end)
            if plain not in seen:
                seen[plain] = text, span
                continue
            other, place = seen[plain]
            where = "本部分前面" if other.section is text.section else f"「{SECTIONS[other.section].title}」"
            yield text.problem(
                f"「{short(block.text, 30)}」这一段在{where}已经写过。请删去一处。",
                span,
                beside=(other.passage(*place),),
            )


# --- last year's report ---------------------------------------------------------------------------------------------------

RUN = 10  # characters in a row that two texts do not share by chance
SHARE = 0.8  # of a section's own words
SHORTEST_SECTION = 120  # letters; what says in a line that nothing happened says so every year
WHOLE = 0.95  # of a shorter section's own words, of which there must be SHORTEST_WHOLE, with figures of last year
SHORTEST_WHOLE = 60  # letters
LONGEST_QUOTED = 3  # passages
# What every report says every year is no copy: the rules it rests on, the formulas of policy …
_STANDING = re.compile(
    r"《高等学校信息公开办法》|《高等学校信息公开事项清单》|习近平新时代|党的(?:十九|二十)大|依法治校的?重要|坚持以公开为常态|"
    r"知情权、参与权|报告如下|编制(?:了)?本报告|统计期限"
)
# … and that nothing happened, where that is what the sentence says.
_NOTHING = re.compile(r"无其他|没有其他|(?:未|没有|无)(?:曾)?(?:收到|接到|受理|发生|出现|产生|因|涉及|收取)|不存在")
LONGEST_NOTHING = 60  # characters
_TITLE = re.compile("《[^《》\n]*》")
_FIGURE = re.compile(r"(?<![\d.])\d+(?:[.,]\d+)*(?![\d.,]|[ \t]*(?:[年月日]|学年|[-—－~至][ \t]*\d{2,4}[ \t]*学?年))")


@dataclass(frozen=True)
class Copied:
    """How much of a text stands in another: the share of its own words, and the longest passages."""

    share: float
    spans: tuple[tuple[int, int], ...]


def copied(text: str, other: str) -> Copied:
    """What of ``text`` stands in ``other``: runs of at least ``RUN`` characters, marks, blanks and digits left out.

    Sentences that every report shares (``is_standing``) count neither as copied nor as the text's own. Digits are left
    out, since a copy with this year's figures is one.
    """
    places = _own_places(text)
    if not places:
        return Copied(0.0, ())
    words = "".join([text[place] for place in places])
    there = "".join(filter(str.isalpha, _TITLE.sub("", other)))
    runs = {there[at : at + RUN] for at in range(len(there) - RUN + 1)}
    covered = bytearray(len(words))
    for at in range(len(words) - RUN + 1):
        if words[at : at + RUN] in runs:
            covered[at : at + RUN] = b"\1" * RUN
    spans = [
        (places[match.start()], places[match.end() - 1] + 1)
        for match in re.finditer(rb"\x01+", bytes(covered))
        if match.end() - match.start() >= 2 * RUN
    ]
    longest = sorted(sorted(spans, key=lambda span: span[0] - span[1])[:LONGEST_QUOTED])
    return Copied(sum(covered) / len(words), tuple(longest))


def is_standing(sentence: str) -> bool:
    """Whether a sentence is one of those that every report has to say."""
    return bool(_STANDING.search(sentence)) or (len(sentence) <= LONGEST_NOTHING and bool(_NOTHING.search(sentence)))


def _own_places(text: str, uncounted: frozenset[str] = frozenset()) -> list[int]:
    return [
        place
        for start, end in sentences(text)
        if not is_standing(text[start:end]) and text[start:end] not in uncounted
        for place in _places(text, start, end)
    ]


def _places(text: str, start: int, end: int) -> list[int]:
    """Where the letters stand; titles of laws, notices and rules are left out, being nobody's own words."""
    found, at = [], start
    for title in _TITLE.finditer(text, start, end):
        found += [place for place in range(at, title.start()) if text[place].isalpha()]
        at = title.end()
    return found + [place for place in range(at, end) if text[place].isalpha()]


@rule(
    Severity.WARNING,
    title="不照抄上年的同一部分",
    why="有的学校连续几年只改年份，连错字也一样；读者看不出这一年做了什么。",
    source="真实报告所见：照抄上年，连错误一起",
    holds_for_backfill=False,
)
def sections_are_not_last_years(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: some schools change the year and nothing else; the same slip stands in two years of one university."""
    if context.previous is None:
        return
    for key in MANDATED:
        if key is SectionKey.OTHER:
            continue
        text = body_of(document, key)
        own = len(_own_places(text.text))
        if own < SHORTEST_WHOLE:
            continue
        before = body_of(context.previous, key).text
        is_short = own < SHORTEST_SECTION
        if is_short and _has_new_figures(text.text, before):
            # A standing sentence or two with this year's figures is all that there is to say.
            continue
        found = copied(text.text, before)
        if found.share >= (WHOLE if is_short else SHARE):
            yield _copy(text, found, context.previous)


def _has_new_figures(text: str, before: str) -> bool:
    """Whether most of the numbers of a text, dates and school years left out, are others than before."""
    figures = Counter(_FIGURE.findall(text))
    same = figures & Counter(_FIGURE.findall(before))
    return 2 * same.total() < figures.total()


def _copy(text: Text, found: Copied, previous: Document) -> Problem:
    problem = text.problem(
        f"除数字外，这一部分 {round(found.share * 100)}% 的文字与 {previous.year} 年的报告相同。请写这一年的情况；"
        "仍然适用的内容可以保留。",
        *found.spans,
    )
    return replace(problem, is_measured=True, share=found.share)


# --- other schools' reports -----------------------------------------------------------------------------------------------

LEAST_SHARED = 120  # letters of a section that stand in another school's report, standing formulas not among them
# Letters of one passage that are the same in a row: told, too, however little it is of the section. Real reports of
# schools that did not copy from each other have no more than 16.
LEAST_IN_A_ROW = 36
LEAST_OF_PARAGRAPH = 2 * RUN  # letters: what is shared of a paragraph is quoted from here
SHARE_OF_PARAGRAPH = 0.3  # of a paragraph's own letters; where less is shared, it must be LEAST_IN_A_ROW by itself
MOST_SCHOOLS = 2  # findings a section
LONGEST_SHARED = 4  # passages a finding


_CLAUSE_ENDS = "，。；：！？、\n\t"


@dataclass(frozen=True)
class _Pair:
    """A passage of a paragraph, and what it has in common with one of another report: places from and to, letters."""

    start: int
    end: int
    letters: frozenset[int]
    in_a_row: int  # letters of the longest stretch that is the same letter by letter
    section: SectionKey
    words: str


class _Other:
    """Another school's report, made ready for looking up runs of letters: where each stands first."""

    def __init__(self, published: Published):
        self.published = published

    @cached_property
    def places(self) -> list[tuple[SectionKey, int]]:
        """Each letter of its texts: in which part, and where."""
        return [(key, at) for key, text in self.published.texts.items() for at in _places(text, 0, len(text))]

    @cached_property
    def runs(self) -> dict[str, int]:
        """Each run of ``RUN`` letters with its first position in ``places``."""
        texts = self.published.texts
        letters = "".join(texts[key][at] for key, at in self.places)
        return {letters[at : at + RUN]: at for at in range(len(letters) - RUN, -1, -1)}

    def paragraph_at(self, position: int) -> tuple[SectionKey, int]:
        """The part and the beginning of the line in which a letter stands."""
        key, at = self.places[position]
        begins = self.lines[key]
        return key, begins[bisect_right(begins, at) - 1]

    @cached_property
    def lines(self) -> dict[SectionKey, list[int]]:
        """Where the lines of its texts begin."""
        return {
            key: [0, *(match.end() for match in re.finditer("\n", text))] for key, text in self.published.texts.items()
        }

    def pairs(self, text: Text) -> list[_Pair]:
        """What ``text`` shares with this report, paragraph by paragraph, in order."""
        own = _own_places(text.text, self.published.uncounted)
        letters = "".join(text.text[place] for place in own)
        matched: dict[int, int] = {}  # place in the text: position in the other's letters
        for at in range(len(letters) - RUN + 1):
            there = self.runs.get(letters[at : at + RUN])
            if there is not None:
                for step in range(RUN):
                    matched.setdefault(own[at + step], there + step)
        left_out = self._left_out(text.text)
        pairs = []
        for block in text.blocks:
            of_block = own[bisect_left(own, block.start) : bisect_left(own, block.end)]
            shared = [place for place in of_block if place in matched]
            if len(shared) < min(LEAST_IN_A_ROW, SHARE_OF_PARAGRAPH * len(of_block)) or not shared:
                continue
            # A paragraph may have been put together from several.
            by_paragraph: dict[tuple[SectionKey, int], list[int]] = {}
            for place in shared:
                by_paragraph.setdefault(self.paragraph_at(matched[place]), []).append(place)
            pairs += [
                self._pair(text.text, places, [matched[place] for place in places], left_out)
                for places in by_paragraph.values()
                if len(places) >= LEAST_OF_PARAGRAPH
            ]
        return pairs

    def _left_out(self, text: str) -> set[int]:
        """The places of what does not count as copied."""
        uncounted = self.published.uncounted
        return {
            place
            for begin, stop in (sentences(text) if uncounted else ())
            if text[begin:stop] in uncounted
            for place in range(begin, stop)
        }

    def _pair(self, text: str, own: list[int], there: list[int], left_out: set[int]) -> _Pair:
        key, first = self.places[min(there)]
        other = self.published.texts[key]
        beside = first, self.places[max(there)][1] + 1
        here, beside = _wider(text, (own[0], own[-1] + 1), other, beside, left_out)
        start, end = _whole_clauses(other, *beside)
        return _Pair(*_whole_clauses(text, *here), frozenset(own), _longest_row(there), key, other[start:end])


def _wider(
    text: str, here: tuple[int, int], other: str, there: tuple[int, int], left_out: set[int]
) -> tuple[tuple[int, int], ...]:
    """Both passages with what goes on to be the same around them, figures and standing sentences among it; not what is
    no copy."""
    (start, end), (first, last) = here, there
    while start and first and text[start - 1] == other[first - 1] != "\n" and start - 1 not in left_out:
        start, first = start - 1, first - 1
    while end < len(text) and last < len(other) and text[end] == other[last] != "\n" and end not in left_out:
        end, last = end + 1, last + 1
    return (start, end), (first, last)


def _longest_row(numbers: list[int]) -> int:
    """How many of ``numbers`` follow each other by one, at most."""
    longest = row = 1
    for before, after in pairwise(numbers):
        row = row + 1 if after == before + 1 else 1
        longest = max(longest, row)
    return longest


def _whole_clauses(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage with its clauses whole, if that takes little: nobody reads one that begins in a word."""
    near = range(RUN + 1)
    begins = [start - step for step in near] + [start + step for step in near]
    ends = [end + step for step in near] + [end - step for step in near]
    return (
        next((at for at in begins if at == 0 or (at > 0 and text[at - 1] in _CLAUSE_ENDS)), start),
        next((at for at in ends if text[at : at + 1] in ("", "\n") or text[at - 1] in _CLAUSE_ENDS), end),
    )


@rule(
    Severity.WARNING,
    title="不照抄别校的报告",
    why="有两所学校的报告整段相同，读者看不出写的是哪所学校做的事。",
    source="真实报告所见：照抄别校，整段相同",
    holds_for_backfill=False,
)
def sections_are_not_another_schools(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: reports 001 and 003, of two schools in two provinces, share whole paragraphs."""
    others = [_Other(published) for published in context.published]
    for key in MANDATED if others else ():
        yield from _taken(body_of(document, key), others)


def _taken(text: Text, others: list[_Other]) -> Iterator[Problem]:
    """The most that was taken from one report, then what was taken from another besides."""
    is_long_enough = len(_own_places(text.text)) >= LEAST_SHARED
    found = [(other.published, other.pairs(text)) for other in others] if is_long_enough else []
    told: frozenset[int] = frozenset()
    for _ in range(MOST_SCHOOLS):
        found = [(published, [pair for pair in pairs if not pair.letters <= told]) for published, pairs in found]
        if not found:
            return
        published, pairs = max(found, key=lambda one: len(_letters(one[1]) - told))
        shared = _letters(pairs)
        longest = max((pair.in_a_row for pair in pairs), default=0)
        if len(shared - told) < LEAST_SHARED and longest < LEAST_IN_A_ROW:
            return
        also = sum(len(shared & _letters(others)) >= SHARE * len(shared) for _, others in found) - 1
        yield _taken_from(text, published, pairs, len(shared), also)
        told |= shared


def _letters(pairs: Iterable[_Pair]) -> frozenset[int]:
    return frozenset().union(*(pair.letters for pair in pairs))


def _taken_from(text: Text, published: Published, pairs: list[_Pair], shared: int, also: int) -> Problem:
    own = len(_own_places(text.text, published.uncounted))
    quoted = sorted(sorted(pairs, key=lambda pair: -len(pair.letters))[:LONGEST_SHARED], key=lambda pair: pair.start)
    besides = f"，另有 {also} 所学校的报告也有这些文字" if also else ""
    problem = text.problem(
        f"这一部分有 {shared} 字（占 {max(1, round(shared / own * 100))}%）与{published.school} {published.year} 年的报告"
        f"相同{besides}。请改写为本校自己的情况；有共同来源的（如上级统一的表述、同属一个办学集团），请说明。",
        *((pair.start, pair.end) for pair in quoted),
    )
    elsewhere = (
        Elsewhere(published.school, published.year, published.address, pair.section, pair.words) for pair in quoted
    )
    return replace(problem, elsewhere=tuple(elsewhere), is_measured=True, share=shared / own)
