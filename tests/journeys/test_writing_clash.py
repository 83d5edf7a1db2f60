"""Two people save one section: both texts side by side, and nothing is overwritten that nobody decided."""

import re

import pytest
from playwright.sync_api import Page, expect

from disclosure.models import Overview, Proactive, Report
from disclosure.models.assembly import complete
from tests import factories
from tests.journeys.test_writing_autosave import drafts, go_to_the_end, state, type_into_body, wait_until_started

WINDOW = "这一部分已被他人修改，请比较后选择"
SAVED = re.compile(r"已保存 \d\d:\d\d")


@pytest.fixture
def report(site, author, campaign):
    return factories.make_report(author.school, campaign)


@pytest.fixture
def open_for_both(page, new_context, report, author, second_author, sign_in, browser_errors):
    """A function: one section open before two authors; the page of the first and of the second."""

    def do(key: str) -> tuple[Page, Page]:
        browser_errors.allow("status of 409")
        other = new_context().new_page()
        for one, username in ((page, "author"), (other, "second-author")):
            sign_in(one, username)
            one.goto(f"/desk/reports/{report.pk}/{key}/")
            wait_until_started(one)
        return page, other

    return do


def stored(report) -> Report:
    return complete(Report.objects.filter(pk=report.pk)).get()


def clash(first: Page, second: Page, mine: str = "我写的一句。", theirs: str = "对方写的一句。"):
    """The second saves, then the first; the window that opens before the first."""
    type_into_body(second, theirs)
    expect(state(second)).to_have_text(SAVED)
    type_into_body(first, mine)
    window = first.get_by_role("dialog", name=WINDOW)
    expect(window).to_be_visible()
    return window


def test_it_shows_both_texts_with_who_and_when_and_writes_nothing(open_for_both, report, check_axe):
    mine, theirs = open_for_both("overview")
    window = clash(mine, theirs)
    assert stored(report).overview.body.endswith("对方写的一句。</p>")
    expect(window).to_contain_text(re.compile(r"陆填报于 \d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d 保存了这一部分"))
    expect(window.get_by_role("group", name="正文")).to_contain_text("对方写的一句。")
    expect(window.get_by_role("group", name="正文")).to_contain_text("我写的一句。")
    assert window.locator("ins.difference").all_inner_texts() == ["我"]
    assert window.locator("mark.difference").all_inner_texts() == ["对方"]
    assert drafts(mine) == 1
    check_axe(mine)


def test_taking_theirs_leaves_theirs(open_for_both, report):
    mine, theirs = open_for_both("overview")
    window = clash(mine, theirs)
    version = stored(report).overview.version
    window.get_by_role("button", name="全部用对方的").click()
    window.get_by_role("button", name="按所选保存").click()
    expect(window).to_be_hidden()
    expect(state(mine)).to_have_text(SAVED)
    expect(mine.get_by_role("textbox", name="正文")).to_contain_text("对方写的一句。")
    assert stored(report).overview.version == version
    assert stored(report).overview.body.endswith("人次参加。对方写的一句。</p>")
    assert drafts(mine) == 0


def test_taking_mine_writes_mine_over_their_version(open_for_both, report):
    mine, theirs = open_for_both("overview")
    window = clash(mine, theirs)
    window.get_by_role("button", name="全部用我的").click()
    window.get_by_role("button", name="按所选保存").click()
    expect(state(mine)).to_have_text(SAVED)
    assert stored(report).overview.body.endswith("人次参加。我写的一句。</p>")
    assert stored(report).overview.saved_by.username == "author"


def test_merging_puts_both_before_the_author(open_for_both, report):
    mine, theirs = open_for_both("overview")
    window = clash(mine, theirs)
    window.get_by_label("合并两份，由我改定").check()
    text = window.get_by_role("textbox", name="正文（合并）")
    expect(text.locator("p, h3")).to_have_count(6)  # five paragraphs, of which one is there in both wordings
    mine.keyboard.press("Escape")
    expect(window).to_be_visible()
    go_to_the_end(text)
    mine.keyboard.type("合并后的一句。")
    window.get_by_role("button", name="按所选保存").click()
    expect(state(mine)).to_have_text(SAVED)
    body = stored(report).overview.body
    assert body.endswith("我写的一句。</p><p>全年组织信息公开培训2次，共60人次参加。对方写的一句。合并后的一句。</p>")
    assert body.count("学校修订了信息公开实施细则") == 1


