"""Figures and rows as they are typed: totals, balances, three states, lists that grow."""

import re

import pytest
from playwright.sync_api import Page, expect

from disclosure.models import Complaints, OnRequest, Overview, Proactive
from disclosure.report.sections import SECTIONS
from tests import factories
from tests.journeys.test_writing_autosave import state, wait_until_started

SAVED = re.compile(r"已保存 \d\d:\d\d")
NO_FIGURES = {
    "sections__on_request__figures": {},
    "sections__proactive__figures": {},
    "sections__complaints__figures": {},
    "sections__overview__figures": {},
}


@pytest.fixture
def report(site, author, campaign):
    """A report with texts and without any figure."""
    document = factories.full_document(author.school, campaign.year, **NO_FIGURES)
    return factories.make_report(author.school, campaign, document=document)


@pytest.fixture
def open_section(page, report, sign_in):
    def do(key: str) -> Page:
        if page.url == "about:blank":
            sign_in(page, "author")
        page.goto(f"/desk/reports/{report.pk}/{key}/")
        wait_until_started(page)
        return page

    return do


def figure(page: Page, name: str):
    return page.locator(f'[name="{name}"]')


def wait_until_saved(page: Page) -> None:
    expect(state(page)).to_have_text(SAVED)
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('disclosure-draft'))")


def test_requests_add_up_along_rows_and_columns_and_tell_their_balance(open_section, report, check_axe):
    page = open_section("on_request")
    figure(page, "campus-received").fill("２")
    figure(page, "individual-received").fill("1")
    figure(page, "individual-carried_in").fill("0")
    figure(page, "campus-granted").fill("2")
    figure(page, "individual-refused_privacy").fill("1")
    assert [
        figure(page, name).input_value()
        for name in (
            "campus-received",
            "total-received",
            "total-carried_in",
            "total-granted",
            "individual-refused",
            "total-refused",
            "total-refused_privacy",
            "campus-carried_in",
            "total-carried_out",
        )
    ] == ["2", "3", "0", "2", "1", "1", "1", "", ""]
    expect(figure(page, "total-received")).not_to_be_editable()
    expect(figure(page, "individual-refused")).not_to_be_editable()
    expect(figure(page, "total-unavailable")).to_be_editable()
    balance = page.locator("[data-balance]")
    expect(balance).to_have_text("收到的和办结、结转的件数相符。")
    figure(page, "campus-received").fill("3")
    expect(balance).to_have_text(
        "校内师生员工：收到 3 件，办结 2 件，结转 0 件，相差 1 件。合计：收到 4 件，办结 3 件，结转 0 件，相差 1 件。"
    )
    check_axe(page)
    figure(page, "campus-carried_out").fill("1")
    expect(balance).to_have_text("收到的和办结、结转的件数相符。")
    wait_until_saved(page)
    columns = {column.applicant: column for column in OnRequest.objects.get(report=report).columns.all()}
    assert (columns["campus"].received, columns["campus"].carried_in, columns["campus"].carried_out) == (3, None, 1)
    assert (columns["total"].received, columns["total"].refused, columns["total"].unavailable) == (4, 1, None)


def test_a_total_with_no_part_is_typed_alone_and_comes_back_when_the_parts_go(open_section, report):
    page = open_section("on_request")
    figure(page, "total-received").fill("5")
    figure(page, "campus-received").fill("4")
    expect(figure(page, "total-received")).to_have_value("4")
    figure(page, "campus-received").fill("")
    expect(figure(page, "total-received")).to_have_value("5")
    expect(figure(page, "total-received")).to_be_editable()


def test_what_was_stored_differently_stays_until_a_part_is_edited(page, author, campaign, sign_in):
    document = factories.full_document(
        author.school,
        campaign.year,
        sections__complaints__figures={"lawsuits": 3, "lawsuits_by": {"upheld": 1, "pending": 1}},
    )
    report = factories.make_report(author.school, campaign, document=document)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/complaints/")
    wait_until_started(page)
    expect(figure(page, "lawsuits")).to_have_value("3")
    expect(figure(page, "lawsuits")).to_be_editable()
    expect(page.locator(".figure-note")).to_have_text("各项之和为 2")
    figure(page, "lawsuits_pending").fill("2")
    expect(figure(page, "lawsuits")).to_have_value("3")
    expect(figure(page, "lawsuits")).not_to_be_editable()
    expect(page.locator(".figure-note")).to_have_count(0)
    wait_until_saved(page)
    assert Complaints.objects.get(report=report).lawsuits == 3


def test_zero_nothing_and_not_applicable_stay_apart(open_section, report):
    page = open_section("overview")
    button = page.get_by_role("button", name="不适用：信息公开联络员")
    button.click()
    expect(figure(page, "liaison_staff")).to_have_value("不适用")
    expect(button).to_have_attribute("aria-pressed", "true")
    figure(page, "training_sessions").fill("0")
    figure(page, "training_staff").fill("—")
    figure(page, "training_staff").blur()
    expect(figure(page, "training_staff")).to_have_value("不适用")
    wait_until_saved(page)
    part = Overview.objects.get(report=report)
    assert (part.training_sessions, part.training_departments, part.training_staff, part.liaison_staff) == (
        0,
        None,
        "n/a",
        "n/a",
    )
    button.click()
    expect(figure(page, "liaison_staff")).to_have_value("")
    wait_until_saved(page)
    assert Overview.objects.get(report=report).liaison_staff is None


