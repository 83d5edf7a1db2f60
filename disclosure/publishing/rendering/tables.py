"""What a table needs on paper and the closed vocabulary of HTML cannot say: a head, the breadths of its columns, and
classes for ``pdf.css``.

All of it is decided from the words in the cells, before anything is laid out. WeasyPrint could find the breadths itself,
but in Chinese, which has no spaces, it takes time with the square of a cell's length: seconds for a long one.
"""

import re
from itertools import takewhile
from math import ceil, sqrt
from xml.etree.ElementTree import Element, SubElement

from disclosure.publishing.rendering.title import width

# In points: the breadth of the type area; and above how many columns the text has which size, a cell adds how much to
# its breadth, and the table has which class. As in pdf.css.
_MEASURE = 442.2
_SIZES = ((11, 9.0, 4.5, "is-very-wide"), (5, 10.5, 6.5, "is-wide"), (0, 12.0, 10.5, ""))
# In lines; a page has 37. A row that is higher may be broken, a table that is not higher is kept whole.
_TALL_ROW = 9
_SMALL_TABLE = 10
# By how much a row that is part of the one above is set in, in characters; as in pdf.css.
_INDENT = 1.5
# Latin letters are a little broader than the half character that ``width`` counts.
_SLACK = 0.5
# A longer word is not broken into pieces shorter than this.
_FEWEST = 4.0
# A line that is not longer is not broken.
_SHORT = 6.0
_LATIN_WORD = re.compile(r"[!-~]+")
_BLOCKS = frozenset({"p", "li", "br"})


def prepare_tables(root: Element, latin: float = 1.1) -> None:
    """Give every table under ``root`` its head, its columns and its classes, in place.

    ``latin`` is how much broader than half a character a Latin letter or digit may be; where the fonts are not known,
    as in a Word file, it is more.

    ``table.is-small`` is kept on one page; ``is-wide`` and ``is-very-wide`` have many columns; ``tr.is-tall`` may be
    broken.
    """
    for table in root.iter("table"):
        _head(table)
        rows = list(table.iter("tr"))
        columns = max((sum(_span(cell) for cell in row) for row in rows), default=0)
        if columns == 0:
            continue
        size, padding, name = next(tuple(rest) for most, *rest in _SIZES if columns > most)
        _add_class(table, name)
        places = list(_places(rows, columns))
        breadths = _breadths(rows, places, columns, (_MEASURE - columns * padding) / size, latin)
        _set_columns(table, breadths, padding / size)
        heights = [1] * len(rows)
        for index, column, cell in places:
            breadth = sum(breadths[column : column + _span(cell)])
            lines = sum(ceil(width(line) / breadth) for line in _lines(cell))
            heights[index] = max(heights[index], ceil(lines / _span(cell, "rowspan")))
        for row, height in zip(rows, heights, strict=True):
            _add_class(row, "is-tall" if height > _TALL_ROW else "")
        _add_class(table, "is-small" if sum(heights) <= _SMALL_TABLE else "")


def _head(table: Element) -> None:
    """Move the rows of header cells that open the body into a ``thead``, which alone is repeated on each page.

    The editor writes a header row as ``<tbody><tr><th>``. A table that has a head already, or that would be all
    head, stays as it is.
    """
    body = table.find("tbody")
    if body is None or table.find("thead") is not None:
        return
    rows = list(body)
    heads = list(takewhile(lambda row: len(row) and all(cell.tag == "th" for cell in row), rows))
    if not heads or len(heads) == len(rows) or _reach_below(heads):
        return
    head = SubElement(table, "thead")
    table.remove(head)
    table.insert(list(table).index(body), head)
    for row in heads:
        body.remove(row)
        head.append(row)


def _reach_below(rows: list[Element]) -> bool:
    """Whether a cell of ``rows`` spans into the rows below them, from which it cannot be parted."""
    return any(index + _span(cell, "rowspan") > len(rows) for index, row in enumerate(rows) for cell in row)


def _places(rows: list[Element], columns: int):
    """Each cell with the index of its row and of its first column, in reading order."""
    taken = [0] * columns
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < columns and taken[column] > index:
                column += 1
            if column >= columns:
                break
            yield index, column, cell
            for spanned in range(column, min(columns, column + _span(cell))):
                taken[spanned] = index + _span(cell, "rowspan")
            column += _span(cell)


def _breadths(rows: list[Element], places, columns: int, room: float, latin: float) -> list[float]:
    """How broad the text of each column may be, in characters; together they fill ``room``.

    Short columns get what they want, and long ones share the rest by the square root of their length, which keeps the
    table low. Where all fit, the columns grow alike.
    """
    wanted, least = [2.0] * columns, [_FEWEST] * columns
    for index, column, cell in places:
        if _span(cell) == 1:
            lines = _lines(cell)
            longest_word = max((width(word) * latin for line in lines for word in _LATIN_WORD.findall(line)), default=0)
            indent = _INDENT if column == 0 and "is-part" in rows[index].get("class", "") else 0
            wanted[column] = max(wanted[column], *(width(line) + _SLACK + indent for line in lines))
            # An address does not push the other columns aside: it is broken.
            least[column] = max(least[column], min(longest_word + _SLACK, room / 4))
            # Nor is a short name or heading.
            shortest = max((width(line) for line in lines if width(line) <= _SHORT), default=0)
            wanted[column] = max(wanted[column], least[column])
            least[column] = max(least[column], shortest + _SLACK)
    least = [min(pair) for pair in zip(least, wanted, strict=True)]
    if sum(least) > room:
        return [breadth * room / sum(least) for breadth in least]
    if sum(wanted) <= room:
        return [breadth * room / sum(wanted) for breadth in wanted]
    breadths, waiting = list(least), set(range(columns))
    rest = room - sum(least)
    while waiting:
        weights = {column: sqrt(wanted[column] - least[column]) for column in waiting}
        total = sum(weights.values()) or 1
        content = {c for c in waiting if wanted[c] - least[c] <= rest * weights[c] / total}
        if not content:
            for column in waiting:
                breadths[column] += rest * weights[column] / total
            break
        for column in content:
            breadths[column] = wanted[column]
            rest -= wanted[column] - least[column]
        waiting -= content
    return breadths


def _set_columns(table: Element, breadths: list[float], padding: float) -> None:
    total = sum(breadths) + padding * len(breadths)
    group = Element("colgroup")
    for breadth in breadths:
        SubElement(group, "col", style=f"width: {(breadth + padding) / total:.4%}")
    caption = table.find("caption")
    table.insert(0 if caption is None else list(table).index(caption) + 1, group)


def _span(cell: Element, direction: str = "colspan") -> int:
    return int(cell.get(direction, "1"))


def _lines(cell: Element) -> list[str]:
    """The words of ``cell``, one entry a paragraph; at least one."""
    lines = [cell.text or ""]
    for inner in cell.iter():
        if inner is not cell:
            if inner.tag in _BLOCKS:
                lines.append("")
            lines[-1] += inner.text or ""
            lines[-1] += inner.tail or ""
    return [stripped for line in lines if (stripped := line.strip())] or [""]


def _add_class(element: Element, name: str) -> None:
    if name:
        element.set("class", f"{element.get('class', '')} {name}".strip())
