"""How near a proposal comes to the truth.

The words are aligned without regard to how the import cut them into blocks: each piece of the truth is looked for in
the words of all blocks together (without white space), each letter being taken once. What is not found is lost, what
is left over was doubled or made up. A block of the truth is right if all its pieces stand in a right place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from disclosure.chinese.numerals import narrow
from disclosure.importing.proposal import BlockRole, Proposal, ProposedFigure
from disclosure.richtext import to_text
from tests.disclosure.importing.corpus.markup import CHANNELS, Fact
from tests.disclosure.importing.corpus.truth import Piece, Truth

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
# What the import makes of the mark of a footnote.
_NOTE_MARK = re.compile(r"\[\d{1,2}\]")
# What may stand between two pieces of one paragraph, or be a number that the word processor made.
_HARMLESS = re.compile(r"^[。：:；•·]*$|^（盖章）$|^(?:\d{1,2}[.)、．]|[（(]\d{1,2}[)）])$")


def squeezed(text: str) -> str:
    return _SPACE.sub("", text)


@dataclass
class Score:
    """Right and asked, measure by measure; the faults in words; the features of the case."""

    name: str
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0

    def say(self, measure: str, is_right: bool, fault: str = "") -> None:
        self.asked[measure] += 1
        self.right[measure] += is_right
        if not is_right and fault:
            self.faults.append(f"[{measure}] {fault}")


def score(name: str, truth: Truth, proposal: Proposal, interchange: dict[str, Any]) -> Score:
    result = Score(name)
    _text(result, truth, proposal)
    _headings(result, truth, interchange)
    _head(result, truth, interchange)
    _contacts(result, truth, interchange)
    _figures(result, truth, proposal.figures)
    return result


# The words and their places


class _Alignment:
    """Where each piece of the truth stands in the words of the proposal."""

    def __init__(self, pieces: list[Piece], proposal: Proposal) -> None:
        self.words, self.owner = "", []
        for index, block in enumerate(proposal.blocks):
            words = _NOTE_MARK.sub("", squeezed(to_text(block.html)))
            self.words += words
            self.owner += [index] * len(words)
        self.taken = bytearray(len(self.words))
        self.at: dict[int, tuple[int, int]] = {}
        sought = [squeezed(piece.text) for piece in pieces]
        # The longest first: they cannot be mistaken, and tell between which places a short one must stand.
        for index in sorted(range(len(pieces)), key=lambda i: (pieces[i].may_go, -len(sought[i]), i)):
            self._place(index, sought[index])

    def _place(self, index: int, words: str) -> None:
        before = max((self.at[i][1] for i in self.at if i < index), default=0)
        after = min((self.at[i][0] for i in self.at if i > index), default=len(self.words))
        for start, end in ((before, after), (0, len(self.words))):
            found = self.words.find(words, start, end)
            while found >= 0 and any(self.taken[found : found + len(words)]):
                found = self.words.find(words, found + 1, end)
            if found >= 0:
                self.at[index] = (found, found + len(words))
                self.taken[found : found + len(words)] = b"\1" * len(words)
                return

    def left_over(self) -> list[str]:
        """Runs of words, block by block, that no piece of the truth accounts for."""
        runs: list[str] = []
        last = None
        for at, taken in enumerate(self.taken):
            if taken:
                last = None
            elif last == self.owner[at]:
                runs[-1] += self.words[at]
            else:
                runs.append(self.words[at])
                last = self.owner[at]
        return [run for run in runs if not _HARMLESS.match(run)]


def _text(result: Score, truth: Truth, proposal: Proposal) -> None:
    pieces = [piece for piece in truth.pieces if squeezed(piece.text)]
    alignment = _Alignment(pieces, proposal)
    blocks: dict[tuple[int, str], list[tuple[Piece, bool, str]]] = {}
    for index, piece in enumerate(pieces):
        if index not in alignment.at:
            if not piece.may_go:
                result.lost += len(squeezed(piece.text))
                result.faults.append(f"[lost] {piece.kind} 「{piece.text[:60]}」")
            continue
        start, end = alignment.at[index]
        owner = Counter(alignment.owner[start:end]).most_common(1)[0][0]
        block = proposal.blocks[owner]
        place = None if block.role == BlockRole.LEFT_OUT or block.place is None else block.place.value
        blocks.setdefault((piece.line, piece.kind), []).append((piece, place in piece.places, str(place)))
        if piece.kind == "subheading":
            result.say("subheadings", block.html.startswith(("<h3", "<h4")), f"a paragraph: {piece.text[:40]}")
        elif piece.kind == "text":
            result.say("paragraphs", not block.html.startswith(("<h3", "<h4")), f"a heading: {piece.text[:40]}")
        elif piece.kind == "item":
            listed = "<li" in block.html or squeezed(block.text).startswith(piece.number)
            result.say("list items", listed, f"neither listed nor numbered: {piece.text[:40]}")
    for parts in blocks.values():
        if parts[0][0].kind in ("toc", "margin"):
            measure = "left out"
        else:
            measure = "blocks in place"
        wrong = [
            f"{part.kind} in {place}, not {_names(part)}: {part.text[:40]}" for part, fits, place in parts if not fits
        ]
        result.say(measure, not wrong, wrong[0] if wrong else "")
    for run in alignment.left_over():
        result.doubled += len(run)
        result.faults.append(f"[doubled] 「{run[:80]}」")
    for words in truth.absent:
        result.say("not read", words not in alignment.words, f"read what is deleted or a comment: {words}")


def _names(piece: Piece) -> str:
    return "/".join(sorted(str(place) for place in piece.places))


def _headings(result: Score, truth: Truth, interchange: dict[str, Any]) -> None:
    bare = re.compile(r"[\s/。：:　]+")
    for section, wordings in truth.headings.items():
        told = bare.sub("", interchange["sections"].get(section, {}).get("heading") or "")
        right = {bare.sub("", wording) for wording in wordings} | {bare.sub("", "".join(wordings))}
        result.say("headings", told in right, f"{section}: {told!r}, not {' / '.join(wordings)!r}")


# Head and contacts


def _head(result: Score, truth: Truth, interchange: dict[str, Any]) -> None:
    def same(measure: str, told: str | None, right: str | None) -> None:
        told, right = squeezed(to_text(told or "")), squeezed(right or "")
        result.say(measure, told == right, f"{told[:90]!r}, not {right[:90]!r}")

    same("title", interchange.get("title"), truth.title)
    same("school", (interchange.get("school") or {}).get("name"), truth.school)
    same("label", narrow(interchange.get("label") or ""), narrow(truth.label))  # however wide its digits and dash are
    same("addressee", (interchange.get("addressee") or "").rstrip("：:"), truth.addressee)
    same("preamble", interchange.get("preamble"), truth.preamble)
    signature = interchange.get("signature") or {}
    same("organisation", signature.get("organisation"), truth.organisation)
    same("date", signature.get("date"), truth.date)
    year = interchange.get("year")
    result.say("year", year in truth.years, f"{year}, not {sorted(truth.years)}")
    if truth.period:
        period = interchange.get("period") or {}
        told = (str(period.get("start")), str(period.get("end")))
        result.say("period", told == truth.period, f"{told}, not {truth.period}")


def _contacts(result: Score, truth: Truth, interchange: dict[str, Any]) -> None:
    told = {person["role"]: person for person in interchange.get("contacts") or []}
    for person in truth.contacts:
        found = told.get(person.role) or {}
        for name in ("name", "position", "office_phone", "mobile", "email"):
            right = squeezed(getattr(person, name))
            value = squeezed(str(found.get(name) or ""))
            result.say("contacts", value == right, f"{person.role}.{name}: {value!r}, not {right!r}")
    if not truth.contacts:
        result.say("contacts", not told, f"people where there are none: {list(told.values())}")


# Figures


def _flat(figure: ProposedFigure) -> Fact | None:
    """A proposed figure as a fact; None for what is not judged."""
    value, key, approximate = figure.value, figure.key, figure.approximate
    if key == "channels":
        approximate = approximate or bool(value.get("approximate"))
        return Fact(figure.section.value, value.get("channel") or "", value.get("count"), approximate)
    if key == "rules":
        return Fact(figure.section.value, "rule", value.get("name") or "")
    if key in ("methods", "total_is_approximate", "total_reason"):
        return None
    return Fact(figure.section.value, key, value, approximate and key == "total")


def _fits(told: Fact, right: Fact) -> bool:
    """Whether a proposed figure is this one. A channel whose kind the import leaves open is not wrong."""
    if told.section != right.section:
        return False
    if right.key == "rule":
        return told.key == "rule" and _rule(told.value) == _rule(right.value)
    if told.value != right.value:
        return False
    if right.key in CHANNELS:
        return told.key in ("", right.key) and told.approximate == right.approximate
    if right.key == "total" and told.approximate != right.approximate:
        return False
    return told.key == right.key


def _rule(name: object) -> str:
    """A rule's name without what colleges write around it."""
    return re.sub(r"[《》〈〉<>]|[(（](?:试行|修订|暂行)[)）]|\s", "", str(name))


