"""What is taken over from an earlier report: the list is whole, each row does what it says, nothing else comes along."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.drafting import carry_over
from disclosure.drafting.carry_over import (
    CARRIED,
    LEFT_BEHIND,
    WHAT_CARRIES,
    Aim,
    Source,
    carried,
    is_changed,
)
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.richtext import to_text
from disclosure.richtext.placeholders import BLANK
from tests.factories import full_document
from tests.strategies import documents

AIM = Aim("甲省明德学院", "2025年度", "91")
# What every part has besides its content.
BOOKKEEPING = {"id", "report", "version", "saved_at", "saved_by", "unparsed", "carried_from"}


def source(document=None, contacts=None, **changes):
    document = document or full_document(year=2024, **changes)
    return Source(document.public(), document.contacts if contacts is None else contacts)


def text_of(key, **changes):
    values, _ = carried(source(**changes), key, AIM)
    return values


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", list(SectionKey))
def test_every_column_of_a_part_is_decided_on_once(key):
    named = [column for row in WHAT_CARRIES for column in row.columns.get(key, ())]
    fields = SECTIONS[key].model._meta.get_fields()
    assert sorted(named) == sorted({field.name for field in fields} - BOOKKEEPING)


def test_what_carries_is_told_before_what_does_not():
    assert WHAT_CARRIES == CARRIED + LEFT_BEHIND
    assert len({row.words for row in WHAT_CARRIES}) == len(WHAT_CARRIES)


def test_the_list_as_it_was_decided():
    """Figures, dates, years and the signature never carry: whoever moves a row has to change this."""
    assert {column for row in CARRIED for columns in row.columns.values() for column in columns} == {
        "title",
        "addressee",
        "preamble",
        "heading",
        "body",
        "people",
    }


# --- the head ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲省明德学院2023-2024学年度信息公开工作报告", "甲省明德学院2025年度信息公开工作报告"),
        ("甲省明德学院2023—2024学年信息公开年报", "甲省明德学院2025年度信息公开年报"),
        ("甲省明德学院 2024 年信息公开工作报告", "甲省明德学院 2025年度信息公开工作报告"),
        ("甲省明德学院二〇二四年信息公开报告", "甲省明德学院2025年度信息公开报告"),
        ("2024年度甲省明德学院信息公开报告", "2025年度甲省明德学院信息公开报告"),
        ("甲省明德学院信息公开工作报告", "甲省明德学院信息公开工作报告"),
        ("甲省明德学院2024年度报告（统计至2024年8月）", f"甲省明德学院2025年度报告（统计至{BLANK}年{BLANK}月）"),
    ],
)
def test_the_title_keeps_its_wording_and_gets_the_new_label(title, expected):
    assert text_of(SectionKey.HEAD, title=title)["title"] == expected


def test_a_school_that_was_renamed_is_named_as_it_is_called_now():
    values, _ = carried(source(), SectionKey.HEAD, Aim("甲省明德大学", "2025年度", "91"))
    assert values["title"] == "甲省明德大学2025年度信息公开工作报告"


def test_another_province_has_an_addressee_of_its_own():
    assert text_of(SectionKey.HEAD)["addressee"] == "甲省教育厅办公室"
    values, _ = carried(source(), SectionKey.HEAD, Aim("甲省明德学院", "2025年度", "92"))
    assert "addressee" not in values


def test_the_preamble_comes_with_blanks():
    preamble = "<p>依据《高等学校信息公开办法》（教育部令第29号），统计期限为2023年9月1日至2024年8月31日。</p>"
    assert text_of(SectionKey.HEAD, preamble=preamble)["preamble"] == (
        f"<p>依据《高等学校信息公开办法》（教育部令第29号），统计期限为{BLANK}年{BLANK}月{BLANK}日"
        f"至{BLANK}年{BLANK}月{BLANK}日。</p>"
    )


def test_a_line_that_blanks_have_made_too_long_is_left_to_the_default():
    heading = "一、" + "2年" * 90
    assert "heading" not in text_of(SectionKey.OVERVIEW, sections__overview__heading=heading)


# --- the sections and the contacts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", MANDATED)
def test_a_section_carries_its_heading_and_its_text_alone(key):
    values, rows = carried(source(), key, AIM)
    assert (set(values), rows) == ({"heading", "body"}, {})
    assert values["heading"] == SECTIONS[key].heading


def test_a_section_that_last_year_lacked_brings_nothing():
    document = full_document(year=2024, sections__other={"heading": "七、其他", "figures": {}})
    assert carried(source(document), SectionKey.OTHER, AIM) is None


def test_contacts_come_as_the_school_has_them_and_not_as_the_public_sees_them():
    document = full_document(year=2024)
    _, rows = carried(source(document), SectionKey.CONTACTS, AIM)
    assert [row["mobile"] for row in rows["people"]] == [person.mobile for person in document.contacts]
    _, rows = carried(source(document, document.public().contacts), SectionKey.CONTACTS, AIM)
    assert [row["mobile"] for row in rows["people"]] == ["", "", ""]


def test_no_contacts_are_nothing():
    assert carried(source(full_document(year=2024, contacts=[])), SectionKey.CONTACTS, AIM) is None


# --- what holds of every report -----------------------------------------------------------------------------------------

# Numbers that stand nowhere by chance.
facts = st.lists(
    st.integers(1_000, 99_999).filter(lambda number: not 2000 <= number <= 2100), min_size=11, max_size=11, unique=True
)


def _telling(numbers, year):
    """A report whose text tells every figure, date and year it has, in words and tables."""
    one, two, three, four, five, six, seven, eight, nine, ten, eleven = numbers
    percent = f"{one % 100}.{two % 10}"
    texts = {
        "overview": f"<p>{year}年共培训{one}次，{two}人次参加，联络员<strong>{three}</strong>人。</p>",
        "proactive": (
            f"<p>自{year - 1}年9月1日至{year}年8月31日，发布信息近{four}余条。</p>"
            f"<table><tbody><tr><td>官网</td><td>{five}</td></tr><tr><td>微信</td><td>约{six}条</td></tr></tbody></table>"
        ),
        "on_request": f"<p>收到申请{seven}件，收费{eight}元，最长{nine}个工作日。</p>",
        "evaluation": f"<p>收回问卷{ten}份，满意率{percent}%。</p>",
        "complaints": f"<p>收到举报{eleven}件。</p>",
        "experience": f"<p>{year - 1}-{year}学年度，（一）1.经验</p>",
        "other": f"<p>{year}年10月20日，无其他事项。</p>",
    }
    document = full_document(year=year).to_json()
    for key, body in texts.items():
        document["sections"][key]["body"] = body
    figures = {key: section["figures"] for key, section in document["sections"].items()}
    figures["overview"] = {"training_sessions": one, "training_staff": two, "liaison_staff": three}
    figures["proactive"] = {
        "total": four,
        "channels": [{"channel": "website", "count": five}, {"channel": "wechat", "count": six}],
    }
    figures["on_request"] = {"received": seven, "fees_charged": eight, "longest_days": nine}
    figures["evaluation"] = {"responses": ten, "satisfaction_percent": float(percent)}
    figures["complaints"] = {"reports": eleven}
    for key, section in document["sections"].items():
        section["figures"] = figures[key]
    document["preamble"] = f"<p>现将{year - 1}年9月1日至{year}年8月31日的情况报告如下，共{four}条。</p>"
    return Document.model_validate(document)


@given(facts, st.integers(2012, 2030))
def test_no_figure_period_date_year_or_signature_of_the_old_report_is_in_the_new(numbers, year):
    document = _telling(numbers, year)
    for key in SectionKey:
        values, rows = carried(source(document), key, Aim("甲省明德学院", "新的年度", "91"))
        assert set(values) <= {"title", "addressee", "preamble", "heading", "body"}
        said = "".join(values.values())
        assert [number for number in numbers if str(number) in said] == []
        assert re.findall(r"20[0-9]{2}|9月|8月|31日|20日", said) == []
        assert set(rows) <= {"people"}


@given(documents())
def test_whatever_the_old_report_says_what_is_taken_over_fits_its_columns(document):
    limits = {"title": 200, "addressee": 100, "heading": 200}
    for key in SectionKey:
        values, rows = carried(source(document), key, AIM) or ({}, {})
        assert all(len(values[name]) <= limit for name, limit in limits.items() if name in values)
        figures = {column for row in LEFT_BEHIND for column in row.columns.get(key, ())}
        assert not figures & {*values, *rows}


REPORTS = sorted((Path(__file__).resolve().parents[3] / "shared/reports").glob("*.json"))


@pytest.mark.skipif(not REPORTS, reason="The five real reports are not in ../shared/reports.")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:3])
def test_of_a_real_report_no_year_of_its_own_and_no_counted_figure_comes_along(path):
    document = Document.model_validate_json(path.read_text(encoding="utf-8"))
    real = source(document)
    said = ""
    for key in SectionKey:
        values, _ = carried(real, key, Aim(document.school.name, "新的年度", "91")) or ({}, {})
        said += "\n".join(to_text(text) for text in values.values())
    # What stays by rule: numbers of documents, and rules named with the year they were made in.
    told = re.sub(r"[〔【\[（(]\s*\d{4}\s*[〕】\]）)]\s*\d+\s*号", "", said)
    assert [year for year in real.own_years if f"{year}" in told] == []
    assert re.findall(r"\d+\s*(?:余|多)?(?:条|件|次|人|期|份|篇|元|%|％|年|月|日)", told) == []
    assert BLANK in said


# --- worked on or not -------------------------------------------------------------------------------------------------


class Part:
    """A stored part, as far as it is asked."""

    def __init__(self, people=(), **values):
        self.__dict__.update(values)
        self.people = self
        self.rows = people

    def all(self):
        return [Part(**row) for row in self.rows]


@pytest.mark.parametrize(
    ("stored", "sent", "expected"),
    [
        ("<p>原文</p>", "<p>原文</p>", False),
        ("<p>原文</p>", "<p>原文 </p>", False),
        ("<p>原文</p>", "<p><strong>原文</strong></p>", False),
        ("<table><tr><td>1</td></tr></table>", "<table><tbody><tr><td><p>1</p></td></tr></tbody></table>", False),
        ("<p>原文</p>", "<p>原文改</p>", True),
        ("<p>原文</p>", "", True),
        ('<p><a href="https://a.example/">见</a></p>', '<p><a href="https://b.example/">见</a></p>', True),
    ],
)
def test_a_text_counts_as_worked_on_when_its_words_or_links_are_others(stored, sent, expected):
    part = Part(heading="一、概述", body=stored)
    assert is_changed(SectionKey.OVERVIEW, part, {"heading": "一、概述", "body": sent}, {}) is expected


def test_figures_are_no_work_on_the_text():
    part = Part(heading="一、概述", body="<p>原文</p>", training_sessions=None)
    values = {"heading": "一、概述", "body": "<p>原文</p>", "training_sessions": 3}
    assert not is_changed(SectionKey.OVERVIEW, part, values, {"rules": [{"name": "办法"}]})


def test_a_blank_row_of_contacts_is_no_work():
    one = {"role": "leader", "name": "方分管", "position": "", "office_phone": "", "mobile": "", "email": ""}
    part = Part(people=[one])
    blank = {"role": "additional"}
    assert not is_changed(SectionKey.CONTACTS, part, {}, {"people": [one | {"position_in_list": 0}, blank]})
    assert is_changed(SectionKey.CONTACTS, part, {}, {"people": [one | {"name": "唐分管"}]})
    assert carry_over.is_changed(SectionKey.CONTACTS, part, {}, {"people": []})
