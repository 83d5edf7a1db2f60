"""Pages and texts as blocks: what offices' systems name .doc, what Word and WPS write, what is pasted."""

import base64
import quopri

import pytest

from disclosure.importing.reading import Unreadable, read_blocks, read_pasted


def blocks(page):
    return read_pasted(page).blocks


def htmls(page):
    return [block.html for block in blocks(page)]


class TestEncodings:
    TEXT = "公布<高等学校信息公开事项清单>的通知，联系人：喆堃㛃"

    @pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", None])
    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_a_page_is_read_whatever_it_says_of_itself(self, encoding, declared):
        said = f'<meta http-equiv=Content-Type content="text/html; charset={declared}">' if declared else ""
        page = f"<html><head>{said}</head><body><p>{self.TEXT}</p></body></html>"
        (block,) = read_blocks(page.encode(encoding), "报告.doc").blocks
        assert block.text == self.TEXT

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
    def test_a_text_is_read(self, encoding):
        read = read_blocks(f"一、概述\r\n\r\n{self.TEXT}\n".encode(encoding), "报告.txt").blocks
        assert [block.text for block in read] == ["一、概述", self.TEXT]

    def test_big5_is_guessed(self):
        text = "一、概述。本學年信息公開工作正常開展，學校網站發布信息一千二百八十六條，未收到申請。" * 20
        (block,) = read_blocks(text.encode("big5")).blocks
        assert block.text == text

    def test_a_declared_encoding_that_only_it_fits_is_believed(self):
        page = '<meta charset="big5"><p>學校網站發布信息</p>'
        assert [block.text for block in read_blocks(page.encode("big5")).blocks] == ["學校網站發布信息"]

    @pytest.mark.parametrize("declared", ["rot13", "zip", "unicode_escape", "x-user-defined", "idna"])
    def test_a_declared_encoding_that_is_none_does_no_harm(self, declared):
        page = f'<meta charset="{declared}"><p>正文\\u0041</p>'.encode("gb18030")
        assert [block.text for block in read_blocks(page).blocks] == ["正文\\u0041"]

    def test_a_few_broken_bytes_do_not_spoil_the_rest(self):
        page = b"<p>" + "正文。".encode() * 1000 + b"\xff" + "尾".encode() + b"</p>"
        (block,) = read_blocks(page).blocks
        assert block.text == "正文。" * 1000 + "\ufffd尾"

    def test_noise_is_refused(self):
        with pytest.raises(Unreadable):
            read_blocks(bytes(1 + (number * 7919) % 255 for number in range(5000)))


