"""The closed vocabulary: what is kept, what goes, and that no word is lost on the way."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from disclosure.richtext import ATTRIBUTES, TAGS, clean, from_text, to_text
from tests.strategies import characters, wild_html


@given(wild_html)
@example("<h3><p></p></h3>")
@example('<p>表格写作 colspan="1" 即可</p>')
@example("<p><strong></strong></p>")
@example("\x85<p>x</p>")
@example("</p> 0")
def test_cleaning_twice_changes_nothing(html):
    once = clean(html)
    assert clean(once) == once


@given(wild_html)
def test_only_the_vocabulary_is_left(html):
    for tag in BeautifulSoup(clean(html), "html5lib").body.find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= ATTRIBUTES.get(tag.name, set())
        assert tag.get("href", "https:").partition(":")[0] in ("http", "https", "mailto")


@given(st.text(characters))
def test_text_that_looks_like_markup_is_kept_word_for_word(text):
    kept = [" ".join(line.split()) for line in to_text(clean(from_text(text))).splitlines()]
    meant = [" ".join(_printable(line).split()) for line in text.splitlines()]
    assert [line for line in kept if line] == [line for line in meant if line]


def _printable(text):
    """Control characters are no words."""
    return "".join(character for character in text if character in "\t\n\r" or not _is_control(character))


def _is_control(character):
    return ord(character) < 32 or 127 <= ord(character) < 160 or character in "\ufffe\uffff"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>公布<高等学校信息公开事项清单>的通知</p>", "<p>公布&lt;高等学校信息公开事项清单&gt;的通知</p>"),
        ('<p class="MsoNormal"><span style="color:red">一</span><o:p></o:p></p>', "<p>一</p>"),
        ("<div>一</div>", "一"),
        ("<h2>一</h2>", "一"),
        ("<p>一</p><p>&nbsp;</p><p> <br> </p><p>二</p>", "<p>一</p><p>二</p>"),
        ("<p>一<script>alert(1)</script></p>", "<p>一</p>"),
        ("<p>一<!--[if gte mso 9]>x<![endif]--></p>", "<p>一</p>"),
        ('<p><a href="javascript:alert(1)">一</a></p>', "<p><a>一</a></p>"),
        (
            '<p><a href="https://example.cn/" target="_blank" rel="x">一</a></p>',
            '<p><a href="https://example.cn/">一</a></p>',
        ),
        (
            '<table><tr><td colspan="1" rowspan="2">一</td></tr></table>',
            '<table><tbody><tr><td rowspan="2">一</td></tr></tbody></table>',
        ),
        ('<p>写作 colspan="1" 即可</p>', '<p>写作 colspan="1" 即可</p>'),
        ("<h3><p></p></h3><p>一</p>", "<p>一</p>"),
        ("<p></p>", ""),
        ("<table><tbody><tr><td></td></tr></tbody></table>", ""),
        ("", ""),
    ],
)
def test_what_clerks_paste_comes_out_clean(html, cleaned):
    assert clean(html) == cleaned


def test_text_of_html_parts_blocks_by_lines_and_cells_by_tabs():
    html = "<h3>（一）一</h3><p>二<br>三</p><table><tbody><tr><td>四</td><td>五</td></tr></tbody></table>"
    assert to_text(html) == "（一）一\n二\n三\n四\t五\t\n\n"


def test_running_text_becomes_paragraphs():
    assert from_text(" 一 < 二 \n\n三&四\n") == "<p>一 &lt; 二</p><p>三&amp;四</p>"


@pytest.mark.parametrize(
    "html", ["<ul><li>" * 100_000 + "深", "<strong>" * 100_000 + "深", "<sup>深" * 90 + "</sup>" * 90]
)
def test_of_what_is_nested_deeper_than_anybody_writes_the_words_stay(html):
    cleaned = clean(html)
    assert set(to_text(cleaned)) == {"深", "\n"}
    assert "<li>" not in cleaned
    assert "<sup>" not in cleaned


def test_a_dozen_lists_in_each_other_stay():
    html = "<ul><li>一" * 12 + "</li></ul>" * 12
    assert clean(html) == html


def test_a_heading_that_only_a_div_kept_apart_is_clean_at_once():
    assert clean("<h3><div><h3>题") == clean(clean("<h3><div><h3>题")) == "<h3>题</h3>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>", "甲\n乙\n\n丙\n"),
        ("<ol><li><strong>甲</strong><ol><li>乙</li></ol>丙</li></ol>", "甲\n乙\n丙\n"),
        ("<ol><li><strong> </strong>&nbsp;<ol><li>乙</li></ol></li></ol>", " \xa0乙\n\n"),
        ("甲<p>乙</p>丙<p>丁</p>", "甲\n乙\n丙\n丁\n"),
        ("<table><tbody><tr><td>甲<p>乙</p></td></tr></tbody></table>", "甲\n乙\n\t\n\n"),
        ("<p>甲<strong>乙</strong><sub>丙</sub></p>", "甲乙丙\n"),
        ("<p>a &lt; b &gt; c</p>", "a < b > c\n"),
    ],
)
def test_the_words_of_two_blocks_stand_in_two_lines(html, text):
    """Also where nothing is closed between them: an item's words and the list in it once read as one."""
    assert to_text(html) == text