def test_channels_are_added_moved_removed_and_summed_beside_the_total(open_section, report, check_axe):
    page = open_section("proactive")
    names, counts = page.get_by_label("渠道名称", exact=True), page.get_by_label("公开数量", exact=True)
    for name, count in (("学校官网", "820"), ("校报", "1,200"), ("公告栏", "30")):
        page.get_by_role("button", name="添加渠道").click()
        expect(page.get_by_label("渠道类型").last).to_be_focused()
        names.last.fill(name)
        counts.last.fill(count)
    expect(page.locator(".figure-sum")).to_have_text("各渠道之和为 2050 条。")
    expect(figure(page, "total")).to_have_value("")
    page.get_by_role("button", name="上移第 3 个渠道").click()
    expect(page.get_by_role("button", name="上移第 2 个渠道")).to_be_focused()
    page.get_by_role("button", name="删除第 1 个渠道").click()
    expect(page.get_by_role("button", name="删除第 1 个渠道")).to_be_focused()
    expect(page.locator(".figure-sum")).to_have_text("各渠道之和为 1230 条。")
    page.get_by_role("button", name="撤销删除").click()
    expect(names).to_have_count(3)
    expect(page.locator(".figure-sum")).to_have_text("各渠道之和为 2050 条。")
    page.get_by_label("约数", exact=True).first.check()
    expect(page.locator(".figure-sum")).to_have_text("各渠道之和约 2050 条。")
    page.get_by_label("约数", exact=True).first.uncheck()
    figure(page, "total").fill("2060")
    expect(page.locator(".figure-sum")).to_have_text("各渠道之和为 2050 条，总数多 10 条，请核对，或在下面说明原因。")
    check_axe(page)
    wait_until_saved(page)
    part = Proactive.objects.get(report=report)
    assert [(row.name, row.count) for row in part.channels.all()] == [("学校官网", 820), ("公告栏", 30), ("校报", 1200)]
    assert part.total == 2060
    page.reload()
    wait_until_started(page)
    assert [field.input_value() for field in names.all()] == ["学校官网", "公告栏", "校报"]


@pytest.mark.parametrize("key", list(SECTIONS))
def test_every_section_is_accessible_and_fits_a_phone(
    phone, page, author, campaign, sign_in, check_axe, assert_no_horizontal_scroll, key
):
    report = factories.make_report(author.school, campaign)
    version = SECTIONS[key].model.objects.get(report=report).version
    for one in (page, phone):
        sign_in(one, "author")
        one.goto(f"/desk/reports/{report.pk}/{key}/")
        wait_until_started(one)
        check_axe(one)
        assert_no_horizontal_scroll(one)
    # Opening a section is no change of it.
    phone.wait_for_timeout(1500)
    assert SECTIONS[key].model.objects.get(report=report).version == version


def test_a_list_that_is_full_takes_no_more_and_says_so(open_section, report, site, browser_errors):
    """What a longer list says is kept in the page; made short enough, it is saved."""
    rows = [{"name": f"渠道{number}号", "count": 1} for number in range(1, 201)]
    figures = {"channels": rows, "total": 200}
    factories.write(
        report,
        factories.full_document(report.school, report.campaign.year, sections__proactive__figures=figures),
    )
    page = open_section("proactive")
    full = page.get_by_text("渠道最多 200 行，不能再添加。")
    add = page.get_by_role("button", name="添加渠道", exact=True)
    expect(full).to_be_visible()
    expect(add).to_be_hidden()
    page.get_by_role("button", name="删除第 200 个渠道").click()
    expect(full).to_be_hidden()
    expect(add).to_be_visible()
    wait_until_saved(page)
    assert Proactive.objects.get().channels.count() == 199

    add.click()
    figure(page, "channels-199-name").fill("渠道二百号")
    wait_until_saved(page)
    # A script, or a copy that the browser kept of another day, may bring more than the button does.
    browser_errors.allow("status of 400")
    page.locator('[data-rows="channels"]').evaluate(
        "list => list.dispatchEvent(new CustomEvent('rows-set', {detail: {count: 201}}))"
    )
    figure(page, "channels-200-name").fill("渠道二百零一号")
    said = "渠道最多 200 行，现在有 201 行。请删去 1 行，或者把同类的合并成一行。"
    expect(state(page)).to_have_text(f"未保存。{said}内容已暂存在本机。")
    expect(page.locator('[data-rows="channels"] .invalid-feedback')).to_have_text(said)
    assert figure(page, "channels-200-name").input_value() == "渠道二百零一号"
    assert Proactive.objects.get().channels.count() == 200
    page.get_by_role("button", name="删除第 1 个渠道").click()
    wait_until_saved(page)
    assert Proactive.objects.get().channels.last().name == "渠道二百零一号"
