"""Report ⇄ Document: nothing is lost between the tables and the document."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from disclosure.models import Report
from disclosure.models.assembly import assemble, complete, content_of, default_title, disassemble
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.report.sections import SECTIONS
from schools.actor import SYSTEM
from schools.enums import EventType
from tests import factories
from tests.strategies import interchange


def new_report(campaign, school):
    from disclosure.workflow.transitions import (
        create_report,  # workflow reaches for tasks and mail, which this module does not test
    )

    return create_report(campaign, school, SYSTEM, EventType.REPORT_STARTED)


def read(report) -> Report:
    return complete(Report.objects.filter(pk=report.pk)).get()


@pytest.fixture
def report(campaign, school):
    return new_report(campaign, school)


@settings(
    max_examples=40,
    # Each example writes over the last one: what was there before must not shine through.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=interchange())
def test_what_is_written_into_the_parts_is_read_back(report, data):
    heads = {
        "province": {name: getattr(report.school.province, name) for name in ("code", "name", "office")},
        "school": {"slug": report.school.slug, "name": report.school.name},
        "year": report.campaign.year,
        "notes": "",
    }
    document = Document.model_validate(data | heads)
    disassemble(document, read(report))
    again = assemble(read(report))
    assert again == document
    assert again.hash == document.hash


def test_a_new_report_has_what_is_known_already(report, campaign, school):
    document = assemble(read(report))
    assert document.title == default_title(school.name, campaign.label)
    assert document.addressee == campaign.addressee
    assert (document.period.start, document.period.end) == (campaign.period_start, campaign.period_end)
    assert document.signature.organisation == school.name
    assert document.sections.overview.heading == "一、概述"
    assert all(document.sections[key].is_absent for key in MANDATED)
    assert document.contacts == ()


def test_writing_counts_every_version_up_and_clears_what_was_unreadable(report):
    part = report.overview
    part.unparsed = {"training_staff": "近百人"}
    part.save()
    disassemble(factories.full_document(report.school), read(report))
    parts = [section.of(read(report)) for section in SECTIONS.values()]
    assert [part.version for part in parts] == [1] * len(SECTIONS)
    assert [part.unparsed for part in parts] == [{}] * len(SECTIONS)


@pytest.mark.parametrize("reports", [1, 3])
def test_any_number_of_reports_is_read_with_the_same_queries(campaign, reports, django_assert_num_queries):
    for _ in range(reports):
        one = new_report(campaign, factories.make_school(campaign.province))
        disassemble(factories.full_document(one.school), read(one))
    with django_assert_num_queries(5):
        documents = [assemble(report) for report in complete(Report.objects.order_by("pk"))]
    assert len({document.hash for document in documents}) == reports


def test_figures_come_back_from_the_database_as_they_went_in(report):
    figures = {"fees_charged": 0, "fees_waived": "n/a", "mean_days": 8.5}
    document = factories.full_document(report.school, sections__on_request__figures=figures)
    disassemble(document, read(report))
    stored = read(report).onrequest
    assert (stored.fees_charged, stored.fees_waived, stored.mean_days) == (Decimal("0.00"), "n/a", Decimal("8.5"))
    assert (stored.longest_days, stored.late_answers) == (None, None)


def test_the_content_of_a_part_is_what_its_table_holds():
    document = factories.full_document()
    assert set(content_of(document, SectionKey.HEAD)[0]) == {
        "title",
        "label",
        "addressee",
        "preamble",
        "period_start",
        "period_end",
        "signature_organisation",
        "signature_date",
        "confidentiality_reviewer",
        "confidentiality_date",
    }
    values, rows = content_of(document, SectionKey.CONTACTS)
    assert values == {}
    assert [row["position_in_list"] for row in rows["people"]] == [0, 1, 2]
    assert isinstance(content_of(document, SectionKey.HEAD)[0]["signature_date"], date)
