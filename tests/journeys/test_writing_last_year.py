"""From last year's report to this year's: the marks, the blanks, and last year's text beside the form."""

import re

import pytest
from playwright.sync_api import expect

from disclosure.models import Report
from disclosure.report.enums import SectionKey, Status
from tests import factories


@pytest.fixture
def published(school, campaign):
    """Last year's report, and one three years old."""
    for ago in (3, 1):
        past = factories.make_campaign(school.province, campaign.year - ago)
        report = factories.make_report(
            school,
            past,
            Status.PUBLISHED,
            factories.full_document(school, past.year, sections__other__body=f"<p>{ago} 年前无其他事项。</p>"),
        )
    return report


def section(site, report, key):
    return f"{site.url}/desk/reports/{report.pk}/{key}/"


def states(page):
    """How many parts stand how, in the list of the report's page."""
    labels = page.locator(".task-list .task-state").all_inner_texts()
    return {label.strip(): labels.count(label) for label in labels}


def test_from_last_year_to_a_finished_part(site, page, sign_in, author, published, campaign, check_axe):
    sign_in(page, "author")
    page.get_by_role("link", name="从上年报告开始").click()
    expect(page.get_by_role("heading", name="不会带过来")).to_be_visible()
    check_axe(page)
    page.get_by_role("button", name="年的报告开始").click()
    page.wait_for_url("**/desk/reports/*/")
    assert states(page) == {"沿用上年，待更新": 9}
    report = Report.objects.get(campaign=campaign)

    # One part is edited: its mark goes by itself.
    page.goto(section(site, report, "on_request"))
    banner = page.locator("[data-carried-over]")
    expect(banner).to_contain_text("还有 1 处要填")
    text = page.locator("[data-rich-text] ~ .rich-text, .rich-text").first.locator("[contenteditable=true]")
    expect(text).to_contain_text("申请【待填】件")
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("本学年度没有收到信息公开申请。")
    page.get_by_label("本期新收（合计）").fill("0")
    expect(page.locator("[data-save-state]")).to_contain_text("已保存")
    expect(banner).to_be_hidden()
    expect(page.locator("[data-part=on_request] [data-part-state]")).to_have_text("已填好")

    # Another still holds a blank, and cannot be confirmed.
    page.goto(section(site, report, "overview"))
    page.get_by_role("button", name="内容仍然适用，确认").click()
    expect(page.get_by_text("不能确认。请先改成今年的内容")).to_be_visible()

    # One holds as it is.
    page.goto(section(site, report, "experience"))
    page.get_by_role("button", name="内容仍然适用，确认").click()
    expect(page.get_by_text("「主要经验、问题和改进措施」已确认。")).to_be_visible()
    expect(page.locator("[data-carried-over]")).to_have_count(0)

    page.goto(f"{site.url}/desk/reports/{report.pk}/")
    # What is word for word last year's still wants a reason that the reviewer reads.
    assert states(page) == {"沿用上年，待更新": 7, "请核对 1 处": 1, "已填好": 1}
    page.goto(f"{site.url}/desk/reports/{report.pk}/check/")
    expect(page.get_by_text("沿用上年，待更新")).to_have_count(7)
    expect(page.get_by_role("button", name=re.compile("提交给"))).to_have_count(0)


def test_what_is_being_typed_is_saved_before_it_is_confirmed(site, page, sign_in, author, published, campaign):
    sign_in(page, "author")
    page.get_by_role("link", name="从上年报告开始").click()
    page.get_by_role("button", name="年的报告开始").click()
    page.wait_for_url("**/desk/reports/*/")
    report = Report.objects.get(campaign=campaign)
    page.goto(section(site, report, "experience"))
    text = page.locator(".rich-text [contenteditable=true]").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("今年补充一条。")
    page.get_by_role("button", name="内容仍然适用，确认").click()
    expect(page.get_by_text("已经更新过，不需要再确认")).to_be_visible()
    report.experience.refresh_from_db()
    assert "今年补充一条。" in report.experience.body
    assert report.experience.carried_from is None


