"""How a paragraph and its characters look in the end: defaults, styles and what these are based on, and direct marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from lxml import etree

from disclosure.importing.blocks import Alignment
from disclosure.importing.reading.inline import Look
from disclosure.importing.reading.wordml import integer, switch, value, w

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_ALIGNMENTS: dict[str, Alignment] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "left": "left",
    "start": "left",
}
_BODY_LEVEL = 9  # outlineLvl counts from 0; 9 is running text
_LONGEST_CHAIN = 16  # of styles based on each other; Word itself stops at eleven
_LARGEST_SIZE = 1638.0  # Word's own limit, in points

_SWITCHES: tuple[tuple[Literal["bold", "italic", "hidden"], str], ...] = (
    ("bold", "b"),
    ("italic", "i"),
    ("hidden", "vanish"),
)


class ParagraphProperties(TypedDict, total=False):
    """What is said of a paragraph; what nobody says is absent."""

    outline: int  # 1 to 9, 0 for running text
    alignment: Alignment
    list: str
    level: int
    breaks: bool


class RunProperties(TypedDict, total=False):
    """What is said of characters; what nobody says is absent."""

    style: str
    bold: bool
    italic: bool
    hidden: bool
    size: float
    vertical: str
    face: str
    latin: str


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style resolved: its name as the file says it, and what paragraphs of it get."""

    name: str = ""
    ids: tuple[str, ...] = ()  # itself and what it is based on
    names: tuple[str, ...] = ()
    paragraph: ParagraphProperties = field(default_factory=ParagraphProperties)
    run: RunProperties = field(default_factory=RunProperties)


class Styles:
    """The styles of a document (``styles.xml``) with the fonts of its theme."""

    def __init__(
        self, root: etree._Element | None, theme: etree._Element | None = None, settings: etree._Element | None = None
    ) -> None:
        self._theme = _theme_fonts(theme, settings)
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._defaults: RunProperties = {}
        self._default_ids: dict[str, str] = {}
        if root is None:
            return
        defaults = root.find(w("docDefaults"))
        if defaults is not None:
            self._defaults = self.run_properties(defaults.find(f"{w('rPrDefault')}/{w('rPr')}"))
        for each in root.iterchildren(w("style")):
            identifier = each.get(w("styleId"), "")
            self._elements.setdefault(identifier, each)
            if each.get(w("default"), "0") in ("1", "true", "on"):
                self._default_ids.setdefault(each.get(w("type"), ""), identifier)

    def style(self, identifier: str, kind: str = "paragraph") -> Style:
        """A style by its identifier; the default one of its kind for "", and for one that is not there."""
        if identifier not in self._elements:
            identifier = self._default_ids.get(kind, "")
        if identifier not in self._resolved:
            self._resolved[identifier] = self._resolve(identifier)
        return self._resolved[identifier]

    def list_of(self, identifier: str) -> str:
        """The list (numId) that a numbering style names."""
        element = self._elements.get(identifier)
        numbers = None if element is None else element.find(f"{w('pPr')}/{w('numPr')}")
        return value(numbers, "numId")

    def _resolve(self, identifier: str) -> Style:
        chain: list[str] = []
        while identifier in self._elements and identifier not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(identifier)
            identifier = value(self._elements[identifier], "basedOn")
        paragraph: ParagraphProperties = {}
        run: RunProperties = {}
        for each in reversed(chain):
            element = self._elements[each]
            paragraph |= paragraph_properties(element.find(w("pPr")))
            run |= self.run_properties(element.find(w("rPr")))
        names = tuple(_named(value(self._elements[each], "name")) for each in chain)
        if "outline" not in paragraph:
            heading = next((match for name in names if (match := _HEADING_NAME.search(name))), None)
            if heading:
                paragraph["outline"] = int(heading[1])
        return Style(names[0] if names else "", tuple(chain), names, paragraph, run)

    def run_properties(self, element: etree._Element | None) -> RunProperties:
        """What an ``rPr`` says, and only that."""
        said: RunProperties = {}
        if element is None:
            return said
        if value(element, "rStyle"):
            said["style"] = value(element, "rStyle")
        for name, child in _SWITCHES:
            on = switch(element, child)
            if on is not None:
                said[name] = on
        size = integer(value(element, "sz"))
        if size and 0 < size / 2 <= _LARGEST_SIZE:
            said["size"] = size / 2
        vertical = value(element, "vertAlign")
        if vertical:
            said["vertical"] = {"subscript": "sub", "superscript": "sup"}.get(vertical, "")
        fonts = element.find(w("rFonts"))
        if fonts is not None:
            theme = self._theme.get(fonts.get(w("eastAsiaTheme"), ""))
            face = theme or fonts.get(w("eastAsia"))
            if face:
                said["face"] = face
            if latin := fonts.get(w("ascii")):
                said["latin"] = latin
        return said

    def look(self, style: Style, direct: RunProperties) -> tuple[Look, bool]:
        """The look of characters in a paragraph of ``style`` with ``direct`` marks; and whether they are hidden."""
        base = self._defaults | style.run
        names: tuple[str, ...] = ()
        if "style" in direct and direct["style"] in self._elements:
            character = self.style(direct["style"], "character")
            names = tuple(name.lower() for name in character.names)
            own = character.run.copy()
            # 17.7.3: a switch that both styles turn on is off.
            for name, _ in _SWITCHES[:2]:
                if own.get(name) and style.run.get(name):
                    own[name] = False
            base = base | own
        said = base | direct
        # Said by name, these are no matter of appearance; together with the other mark both are meant.
        is_strong, is_emphasis = "strong" in names, "emphasis" in names
        return (
            Look(
                bold=said.get("bold", False),
                italic=said.get("italic", False),
                vertical=said.get("vertical", ""),
                size=said.get("size", 10.0),
                face=said.get("face") or said.get("latin", ""),
                latin=said.get("latin", ""),
                strong=is_strong or (is_emphasis and said.get("bold", False)),
                em=is_emphasis or (is_strong and said.get("italic", False)),
            ),
            said.get("hidden", False),
        )


