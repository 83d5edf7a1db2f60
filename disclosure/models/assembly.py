"""Report ⇄ Document: the parts in the database read as one document, and a document written into the parts."""

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from disclosure.models import Channel, Contact, Report, RequestColumn, Rule
from disclosure.models.sections import ReportPart
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, Applicant, SectionKey
from disclosure.report.figures import APPLICANTS, CASE_OUTCOMES, CASES, FIGURES, REFUSAL_GROUNDS, REQUEST_ROWS
from disclosure.report.sections import SECTIONS

_REQUEST_COLUMNS = {row.key: row.column for row in REQUEST_ROWS}
_CHILDREN = {
    "overview__rules": Rule,
    "proactive__channels": Channel,
    "onrequest__columns": RequestColumn,
    "contacts__people": Contact,
}


def complete(queryset):
    """Reports with all their parts and rows: a constant number of queries, however many reports."""
    return (
        queryset.with_context()
        .select_related(*(section.model_name for section in SECTIONS.values()))
        .prefetch_related(*(Prefetch(path, queryset=model.objects.all()) for path, model in _CHILDREN.items()))
    )


def parts_of(report: Report) -> list[tuple[SectionKey, ReportPart]]:
    """The nine parts of ``report`` with their keys, in report order."""
    return [(key, section.of(report)) for key, section in SECTIONS.items()]


def create_parts(report: Report) -> None:
    """Give a new report its nine parts, with the defaults that the campaign and the school's name suggest."""
    campaign, school = report.campaign, report.school
    for key, section in SECTIONS.items():
        values = {}
        if key is SectionKey.HEAD:
            values = {
                "title": default_title(school.name, campaign.label),
                "label": campaign.label,
                "addressee": campaign.addressee,
                "period_start": campaign.period_start,
                "period_end": campaign.period_end,
                "signature_organisation": school.name,
            }
        elif section.numeral:
            values = {"heading": section.heading}
        section.model.objects.create(report=report, **values)


def default_title(school: str, label: str) -> str:
    """The title as most schools write it: the school, the year, 信息公开工作报告."""
    return f"{school}{label}信息公开工作报告"


def assemble(report: Report) -> Document:
    """The document of ``report`` as it stands now, everything private included.

    ``report`` should come from ``complete()``; otherwise each part costs a query.
    """
    head, school, campaign = report.head, report.school, report.campaign
    return Document.model_validate(
        {
            "schema": "disclosure-report/1",
            "province": {
                "code": school.province.code,
                "name": school.province.name,
                "office": school.province.office,
            },
            "school": {
                "slug": school.slug,
                "name": school.name,
                "code": school.code or "",
                "level": school.level,
                "ownership": school.ownership,
                "city": school.city,
            },
            "year": campaign.year,
            "label": head.label,
            "period": {"start": head.period_start, "end": head.period_end},
            "title": head.title,
            "addressee": head.addressee,
            "preamble": head.preamble,
            "sections": {key.value: _section(key, SECTIONS[key].of(report)) for key in MANDATED},
            "contacts": [_contact(person) for person in report.contacts.people.all()],
            "signature": {"organisation": head.signature_organisation, "date": head.signature_date},
            "confidentiality_review": {
                "reviewer": head.confidentiality_reviewer,
                "date": head.confidentiality_date,
            },
        }
    )


def _section(key: SectionKey, part) -> dict:
    figures = {figure.key: getattr(part, figure.key) for figure in FIGURES[key]}
    if key in _READ_ROWS:
        figures |= _READ_ROWS[key](part)
    return {"heading": part.heading, "body": part.body, "figures": figures}


def _read_overview(part) -> dict:
    return {"rules": [{"name": rule.name, "number": rule.number, "url": rule.url} for rule in part.rules.all()]}


def _read_proactive(part) -> dict:
    return {
        "total_is_approximate": part.total_is_approximate,
        "total_reason": part.total_reason,
        "channels": [
            {"channel": row.channel, "name": row.name, "count": row.count, "approximate": row.approximate}
            for row in part.channels.all()
        ],
    }


def _read_on_request(part) -> dict:
    columns = {column.applicant: _request_counts(column) for column in part.columns.all()}
    by_applicant = {applicant: columns[applicant] for applicant in APPLICANTS if applicant in columns}
    return columns.get(Applicant.TOTAL, {}) | {"by_applicant": by_applicant}


def _request_counts(column: RequestColumn) -> dict:
    counts = {key: getattr(column, name) for key, name in _REQUEST_COLUMNS.items() if "." not in key}
    return counts | {"refused_by": {ground: getattr(column, f"refused_{ground}") for ground in REFUSAL_GROUNDS}}


def _read_evaluation(part) -> dict:
    return {"methods": part.methods}


