"""The checks beside the form: they follow each save, lead to the words, mend with one click, and leave who types alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from disclosure.models import Answer, Overview
from tests import factories

SLIP = "主动公布清零"
BODY = (
    "<p>本学年度，学校把信息公开纳入年度重点工作，由党政办公室牵头，各部门各负其责。</p>"
    f"<h3>（一）健全工作机制</h3><p>学校制定了{SLIP}，明确了责任人。</p>"
    "<h3>（二）加强队伍建设</h3><ul><li>全年组织信息公开培训2次，共60人次参加。</li></ul>"
    "<table><tbody><tr><td>联系人</td><td>王老师，13800138000</td></tr></tbody></table>"
    "<p>附件另行报送😀，咨询电话13900139000。</p>"
)


@pytest.fixture
def report(site, author, campaign):
    document = factories.full_document(author.school, campaign.year, sections__overview__body=BODY)
    return factories.make_report(author.school, campaign, document=document)


@pytest.fixture
def open_section(site, report, sign_in):
    """A function: the page with one part open."""

    def do(page: Page, key: str = "overview", query: str = "") -> None:
        if page.url == "about:blank":
            sign_in(page, "author")
        page.goto(f"{site.url}/desk/reports/{report.pk}/{key}/{query}")
        page.locator("[data-save-state][data-tone]").wait_for()

    return do


def panel(page: Page):
    return page.locator("[data-checks]")


def finding(page: Page, words: str):
    """The findings of this part whose sentence has ``words``."""
    return page.locator("[data-finding]").filter(has=page.locator(".check-sentence", has_text=words))


def jump(page: Page, words: str):
    return finding(page, words).first.locator(".check-sentence a")


def body(page: Page):
    return page.get_by_role("textbox", name="正文", exact=True)


def saved(page: Page):
    expect(page.locator("[data-save-state] .save-state-text")).to_have_text(re.compile(r"已保存 \d\d:\d\d"))


def marked(page: Page, look: str) -> list[str]:
    """The words that are marked in one look, in the order of the text."""
    return page.evaluate(
        """(look) => [...CSS.highlights.get(`check-${look}`)]
            .sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b)).map(String)""",
        look,
    )


def stored(report) -> str:
    return Overview.objects.get(report=report).body


def test_what_is_found_is_marked_and_a_click_puts_the_cursor_there(page, report, open_section, check_axe):
    open_section(page)
    page.wait_for_function("() => CSS.highlights.get('check-attention')?.size")
    words = marked(page, "attention") + marked(page, "error")
    assert "清零" in "".join(words)
    assert "13800138000" in words
    assert "13900139000" in words  # behind a sign that JavaScript counts as two
    jump(page, "清零").click()
    expect(body(page)).to_be_focused()
    page.wait_for_timeout(100)
    assert page.evaluate("getSelection().toString()") in SLIP
    assert page.evaluate("getSelection().toString()")
    assert len(marked(page, "current")) == 1
    check_axe(page)
    # What is typed now takes the place of the words.
    page.keyboard.type("公开清单")
    expect(body(page)).to_contain_text("学校制定了主动公开清单")


def test_a_mark_goes_with_its_words_and_the_panel_follows_the_save(page, report, open_section):
    open_section(page)
    jump(page, "清零").click()
    page.wait_for_timeout(100)
    assert any("清零" in one for one in marked(page, "attention") + marked(page, "error"))
    scrolled = page.evaluate("scrollY")
    page.keyboard.type("公开清单")
    page.wait_for_function(
        """() => !["attention", "error"].some((look) => [...CSS.highlights.get(`check-${look}`)]
            .some((one) => String(one).includes("清零")))"""
    )
    assert "13900139000" in marked(page, "attention") + marked(page, "error")
    # The same words come again with the next save, and nobody who types notices.
    page.keyboard.type("（原为主动公布清零）")
    saved(page)
    page.wait_for_function(
        """() => ["attention", "error"].some((look) => [...CSS.highlights.get(`check-${look}`)]
            .some((one) => String(one).includes("清零")))"""
    )
    expect(body(page)).to_be_focused()
    assert page.evaluate("scrollY") == scrolled
    page.keyboard.type("。")
    expect(body(page)).to_contain_text("（原为主动公布清零）。")


def test_lines_before_the_words_do_not_lead_it_astray(page, open_section):
    open_section(page)
    body(page).focus()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+Home")
    page.keyboard.type("今年新写的一段。")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert "13900139000" in marked(page, "attention") + marked(page, "error")
    jump(page, "清零").click()
    page.wait_for_timeout(100)
    assert "清零" in page.evaluate("getSelection().toString()")


def test_the_panel_is_brought_up_to_date_within_half_a_second_of_the_save(page, open_section):
    open_section(page)
    panel_before = panel(page).inner_text()
    page.evaluate(
        """() => {
            const send = window.fetch;
            window.fetch = async (...given) => {
              const answer = await send(...given);
              if (String(given[0]).endsWith("/save/")) window.answered = performance.now();
              return answer;
            };
            window.began = 0;
            document.addEventListener("part-saved", () => { window.shown = performance.now(); });
        }"""
    )
    top = page.locator(".section-form").bounding_box()["y"]
    body(page).focus()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+End")
    page.keyboard.type("再留一个电话13700137000。")
    expect(finding(page, "13700137000").or_(finding(page, "137"))).not_to_have_count(0)
    assert panel(page).inner_text() != panel_before
    assert page.evaluate("shown - answered") < 500
    page.evaluate("scrollTo(0, 0)")
    assert page.locator(".section-form").bounding_box()["y"] == pytest.approx(top, abs=1)


def test_one_click_masks_a_number_and_it_can_be_undone(page, report, open_section):
    open_section(page)
    one = finding(page, "139****9000")
    expect(one.locator("ins").first).to_contain_text("*")
    one.get_by_role("button", name="打码", exact=True).click()
    expect(panel(page).locator("[data-checks-notice]")).to_contain_text("已修改 1 处")
    expect(body(page)).not_to_contain_text("13900139000")
    expect(body(page)).to_contain_text("13800138000")
    assert "13900139000" not in stored(report)
    panel(page).get_by_role("button", name="撤销").click()
    expect(body(page)).to_contain_text("13900139000")
    saved(page)
    page.wait_for_timeout(300)
    assert "13900139000" in stored(report)


def test_ctrl_z_brings_back_what_a_fix_has_changed(page, report, open_section):
    open_section(page)
    one = finding(page, "139****9000")
    one.get_by_role("button", name="打码", exact=True).click()
    expect(body(page)).not_to_contain_text("13900139000")
    body(page).focus()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+z")
    expect(body(page)).to_contain_text("13900139000")
    page.wait_for_timeout(1200)
    saved(page)
    assert "13900139000" in stored(report)


def test_what_was_typed_just_before_a_fix_is_saved_with_it(page, report, open_section):
    open_section(page)
    body(page).focus()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+Home")
    page.keyboard.type("刚刚写的一句。")
    finding(page, "清零").first.get_by_role("button").first.click()
    expect(panel(page).locator("[data-checks-notice]")).to_contain_text("已修改 1 处")
    expect(body(page)).to_contain_text("刚刚写的一句。")
    assert "刚刚写的一句。" in stored(report)
    assert SLIP not in stored(report)


def test_all_of_a_kind_are_mended_at_once_after_they_were_shown(page, report, open_section):
    open_section(page)
    fold = panel(page).locator("details", has=page.get_by_text("同类 2 处一并修改", exact=True)).last
    fold.locator("summary").click()
    expect(fold.locator("del")).to_have_count(2)
    fold.get_by_role("button", name="确认修改这 2 处").click()
    expect(panel(page).locator("[data-checks-notice]")).to_contain_text("已修改 2 处")
    assert "13800138000" not in stored(report)
    assert "13900139000" not in stored(report)


def test_a_number_in_a_row_of_the_list_is_masked_in_its_field(page, report, open_section):
    open_section(page)
    # A row without words above: the server does not know it, and counts the rows without it.
    page.get_by_role("button", name="添加制度").click()
    page.get_by_role("button", name="上移第 2 个制度").click()
    name = page.locator("[name=rules-1-name]")
    name.fill("值班表，电话13600136000")
    name.blur()
    one = finding(page, "136****6000")
    one.locator(".check-sentence a").click()
    expect(name).to_be_focused()
    assert (
        page.evaluate(
            "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "13600136000"
    )
    one.get_by_role("button", name="打码", exact=True).click()
    expect(name).not_to_have_value(re.compile("13600136000"))
    expect(name).to_have_value(re.compile(r"值班表，电话.*\*"))


def test_it_can_be_worked_through_by_keyboard(page, open_section, check_axe):
    open_section(page)
    body(page).focus()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+End")
    page.keyboard.press("F8")
    first = page.locator("[data-finding]").first
    expect(first.locator(".check-sentence a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = page.locator("[data-finding]").nth(1)
    expect(second.locator(".check-sentence a")).to_be_focused()
    expect(second).to_have_class(re.compile("is-current"))
    check_axe(page)
    page.keyboard.press("Shift+F8")
    expect(first.locator(".check-sentence a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(body(page)).to_be_focused()
    page.keyboard.type("接着写。")
    expect(body(page)).to_contain_text("13900139000。接着写。")
    saved(page)
    expect(first).to_have_class(re.compile("is-current"))
    page.keyboard.press("F8")
    page.keyboard.press("Enter")
    expect(page.locator("[data-finding] a:focus")).to_have_count(0)


def test_the_cursor_in_marked_words_shows_their_finding(page, open_section):
    open_section(page)
    page.wait_for_function("() => CSS.highlights.get('check-attention')?.size")
    body(page).get_by_text("王老师，13800138000").click()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-finding].is-current del").first).to_have_text("13800138000")


def test_a_reason_is_written_without_leaving_the_text(page, report, open_section):
    open_section(page)
    one = page.locator("[data-finding][data-tone=attention]").first
    ident = one.get_attribute("data-finding")
    one.locator(".answer-fold > summary").click()
    one.locator("textarea").fill("这是对外公开的办公联系方式，")
    # A save meanwhile leaves it as it is.
    body(page).focus()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+End")
    page.keyboard.type("补充一句。")
    saved(page)
    page.wait_for_timeout(1200)
    expect(one.locator("textarea")).to_have_value("这是对外公开的办公联系方式，")
    one.locator("textarea").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("不是个人信息。")
    one.get_by_role("button", name="写下理由").click()
    expect(panel(page).locator("[data-checks-notice]")).to_contain_text("已写明理由")
    expect(page.locator(f"[data-finding='{ident}']")).to_have_attribute("data-tone", "done")
    assert Answer.objects.get(report=report).reason == "这是对外公开的办公联系方式，不是个人信息。"
    assert page.url.endswith("/overview/")


def test_another_parts_finding_leads_to_its_words(page, open_section):
    open_section(page, "other")
    fold = panel(page).locator("details[data-fold=part-overview]")
    fold.locator("summary").click()
    fold.get_by_role("link", name=re.compile("清零")).first.click()
    page.locator("[data-save-state][data-tone]").wait_for()
    expect(body(page)).to_be_focused()
    page.wait_for_timeout(100)
    assert "清零" in page.evaluate("getSelection().toString()")


def test_on_a_phone_it_waits_below_and_opens_over_the_form(phone, open_section, check_axe, assert_no_horizontal_scroll):
    open_section(phone)
    bar = phone.locator("[data-checks-bar]")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text(re.compile("处"))
    form, checks = phone.locator(".section-form").bounding_box(), panel(phone).bounding_box()
    assert checks["y"] > form["y"]
    assert_no_horizontal_scroll(phone)
    bar.click()
    expect(panel(phone).get_by_role("heading", name="检查结果")).to_be_focused()
    assert panel(phone).bounding_box()["height"] <= 740 * 0.76
    check_axe(phone)
    jump(phone, "清零").click()
    expect(body(phone)).to_be_focused()
    expect(panel(phone)).not_to_have_class(re.compile("is-open"))
    bar.click()
    panel(phone).get_by_role("button", name="关闭").click()
    expect(bar).to_be_focused()


def test_a_fix_waits_for_who_was_signed_out(page, report, open_section, sign_out_everywhere, browser_errors):
    browser_errors.allow("status of 40[13]")
    open_section(page)
    sign_out_everywhere()
    finding(page, "清零").first.get_by_role("button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert SLIP in stored(report)


def test_places_are_found_in_every_kind_of_text(page, open_section):
    """The one function from a place that the server names to a range of the page."""
    open_section(page)
    source = page.evaluate(
        "performance.getEntriesByType('resource').map((one) => one.name).find((one) => one.includes('checks-places'))"
    )
    found = page.evaluate(
        """async (source) => {
            const { linesOf, rangeOf } = await import(source);
            const root = document.createElement("div");
            root.innerHTML = `<p><br></p><p>甲<strong>乙</strong>丙😀丁</p><h3>　标题 </h3>
              <ul><li><p>一<br>二</p><ul><li><p>三</p></li></ul></li></ul>
              <table><caption>表</caption><tbody><tr><td><p>格</p><p>子</p></td><th><p></p></th></tr></tbody></table>`;
            const words = (place) => rangeOf(root, place)?.toString() ?? null;
            return {
              lines: linesOf(root).map((one) => one.text),
              across: words({ block: 0, start: 0, end: 2, text: "甲乙" }),
              units: words({ block: 0, start: 5, end: 6, text: "丁" }),
              lead: words({ block: 1, start: 0, end: 2, text: "标题" }),
              moved: words({ block: 5, start: 0, end: 2, text: "标题" }),
              gone: words({ block: 1, start: 0, end: 2, text: "别的" }),
              short: words({ block: 3, start: 0, end: 1, text: "一" }),
              empty: words({ block: 0, start: 1, end: 1, text: "" }),
            };
        }""",
        source,
    )
    assert found == {
        "lines": ["甲乙丙😀丁", "标题", "一", "二", "三", "表", "格", "子"],
        "across": "甲乙",
        "units": "丁",
        "lead": "标题",
        "moved": "标题",
        "gone": None,
        "short": None,
        "empty": "",
    }
