"""The registry of figures agrees with the document, the tables and the interchange form."""

import pytest

from disclosure.models import RequestColumn
from disclosure.models.fields import CountField, DaysField, PercentField, YuanField
from disclosure.report.document import CaseOutcomes, Document, RequestCounts, Section
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.report.figures import (
    APPLICANTS,
    CASE_OUTCOMES,
    CASES,
    FIGURES,
    INTAKE,
    OUTCOMES,
    REFUSAL_GROUNDS,
    REQUEST_ROWS,
    Figure,
    Kind,
    value_at,
)
from disclosure.report.sections import SECTIONS
from tests import factories

FIELDS = {Kind.COUNT: CountField, Kind.YUAN: YuanField, Kind.DAYS: DaysField, Kind.PERCENT: PercentField}


def figures_of(key) -> Section:
    return getattr(Document.model_fields["sections"].default, key.value).figures


def test_every_mandated_section_has_its_list_of_figures():
    assert tuple(FIGURES) == MANDATED


@pytest.mark.parametrize(
    ("key", "figure"),
    [(key, figure) for key, figures in FIGURES.items() for figure in figures],
    ids=lambda value: value.key if isinstance(value, Figure) else value.value,
)
def test_a_figure_stands_in_the_document_and_in_its_table(key, figure):
    assert figure.key in type(figures_of(key)).model_fields
    assert type(SECTIONS[key].model._meta.get_field(figure.key)) is FIELDS[figure.kind]


def test_every_plain_figure_of_the_document_is_in_the_registry():
    """Rows and tables are told in their own way; nothing else may be forgotten."""
    elsewhere = {
        SectionKey.OVERVIEW: {"rules"},
        SectionKey.PROACTIVE: {"channels", "total_is_approximate", "total_reason"},
        SectionKey.ON_REQUEST: set(RequestCounts.model_fields) | {"by_applicant"},
        SectionKey.EVALUATION: {"methods"},
        SectionKey.COMPLAINTS: {name for case, _ in CASES for name in (case, f"{case}_by")},
    }
    for key in MANDATED:
        listed = {figure.key for figure in FIGURES[key]} | elsewhere.get(key, set())
        assert listed == set(type(figures_of(key)).model_fields)


def test_the_table_of_requests_has_a_row_for_every_count():
    keys = {row.key for row in REQUEST_ROWS}
    counts = set(RequestCounts.model_fields) - {"refused_by"}
    assert keys == counts | {f"refused_by.{ground}" for ground in REFUSAL_GROUNDS}
    assert {row.key.replace("refused_by.", "refused_") for row in REQUEST_ROWS} <= {
        field.name for field in RequestColumn._meta.get_fields()
    }


def test_the_balance_uses_every_row_once():
    assert {*INTAKE, *OUTCOMES, "carried_out"} == {row.key for row in REQUEST_ROWS if row.level == 0}


def test_cases_have_their_four_outcomes():
    assert tuple(outcome.key for outcome in CASE_OUTCOMES) == tuple(CaseOutcomes.model_fields)


def test_a_figure_is_found_by_its_path():
    figures = factories.full_document().sections.on_request.figures
    assert value_at(figures, "received") == 3
    assert value_at(figures, "refused_by.privacy") == 1
    assert value_at(figures, "refused_by.trade_secret") is None
    assert [value_at(getattr(figures.by_applicant, name), "received") for name in APPLICANTS] == [2, 1, None]