def _read_complaints(part) -> dict:
    return {
        key: value
        for case, _ in CASES
        for key, value in (
            (case, getattr(part, case)),
            (
                f"{case}_by",
                {outcome.key: getattr(part, f"{case}_{outcome.key}") for outcome in CASE_OUTCOMES},
            ),
        )
    }


_READ_ROWS = {
    SectionKey.OVERVIEW: _read_overview,
    SectionKey.PROACTIVE: _read_proactive,
    SectionKey.ON_REQUEST: _read_on_request,
    SectionKey.EVALUATION: _read_evaluation,
    SectionKey.COMPLAINTS: _read_complaints,
}


def _contact(person: Contact) -> dict:
    return {field: getattr(person, field) for field in ("role", "name", "position", "office_phone", "mobile", "email")}


@transaction.atomic
def disassemble(document: Document, report: Report, user=None) -> None:
    """Write ``document`` into the parts of ``report``, whatever they held; every version counts up.

    What the school or the campaign knows (names, codes, year) is not written.
    """
    now = timezone.now()
    for key, section in SECTIONS.items():
        part = section.of(report)
        values, rows = content_of(document, key)
        for name, value in (values | {"unparsed": {}, "carried_from": None, "saved_at": now, "saved_by": user}).items():
            setattr(part, name, value)
        part.version += 1
        part.save()
        for relation, contents in rows.items():
            replace_rows(getattr(part, relation), contents)


def replace_rows(manager, rows: list[dict]) -> None:
    """Put ``rows`` (field values, in order) in the place of all rows of a part."""
    manager.all().delete()
    manager.bulk_create([manager.model(part=manager.instance, **row) for row in rows])


def content_of(document: Document, key: SectionKey) -> tuple[dict, dict[str, list[dict]]]:
    """What part ``key`` of a report holds when it says what ``document`` says: its fields, and its rows by relation."""
    if key is SectionKey.HEAD:
        return _head_fields(document), {}
    if key is SectionKey.CONTACTS:
        return {}, {"people": _numbered(document.contacts, "position_in_list")}
    section = document.sections[key]
    values = {"heading": section.heading, "body": section.body}
    values |= {figure.key: getattr(section.figures, figure.key) for figure in FIGURES[key]}
    more, rows = _WRITTEN[key](section.figures) if key in _WRITTEN else ({}, {})
    return values | more, rows


def _head_fields(document: Document) -> dict:
    return {
        "title": document.title,
        "label": document.label,
        "addressee": document.addressee,
        "preamble": document.preamble,
        "period_start": document.period.start,
        "period_end": document.period.end,
        "signature_organisation": document.signature.organisation,
        "signature_date": document.signature.date,
        "confidentiality_reviewer": document.confidentiality_review.reviewer,
        "confidentiality_date": document.confidentiality_review.date,
    }


def _numbered(rows, place: str = "position") -> list[dict]:
    """The fields of each row, with its place among them. Not dumped: a dump leaves out what is empty."""
    return [
        {name: getattr(row, name) for name in type(row).model_fields} | {place: index} for index, row in enumerate(rows)
    ]


def _overview_rows(figures) -> tuple[dict, dict]:
    return {}, {"rules": _numbered(figures.rules)}


def _proactive_rows(figures) -> tuple[dict, dict]:
    values = {"total_is_approximate": figures.total_is_approximate, "total_reason": figures.total_reason}
    return values, {"channels": _numbered(figures.channels)}


def _request_columns(figures) -> tuple[dict, dict]:
    columns = [(applicant, getattr(figures.by_applicant, applicant)) for applicant in APPLICANTS]
    columns.append((Applicant.TOTAL, figures))
    return {}, {"columns": [_column(applicant, counts) for applicant, counts in columns]}


def _column(applicant: str, counts) -> dict:
    values = {name: getattr(counts, key) for key, name in _REQUEST_COLUMNS.items() if "." not in key}
    values |= {f"refused_{ground}": getattr(counts.refused_by, ground) for ground in REFUSAL_GROUNDS}
    return values | {"applicant": applicant}


def _evaluation_fields(figures) -> tuple[dict, dict]:
    return {"methods": list(figures.methods)}, {}


def _case_fields(figures) -> tuple[dict, dict]:
    values = {case: getattr(figures, case) for case, _ in CASES}
    for case, _ in CASES:
        outcomes = getattr(figures, f"{case}_by")
        values |= {f"{case}_{outcome.key}": getattr(outcomes, outcome.key) for outcome in CASE_OUTCOMES}
    return values, {}


_WRITTEN = {
    SectionKey.OVERVIEW: _overview_rows,
    SectionKey.PROACTIVE: _proactive_rows,
    SectionKey.ON_REQUEST: _request_columns,
    SectionKey.EVALUATION: _evaluation_fields,
    SectionKey.COMPLAINTS: _case_fields,
}
