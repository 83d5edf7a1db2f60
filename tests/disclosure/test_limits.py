"""What is longer, larger or more than a report takes: each way in refuses it in words, or stores it and shows it again.

Whatever stands in the database is read: no page of a report fails on it. PostgreSQL enforces the widths of columns, SQLite
does not, so these tests say most on PostgreSQL.
"""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.db import models as columns
from django.urls import reverse
from pypdf import PdfReader

from disclosure.checks.completeness import LONGEST_TEXT
from disclosure.drafting import last_year, saving
from disclosure.drafting.forms.editor import RichTextField
from disclosure.drafting.forms.parts import FORMS
from disclosure.drafting.imports import apply, confirmation, intake
from disclosure.drafting.loading import Unfit, load
from disclosure.importing.proposal import BlockRole
from disclosure.models import Channel, Contact, Head, Proactive, Publication, Report, Rule
from disclosure.models.assembly import assemble, complete, disassemble
from disclosure.report.document import LARGEST_COUNT, MAX_ROWS, Document
from disclosure.report.document import Contact as Person
from disclosure.report.enums import MANDATED, Action, ChannelKind, ContactRole, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.richtext import to_text
from disclosure.workflow import transitions
from schools.models import Province, School
from tests import factories
from tests.disclosure.adopting.proposals import CONTENT, block, figure, proposal

MORE = MAX_ROWS + 5
# Each list of rows: the part, how the form calls the list, a row of it in the interchange form, where it stands there.
LISTS = {
    "rules": (SectionKey.OVERVIEW, "rules", lambda number: {"name": f"制度{number}号"}),
    "channels": (SectionKey.PROACTIVE, "channels", lambda number: {"name": f"渠道{number}号", "count": 1}),
    "contacts": (
        SectionKey.CONTACTS,
        "people",
        lambda number: {
            "role": ContactRole.values[min(number, 4) - 1],
            "name": f"联系人{number}号",
            "position": "主任",
            "office_phone": "0000-0000001",
        },
    ),
}
each_list = pytest.mark.parametrize("name", LISTS)


def complete_one(report) -> Report:
    return complete(Report.objects.filter(pk=report.pk)).get()


def document_with(name, count, school=None, year=None) -> Document:
    """A full report in which one list has ``count`` rows."""
    key, _, row = LISTS[name]
    rows = [row(number) for number in range(1, count + 1)]
    if name == "contacts":
        return factories.full_document(school, year, contacts=rows)
    figures = {name: rows} | ({"total": count} if name == "channels" else {})
    return factories.full_document(school, year, **{f"sections__{key.value}__figures": figures})


def rows_in(name, report) -> list[str]:
    key, relation, _ = LISTS[name]
    return [row.name for row in getattr(SECTIONS[key].of(complete_one(report)), relation).all()]


def names(name, count) -> list[str]:
    return [LISTS[name][2](number)["name"] for number in range(1, count + 1)]


def save(client, author, report, key, sent):
    """What the page sends by itself."""
    sent = sent | {"base_version": SECTIONS[key].of(complete_one(report)).version}
    return client.post(
        reverse("author:autosave", args=[report.pk, key]), sent, headers={"X-Writer": str(author.user.pk)}
    )


def sent_for(report, key) -> dict:
    return FORMS[key].sent_for(SECTIONS[key].of(complete_one(report)))


# --- more rows than may be entered ------------------------------------------------------------------------------------


@pytest.fixture
def draft(school, campaign, author):
    return factories.make_report(school, campaign)


@pytest.fixture
def long_one(request, school, campaign, author):
    """A report in which a list is longer than may be entered, as an earlier version may have stored it."""
    report = factories.make_report(school, campaign)
    document = document_with(request.getfixturevalue("name"), MORE, school, campaign.year)
    disassemble(document, complete_one(report), author.user)
    return report


def typed(report, name, count) -> dict:
    """The form of the part with ``count`` rows typed into its list."""
    key, relation, row = LISTS[name]
    sent = {
        field: value
        for field, value in sent_for(report, key).items()
        if not field.startswith(f"{relation}-") or field.endswith("FORMS")
    }
    form = dict(FORMS[key].row_sets[0].form.as_sent(FORMS[key].row_sets[0].form.model(), "row"))
    for index in range(count):
        values = form | {f"row-{column}": value for column, value in row(index + 1).items()}
        sent |= {f"{relation}-{index}-{field.removeprefix('row-')}": value for field, value in values.items()}
    return sent | {f"{relation}-TOTAL_FORMS": str(count)}


