"""A proposed figure in words: what it counts, and how much."""

from decimal import Decimal

from disclosure.importing.proposal import ProposedFigure
from disclosure.publishing.tags import figure_text
from disclosure.report.document import NOT_APPLICABLE
from disclosure.report.enums import Applicant, ChannelKind, ContactRole, SectionKey
from disclosure.report.figures import CASE_OUTCOMES, CASES, FIGURES, REQUEST_ROWS, Figure, Kind

_LISTS = {"channels": "公开渠道", "rules": "制度", "methods": "评议方式"}
_COLUMNS = {
    "rules": ("name", "number", "url"),
    "contacts": ("name", "position", "office_phone", "mobile", "email"),
}


def _known() -> dict[tuple[SectionKey, str], Figure]:
    known = {(section, figure.key): figure for section, figures in FIGURES.items() for figure in figures}
    for row in REQUEST_ROWS:
        label = f"不予公开：{row.label}" if row.level else row.label
        known[SectionKey.ON_REQUEST, row.key] = Figure(row.key, label, row.unit, row.kind)
        for applicant in Applicant:
            key = f"by_applicant.{applicant}.{row.key}"
            known[SectionKey.ON_REQUEST, key] = Figure(key, f"{label}（{applicant.label}）", row.unit, row.kind)
    for case, words in CASES:
        known[SectionKey.COMPLAINTS, case] = Figure(case, f"{words}总计", "件")
        for outcome in CASE_OUTCOMES:
            key = f"{case}_by.{outcome.key}"
            known[SectionKey.COMPLAINTS, key] = Figure(key, f"{words}：{outcome.label}", outcome.unit, outcome.kind)
    return known


_KNOWN = _known()


def label_of(figure: ProposedFigure) -> str:
    """What the figure counts: 「本期新收（校外个人）」."""
    if figure.key in _LISTS:
        return _LISTS[figure.key]
    if figure.key == "total_reason":
        return "总数与各渠道之和不一致的原因"
    known = _KNOWN.get((figure.section, figure.key))
    return known.label if known else figure.key


def value_of(figure: ProposedFigure) -> str:
    """How much it is, with its unit: 「约 930 条」, 「97.5%」, 「不适用」; an entry of a list as one line."""
    if figure.key in ("channels", "rules"):
        return row_text(figure.key, figure.value)
    if isinstance(figure.value, str) and figure.value != NOT_APPLICABLE:
        return figure.value
    known = _KNOWN.get((figure.section, figure.key))
    unit, kind = (known.unit, known.kind) if known else ("", Kind.COUNT)
    value = Decimal(str(figure.value)) if isinstance(figure.value, int | float) else figure.value
    return _with_unit(value, unit, kind, figure.approximate)


def row_text(name: str, row: dict) -> str:
    """One row of a list (``channels``, ``rules``, ``contacts``) as one line."""
    if name == "channels":
        return _channel(row)
    words = [str(row[column]) for column in _COLUMNS[name] if row.get(column)]
    return " ".join([ContactRole(row["role"]).label, *words] if name == "contacts" else words)


def _with_unit(value, unit: str, kind: Kind, is_approximate: bool) -> str:
    text = figure_text(value, kind)
    if value is None or value == NOT_APPLICABLE:
        return text
    return f"{'约 ' if is_approximate else ''}{text}{unit if unit == '%' else f' {unit}'}".rstrip()


def _channel(value: dict) -> str:
    kind = ChannelKind(value["channel"]).label if value.get("channel") else ""
    name = value.get("name", "")
    words = f"{kind}（{name}）" if kind and name and name != kind else name or kind or "未写明的渠道"
    count = value.get("count")
    return (
        words if count is None else f"{words}：{_with_unit(count, '条', Kind.COUNT, value.get('approximate', False))}"
    )
