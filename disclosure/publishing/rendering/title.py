"""Where a report's title may be broken into lines: where the meaning allows.

GB/T 9704-2012, 7.3.1: a title that needs several lines keeps words whole, and its lines are set in balance.
"""

import re
from functools import lru_cache
from unicodedata import east_asian_width

# The type area holds 20 characters of 22 pt; a title that touches both edges looks crammed.
MEASURE = 18.0

# A year or a span of years with its unit, in digits: 2023年度, 2022-2023学年度, 2021 至 2022 学年.
_YEARS = r"\d+(?:\s*[-－–—~～至/]\s*\d+)*\s*(?:学年度|年度|学年|年)?"
# What titles and the names of schools are made of; the longest word that fits is taken.
_WORDS = (
    "高等专科学校",
    "职业技术大学",
    "职业技术学院",
    "高等学校",
    "职业大学",
    "职业学院",
    "信息公开",
    "师范大学",
    "师范学院",
    "理工大学",
    "科技大学",
    "医科大学",
    "有关情况",
    "学年度",
    "工作",
    "年度",
    "学年",
    "报告",
    "情况",
    "高校",
    "关于",
    "大学",
    "学院",
    "学校",
    "校区",
    "分校",
)
_TOKEN = re.compile(
    rf"{_YEARS}|[A-Za-z0-9]+(?:[.'-][A-Za-z0-9]+)*|{'|'.join(_WORDS)}|[^\S\n]+|[（(《〈“‘【〔]|[）)》〉”’】〕、，。；：:！？!?·…—-]+|."
)
_OPENING = frozenset("（(《〈“‘【〔")
# These belong to the name before them.
_ENDS_OF_NAMES = ("大学", "学院", "学校", "校区", "分校")
_NEVER_FIRST = re.compile(r"[）)》〉”’】〕、，。；：:！？!?·…—\-\s的之与和及]")


def width(text: str) -> float:
    """The breadth of ``text`` in full characters; Latin letters and digits take half a one."""
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.5 for character in text)


@lru_cache(maxsize=1024)
def title_parts(title: str, school: str = "") -> tuple[str, ...]:
    """``title`` in the parts between which a line may end; together they are the title, unchanged.

    The first break is after the school's name. A part stays whole up to ``MEASURE`` characters; a longer one is cut
    into lines of like breadth, never inside a word, a number or a year such as 2022-2023学年度.
    """
    head, name, rest = title.partition(school) if school else (title, "", "")
    gap = rest[: len(rest) - len(rest.lstrip())]
    parts = [head + name + gap, rest[len(gap) :]]
    return tuple(line for part in parts if part for line in _balanced(part, school))


def _balanced(part: str, school: str) -> list[str]:
    """``part`` in as few lines as fit, their breadths as alike as its words allow."""
    count = -int(-width(part.rstrip()) // MEASURE)
    if count < 2:
        return [part]
    tokens = _tokens(part, school)
    aim = width(part) / count
    # The best way to set the first n tokens: its cost and its lines. Quadratic, over a dozen tokens.
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(tokens) + 1):
        options = []
        for start in range(end):
            line = "".join(tokens[start:end])
            breadth = width(line.rstrip())
            # A word too broad for any line stands alone and is broken where the line ends.
            excess = max(0.0, breadth - MEASURE) * 1000
            options.append((best[start][0] + (breadth - aim) ** 2 + excess, [*best[start][1], line]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _tokens(part: str, school: str) -> list[str]:
    """``part`` in pieces that are never broken: words, years, names; signs keep to the word they belong to."""
    tokens: list[str] = []
    is_inside_a_name = False
    for piece in _pieces(part, school):
        is_character = len(piece) == 1 and piece not in _OPENING
        if tokens and (
            tokens[-1][-1] in _OPENING
            or _NEVER_FIRST.match(piece)
            or (is_inside_a_name and (is_character or piece.endswith(_ENDS_OF_NAMES)))
        ):
            tokens[-1] += piece
        else:
            tokens.append(piece)
        is_inside_a_name = is_character and not _NEVER_FIRST.match(piece)
    return tokens


def _pieces(part: str, school: str) -> list[str]:
    """The words of ``part``, the school's name as one where it fits a line."""
    if school and width(school) <= MEASURE and school in part:
        before, _, after = part.partition(school)
        return [*_TOKEN.findall(before), school, *_TOKEN.findall(after)]
    return _TOKEN.findall(part)
