"""The tables of figures of our own Word form, read back without loss.

A table is ours by its caption (``figures.TABLE_CAPTIONS``) and its heads together; one with the same caption and other
columns is a clerk's. Cells say: a number, 「约 」 before one that is approximate, 不适用, and 未填 or nothing. A row
of ``_RECKONED_TOTALS`` was added up by the portal and is no figure of the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from disclosure.importing.extract.grids import Grid, GridCell, Value
from disclosure.report.document import NotApplicable
from disclosure.report.enums import Applicant, ChannelKind, SectionKey
from disclosure.report.figures import (
    APPLICANTS,
    CASE_OUTCOMES,
    CASES,
    FIGURES,
    RECKONED_TOTAL,
    REQUEST_ROWS,
    STATED_TOTAL,
    TABLE_CAPTIONS,
    Kind,
)

# A figure of a table: section, key, value, whether approximate, its row.
Figure = tuple[SectionKey, str, Any, bool, int]

# As the row is called now, and as it was called in files written before.
_RECKONED_TOTALS = frozenset({RECKONED_TOTAL, "各渠道之和"})
TOTAL_REASON = "总数说明"
METHODS = "评议方式"
_NAMES = {caption: name for name, caption in TABLE_CAPTIONS.items()}
_SINGLE = {
    "overview": SectionKey.OVERVIEW,
    "items": SectionKey.PROACTIVE,
    "proactive": SectionKey.PROACTIVE,
    "on_request": SectionKey.ON_REQUEST,
    "evaluation": SectionKey.EVALUATION,
    "complaints": SectionKey.COMPLAINTS,
}
_SINGLE_HEADS = ["项目", "数值", "单位"]
_HEADS = {
    # A column that no channel has anything for is left out.
    "channels": [["渠道", "名称", "数量（条）"], ["渠道", "数量（条）"], ["名称", "数量（条）"]],
    "rules": [["制度名称", "文号"], ["制度名称", "文号", "网址"]],
}


def name_of(grid: Grid) -> str:
    """Which of our tables this is, "" for a clerk's."""
    name = _NAMES.get(grid.caption.strip(), "")
    heads = [cell.text if cell else "" for cell in grid.rows[0]]
    if name in _SINGLE:
        return name if heads == _SINGLE_HEADS else ""
    if name in _HEADS:
        return name if heads in _HEADS[name] else ""
    if name == "requests":
        labels = {str(applicant.label) for applicant in Applicant} | {"件数"}
        return name if heads[0] == "项目" and len(heads) > 1 and labels.issuperset(heads[1:]) else ""
    if name == "cases":
        labels = {outcome.label for outcome in CASE_OUTCOMES} | {"总计", "件数"}
        return name if heads[0] == "类别" and len(heads) > 1 and labels.issuperset(heads[1:]) else ""
    return ""


def read(name: str, grid: Grid) -> Iterator[Figure]:
    """The figures of our table ``name``."""
    if name in _SINGLE:
        yield from _single(_SINGLE[name], grid)
    elif name == "channels":
        yield from _channels(grid)
    elif name == "rules":
        yield from _rules(grid)
    elif name == "requests":
        yield from _requests(grid)
    elif name == "cases":
        yield from _cases(grid)


def _at(grid: Grid, row: int, column: int) -> GridCell:
    line = grid.rows[row]
    return (line[column] if column < len(line) else None) or GridCell(row, column)


def _number(read_as: Value, kind: Kind = Kind.COUNT) -> int | float | NotApplicable | None:
    """The value as JSON has it; None where it is none of this kind."""
    value = read_as.value
    if value is None or isinstance(value, str):
        return value
    if value == value.to_integral_value():
        return int(value)
    return None if kind is Kind.COUNT else float(value)


