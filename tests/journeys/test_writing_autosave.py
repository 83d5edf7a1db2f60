"""Writing a section: nothing typed is lost, nothing of a colleague is overwritten."""

import re

import pytest
from django.db import connection
from playwright.sync_api import Locator, Page, expect

from disclosure.models import Overview
from disclosure.models import Report as ReportRow
from disclosure.report.enums import Action
from disclosure.workflow.transitions import perform
from tests import factories

TYPED = "补充：本年度新增公开专栏一个。"
BEGINNING = "<p>本学年度，学校把信息公开纳入年度重点工作，由党政办公室牵头，各部门各负其责。</p>"


@pytest.fixture
def report(site, author, campaign):
    return factories.make_report(author.school, campaign)


@pytest.fixture
def open_section(site, report, sign_in):
    """A function: the page with one section open, signed in as ``username`` unless that is done."""

    def do(page: Page, key: str = "overview", username: str = "author") -> None:
        if page.url == "about:blank":
            sign_in(page, username)
        page.goto(f"{site.url}/desk/reports/{report.pk}/{key}/")
        wait_until_started(page)

    return do


def wait_until_started(page: Page) -> None:
    page.locator("[data-save-state][data-tone]").wait_for()


def state(page: Page):
    return page.locator("[data-save-state] .save-state-text")


def go_to_the_end(text: Locator) -> None:
    """Put the cursor at the end of an editor."""
    text.focus()
    # ProseMirror sets its own selection 20 ms after it got the focus; no hand is quicker, a test is.
    text.page.wait_for_timeout(200)
    text.page.keyboard.press("Control+End")


def type_into_body(page: Page, text: str = TYPED) -> None:
    """At the end of the text."""
    go_to_the_end(page.get_by_role("textbox", name="正文", exact=True))
    page.keyboard.type(text)


