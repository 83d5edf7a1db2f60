"""Running text as it arrives: from the editor, from the plain text area, from both in turn."""

import pytest

from disclosure.drafting.forms.editor import RichTextField, as_rich_text

FROM_THE_EDITOR = (
    "<h3>（一）总体情况</h3><p>关于公布&lt;高等学校信息公开事项清单&gt;的通知</p><ul><li>甲</li></ul>"
    '<table><caption>表1</caption><thead><tr><th colspan="2">项目</th></tr></thead>'
    "<tbody><tr><td>一</td><td>二</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("  \r\n ", ""),
        ("第一段\r\n\r\n第二段", "<p>第一段</p><p>第二段</p>"),
        ("公布<高等学校信息公开事项清单>的通知", "<p>公布&lt;高等学校信息公开事项清单&gt;的通知</p>"),
        ("甲&乙", "<p>甲&amp;乙</p>"),
        (FROM_THE_EDITOR, FROM_THE_EDITOR),
        ("<p>原有</p>\n添上的<高校>一段\n又一段", "<p>原有</p><p>添上的&lt;高校&gt;一段</p><p>又一段</p>"),
        ("前面\n<p>中</p>", "<p>前面</p><p>中</p>"),
        ("<strong>重</strong>点", "<p><strong>重</strong>点</p>"),
        ("<ul><li>甲<ul><li>乙</li></ul></li></ul>", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
        ("<p></p>", ""),
        ('<p onclick="x()">甲</p><script>x()</script>', "<p>甲</p>"),
    ],
)
def test_it_stores_what_was_typed_in_the_vocabulary(typed, stored):
    assert RichTextField().clean(typed) == stored


def test_what_is_stored_is_stored_again_unchanged():
    assert as_rich_text(as_rich_text(FROM_THE_EDITOR)) == FROM_THE_EDITOR
