"""What changed from one running text to another."""

import random
import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.richtext import clean, to_text
from disclosure.richtext.diff import Change, Fold, Paragraph, compare_html, compare_line


def told(pieces) -> str:
    """Pieces as a person would mark them: [-gone-] and {+come+}."""
    marks = {Change.KEPT: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.change].format(piece.text) for piece in pieces)


def lines(items) -> list:
    """Paragraphs as told, folds as the number of what they hold."""
    return [len(one.paragraphs) if isinstance(one, Fold) else (one.change.value, told(one.pieces)) for one in items]


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2021-2022学年度报告", "2022-2023学年度报告", "[-2021-2022-]{+2022-2023+}学年度报告"),
        ("满意率为97.5%，较上年提高", "满意率为98%，较上年提高", "满意率为[-97.5%-]{+98%+}，较上年提高"),
        ("共发布信息1200条", "共发布信息1350条", "共发布信息[-1200-]{+1350+}条"),
        ("电话0000-0000001转", "电话0000-0000002转", "电话[-0000-0000001-]{+0000-0000002+}转"),
        ("请见www.example.cn/a网页", "请见www.example.cn/b网页", "请见[-www.example.cn/a-]{+www.example.cn/b+}网页"),
        (
            "共收到申请3件，均已答复",
            "共收到申请4件（上年3件），均已答复",
            "共收到申请[-3件-]{+4件（上年3件）+}，均已答复",
        ),
        ("全年培训二次", "全年培训三次", "全年培训[-二-]{+三+}次"),
        ("无。", "本学年没有收到举报。", "[-无。-]{+本学年没有收到举报。+}"),
        ("", "新写的话", "{+新写的话+}"),
        ("删去的话", "", "[-删去的话-]"),
        ("一字未改", "一字未改", "一字未改"),
        ("", "", ""),
    ],
)
def test_a_line_is_told_by_characters_that_belong_together(old, new, expected):
    assert told(compare_line(old, new)) == expected


def test_where_little_is_the_same_the_whole_line_goes_and_comes():
    old, new = "学校召开了信息公开工作会议。", "各部门指定一名联络员负责此事。"
    assert told(compare_line(old, new)) == f"[-{old}-]{{+{new}+}}"


def test_edits_on_both_sides_of_a_comma_stay_apart():
    assert told(compare_line("发布信息1200条，培训20次，参加60人", "发布信息1350条，培训30次，参加60人")) == (
        "发布信息[-1200-]{+1350+}条，培训[-20-]{+30+}次，参加60人"
    )


sentences = st.text(alphabet="一二三信息公开，。（）0123456789%-. ABCxyz\U000f0001", max_size=60)


