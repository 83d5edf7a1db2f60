"""The cells of an HTML table on the grid that Word wants: every place of every row taken, spans within the table."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

# More columns no version of Word opens.
MOST_COLUMNS = 63
_LARGEST_SPAN = 99
_SHARE = re.compile(r"width: ([0-9.]+)%")


@dataclass(frozen=True)
class Slot:
    """What stands in one or more columns of a row: the cell that begins there, or what goes on from above, or nothing.

    ``merge`` is Word's: "restart" for a cell that spans rows, "continue" below it, else "". ``cells`` holds the cells
    whose words go in here: one, or all of a row where the table has too many columns.
    """

    column: int
    colspan: int = 1
    merge: str = ""
    cells: tuple[Element, ...] = ()

    @property
    def cell(self) -> Element | None:
        return self.cells[0] if self.cells else None


@dataclass
class Grid:
    """A table as rows of slots; ``head`` of the ``rows`` (tr) repeat on each page."""

    columns: int = 0
    rows: list[Element] = field(default_factory=list)
    slots: list[list[Slot]] = field(default_factory=list)
    head: int = 0


def grid_of(table: Element) -> Grid:
    """The grid of ``table``, by the rules of HTML (forming a table), but that no two cells overlap.

    A row that is shorter is filled up. A row without a cell goes. A table of more columns than Word opens keeps its
    words: one cell a row.
    """
    grid = Grid()
    groups = [group for group in table if group.tag in ("thead", "tbody", "tfoot")]
    for group in groups:
        rows = [row for row in group if row.tag == "tr" and len(row)]
        grid.slots += _group(rows)
        grid.rows += rows
        if group is groups[0] and group.tag == "thead":
            grid.head = len(rows)
    if grid.head == len(grid.rows):
        grid.head = 0
    grid.columns = max((slot.column + slot.colspan for row in grid.slots for slot in row), default=0)
    if grid.columns > MOST_COLUMNS:
        grid.columns = 1
        grid.slots = [[Slot(0, cells=tuple(row))] for row in grid.rows]
    grid.slots = [_filled(row, grid.columns) for row in grid.slots]
    return grid


def _group(rows: list[Element]) -> list[list[Slot]]:
    """The slots of the rows of one group, beyond which no cell reaches; places that nothing takes are left out."""
    below: dict[int, tuple[int, int]] = {}  # column → how many rows more are taken from here, by a cell of what breadth
    placed = []
    for index, row in enumerate(rows):
        taken = {column + one for column, (_, colspan) in below.items() for one in range(colspan)}
        slots = [Slot(column, colspan, "continue") for column, (_, colspan) in below.items()]
        below = {column: (left - 1, colspan) for column, (left, colspan) in below.items() if left > 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            colspan = 1
            while colspan < _span(cell, "colspan") and column + colspan not in taken:
                colspan += 1
            rowspan = min(_span(cell, "rowspan"), len(rows) - index)
            slots.append(Slot(column, colspan, "restart" if rowspan > 1 else "", (cell,)))
            if rowspan > 1:
                below[column] = (rowspan - 1, colspan)
            column += colspan
        placed.append(sorted(slots, key=lambda slot: slot.column))
    return placed


def _filled(slots: list[Slot], columns: int) -> list[Slot]:
    """``slots`` with an empty one in every column that none takes."""
    filled, column = [], 0
    for slot in slots:
        filled += [Slot(one) for one in range(column, slot.column)]
        filled.append(slot)
        column = slot.column + slot.colspan
    return filled + [Slot(one) for one in range(column, columns)]


def _span(cell: Element, direction: str) -> int:
    """How many columns or rows ``cell`` takes."""
    return min(max(int(cell.get(direction, "1")), 1), _LARGEST_SPAN)


def columns_of(table: Element, columns: int, measure: int) -> list[int]:
    """The breadths of the columns, which fill ``measure``: as rendering/tables.py reckoned them, or else alike."""
    shares = [float(_SHARE.search(column.get("style", ""))[1]) for column in table.iterfind("colgroup/col")]
    if len(shares) != columns:
        shares = [1.0] * columns
    edges, so_far = [0], 0.0
    for share in shares:
        so_far += share
        edges.append(round(so_far / sum(shares) * measure))
    return [right - left for left, right in pairwise(edges)]