@pytest.mark.parametrize("name", ["rules"])
def test_as_many_rows_as_may_be_entered_are_saved(name, client_of, author, draft):
    key = LISTS[name][0]
    assert save(client_of(author), author, draft, key, typed(draft, name, MAX_ROWS)).status_code == 200
    assert rows_in(name, draft) == names(name, MAX_ROWS)
    page = client_of(author).get(reverse("author:section", args=[draft.pk, key]), {"add": 1})
    assert page.context["form"].is_full
    assert len(page.context["form"].rows[LISTS[name][1]]) == MAX_ROWS


@each_list
def test_one_row_more_is_refused_in_words_beside_the_list(name, client_of, author, draft):
    key, relation, _ = LISTS[name]
    before = rows_in(name, draft)
    answer = save(client_of(author), author, draft, key, typed(draft, name, MAX_ROWS + 1))
    label = FORMS[key].row_sets[0].label
    sentence = f"{label}最多 200 行，现在有 201 行。请删去 1 行，或者把同类的合并成一行。"
    assert answer.status_code == 400
    assert answer.json() == {"state": "refused", "message": sentence, "errors": {relation: sentence}}
    assert rows_in(name, draft) == before


@pytest.mark.parametrize("name", ["contacts"])
def test_without_scripts_the_page_keeps_every_row_that_was_typed(name, client_of, author, draft):
    key, relation, _ = LISTS[name]
    before = SECTIONS[key].of(complete_one(draft)).version
    address = reverse("author:section", args=[draft.pk, key])
    page = client_of(author).post(address, typed(draft, name, MORE) | {"base_version": before})
    assert page.status_code == 400
    assert [row["name"].value() for row in page.context["form"].rows[relation]] == names(name, MORE)
    assert page.text.count("最多 200 行，现在有 205 行。请删去 5 行") == 2  # at the top, and beside the list
    assert SECTIONS[key].of(complete_one(draft)).version == before


@each_list
def test_a_longer_list_that_is_stored_is_shown_everywhere(name, client_of, author, long_one):
    key, relation, _ = LISTS[name]
    page = client_of(author).get(reverse("author:section", args=[long_one.pk, key]))
    shown = [row["name"].value() for row in page.context["form"].rows[relation]]
    assert shown[:MORE] == names(name, MORE)
    assert "最多 200 行，现在有 205 行。请删去 5 行" in page.text
    preview = client_of(author).get(reverse("author:preview", args=[long_one.pk])).text
    assert [one for one in names(name, MORE) if one not in preview] == []


@pytest.mark.parametrize("name", ["channels"])
def test_a_longer_list_is_set_as_a_pdf(name, client_of, author, long_one):
    answer = client_of(author).get(reverse("author:preview_pdf", args=[long_one.pk]))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert [one for one in names(name, MORE) if one not in text] == []


@pytest.mark.parametrize("name", ["channels"])
def test_a_longer_list_that_is_stored_may_be_saved_and_made_shorter_but_does_not_grow(
    name, client_of, author, long_one
):
    key, client = LISTS[name][0], client_of(author)
    for count, status in ((MORE, 200), (MORE + 1, 400), (MORE - 1, 200), (MORE, 400), (MAX_ROWS, 200)):
        answer = save(client, author, long_one, key, typed(long_one, name, count))
        assert (count, answer.status_code) == (count, status)
    assert rows_in(name, long_one) == names(name, MAX_ROWS)


@each_list
def test_a_file_with_a_longer_list_is_refused_and_nothing_of_it_stays(name, school, campaign):
    field = {"rules": "sections.overview.figures.rules", "channels": "sections.proactive.figures.channels"}
    with pytest.raises(Unfit) as refusal:
        load(document_with(name, MORE, school, campaign.year - 1))
    (fault,) = refusal.value.faults
    assert (fault.field, fault.reason) == (field.get(name, "contacts"), "最多 200 行，文件里有 205 行。")
    assert not Report.objects.exists()


@each_list
def test_a_file_that_says_what_a_stored_report_says_is_no_entry(name, long_one):
    assert load(assemble(complete_one(long_one))).report == long_one


@pytest.mark.parametrize("name", ["rules"])
def test_giving_a_correction_up_brings_a_longer_list_back(name, author, reviewer, school, campaign):
    report = factories.make_report(school, campaign, Status.PUBLISHED, document_with(name, MORE, school, campaign.year))
    transitions.perform(Action.START_CORRECTION, report.pk, author, comment="更正附件。")
    factories.write(report, document_with(name, 1, school, campaign.year))
    transitions.perform(Action.DISCARD_CORRECTION, report.pk, author)
    assert rows_in(name, report) == names(name, MORE)


