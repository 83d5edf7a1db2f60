"""The forms of the nine parts: what clerks type, in three states, kept even where it is no value."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from disclosure.drafting.forms.fields import DayField, FigureField, MethodsField
from disclosure.drafting.forms.parts import FORMS, BrokenForm
from disclosure.models import Report
from disclosure.report.document import NOT_APPLICABLE
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS

pytestmark = pytest.mark.django_db

COUNT = FigureField(places=0, maximum=Decimal(999_999_999))
PERCENT = FigureField(places=1, maximum=Decimal("9999.9"))


def sent(key, **changes):
    """What a browser sends for a part in which nothing is written, with changes."""
    return FORMS[key].sent_for(SECTIONS[key].model(report=Report(pk=1), pk=1)) | changes


def test_every_part_has_a_form():
    assert list(FORMS) == list(SectionKey) == list(SECTIONS)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        ("  ", None),
        ("0", 0),
        ("１２０", 120),
        ("1,200", 1200),
        ("1，200", 1200),
        ("12 000", 12000),
        ("不适用", NOT_APPLICABLE),
        ("/", NOT_APPLICABLE),
        ("—", NOT_APPLICABLE),
        ("N/A", NOT_APPLICABLE),
    ],
)
def test_a_count_reads_what_clerks_type(typed, value):
    assert COUNT.clean(typed) == value


@pytest.mark.parametrize("typed", ["近2000", "2000条", "-1", "1.5", "1e3", "NaN", "Infinity", "1,2", "1000000000"])
def test_a_count_refuses_what_is_no_count(typed):
    with pytest.raises(ValidationError):
        COUNT.clean(typed)


def test_a_percentage_keeps_one_decimal():
    assert PERCENT.clean("97.5") == Decimal("97.5")


@pytest.mark.parametrize(
    "typed", ["2023-11-17", "2023年11月17日", "2023.11.17", "2023/11/17", "２０２３年１１月１７日"]
)
def test_a_day_reads_what_documents_write(typed):
    assert DayField().clean(typed).isoformat() == "2023-11-17"


def test_methods_are_parted_by_the_marks_clerks_use():
    assert MethodsField().clean("问卷调查、座谈会，校长信箱\n网上评议") == [
        "问卷调查",
        "座谈会",
        "校长信箱",
        "网上评议",
    ]


def test_words_that_are_no_number_are_kept_beside_the_values():
    content = FORMS[SectionKey.PROACTIVE](sent(SectionKey.PROACTIVE, total="近2000条", total_reason="估算")).content()
    assert content.values["total"] is None
    assert content.values["total_reason"] == "估算"
    assert content.unparsed == {"total": "近2000条"}


def test_a_text_too_long_for_its_column_is_kept_whole():
    title = "长" * 201
    content = FORMS[SectionKey.HEAD](sent(SectionKey.HEAD, title=title)).content()
    assert (content.values["title"], content.unparsed) == ("", {"title": title})


def test_rows_left_blank_go_and_the_words_of_the_others_move_up():
    rows = {
        "channels-TOTAL_FORMS": "2",
        "channels-0-channel": "",
        "channels-0-name": " ",
        "channels-0-count": "",
        "channels-1-channel": "website",
        "channels-1-name": "官网",
        "channels-1-count": "很多",
        "channels-1-approximate": "on",
    }
    content = FORMS[SectionKey.PROACTIVE](sent(SectionKey.PROACTIVE, **rows)).content()
    assert content.rows["channels"] == [
        {"channel": "website", "name": "官网", "count": None, "approximate": True, "position": 0}
    ]
    assert content.unparsed == {"channels-0-count": "很多"}


def test_the_total_of_the_channels_stays_empty_where_the_school_states_none():
    rows = {
        "channels-TOTAL_FORMS": "2",
        "channels-0-channel": "website",
        "channels-0-name": "",
        "channels-0-count": "820",
        "channels-1-channel": "wechat",
        "channels-1-name": "",
        "channels-1-count": "不适用",
    }
    content = FORMS[SectionKey.PROACTIVE](sent(SectionKey.PROACTIVE, **rows)).content()
    assert (content.values["total"], content.values["total_is_approximate"]) == (None, False)


def test_the_totals_of_requests_are_the_sums_of_their_parts():
    typed = {"campus-received": "2", "individual-received": "1", "campus-refused_privacy": "1"}
    content = FORMS[SectionKey.ON_REQUEST](sent(SectionKey.ON_REQUEST, **typed)).content()
    columns = {row["applicant"]: row for row in content.rows["columns"]}
    assert columns["total"]["received"] == 3
    assert (columns["campus"]["refused"], columns["total"]["refused"]) == (1, 1)
    assert columns["total"]["granted"] is None


def test_a_total_that_was_typed_stays_as_typed():
    typed = {"campus-received": "2", "total-received": "5"}
    content = FORMS[SectionKey.ON_REQUEST](sent(SectionKey.ON_REQUEST, **typed)).content()
    assert {row["applicant"]: row["received"] for row in content.rows["columns"]}["total"] == 5


def test_the_three_mandated_contacts_are_always_asked_for():
    rows = FORMS[SectionKey.CONTACTS].for_part(SECTIONS[SectionKey.CONTACTS].model(report=Report(pk=1), pk=1)).rows
    assert [row.title for row in rows["people"]] == ["学校分管领导", "部门负责人", "工作联系人"]


def test_a_contact_of_an_unknown_role_is_one_more_contact():
    rows = {"people-TOTAL_FORMS": "1"} | {
        f"people-0-{name}": "x" for name in ("role", "name", "position", "office_phone", "mobile", "email")
    }
    content = FORMS[SectionKey.CONTACTS](rows).content()
    assert content.rows["people"][0]["role"] == "additional"


@pytest.mark.parametrize("missing", ["body", "rules-TOTAL_FORMS"])
def test_a_form_cut_off_on_its_way_is_not_taken_for_an_emptied_one(missing):
    data = sent(SectionKey.OVERVIEW)
    del data[missing]
    with pytest.raises(BrokenForm):
        FORMS[SectionKey.OVERVIEW](data).content()


@pytest.mark.parametrize("total", ["-1", "201", "x"])
def test_an_impossible_number_of_rows_is_refused(total):
    with pytest.raises(BrokenForm):
        FORMS[SectionKey.OVERVIEW](sent(SectionKey.OVERVIEW, **{"rules-TOTAL_FORMS": total})).content()
