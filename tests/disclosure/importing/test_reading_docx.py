"""Word files as blocks: what Word would print, with all changes accepted, and nothing of it twice."""

import pytest

from disclosure.importing.blocks import Paragraph, Table
from disclosure.importing.reading import Unreadable, read_blocks

from .making import RELATIONS, abstract, docx, item, level, num, p, parts, r, sdt, table, tc, tr, w, zipped


def read(body, **others):
    return read_blocks(docx(body, **others))


def only(body, **others):
    (block,) = read(body, **others).blocks
    return block


def htmls(body, **others):
    return [block.html for block in read(body, **others).blocks]


def style(identifier, name, properties="", *, based_on="", run="", kind="paragraph", default=False):
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}>'
        f'<w:name w:val="{name}"/>{f"<w:basedOn w:val={chr(34)}{based_on}{chr(34)}/>" if based_on else ""}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


class TestLooks:
    STYLES = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        + style("a", "Normal", default=True)
        + style("big", "大字", run='<w:sz w:val="44"/><w:rFonts w:eastAsia="黑体"/><w:b/>')
        + style(
            "bigger",
            "更大",
            '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
            based_on="big",
            run='<w:sz w:val="52"/>',
        )
        + style("2", "heading 2", based_on="a")
        + style("bold", "粗体字", run="<w:b/>", kind="character")
        + style("s", "Strong", run='<w:rFonts w:eastAsia="黑体"/>', kind="character")
        + style("e", "Emphasis", kind="character")
        + style("gone", "隐藏", run="<w:vanish/>", kind="character")
    )

    def test_defaults_reach_a_paragraph_that_says_nothing(self):
        block = only(p("正文"), styles=self.STYLES)
        assert (block.style, block.size, block.face, block.bold, block.outline) == ("Normal", 10.5, "宋体", False, 0)

    def test_a_style_inherits_what_it_is_based_on(self):
        block = only(p("标题", properties='<w:pStyle w:val="bigger"/>'), styles=self.STYLES)
        assert (block.size, block.face, block.bold, block.alignment, block.outline) == (26.0, "黑体", True, "center", 1)

    def test_direct_marks_win(self):
        block = only(
            p(
                r("标题", '<w:b w:val="0"/><w:sz w:val="32"/><w:rFonts w:eastAsia="仿宋_GB2312"/>'),
                properties='<w:pStyle w:val="bigger"/><w:jc w:val="right"/><w:outlineLvl w:val="9"/>',
            ),
            styles=self.STYLES,
        )
        assert (block.size, block.face, block.bold, block.alignment, block.outline) == (
            16.0,
            "仿宋_GB2312",
            False,
            "right",
            0,
        )

    def test_a_heading_is_told_by_the_name_of_its_style_where_no_level_is_given(self):
        block = only(p("第一", properties='<w:pStyle w:val="2"/>'), styles=self.STYLES)
        assert (block.style, block.outline) == ("Heading 2", 2)

    def test_styles_based_on_each_other_end(self):
        styles = style("a", "甲", based_on="b", run="<w:b/>") + style("b", "乙", based_on="a", run='<w:sz w:val="30"/>')
        block = only(p("字", properties='<w:pStyle w:val="a"/>'), styles=styles)
        assert (block.style, block.bold, block.size) == ("甲", True, 15.0)

    def test_size_and_face_are_those_of_most_characters(self):
        block = only(p(r("一", '<w:sz w:val="32"/>'), r("很长的一段正文", '<w:sz w:val="28"/>')), styles=self.STYLES)
        assert block.size == 14.0

    @pytest.mark.parametrize(("language", "face"), [("zh-CN", "等线"), ("zh-TW", "新細明體")])
    def test_a_font_of_the_theme_is_named(self, language, face):
        theme = (
            '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
            '<a:majorFont><a:ea typeface="方正黑体"/></a:majorFont><a:minorFont><a:ea typeface=""/>'
            '<a:font script="Hans" typeface="等线"/><a:font script="Hant" typeface="新細明體"/></a:minorFont>'
            "</a:fontScheme></a:themeElements></a:theme>"
        )
        body = p(r("小", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>')) + p(
            r("大", '<w:rFonts w:eastAsiaTheme="majorEastAsia"/>')
        )
        source = read(body, theme=theme, settings=f'<w:themeFontLang w:eastAsia="{language}"/>')
        assert [block.face for block in source.blocks] == [face, "方正黑体"]

    def test_bold_throughout_is_appearance_and_bold_in_part_is_strong(self):
        assert htmls(p(r("全部", "<w:b/>")) + p(r("部分", "<w:b/>"), "其余")) == ["全部", "<strong>部分</strong>其余"]

    def test_a_heading_has_no_strong(self):
        assert (
            only(p(r("一、", "<w:b/>"), "概述", properties='<w:pStyle w:val="2"/>'), styles=self.STYLES).html
            == "一、概述"
        )

    def test_strong_by_its_name_stays_even_throughout(self):
        body = p(r("全部", '<w:rStyle w:val="s"/>')) + p(r("全部", '<w:rStyle w:val="e"/>'))
        body += p(r("两者", '<w:rStyle w:val="s"/><w:i/>'))
        assert htmls(body, styles=self.STYLES) == [
            "<strong>全部</strong>",
            "<em>全部</em>",
            "<strong><em>两者</em></strong>",
        ]

    def test_what_word_split_is_one_piece(self):
        body = p("前", r("加", "<w:b/>"), r(" ", ""), r("粗", "<w:b/>"), "后")
        assert htmls(body) == ["前<strong>加 粗</strong>后"]

    def test_nested_marks_are_nested_once(self):
        body = p("起", r("甲", "<w:b/>"), r("乙", "<w:b/><w:i/>"), r("丙", '<w:b/><w:vertAlign w:val="superscript"/>'))
        assert htmls(body) == ["起<strong>甲<em>乙</em><sup>丙</sup></strong>"]

    def test_italic_and_raised_and_lowered(self):
        body = p("H", r("2", '<w:vertAlign w:val="subscript"/>'), "O", r("斜", "<w:i/>"))
        assert htmls(body) == ["H<sub>2</sub>O<em>斜</em>"]

    def test_hidden_text_goes(self):
        body = p("看", r("不见", "<w:vanish/>"), r("不见", '<w:rStyle w:val="gone"/>'), "得见")
        assert htmls(body, styles=self.STYLES) == ["看得见"]

    @pytest.mark.parametrize(
        ("jc", "alignment"), [("both", ""), ("distribute", ""), ("end", "right"), ("start", "left")]
    )
    def test_alignment(self, jc, alignment):
        assert only(p("字", properties=f'<w:jc w:val="{jc}"/>')).alignment == alignment


class TestWords:
    def test_text_that_looks_like_markup_stays_text(self):
        assert htmls(p("公布&lt;高等学校信息公开事项清单&gt;的通知 &amp;lt;")) == [
            "公布&lt;高等学校信息公开事项清单&gt;的通知 &amp;lt;"
        ]

    def test_breaks_tabs_hyphens_and_symbols(self):
        body = p(
            r(
                inner="<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丁</w:t><w:cr/>"
            ),
            r(inner='<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="F052"/>'),
            r(inner='<w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="奇怪" w:char="zz"/>'),
        )
        assert htmls(body) == ["甲<br>乙 丙-丁<br>☑☑≥"]

    def test_characters_that_only_a_font_draws(self):
        wingdings = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
        body = p(r("\uf0fe", wingdings), "是", r("\uf0a8", wingdings), "否", r("\ue81e"))
        assert htmls(body, styles=TestLooks.STYLES) == ["☑是□否\ue81e"]

    def test_white_space_at_the_ends_is_indentation(self):
        assert htmls(p("　　正文 ", r(inner="<w:br/>"))) == ["正文"]

    def test_white_space_that_word_does_not_keep(self):
        assert htmls("<w:p><w:r><w:t>  前 </w:t></w:r><w:r><w:t xml:space='preserve'> 后</w:t></w:r></w:p>") == [
            "前 后"
        ]

    def test_empty_paragraphs_go(self):
        assert htmls(p() + p("字") + p(" ") + p(r(inner="<w:br/>"))) == ["字"]

    def test_characters_that_no_page_holds_go(self):
        assert htmls(p("正\u202e文\u200b字\ufeff")) == ["正文字"]

    @pytest.mark.parametrize(
        ("target", "html"),
        [
            ("https://xxgk.example.edu.cn/?a=1&amp;b=2", '见<a href="https://xxgk.example.edu.cn/?a=1&amp;b=2">此</a>'),
            ("mailto:xxgk@example.edu.cn", '见<a href="mailto:xxgk@example.edu.cn">此</a>'),
            ("javascript:alert(1)", "见此"),
            ("file:///etc/passwd", "见此"),
            ("http://[", "见此"),
        ],
    )
    def test_links_lead_where_links_may(self, target, html):
        relationship = f'<Relationship Id="rId9" Type="{RELATIONS}/hyperlink" Target="{target}" TargetMode="External"/>'
        body = p("见", f'<w:hyperlink r:id="rId9">{r("此")}</w:hyperlink>')
        assert htmls(body, relationships=relationship) == [html]

    def test_a_link_within_the_document_is_its_words(self):
        assert htmls(p("见", f'<w:hyperlink w:anchor="x">{r("下文")}</w:hyperlink>')) == ["见下文"]

    def test_wrappers_are_no_matter(self):
        body = (
            sdt(p("块"))
            + w("customXml", p("甲", w("smartTag", r("乙")), w("customXml", r("丙"))))
            + p("文", sdt(r("控")), w("dir", r("向")))
        )
        assert htmls(body) == ["块", "甲乙丙", "文控向"]

    def test_a_prompt_that_nobody_filled_in_is_no_text(self):
        prompt = sdt(r("单击此处输入文字"), properties="<w:showingPlcHdr/>")
        assert htmls(p("校名：", prompt, sdt(r("某校"))) + sdt(p("单击"), properties="<w:showingPlcHdr/>")) == [
            "校名：某校"
        ]

    def test_of_ruby_the_base_is_read_and_of_equations_the_text(self):
        ruby = f"<w:ruby><w:rt>{r('hàn')}</w:rt><w:rubyBase>{r('汉')}</w:rubyBase></w:ruby>"
        body = p(r(inner=ruby), "字", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")
        assert htmls(body) == ["汉字a+b"]

    def test_bookmarks_and_proofing_leave_no_trace(self):
        body = p(
            '<w:bookmarkStart w:id="0" w:name="x"/>',
            "甲",
            '<w:proofErr w:type="spellStart"/>',
            "乙",
            '<w:bookmarkEnd w:id="0"/>',
        )
        assert htmls(body) == ["甲乙"]


class TestFields:
    @staticmethod
    def field(instruction, *result):
        return (
            r(inner='<w:fldChar w:fldCharType="begin"/>')
            + r(inner=f"<w:instrText>{instruction}</w:instrText>")
            + r(inner='<w:fldChar w:fldCharType="separate"/>')
            + "".join(result)
            + r(inner='<w:fldChar w:fldCharType="end"/>')
        )

    def test_the_result_stays_and_the_instruction_goes(self):
        assert htmls(
            p("表", self.field(" SEQ 表 ", r("1")), "：", f'<w:fldSimple w:instr="DATE">{r("今日")}</w:fldSimple>')
        ) == ["表1：今日"]

    def test_a_link_that_is_a_field(self):
        body = p(self.field(' HYPERLINK "https://a.example.cn/" \\o "x" ', r("官网")))
        assert htmls(body) == ['<a href="https://a.example.cn/">官网</a>']

    def test_a_field_within_a_field(self):
        inner = self.field(' HYPERLINK "http://b.example.cn" ', r("里"))
        assert htmls(p("甲", self.field("REF x", r("外"), inner), "乙")) == [
            '甲外<a href="http://b.example.cn">里</a>乙'
        ]

    CONTENTS = r(
        inner='<w:fldChar w:fldCharType="begin"/><w:instrText> TOC </w:instrText><w:fldChar w:fldCharType="separate"/>'
    )

    def test_a_table_of_contents_goes_over_all_its_paragraphs(self):
        end = r(inner='<w:fldChar w:fldCharType="end"/>')
        source = read(p(self.CONTENTS, "一、概述 1") + p("二、主动公开 2") + p(end) + p("正文"))
        assert [block.html for block in source.blocks] == ["正文"]
        assert source.notices == ("目录没有导入。",)

    def test_a_table_of_contents_in_a_content_control_goes(self):
        control = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        assert htmls(f"<w:sdt>{control}<w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>{p('正文')}") == ["正文"]

    def test_a_field_without_an_end_swallows_nothing(self):
        assert htmls(p(self.CONTENTS, "一、概述") + p("正文")) == ["一、概述", "正文"]
        end = r(inner='<w:fldChar w:fldCharType="end"/>')
        assert htmls(p(end, "甲") + p(self.CONTENTS, "乙")) == ["甲", "乙"]

    def test_a_field_without_an_end_changes_neither_numbers_nor_notes(self):
        source = read(
            p(self.CONTENTS) + item("甲", 1) + p("乙", r(inner='<w:footnoteReference w:id="1"/>')) + item("丙", 1),
            numbering=abstract(0, level(0, "decimal", "%1.")) + num(1, 0),
            footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
        )
        assert [block.html for block in source.blocks] == ["1.甲", "乙<sup>[1]</sup>", "[1] 注", "2.丙"]

    def test_a_figure_in_a_circle(self):
        begin, end = r(inner='<w:fldChar w:fldCharType="begin"/>'), r(inner='<w:fldChar w:fldCharType="end"/>')
        instruction = r(inner="<w:instrText>eq \\o\\ac(○,</w:instrText>") + r(inner="<w:instrText>3)</w:instrText>")
        assert htmls(p(begin, instruction, end, "第三")) == ["③第三"]


class TestChanges:
    NOTICE = ("文件中有修订，按全部接受后的文字导入。",)

    def test_insertions_stay_and_deletions_go(self):
        body = p("发布", f"<w:ins>{r('12')}</w:ins>", "<w:del><w:r><w:delText>11</w:delText></w:r></w:del>", "条")
        source = read(body)
        assert [block.html for block in source.blocks] == ["发布12条"]
        assert source.notices == self.NOTICE

    def test_what_was_moved_stands_where_it_went(self):
        body = p("甲", f"<w:moveFrom>{r('移')}</w:moveFrom>") + p("乙", f"<w:moveTo>{r('移')}</w:moveTo>")
        assert htmls(body) == ["甲", "乙移"]

    def test_a_deleted_paragraph_mark_joins_two_paragraphs(self):
        body = p("上半", properties='<w:jc w:val="center"/><w:rPr><w:del/></w:rPr>') + p(
            "下半", properties='<w:jc w:val="right"/>'
        )
        block = only(body)
        assert (block.html, block.alignment) == ("上半下半", "right")

    def test_a_deleted_mark_at_the_end_loses_nothing(self):
        deleted = "<w:rPr><w:del/></w:rPr>"
        blocks = read(p("上半", properties=deleted) + table(tr(tc("格")))).blocks
        assert [block.text for block in blocks] == ["上半", "格"]
        assert htmls(p("末段", properties=deleted)) == ["末段"]

    def test_a_deleted_row_goes(self):
        block = only(table(tr(tc("留")), tr(tc("删"), properties="<w:del/>")))
        assert block.text == "留"

    def test_the_look_before_the_change_is_not_the_look(self):
        body = p(r("字", '<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange><w:sz w:val="32"/>'), "其余")
        assert htmls(body) == ["字其余"]

    def test_comments_go(self):
        body = p('<w:commentRangeStart w:id="1"/>', "文", r(inner='<w:commentReference w:id="1"/>'))
        source = read(body)
        assert [block.html for block in source.blocks] == ["文"]
        assert source.notices == ("文件中的批注没有导入。",)


class TestBoxesAndNotes:
    @staticmethod
    def box(content):
        shape = f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
        old = w("pict", f"<v:shape><v:textbox>{w('txbxContent', content)}</v:textbox></v:shape>")
        return r(
            inner=(
                f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>{shape}</wp:anchor></w:drawing>'
                f"</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
            )
        )

    def test_a_text_box_is_read_once_after_its_paragraph(self):
        blocks = read(p("正文", self.box(p("框中") + p("两段"))) + p("后文")).blocks
        assert [(block.html, block.origin) for block in blocks] == [
            ("正文", "body"),
            ("框中", "textbox"),
            ("两段", "textbox"),
            ("后文", "body"),
        ]

    def test_an_old_text_box_and_drawn_letters(self):
        old = (
            "<w:pict><v:shape><v:textbox><w:txbxContent>"
            + p("旧框")
            + "</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
        art = '<w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict>'
        assert htmls(p(r(inner=old), r(inner=art))) == ["旧框", "艺术字"]

    def test_a_table_in_a_text_box(self):
        (block,) = read(p(self.box(table(tr(tc("甲"), tc("乙")))))).blocks
        assert block.text == "甲\t乙"

    def test_notes_stand_after_their_paragraph_with_their_marks(self):
        source = read(
            p("甲", r(inner='<w:footnoteReference w:id="2"/>'), "乙", r(inner='<w:endnoteReference w:id="1"/>'))
            + p("后"),
            footnotes=w("footnote", p("线"), attributes='w:id="0" w:type="separator"')
            + w("footnote", p(r(inner="<w:footnoteRef/>"), " 脚注"), attributes='w:id="2"'),
            endnotes=f'<w:endnote w:id="1">{p("尾注")}</w:endnote>',
        )
        assert [(block.html, block.origin) for block in source.blocks] == [
            ("甲<sup>[1]</sup>乙<sup>[i]</sup>", "body"),
            ("[1] 脚注", "footnote"),
            ("[i] 尾注", "footnote"),
            ("后", "body"),
        ]

    def test_a_link_in_a_note_is_that_of_the_notes(self):
        link = '<Relationship Id="rId1" Type="%s/hyperlink" Target="https://%s.example.cn/" TargetMode="External"/>'
        files = parts(
            p("甲", r(inner='<w:footnoteReference w:id="1"/>'), w("hyperlink", r("乙"), attributes='r:id="rId1"')),
            relationships=link % (RELATIONS, "body"),
            footnotes=w("footnote", p(w("hyperlink", r("注"), attributes='r:id="rId1"')), attributes='w:id="1"'),
        )
        rels = files["word/_rels/document.xml.rels"]
        files["word/_rels/footnotes.xml.rels"] = rels.replace("body.example", "note.example")
        assert [block.html for block in read_blocks(zipped(files)).blocks] == [
            '甲<sup>[1]</sup><a href="https://body.example.cn/">乙</a>',
            '[1] <a href="https://note.example.cn/">注</a>',
        ]

    def test_marks_are_written_as_the_document_says(self):
        source = read(
            p("甲", r(inner='<w:footnoteReference w:id="1"/>')),
            footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
            settings='<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>',
        )
        assert [block.html for block in source.blocks] == ["甲<sup>[①]</sup>", "[①] 注"]

    def test_a_note_that_refers_to_itself_ends(self):
        source = read(
            p("甲", r(inner='<w:footnoteReference w:id="1"/>')),
            footnotes=w("footnote", p("注", r(inner='<w:footnoteReference w:id="1"/>')), attributes='w:id="1"'),
        )
        assert len(source.blocks) == 2

    def test_pictures_and_the_like_are_named(self):
        def drawing(inner):
            data = f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>"
            return f"<w:drawing><wp:inline>{data}</wp:inline></w:drawing>"

        picture, chart, smart = drawing("<pic:pic/>"), drawing('<c:chart r:id="x"/>'), drawing("<dgm:relIds/>")
        ole = "<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object>"
        source = read(p("字", r(inner=picture + picture), r(inner=chart), r(inner=smart), r(inner=ole)))
        assert source.notices == (
            "文件中的图片（2 张）没有导入，需要的请把图中文字写入报告。",
            "文件中的图表（1 个）没有导入，需要的请用文字或表格说明。",
            "文件中的 SmartArt 图形（1 个）没有导入，需要的请用文字说明。",
            "文件中嵌入的对象（1 个，如 Excel 表格、公式）没有导入，需要的请用文字或表格说明。",
        )

    def test_headers_and_footers_are_not_read(self):
        body = p("正文") + '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>'
        files = parts(body, relationships=f'<Relationship Id="h" Type="{RELATIONS}/header" Target="header1.xml"/>')
        files["word/header1.xml"] = "<w:hdr/>"
        assert [block.html for block in read_blocks(zipped(files)).blocks] == ["正文"]


class TestLists:
    def test_numbers_become_text(self):
        numbering = abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")) + num(1, 0)
        body = item("概述", 1) + item("机制", 1, 1) + item("制度", 1, 1) + item("主动公开", 1) + item("渠道", 1, 1)
        blocks = read(body, numbering=numbering).blocks
        assert [block.html for block in blocks] == [
            "一、概述",
            "（一）机制",
            "（二）制度",
            "二、主动公开",
            "（一）渠道",
        ]
        assert [block.number for block in blocks] == ["一、", "（一）", "（二）", "二、", "（一）"]
        assert {block.list_kind for block in blocks} == {""}

    def test_a_number_without_a_sign_of_its_own_is_parted_by_a_space(self):
        numbering = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + num(1, 0)
        assert htmls(item("总", 1) + item("分", 1, 1), numbering=numbering) == ["1 总", "1.1 分"]
        numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
        assert htmls(item("完善", 1) + item("2023年", 1), numbering=numbering) == ["1.完善", "2. 2023年"]

    def test_starts_and_restarts(self):
        numbering = (
            abstract(
                0,
                level(0, "decimal", "%1.", start=5),
                level(1, "lowerLetter", "%2)"),
                level(2, "decimal", "(%3)", more='<w:lvlRestart w:val="0"/>'),
            )
            + num(1, 0)
            + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
        )
        body = (
            item("a", 1)
            + item("b", 1, 1)
            + item("c", 1, 2)
            + item("d", 1)
            + item("e", 1, 2)
            + item("f", 2)
            + item("g", 2)
        )
        assert [block.number for block in read(body, numbering=numbering).blocks] == [
            "5.",
            "a)",
            "(1)",
            "6.",
            "(2)",
            "1.",
            "2.",
        ]

    def test_lists_of_one_definition_go_on_counting(self):
        numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0)
        assert [b.number for b in read(item("a", 1) + item("b", 2), numbering=numbering).blocks] == ["1.", "2."]

    def test_a_level_may_be_drawn_anew(self):
        override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)", start=3)}</w:lvlOverride>'
        numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0, override)
        assert htmls(item("甲", 1), numbering=numbering) == ["III)甲"]

    def test_legal_numbers(self):
        numbering = abstract(
            0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", more="<w:isLgl/>")
        ) + num(1, 0)
        assert [b.number for b in read(item("章", 1) + item("条", 1, 1), numbering=numbering).blocks] == [
            "第一章",
            "1.1",
        ]

    def test_bullets(self):
        numbering = abstract(0, level(0, "bullet", "\uf0b7"), level(1, "bullet", "")) + num(1, 0)
        first, second = read(item("点", 1) + item("空", 1, 1), numbering=numbering).blocks
        assert (first.html, first.list_kind, first.number) == ("点", "bullet", "")
        assert (second.html, second.list_kind) == ("空", "")

    def test_words_own_list_styles_stay_lists(self):
        numbering = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)")) + num(1, 0)
        styles = style("n", "List Number") + style("n2", "List Number 2") + style("c", "公文编号", based_on="n")
        body = (
            item("甲", 1, style="n")
            + item("乙", 1, 1, style="n")
            + item("丙", 1, style="n2")
            + item("丁", 1, style="c")
        )
        blocks = read(body, numbering=numbering, styles=styles).blocks
        assert [(b.html, b.number, b.list_kind, b.list_level) for b in blocks] == [
            ("甲", "1.", "number", 0),
            ("乙", "1)", "number", 1),
            ("丙", "2.", "number", 1),
            ("丁", "3.", "number", 0),
        ]

    def test_a_list_that_belongs_to_a_style(self):
        numbering = abstract(
            0,
            level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="h1"/>'),
            level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="h2"/>'),
        ) + num(3, 0)
        styles = style("h1", "heading 1", '<w:numPr><w:numId w:val="3"/></w:numPr>') + style(
            "h2", "heading 2", '<w:numPr><w:numId w:val="3"/></w:numPr>'
        )
        body = "".join(
            p(text, properties=f'<w:pStyle w:val="{name}"/>')
            for text, name in [("甲", "h1"), ("乙", "h2"), ("丙", "h1")]
        )
        assert htmls(body, numbering=numbering, styles=styles) == ["一、甲", "（一）乙", "二、丙"]
        off = p("丁", properties='<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        assert htmls(off, numbering=numbering, styles=styles) == ["丁"]

    def test_a_definition_behind_a_numbering_style(self):
        numbering = (
            abstract(0, more='<w:numStyleLink w:val="outline"/>')
            + abstract(1, level(0, "ideographTraditional", "%1．"))
            + abstract(2, more='<w:numStyleLink w:val="circle"/>')
            + num(1, 0)
            + num(2, 1)
            + num(3, 2)
        )
        styles = style("outline", "大纲", '<w:numPr><w:numId w:val="2"/></w:numPr>', kind="numbering") + style(
            "circle", "圈", '<w:numPr><w:numId w:val="3"/></w:numPr>', kind="numbering"
        )
        assert htmls(item("字", 1) + item("圈", 3), numbering=numbering, styles=styles) == ["甲．字", "圈"]

    def test_a_list_that_is_not_there(self):
        assert htmls(item("甲", 7)) == ["甲"]
        assert htmls(item("甲", 7), numbering=num(7, 99)) == ["甲"]

    def test_a_deleted_or_hidden_paragraph_is_not_counted(self):
        numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
        listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
        body = item("甲", 1) + p(f"<w:del>{r('删')}</w:del>", properties=f"{listed}<w:rPr><w:del/></w:rPr>")
        body += p(r("隐", "<w:vanish/>"), properties=f"{listed}<w:rPr><w:vanish/></w:rPr>") + item("乙", 1)
        assert htmls(body, numbering=numbering) == ["1.甲", "2.乙"]


class TestTables:
    def test_a_table_in_reading_order(self):
        blocks = read(p("前") + table(tr(tc("姓名"), tc("职务")), tr(tc("甲"), tc("主任"))) + p("后")).blocks
        assert [type(block) for block in blocks] == [Paragraph, Table, Paragraph]
        assert blocks[1].text == "姓名\t职务\n甲\t主任"

    def test_merged_cells(self):
        block = only(
            table(
                tr(tc("A", '<w:gridSpan w:val="2"/>'), tc("B", '<w:vMerge w:val="restart"/>')),
                tr(tc("C"), tc("D"), tc("", "<w:vMerge/>")),
                tr(tc("E"), tc("F", '<w:vMerge w:val="restart"/>'), tc("", '<w:vMerge w:val="continue"/>')),
                tr(tc("G"), tc("", "<w:vMerge/>"), tc("H")),
            )
        )
        spans = [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in block.rows]
        assert spans == [
            [("A", 2, 1), ("B", 1, 3)],
            [("C", 1, 1), ("D", 1, 1)],
            [("E", 1, 1), ("F", 1, 2)],
            [("G", 1, 1), ("H", 1, 1)],
        ]

    def test_a_merge_with_nothing_above_is_a_cell(self):
        block = only(table(tr(tc("A", "<w:vMerge/>"), tc("B", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"))))
        assert [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in block.rows] == [
            [("A", 1, 1), ("B", 2, 1)]
        ]

    def test_words_in_a_cell_that_is_merged_away_stay(self):
        block = only(table(tr(tc("上", '<w:vMerge w:val="restart"/>')), tr(tc("下", "<w:vMerge/>"))))
        assert block.rows[0][0].text == "上\n下"

    def test_columns_left_free(self):
        block = only(table(tr(tc("A"), tc("B")), tr(tc("C"), properties='<w:gridBefore w:val="1"/>')))
        assert [[cell.text for cell in row] for row in block.rows] == [["A", "B"], ["", "C"]]

    def test_header_rows_style_and_description(self):
        styles = style("t", "Table Grid", kind="table") + style("th", "Table Heading")
        heading = p("列", properties='<w:pStyle w:val="th"/>')
        block = only(
            table(
                tr(tc("头"), properties="<w:tblHeader/>"),
                tr(tc(inner=heading)),
                tr(tc("体"), properties='<w:tblHeader w:val="0"/>'),
                properties='<w:tblStyle w:val="t"/><w:tblCaption w:val="题"/><w:tblDescription w:val="说明"/>',
            ),
            styles=styles,
        )
        assert (block.header_rows, block.style, block.description) == (1, "Table Grid", "说明")
        assert [row[0].is_header for row in block.rows] == [True, True, False]

    def test_tables_within_tables_as_deep_as_anybody_draws_them(self):
        inner = p("芯")
        for _ in range(12):
            inner = table(tr(tc(inner=inner + p("层"))))
        source = read(inner)
        assert source.blocks[0].text.count("层") == 12
        assert source.blocks[0].text.count("芯") == 1
        depth, block = 0, source.blocks[0]
        while block.kind == "table":
            depth, block = depth + 1, block.rows[0][0].blocks[0]
        assert depth == 6

    def test_an_empty_table_goes(self):
        assert htmls(table(tr(tc(), tc())) + p("字")) == ["字"]

    def test_rows_and_cells_in_wrappers(self):
        row = sdt(tr(sdt(tc("甲")), tc("乙")))
        assert only(table(row)).text == "甲\t乙"

    def test_a_whole_document_in_one_cell_stays_in_it(self):
        block = only(table(tr(tc(inner=p("标题") + p("一、概述") + p("正文")))))
        assert [each.text for each in block.rows[0][0].blocks] == ["标题", "一、概述", "正文"]

    @pytest.mark.parametrize("span", ["0", "-3", "999999999999", "x", "63"])
    def test_absurd_spans_are_bounded(self, span):
        block = only(table(tr(tc("A", f'<w:gridSpan w:val="{span}"/>'))))
        assert 1 <= block.rows[0][0].colspan <= 63


class TestPages:
    def test_page_breaks(self):
        body = (
            p("一", r(inner='<w:br w:type="page"/>'), "续")
            + p("二")
            + p(r(inner='<w:br w:type="page"/>'), "三")
            + p(properties="<w:pageBreakBefore/>")
            + p("四")
            + p("五", properties="<w:sectPr/>")
            + p("六", properties='<w:sectPr><w:type w:val="nextPage"/></w:sectPr>')
            + p("七")
            + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
        )
        blocks = read(body).blocks
        assert [(block.html, block.page_break_before) for block in blocks] == [
            ("一<br>续", False),
            ("二", True),
            ("三", True),
            ("四", True),
            ("五", False),
            ("六", True),
            ("七", False),
        ]


class TestChunks:
    RELATIONSHIP = f'<Relationship Id="c" Type="{RELATIONS}/aFChunk" Target="chunk.%s"/>'

    def read(self, name, content):
        files = parts(p("前") + '<w:altChunk r:id="c"/>', relationships=self.RELATIONSHIP % name)
        files[f"word/chunk.{name}"] = content
        return read_blocks(zipped(files))

    def test_a_page_within_the_file_is_read(self):
        source = self.read("htm", "<html><body><p>片段</p></body></html>".encode("gb18030"))
        assert [block.text for block in source.blocks] == ["前", "片段"]

    def test_a_word_file_within_the_file_is_read_and_one_in_that_is_not(self):
        inner = docx(p("里") + '<w:altChunk r:id="c"/>', relationships=self.RELATIONSHIP % "htm")
        source = self.read("docx", inner)
        assert [block.text for block in source.blocks] == ["前", "里"]

    def test_one_outside_is_never_fetched_and_is_named(self):
        relationship = (
            f'<Relationship Id="c" Type="{RELATIONS}/aFChunk" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
        )
        source = read(p("前") + '<w:altChunk r:id="c"/>', relationships=relationship)
        assert source.notices == ("文件中插入或链接的其他文档（1 个）没有导入，请把其中的文字复制到报告里。",)


class TestPackages:
    def test_the_strict_variant_of_the_format(self):
        files = {
            name: content.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/",
                "http://purl.oclc.org/ooxml/wordprocessingml/",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            for name, content in parts(p("严格")).items()
        }
        assert "purl.oclc.org/ooxml/wordprocessingml/main" in files["word/document.xml"]
        assert read_blocks(zipped(files)).blocks[0].text == "严格"

    def test_names_with_backslashes_and_other_letters(self):
        files = {name.replace("word/", "WORD\\"): content for name, content in parts(p("字")).items()}
        assert read_blocks(zipped(files)).blocks[0].text == "字"

    def test_parts_in_utf_16(self):
        files = parts(p("字"))
        files["word/document.xml"] = files["word/document.xml"].replace("UTF-8", "UTF-16").encode("utf-16")
        assert read_blocks(zipped(files)).blocks[0].text == "字"

    def test_a_file_with_macros_is_read_and_says_so(self):
        files = parts(p("字")) | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
        source = read_blocks(zipped(files))
        assert source.blocks[0].text == "字"
        assert source.notices == ("文件带有宏，宏没有运行，也没有导入。",)

    def test_a_file_without_words_says_so(self):
        with pytest.raises(Unreadable, match=r"^文件里没有文字"):
            read(p())
