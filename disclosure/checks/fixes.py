"""Taking the fix that a finding offers: shown first, then applied. Pure: a document in, a document out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from disclosure.checks.base import Edit, Finding
from disclosure.checks.texts import Text, everything
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey
from disclosure.richtext.diff import Change, Piece

# Characters around a change that show where it stands.
AROUND = 10


@dataclass(frozen=True)
class Snippet:
    """A change in a line or two: what stands before it, goes, comes, and stands behind it.

    ``is_cut_before`` and ``is_cut_after`` say whether the line goes on there.
    """

    pieces: tuple[Piece, ...]
    is_cut_before: bool = False
    is_cut_after: bool = False


def text_of(document: Document, section: SectionKey, field: str) -> Text:
    """The text that a finding is about. Raises ``KeyError`` where the field is none."""
    for text in everything(document):
        if (text.section, text.field) == (section, field):
            return text
    raise KeyError(f"{section}.{field}")


def fixed(document: Document, finding: Finding) -> Document:
    """``document`` with the fix taken. Raises ``texts.Outdated`` where the text has changed since."""
    return all_fixed(document, [finding])


def all_fixed(document: Document, findings: Iterable[Finding]) -> Document:
    """``document`` with the fixes of ``findings`` taken; of two that touch the same words the first is taken.

    Raises ``texts.Outdated`` where a text has changed since.
    """
    data = document.to_json()
    for (section, field), edits in _by_field(findings).items():
        holder, key = _holder(data, section, field)
        holder[key] = text_of(document, section, field).edited(edits)
    return Document.model_validate(data)


def snippets(document: Document, findings: Iterable[Finding]) -> tuple[Snippet, ...]:
    """The fixes of ``findings`` before they are taken, in a few words each, in the order of the text.

    Changes that stand close together in a line are one snippet. A fix for a text that has changed since shows nothing.
    """
    shown = []
    for (section, field), edits in _by_field(findings).items():
        text = text_of(document, section, field)
        if any(text.text[edit.start : edit.end] != edit.old for edit in edits):
            continue
        close: list[Edit] = []
        for edit in sorted(edits, key=lambda one: one.start):
            if close and not _are_close(text, close[-1], edit):
                shown.append(_snippet(text, close))
                close = []
            close.append(edit)
        shown.append(_snippet(text, close))
    return tuple(shown)


def around(text: Text, start: int, end: int, length: int) -> tuple[str, str]:
    """The words of the same line before and after a passage, at most ``length`` characters each."""
    before = text.text[:start].rpartition("\n")[2].rpartition("\t")[2]
    after = text.text[end:].partition("\n")[0].partition("\t")[0]
    return before[-length:], after[:length]


def _are_close(text: Text, one: Edit, other: Edit) -> bool:
    between = text.text[one.end : other.start]
    return len(between) <= 2 * AROUND and not any(mark in between for mark in "\n\t")


def _snippet(text: Text, edits: Sequence[Edit]) -> Snippet:
    start, end = edits[0].start, edits[-1].end
    before, after = around(text, start, end, AROUND)
    pieces, at = [Piece(Change.KEPT, before)], start
    for edit in edits:
        pieces += [
            Piece(Change.KEPT, text.text[at : edit.start]),
            Piece(Change.REMOVED, edit.old),
            Piece(Change.ADDED, edit.new),
        ]
        at = edit.end
    pieces.append(Piece(Change.KEPT, after))
    whole_before, whole_after = around(text, start, end, AROUND + 1)
    return Snippet(
        tuple(piece for piece in pieces if piece.text),
        len(whole_before) > len(before),
        len(whole_after) > len(after),
    )


def _by_field(findings: Iterable[Finding]) -> dict[tuple[SectionKey, str], list[Edit]]:
    """The edits by field. A fix is taken whole or not at all: one that touches the words of an earlier one is not."""
    taken: dict[tuple[SectionKey, str], list[Edit]] = {}
    for finding in findings:
        if finding.fix is None:
            continue
        edits = taken.setdefault((finding.section, finding.field), [])
        if not any(_touch(one, other) for one in finding.fix.edits for other in edits):
            edits += finding.fix.edits
    return taken


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits change the same words, or put words in at the same place."""
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def _holder(data: dict[str, Any], section: SectionKey, field: str) -> tuple[dict[str, Any], str]:
    """The object of the interchange form that holds ``field``, and its key there."""
    if section is SectionKey.HEAD:
        return (data["signature"], "organisation") if field == "signature_organisation" else (data, field)
    list_name, _, rest = field.partition("-")
    if section is SectionKey.CONTACTS:
        index, _, key = rest.partition("-")
        return data["contacts"][int(index)], key
    section_data = data["sections"][section.value]
    if field in ("heading", "body"):
        return section_data, field
    if not rest:
        return section_data["figures"], field
    index, _, key = rest.partition("-")
    return section_data["figures"][list_name][int(index)], key
