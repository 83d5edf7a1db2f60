"""The numbers that a word processor generates, as text: how a value is written, and which value a paragraph has.

The names of the formats are those of ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from disclosure.importing.reading.wordml import integer, switch, value, w

LEVELS = 9
_LARGEST = 2**31 - 1
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_PLACEHOLDER = re.compile(r"%([1-9])")
# A bullet of the Symbol or Wingdings fonts is a character that means nothing in any other.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零", *, leads: bool = False) -> str:
    """A number in Chinese numerals: 12 is 十二 (``leads``: 一十二), 105 is 一百零五, 20000 is 二万."""
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return _joined(high, low, "亿", 10**7, digits, units, zero, leads)
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return _joined(high, low, "万", 10**3, digits, units, zero, leads)
    if number == 0:
        return zero
    text = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += digits[digit] + (units[place - 1] if place else "")
        elif text and not text.endswith(zero) and number % 10**place:
            text += zero
    if not leads and 10 <= number < 20:
        text = text[1:]
    return text


def _joined(
    high: int, low: int, unit: str, smallest_without_zero: int, digits: str, units: str, zero: str, leads: bool
) -> str:
    text = chinese(high, digits, units, zero, leads=leads) + unit
    if not low:
        return text
    return text + (zero if low < smallest_without_zero else "") + chinese(low, digits, units, zero, leads=True)


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for size, letters in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        text += letters * (number // size)
        number %= size
    return text


def _letters(number: int) -> str:
    """Word goes on after Z with AA, BB, CC, up to thirty of one letter."""
    if not 0 < number <= 26 * 30:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _row(first: str, last: int) -> Callable[[int], str]:
    """Characters that Unicode has in a row, up to ``last``; digits beyond."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _circled(number: int) -> str:
    for first, start, end in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if start <= number <= end:
            return chr(ord(first) + number - start)
    return str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else str(number)


def _sexagenary(number: int) -> str:
    return _cycle(_STEMS)(number) + _cycle(_BRANCHES)(number) if number > 0 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _legal(number: int) -> str:
    return chinese(number, _LEGAL_DIGITS, "拾佰仟", leads=True)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": _legal,
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": _digital,
    "japaneseLegal": _legal,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "taiwaneseDigital": _digital,
    "ideographDigital": _digital,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _row("㊀", 10),
    "chicago": lambda number: "*†‡§"[(number - 1) % 4] * min((number - 1) // 4 + 1, 8) if number > 0 else "*",
}


def written(number: int, style: str) -> str:
    """``number`` as the format ``style`` writes it; in digits where the format is unknown or has no such number."""
    return _FORMATS.get(style, str)(number) if number >= 0 or style == "none" else str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: what it starts at, how it counts, and the text around the numbers (``%1.%2``)."""

    start: int = 0
    style: str = "decimal"
    text: str = ""
    restart: int | None = None  # counted from one: the level after which it begins anew; 0 is never
    is_legal: bool = False
    paragraph_style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph of a list: the text of its number, or that it has a bullet."""

    text: str
    level: int
    is_bullet: bool = False


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document (``numbering.xml``), and where each of them has got to."""

    def __init__(self, root: etree._Element | None, style_lists: Callable[[str], str] = lambda style: "") -> None:
        """``style_lists``: the list (numId) that a numbering style names, "" where it names none."""
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._known: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._style_lists = style_lists
        if root is not None:
            self._abstract = {each.get(w("abstractNumId"), ""): each for each in root.iterchildren(w("abstractNum"))}
            self._lists = {each.get(w("numId"), ""): each for each in root.iterchildren(w("num"))}

    def level_of_style(self, list_id: str, style_ids: list[str]) -> int | None:
        """The level that a list links to the first of these styles, None where it links to none of them."""
        known = self._list(list_id)
        if known is None:
            return None
        linked = {level.paragraph_style: index for index, level in known.levels.items() if level.paragraph_style}
        return next((linked[style] for style in style_ids if style in linked), None)

    def next(self, list_id: str, level: int) -> Label | None:
        """Count one paragraph of a list on and say what stands before it; None where nothing does."""
        known = self._list(list_id)
        level = min(max(level, 0), LEVELS - 1)
        if known is None or level not in known.levels:
            return None
        counters = self._counters.setdefault(known.abstract, [None] * LEVELS)
        rule = known.levels[level]
        before = counters[level]
        if level in known.starts and (list_id, level) not in self._begun:
            counters[level] = known.starts[level]
        else:
            counters[level] = rule.start if before is None else min(before + 1, _LARGEST)
        self._begun.add((list_id, level))
        for deeper in range(level + 1, LEVELS):
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or level < restart:
                counters[deeper] = None
        if rule.style == "bullet":
            return Label("", level, is_bullet=True) if rule.text.strip() else None
        return self._label(known, counters, level, rule)

    def _label(self, known: _List, counters: Sequence[int | None], level: int, rule: Level) -> Label | None:
        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            if index > level or index not in known.levels:
                return ""
            shown = known.levels[index]
            count = counters[index]
            style = "decimal" if rule.is_legal and shown.style != "none" else shown.style
            return written(shown.start if count is None else count, style)

        text = _PLACEHOLDER.sub(number, rule.text).strip()
        if _PRIVATE.search(text):
            return Label("", level, is_bullet=True)
        return Label(text, level) if text else None

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._known:
            self._known[list_id] = self._read(list_id)
        return self._known[list_id]

    def _read(self, list_id: str) -> _List | None:
        element = self._lists.get(list_id)
        abstract_id = value(element, "abstractNumId")
        abstract = self._followed(abstract_id)
        if element is None or abstract is None:
            return None
        levels: dict[int, Level] = {}
        for each in abstract.iterchildren(w("lvl")):
            levels.setdefault(min(max(integer(each.get(w("ilvl"))) or 0, 0), LEVELS - 1), _level(each))
        known = _List(abstract_id, levels)
        for override in element.iterchildren(w("lvlOverride")):
            index = min(max(integer(override.get(w("ilvl"))) or 0, 0), LEVELS - 1)
            other = override.find(w("lvl"))
            if other is not None:
                known.levels[index] = _level(other)
            start = integer(value(override, "startOverride"))
            if start is not None:
                known.starts[index] = start
                known.levels[index] = replace(known.levels.get(index, Level()), start=start)
        return known

    def _followed(self, abstract_id: str) -> etree._Element | None:
        """The definition itself, through the numbering styles that may stand between."""
        seen = set()
        while abstract_id not in seen:
            seen.add(abstract_id)
            abstract = self._abstract.get(abstract_id)
            link = value(abstract, "numStyleLink")
            if not link:
                return abstract
            abstract_id = value(self._lists.get(self._style_lists(link)), "abstractNumId")
        return None


def _level(element: etree._Element) -> Level:
    style = element.find(w("numFmt"))
    if style is None:  # a format of its own ("001, 002"), inside what older programs pass over
        style = next(element.iter(w("numFmt")), None)
    start = integer(value(element, "start"))
    return Level(
        start=0 if start is None else start,
        style="decimal" if style is None else style.get(w("val"), "decimal"),
        text=value(element, "lvlText"),
        restart=integer(value(element, "lvlRestart")),
        is_legal=bool(switch(element, "isLgl")),
        paragraph_style=value(element, "pStyle"),
    )
