"""Rules on copies: within the report, and from the school's own report of the year before. Pure: two documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.checks.base import Context, Problem, rule
from disclosure.checks.texts import Text, body_of, running, sentences, short
from disclosure.document import Document
from disclosure.enums import MANDATED, SectionKey, Severity
from disclosure.sections import SECTIONS

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
def sections_are_not_the_same(document: Document, context: Context):
    """WHY: sections four and five of report 001 are one sentence; one of the two was pasted by mistake, for certain."""
    seen: dict[str, Text] = {}
    for key in MANDATED:
        text = body_of(document, key)
        plain = _plain(text.text)
        if len(plain) < SHORTEST_SAME:
            continue
        other = seen.setdefault(plain, text)
        if other is not text:
            first, second = (f"第{SECTIONS[one.section].numeral}部分" for one in (other, text))
            yield text.problem(
                f"{second}的正文与{first}完全相同，其中一处应是贴错了。请分别填写。",
                _all(text),
                beside=(other.passage(*_all(other)),),
            )


def _all(text: Text) -> tuple[int, int]:
    return text.blocks[0].start, text.blocks[-1].end


@rule(
    Severity.WARNING,
    title="同一段话不出现两次",
    why="贴错一次，同一段就在两个部分各有一份。",
    source="真实报告所见：贴错了部分",
)
def paragraphs_stand_once(document: Document, context: Context):
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
SHORTEST_SECTION = 120  # characters; what says in a line that nothing happened says so every year
LONGEST_QUOTED = 3  # passages
# What every report says every year is no copy: the rules it rests on, the formulas of policy, that nothing happened.
_STANDING = re.compile(
    r"《高等学校信息公开办法》|《高等学校信息公开事项清单》|习近平新时代|党的(?:十九|二十)大|依法治校的?重要|坚持以公开为常态|"
    r"知情权、参与权|无其他|没有其他|未收到|没有收到|未发生|没有发生|没有因|报告如下|编制(?:了)?本报告|统计期限"
)


@dataclass(frozen=True)
class Copied:
    """How much of a text stands in another: the share of its own words, and the longest passages."""

    share: float
    spans: tuple[tuple[int, int], ...]


def copied(text: str, other: str) -> Copied:
    """What of ``text`` stands in ``other``: runs of at least ``RUN`` characters, marks, blanks and digits left out.

    Sentences that every report shares (``_STANDING``) count neither as copied nor as the text's own. Digits are left
    out, since a copy with this year's figures is one.
    """
    places = _own_places(text)
    if not places:
        return Copied(0.0, ())
    words = "".join(text[place] for place in places)
    there = "".join(other[place] for place in _places(other, 0, len(other)))
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


def _own_places(text: str) -> list[int]:
    return [
        place
        for start, end in sentences(text)
        if not _STANDING.search(text, start, end)
        for place in _places(text, start, end)
    ]


def _places(text: str, start: int, end: int) -> Iterator[int]:
    return (place for place in range(start, end) if text[place].isalpha())


@rule(
    Severity.WARNING,
    title="不照抄上年的同一部分",
    why="有的学校连续几年只改年份，连错字也一样；读者看不出这一年做了什么。",
    source="真实报告所见：照抄上年，连错误一起",
    holds_for_backfill=False,
)
def sections_are_not_last_years(document: Document, context: Context):
    """WHY: some schools change the year and nothing else; the same slip stands in two years of one university."""
    if context.previous is None:
        return
    for key in MANDATED:
        if key is SectionKey.OTHER:
            continue
        text = body_of(document, key)
        own = len(_own_places(text.text))
        if own < SHORTEST_SECTION:
            continue
        found = copied(text.text, body_of(context.previous, key).text)
        if found.share >= SHARE:
            yield _copy(text, found, context.previous)


def _copy(text: Text, found: Copied, previous: Document) -> Problem:
    return text.problem(
        f"这一部分有 {round(found.share * 100)}% 与 {previous.year} 年的报告相同。请写这一年的情况；"
        "仍然适用的内容可以保留。",
        *found.spans,
    )