@pytest.mark.parametrize("name", ["contacts"])
def test_all_contacts_of_last_year_are_taken_over_however_many(name, client_of, author, school, campaign):
    before = factories.make_campaign(school.province, campaign.year - 1)
    factories.make_report(school, before, Status.PUBLISHED, document_with(name, MORE, school, before.year))
    report = last_year.start(campaign, before.year, author)
    assert rows_in(name, report) == names(name, MORE)
    page = client_of(author).get(reverse("author:section", args=[report.pk, "contacts"]))
    assert (page.status_code, "最多 200 行，现在有 205 行" in page.text) == (200, True)


def _import(report, author, name, count):
    """An import of a file that holds ``count`` rows of one list, all ticked."""
    key, _, row = LISTS[name]
    blocks = (block("一段正文。", key if name != "contacts" else SectionKey.OVERVIEW),)
    values = {"figures": (), "contacts": (), "blocks": blocks, "period": None}
    if name == "contacts":
        people = [row(number) for number in range(1, count + 1)]
        values["contacts"] = tuple(map(Person.model_validate, people))
    else:
        values["figures"] = tuple(figure(key, name, row(number), "一段正文", 0) for number in range(1, count + 1))
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year, **values), author)
    return _all_ticked(one)


def _all_ticked(one):
    shown = [option.name for question in confirmation.sheet(one).questions for option in question.options]
    one.choices |= {"figures": shown, "contacts": True}
    one.save()
    return one


def _versions(report) -> dict:
    return {key: section.of(complete_one(report)).version for key, section in SECTIONS.items()}


@each_list
def test_rows_of_an_imported_file_that_have_no_room_are_named_and_their_words_kept(name, client_of, author, campaign):
    report = transitions.start(campaign, author)
    one = _import(report, author, name, MORE)
    left = names(name, MORE)[MAX_ROWS:]
    page = client_of(author).get(reverse("author:import_compare", args=[report.pk, one.pk])).text
    shown = page[page.index("import-left-out") :]
    assert "下面 5 行放不下，不写入" in page
    assert [one for one in left if one not in shown] == []
    apply.apply(one, one.revision, dict.fromkeys(SectionKey, "replace"), _versions(report), author)
    assert rows_in(name, report) == names(name, MAX_ROWS)
    page = client_of(author).get(reverse("author:import", args=[report.pk, one.pk])).text
    shown = page[page.index("import-left-out") :]
    assert [one for one in left if one not in shown] == []
    assert client_of(author).get(reverse("author:section", args=[report.pk, LISTS[name][0]])).status_code == 200


@pytest.mark.parametrize("name", ["rules", "channels"])
def test_rows_that_have_no_room_behind_what_is_there_are_named_before_they_are_left_out(name, client_of, author, draft):
    there = len(rows_in(name, draft))
    one = _import(draft, author, name, MAX_ROWS)
    page = client_of(author).get(reverse("author:import_compare", args=[draft.pk, one.pk])).text
    assert f"下面 {there} 行放不下，不写入" in page
    left = names(name, MAX_ROWS)[MAX_ROWS - there :]
    shown = page[page.index("import-left-out") :]
    assert [one for one in left if one not in shown] == []
    apply.apply(one, one.revision, dict.fromkeys(SectionKey, "append"), _versions(draft), author)
    assert rows_in(name, draft)[there:] == names(name, MAX_ROWS - there)
    apply.undo(one, author)
    assert len(rows_in(name, draft)) == there


# --- every other limit ------------------------------------------------------------------------------------------------


