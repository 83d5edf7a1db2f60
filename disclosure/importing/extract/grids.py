"""A table of running text as a grid, so that merged cells, rows above and columns beside can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import lxml.html
from lxml import etree

from disclosure.chinese.numerals import find_numbers, narrow
from disclosure.importing.extract.passages import MEASURE
from disclosure.report.document import NOT_APPLICABLE, NotApplicable

# What is larger holds no figures of a report but a list; it stays text.
MOST_ROWS = 150
MOST_COLUMNS = 40
_LABELS_READ = 12  # on each side of a cell; merged ones count as often as they span

_LINE_ENDS = frozenset({"p", "br", "li", "h3", "h4", "div"})
_TABLE = re.compile(r"<(/?)table\b[^>]*>")
_NOTHING_HAPPENED = frozenset({"无", "没有", "零", "无此情况", "未发生"})
# What a column of units holds; it says nothing of what is counted.
_UNITS = frozenset("条篇期次份件个人项元场") | {"人次", "条次", "人/次", "条/次", "万元", "%", "百分比"}
_LEFT_OPEN = frozenset({"", "—", "-", "--", "——", "–", "/", "／", "未填", "未填写", "未统计", "…"})


@dataclass(frozen=True)
class GridCell:
    """A cell where it begins; merged cells stand in the grid as often as they span."""

    row: int
    column: int
    lines: tuple[str, ...] = ()
    href: str = ""
    is_header: bool = False

    @cached_property
    def text(self) -> str:
        return "".join(self.lines)

    @cached_property
    def plain(self) -> str:
        """The text without blanks and in narrow signs, to be compared with labels."""
        return re.sub(r"\s+", "", narrow(self.text))

    @cached_property
    def value(self) -> Value:
        """The figure that the cell holds."""
        return read_value(self.text)

    @cached_property
    def is_label(self) -> bool:
        """Whether the cell says what others hold."""
        return bool(self.plain) and self.value.value is None and self.plain not in _LEFT_OPEN | _UNITS


@dataclass(frozen=True)
class Value:
    """What a cell of figures says: a number, ``"n/a"``, or None where it is left open."""

    value: Decimal | NotApplicable | None
    approximate: bool = False
    measure: str = ""
    is_percent: bool = False


@dataclass
class Grid:
    caption: str = ""
    rows: list[list[GridCell | None]] = field(default_factory=list)

    def labels(self, row: int, column: int) -> tuple[list[str], list[str]]:
        """The words left of a cell and those above it, nearest first, merged cells once; no more than are looked at."""
        left = [cell for at, cell in reversed(self._labels_of_rows[row]) if at < column]
        above = [cell for at, cell in reversed(self._labels_of_columns[column]) if at < row]
        return _words(left), _words(above)

    def head_of_label(self, row: int, column: int) -> str:
        """What stands over the column in which the words left of a cell stand."""
        beside = next((at for at, _ in reversed(self._labels_of_rows[row]) if at < column), None)
        if beside is None:
            return ""
        top, cell = self._labels_of_columns[beside][0]
        return cell.plain if top < row else ""

    @cached_property
    def _labels_of_rows(self) -> list[list[tuple[int, GridCell]]]:
        return [[(at, cell) for at, cell in enumerate(line) if cell and cell.is_label] for line in self.rows]

    @cached_property
    def _labels_of_columns(self) -> dict[int, list[tuple[int, GridCell]]]:
        found: dict[int, list[tuple[int, GridCell]]] = {column: [] for column in range(MOST_COLUMNS + 1)}
        for row, labels in enumerate(self._labels_of_rows):
            for column, cell in labels:
                found[column].append((row, cell))
        return found

    def cells(self) -> Iterator[tuple[int, int, GridCell]]:
        """The cells where they begin."""
        for row, line in enumerate(self.rows):
            for column, cell in enumerate(line):
                if cell and cell.row == row and cell.column == column:
                    yield row, column, cell

    def shown(self, row: int) -> str:
        """A row as the passage that a figure was read from."""
        return " | ".join(cell.text for cell in _each(self.rows[row]) if cell.text)


def _each(line: list[GridCell | None]) -> list[GridCell]:
    seen: list[GridCell] = []
    for cell in line:
        if cell and (not seen or seen[-1] is not cell):
            seen.append(cell)
    return seen


def _words(cells: list[GridCell]) -> list[str]:
    """The different words of ``cells``, the first few."""
    return list(dict.fromkeys(cell.plain for cell in cells[:_LABELS_READ]))


def without_tables(html: str) -> str:
    """``html`` without its tables, which are read by themselves; those in tables go with them."""
    kept, depth, at = [], 0, 0
    for tag in _TABLE.finditer(html):
        if not tag[1]:
            if not depth:
                kept.append(html[at : tag.start()])
            depth += 1
        elif depth:
            depth -= 1
            at = tag.end()
    if not depth:
        kept.append(html[at:])
    return "\n".join(kept)


def grids(html: str) -> Iterator[Grid]:
    """The tables of ``html``; one that is nested in another, or too large to be a table of figures, is passed over."""
    if "<table" not in html:
        return
    try:
        root = lxml.html.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, ValueError):
        return
    for table in root.iter("table"):
        if any(parent.tag == "table" for parent in table.iterancestors()):
            continue
        grid = _grid(table)
        if grid:
            yield grid


def _grid(table: etree._Element) -> Grid | None:
    grid = Grid()
    lines = [element for element in table.iter("tr") if _nearest_table(element) is table]
    captions = list(table.iterchildren("caption"))
    if captions:
        grid.caption = "".join(_lines_of(captions[0]))
    if len(lines) > MOST_ROWS:
        return None
    grid.rows = [[] for _ in lines]
    for row, line in enumerate(lines):
        column = 0
        for element in line.iterchildren("td", "th"):
            while column < len(grid.rows[row]) and grid.rows[row][column] is not None:
                column += 1
            across, down = _span(element, "colspan"), min(_span(element, "rowspan"), len(lines) - row)
            if column + across > MOST_COLUMNS:
                return None
            anchors = element.xpath(".//a/@href")
            cell = GridCell(row, column, tuple(_lines_of(element)), anchors[0] if anchors else "", element.tag == "th")
            for below in range(row, row + down):
                into = grid.rows[below]
                into.extend([None] * (column + across - len(into)))
                into[column : column + across] = [cell] * across
            column += across
    return grid if grid.rows else None


def _nearest_table(element: etree._Element) -> etree._Element | None:
    return next((parent for parent in element.iterancestors() if parent.tag == "table"), None)


def _span(element: etree._Element, name: str) -> int:
    text = element.get(name, "1")
    return max(1, min(int(text), MOST_ROWS)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _lines_of(element: etree._Element) -> list[str]:
    """The words of a cell, one entry a line."""
    parts: list[str] = [""]
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if inner is not element and inner.tag in _LINE_ENDS:
                parts.append("")
            parts[-1] += inner.text or "" if isinstance(inner.tag, str) else ""
        elif inner is not element:
            if inner.tag in _LINE_ENDS and inner.tag != "br":
                parts.append("")
            parts[-1] += inner.tail or ""
    return [line for part in parts for line in [part.strip()] if line]


def read_value(text: str) -> Value:
    """A cell's figure. None where it is left open, and where it holds anything but a figure."""
    plain = narrow(text).strip()
    if plain in _LEFT_OPEN:
        return Value(None)
    if plain in {"不适用", "n/a", "N/A"}:
        return Value(NOT_APPLICABLE)
    if plain in _NOTHING_HAPPENED:
        return Value(Decimal(0))
    numbers = find_numbers(plain)
    if len(numbers) != 1 or numbers[0].ordinal:
        return Value(None)
    number = numbers[0]
    before, rest = plain[: number.outer_start], plain[number.end :]
    measure = MEASURE.match(rest)
    named = (measure["measure"] or "").lstrip("余") if measure else ""
    behind = rest[measure.end("measure") :] if measure and measure["measure"] else rest
    if before.strip("共计合 ") or re.sub(r"余|多|左右|以上|上下|次|\s", "", behind):
        return Value(None)
    return Value(number.value, number.approximate, named, number.unit == "percent")
