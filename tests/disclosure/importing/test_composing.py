"""What a proposal would write, and what a move of a block changes."""

import pytest

from disclosure.importing import assemble
from disclosure.importing.assemble import ROLES_OF, compose, figures_of, move, to_interchange
from disclosure.importing.blocks import Cell, Paragraph, Source, Table
from disclosure.importing.classify import propose
from disclosure.importing.classify.regions import REGIONS, province_of
from disclosure.importing.proposal import BlockRole, Proposal, ProposedFigure
from disclosure.report.enums import MANDATED, SectionKey
from tests.disclosure.importing import invented

OVERVIEW, PROACTIVE, OTHER = SectionKey.OVERVIEW, SectionKey.PROACTIVE, SectionKey.OTHER


def paragraphs(*texts: str, **look) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(html=text, **(invented.BODY | look)) for text in texts)


def proposal(*more) -> Proposal:
    """Six blocks: title, two sections with a paragraph each and a line that is nowhere at home."""
    blocks = paragraphs(
        "青川师范大学2022-2023学年信息公开工作报告",
        "一、概述",
        "学校高度重视信息公开工作，成立了领导小组。",
        "二、主动公开情况",
        "通过学校官网发布信息401条。",
    )
    return propose(Source(blocks=(*blocks, *more)))


def test_only_what_is_proposed_has_a_key():
    assert compose(proposal()) == {
        "title": "青川师范大学2022-2023学年信息公开工作报告",
        "label": "2022-2023学年",
        "period": {"start": "2022-09-01", "end": "2023-08-31"},
        "sections": {
            "overview": {"heading": "一、概述", "body": "<p>学校高度重视信息公开工作，成立了领导小组。</p>"},
            "proactive": {
                "heading": "二、主动公开情况",
                "body": "<p>通过学校官网发布信息401条。</p>",
                "figures": {"channels": [{"channel": "website", "name": "学校官网", "count": 401}]},
            },
        },
    }
    assert compose(Proposal()) == {}


def test_a_moved_block_takes_its_words_and_figures_along():
    moved = move(proposal(), [4], OVERVIEW)

    assert moved.blocks[4].moved
    assert (moved.blocks[4].place, moved.blocks[4].role) == (OVERVIEW, BlockRole.TEXT)
    sections = compose(moved)["sections"]
    assert sections["overview"]["body"].endswith("<p>通过学校官网发布信息401条。</p>")
    assert "body" not in sections["proactive"]
    assert "figures" not in sections["proactive"]


def test_many_blocks_are_moved_at_once_and_the_rest_stays():
    before = proposal()
    moved = move(before, [1, 2], OTHER, BlockRole.TEXT)

    assert "overview" not in compose(moved)["sections"]
    assert moved.blocks[0] == before.blocks[0]
    assert moved.blocks[3:] == before.blocks[3:]
    assert before == proposal()


def test_a_title_moved_out_takes_label_year_and_school_along():
    moved = move(proposal(), [0], None)

    assert (moved.label, moved.year, moved.school) == ("", None, "青川师范大学")
    assert "title" not in compose(moved)
    assert (moved.blocks[0].role, moved.blocks[0].place) == (BlockRole.LEFT_OUT, None)


def test_a_table_moved_to_the_annex_gives_its_people_and_takes_them_back():
    row = [Cell(blocks=paragraphs(text)) for text in ("张一山", "0731-80000001")]
    head = [Cell(blocks=paragraphs(text)) for text in ("姓名", "电话")]
    before = proposal(Table(rows=(tuple(head), tuple(row))))

    assert [one.name for one in before.contacts] == ["张一山"]
    out = move(before, [5], PROACTIVE)
    assert out.contacts == ()
    assert "<table>" in compose(out)["sections"]["proactive"]["body"]
    assert [one.name for one in move(out, [5], SectionKey.CONTACTS).contacts] == ["张一山"]


def test_a_place_takes_only_its_own_roles():
    with pytest.raises(ValueError, match="title"):
        move(proposal(), [2], OVERVIEW, BlockRole.TITLE)
    with pytest.raises(IndexError):
        move(proposal(), [99], OVERVIEW)


def test_every_place_has_roles_and_every_role_a_place():
    assert set(ROLES_OF) == {None, *SectionKey}
    assert {role for roles in ROLES_OF.values() for role in roles} == set(BlockRole)


@pytest.mark.parametrize("place", list(ROLES_OF))
def test_a_block_may_be_anything_a_place_allows(place):
    for role in ROLES_OF[place]:
        moved = move(proposal(), [4], place, role)
        assert (moved.blocks[4].place, moved.blocks[4].role) == (place, role)
        compose(moved)


def figure(key, value):
    return ProposedFigure(section=SectionKey.ON_REQUEST, key=key, value=value, sentence="", block=0)


def test_figures_are_nested_as_the_interchange_form_has_them():
    found = [
        figure("received", 3),
        figure("refused_by.privacy", 1),
        figure("by_applicant.campus.received", 2),
        figure("by_applicant.campus.refused_by.privacy", 1),
        figure("channels", {"name": "官网", "count": 1}),
        figure("channels", {"name": "微博", "count": 2}),
    ]

    assert figures_of(found) == {
        "received": 3,
        "refused_by": {"privacy": 1},
        "by_applicant": {"campus": {"received": 2, "refused_by": {"privacy": 1}}},
        "channels": [{"name": "官网", "count": 1}, {"name": "微博", "count": 2}],
    }


def test_the_interchange_form_is_whole_and_says_what_was_assumed():
    told = to_interchange(proposal(*paragraphs("特此报告。")))

    assert list(told["sections"]) == [key.value for key in MANDATED]
    assert told["school"] == {"slug": "qingchuan-shifan-daxue", "name": "青川师范大学"}
    assert "province" not in told
    assert told["signature"] == {"organisation": "", "date": None}
    assert "按学年推定" in told["notes"]
    assert "没有认出所在省份" in told["notes"]
    assert "特此报告" in told["notes"]


def test_an_empty_proposal_is_told_in_the_whole_form_too():
    told = to_interchange(Proposal())

    assert told["year"] is None
    assert told["period"] == {"start": None, "end": None}
    assert told["school"]["slug"] == ""


@pytest.mark.parametrize(
    ("school", "said", "code"),
    [
        ("湖南石油化工职业技术学院", "", "43"),
        ("泉州工程职业技术学院", "", "35"),
        ("海南大学", "", "46"),
        ("河南大学", "", "41"),
        ("南京师范大学", "", "32"),
        ("重庆大学", "", "50"),
        ("内蒙古大学", "", "15"),
        ("青川师范大学", "湖北省教育厅办公室：", "42"),
        ("青川师范大学", "根据（鄂教办函〔2023〕13号）要求", "42"),
        ("青川师范大学", "根据教育部要求", None),
        ("", "", None),
    ],
)
def test_the_province_is_told_by_name_city_or_education_department(school, said, code):
    found = province_of(school, said)

    assert (found.code if found else None) == code


def test_provinces_and_cities_are_each_named_once():
    assert len(REGIONS) == 31
    assert len({region.code for region in REGIONS}) == len({region.name for region in REGIONS}) == 31
    cities = [city for region in REGIONS for city in region.cities]
    assert len(cities) == len(set(cities)) > 320


def test_composing_changes_no_proposal():
    before = proposal()
    assemble.compose(before)
    assert before == proposal()
