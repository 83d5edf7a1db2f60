"""Numbers as Chinese offices write them, found in running text with their place.

1286, 1,286, １２８６, 1.2万, 3万5千, 九百三十, 两千, 二〇二三, 98.5％, 百分之九十八, 九成五; and the words around
them that say a number is not exact: 近2000, 1700余, 九百三十多, 约300, 15左右, 95%以上. What is not one number gives none,
rather than a part of it: 几十, 二三十, 12.5.1, 2022-2023.

One pass, no backtracking over more than a few characters: the text comes from strangers. Nothing of ours is imported.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_DIGITS: dict[str, int] = {
    **dict(zip("零〇○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "两": 2,
    "兩": 2,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}

_CHINESE = "".join(_DIGITS) + "".join(_UNITS) + "".join(_MYRIADS)
# The longest numeral anybody writes, 九千九百九十九亿九千…, has 32 characters; what is longer is no number.
_LONGEST = 40

_NUMERAL = re.compile(
    r"(?P<tenths_of>百分之|千分之)?"
    r"(?:(?P<digits>[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<scale>[十百千]?[万亿]|[百千])?(?P<rest>[0-9](?P<rest_unit>[百千])(?![万亿]))?"
    rf"|(?P<chinese>[{_CHINESE}]+(?:点[{''.join(_DIGITS)}]{{1,6}})?))"
    r"(?P<more>[余多])?(?P<late_scale>[万亿])?"
    r"(?:(?P<percent>[%％﹪])|(?P<tenths>成(?P<half>[一二三四五六七八九半])?(?![立为员果效绩本功人熟就都])))?"
)
_BEFORE = re.compile(
    r"(?:将近|接近|大约|大概|约为|约有|约|近|超过|超|逾|不少于|不低于|至少|突破|不足|[ \u00a0\u3000])*\Z"
)
_AFTER = re.compile(
    r"(?P<gap>[余多])?(?:条次|人次|份次|条|篇|次|期|件|份|个|则|项|人|名|位|部|张|场|号|元|万元|%|％)?(?P<more>余|多(?![个种次样项方名位元])|左右|上下|以上|之多|有余)?"
)
# A number that goes on in either direction is a part of something else: 12.5.1, 2022-2023, 029-8888, A12, 12°.
_ATTACHED_BEFORE = re.compile(r"[0-9A-Za-z.．\-－–—~～/:：〇○][-.．]?\Z")
_VAGUE = frozenset("几数若半")


@dataclass(frozen=True)
class Number:
    """A number in a text.

    ``start`` and ``end`` are the positions of the number with its 万, ％ or 百分之; ``outer_start`` and ``outer_end`` take
    in the 近, 约, 余, 以上 around it. A percentage has the value of its percent: 98.5％ and 百分之九十八点五 are 98.5.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    value: Decimal
    approximate: bool = False
    unit: Literal["", "percent"] = ""
    written: Literal["digits", "chinese", "mixed"] = "digits"
    ordinal: bool = False


def narrow(text: str) -> str:
    """``text`` with full-width digits, letters and signs as narrow ones, character for character: positions stay."""
    return text.translate(_NARROW)