def die(page: Page) -> None:
    """Close the page as a crash would: without a last word to the server."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('dead')); }")
    page.close()


def stored(report) -> Overview:
    return Overview.objects.get(report=report)


def drafts(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('disclosure-draft')).length")


def test_it_saves_a_second_after_typing_stops(page, report, open_section):
    open_section(page)
    before = stored(report).version
    type_into_body(page)
    expect(state(page)).to_have_text("有改动，即将自动保存")
    assert stored(report).version == before
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    assert stored(report).version == before + 1
    assert stored(report).body.endswith(f"共60人次参加。{TYPED}</p>")
    assert stored(report).body.startswith(BEGINNING)
    assert drafts(page) == 0


def test_it_saves_what_is_wrong_and_says_so_beside_the_field(page, report, open_section, check_axe):
    open_section(page)
    field = page.get_by_label("参加培训的人员", exact=True)
    field.fill("近60")
    error = page.locator("#save-error-training_staff")
    expect(error).to_contain_text("请填整数")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert "save-error-training_staff" in field.get_attribute("aria-describedby")
    assert stored(report).unparsed == {"training_staff": "近60"}
    check_axe(page)
    field.fill("60")
    expect(error).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert stored(report).unparsed == {}
    assert stored(report).training_staff == 60


def test_without_a_network_the_text_stays_in_the_browser_and_is_saved_when_it_is_back(
    page, context, report, open_section, browser_errors
):
    browser_errors.allow("ERR_INTERNET_DISCONNECTED")
    open_section(page)
    context.set_offline(True)
    type_into_body(page)
    expect(state(page)).to_have_text("未保存，网络中断，内容已暂存在本机")
    assert drafts(page) == 1
    context.set_offline(False)
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    assert TYPED in stored(report).body
    assert drafts(page) == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The server itself writes into no file but SQLite's.")
def test_while_the_server_cannot_write_it_says_so_and_the_text_is_saved_afterwards(
    page, site, report, open_section, browser_errors, check_axe
):
    browser_errors.allow("status of 503")
    open_section(page)
    before = stored(report).version
    with site.writing_refused():
        type_into_body(page)
        sentence = "未保存。系统暂时连接不上数据库。内容已暂存在本机，稍后自动重试。"
        expect(state(page)).to_have_text(sentence)
        assert drafts(page) == 1
        assert stored(report).version == before
        check_axe(page)
    # By itself, at its next attempt.
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"), timeout=20_000)
    assert stored(report).body.endswith(f"{TYPED}</p>")
    assert (stored(report).version, drafts(page)) == (before + 1, 0)


def test_text_survives_a_page_that_dies(page, context, report, open_section, browser_errors):
    browser_errors.allow("ERR_INTERNET_DISCONNECTED")
    open_section(page)
    context.set_offline(True)
    type_into_body(page)
    expect(state(page)).to_have_text("未保存，网络中断，内容已暂存在本机")
    die(page)
    context.set_offline(False)
    second = context.new_page()
    second.goto(f"/desk/reports/{report.pk}/overview/")
    expect(second.get_by_text("已恢复本机暂存的内容")).to_be_visible()
    expect(second.get_by_role("textbox", name="正文")).to_contain_text(TYPED)
    expect(state(second)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    assert TYPED in stored(report).body
    second.get_by_role("button", name="丢弃", exact=True).click()
    expect(second.get_by_role("textbox", name="正文")).not_to_contain_text(TYPED)
    expect(second.get_by_text("已丢弃本机暂存的内容")).to_be_visible()
    second.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('disclosure-draft'))")
    assert TYPED not in stored(report).body


def test_a_save_whose_answer_got_lost_is_no_clash(page, report, open_section, browser_errors):
    browser_errors.allow("ERR_FAILED|status of 409")
    open_section(page)
    before = stored(report).version
    lost = []

    def lose_the_first_answer(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/save/", lose_the_first_answer)
    type_into_body(page)
    expect(state(page)).to_have_text("未保存，网络中断，内容已暂存在本机")
    assert (lost, stored(report).version) == ([200], before + 1)
    type_into_body(page, "又添一句。")
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stored(report).body.endswith(f"{TYPED}又添一句。</p>")
    assert stored(report).version == before + 2


def test_a_session_that_expired_goes_on_in_place(
    page, report, open_section, sign_out_everywhere, browser_errors, check_axe
):
    browser_errors.allow("status of 40[01]")
    open_section(page)
    sign_out_everywhere()
    type_into_body(page)
    window = page.get_by_role("dialog", name="登录已过期，请重新登录")
    expect(window).to_be_visible()
    expect(page.get_by_role("heading", name="登录已过期，请重新登录")).to_be_focused()
    expect(state(page)).to_have_text("登录已过期，内容已暂存在本机，请重新登录")
    check_axe(page)
    expect(window.get_by_label("账号")).to_have_value("author")
    window.get_by_label("密码").fill("wrong")
    window.get_by_role("button", name="登录并继续").click()
    expect(window.get_by_role("alert")).not_to_be_empty()
    assert drafts(page) == 1
    window.get_by_label("密码").fill(factories.PASSWORD)
    window.get_by_role("button", name="登录并继续").click()
    expect(window).to_be_hidden()
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    assert TYPED in stored(report).body
    # The token of the new session holds for what follows.
    type_into_body(page, "再添一句。")
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    assert "再添一句。" in stored(report).body


def test_nothing_is_saved_under_another_name(
    page, report, second_author, open_section, sign_out_everywhere, browser_errors
):
    browser_errors.allow("status of 401")
    open_section(page)
    sign_out_everywhere()
    type_into_body(page)
    window = page.get_by_role("dialog")
    window.get_by_label("账号").fill("second-author")
    window.get_by_label("密码").fill(factories.PASSWORD)
    window.get_by_role("button", name="登录并继续").click()
    expect(window.get_by_role("alert")).to_contain_text("不会保存到其他人名下")
    window.get_by_role("button", name="稍后登录").click()
    expect(state(page)).to_have_text("未保存，当前登录的是另一个账号，内容已暂存在本机")
    type_into_body(page, "再添一句。")
    page.wait_for_timeout(1500)
    assert TYPED not in stored(report).body
    page.get_by_role("button", name="重新登录").click()
    window.get_by_label("密码").fill(factories.PASSWORD)
    window.get_by_role("button", name="登录并继续").click()
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    assert stored(report).saved_by.username == "author"
    assert f"{TYPED}再添一句。" in stored(report).body


def test_somebody_who_signed_in_in_another_tab_does_not_become_the_author(
    page, context, report, second_author, open_section, sign_in, sign_out_everywhere, browser_errors
):
    browser_errors.allow("status of 40[13]")
    open_section(page)
    sign_out_everywhere()
    sign_in(context.new_page(), "second-author")
    type_into_body(page)
    expect(page.get_by_role("dialog", name="登录已过期，请重新登录")).to_be_visible()
    assert TYPED not in stored(report).body
    assert drafts(page) == 1


def test_a_part_that_was_handed_in_meanwhile_is_locked_and_the_text_can_be_taken_along(
    page, report, author, open_section, browser_errors, check_axe
):
    browser_errors.allow("status of 403")
    open_section(page)
    perform(Action.SUBMIT, report.pk, author, sha256=factories.seen(report))
    type_into_body(page)
    expect(page.get_by_role("alert").filter(has_text="这一部分现在不能修改")).to_be_visible()
    expect(page.get_by_role("textbox", name="正文")).to_have_attribute("contenteditable", "false")
    expect(page.get_by_label("参加培训的人员", exact=True)).not_to_be_editable()
    check_axe(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载我填写的内容").click()
    assert TYPED in download.value.path().read_text(encoding="utf-8")
    assert TYPED not in stored(report).body
    assert ReportRow.objects.get(pk=report.pk).status == "submitted"
    page.reload()
    expect(page.get_by_text("本机还有您没有保存的内容")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(TYPED)
    check_axe(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载我填写的内容").click()
    assert TYPED in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="不再需要，从本机清除").click()
    assert drafts(page) == 0


def test_two_tabs_of_one_person_keep_their_texts_apart(page, context, report, open_section, browser_errors):
    browser_errors.allow("ERR_INTERNET_DISCONNECTED|status of 409")
    open_section(page)
    second = context.new_page()
    second.goto(f"/desk/reports/{report.pk}/overview/")
    wait_until_started(second)
    context.set_offline(True)
    type_into_body(page, "第一个窗口。")
    type_into_body(second, "第二个窗口。")
    expect(state(page)).to_have_text("未保存，网络中断，内容已暂存在本机")
    expect(state(second)).to_have_text("未保存，网络中断，内容已暂存在本机")
    assert drafts(page) == 2
    die(second)
    context.set_offline(False)
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    assert "第一个窗口。" in stored(report).body
    third = context.new_page()
    third.goto(f"/desk/reports/{report.pk}/overview/")
    window = third.get_by_role("dialog", name="这一部分已被他人修改，请比较后选择")
    expect(window).to_contain_text("第一个窗口。")
    expect(window).to_contain_text("第二个窗口。")


def test_where_the_browser_has_no_room_it_says_so_and_asks_before_the_page_goes(
    new_context, report, sign_in, browser_errors
):
    browser_errors.allow("ERR_INTERNET_DISCONNECTED")
    context = new_context()
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    page = context.new_page()
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/overview/")
    wait_until_started(page)
    context.set_offline(True)
    type_into_body(page)
    expect(state(page)).to_have_text("未保存，网络中断，本机也无法暂存，请不要关闭本页")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert asked == ["beforeunload"]


def test_a_page_with_nothing_unsaved_closes_without_a_question(page, open_section):
    open_section(page)
    type_into_body(page)
    expect(state(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/desk/")
    assert asked == []


def test_a_page_that_is_closed_in_the_middle_of_a_word_still_saves(page, context, report, open_section):
    open_section(page)
    before = stored(report).version
    type_into_body(page)
    page.close()
    second = context.new_page()
    for _ in range(50):
        if stored(report).version > before:
            break
        second.wait_for_timeout(100)
    assert stored(report).body.endswith(f"{TYPED}</p>")
    second.goto(f"/desk/reports/{report.pk}/overview/")
    wait_until_started(second)
    expect(state(second)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    expect(second.get_by_role("dialog")).to_have_count(0)
    assert stored(report).version == before + 1
    assert drafts(second) == 0


def test_a_link_saves_before_it_leads_away(page, report, open_section):
    open_section(page)
    type_into_body(page)
    page.get_by_role("link", name="二、主动公开").click()
    page.wait_for_url("**/proactive/")
    assert TYPED in stored(report).body
    assert drafts(page) == 0


def test_the_button_saves_and_goes_on_to_the_next_part(page, report, open_section):
    open_section(page)
    type_into_body(page)
    page.get_by_role("button", name="保存，继续填下一部分").click()
    page.wait_for_url("**/proactive/")
    assert TYPED in stored(report).body


def test_signing_out_asks_before_it_removes_what_is_not_saved(page, context, report, open_section, browser_errors):
    browser_errors.allow("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    open_section(page)
    page.route("**/save/", lambda route: route.abort())
    type_into_body(page)
    expect(state(page)).to_have_text("未保存，网络中断，内容已暂存在本机")
    page.goto("/desk/")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    window = page.get_by_role("dialog", name="还有内容没有保存")
    window.get_by_role("button", name="留在本页，先保存").click()
    assert drafts(page) == 1
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    window.get_by_role("button", name="清除并退出").click()
    page.wait_for_url("**/accounts/login/")
    assert drafts(page) == 0


def test_who_else_writes_is_shown_and_what_they_saved_is_offered(
    page, new_context, report, second_author, open_section, sign_in
):
    other = new_context().new_page()
    sign_in(other, "second-author")
    open_section(page)
    other.goto(f"/desk/reports/{report.pk}/overview/")
    wait_until_started(other)
    expect(other.locator("[data-others]")).to_have_text("宋填报也在编辑这一部分")
    type_into_body(other)
    expect(state(other)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-others]")).to_have_text("陆填报也在编辑这一部分")
    expect(page.locator("[data-newer]")).to_contain_text("陆填报刚刚保存了新内容")
    page.get_by_role("button", name="显示新内容").click()
    expect(page.get_by_role("textbox", name="正文")).to_contain_text(TYPED)


def test_without_scripts_the_same_form_saves_with_its_button(new_context, report, sign_in):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/overview/")
    body = page.locator("textarea[name=body]")
    body.fill(body.input_value() + "\n补充的一段，关于公布<高等学校信息公开事项清单>的通知。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存")).to_be_visible()
    assert stored(report).body.endswith("<p>补充的一段，关于公布&lt;高等学校信息公开事项清单&gt;的通知。</p>")
