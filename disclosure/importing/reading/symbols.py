"""Characters that Word draws with fonts of pictures, and those it encloses by a field, as characters of Unicode."""

from __future__ import annotations

import re

_WINGDINGS = {
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS2 = {0x2A: "☐", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xD7: "⋅"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "symbol": _SYMBOL}
_DRAWN = re.compile("[\uf020-\uf0ff]")
# EQ \o\ac(○,1): Word's "enclose characters".
_ENCLOSED = re.compile(r"^\s*eq\s+\\o(?:\\a[clr])?\s*\(\s*[○〇◯]\s*[,，;；]\s*([^)]{1,4}?)\s*\)", re.IGNORECASE)
_CHINESE_DIGITS = "一二三四五六七八九十"


def symbol(font: str, code: str) -> str:
    """A character of a font by its hexadecimal code; "" for a drawing that no character stands for."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.strip().lower())
    if known is not None:
        return known.get(point & 0xFF, "")
    if 0xF020 <= point <= 0xF0FF or not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    return chr(point)


def drawn(text: str, font: str) -> str:
    """``text`` without the private characters that stand for the drawings of a font, as far as it is one we know."""
    if font.strip().lower() not in _FONTS:
        return text
    return _DRAWN.sub(lambda match: symbol(font, f"{ord(match[0]):X}"), text)


def enclosed(instruction: str) -> str:
    """The character that a field without a result draws: a figure in a circle; "" for any other field."""
    match = _ENCLOSED.match(instruction)
    if not match:
        return ""
    inner = match[1]
    if inner.isascii() and inner.isdigit() and 1 <= int(inner) <= 20:
        return chr(ord("①") + int(inner) - 1)
    if inner in _CHINESE_DIGITS:
        return chr(ord("㊀") + _CHINESE_DIGITS.index(inner))
    return inner