class _Narrow(dict[int, int | str]):
    """What has no narrow form is itself; noted as it is asked, since a miss of ``translate`` is slow."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


_NARROW = _Narrow(
    {
        code: unicodedata.normalize("NFKC", chr(code))
        for code in (
            *range(0xFF10, 0xFF1A),
            *range(0xFF21, 0xFF3B),
            *range(0xFF41, 0xFF5B),
            0xFF05,
            0xFF0D,
            0xFF0E,
            0xFF0F,
        )
    }
)


def chinese_value(text: str) -> Decimal | None:
    """The value of a number in Chinese characters, None where ``text`` is none.

    Both ways of writing are read: 一千二百八十六 and, digit by digit, 一二八六; 一千二 is 1200, 二百五 is 250.
    """
    whole, point, fraction = text.partition("点")
    if point and (not fraction or any(character not in _DIGITS for character in fraction)):
        return None
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    return value + Decimal("0." + "".join(str(_DIGITS[character]) for character in fraction))


def _whole(text: str) -> int | None:
    if not text or len(text) > _LONGEST:
        return None
    if all(character in _DIGITS for character in text):
        # 二〇二三; but 二三 and 两三 are guesses at a number, and only years and the like have four places.
        if len(text) == 1:
            return _DIGITS[text]
        return int("".join(str(_DIGITS[character]) for character in text)) if len(text) >= 3 else None
    total = section = 0
    digit: int | None = None
    last_unit = 0  # the unit after the last digit, for the shortened 一千二
    smallest_unit, smallest_myriad = 10_000, 10**12
    zero_before = False
    for character in text:
        if character in _DIGITS:
            if digit:
                return None  # 二三十
            digit, zero_before = _DIGITS[character], zero_before or _DIGITS[character] == 0
            if digit == 0:
                digit = None
        elif character in _UNITS:
            unit = _UNITS[character]
            if unit >= smallest_unit or (digit is None and (unit != 10 or section)):
                return None
            section += (1 if digit is None else digit) * unit
            digit, smallest_unit, last_unit, zero_before = None, unit, unit, False
        else:
            myriad = _MYRIADS[character]
            section += digit or 0
            if not section or myriad >= smallest_myriad:
                return None
            total += section * myriad
            section, digit, smallest_unit, smallest_myriad = 0, None, 10_000, myriad
            last_unit, zero_before = myriad, False
    if digit:
        # 一千二 is 1200 and 三万五 is 35000, but 一千零二 is 1002 and 十二 is 12.
        section += digit * (last_unit // 10 if last_unit >= 100 and not zero_before else 1)
    return total + section


def find_numbers(text: str) -> list[Number]:
    """The numbers of ``text`` in order, dates and document numbers among them; those after 第 are marked ``ordinal``.

    Linear in the length of ``text``.
    """
    plain = narrow(text)
    found = []
    for match in _NUMERAL.finditer(plain):
        number = _read(plain, match)
        if number is not None:
            found.append(number)
    return found


def _read(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    before = text[start - 1] if start else ""
    if (before in _VAGUE and not match["digits"]) or _is_part(text, start, match):
        return None
    value, written = _value(match)
    if value is None:
        return None
    unit: Literal["", "percent"] = ""
    if match["tenths_of"] == "千分之":
        value, unit = value / 10, "percent"
    elif match["tenths_of"] or match["percent"]:
        unit = "percent"
    elif match["tenths"]:
        half = match["half"]
        value, unit = value * 10 + (0 if not half else 5 if half == "半" else _DIGITS[half]), "percent"
    outer_start = start - len(_words_before(text, start))
    after = _AFTER.match(text, end)
    says_so = bool(text[outer_start:start].strip())
    outer_start = outer_start if says_so else start
    loose = after if after and (after["more"] or after["gap"]) else None
    return Number(
        start=start,
        end=end,
        outer_start=outer_start,
        outer_end=max(end, loose.end("more"), loose.end("gap")) if loose else end,
        value=value,
        approximate=bool(says_so or match["more"] or loose),
        unit=unit,
        written=written,
        ordinal=before == "第",
    )


def _words_before(text: str, start: int) -> str:
    before = _BEFORE.search(text[max(0, start - 8) : start])
    return before[0] if before else ""


def _is_part(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the numeral is a piece of a longer expression that is not a number."""
    end = match.end()
    following = text[end : end + 2]
    if match["digits"]:
        attached = _ATTACHED_BEFORE.search(text[max(0, start - 2) : start])
        # A colon and a dash may also stand before a count: 官网：1200条.
        if attached and attached[0][-1] not in ":：—–~～":
            return True
        if attached and attached[0][-1] in "—–~～:" and len(attached[0]) == 1 and text[start - 2 : start - 1].isdigit():
            return True
        return bool(re.match(r"[.．:][0-9]|[-－/~～–—][0-9]|[A-Za-z]", following))
    if match["chinese"] and match["chinese"][0] in "万亿百千" and not match["tenths_of"]:
        return True  # 上百, 成千上万
    return following[:1] == "几" or following[:1] in _UNITS


def _value(match: re.Match[str]) -> tuple[Decimal | None, Literal["digits", "chinese", "mixed"]]:
    written: Literal["digits", "chinese", "mixed"] = "digits"
    if match["digits"]:
        if len(match["digits"]) > _LONGEST:
            return None, written
        value = Decimal(re.sub(r"[^0-9.]", "", match["digits"]))
        for character in match["scale"] or "":
            value, written = value * (_UNITS.get(character) or _MYRIADS[character]), "mixed"
        if match["rest"]:
            if not match["scale"] or match["scale"][-1] not in "万亿千":
                return None, written
            value += int(match["rest"][0]) * _UNITS[match["rest_unit"]]
    else:
        read = chinese_value(match["chinese"])
        if read is None:
            return None, "chinese"
        value, written = read, "chinese"
    if match["late_scale"]:
        # 3余万, 九百多万
        if not match["more"]:
            return None, written
        value *= _MYRIADS[match["late_scale"]]
    return value, written
