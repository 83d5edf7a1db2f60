"""Blocks in the vocabulary of running text: tables with their spans, lists with their levels, paragraphs."""

from collections.abc import Sequence
from html import escape

import lxml.html

from disclosure.importing.blocks import AnyBlock, Cell, Paragraph, Table
from disclosure.importing.classify.splitting import Line, trimmed

# A table within a table within a table: deeper ones are read as their paragraphs.
_DEEPEST_TABLE = 3


def table_html(table: Table, caption: str = "", depth: int = 0) -> str:
    """A table; ``caption`` is plain text."""
    parts = ["<table>", f"<caption>{escape(caption, quote=False)}</caption>" if caption else ""]
    heads, rows = table.rows[: table.header_rows], table.rows[table.header_rows :]
    for name, part, is_head in (("thead", heads, True), ("tbody", rows, False)):
        if part:
            parts.append(f"<{name}>")
            parts += [_row_html(row, is_head, depth) for row in part]
            parts.append(f"</{name}>")
    return "".join([*parts, "</table>"])


def _row_html(row: Sequence[Cell], is_head: bool, depth: int) -> str:
    cells = []
    for cell in row:
        tag = "th" if cell.is_header or is_head else "td"
        spans = "".join(
            f' {name}="{span}"' for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1
        )
        cells.append(f"<{tag}{spans}>{_cell_html(cell.blocks, depth)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _cell_html(blocks: Sequence[AnyBlock], depth: int) -> str:
    filled = [block for block in blocks if block.text]
    if len(filled) == 1 and isinstance(filled[0], Paragraph) and not filled[0].list_kind:
        return trimmed(filled[0].html)
    parts, run = [], []
    for block in filled:
        if isinstance(block, Paragraph) and block.list_kind:
            run.append(block)
            continue
        parts += [list_html(run)] if run else []
        run = []
        if isinstance(block, Paragraph):
            parts.append(f"<p>{trimmed(block.html)}</p>")
        elif depth < _DEEPEST_TABLE:
            parts.append(table_html(block, depth=depth + 1))
        else:
            parts += [f"<p>{escape(line, quote=False)}</p>" for line in block.text.splitlines() if line.strip()]
    parts += [list_html(run)] if run else []
    return "".join(parts)


def list_html(paragraphs: Sequence[Paragraph]) -> str:
    """Paragraphs of drawn lists as ul and ol, the deeper ones within the item before them."""
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        tag = "ul" if paragraph.list_kind == "bullet" else "ol"
        level = paragraph.list_level
        while opened and (opened[-1][0] > level or (opened[-1][0] == level and opened[-1][1] != tag)):
            parts.append(f"</li></{opened.pop()[1]}>")
        if opened and opened[-1][0] == level:
            parts.append("</li>")
        else:
            parts.append(f"<{tag}>")
            opened.append((level, tag))
        parts.append(f"<li>{trimmed(paragraph.html)}")
    parts += [f"</li></{tag}>" for _, tag in reversed(opened)]
    return "".join(parts)


def grid_of(html: str) -> list[list[str]]:
    """The words of the first table in ``html``, one list a row; what a merged cell says stands in all it covers."""
    table = lxml.html.fragment_fromstring(html, create_parent="div").find(".//table")
    if table is None:
        return []
    grid: list[list[str]] = []
    hanging: dict[tuple[int, int], str] = {}
    for number, row in enumerate(table.iter("tr")):
        cells: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, len(cells)) in hanging:
                cells.append(hanging.pop((number, len(cells))))
            text = words_of(cell)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for step in range(across):
                for below in range(1, down):
                    hanging[number + below, len(cells) + step] = text
            cells += [text] * across
        while (number, len(cells)) in hanging:
            cells.append(hanging.pop((number, len(cells))))
        grid.append(cells)
    return grid


def words_of(element: lxml.html.HtmlElement) -> str:
    """The words of an element of a table: one line a paragraph or line break."""
    for broken in element.iter("br"):
        broken.tail = "\n" + (broken.tail or "")
    for paragraph in element.iter("p", "li"):
        paragraph.tail = "\n" + (paragraph.tail or "")
    return "\n".join(" ".join(line.split()) for line in element.text_content().splitlines() if line.strip())


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    digits = cell.get(name, "1")
    return min(max(int(digits), 1), 60) if digits.isdecimal() and len(digits) < 4 else 1


def is_drawn_list(line: Line) -> bool:
    """Whether a line is an item of a list that the word processor drew, its number not among its words."""
    paragraph = line.paragraph
    if paragraph is None or not paragraph.list_kind:
        return False
    return paragraph.list_kind == "bullet" or not paragraph.number or not line.text.startswith(paragraph.number)
