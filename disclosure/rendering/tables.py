"""Header rows of the school's own tables, so that they stand on each page a table runs to."""

from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement


def head_tables(root: Element) -> None:
    """Move the rows of header cells that open a table's body into a head of its own, in place.

    The editor writes a header row as ``<tbody><tr><th>``: on paper only a ``thead`` is repeated. A table that has a
    head already, or that would be all head, is left alone.
    """
    for table in root.iter("table"):
        bodies = table.findall("tbody")
        if not bodies or table.find("thead") is not None:
            continue
        body = bodies[0]
        rows = list(body)
        heads = list(takewhile(_is_head, rows))
        if not heads or len(heads) == len(rows) or _reaches_below(heads):
            continue
        head = SubElement(table, "thead")
        table.remove(head)
        table.insert(list(table).index(body), head)
        for row in heads:
            body.remove(row)
            head.append(row)


def _is_head(row: Element) -> bool:
    cells = list(row)
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _reaches_below(rows: list[Element]) -> bool:
    """Whether a cell of ``rows`` spans into the rows below them, from which it cannot be parted."""
    return any(index + int(cell.get("rowspan", "1")) > len(rows) for index, row in enumerate(rows) for cell in row)
