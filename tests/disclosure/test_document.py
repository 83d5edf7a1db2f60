"""The one shape of a report: what its JSON keeps apart, and what the public form withholds."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from disclosure.models import Submission
from disclosure.report.document import Contact, Document, unknown_keys
from disclosure.report.enums import MANDATED, Status
from disclosure.richtext import personal_data
from tests import factories
from tests.shared import real_reports
from tests.strategies import documents

# Whole reports are large to draw; what is slow is drawing, not the code under test.
widely = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def data():
    """A full report in the interchange form, to be spoilt."""
    return factories.full_document().to_json()


def at(data, path):
    """The container and the last key of a dotted path."""
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in steps:
        data = data[step]
    return data, last


@widely
@given(documents())
def test_it_reads_back_what_it_writes(document):
    again = Document.model_validate(json.loads(json.dumps(document.to_json())))
    assert again == document
    assert again.hash == document.hash


@widely
@given(documents())
def test_the_public_form_holds_nothing_personal(document):
    public = document.public()
    assert all(contact.mobile == "" for contact in public.contacts)
    assert not any(personal_data.is_personal_mail(contact.email) for contact in public.contacts)
    assert public.notes == ""
    for html in (public.preamble, *(public.sections[key].body for key in MANDATED)):
        assert personal_data.find_in_html(html) == []
    for text in (public.title, public.addressee, *(contact.name for contact in public.contacts)):
        assert personal_data.find(text) == []


@widely
@given(documents())
def test_making_it_public_twice_changes_nothing(document):
    public = document.public()
    assert public.public() == public
    assert public.public().hash == public.hash


@real_reports
def test_a_real_report_is_read_without_loss(path):
    source = json.loads(path.read_text())
    document = Document.model_validate(source)
    written = document.to_json()
    assert unknown_keys(source, document) == []
    for key in MANDATED:
        theirs, ours = source["sections"][key], written["sections"][key]
        assert (ours["heading"], ours["body"]) == (theirs["heading"].strip(), theirs["body"])
        assert ours["figures"] == theirs["figures"]
    assert [contact["name"] for contact in written["contacts"]] == [one["name"] for one in source["contacts"]]


def test_zero_empty_and_not_applicable_are_kept_apart():
    figures = factories.full_document(
        sections__complaints__figures={"reports": 0, "reports_upheld": "n/a", "lawsuits": None}
    ).to_json()["sections"]["complaints"]["figures"]
    assert figures == {"reports": 0, "reports_upheld": "n/a"}


@pytest.mark.parametrize(("one", "other"), [(97, 97.0), (97.5, 97.50)])
def test_a_figure_written_in_two_ways_has_one_hash(one, other):
    path = "sections__evaluation__figures__satisfaction_percent"
    assert factories.full_document(**{path: one}).hash == factories.full_document(**{path: other}).hash


def test_another_word_is_another_hash():
    assert factories.full_document().hash != factories.full_document(title="另一份").hash


def test_it_does_not_change():
    document = factories.full_document()
    with pytest.raises(ValidationError):
        document.title = "别的标题"
    with pytest.raises(ValidationError):
        document.sections.overview.body = "<p>别的</p>"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", "disclosure-report/2"),
        ("year", "2023"),
        ("year", 2009),
        ("province.code", "4"),
        ("province.name", ""),
        ("school.slug", "Hunan_Daxue"),
        ("school.slug", "hunan-daxue\n"),
        ("school.code", "123"),
        ("period.start", "2023年9月1日"),
        ("period.end", "2023-02-30"),
        ("title", "长" * 201),
        ("sections.on_request.figures.received", -1),
        ("sections.on_request.figures.received", 1.5),
        ("sections.on_request.figures.received", "3"),
        ("sections.on_request.figures.received", True),
        ("sections.on_request.figures.received", "无"),
        ("sections.on_request.figures.fees_charged", 1.005),
        ("sections.on_request.figures.fees_charged", "12"),
        ("sections.on_request.figures.fees_charged", True),
        ("sections.on_request.figures.fees_charged", float("inf")),
        ("sections.on_request.figures.fees_charged", float("nan")),
        ("sections.on_request.figures.mean_days", -0.5),
        ("sections.evaluation.figures.satisfaction_percent", 97.55),
        ("sections.proactive.figures.channels.0.channel", "radio"),
        ("contacts.0.role", "boss"),
        ("contacts.0.name", ["一"]),
        ("sections", []),
    ],
)
def test_it_refuses(path, value):
    spoilt = data()
    container, key = at(spoilt, path)
    container[key] = value
    with pytest.raises(ValidationError):
        Document.model_validate(spoilt)


def test_it_needs_the_schema():
    spoilt = data()
    del spoilt["schema"]
    with pytest.raises(ValidationError, match="schema"):
        Document.model_validate(spoilt)


def test_a_line_is_one_line():
    assert factories.full_document(title=" 某学院\r\n2023年\u2028报告\x00 ").title == "某学院 2023年 报告"


def test_it_names_the_keys_it_does_not_know_and_reads_the_rest():
    more = copy.deepcopy(data())
    for path in ("colour", "school.motto", "sections.items", "sections.overview.figures.films", "contacts.1.fax"):
        container, key = at(more, path)
        container[key] = "x"
    document = Document.read(more)
    assert sorted(unknown_keys(more, document)) == [
        "colour",
        "contacts.1.fax",
        "school.motto",
        "sections.items",
        "sections.overview.figures.films",
    ]
    assert document == factories.full_document()


def test_a_section_that_says_nothing_is_absent():
    document = factories.full_document(sections__other={}, sections__complaints={"figures": {"reports": 0}})
    absent = [key for key in MANDATED if document.sections[key].is_absent]
    assert absent == ["other"]


def test_the_public_form_keeps_the_office_phone_and_the_office_mail():
    document = factories.full_document(
        contacts=[
            {
                "role": "head",
                "name": "唐主任",
                "position": "主任",
                "office_phone": "0000-0000002",
                "mobile": "10000000002",
                "email": "office@example.edu.cn",
            },
            {"role": "liaison", "name": "宋联络", "office_phone": "138 0013 8000", "email": "0@QQ.com"},
        ]
    )
    public = [contact.model_dump() for contact in document.public().contacts]
    assert public[0] | {"mobile": "10000000002"} == document.contacts[0].model_dump()
    assert (public[1]["office_phone"], public[1]["email"]) == ("", "")


def test_an_argument_that_is_no_field_is_an_error():
    with pytest.raises(ValidationError, match="fax"):
        Contact(role="leader", fax="0000-0000001")


@pytest.mark.django_db
def test_what_a_later_version_has_stored_is_read(school, campaign):
    report = factories.make_report(school, campaign, Status.PUBLISHED)
    submission = Submission.objects.get(report=report)
    publication = submission.publication
    known = submission.read(), publication.read()
    for stored in (submission, publication):
        stored.document["sections"]["overview"]["figures"]["films"] = 3
    assert (submission.read(), publication.read()) == known
