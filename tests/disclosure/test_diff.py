"""What changed from one document to another."""

import pytest

from disclosure.report.diff import compare, figure_lines, figures_beside
from disclosure.report.enums import SectionKey
from tests.disclosure.test_textdiff import told
from tests.factories import full_document


def part_of(key, old, new):
    return next(part for part in compare(old, new) if part.key == key)


def test_the_same_document_has_nine_parts_without_a_change():
    document = full_document()
    parts = compare(document, full_document())
    assert [part.key for part in parts] == list(SectionKey)
    assert not any(part.is_changed for part in parts)


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("title", "另一个标题", SectionKey.HEAD),
        ("label", "2030年度", SectionKey.HEAD),
        ("addressee", "另一个厅", SectionKey.HEAD),
        ("preamble", "<p>另一段引言。</p>", SectionKey.HEAD),
        ("period", {"start": "2020-01-01", "end": "2020-12-31"}, SectionKey.HEAD),
        ("signature", {"organisation": "甲省明德学院", "date": "2020-01-01"}, SectionKey.HEAD),
        ("signature", {"organisation": "校办", "date": None}, SectionKey.HEAD),
        ("sections__overview__heading", "一、总体情况", SectionKey.OVERVIEW),
        ("sections__overview__body", "<p>另一段。</p>", SectionKey.OVERVIEW),
        ("sections__overview__figures__rules", [], SectionKey.OVERVIEW),
        ("sections__overview__figures__liaison_staff", "n/a", SectionKey.OVERVIEW),
        ("sections__proactive__figures__total_reason", "去除重复", SectionKey.PROACTIVE),
        ("sections__proactive__figures__total_is_approximate", True, SectionKey.PROACTIVE),
        ("sections__proactive__figures__channels", [], SectionKey.PROACTIVE),
        ("sections__on_request__figures__refused_by__privacy", None, SectionKey.ON_REQUEST),
        ("sections__on_request__figures__by_applicant__campus__received", 9, SectionKey.ON_REQUEST),
        ("sections__on_request__figures__mean_days", 8, SectionKey.ON_REQUEST),
        ("sections__evaluation__figures__methods", ["问卷调查"], SectionKey.EVALUATION),
        ("sections__evaluation__figures__satisfaction_percent", 90, SectionKey.EVALUATION),
        ("sections__complaints__figures__lawsuits_by", {"upheld": 0}, SectionKey.COMPLAINTS),
        ("sections__experience__body", "<p>另一段。</p>", SectionKey.EXPERIENCE),
        ("sections__other__body", "<p>另一段。</p>", SectionKey.OTHER),
        ("contacts", [], SectionKey.CONTACTS),
    ],
)
def test_whatever_is_changed_is_told_in_its_part_alone(path, value, key):
    changed = [part.key for part in compare(full_document(), full_document(**{path: value})) if part.is_changed]
    assert changed == [key]


def test_a_changed_figure_says_what_it_was_and_what_it_is():
    new = full_document(
        sections__evaluation__figures__responses=250, sections__evaluation__figures__satisfaction_percent=96
    )
    changes = part_of(SectionKey.EVALUATION, full_document(), new).figures
    assert [(one.label, one.unit, one.old.value, one.new.value, one.difference, one.percent) for one in changes] == [
        ("收回评议意见", "份", 200, 250, 50, 25),
        ("满意率", "%", 97.5, 96, -1.5, None),
    ]


def test_nothing_is_subtracted_from_what_is_no_number():
    old = full_document(sections__complaints__figures__reports="n/a", sections__complaints__figures__lawsuits=None)
    changes = part_of(SectionKey.COMPLAINTS, old, full_document()).figures
    assert [(one.label, one.old and one.old.value, one.new.value, one.difference) for one in changes] == [
        ("行政诉讼总计", None, 0, None),
        ("收到举报", "n/a", 0, None),
    ]


def test_a_figure_that_was_zero_has_no_percent():
    new = full_document(sections__complaints__figures__reports=2)
    (change,) = part_of(SectionKey.COMPLAINTS, full_document(), new).figures
    assert (change.difference, change.percent) == (2, None)


def test_every_figure_of_a_section_has_a_name_of_its_own():
    channels = [{"channel": "website", "count": 1}, {"channel": "website", "count": 2}, {"count": 3}]
    document = full_document(sections__proactive__figures__channels=channels)
    for key in SectionKey:
        labels = [line.label for line in figure_lines(document, key)]
        assert len(labels) == len(set(labels))
    assert [line.label for line in figure_lines(document, SectionKey.PROACTIVE)][:3] == [
        "官网",
        "官网（第2行）",
        "未写明的渠道",
    ]


def test_figures_stand_beside_those_of_last_year_also_where_one_side_is_missing():
    old = full_document(
        sections__proactive__figures__channels=[
            {"channel": "website", "name": "学校官网", "count": 600},
            {"name": "校报", "count": 4},
        ],
        sections__proactive__figures__total=None,
    )
    beside = figures_beside(old, full_document(), SectionKey.PROACTIVE)
    assert [(one.label, one.old and one.old.value, one.new and one.new.value) for one in beside] == [
        ("官网：学校官网", 600, 820),
        ("校报", 4, None),
        ("微信公众号：官方微信公众号", None, 380),
        ("主动公开信息总数", 604, 1200),
        ("清单列出的公开事项", 50, 50),
        ("其中学校不涉及的事项", 4, 4),
    ]


def test_without_last_year_the_figures_stand_alone():
    beside = figures_beside(None, full_document(), SectionKey.EVALUATION)
    assert [(one.old, one.new.value) for one in beside] == [(None, 200), (None, 97.5)]


def test_contacts_are_told_field_by_field_with_what_is_private():
    old = full_document()
    people = [person.model_dump(mode="json") for person in old.contacts]
    people[1]["mobile"] = "10000000009"
    people.append({"role": "additional", "name": "钱联系"})
    changes = part_of(SectionKey.CONTACTS, old, full_document(contacts=people)).fields
    assert [(one.label, told(one.pieces)) for one in changes] == [
        ("部门负责人 · 移动电话", "[-10000000002-]{+10000000009+}"),
        ("其他联系人 · 姓名", "{+钱联系+}"),
    ]