def _is_implied(told: Fact, facts: list[Fact]) -> bool:
    """Where nothing was received, nothing was granted either; where nobody complained, nobody went to court."""
    root = {"on_request": "received", "complaints": "reports"}.get(told.section)
    return told.value == 0 and any(fact.key == root and fact.value == 0 for fact in facts)


def _figures(result: Score, truth: Truth, figures: tuple[ProposedFigure, ...]) -> None:
    pairs = [(fact, figure.sentence) for figure in figures if (fact := _flat(figure))]
    left = [fact for fact, _ in pairs]
    for right in truth.facts:
        if not right.must:
            continue
        found = next((fact for fact in left if _fits(fact, right)), None)
        # A figure that the text says twice is proposed once or twice.
        result.say(
            "figures found",
            found is not None,
            f"missing {right.section}.{right.key} = {_value(right)} of 「{right.sentence[:60]}」",
        )
        if found:
            left.remove(found)
    for fact, sentence in pairs:
        fits = any(_fits(fact, right) for right in truth.facts) or _is_implied(fact, truth.facts)
        result.say("figures right", fits, f"wrong {fact.section}.{fact.key} = {_value(fact)} from 「{sentence[:60]}」")


def _value(fact: Fact) -> str:
    return ("≈" if fact.approximate else "") + str(fact.value)
