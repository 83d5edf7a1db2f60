"""What a report may take over from the school's earlier one, and what never. Pure: documents in, field values out.

``WHAT_CARRIES`` is the whole rule, one row a thing, in the order in which the page tells it. A column of a part that no
row names fails a test, so that whoever adds a field decides here.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from disclosure.models.assembly import content_of
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.richtext import to_text
from disclosure.richtext.placeholders import CHINESE_YEAR, blanked, blanked_html


@dataclass(frozen=True)
class Source:
    """An earlier report that may be taken over: what was published, and the contacts as the school keeps them."""

    public: Document
    contacts: tuple

    @property
    def year(self) -> int:
        return self.public.year

    @property
    def own_years(self) -> frozenset[int]:
        """The years the report is about."""
        document = self.public
        named = {int(year) for year in re.findall(r"(?<!\d)[12]\d{3}(?!\d)", f"{document.label} {document.title}")}
        days = [day.year for day in (document.period.start, document.period.end) if day]
        return frozenset({document.year, *named, *days})


@dataclass(frozen=True)
class Aim:
    """The report that is begun: the school's name now, the campaign's label, the province that asks for it (code)."""

    school: str
    label: str
    province: str


@dataclass(frozen=True)
class Row:
    """One line of the list: its words, and the columns and relations it is about, by part.

    ``carry`` gives the value that is taken over, None where there is nothing to take; a row without it never carries.
    """

    words: str
    columns: dict[SectionKey, tuple[str, ...]]
    carry: Callable[[Source, SectionKey, Aim], object] | None = None


# --- how a thing is carried ----------------------------------------------------------------------------------------------

_LONGEST_LINE = {"title": 200, "addressee": 100, "heading": 200}
_YEAR = rf"(?:[12]\d{{3}}|{CHINESE_YEAR})"
_SCHOOL_YEAR = re.compile(rf"{_YEAR}\s*(?:年?\s*[-—–~～－至]+\s*(?:{_YEAR}|\d{{2}}))?\s*(?:学年度|学年|年度|年)?")


def _title(source: Source, key: SectionKey, aim: Aim) -> str | None:
    """Last year's wording with the new campaign's label where the old year stood, and the school's name of today."""
    title = source.public.title.replace(source.public.school.name, aim.school)
    old = source.public.label
    start = title.find(old) if old else -1
    if start >= 0:
        end = start + len(old)
    elif year := _SCHOOL_YEAR.search(title):
        start, end = year.span()
    else:
        return _line(title, "title", source)
    before, after = blanked(title[:start], source.own_years), blanked(title[end:], source.own_years)
    return _fitting(f"{before}{aim.label}{after}", "title")


def _addressee(source: Source, key: SectionKey, aim: Aim) -> str | None:
    """To whom it goes, unless another province asks now."""
    return _line(source.public.addressee, "addressee", source) if source.public.province.code == aim.province else None


def _preamble(source: Source, key: SectionKey, aim: Aim) -> str | None:
    return blanked_html(source.public.preamble, source.own_years) or None


def _heading(source: Source, key: SectionKey, aim: Aim) -> str | None:
    return _line(source.public.sections[key].heading, "heading", source)


def _body(source: Source, key: SectionKey, aim: Aim) -> str | None:
    return blanked_html(source.public.sections[key].body, source.own_years) or None


def _people(source: Source, key: SectionKey, aim: Aim) -> list[dict] | None:
    document = source.public.model_copy(update={"contacts": source.contacts})
    people = content_of(document, SectionKey.CONTACTS)[1]["people"]
    return people if any(not person.is_empty for person in source.contacts) else None


def _line(text: str, name: str, source: Source) -> str | None:
    return _fitting(blanked(text, source.own_years), name) if text else None


def _fitting(text: str, name: str) -> str | None:
    """``text``, unless the blanks have made it longer than its column: then the default stays."""
    return text if len(text) <= _LONGEST_LINE[name] else None


# --- the list ------------------------------------------------------------------------------------------------------------


def _of(key: SectionKey, *columns: str) -> dict[SectionKey, tuple[str, ...]]:
    return {key: columns}


_OF_ALL = {column: dict.fromkeys(MANDATED, (column,)) for column in ("heading", "body")}