def test_what_only_one_of_them_changed_is_chosen_already(open_for_both, report):
    mine, theirs = open_for_both("overview")
    theirs.get_by_label("参加培训的人员", exact=True).fill("75")
    expect(state(theirs)).to_have_text(SAVED)
    type_into_body(mine, "我写的一句。")
    window = mine.get_by_role("dialog", name=WINDOW)
    figure = window.get_by_role("group", name="参加培训的人员")
    expect(figure).to_contain_text("您没有改过这一处")
    expect(figure.get_by_label("用陆填报的")).to_be_checked()
    text = window.get_by_role("group", name="正文")
    expect(text).to_contain_text("对方没有改过这一处")
    expect(text.get_by_label("用我的")).to_be_checked()
    window.get_by_role("button", name="按所选保存").click()
    expect(state(mine)).to_have_text(SAVED)
    assert stored(report).overview.training_staff == 75
    assert stored(report).overview.body.endswith("我写的一句。</p>")
    expect(mine.get_by_label("参加培训的人员", exact=True)).to_have_value("75")


def test_it_asks_for_a_choice_before_it_saves(open_for_both, report):
    mine, theirs = open_for_both("overview")
    window = clash(mine, theirs)
    window.get_by_role("button", name="按所选保存").click()
    expect(window.get_by_role("alert")).to_have_text("请先选择「正文」用哪一份。")
    window.get_by_role("button", name="稍后再选").click()
    expect(state(mine)).to_have_text("未保存，这一部分已被他人修改，内容已暂存在本机，请比较后选择")
    mine.get_by_role("button", name="比较").click()
    expect(window).to_be_visible()


def test_a_clash_during_the_clash_is_shown_as_well(open_for_both, report):
    mine, theirs = open_for_both("overview")
    window = clash(mine, theirs)
    type_into_body(theirs, "对方又写一句。")
    expect(state(theirs)).to_have_text(SAVED)
    theirs.wait_for_timeout(1500)
    expect(state(theirs)).to_have_text(SAVED)
    window.get_by_role("button", name="全部用我的").click()
    window.get_by_role("button", name="按所选保存").click()
    expect(window).to_contain_text("对方又写一句。")
    assert stored(report).overview.body.endswith("对方又写一句。</p>")
    window.get_by_role("button", name="全部用我的").click()
    window.get_by_role("button", name="按所选保存").click()
    expect(window).to_be_hidden()
    expect(state(mine)).to_have_text(SAVED)
    assert stored(report).overview.body.endswith("人次参加。我写的一句。</p>")


def test_rows_clash_as_a_whole_list(open_for_both, report):
    mine, theirs = open_for_both("proactive")
    theirs.get_by_role("button", name="添加渠道").click()
    theirs.get_by_label("渠道名称").last.fill("校报")
    theirs.get_by_label("公开数量", exact=True).last.fill("30")
    expect(state(theirs)).to_have_text(SAVED)
    theirs.wait_for_timeout(1500)
    expect(state(theirs)).to_have_text(SAVED)
    mine.get_by_label("公开数量", exact=True).first.fill("900")
    window = mine.get_by_role("dialog", name=WINDOW)
    rows = window.get_by_role("group", name="渠道列表")
    expect(rows).to_contain_text("校报 · 30")
    expect(rows).to_contain_text("官网 · 学校官网 · 900")
    window.get_by_role("button", name="全部用对方的").click()
    window.get_by_role("button", name="按所选保存").click()
    expect(window).to_be_hidden()
    expect(state(mine)).to_have_text(SAVED)
    expect(mine.get_by_label("渠道名称")).to_have_count(3)
    expect(mine.get_by_label("渠道名称").last).to_have_value("校报")
    found = Proactive.objects.get(report=report)
    assert [row.count for row in found.channels.all()] == [820, 380, 30]
    # What the school has stated is not added up anew.
    assert found.total == 1200


def test_on_a_phone_both_texts_stand_one_under_the_other(
    new_context, phone, report, author, second_author, sign_in, browser_errors, assert_no_horizontal_scroll, check_axe
):
    browser_errors.allow("status of 409")
    other = new_context().new_page()
    for one, username in ((phone, "author"), (other, "second-author")):
        sign_in(one, username)
        one.goto(f"/desk/reports/{report.pk}/overview/")
        wait_until_started(one)
    window = clash(phone, other)
    assert_no_horizontal_scroll(phone)
    theirs, mine = (window.locator(".clash-side").nth(index).bounding_box() for index in (0, 1))
    assert mine["y"] >= theirs["y"] + theirs["height"]
    check_axe(phone)
    assert Overview.objects.get(report=report).saved_by.username == "second-author"
