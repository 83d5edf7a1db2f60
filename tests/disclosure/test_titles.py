"""A title is broken where the meaning allows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.publishing.rendering.title import MEASURE, title_parts, width


@pytest.mark.parametrize(
    ("school", "title", "parts"),
    [
        # As five real colleges write theirs, under invented names of the same length.
        (
            "甲阳科技职业学院",
            "甲阳科技职业学院2023年度信息公开工作报告",
            ("甲阳科技职业学院", "2023年度信息公开工作报告"),
        ),
        (
            "甲沙职业技术学院",
            "甲沙职业技术学院2022年高校信息公开工作报告",
            ("甲沙职业技术学院", "2022年高校信息公开工作报告"),
        ),
        (
            "甲北乙感职业学院",
            "甲北乙感职业学院 2023 年信息公开工作报告",
            ("甲北乙感职业学院 ", "2023 年信息公开工作报告"),
        ),
        (
            "甲州工程职业技术学院",
            "甲州工程职业技术学院2022-2023学年度信息公开工作报告",
            ("甲州工程职业技术学院", "2022-2023学年度信息公开工作报告"),
        ),
        (
            "甲南石油化工职业技术学院",
            "甲南石油化工职业技术学院2017-2018年度信息公开工作年度报告",
            ("甲南石油化工职业技术学院", "2017-2018年度信息公开工作年度报告"),
        ),
        # The odd ones.
        ("甲大学", "2023年度甲大学信息公开工作报告", ("2023年度甲大学", "信息公开工作报告")),
        ("甲大学", "甲大学", ("甲大学",)),
        ("甲大学", "信息公开年度报告", ("信息公开年度报告",)),
        ("甲大学", "", ()),
        (
            "",
            "关于甲省高等学校信息公开工作2022-2023学年度有关情况的报告",
            ("关于甲省高等学校信息公开工作", "2022-2023学年度有关情况的报告"),
        ),
        (
            "甲职业技术学院",
            "信息公开工作年度报告（2022-2023学年度）——甲职业技术学院（东校区）",
            ("信息公开工作年度报告", "（2022-2023学年度）——", "甲职业技术学院", "（东校区）"),
        ),
        (
            "甲大学",
            "甲大学2021—2022学年度、2022—2023学年度信息公开工作报告",
            ("甲大学", "2021—2022学年度、", "2022—2023学年度信息公开工作报告"),
        ),
        (
            "",
            "Institute of Technology Annual Report on Information Disclosure",
            ("Institute of Technology Annual ", "Report on Information Disclosure"),
        ),
    ],
)
def test_a_title_is_broken_after_the_school_and_between_words(school, title, parts):
    assert title_parts(title, school) == parts


@given(
    st.text("甲乙大学院2019-年度信息公开工作报告（）《》、 ABab", max_size=80),
    st.sampled_from(["", "甲大学", "甲乙学院"]),
)
def test_no_character_is_lost_and_no_line_begins_or_ends_with_the_wrong_sign(title, school):
    parts = title_parts(title, school)
    assert "".join(parts) == title
    for before, after in pairwise(parts):
        if not before.endswith(school) or not school:
            assert not (before[-1].isdigit() and after[0].isdigit())
            assert after[0] not in "）》、 "
            assert before[-1] not in "（《"


def test_a_word_that_fits_no_line_stands_alone():
    name = "甲" * int(MEASURE + 5)
    assert title_parts(f"{name}2023年度信息公开工作报告") == (name, "2023年度信息公开工作报告")
    assert width(name) > MEASURE