def _single(section: SectionKey, grid: Grid) -> Iterator[Figure]:
    figures = {figure.label: figure for figure in FIGURES[section]}
    for row in range(1, len(grid.rows)):
        label, cell = _at(grid, row, 0).text, _at(grid, row, 1)
        if section is SectionKey.EVALUATION and label == METHODS:
            yield from ((section, "methods", line, False, row) for line in cell.lines)
        elif section is SectionKey.PROACTIVE and label in {STATED_TOTAL, TOTAL_REASON}:
            yield from _total(grid, row, cell)
        elif label in figures:
            figure, value = figures[label], cell.value
            number = _number(value, figure.kind)
            if number is not None:
                yield section, figure.key, number, value.approximate, row
            if figure.key == "total" and _is_approximate(cell):
                yield section, "total_is_approximate", True, True, row


def _is_approximate(cell: GridCell) -> bool:
    return cell.text.startswith("约")


def _channels(grid: Grid) -> Iterator[Figure]:
    kinds = {kind.label: kind.value for kind in ChannelKind}
    heads = [cell.text if cell else "" for cell in grid.rows[0]]
    last = len(grid.rows) - 1
    # What is below the channels: a channel may be called 合计 too.
    while last and _at(grid, last, 0).text in {STATED_TOTAL, TOTAL_REASON, *_RECKONED_TOTALS}:
        last -= 1
    for row in range(1, last + 1):
        cells = {head: _at(grid, row, column) for column, head in enumerate(heads)}
        value: dict[str, Any] = {}
        if "渠道" in cells and cells["渠道"].text in kinds:
            value["channel"] = kinds[cells["渠道"].text]
        if "名称" in cells and cells["名称"].text:
            value["name"] = " ".join(cells["名称"].lines)
        count = _number(cells["数量（条）"].value)
        if count is not None:
            value["count"] = count
        if _is_approximate(cells["数量（条）"]):
            value["approximate"] = True
        if value:
            yield SectionKey.PROACTIVE, "channels", value, "approximate" in value, row
    for row in range(last + 1, len(grid.rows)):
        yield from _total(grid, row, _at(grid, row, len(heads) - 1))


def _total(grid: Grid, row: int, cell: GridCell) -> Iterator[Figure]:
    key = SectionKey.PROACTIVE
    label = _at(grid, row, 0).text
    if label in _RECKONED_TOTALS:
        return
    if label == TOTAL_REASON:
        if cell.text:
            yield key, "total_reason", " ".join(cell.lines), False, row
        return
    number = _number(cell.value)
    if number is not None:
        yield key, "total", number, _is_approximate(cell), row
    if _is_approximate(cell):
        yield key, "total_is_approximate", True, True, row


def _rules(grid: Grid) -> Iterator[Figure]:
    for row in range(1, len(grid.rows)):
        name, number, url = (_at(grid, row, column) for column in range(3))
        address = url.text or name.href
        # A rule without a name shows its address.
        called = "" if name.text == address == name.href else " ".join(name.lines)
        if called or number.text or address:
            value = {"name": called, "number": " ".join(number.lines), "url": address}
            yield SectionKey.OVERVIEW, "rules", value, False, row


def _requests(grid: Grid) -> Iterator[Figure]:
    rows = {figure.label: figure.key for figure in REQUEST_ROWS}
    columns = {Applicant(applicant).label: f"by_applicant.{applicant}." for applicant in APPLICANTS}
    for row in range(1, len(grid.rows)):
        key = rows.get(_at(grid, row, 0).text)
        for column in range(1, len(grid.rows[row])):
            value = _at(grid, row, column).value
            number = _number(value)
            if key and number is not None:
                prefix = columns.get(_at(grid, 0, column).text, "")
                yield SectionKey.ON_REQUEST, prefix + key, number, value.approximate, row


def _cases(grid: Grid) -> Iterator[Figure]:
    matters = {label: key for key, label in CASES}
    outcomes = {outcome.label: outcome.key for outcome in CASE_OUTCOMES}
    for row in range(1, len(grid.rows)):
        matter = matters.get(_at(grid, row, 0).text)
        for column in range(1, len(grid.rows[row])):
            value = _at(grid, row, column).value
            number = _number(value)
            if matter and number is not None:
                outcome = outcomes.get(_at(grid, 0, column).text)
                key = f"{matter}_by.{outcome}" if outcome else matter
                yield SectionKey.COMPLAINTS, key, number, value.approximate, row
