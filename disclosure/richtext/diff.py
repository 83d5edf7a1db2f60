"""What changed from one running text to another, for people to read. Pure.

Texts are compared paragraph by paragraph, and within a paragraph by characters, where whatever reads as one
(「2022-2023」, 「97.5%」, a Latin word) stays one. Taking the kept and the removed pieces together gives the old text
again, the kept and the added ones the new text.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from diff_match_patch import diff_match_patch

from disclosure.richtext import to_text


class Change(StrEnum):
    """What happened to a piece of text, or to a paragraph."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    EDITED = "edited"  # a paragraph with pieces of either kind
    RESTYLED = "restyled"  # the same words, set or linked differently


@dataclass(frozen=True)
class Piece:
    """A run of text that is in both versions, in the new one only, or in the old one only."""

    change: Change
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One block of running text; ``note`` says what the words do not show (a link that leads elsewhere)."""

    change: Change
    pieces: tuple[Piece, ...]
    note: str = ""

    is_fold = False


@dataclass(frozen=True)
class Fold:
    """Paragraphs between two changes that did not change, folded away."""

    paragraphs: tuple[Paragraph, ...]

    is_fold = True


# What is never cut in two: numbers with what belongs to them, dates, percentages, Latin words and addresses.
_TOKEN = re.compile(r"[0-9]+(?:[-—–~～.,:：/／][0-9]+)*[%％‰]?|[A-Za-z0-9_@./:?&=#+-]+|.", re.DOTALL)
# Tokens longer than a character stand as one character of a private area while they are compared.
_PRIVATE_AREA = 0xF0000
_PRIVATE_CODES = 0x10FFFF - _PRIVATE_AREA
# Where less than this share of two paragraphs is the same, they are told as one going and another coming.
ALIKE = 0.4
# Beyond so many pairs of paragraphs it is a text written anew, and no pairs are looked for.
MOST_PAIRS = 10_000
# The same where the paragraphs are long: so many characters looked at, each pair for itself.
MOST_WORK = 20_000_000
# A paragraph of more tokens is told as one going and another coming: repetitions cost the square of its length.
LONGEST_LINE = 20_000
# Seconds of the processor that comparing within the paragraphs of one text may take; the rest of them went and came.
PATIENCE = 2.0
# Fewer kept tokens than these between two edits are told as changed with them.
SHORTEST_KEPT = 3
# Unchanged paragraphs that stay in sight before and after a change.
CONTEXT = 1

_differ = diff_match_patch()
_differ.Diff_Timeout = 0.5

_CHANGES = {
    diff_match_patch.DIFF_EQUAL: Change.KEPT,
    diff_match_patch.DIFF_INSERT: Change.ADDED,
    diff_match_patch.DIFF_DELETE: Change.REMOVED,
}


def compare_line(old: str, new: str) -> tuple[Piece, ...]:
    """Two lines of text as pieces."""
    alphabet: dict[str, str] = {}
    before, after = _encoded(old, alphabet), _encoded(new, alphabet)
    if len(alphabet) > _PRIVATE_CODES or max(len(before), len(after)) > LONGEST_LINE:
        return _replaced(old, new)
    diffs = _differ.diff_main(before, after, False)
    _differ.diff_cleanupSemantic(diffs)
    diffs = _without_confetti(diffs)
    # Counted in tokens: a long number is one thing to a reader.
    kept = sum(len(text) for operation, text in diffs if operation == diff_match_patch.DIFF_EQUAL)
    if kept < ALIKE * max(len(before), len(after)):
        return _replaced(old, new)
    words = {code: token for token, code in alphabet.items()}
    return tuple(
        Piece(_CHANGES[operation], "".join(words.get(character, character) for character in text))
        for operation, text in diffs
    )


def _replaced(old: str, new: str) -> tuple[Piece, ...]:
    return tuple(Piece(change, text) for change, text in ((Change.REMOVED, old), (Change.ADDED, new)) if text)


def _without_confetti(diffs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Kept pieces of a token or two between two edits read as noise: they go and come with their neighbours.

    Where a mark stands between, a new clause begins, and the edits stay apart.
    """
    calm = []
    for index, (operation, text) in enumerate(diffs):
        is_between = 0 < index < len(diffs) - 1 and operation == diff_match_patch.DIFF_EQUAL
        if is_between and len(text) < SHORTEST_KEPT and all(map(_is_word, text)):
            calm += [(diff_match_patch.DIFF_DELETE, text), (diff_match_patch.DIFF_INSERT, text)]
        else:
            calm.append((operation, text))
    _differ.diff_cleanupMerge(calm)
    return calm


def _is_word(character: str) -> bool:
    return character.isalnum() or ord(character) >= _PRIVATE_AREA


def _encoded(text: str, alphabet: dict[str, str]) -> str:
    return "".join(
        token
        if len(token) == 1 and ord(token) < _PRIVATE_AREA
        else alphabet.setdefault(token, chr(_PRIVATE_AREA + min(len(alphabet), _PRIVATE_CODES)))
        for token in _TOKEN.findall(text)
    )


@dataclass(frozen=True)
class _Block:
    """A paragraph, heading, list item or table row: its words, where its links lead, and its markup."""

    text: str
    links: tuple[str, ...]
    markup: str


