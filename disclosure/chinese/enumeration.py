"""The numbers that headings and items begin with: 「一、」「（二）」「3.」「第四部分」, full- and half-width."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from disclosure.chinese.numerals import chinese_value

_BLANK = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
_HAN = "一二三四五六七八九十"
_ROMAN = {"I": 1, "V": 5, "X": 10}


class Form(StrEnum):
    """How a number is written, from the outermost level of a Chinese document to the innermost."""

    PART = "part"  # 第一部分
    ROMAN = "roman"  # Ⅰ.
    HAN = "han"  # 一、
    PAREN_HAN = "paren_han"  # （一）
    ARABIC = "arabic"  # 1.
    DECIMAL = "decimal"  # 1.1
    PAREN_ARABIC = "paren_arabic"  # （1）
    CIRCLED = "circled"  # ①
    NONE = ""


DEPTH = {form: depth for depth, form in enumerate(Form)}

_PATTERNS = (
    (Form.PART, re.compile(rf"第([{_HAN}]{{1,3}}|\d{{1,2}})(?:部分|章|节|篇|项)[、.,:：。]?")),
    (Form.HAN, re.compile(rf"([{_HAN}]{{1,3}})[、.,:。]")),
    (Form.PAREN_HAN, re.compile(rf"[(\[【〔<]?([{_HAN}]{{1,3}})[)\]】〕>][、.,:。]?")),
    (Form.DECIMAL, re.compile(r"(\d{1,2})\.\d{1,2}(?:\.\d{1,2})?[、.]?(?=[^\d%年月日.])")),
    (Form.ARABIC, re.compile(r"(\d{1,2})[、.,:。](?=\D|$)")),
    (Form.PAREN_ARABIC, re.compile(r"[(\[]?(\d{1,2})[)\]][、.,:]?")),
)
_ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_ROMAN_LETTERS = re.compile(r"([IVX]{1,5})[、.,:]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SPACED = re.compile(rf"\s*(?:([{_HAN}]{{1,3}})|(\d{{1,2}}))[ \t\u3000\xa0]+(?=[^\d\s])")
# As much as a number may stand in, blanks included.
_REACH = 40


@dataclass(frozen=True)
class Numbered:
    """The number at the beginning of a text and the words behind it, without blanks."""

    form: Form
    value: int
    rest: str


def compact(text: str) -> str:
    """``text`` without blanks, full-width signs as half-width ones."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def read(text: str) -> Numbered:
    """The number that ``text`` begins with; ``Form.NONE`` where it begins with none."""
    start = text.lstrip()
    plain = compact(text)
    if start[:1] in _CIRCLED and start:
        return Numbered(Form.CIRCLED, _CIRCLED.index(start[0]) + 1, compact(start[1:]))
    if start[:1] in _ROMAN_SIGNS and start:
        return Numbered(Form.ROMAN, _ROMAN_SIGNS.index(start[0]) + 1, compact(start[1:]).lstrip("、.,:"))
    if match := _ROMAN_LETTERS.match(plain):
        return Numbered(Form.ROMAN, _roman(match[1]), plain[match.end() :])
    for form, pattern in _PATTERNS:
        if match := pattern.match(plain):
            return Numbered(form, value(match[1]), plain[match.end() :])
    if match := _SPACED.match(unicodedata.normalize("NFKC", text[:_REACH])):
        digits = match[1] or match[2]
        return Numbered(Form.HAN if match[1] else Form.ARABIC, value(digits), plain[len(digits) :])
    return Numbered(Form.NONE, 0, plain)


def value(digits: str) -> int:
    """The value of a number in Arabic or Chinese digits: 十二 is 12; 0 where it is none."""
    return int(digits) if digits.isdecimal() else int(chinese_value(digits) or 0)


def _roman(letters: str) -> int:
    total = 0
    for here, behind in zip(letters, [*letters[1:], ""], strict=True):
        total += -_ROMAN[here] if _ROMAN[here] < _ROMAN.get(behind, 0) else _ROMAN[here]
    return total