class TestWordPages:
    def test_generated_numbers_and_bullets(self):
        page = (
            "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
            "<span style='mso-list:Ignore'>一、"
            "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>概述<o:p></o:p></p>"
            "<p class=MsoNormal style='mso-list:l1 level2 lfo2'><!--[if !supportLists]--><span style='mso-list:Ignore'>1."
            "<span>&nbsp; </span></span><!--[endif]-->2023年</p>"
            "<p class=MsoNormal style='mso-list:l1 level2 lfo2'><span style='mso-list:Ignore'>\uf0b7"
            "<span>&nbsp;</span></span>点</p>"
            "<p class=MsoListNumber style='mso-list:l3 level1 lfo3'><span style='mso-list:Ignore'>2)"
            "<span>&nbsp;</span></span>项</p>"
        )
        assert [(b.html, b.number, b.list_kind, b.list_level) for b in blocks(page)] == [
            ("一、概述", "一、", "", 0),
            ("1. 2023年", "1.", "", 1),
            ("点", "", "bullet", 1),
            ("项", "2)", "number", 0),
        ]

    def test_styles_of_the_sheet_and_of_the_element(self):
        page = """<style><!-- /* Font Definitions */ @font-face {font-family:宋体;}
            p.MsoNormal, li.MsoNormal {mso-style-name:正文; font-size:10.5pt; font-family:"Calibri";
                mso-fareast-font-family:仿宋;} h1 {font-size:22.0pt; text-align:center} .red {font-weight:bold} --></style>
            <h1>标题</h1><p class=MsoNormal>正文</p><p class="MsoNormal red" align=right>粗</p>
            <p class=MsoNormal style="font-size:16pt;font-family:'黑体'">
            <span style="font-size:14.0pt;font-family:楷体">楷</span></p>"""
        title, plain, bold, other = blocks(page)
        assert (title.outline, title.size, title.alignment, title.bold) == (1, 22.0, "center", True)
        assert (plain.style, plain.size, plain.face, plain.bold) == ("MsoNormal", 10.5, "仿宋", False)
        assert (bold.bold, bold.alignment, bold.html) == (True, "right", "粗")
        assert (other.size, other.face) == (14.0, "楷体")

    def test_lines_broken_by_the_file_are_whole(self):
        assert htmls("<p>信息\n公开，<span\nlang=EN-US>2023</span>\n年 度</p>") == ["信息公开，2023 年 度"]
        assert htmls("<p>信息<b>\n公开</b></p>") == ["信息<strong>公开</strong>"]

    def test_islands_and_conditional_comments_go(self):
        page = (
            "<html xmlns:w='urn:x'><head><xml><w:View>Normal</w:View></xml><title>题</title></head><body>"
            "<!--[if gte mso 9]><xml><w:x>不见</w:x></xml><![endif]--><p>正文<![if !vml]>后<![endif]></p>"
            "<script>alert(1)</script></body>"
        )
        assert htmls(page) == ["正文后"]

    def test_hidden_deleted_and_commented_text_goes(self):
        page = (
            "<p>见<span style='display:none'>隐</span><span style='mso-hide:all'>隐</span><del>删</del><ins>增</ins>"
            "<span class=MsoCommentReference>[a1]</span></p><p class=MsoToc1>概述 1</p>"
            "<div style='mso-element:comment-list'>批注</div><div style='mso-element:header'>页眉</div>"
        )
        source = read_pasted(page)
        assert [block.html for block in source.blocks] == ["见增"]
        assert source.notices == ("目录没有导入。", "文件中有修订，按全部接受后的文字导入。", "文件中的批注没有导入。")

    def test_notes_stand_after_their_paragraph(self):
        page = (
            "<p>正文<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>后</p><p>二</p>"
            "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
            "<p class=MsoFootnoteText><a href='#_ftnref1'>[1]</a> 脚注</p></div><div id=ftn9><p>无人引用</p></div></div>"
        )
        assert [(b.html, b.origin) for b in blocks(page)] == [
            ("正文<sup>[1]</sup>后", "body"),
            ("[1] 脚注", "footnote"),
            ("二", "body"),
            ("无人引用", "footnote"),
        ]

    def test_page_breaks(self):
        page = (
            "<p>一</p><span><br clear=all style='page-break-before:always'></span><p>二</p>"
            "<p style='page-break-before:always'>三</p>"
        )
        assert [(b.html, b.page_break_before) for b in blocks(page)] == [("一", False), ("二", True), ("三", True)]

    @pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
    def test_a_page_in_a_single_file(self, transfer):
        page = (
            '<html><head><meta charset="gb2312"></head><body><p>单文件网页</p><img src="a.png"></body></html>'.encode(
                "gb18030"
            )
        )
        body = base64.encodebytes(page) if transfer == "base64" else quopri.encodestring(page)
        content = (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
            b"Content-Location: file:///C:/a.htm\r\n"
            b"Content-Transfer-Encoding: "
            + transfer.encode()
            + b'\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n'
            + body
            + b"\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n"
        )
        source = read_blocks(content, "报告.doc")
        assert [block.text for block in source.blocks] == ["单文件网页"]
        assert source.notices == ("文件中的图片（1 张）没有导入，需要的请把图中文字写入报告。",)