def test_a_column_is_as_wide_as_the_document_lets_its_value_be():
    """Else what a file or an import brings is refused by the database, or what is stored cannot be read."""
    known = Document.model_json_schema(mode="validation")
    widths = {
        (name, field): inner["maxLength"]
        for name, schema in [*known["$defs"].items(), ("Document", known)]
        for field, inner in schema.get("properties", {}).items()
        if "maxLength" in inner
    }
    held = {
        ("Document", "title"): (Head, "title"),
        ("Document", "label"): (Head, "label"),
        ("Document", "addressee"): (Head, "addressee"),
        ("Signature", "organisation"): (Head, "signature_organisation"),
        ("ConfidentialityReview", "reviewer"): (Head, "confidentiality_reviewer"),
        ("ProactiveFigures", "total_reason"): (Proactive, "total_reason"),
        **{("Rule", name): (Rule, name) for name in ("name", "number", "url")},
        ("Channel", "name"): (Channel, "name"),
        **{("Contact", name): (Contact, name) for name in ("name", "position", "office_phone", "mobile", "email")},
        **{("SchoolHead", name): (School, name) for name in ("slug", "name", "city", "level", "ownership")},
        **{("ProvinceHead", name): (Province, name) for name in ("name", "office")},
        **{
            (name, "heading"): (SECTIONS[key].model, "heading")
            for name, key in zip(
                ["OverviewSection", "ProactiveSection", "OnRequestSection", "EvaluationSection", "ComplaintsSection"],
                MANDATED,
                strict=False,
            )
        },
        ("PlainSection", "heading"): (SECTIONS[SectionKey.OTHER].model, "heading"),
    }
    assert set(widths) == set(held)
    assert widths == {name: model._meta.get_field(column).max_length for name, (model, column) in held.items()}
    assert Publication._meta.get_field("title").max_length == widths["Document", "title"]
    assert Publication._meta.get_field("label").max_length == widths["Document", "label"]


OVER = {
    "long": "长" * 5_000,
    "digits": "9" * 5_000,
    "large": str(LARGEST_COUNT + 1),
    "exact": "0." + "1" * 40,
    "early": "0001-01-01",
    "late": "9999-12-31",
    "address": "https://www.example.edu.cn/" + "a" * 5_000,
    "markup": "<p>" * 500,
}


def _typed_everywhere(form, value) -> dict:
    """``value`` in every field of a part's form that takes words."""
    return {
        one.add_prefix(name): value
        for one in form.all_forms()
        for name, field in one.fields.items()
        if not isinstance(field, forms.BooleanField | forms.TypedChoiceField | RichTextField)
    }


@pytest.mark.parametrize("key", list(SectionKey))
def test_whatever_is_typed_is_stored_and_shown_again(key, client_of, author, draft):
    for value in OVER.values():
        part = SECTIONS[key].of(complete_one(draft))
        before = FORMS[key].for_part(part)
        typed = _typed_everywhere(before, value)
        content = FORMS[key](before.data | typed).content()
        saving.save_part(draft.pk, key, content, part.version, author)
        stored = sent_for(draft, key)
        assert {name: stored[name] for name in typed} == typed
    bodies = {name: "长" * (LONGEST_TEXT + 1) for name in ("body", "preamble") if name in before.fields}
    assert save(client_of(author), author, draft, key, before.data | typed | bodies).status_code == 200
    page = client_of(author).get(reverse("author:section", args=[draft.pk, key]))
    assert page.status_code == 200
    shown = page.context["form"].data
    assert {name: shown[name] for name in typed} == typed
    assert {name: to_text(shown[name]).strip() for name in bodies} == bodies


def fullest(model) -> dict:
    """The largest value that each column of a model holds."""
    return {
        column.name: value
        for column in model._meta.concrete_fields
        if (value := _largest(column)) is not None and not column.is_relation
    }


def _largest(column):
    if column.name in ("id", "version", "position", "position_in_list", "carried_from", "saved_at", "applicant"):
        return None
    if column.choices:
        return column.choices[-1][0]
    if isinstance(column, columns.DateField):
        return date.max if "end" in column.name else date.min
    if isinstance(column, columns.DecimalField):
        return Decimal(10) ** (column.max_digits - column.decimal_places) - Decimal(10) ** -column.decimal_places
    if isinstance(column, columns.IntegerField):
        return LARGEST_COUNT
    if isinstance(column, columns.CharField):
        return "长" * column.max_length
    if isinstance(column, columns.TextField):
        return f"<p>{'长' * 100}</p>"
    return {"methods": ["长" * 200] * MAX_ROWS, "unparsed": None}.get(column.name)


def fill(report, author) -> None:
    """Put the largest value into every column of every part."""
    for section in SECTIONS.values():
        section.model.objects.filter(report=report).update(**fullest(section.model))
    report = complete_one(report)
    for part, relation in ((report.overview, "rules"), (report.proactive, "channels"), (report.contacts, "people")):
        manager = getattr(part, relation)
        manager.all().delete()
        place = "position_in_list" if relation == "people" else "position"
        manager.bulk_create([manager.model(part=part, **fullest(manager.model) | {place: index}) for index in range(5)])
    report.onrequest.columns.update(**fullest(report.onrequest.columns.model))


