"""What a case must come to: its pieces of text with their places, head, contacts and figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.disclosure.importing.corpus.markup import Fact

HEAD, CONTACTS = "head", "contacts"


@dataclass(frozen=True)
class Piece:
    """A passage of the file, in one block or a part of one. ``places`` are those that are right; None is left out.

    ``kind``: heading (of a section), subheading, minor (below that), item (of a list), cell, head, annex, letterhead, toc,
    margin, note.
    ``number`` is what the word processor generates before it. ``may_go``: a page header or a table of contents need not
    be read at all. ``line`` is the line of the layout that it stands in: pieces of one line and kind are one block.
    """

    text: str
    places: frozenset[str | None]
    kind: str = "text"
    number: str = ""
    may_go: bool = False
    line: int = -1


@dataclass(frozen=True)
class Person:
    role: str
    name: str
    position: str
    office_phone: str
    mobile: str
    email: str


@dataclass
class Truth:
    """``headings`` holds, section by section, every wording that is right. ``period`` is None where nothing tells it;
    ``absent`` are strings that the file holds, but that nobody reads: deleted text, comments."""

    school: str = ""
    title: str = ""
    label: str = ""
    years: frozenset[int] = frozenset()
    period: tuple[str, str] | None = None
    addressee: str = ""
    preamble: str = ""
    organisation: str = ""
    date: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    headings: dict[str, list[str]] = field(default_factory=dict)
    contacts: list[Person] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
