"""Addresses from the pinyin of a name."""

import pytest

from schools.slugs import MAX_LENGTH, free_slug, suggest_slug
from tests import factories


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("湖南大学", "hunan-daxue"),
        ("厦门大学嘉庚学院", "xiamen-daxue-jiageng-xueyuan"),
        ("重庆三峡医药高等专科学校", "chongqingsanxia-yiyao-gaodeng-zhuanke-xuexiao"),
        ("北京大学（深圳ABC校区）", "beijing-daxue-shenzhenabcxiaoqu"),
        ("绿城学院", "lvcheng-xueyuan"),
        ("（）", ""),
    ],
)
def test_a_name_becomes_its_pinyin_word_by_word(name, slug):
    assert suggest_slug(name) == slug


def test_a_long_name_is_cut_at_a_word():
    slug = suggest_slug("大学" * 30)
    assert slug == "-".join(["daxue"] * 13)
    assert len(slug) <= MAX_LENGTH
    assert len(suggest_slug("庄" * 60)) == MAX_LENGTH


def test_a_taken_address_gets_a_number(province):
    for slug in ("hunan-daxue", "hunan-daxue-2"):
        factories.make_school(province, slug=slug)
    assert free_slug("湖南大学") == "hunan-daxue-3"
    assert free_slug("（）") == "xuexiao"