def test_whatever_is_stored_is_shown_and_saved_again(client_of, author, draft):
    fill(draft, author)
    client = client_of(author)
    document = assemble(complete_one(draft))
    for key in SectionKey:
        assert client.get(reverse("author:section", args=[draft.pk, key])).status_code == 200
    for name in ("preview", "check"):
        assert client.get(reverse(f"author:{name}", args=[draft.pk])).status_code == 200
    for key in MANDATED:
        assert save(client, author, draft, key, sent_for(draft, key)).status_code == 200
    assert assemble(complete_one(draft)).sections == document.sections


def test_the_largest_file_that_fits_is_loaded_and_read(client_of, author, school, campaign):
    data = factories.full_document(school, campaign.year).to_json()
    line = "长" * 200
    data |= {"title": line, "label": "长" * 40, "addressee": "长" * 100}
    data["period"] = {"start": "1949-01-01", "end": "2100-12-31"}
    data["signature"] = {"organisation": line, "date": "2100-12-31"}
    for key in MANDATED:
        data["sections"][key.value] |= {"heading": line, "body": f"<p>{'长' * 100}</p>"}
    data["sections"]["other"]["body"] = f"<p>{'长' * LONGEST_TEXT}</p>"
    figures = data["sections"]["proactive"]["figures"]
    figures["channels"] = [{"channel": kind, "name": line, "count": LARGEST_COUNT} for kind in ChannelKind.values]
    figures["total_reason"] = line
    rule = {"name": line, "number": line, "url": "长" * 500}
    data["sections"]["overview"]["figures"]["rules"] = [rule] * MAX_ROWS
    data["sections"]["on_request"]["figures"] |= {"fees_charged": 9_999_999_999.99, "longest_days": 99_999.9}
    document = Document.model_validate(json.loads(json.dumps(data)))
    report = load(document).report
    assert assemble(complete_one(report)).sections == document.sections
    for key in (SectionKey.HEAD, SectionKey.OVERVIEW, SectionKey.PROACTIVE, SectionKey.OTHER):
        assert client_of(author).get(reverse("author:section", args=[report.pk, key])).status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "1948-12-31", "2101-01-01", "9999-12-31"])
def test_a_file_with_a_day_that_no_form_takes_is_refused_in_words(day, school, campaign):
    document = factories.full_document(
        school,
        campaign.year - 1,
        period={"start": day, "end": day},
        signature={"organisation": "甲省明德学院", "date": day},
        confidentiality_review={"reviewer": "周保密", "date": day},
    )
    with pytest.raises(Unfit) as refusal:
        load(document)
    fields = ["period.start", "period.end", "signature.date", "confidentiality_review.date"]
    assert [fault.field for fault in refusal.value.faults] == fields
    assert {fault.reason for fault in refusal.value.faults} == {f"{int(day[:4])} 年不合理，请核对年份。"}


def test_whatever_an_imported_file_says_is_stored_and_shown_again(client_of, author, campaign):
    long = "长" * 5_000
    head = [(role, SectionKey.HEAD) for role in (BlockRole.TITLE, BlockRole.ADDRESSEE, BlockRole.PREAMBLE)]
    rest = [(role, key) for key in MANDATED for role in (BlockRole.HEADING, BlockRole.TEXT)]
    blocks = tuple(block(long, key, role) for role, key in (*head, *rest, (BlockRole.ORGANISATION, SectionKey.HEAD)))
    figures = (
        figure("overview", "rules", {"name": long[:200], "number": "号", "url": "u" * 500}, long, 4),
        figure("proactive", "total", LARGEST_COUNT, long, 6),
        figure("proactive", "channels", {"channel": "website", "name": long[:200], "count": LARGEST_COUNT}, long, 6),
        figure("evaluation", "methods", long[:200], long, 10),
        figure("evaluation", "satisfaction_percent", 9999.9, long, 10),
    )
    report = transitions.start(campaign, author)
    values = {"blocks": blocks, "figures": figures, "label": long, "school": long}
    one = intake.take_in(report.pk, CONTENT, f"{long}.docx", proposal(campaign.year, **values), author)
    _all_ticked(one)
    client = client_of(author)
    for name in ("import", "import_compare"):
        assert client.get(reverse(f"author:{name}", args=[report.pk, one.pk])).status_code == 200
    written = apply.apply(one, one.revision, dict.fromkeys(SectionKey, "replace"), _versions(report), author)
    assert set(written) == set(SectionKey)
    shown = sent_for(report, SectionKey.HEAD)
    assert (shown["title"], shown["addressee"], shown["label"]) == (long, long, long)
    assert {sent_for(report, key)["heading"] for key in MANDATED} == {long}
    for key in SectionKey:
        assert client.get(reverse("author:section", args=[report.pk, key])).status_code == 200