class TestPages:
    def test_inline_marks(self):
        page = "<p>甲<b>乙<i>丙</i></b>H<sub>2</sub>O<sup>①</sup><u>丁</u><font color=red>戊</font></p>"
        assert htmls(page) == ["甲<strong>乙<em>丙</em></strong>H<sub>2</sub>O<sup>①</sup>丁戊"]

    def test_a_heading_that_is_all_strong_has_none(self):
        (block,) = blocks("<p><strong>一、<span>概述</span></strong></p>")
        assert (block.html, block.bold) == ("一、概述", True)

    @pytest.mark.parametrize(
        ("href", "html"),
        [
            ("https://a.example.cn/?a=1&amp;b=2", '<a href="https://a.example.cn/?a=1&amp;b=2">官网</a>'),
            ("javascript:alert(1)", "官网"),
            (" JaVaScRiPt:alert(1)", "官网"),
            ("data:text/html,x", "官网"),
            ("/relative", "官网"),
        ],
    )
    def test_links_lead_where_links_may(self, href, html):
        assert htmls(f'<p><a href="{href}" onclick="x()">官网</a></p>') == [html]

    def test_text_that_looks_like_markup_stays_text(self):
        assert htmls("<p>公布<高等学校信息公开事项清单>的通知 a &lt;b&gt; c</p>") == [
            "公布&lt;高等学校信息公开事项清单&gt;的通知 a &lt;b&gt; c"
        ]

    def test_a_page_that_calls_itself_xml(self):
        page = '<?xml version="1.0" encoding="gb2312"?><!DOCTYPE html><html xmlns="x"><body><p>正文</p></body></html>'
        assert [block.text for block in read_blocks(page.encode("gb18030")).blocks] == ["正文"]

    def test_paragraphs_that_only_breaks_and_boxes_make(self):
        assert htmls("<div>甲<div>乙</div>丙<br>丁<p>戊</div>己") == ["甲", "乙", "丙<br>丁", "戊", "己"]

    def test_paragraphs_that_breaks_only_look_like(self):
        page = "<p>　　甲<br>　　乙<b>粗</b><br>\n&nbsp;&nbsp;&nbsp;&nbsp;丙<br><br>丁<br>戊<br>&nbsp;己</p>"
        assert htmls(page) == ["甲", "乙<strong>粗</strong>", "丙", "丁<br>戊<br>己"]
        assert [b.number for b in blocks("<ol><li>甲<br><br>乙</ol>")] == ["1.", ""]

    def test_lists(self):
        page = "<ul><li>甲<li><p>乙</p><p>乙二</p><ol><li>丙</li><li>丁</li></ol></ul><ol><li>戊</li></ol>"
        assert [(b.html, b.list_kind, b.list_level, b.number) for b in blocks(page)] == [
            ("甲", "bullet", 0, ""),
            ("乙", "bullet", 0, ""),
            ("乙二", "", 0, ""),
            ("丙", "number", 1, "1."),
            ("丁", "number", 1, "2."),
            ("戊", "number", 0, "1."),
        ]

    def test_tables(self):
        page = (
            "<table summary=说明><caption>表一</caption><thead><tr><th>姓名<th>职务</thead>"
            "<tr><td rowspan=2>甲<td><p>主任</p><p>兼</p><tr><td colspan=1>乙</table>"
        )
        caption, table = blocks(page)
        assert (caption.html, caption.style) == ("表一", "Caption")
        assert table.text == "姓名\t职务\n甲\t主任\n兼\n乙"
        assert (table.header_rows, table.description) == (1, "说明")
        assert [[(c.colspan, c.rowspan, c.is_header) for c in row] for row in table.rows] == [
            [(1, 1, True), (1, 1, True)],
            [(1, 2, False), (1, 1, False)],
            [(1, 1, False)],
        ]

    def test_spans_are_bounded(self):
        (table,) = blocks("<table><tr><td rowspan=99999999999 colspan=-1>甲<td colspan=99999>乙<tr><td>丙</table>")
        assert [[(c.colspan, c.rowspan) for c in row] for row in table.rows] == [[(1, 2), (63, 1)], [(1, 1)]]

    def test_what_stands_wrongly_in_a_table_is_not_lost(self):
        found = blocks("<table>散<form><tr><font><td>甲</td></font></tr></form><b>落</b></table>")
        assert "".join(block.text for block in found).replace("\n", "") in ("散甲落", "散落甲")

    def test_a_table_in_a_table_and_words_after_it(self):
        table, after = blocks("<div class=x><table><tr><td>外<table><tr><td>内</table>后</table>尾</div>")
        assert [block.text for block in table.rows[0][0].blocks] == ["外", "内", "后"]
        assert (after.html, after.style) == ("尾", "x")

    def test_elements_that_nobody_closed_lose_no_words(self):
        page = "<p>首</p>" + "<font>字" * 1000 + "<p>尾 &amp; &#x5B57;</p><style>p{}</style>"
        found = "".join(block.text for block in blocks(page))
        assert found.count("字") == 1001
        assert found.startswith("首")
        assert found.endswith("尾 & 字")

    def test_a_paragraph_a_line_of_plain_text(self):
        assert htmls("一、概述\n\n　　正文 < 1 & 2\r\n第二\t栏") == ["一、概述", "正文 &lt; 1 &amp; 2", "第二 栏"]

    def test_too_much_pasted(self):
        with pytest.raises(Unreadable, match=r"^粘贴的内容过多，请改为上传文件。$"):
            read_pasted("字" * 6_000_000)