@pytest.mark.parametrize("width", [1280, 360])
def test_last_year_opens_beside_the_form_and_follows_what_is_saved(
    site, page, sign_in, author, school, published, campaign, width, check_axe, assert_no_horizontal_scroll
):
    page.set_viewport_size({"width": width, "height": 800})
    report = factories.make_report(
        school, campaign, document=factories.full_document(school, sections__other__body="<p>无其他事项。</p>")
    )
    sign_in(page, "author")
    page.goto(section(site, report, "other"))
    panel = page.locator("#last-year-panel")
    page.get_by_role("button", name="打开上年内容对照").click()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("1 年前无其他事项")
    expect(panel.locator(".change-text del")).to_contain_text("1 年前")
    check_axe(page)
    assert_no_horizontal_scroll(page)

    # Beside the form where there is room, above it where there is none.
    form, beside = page.locator("#section-form").bounding_box(), panel.bounding_box()
    assert (
        (beside["x"] >= form["x"] + form["width"]) if width == 1280 else (beside["y"] + beside["height"] <= form["y"])
    )

    # What is saved is compared anew, and a selection in the old text stays.
    panel.locator(".last-year-text p").first.evaluate("(node) => getSelection().selectAllChildren(node)")
    text = page.locator(".rich-text [contenteditable=true]").first
    page.evaluate("window.scrolled = scrollY")
    text.evaluate("(node) => node.focus({ preventScroll: true })")
    page.keyboard.press("Control+a")
    page.keyboard.type("1 年前无其他事项。")
    expect(panel).to_contain_text("完全相同", timeout=15_000)

    # Another year.
    panel.get_by_label("对照哪一年").select_option(str(campaign.year - 3))
    panel.get_by_role("button", name="换成这一年").click()
    expect(panel).to_contain_text("3 年前无其他事项")
    expect(panel.get_by_role("status")).to_have_text("对照已刷新。")

    panel.get_by_role("button", name="关闭").click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="打开上年内容对照")).to_be_focused()


def test_a_panel_whose_session_has_ended_says_so(
    site, page, sign_in, sign_out_everywhere, author, school, published, campaign, browser_errors
):
    browser_errors.allow("status of 401")
    report = factories.make_report(school, campaign)
    sign_in(page, "author")
    page.goto(section(site, report, "other"))
    sign_out_everywhere()
    page.get_by_role("button", name="打开上年内容对照").click()
    expect(page.locator("#last-year-panel")).to_contain_text("没有取到往年的内容")


def test_without_scripts_a_page_shows_both(site, new_context, sign_in, author, school, published, campaign):
    page = new_context(java_script_enabled=False).new_page()
    report = factories.make_report(school, campaign)
    sign_in(page, "author")
    page.goto(section(site, report, "experience"))
    page.get_by_role("link", name="打开上年内容对照").click()
    expect(page.get_by_role("heading", name="现在的内容")).to_be_visible()
    expect(page.get_by_text("完全相同")).to_be_visible()
    page.get_by_role("link", name="返回填写").click()
    page.wait_for_url(f"**/{SectionKey.EXPERIENCE.value}/")


def test_an_empty_part_takes_over_its_own(site, page, sign_in, author, published, campaign):
    sign_in(page, "author")
    page.get_by_role("button", name="直接填写").click()
    page.wait_for_url("**/desk/reports/*/head/")
    report = Report.objects.get(campaign=campaign)
    page.goto(section(site, report, "experience"))
    page.get_by_role("button", name="沿用上年这一部分").click()
    expect(page.locator("[data-carried-over]")).to_contain_text("这一部分沿用了往年的内容")
    expect(page.get_by_role("button", name="沿用上年这一部分")).to_have_count(0)
    page.goto(f"{site.url}/desk/reports/{report.pk}/")
    assert states(page)["沿用上年，待更新"] == 1
