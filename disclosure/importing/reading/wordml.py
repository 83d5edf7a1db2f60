"""Small words for reading WordprocessingML: names, values, switches."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES: dict[str, str] = {}


def w(name: str) -> str:
    """The qualified name of an element or attribute of WordprocessingML."""
    return _NAMES.get(name) or _NAMES.setdefault(name, f"{{{W}}}{name}")


def value(element: etree._Element | None, child: str) -> str:
    """``w:val`` of the child with this name, "" where there is none."""
    found = None if element is None else element.find(w(child))
    return "" if found is None else found.get(w("val"), "")


def integer(text: str | None) -> int | None:
    """A whole number of at most ten digits, None for anything else."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None


def switch(element: etree._Element | None, child: str) -> bool | None:
    """Whether an on/off property is on, None where it is not said."""
    found = None if element is None else element.find(w(child))
    return None if found is None else found.get(w("val"), "1").lower() not in ("0", "false", "off", "none")
