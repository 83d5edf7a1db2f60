"""As much of CSS as Word and WPS write into a page to say how its text looks."""

from __future__ import annotations

import re
from collections.abc import Iterable

Declarations = dict[str, str]

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([^\s.:#>\[]+))?", re.IGNORECASE)
_SIZE = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)\s*(pt|px|em|rem|%|cm|mm|in)?")
_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0, "rem": 12.0}
_NAMED_SIZES = {
    "xx-small": 7.0,
    "x-small": 7.5,
    "small": 10.0,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
}
_GENERIC = frozenset(["serif", "sans-serif", "monospace", "inherit", "initial", "cursive", "fantasy"])
_MOST_RULES = 3000


class StyleSheet:
    """The rules of a page that speak of a tag, of a class, or of a tag with a class."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[tuple[str, str], Declarations] = {}
        for sheet in sheets:
            for selectors, body in _RULE.findall(_COMMENT.sub(" ", sheet)):
                if len(self._rules) > _MOST_RULES:
                    return
                said = declarations(body)
                for selector in selectors.split(","):
                    match = _SELECTOR.fullmatch(selector.strip())
                    if match and (match[1] or match[2]):
                        key = ((match[1] or "").lower(), (match[2] or "").lower())
                        self._rules.setdefault(key, {}).update(said)

    def of(self, tag: str, classes: Iterable[str]) -> Declarations:
        """What the rules say of an element, the more particular over the general."""
        names = [name.lower() for name in classes]
        said = dict(self._rules.get((tag, ""), {}))
        for name in names:
            said |= self._rules.get(("", name), {})
        for name in names:
            said |= self._rules.get((tag, name), {})
        return said


def declarations(text: str) -> Declarations:
    """``font-size:16.0pt;mso-list:l0 level1`` by property, in lower case."""
    said: Declarations = {}
    for each in text.split(";"):
        name, colon, what = each.partition(":")
        if colon:
            said[name.strip().lower()] = what.replace("!important", "").strip()
    return said


def size(text: str, parent: float | None) -> float | None:
    """A font size in points; ``parent`` is what relative ones refer to."""
    text = text.strip().lower()
    if text in _NAMED_SIZES:
        return _NAMED_SIZES[text]
    match = _SIZE.fullmatch(text)
    if not match:
        return parent
    number, unit = float(match[1]), match[2] or ""
    if unit in ("em", "%"):
        points = (parent or 12.0) * number / (1 if unit == "em" else 100)
    else:
        points = number * _POINTS[unit]
    return round(points, 2) if 0 < points < 1000 else parent


def face(said: Declarations) -> str:
    """The East Asian font of a style, "" where it names none."""
    named = said.get("mso-fareast-font-family") or said.get("font-family") or ""
    families = [name for each in named.split(",") if (name := each.strip().strip("\"'").strip())]
    families = [name for name in families if name.lower() not in _GENERIC]
    chinese = next((name for name in families if not name.isascii()), "")
    return chinese or (families[0] if families else "")
