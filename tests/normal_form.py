"""A report in the form in which two are compared that shall say the same: before it went out as Word, and after.

What is evened out here is all that a Word file may change, each with its reason:

- **White space.** HTML shows any run of it as one space and none at the ends of a line; Word has no other.
- **Who wraps whom.** ``<strong><em>`` and ``<em><strong>``, one bold run or two that touch: Word's runs stand side by
  side, each with its marks. A mark on nothing but spaces is not seen. Of subscript and superscript the inner one shows.
- **Lines.** A further paragraph of an entry of a list is a further line of it: Word would give it a number of its own.
  So in a cell, whose only paragraph may come back without its ``<p>``. Ends of lines at the ends of a block are not seen.
- **thead and tbody.** The rows of header cells on top are the head, wherever the editor put them. A row that is shorter
  than the table is filled up, as browsers show it; a row without a cell goes.
- **Lists that touch** are one list: nothing in Word tells two lists apart that look alike and follow each other, but the
  number at which they begin, which a clerk may change.
- **Addresses** come back with what may not stand in an address written as %XX.
- **Figures.** A channel, a rule, a contact without anything in it is none; 约 says nothing beside 不适用.
- The **addressee** without its colon, which every page adds.

Year, label, period, school and province are not compared: a Word file tells them in prose only.
"""

import io
import re
from urllib.parse import quote
from xml.etree.ElementTree import Element

import tinyhtml5

from disclosure.report.document import Document
from disclosure.report.enums import MANDATED

_WHITE = re.compile(r"\s+")
_MARKS = {"strong": "strong", "em": "em", "sub": "sub", "sup": "sup"}
_BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "table", "div"})


def normal(document: Document) -> dict:
    """The document as plain values; two that are equal say the same."""
    return {
        "title": line(document.title),
        "addressee": line(document.addressee).rstrip(" :："),
        "preamble": blocks(document.preamble),
        "sections": {
            key.value: {
                "heading": line(document.sections[key].heading),
                "body": blocks(document.sections[key].body),
                "figures": figures(document.sections[key].figures.model_dump(mode="json")),
            }
            for key in MANDATED
        },
        "contacts": [
            {name: line(value) for name, value in contact.model_dump(mode="json").items()}
            for contact in document.contacts
            if not contact.is_empty
        ],
        "signature": (line(document.signature.organisation), document.signature.date),
    }


def line(text: str) -> str:
    """One line of text."""
    return _WHITE.sub(" ", text).strip()


def figures(values):
    """Figures without what is empty in them."""
    if isinstance(values, dict):
        inner = {key: figures(value) for key, value in values.items()}
        kept = {key: value for key, value in inner.items() if value not in ("", None, [], {}, False)}
        for number, mark in (("total", "total_is_approximate"), ("count", "approximate")):
            if kept.get(number) == "n/a":
                kept.pop(mark, None)
        return kept
    if isinstance(values, list):
        return [one for one in (figures(value) for value in values) if one not in ("", None, [], {})]
    return line(values) if isinstance(values, str) else values


def blocks(html: str) -> list:
    """Running text as a list of blocks: kind, and lines of runs (words, marks, address), or entries, or rows."""
    return _merged(
        _blocks(tinyhtml5.parse(io.StringIO(f"<div>{html}</div>"), namespace_html_elements=False).find("body/div"))
    )


def _blocks(element: Element) -> list:
    found, runs = [], []

    def flush():
        if lines := _lines(runs):
            found.append(("p", lines))
        runs.clear()

    def walk(parent, marks, address):
        _say(runs, parent.text, marks, address)
        for child in parent:
            if child.tag == "br":
                runs.append(None)
            elif child.tag in ("h3", "h4", "p", "div"):
                flush()
                before = len(found)
                walk(child, marks, address)
                flush()
                if child.tag in ("h3", "h4"):
                    found[before:] = [(child.tag, one[1]) if one[0] == "p" else one for one in found[before:]]
            elif child.tag in ("ul", "ol"):
                flush()
                items = [_item(entry) for entry in child if entry.tag == "li"]
                found.append((child.tag, [item for item in items if item]))
            elif child.tag == "table":
                flush()
                found.append(_table(child))
            else:
                mark = _MARKS.get(child.tag)
                if mark in ("sub", "sup"):
                    inner = (marks - {"sub", "sup"}) | {mark}
                else:
                    inner = marks | {mark} if mark else marks
                href = child.get("href") if child.tag == "a" else None
                walk(child, inner, quote(href, safe="!#$%&'()*+,/:;=?@~") if href else address)
            _say(runs, child.tail, marks, address)

    walk(element, frozenset(), "")
    flush()
    return found


def _say(runs, text, marks, address) -> None:
    if text:
        runs.append((text, marks, address))


def _lines(runs) -> tuple:
    """Runs as lines, white space evened out, like runs joined, empty lines at the ends dropped."""
    lines = [[]]
    for run in runs:
        if run is None:
            lines.append([])
        else:
            lines[-1].append(run)
    told = [_line(runs) for runs in lines]
    while told and not told[0]:
        told.pop(0)
    while told and not told[-1]:
        told.pop()
    return tuple(told)


def _line(runs) -> tuple:
    characters = []
    for text, marks, address in runs:
        for character in text:
            if character.isspace():
                if characters and characters[-1][0] != " ":
                    characters.append((" ", frozenset(), ""))
            else:
                characters.append((character, marks, address))
    while characters and characters[-1][0] == " ":
        characters.pop()
    joined = []
    for index, (character, marks, address) in enumerate(characters):
        if character == " ":
            # A space between two like runs belongs to them.
            before, after = characters[index - 1], characters[index + 1]
            marks, address = before[1:] if before[1:] == after[1:] else (frozenset(), "")
        if joined and joined[-1][1:] == (marks, address):
            joined[-1] = (joined[-1][0] + character, marks, address)
        else:
            joined.append((character, marks, address))
    return tuple((text, tuple(sorted(marks)), address) for text, marks, address in joined)


def _item(entry: Element) -> list:
    """An entry: its first lines, then the lists and tables in it."""
    return _folded(_blocks(entry))


def _folded(found: list) -> list:
    """Paragraphs that follow each other as lines of one."""
    folded = []
    for kind, inner in found:
        if kind == "p" and folded and folded[-1][0] == "p":
            folded[-1] = ("p", folded[-1][1] + inner)
        else:
            folded.append((kind, inner))
    return folded


def _merged(found: list) -> list:
    """Lists of one kind that follow each other as one."""
    merged = []
    for kind, inner in found:
        if kind in ("ul", "ol"):
            inner = [_merged(item) for item in inner]
            if merged and merged[-1][0] == kind:
                merged[-1] = (kind, merged[-1][1] + inner)
                continue
        merged.append((kind, inner))
    return merged


def _table(table: Element) -> tuple:
    caption = table.find("caption")
    rows = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("th", "td")]
        if cells:
            rows.append(cells)
    told = [
        [
            (
                cell.tag if _folded(_blocks(cell)) else "td",
                int(cell.get("colspan", 1)),
                int(cell.get("rowspan", 1)),
                _merged(_folded(_blocks(cell))),
            )
            for cell in row
        ]
        for row in rows
    ]
    return ("table", (_lines([("".join(caption.itertext()), frozenset(), "")]) if caption is not None else (), told))
