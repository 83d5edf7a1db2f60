"""What changed from one document to another, part by part, for people to read. Pure: two documents in, changes out.

Running text is compared paragraph by paragraph, and within a paragraph by characters, where whatever reads as one
(「2022-2023」, 「97.5%」, a Latin word) stays one. Taking the kept and the removed pieces together gives the old text
again, the kept and the added ones the new text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from diff_match_patch import diff_match_patch

from disclosure.document import Contact, Document
from disclosure.enums import Applicant, ChannelKind, ContactRole, SectionKey
from disclosure.figures import APPLICANTS, CASE_OUTCOMES, CASES, FIGURES, REQUEST_ROWS, Kind, value_at
from disclosure.richtext import to_text
from disclosure.sections import SECTIONS
from disclosure.words import chinese_date


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


@dataclass(frozen=True)
class Fold:
    """Paragraphs between two changes that did not change, folded away."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class FieldChange:
    """A single line that changed: its words and its text, compared."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class FigureLine:
    """One figure of a section with a name of its own: ``label`` tells it apart from all others of the section.

    ``is_breakdown`` marks what adds up to another line: the requests of one kind of applicant.
    """

    label: str
    unit: str
    kind: Kind
    value: object
    is_approximate: bool = False
    is_breakdown: bool = False


@dataclass(frozen=True)
class FigureChange:
    """A figure before and after; ``old`` or ``new`` is None where the whole line is missing on that side."""

    label: str
    unit: str
    old: FigureLine | None
    new: FigureLine | None

    @property
    def is_breakdown(self) -> bool:
        return (self.new or self.old).is_breakdown

    @property
    def difference(self):
        """New minus old, or None where one of them is no number."""
        values = [line.value if line else None for line in (self.old, self.new)]
        if any(value is None or isinstance(value, str) for value in values):
            return None
        return values[1] - values[0]

    @property
    def percent(self) -> int | None:
        """The change in whole percent of the old figure; None where the old one is 0 or the unit is percent itself."""
        if self.difference is None or not self.old.value or self.old.kind is Kind.PERCENT:
            return None
        return round(self.difference * 100 / self.old.value)


@dataclass(frozen=True)
class PartDiff:
    """What changed in one part of the report."""

    key: SectionKey
    fields: tuple[FieldChange, ...]
    figures: tuple[FigureChange, ...]
    text: tuple[Paragraph | Fold, ...]

    @property
    def title(self) -> str:
        return SECTIONS[self.key].heading

    @property
    def is_changed(self) -> bool:
        return bool(self.fields or self.figures or self.text)


def compare(old: Document, new: Document) -> list[PartDiff]:
    """The changes of every part, in report order; a part without any is there too, and says so."""
    return [_PARTS.get(key, _compare_section)(key, old, new) for key in SectionKey]


# --- figures ----------------------------------------------------------------------------------------------------------


def figure_lines(document: Document, key: SectionKey) -> list[FigureLine]:
    """The figures of a section as lines, in the order of its tables; those that say nothing are left out."""
    if key not in FIGURES:
        return []
    figures = document.sections[key].figures
    single = [
        FigureLine(
            figure.label,
            figure.unit,
            figure.kind,
            getattr(figures, figure.key),
            key is SectionKey.PROACTIVE and figure.key == "total" and figures.total_is_approximate,
        )
        for figure in FIGURES[key]
    ]
    rows = _ROWS[key](figures) if key in _ROWS else []
    return [line for line in [*rows, *single] if line.value is not None]


def _channel_lines(figures) -> Iterator[FigureLine]:
    seen: dict[str, int] = {}
    for channel in figures.channels:
        kind = ChannelKind(channel.channel).label if channel.channel else ""
        label = "：".join(words for words in (kind, channel.name) if words) or "未写明的渠道"
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            label = f"{label}（第{seen[label]}行）"
        yield FigureLine(label, "条", Kind.COUNT, channel.count, channel.approximate)


def _request_lines(figures) -> Iterator[FigureLine]:
    columns = [(Applicant(name).label, getattr(figures.by_applicant, name)) for name in APPLICANTS]
    for row in REQUEST_ROWS:
        label = f"不予公开：{row.label}" if row.level else row.label
        yield FigureLine(label, row.unit, row.kind, value_at(figures, row.key))
        for applicant, counts in columns:
            yield FigureLine(
                f"{label}（{applicant}）", row.unit, row.kind, value_at(counts, row.key), is_breakdown=True
            )


def _case_lines(figures) -> Iterator[FigureLine]:
    for key, words in CASES:
        yield FigureLine(f"{words}总计", "件", Kind.COUNT, getattr(figures, key))
        for outcome in CASE_OUTCOMES:
            value = getattr(getattr(figures, f"{key}_by"), outcome.key)
            yield FigureLine(f"{words}：{outcome.label}", outcome.unit, outcome.kind, value)


_ROWS = {
    SectionKey.PROACTIVE: _channel_lines,
    SectionKey.ON_REQUEST: _request_lines,
    SectionKey.COMPLAINTS: _case_lines,
}


def figures_beside(old: Document | None, new: Document, key: SectionKey) -> list[FigureChange]:
    """Every figure of a section beside the one it had, changed or not; without ``old`` nothing stands beside."""
    before = {line.label: line for line in figure_lines(old, key)} if old else {}
    after = {line.label: line for line in figure_lines(new, key)}
    # A line that only the old document has keeps its place: after the one it followed there.
    labels = list(after)
    previous = None
    for label in before:
        if label not in after:
            labels.insert(labels.index(previous) + 1 if previous in labels else 0, label)
        previous = label
    return [
        FigureChange(label, (after.get(label) or before[label]).unit, before.get(label), after.get(label))
        for label in labels
    ]


def _changed_figures(old: Document, new: Document, key: SectionKey) -> tuple[FigureChange, ...]:
    return tuple(change for change in figures_beside(old, new, key) if change.old != change.new)


# --- parts ------------------------------------------------------------------------------------------------------------


def _compare_head(key: SectionKey, old: Document, new: Document) -> PartDiff:
    lines = (
        ("报告标题", old.title, new.title),
        ("报告年度", old.label, new.label),
        ("主送机关", old.addressee, new.addressee),
        ("统计期限", _period(old), _period(new)),
        ("落款单位", old.signature.organisation, new.signature.organisation),
        ("落款日期", _day(old.signature.date), _day(new.signature.date)),
        ("学校名称", old.school.name, new.school.name),
    )
    return PartDiff(key, _changed_fields(lines), (), compare_html(old.preamble, new.preamble))


def _compare_section(key: SectionKey, old: Document, new: Document) -> PartDiff:
    before, after = old.sections[key], new.sections[key]
    lines = [("本部分标题", before.heading, after.heading)]
    if key is SectionKey.OVERVIEW:
        lines.append(("制定或修订的制度", _rules(before.figures), _rules(after.figures)))
    if key is SectionKey.PROACTIVE:
        lines.append(("总数与各渠道之和不一致的原因", before.figures.total_reason, after.figures.total_reason))
    if key is SectionKey.EVALUATION:
        lines.append(("评议方式", "、".join(before.figures.methods), "、".join(after.figures.methods)))
    return PartDiff(key, _changed_fields(lines), _changed_figures(old, new, key), compare_html(before.body, after.body))


def _compare_contacts(key: SectionKey, old: Document, new: Document) -> PartDiff:
    before, after = _people(old), _people(new)
    lines = [(label, before.get(label, ""), after.get(label, "")) for label in {**before, **after}]
    return PartDiff(key, _changed_fields(lines), (), ())


_PARTS = {SectionKey.HEAD: _compare_head, SectionKey.CONTACTS: _compare_contacts}

_CONTACT_FIELDS = (
    ("姓名", "name"),
    ("职务", "position"),
    ("办公电话", "office_phone"),
    ("移动电话", "mobile"),
    ("电子邮箱", "email"),
)


def _people(document: Document) -> dict[str, str]:
    """Every field of the annex under a name of its own: 「工作联系人 · 移动电话」."""
    seen: dict[ContactRole, int] = {}
    fields: dict[str, str] = {}
    for person in document.contacts:
        seen[person.role] = seen.get(person.role, 0) + 1
        fields |= {
            f"{_role(person, seen[person.role])} · {words}": getattr(person, name) for words, name in _CONTACT_FIELDS
        }
    return fields


def _role(person: Contact, number: int) -> str:
    label = ContactRole(person.role).label
    return label if number == 1 else f"{label}（第{number}位）"


def _period(document: Document) -> str:
    start, end = document.period.start, document.period.end
    return f"{_day(start)}至{_day(end)}" if start or end else ""


def _day(day) -> str:
    return chinese_date(day) if day else ""


def _rules(figures) -> str:
    return "；".join(" ".join(part for part in (rule.name, rule.number, rule.url) if part) for rule in figures.rules)


def _changed_fields(lines) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(label, compare_line(old, new)) for label, old, new in lines if old != new)


# --- running text -----------------------------------------------------------------------------------------------------

# What is never cut in two: numbers with what belongs to them, dates, percentages, Latin words and addresses.
_TOKEN = re.compile(r"[0-9]+(?:[-—–~～.,:：/／][0-9]+)*[%％‰]?|[A-Za-z0-9_@./:?&=#+-]+|.", re.DOTALL)
# Tokens longer than a character stand as one character of a private area while they are compared.
_PRIVATE_AREA = 0xF0000
# Where less than this share of two paragraphs is the same, they are told as one going and another coming.
ALIKE = 0.4
# Beyond so many pairs of paragraphs it is a text written anew, and no pairs are looked for.
MOST_PAIRS = 10_000
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
    diffs = _differ.diff_main(_encoded(old, alphabet), _encoded(new, alphabet), False)
    _differ.diff_cleanupSemantic(diffs)
    diffs = _without_confetti(diffs)
    words = {code: token for token, code in alphabet.items()}
    pieces = tuple(
        Piece(_CHANGES[operation], "".join(words.get(character, character) for character in text))
        for operation, text in diffs
    )
    kept = sum(len(piece.text) for piece in pieces if piece.change is Change.KEPT)
    if kept < ALIKE * max(len(old), len(new)):
        return tuple(Piece(change, text) for change, text in ((Change.REMOVED, old), (Change.ADDED, new)) if text)
    return pieces


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
        else alphabet.setdefault(token, chr(_PRIVATE_AREA + len(alphabet)))
        for token in _TOKEN.findall(text)
    )


@dataclass(frozen=True)
class _Block:
    """A paragraph, heading, list item or table row: its words, where its links lead, and its markup."""

    text: str
    links: tuple[str, ...]
    markup: str


_BLOCK_END = re.compile(r"(?<=</p>)|(?<=</h3>)|(?<=</h4>)|(?<=</li>)|(?<=</tr>)|(?<=</caption>)|(?<=<br>)")
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
    matcher = SequenceMatcher(None, [one.text for one in before], [one.text for one in after], autojunk=False)
    for operation, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if operation == "equal":
            pairs = zip(before[old_from:old_to], after[new_from:new_to], strict=True)
            paragraphs += [_same_words(was, now) for was, now in pairs]
        else:
            paragraphs += _aligned(before[old_from:old_to], after[new_from:new_to])
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


def _aligned(before: list[_Block], after: list[_Block]) -> list[Paragraph]:
    """Two stretches without a common paragraph: those that are alike are compared, in order; the rest went or came.

    The pairs are those that together have the most in common (the usual table of the longest common subsequence,
    with the likeness of two paragraphs as weight).
    """
    if len(before) * len(after) > MOST_PAIRS:
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
            paragraphs.append(Paragraph(Change.EDITED, compare_line(was.text, now.text), _links_note(was, now)))
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


def _likeness(old: Counter, new: Counter) -> float:
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