@given(sentences, sentences)
@settings(max_examples=300, deadline=None)
def test_kept_and_removed_are_the_old_line_and_kept_and_added_the_new(old, new):
    pieces = compare_line(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == new


# --- running text -----------------------------------------------------------------------------------------------------


def test_the_same_text_has_no_changes():
    assert compare_html("<p>甲</p><p>乙</p>", "<p>甲</p><p>乙</p>") == ()
    assert compare_html("", "") == ()


def test_paragraphs_are_compared_with_those_they_came_from():
    old = "<p>学校召开会议一次。</p><p>全年培训两次，参加六十人。</p>"
    new = "<p>新写的第一段，与旧文无关。</p><p>学校召开会议三次。</p><p>全年培训两次，参加八十人。</p>"
    assert lines(compare_html(old, new)) == [
        ("added", "{+新写的第一段，与旧文无关。+}"),
        ("edited", "学校召开会议[-一-]{+三+}次。"),
        ("edited", "全年培训两次，参加[-六-]{+八+}十人。"),
    ]


def test_a_paragraph_taken_out_or_put_in_leaves_its_neighbours_alone():
    old = "<p>第一段。</p><p>中间的一段话。</p><p>最后一段。</p>"
    new = "<p>第一段。</p><p>最后一段。</p>"
    assert lines(compare_html(old, new)) == [
        ("kept", "第一段。"),
        ("removed", "[-中间的一段话。-]"),
        ("kept", "最后一段。"),
    ]
    assert lines(compare_html(new, old))[1] == ("added", "{+中间的一段话。+}")


def test_long_stretches_without_a_change_are_folded():
    paragraphs = [f"<p>第{number}段，没有改动。</p>" for number in range(1, 9)]
    old = "".join([*paragraphs, "<p>结尾一句。</p>"])
    new = "".join([*paragraphs, "<p>结尾二句。</p>"])
    assert lines(compare_html(old, new)) == [
        7,
        ("kept", "第8段，没有改动。"),
        ("edited", "结尾[-一-]{+二+}句。"),
    ]


def test_a_single_unchanged_paragraph_is_not_folded():
    old = "<p>甲甲甲。</p><p>乙乙乙。</p><p>改动一处。</p>"
    new = "<p>甲甲甲。</p><p>乙乙乙。</p><p>改动二处。</p>"
    assert [type(one) for one in compare_html(old, new)] == [Paragraph, Paragraph, Paragraph]


def test_a_text_written_anew_beyond_all_likeness_is_told_quickly():
    old = "".join(f"<p>旧文第{number}段。</p>" for number in range(150))
    new = "".join(f"<p>新稿之{number}。</p>" for number in range(150))
    changes = [paragraph.change for paragraph in compare_html(old, new)]
    assert changes == [Change.REMOVED] * 150 + [Change.ADDED] * 150


def test_the_cells_of_a_table_row_are_parted():
    old = "<table><tbody><tr><td>官网</td><td>820条</td></tr></tbody></table>"
    new = "<table><tbody><tr><td>官网</td><td>920条</td></tr></tbody></table>"
    assert lines(compare_html(old, new)) == [("edited", "官网｜[-820-]{+920+}条")]


def test_the_words_of_an_item_and_of_the_list_in_it_are_told_apart():
    old = "<ul><li>招生信息<ul><li>章程</li><li>计划</li></ul></li></ul>"
    paragraphs = compare_html(old, old.replace("章程", "招生章程及细则"))
    told = [(one.change, "".join(piece.text for piece in one.pieces)) for one in paragraphs if not one.is_fold]
    assert told[0] == (Change.KEPT, "招生信息")
    assert (Change.KEPT, "计划") in told
    assert all("招生信息" not in words for _, words in told[1:])


def test_a_link_that_leads_elsewhere_is_told_though_its_words_are_the_same():
    old = '<p>见<a href="https://a.example.cn/">专栏</a>。</p>'
    new = '<p>见<a href="https://b.example.cn/">专栏</a>。</p>'
    (paragraph,) = compare_html(old, new)
    assert (paragraph.change, told(paragraph.pieces)) == (Change.RESTYLED, "见专栏。")
    assert paragraph.note == "链接地址由 https://a.example.cn/ 改为 https://b.example.cn/"


def test_words_that_are_only_set_differently_are_told():
    (paragraph,) = compare_html("<p>（一）机制</p>", "<h3>（一）机制</h3>")
    assert (paragraph.change, paragraph.note) == (Change.RESTYLED, "文字未改，只调整了格式")


def test_text_that_looks_like_markup_is_text():
    old = "<p>公布&lt;清单&gt;的通知一份</p>"
    (paragraph,) = compare_html(old, old.replace("一", "二"))
    assert told(paragraph.pieces) == "公布<清单>的通知[-一-]{+二+}份"


def test_a_line_of_more_different_words_than_there_are_codes_is_told_as_replaced():
    old, new = (" ".join(f"{letter}{number}" for number in range(70_000)) for letter in "ab")
    assert [piece.change for piece in compare_line(old, new)] == [Change.REMOVED, Change.ADDED]


def test_a_line_of_repetitions_is_told_as_replaced():
    old, new = "一二" * 100_000, "二一" * 100_000
    before = time.thread_time()
    assert [piece.change for piece in compare_line(old, new)] == [Change.REMOVED, Change.ADDED]
    assert time.thread_time() - before < 2


def test_comparing_ends_however_many_paragraphs_were_shaken():
    shaken = random.Random(1)
    words = [[shaken.choice("信息公开学校工作办法") for _ in range(2000)] for _ in range(60)]
    old = "".join(f"<p>第{number}段</p><p>{''.join(one)}</p>" for number, one in enumerate(words))
    for one in words:
        shaken.shuffle(one)
    new = "".join(f"<p>第{number}段</p><p>{''.join(one)}</p>" for number, one in enumerate(words))
    before = time.thread_time()
    edited = [paragraph for paragraph in compare_html(old, new) if paragraph.change is Change.EDITED]
    assert time.thread_time() - before < 6
    assert len(edited) == 60


def test_long_paragraphs_are_not_compared_each_with_each():
    old, new = ("".join(f"<p>{word}{number}{'很长' * 2_000}</p>" for number in range(60)) for word in ("旧", "新"))
    assert {paragraph.change for paragraph in compare_html(old, new)} == {Change.REMOVED, Change.ADDED}


paragraphs_of_text = st.lists(st.text(alphabet="信息公开甲乙，。0123<&", min_size=1, max_size=20), max_size=8)


@given(paragraphs_of_text, paragraphs_of_text)
@settings(max_examples=200, deadline=None)
def test_the_paragraphs_give_both_texts_again(old, new):
    old_html, new_html = (clean("".join(f"<p>{escape(text)}</p>" for text in side)) for side in (old, new))
    items = compare_html(old_html, new_html)
    if not items:
        assert to_text(old_html) == to_text(new_html)
        return
    flat = [paragraph for item in items for paragraph in (item.paragraphs if isinstance(item, Fold) else (item,))]
    for html, other in ((old_html, Change.ADDED), (new_html, Change.REMOVED)):
        texts = ["".join(piece.text for piece in one.pieces if piece.change is not other) for one in flat]
        expected = [" ".join(line.split()) for line in to_text(html).splitlines()]
        assert [text for text in texts if text] == [line for line in expected if line]