def _named(name: str) -> str:
    """A style's name as people see it: Word writes its own ``heading 1`` and ``caption`` and shows Heading 1, Caption."""
    return (
        name[:1].upper() + name[1:]
        if _HEADING_NAME.fullmatch(name) or name in ("caption", "header", "footer")
        else name
    )


def paragraph_properties(element: etree._Element | None) -> ParagraphProperties:
    """What a ``pPr`` says, and only that: ``outline`` (1 to 9, 0), ``alignment``, ``list``, ``level``, ``breaks``."""
    said: ParagraphProperties = {}
    if element is None:
        return said
    outline = integer(value(element, "outlineLvl"))
    if outline is not None and 0 <= outline <= _BODY_LEVEL:
        said["outline"] = 0 if outline == _BODY_LEVEL else outline + 1
    alignment = value(element, "jc")
    if alignment:
        said["alignment"] = _ALIGNMENTS.get(alignment, "")
    numbers = element.find(w("numPr"))
    if numbers is not None:
        if value(numbers, "numId"):
            said["list"] = value(numbers, "numId")
        level = integer(value(numbers, "ilvl"))
        if level is not None:
            said["level"] = level
    breaks = switch(element, "pageBreakBefore")
    if breaks is not None:
        said["breaks"] = breaks
    return said


def _theme_fonts(theme: etree._Element | None, settings: etree._Element | None) -> dict[str, str]:
    """The East Asian fonts that the theme's names stand for: ``minorEastAsia`` → 宋体."""
    if theme is None:
        return {}
    language = None if settings is None else settings.find(w("themeFontLang"))
    code = "" if language is None else language.get(w("eastAsia"), "")
    script = {"zh-TW": "Hant", "zh-HK": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}.get(code, "Hans")
    fonts = {}
    for kind in ("major", "minor"):
        scheme = next(theme.iter(f"{_DRAWING}{kind}Font"), None)
        if scheme is None:
            continue
        east = scheme.find(f"{_DRAWING}ea")
        face = "" if east is None else east.get("typeface", "")
        if not face:
            scripts = {each.get("script"): each.get("typeface", "") for each in scheme.iterchildren(f"{_DRAWING}font")}
            face = scripts.get(script, "")
        if face:
            fonts[f"{kind}EastAsia"] = face
    return fonts
