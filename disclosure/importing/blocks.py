"""The plain tree of blocks that a file is read into: paragraphs and tables in reading order, and nothing else.

The first of the two steps of an import. A block knows what it says and how it looked, since in real reports a heading
is often told by its face alone; it does not know what it means, which is the second step's to say.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from disclosure.report.values import Value
from disclosure.richtext import to_text

ListKind = Literal["", "bullet", "number"]
Alignment = Literal["", "left", "center", "right"]
Origin = Literal["body", "textbox", "footnote", "header"]


class Paragraph(Value):
    """One paragraph. ``html`` is inline HTML of the vocabulary (strong, em, sub, sup, br, a), escaped.

    A number that the word processor generates stands at the beginning of ``html`` as text, and once more in ``number``.
    ``outline`` is the heading level from 1 to 9 that the style or the paragraph itself gives, 0 for running text;
    ``size`` is in points, None where the file does not say; ``face`` is the name of the East Asian font. ``bold``,
    ``size`` and ``face`` are those of most of its characters. A paragraph of a list that a word processor drew has
    ``list_kind`` and ``list_level`` (0 is outermost), and for bullets no number.
    """

    kind: Literal["paragraph"] = "paragraph"
    html: str
    number: str = ""
    style: str = ""
    outline: int = Field(default=0, ge=0, le=9)
    list_kind: ListKind = ""
    list_level: int = 0
    alignment: Alignment = ""
    size: float | None = None
    face: str = ""
    bold: bool = False
    page_break_before: bool = False
    origin: Origin = "body"

    @property
    def text(self) -> str:
        """The words, one line a line break."""
        return to_text(self.html).strip()


class Cell(Value):
    """A cell with the blocks in it; spans count grid columns and rows."""

    blocks: tuple[AnyBlock, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    is_header: bool = False

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks).strip()


class Table(Value):
    """A table by rows; a row holds the cells that begin in it. ``header_rows`` of them repeat on each page."""

    kind: Literal["table"] = "table"
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    style: str = ""
    description: str = ""

    @property
    def text(self) -> str:
        """The words, one line a row, cells parted by a tab."""
        return "\n".join("\t".join(cell.text for cell in row) for row in self.rows).strip()


AnyBlock = Annotated[Paragraph | Table, Field(discriminator="kind")]


class Source(Value):
    """A file as it was read: its blocks, and sentences (Chinese) on what was left out, such as its pictures."""

    blocks: tuple[AnyBlock, ...] = ()
    notices: tuple[str, ...] = ()


Cell.model_rebuild()
Table.model_rebuild()
Source.model_rebuild()
