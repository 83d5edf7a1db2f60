"""What is typed into the text areas outside the sections: nothing of it is lost, nothing is sent twice."""

import re

import pytest
from playwright.sync_api import Page, expect

from disclosure.models import Remark, Report, Submission
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from tests import factories

WRITTEN = "请补充培训的时间，并核对第三部分的数字。"
BACK = "已恢复您刚才填写的内容。"


@pytest.fixture
def submitted(site, author, reviewer, campaign) -> Report:
    return factories.make_report(author.school, campaign, Status.SUBMITTED)


@pytest.fixture
def remarked(submitted, reviewer) -> Report:
    comments.add(submitted.pk, SectionKey.OVERVIEW, "请补充培训的时间。", reviewer)
    return submitted


def kept(page: Page) -> list[str]:
    """The texts that lie in this browser, once the page's scripts have run."""
    page.wait_for_load_state()
    entries = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.includes(':typed:')).map(([, entry]) => JSON.parse(entry).text)"
    )
    return sorted(entries)


def open_return(page: Page, report: Report) -> None:
    page.goto(f"/review/reports/{report.pk}/return/?seen={factories.seen(report)}")


def sign_in_again(page: Page, username: str) -> None:
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(factories.PASSWORD)
    page.locator("main [type=submit]").click()


def test_the_comment_of_a_return_survives_an_expired_session(page, sign_in, remarked, sign_out_everywhere, check_axe):
    sign_in(page, "reviewer")
    open_return(page, remarked)
    field = page.get_by_label("总体意见")
    field.fill(WRITTEN)
    sign_out_everywhere()
    page.get_by_role("button", name="退回修改").click()
    sign_in_again(page, "reviewer")

    expect(field).to_have_value(WRITTEN)
    line = page.locator(".kept-line")
    expect(line).to_have_text(f"{BACK}丢弃")
    check_axe(page)
    line.get_by_role("button", name="丢弃").click()
    expect(field).to_have_value("")
    assert kept(page) == []
    line.get_by_role("button", name="恢复").click()
    expect(field).to_have_value(WRITTEN)
    assert kept(page) == [WRITTEN]

    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_role("status")).to_have_text("报告已退回，填报人会收到邮件。")
    assert kept(page) == []
    assert Submission.objects.get().comment == WRITTEN


def test_it_stays_until_the_server_says_that_it_took_it(
    page, context, sign_in, remarked, province_admin, browser_errors
):
    """Neither a lost network nor somebody else's decision is the server's word."""
    browser_errors.allow("ERR_INTERNET_DISCONNECTED|status of 409")
    sign_in(page, "reviewer")
    open_return(page, remarked)
    page.get_by_label("总体意见").fill(WRITTEN)
    context.set_offline(True)
    page.get_by_role("button", name="退回修改").click()
    context.set_offline(False)
    page.goto("/review/")
    assert kept(page) == [WRITTEN]

    open_return(page, remarked)
    expect(page.get_by_label("总体意见")).to_have_value(WRITTEN)
    transitions.perform(
        Action.SEND_BACK, remarked.pk, province_admin, sha256=factories.seen(remarked), comment="请修改。"
    )
    page.get_by_role("button", name="退回修改").click()
    expect(page.locator(".kept-text")).to_contain_text(WRITTEN)
    assert kept(page) == [WRITTEN]


def test_another_person_at_the_same_browser_does_not_see_it(
    page, sign_in, remarked, province_admin, sign_out_everywhere
):
    sign_in(page, "reviewer")
    open_return(page, remarked)
    page.get_by_label("总体意见").fill(WRITTEN)
    sign_out_everywhere()
    page.get_by_role("button", name="退回修改").click()
    sign_in_again(page, "province-admin")
    expect(page.get_by_label("总体意见")).to_have_value("")
    expect(page.locator(".kept-line")).to_have_count(0)


def test_who_signs_out_is_asked_before_it_goes(page, sign_in, remarked):
    sign_in(page, "reviewer")
    open_return(page, remarked)
    page.get_by_label("总体意见").fill(WRITTEN)
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    window = page.get_by_role("dialog", name="还有内容没有保存")
    expect(window).to_contain_text("有 1 处填写的内容只暂存在本机")
    window.get_by_role("button", name="清除并退出").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    assert kept(page) == []


def test_an_answer_survives_an_expired_session_and_does_not_cover_a_colleagues(
    page, sign_in, remarked, reviewer, second_author, sign_out_everywhere, browser_errors
):
    browser_errors.allow("status of 401")  # the pulse of the section's page
    transitions.perform(Action.SEND_BACK, remarked.pk, reviewer, sha256=factories.seen(remarked), comment="请修改。")
    remark = Remark.objects.get()
    sign_in(page, "author")
    page.goto(f"/desk/reports/{remarked.pk}/overview/")
    field = page.get_by_label("答复审核意见")
    field.fill("已补充到第一段。")
    sign_out_everywhere()
    page.get_by_role("button", name="答复，并标为已处理").click()
    sign_in_again(page, "author")
    expect(field).to_have_value("已补充到第一段。")

    comments.answer(remarked.pk, remark.pk, "同事的答复。", second_author)
    page.reload()
    expect(field).to_have_value("同事的答复。")
    line = page.locator(".kept-line")
    expect(line).to_have_text("本机还有您填写、没有提交的内容。恢复")
    line.get_by_role("button", name="恢复").click()
    page.get_by_role("button", name="更新答复").click()
    expect(page.get_by_role("status").first).to_contain_text("审核意见已全部答复")
    assert kept(page) == []
    assert Remark.objects.get().answer == "已补充到第一段。"


def test_a_report_is_submitted_once_however_often_the_button_is_pressed(page, sign_in, site, author, campaign):
    report = factories.make_report(author.school, campaign)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/check/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    form = page.locator("form[data-once]")
    form.evaluate("(form) => { for (let i = 0; i < 3; i += 1) form.requestSubmit(); }")
    expect(page.get_by_text("已提交给甲省教育厅办公室")).to_be_visible()
    assert sent == [f"{site.url}/desk/reports/{report.pk}/actions/submit/"]
    assert Submission.objects.count() == 1


def test_a_button_that_was_pressed_can_be_pressed_again_by_who_comes_back(page, sign_in, author, campaign):
    report = factories.make_report(author.school, campaign)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/check/")
    button = page.get_by_role("button", name="提交给甲省教育厅办公室")
    # An answer without content leaves the page where it is.
    page.route("**/actions/submit/", lambda route: route.fulfill(status=204))
    button.click()
    expect(button).to_be_disabled()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(button).to_be_enabled()
