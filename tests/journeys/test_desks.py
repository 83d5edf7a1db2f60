"""The desks of school and office with several years at once, and two reviewers at one report."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from disclosure.models import Presence, Remark
from disclosure.report.enums import SectionKey, Status
from disclosure.workflow import comments
from schools.enums import Role
from tests import factories

TEXT = "请补充培训的时间。"


@pytest.fixture
def years(site, school, province, campaign, author, reviewer):
    """Returned reports of this year and of the last, and next year's campaign made early."""
    last = factories.make_campaign(province, campaign.year - 1)
    for one in (campaign, last):
        factories.make_report(school, one, Status.RETURNED, remarks={SectionKey.OVERVIEW: TEXT})
    opens = timezone.localdate() + datetime.timedelta(days=300)
    last.opens_on = timezone.localdate() - datetime.timedelta(days=400)
    last.closes_on = timezone.localdate() - datetime.timedelta(days=300)
    last.save()
    coming = factories.make_campaign(
        province, campaign.year + 1, opens_on=opens, closes_on=opens + datetime.timedelta(days=60)
    )
    return last, campaign, coming


@pytest.mark.parametrize("device", ["page", "phone"])
def test_returned_reports_of_two_years_are_on_the_first_screen(
    device, request, years, sign_in, check_axe, assert_no_horizontal_scroll
):
    page = request.getfixturevalue(device)
    sign_in(page, "author")
    expect(page.locator(".work-label")).to_have_text([f"{one.label}报告" for one in (years[1], years[0])])
    height = page.viewport_size["height"]
    steps = page.locator(".work .btn")
    expect(steps).to_have_count(2)
    for step in steps.all():
        assert step.bounding_box()["y"] + step.bounding_box()["height"] <= height
    expect(page.get_by_role("heading", name="即将开始")).to_be_visible()
    check_axe(page)
    assert_no_horizontal_scroll(page)
    steps.nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(years[0].label)
    expect(page.locator(".score-remarks")).to_contain_text("还有 1 条审核意见没有答复")


@pytest.mark.parametrize("device", ["page", "phone"])
def test_the_office_sees_all_years_that_are_at_work(
    device, request, years, sign_in, check_axe, assert_no_horizontal_scroll
):
    page = request.getfixturevalue(device)
    sign_in(page, "reviewer")
    expect(page.get_by_role("heading", level=1)).to_contain_text(years[1].label)
    choices = page.get_by_role("navigation", name="填报任务").get_by_role("link")
    expect(choices).to_have_count(3)
    check_axe(page)
    assert_no_horizontal_scroll(page)
    choices.nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(years[0].label)


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_remark_is_answered_before_the_panel_leads_to_handing_in(
    device, request, site, sign_in, author, campaign, check_axe, assert_no_horizontal_scroll
):
    page = request.getfixturevalue(device)
    report = factories.make_report(author.school, campaign, Status.RETURNED, remarks={SectionKey.OTHER: TEXT})
    factories.explain(report)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/other/")
    if device == "phone":
        expect(page.locator("[data-checks-bar-count]")).to_have_text("审核意见 1 条待答复")
        page.locator("[data-checks-bar]").click()
    panel = page.locator("[data-checks-content]")
    expect(panel.get_by_role("link", name="检查并提交")).to_have_count(0)
    check_axe(page)
    panel.get_by_role("link", name=f"审核意见：{TEXT}").click()
    answer = page.get_by_label(f"答复审核意见：{TEXT}")
    expect(answer).to_be_in_viewport()
    answer.fill("已补充。")
    page.get_by_role("button", name="答复，并标为已处理").click()
    expect(page.get_by_role("status").first).to_contain_text("审核意见已全部答复")
    assert_no_horizontal_scroll(page)
    if device == "phone":
        page.locator("[data-checks-bar]").click()
    panel.get_by_role("link", name="检查并提交").click()
    expect(page.get_by_text("检查通过，可以提交")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_deleting_a_colleagues_remark_asks_first(
    scripts, site, new_context, sign_in, author, reviewer, province, campaign, check_axe, assert_no_horizontal_scroll
):
    report = factories.make_report(author.school, campaign, Status.SUBMITTED)
    other = factories.make_actor(Role.REVIEWER, province, "second-reviewer", "李审核", email="li@example.gov.cn")
    comments.add(report.pk, SectionKey.OVERVIEW, TEXT, other)
    page = new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740}).new_page()
    sign_in(page, "reviewer")
    page.goto(f"/review/reports/{report.pk}/")
    expect(page.locator("#decide")).to_contain_text("李审核写了 1 条审核意见。")
    page.get_by_role("link", name="删除李审核的意见…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("删除李审核写的审核意见")
    if scripts:
        check_axe(page)
        assert_no_horizontal_scroll(page)
    page.get_by_role("link", name="取消，返回上一页").click()
    assert Remark.objects.count() == 1
    page.get_by_role("link", name="删除李审核的意见…").click()
    page.get_by_role("button", name="删除这条意见").click()
    expect(page.get_by_text(f"已删除李审核写的审核意见：「{TEXT}」")).to_be_visible()
    assert Remark.objects.count() == 0


def test_two_reviewers_see_each_other(site, page, new_context, sign_in, author, reviewer, province, campaign):
    report = factories.make_report(author.school, campaign, Status.SUBMITTED)
    other = factories.make_actor(Role.REVIEWER, province, "second-reviewer", "李审核")
    colleague = new_context().new_page()
    sign_in(colleague, "second-reviewer")
    sign_in(page, "reviewer")
    with colleague.expect_response("**/presence/"):
        colleague.goto(f"/review/reports/{report.pk}/")
    page.goto(f"/review/reports/{report.pk}/")
    expect(page.locator("[data-review-presence]")).to_have_text("李审核 也正在审核这份报告")
    colleague.reload()
    expect(colleague.locator("[data-review-presence]")).to_have_text("严审核 也正在审核这份报告")
    colleague.goto("/review/")
    while Presence.objects.filter(user=other.user).exists():
        page.wait_for_timeout(50)
    page.reload()
    expect(page.locator("[data-review-presence]")).to_be_hidden()