WHAT_CARRIES: tuple[Row, ...] = (
    Row("报告标题的写法，其中的年度换成今年的", _of(SectionKey.HEAD, "title"), _title),
    Row("主送机关", _of(SectionKey.HEAD, "addressee"), _addressee),
    Row("引言", _of(SectionKey.HEAD, "preamble"), _preamble),
    Row("七个部分的标题", _OF_ALL["heading"], _heading),
    Row("七个部分的正文", _OF_ALL["body"], _body),
    Row("联系方式附件里的联系人，包括不公开的移动电话和邮箱", _of(SectionKey.CONTACTS, "people"), _people),
    Row("报告年度和统计期限，用今年填报任务的", _of(SectionKey.HEAD, "label", "period_start", "period_end")),
    Row("落款单位和落款日期", _of(SectionKey.HEAD, "signature_organisation", "signature_date")),
    Row("保密审查", _of(SectionKey.HEAD, "confidentiality_reviewer", "confidentiality_date")),
    Row(
        "各部分填写的全部数字，例如培训次数、申请件数、满意率",
        {
            SectionKey.OVERVIEW: ("training_sessions", "training_departments", "training_staff", "liaison_staff"),
            SectionKey.PROACTIVE: ("total", "total_is_approximate", "items_listed", "items_not_applicable"),
            SectionKey.ON_REQUEST: (
                "columns",
                "fees_charged",
                "fees_waived",
                "longest_days",
                "mean_days",
                "late_answers",
            ),
            SectionKey.EVALUATION: ("responses", "satisfaction_percent"),
            SectionKey.COMPLAINTS: (
                "reports",
                "reports_upheld",
                "reports_closed",
                *(
                    f"{case}{outcome}"
                    for case in ("reconsiderations", "lawsuits")
                    for outcome in ("", "_upheld", "_corrected", "_other", "_pending")
                ),
            ),
        },
    ),
    Row("新订或修订的制度", _of(SectionKey.OVERVIEW, "rules")),
    Row("公开渠道和总数说明", _of(SectionKey.PROACTIVE, "channels", "total_reason")),
    Row("评议方式", _of(SectionKey.EVALUATION, "methods")),
)
CARRIED = tuple(row for row in WHAT_CARRIES if row.carry)
LEFT_BEHIND = tuple(row for row in WHAT_CARRIES if not row.carry)

# A part without this has nothing worth taking over; of the head the title alone is.
_CORE = dict.fromkeys(MANDATED, "body") | {SectionKey.HEAD: "title", SectionKey.CONTACTS: "people"}
_ROWS = frozenset({"people"})
_HTML = frozenset({"preamble", "body"})


def carried(source: Source, key: SectionKey, aim: Aim) -> tuple[dict, dict[str, list[dict]]] | None:
    """What part ``key`` takes over from ``source``: its fields, and its rows by relation; None where there is nothing."""
    values, rows = {}, {}
    for row in CARRIED:
        for column in row.columns.get(key, ()):
            value = row.carry(source, key, aim)
            if value is not None:
                (rows if column in _ROWS else values)[column] = value
    return (values, rows) if _CORE[key] in values or _CORE[key] in rows else None


def is_changed(key: SectionKey, part, values: dict, rows: dict[str, list[dict]]) -> bool:
    """Whether what is to be written changes anything of what ``part`` may have taken over.

    Of running text the words and the links count: an editor spells the same text in other elements, and that is no
    work on it.
    """
    for column in (column for row in CARRIED for column in row.columns.get(key, ())):
        if column in _ROWS:
            stored = [{name: getattr(row, name) for name in _PERSON} for row in getattr(part, column).all()]
            if column in rows and _said(stored) != _said(rows[column]):
                return True
        elif column in values and _spelled(column, values[column]) != _spelled(column, getattr(part, column)):
            return True
    return False


_PERSON = ("role", "name", "position", "office_phone", "mobile", "email")
_HREF = re.compile(r'<a href="([^"]*)"')


def _spelled(column: str, text: str) -> object:
    return ("".join(to_text(text).split()), _HREF.findall(text)) if column in _HTML else text


def _said(people: Collection[dict]) -> list[tuple]:
    """What rows of people say; a row with nothing but its role says nothing."""
    said = [tuple(str(person.get(name, "")) for name in _PERSON) for person in people]
    return [person for person in said if any(person[1:])]
