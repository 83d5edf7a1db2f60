"""Reads ``skeletons.txt``: reports of many shapes with what each line is; see there for the form."""

import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from disclosure.importing.blocks import Cell, Paragraph, Source, Table

PATH = Path(__file__).with_name("skeletons.txt")
HARDER = Path(__file__).with_name("skeletons_harder.txt")
_BODY = {"face": "仿宋_GB2312", "size": 16.0}
_LOOKS = {
    "": _BODY,
    "-": {},
    "c": {"face": "方正小标宋简体", "size": 22.0, "alignment": "center"},
    "cb": _BODY | {"bold": True, "alignment": "center"},
    "hei": _BODY | {"face": "黑体"},
    "kai": _BODY | {"face": "楷体_GB2312"},
    "b": _BODY | {"bold": True},
    "r": _BODY | {"alignment": "right"},
    "o1": _BODY | {"outline": 1, "style": "heading 1", "face": "黑体"},
    "o2": _BODY | {"outline": 2, "style": "heading 2", "face": "楷体"},
    "o3": _BODY | {"outline": 3, "style": "heading 3"},
    "li": _BODY | {"list_kind": "bullet", "style": "List Bullet"},
    "ln": _BODY | {"list_kind": "number", "style": "List Number", "number": "1."},
    "hd": _BODY | {"origin": "header"},
}
_PLACES = {"title": "head", "addressee": "head", "preamble": "head", "organisation": "head", "date": "head"}


@dataclass
class Skeleton:
    """A report: its source, and what each piece of it is as (what, words without blanks)."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
    expected: list[tuple[str, str]] = field(default_factory=list)


def read(path: Path = PATH) -> list[Skeleton]:
    """All the reports of the file."""
    skeletons = []
    for part in path.read_text(encoding="utf-8").split("\n### ")[1:]:
        name, *lines = part.splitlines()
        skeletons.append(_skeleton(name, lines))
    return skeletons


def _skeleton(name: str, lines: list[str]) -> Skeleton:
    skeleton = Skeleton(name)
    blocks, cell = [], None
    for line in lines:
        if line == "@cell":
            cell = []
        elif line == "@end":
            blocks.append(Table(rows=((Cell(blocks=tuple(cell)),),)))
            cell = None
        elif line.startswith("@"):
            for fact, value in re.findall(r"@(\w+) ([^@]*)", line):
                skeleton.facts[fact] = value.strip()
        elif line.strip():
            what, look, words = (piece.strip(" ") for piece in line.split("|", 2))
            (blocks if cell is None else cell).append(_block(look, words))
            pieces = zip(what.split("¦"), words.split("¦"), strict=True)
            skeleton.expected += [(kind.strip(), plain(piece)) for kind, piece in pieces]
    skeleton.source = Source(blocks=tuple(blocks))
    return skeleton


def _block(look: str, words: str):
    words = words.replace("¦", "")
    if look == "table":
        rows = tuple(
            tuple(
                Cell(blocks=(Paragraph(html=escape(text.strip(), quote=False)),) if text.strip() else ())
                for text in row.split(";")
            )
            for row in re.split(r" // ", words)
        )
        return Table(rows=rows)
    return Paragraph(html=escape(words, quote=False).replace("↵", "<br>"), **_LOOKS[look])


def plain(text: str) -> str:
    """The words without blanks, breaks and the signs of the skeletons' form."""
    return re.sub(r"\s|//|[↵;]", "", text)


def placed(proposal) -> list[tuple[str, str]]:
    """What a proposal says of each block, in the skeletons' terms; a list counts by its items."""
    found = []
    for block in proposal.blocks:
        kind = _kind(block)
        if kind.endswith((".ul", ".ol")):
            found += [(kind, plain(item)) for item in block.text.splitlines() if item.strip()]
        else:
            found.append((kind, plain(block.text)))
    return found


def _kind(block) -> str:
    if block.role == "left_out":
        return "out"
    if block.role == "heading":
        return f"{block.place}="
    if block.role != "text":
        return str(block.role.value)
    tag = re.match(r"<(\w+)", block.html)[1]
    return str(block.place.value) if tag == "p" else f"{block.place.value}.{tag}"
