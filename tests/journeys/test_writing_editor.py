"""The rich-text editor: its menu, its keyboard, tables, and what it makes of pastes from Word and WPS."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from disclosure.models import Overview
from tests import factories
from tests.journeys.test_writing_autosave import go_to_the_end, state, wait_until_started

SAVED = re.compile(r"已保存 \d\d:\d\d")

# As Word for Windows and as WPS put it on the clipboard, with all that text of a word processor drags along:
# conditional comments, a style sheet, numbers of lists drawn as text, lines broken in the middle of Chinese words,
# o:p, a bookmark, a smart tag, a deleted word, hidden text, headings by outline level, bold by style.
PASTES = Path(__file__).parent / "pastes"

AFTER_WORD = (
    "<h3>一、总体情况</h3><h3>（一）健全工作机制</h3><h4>1.学校基本信息公开</h4>"
    "<p>按照公布&lt;高等学校信息公开事项清单&gt;的通知，学校认真落实信息公开工作，<strong>全年</strong>公开信息120条。</p>"
    "<p>1. 加强组织领导</p><p>（二）明确责任分工</p>"
    "<p>电话：&nbsp;&nbsp;&nbsp;&nbsp;传真： 无</p>"
    '<table><thead><tr><th rowspan="2"><strong>项目</strong></th><th colspan="2">申请人</th></tr>'
    "<tr><th>个人</th><th>单位</th></tr></thead>"
    "<tbody><tr><td>收到</td><td>2</td><td></td></tr></tbody></table>"
)

AFTER_WPS = (
    "<h3>（一）主动公开</h3><h4>1.招生信息</h4>"
    "<p>公开招生章程3份，<strong>访问量<sup>①</sup></strong>上升</p><p>2. 财务信息</p>"
    '<p>见附件和<a href="https://www.example.edu.cn/xxgk">专栏</a>。</p>'
    '<table><tbody><tr><td colspan="2">合计</td><td>5</td></tr><tr><td>甲</td><td>乙</td><td>丙</td></tr></tbody></table>'
)


@pytest.fixture
def empty(site, page, author, campaign, sign_in) -> Page:
    """The page of a section whose text is empty."""
    document = factories.full_document(author.school, campaign.year, sections__overview__body="")
    report = factories.make_report(author.school, campaign, document=document)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/overview/")
    wait_until_started(page)
    page.get_by_role("textbox", name="正文").click()
    return page


def paste(page: Page, html: str = "", text: str = "") -> None:
    """What Ctrl+V does with this on the clipboard."""
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            if (text) data.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [html, text],
    )


def saved_body(page: Page) -> str:
    """The text as the server has it, once it is saved."""
    expect(state(page)).to_have_text(SAVED)
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('disclosure-draft'))")
    return Overview.objects.get().body.replace("\u00a0", "&nbsp;")


def press(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(("source", "stored"), [("word", AFTER_WORD), ("wps", AFTER_WPS)], ids=["Word", "WPS"])
def test_a_paste_keeps_headings_numbers_tables_and_spaces_and_no_debris(empty, source, stored):
    paste(empty, (PASTES / f"{source}.html").read_text(encoding="utf-8"), "the plain text beside it")
    assert saved_body(empty) == stored
    empty.reload()
    wait_until_started(empty)
    go_to_the_end(empty.get_by_role("textbox", name="正文"))
    empty.keyboard.press("Control+Home")
    empty.keyboard.type("开头")
    expect(state(empty)).to_have_text("有改动，即将自动保存")
    # What went through the editor once goes through it unchanged.
    assert saved_body(empty) == stored.replace("<h3>", "<h3>开头", 1)


def test_a_plain_text_paste_keeps_lines_and_angle_brackets(empty):
    paste(empty, text="（一）关于公布<高等学校信息公开事项清单>的通知\r\n1.第一项[bookmark: _GoBack]\r\n\r\n2.第二项")
    assert saved_body(empty) == (
        "<p>（一）关于公布&lt;高等学校信息公开事项清单&gt;的通知</p><p>1.第一项</p><p>2.第二项</p>"
    )


def test_numbers_that_are_typed_stay_text(empty):
    empty.keyboard.type("1. 第一项")
    empty.keyboard.press("Enter")
    empty.keyboard.type("# 不是标题 **不是粗体**")
    assert saved_body(empty) == "<p>1. 第一项</p><p># 不是标题 **不是粗体**</p>"


def test_several_spaces_survive_and_an_indent_by_spaces_goes(empty):
    empty.keyboard.type("　　电话    传真")
    assert saved_body(empty) == "<p>电话&nbsp;&nbsp;&nbsp;&nbsp;传真</p>"


def test_the_menu_makes_headings_marks_and_lists(empty):
    press(empty, "（一）级标题")
    empty.keyboard.type("（一）机制")
    empty.keyboard.press("Enter")
    press(empty, "1. 级标题")
    empty.keyboard.type("1.细则")
    empty.keyboard.press("Enter")
    press(empty, "加粗")
    empty.keyboard.type("重")
    press(empty, "加粗")
    press(empty, "上标")
    empty.keyboard.type("2")
    press(empty, "上标")
    empty.keyboard.press("Enter")
    press(empty, "项目符号")
    empty.keyboard.type("甲")
    empty.keyboard.press("Enter")
    empty.keyboard.type("乙")
    expect(empty.get_by_role("toolbar").get_by_role("button", name="项目符号")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert saved_body(empty) == (
        "<h3>（一）机制</h3><h4>1.细则</h4><p><strong>重</strong><sup>2</sup></p><ul><li>甲</li><li>乙</li></ul>"
    )


def test_links_lead_to_web_pages_and_mailboxes_only(empty):
    empty.keyboard.type("专栏")
    empty.keyboard.press("Control+A")
    empty.keyboard.press("Control+K")
    window = empty.get_by_role("dialog", name="添加链接")
    address = window.get_by_label("网址或邮箱")
    address.fill("javascript:alert(1)")
    window.get_by_role("button", name="添加").click()
    expect(window.get_by_role("alert")).to_contain_text("请填写完整的网址")
    address.fill("xxgk@example.edu.cn")
    window.get_by_role("button", name="添加").click()
    expect(window).to_be_hidden()
    assert saved_body(empty) == '<p><a href="mailto:xxgk@example.edu.cn">专栏</a></p>'


def test_tables_are_made_merged_titled_and_left_with_the_keyboard(empty, check_axe):
    press(empty, "插入表格")
    window = empty.get_by_role("dialog", name="插入表格")
    window.get_by_label("列数").fill("2")
    window.get_by_role("button", name="插入").click()
    for words in ("渠道", "数量", "官网", "820", "微信", "380"):
        empty.keyboard.type(words)
        empty.keyboard.press("Tab")
    # Tab in the last cell leaves the text.
    expect(empty.get_by_role("textbox", name="正文")).not_to_be_focused()
    empty.get_by_role("cell", name="380").click()
    press(empty, "下方加行")
    empty.keyboard.press("ArrowDown")
    empty.keyboard.type("合计1200")
    press(empty, "表题")
    empty.get_by_role("dialog", name="表题").get_by_label("写在表格上方的名称").fill("表1　公开渠道")
    empty.get_by_role("button", name="确定表题").click()
    first, last = (empty.locator(".rich-text-text tr").last.locator("td").nth(index) for index in (0, 1))
    first.click()
    empty.keyboard.down("Shift")
    last.click()
    empty.keyboard.up("Shift")
    press(empty, "合并单元格")
    check_axe(empty)
    assert saved_body(empty) == (
        "<table><caption>表1　公开渠道</caption><thead><tr><th>渠道</th><th>数量</th></tr></thead><tbody>"
        "<tr><td>官网</td><td>820</td></tr><tr><td>微信</td><td>380</td></tr>"
        '<tr><td colspan="2">合计1200</td></tr></tbody></table>'
    )
    press(empty, "删除表格")
    expect(empty.locator(".rich-text-text table")).to_have_count(0)
    press(empty, "撤销")
    expect(empty.locator(".rich-text-text caption")).to_have_text("表1　公开渠道")


def test_the_menu_is_reached_and_left_with_the_keyboard(empty):
    text = empty.get_by_role("textbox", name="正文")
    empty.keyboard.press("Alt+F10")
    toolbar = empty.get_by_role("toolbar", name="正文的格式")
    expect(toolbar.get_by_role("button", name="正文")).to_be_focused()
    empty.keyboard.press("ArrowRight")
    empty.keyboard.press("Enter")
    expect(text).to_be_focused()
    expect(toolbar.get_by_role("button", name="（一）级标题")).to_have_attribute("aria-pressed", "true")
    empty.keyboard.press("Alt+F10")
    empty.keyboard.press("End")
    expect(toolbar.get_by_role("button", name="重做")).to_be_focused()
    empty.keyboard.press("Escape")
    expect(text).to_be_focused()
    # One stop for Tab, forwards and back.
    empty.keyboard.press("Shift+Tab")
    expect(toolbar.locator(":focus")).to_have_count(1)
    empty.keyboard.press("Tab")
    expect(text).to_be_focused()


def test_the_label_names_the_editor_and_leads_to_it(empty):
    empty.locator("h1").click()
    empty.locator("label", has_text="正文").click()
    expect(empty.get_by_role("textbox", name="正文")).to_be_focused()


def test_the_checks_lead_to_the_editor(empty):
    empty.get_by_role("link", name="检查并提交").click()
    empty.locator(".check-sentence a[href*='/overview/']").first.click()
    expect(empty.get_by_role("textbox", name="正文")).to_be_focused()