_BLOCK_END = re.compile(r"(?<=</p>)|(?<=</h3>)|(?<=</h4>)|(?<=</li>)|(?<=</tr>)|(?<=</caption>)|(?<=<br>)|(?=<[ou]l>)")
_HREF = re.compile(r'<a href="([^"]*)"')
_CELL = re.compile(r"(?<=</t[hd]>)")


def _blocks(html: str) -> list[_Block]:
    """The blocks of cleaned ``html`` that hold a word. The cells of a table's row are parted by 「｜」."""
    blocks = []
    for markup in _BLOCK_END.split(html):
        cells = [" ".join(to_text(cell).split()) for cell in _CELL.split(markup)]
        text = "｜".join(cell for cell in cells if cell)
        if text:
            blocks.append(_Block(text, tuple(_HREF.findall(markup)), markup))
    return blocks


def compare_html(old: str, new: str) -> tuple[Paragraph | Fold, ...]:
    """Two running texts as paragraphs, long unchanged stretches folded; nothing where nothing changed."""
    before, after = _blocks(old), _blocks(new)
    if before == after:
        return ()
    paragraphs: list[Paragraph] = []
    deadline = time.thread_time() + PATIENCE
    matcher = SequenceMatcher(None, [one.text for one in before], [one.text for one in after], autojunk=False)
    for operation, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if operation == "equal":
            pairs = zip(before[old_from:old_to], after[new_from:new_to], strict=True)
            paragraphs += [_same_words(was, now) for was, now in pairs]
        else:
            paragraphs += _aligned(before[old_from:old_to], after[new_from:new_to], deadline)
    if all(paragraph.change is Change.KEPT for paragraph in paragraphs):
        return ()
    return tuple(_folded(paragraphs))


def _same_words(was: _Block, now: _Block) -> Paragraph:
    pieces = (Piece(Change.KEPT, now.text),)
    if was.links != now.links:
        return Paragraph(Change.RESTYLED, pieces, _links_note(was, now))
    if was.markup != now.markup:
        return Paragraph(Change.RESTYLED, pieces, "文字未改，只调整了格式")
    return Paragraph(Change.KEPT, pieces)


def _links_note(was: _Block, now: _Block) -> str:
    if was.links == now.links:
        return ""
    return f"链接地址由 {'、'.join(was.links) or '无'} 改为 {'、'.join(now.links) or '无'}"


def _aligned(before: list[_Block], after: list[_Block], deadline: float) -> list[Paragraph]:
    """Two stretches without a common paragraph: those that are alike are compared, in order; the rest went or came.

    The pairs are those that together have the most in common (the usual table of the longest common subsequence,
    with the likeness of two paragraphs as weight). After ``deadline`` (``time.thread_time``) nothing is compared.
    """
    work = len(before) * sum(len(now.text) for now in after) + len(after) * sum(len(was.text) for was in before)
    if len(before) * len(after) > MOST_PAIRS or work > MOST_WORK:
        return [*(_gone(was) for was in before), *(_come(now) for now in after)]
    likeness = _likenesses(before, after)
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for row in range(len(before) - 1, -1, -1):
        for column in range(len(after) - 1, -1, -1):
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                best[row + 1][column + 1] + likeness[row][column],
            )
    paragraphs = []
    row = column = 0
    while row < len(before) or column < len(after):
        here = best[row][column]
        if row < len(before) and here == best[row + 1][column]:
            paragraphs.append(_gone(before[row]))
            row += 1
        elif column < len(after) and here == best[row][column + 1]:
            paragraphs.append(_come(after[column]))
            column += 1
        else:
            was, now = before[row], after[column]
            is_late = time.thread_time() > deadline
            pieces = _replaced(was.text, now.text) if is_late else compare_line(was.text, now.text)
            paragraphs.append(Paragraph(Change.EDITED, pieces, _links_note(was, now)))
            row, column = row + 1, column + 1
    return paragraphs


def _gone(was: _Block) -> Paragraph:
    return Paragraph(Change.REMOVED, (Piece(Change.REMOVED, was.text),))


def _come(now: _Block) -> Paragraph:
    return Paragraph(Change.ADDED, (Piece(Change.ADDED, now.text),))


def _likenesses(before: list[_Block], after: list[_Block]) -> list[list[float]]:
    """How much each two paragraphs have in common: Dice's share of their pairs of characters, 0 where too little."""
    pairs = [[Counter(zip(f"\n{one.text}", f"{one.text}\n", strict=True)) for one in side] for side in (before, after)]
    return [[_likeness(was, now) for now in pairs[1]] for was in pairs[0]]


def _likeness(old: Counter[tuple[str, str]], new: Counter[tuple[str, str]]) -> float:
    share = 2 * (old & new).total() / (old.total() + new.total())
    return share if share >= ALIKE else 0.0


def _folded(paragraphs: list[Paragraph]) -> Iterator[Paragraph | Fold]:
    """Unchanged paragraphs far from any change, folded; a fold of one would save nothing."""
    changed = [index for index, paragraph in enumerate(paragraphs) if paragraph.change is not Change.KEPT]
    shown = {near for index in changed for near in range(index - CONTEXT, index + CONTEXT + 1)}
    stretch: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        if index not in shown:
            stretch.append(paragraph)
            continue
        yield from _fold(stretch)
        stretch = []
        yield paragraph
    yield from _fold(stretch)


def _fold(stretch: list[Paragraph]) -> list[Paragraph | Fold]:
    return [Fold(tuple(stretch))] if len(stretch) > 1 else list(stretch)
