"""What changed from one document to another, part by part, for people to read. Pure: two documents in, changes out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from disclosure.chinese.dates import chinese_date
from disclosure.report.document import Contact, Document, ProactiveFigures
from disclosure.report.enums import Applicant, ChannelKind, ContactRole, SectionKey
from disclosure.report.figures import (
    APPLICANTS,
    CASE_OUTCOMES,
    CASES,
    FIGURES,
    REQUEST_ROWS,
    Figure,
    FigureValue,
    Kind,
    value_at,
)
from disclosure.report.sections import SECTIONS
from disclosure.report.totals import channel_total
from disclosure.richtext.diff import Fold, Paragraph, Piece, compare_html, compare_line


@dataclass(frozen=True)
class FieldChange:
    """A single line that changed: its words and its text, compared."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class FigureLine:
    """One figure of a section with a name of its own: ``label`` tells it apart from all others of the section.

    ``is_breakdown`` marks what adds up to another line: the requests of one kind of applicant. ``is_reckoned`` marks a
    sum of the portal's, where the school has stated none.
    """

    label: str
    unit: str
    kind: Kind
    value: FigureValue
    is_approximate: bool = False
    is_breakdown: bool = False
    is_reckoned: bool = False

    @property
    def origin(self) -> str:
        """What has to stand behind the value: that it is a sum of the portal's; nothing behind what the school states."""
        return "（各渠道之和）" if self.is_reckoned else ""

    @property
    def number(self) -> int | Decimal | None:
        """The value, None where it does not apply."""
        return None if isinstance(self.value, str) else self.value


@dataclass(frozen=True)
class FigureChange:
    """A figure before and after; ``old`` or ``new`` is None where the whole line is missing on that side."""

    label: str
    unit: str
    old: FigureLine | None
    new: FigureLine | None

    @property
    def is_breakdown(self) -> bool:
        line = self.new or self.old
        return line is not None and line.is_breakdown

    @property
    def difference(self) -> int | Decimal | None:
        """New minus old, or None where one of them is no number."""
        old, new = (line.number if line else None for line in (self.old, self.new))
        return None if old is None or new is None else new - old

    @property
    def percent(self) -> int | None:
        """The change in whole percent of the old figure; None where the old one is 0 or the unit is percent itself."""
        if self.difference is None or not self.old or not self.old.number or self.old.kind is Kind.PERCENT:
            return None
        return round(self.difference * 100 / self.old.number)


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
    return [compare_part(key, old, new) for key in SectionKey]


def compare_part(key: SectionKey, old: Document, new: Document) -> PartDiff:
    """The changes of one part."""
    return _PARTS.get(key, _compare_section)(key, old, new)


# --- figures ----------------------------------------------------------------------------------------------------------


def figure_lines(document: Document, key: SectionKey) -> list[FigureLine]:
    """The figures of a section as lines, in the order of its tables; those that say nothing are left out."""
    if key not in FIGURES:
        return []
    figures = document.sections[key].figures
    single = [_single_line(figure, figures) for figure in FIGURES[key]]
    rows = _ROWS[key](document) if key in _ROWS else []
    return [line for line in [*rows, *single] if line.value is not None]


def _single_line(figure: Figure, figures: object) -> FigureLine:
    line = FigureLine(figure.label, figure.unit, figure.kind, getattr(figures, figure.key))
    if not isinstance(figures, ProactiveFigures) or figure.key != "total":
        return line
    total = channel_total(figures)
    if total.is_reckoned:
        return replace(line, value=total.sum, is_approximate=total.sum_is_approximate, is_reckoned=True)
    return replace(line, is_approximate=total.is_approximate)


def _channel_lines(document: Document) -> Iterator[FigureLine]:
    seen: dict[str, int] = {}
    for channel in document.sections.proactive.figures.channels:
        kind = str(ChannelKind(channel.channel).label) if channel.channel else ""
        label = "：".join(words for words in (kind, channel.name) if words) or "未写明的渠道"
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            label = f"{label}（第{seen[label]}行）"
        yield FigureLine(label, "条", Kind.COUNT, channel.count, channel.approximate)


def _request_lines(document: Document) -> Iterator[FigureLine]:
    figures = document.sections.on_request.figures
    columns = [(Applicant(name).label, getattr(figures.by_applicant, name)) for name in APPLICANTS]
    for row in REQUEST_ROWS:
        label = f"不予公开：{row.label}" if row.level else row.label
        yield FigureLine(label, row.unit, row.kind, value_at(figures, row.key))
        for applicant, counts in columns:
            yield FigureLine(
                f"{label}（{applicant}）", row.unit, row.kind, value_at(counts, row.key), is_breakdown=True
            )


def _case_lines(document: Document) -> Iterator[FigureLine]:
    figures = document.sections.complaints.figures
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
    previous: str | None = None
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


def head_lines(document: Document) -> tuple[tuple[str, str], ...]:
    """The single lines of the head and of the signature, each with its name."""
    return (
        ("报告标题", document.title),
        ("报告年度", document.label),
        ("主送机关", document.addressee),
        ("统计期限", _period(document)),
        ("落款单位", document.signature.organisation),
        ("落款日期", _day(document.signature.date)),
        ("保密审查人", document.confidentiality_review.reviewer),
        ("保密审查日期", _day(document.confidentiality_review.date)),
        ("学校名称", document.school.name),
    )


def _compare_head(key: SectionKey, old: Document, new: Document) -> PartDiff:
    lines = [(label, was, now) for (label, was), (_, now) in zip(head_lines(old), head_lines(new), strict=True)]
    return PartDiff(key, _changed_fields(lines), (), compare_html(old.preamble, new.preamble))


def _compare_section(key: SectionKey, old: Document, new: Document) -> PartDiff:
    before, after = old.sections[key], new.sections[key]
    lines = [("本部分标题", before.heading, after.heading)]
    if key is SectionKey.OVERVIEW:
        lines.append(("制定或修订的制度", _rules(old), _rules(new)))
    if key is SectionKey.PROACTIVE:
        was, now = old.sections.proactive.figures, new.sections.proactive.figures
        lines.append(("总数与各渠道之和不一致的原因", was.total_reason, now.total_reason))
    if key is SectionKey.EVALUATION:
        lines.append(("评议方式", _methods(old), _methods(new)))
    return PartDiff(key, _changed_fields(lines), _changed_figures(old, new, key), compare_html(before.body, after.body))


def _compare_contacts(key: SectionKey, old: Document, new: Document) -> PartDiff:
    before, after = people(old), people(new)
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


def people(document: Document) -> dict[str, str]:
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
    label = str(ContactRole(person.role).label)
    return label if number == 1 else f"{label}（第{number}位）"


def _period(document: Document) -> str:
    start, end = document.period.start, document.period.end
    return f"{_day(start)}至{_day(end)}" if start or end else ""


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _rules(document: Document) -> str:
    rules = document.sections.overview.figures.rules
    return "；".join(" ".join(part for part in (rule.name, rule.number, rule.url) if part) for rule in rules)


def _methods(document: Document) -> str:
    return "、".join(document.sections.evaluation.figures.methods)


def _changed_fields(lines: Iterable[tuple[str, str, str]]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(label, compare_line(old, new)) for label, old, new in lines if old != new)
