"""One author's day: from the empty desk to the submission, through a lost network, an expired session and a clash."""

import re

import pytest
from playwright.sync_api import expect

from disclosure.models import Report
from disclosure.report.enums import Status
from tests import factories
from tests.journeys.test_writing_autosave import go_to_the_end, state, wait_until_started

SAVED = re.compile(r"已保存 \d\d:\d\d")


@pytest.fixture
def write(page):
    """A function: type at the end of the text of the open section, or of another person's ``on``."""

    def do(words: str, on=None) -> None:
        one = on or page
        go_to_the_end(one.get_by_role("textbox", name="正文", exact=True))
        one.keyboard.type(words)

    return do


def test_a_report_is_written_through_all_trouble_and_handed_in(
    page, context, new_context, campaign, author, second_author, sign_in, sign_out_everywhere, browser_errors, write
):
    browser_errors.allow("ERR_INTERNET_DISCONNECTED|status of 401|status of 409")
    sign_in(page, "author")
    page.get_by_role("button", name="直接填写").click()
    page.wait_for_url("**/desk/reports/*/head/")
    report = Report.objects.get()
    # A colleague brings the rest; these two sections are left to be written here.
    document = factories.full_document(
        author.school, campaign.year, sections__overview__body="", sections__experience__body=""
    )
    factories.write(report, document, second_author)
    section = f"/desk/reports/{report.pk}/overview/"
    page.goto(section)
    wait_until_started(page)

    write("本学年度，学校认真落实信息公开工作。")
    expect(state(page)).to_have_text(SAVED)
    context.set_offline(True)
    write("网络断开时写的一句。")
    expect(state(page)).to_have_text("未保存，网络中断，内容已暂存在本机")
    context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)

    sign_out_everywhere()
    write("登录过期后写的一句。")
    window = page.get_by_role("dialog", name="登录已过期，请重新登录")
    window.get_by_label("密码").fill(factories.PASSWORD)
    window.get_by_role("button", name="登录并继续").click()
    expect(state(page)).to_have_text(SAVED)

    colleague = new_context().new_page()
    sign_in(colleague, "second-author")
    colleague.goto(section)
    wait_until_started(colleague)
    write("同事写的一句。", on=colleague)
    expect(state(colleague)).to_have_text(SAVED)
    write("与同事同时写的一句。")
    clash = page.get_by_role("dialog", name="这一部分已被他人修改，请比较后选择")
    clash.get_by_role("button", name="全部用我的").click()
    clash.get_by_role("button", name="按所选保存").click()
    expect(state(page)).to_have_text(SAVED)

    page.get_by_role("link", name="检查并提交").click()
    page.locator("#errors a[href*='/experience/']").first.click()
    wait_until_started(page)
    write("主要经验是各部门各负其责；存在的问题是更新不够及时；下一步每月通报一次。")
    page.get_by_role("link", name="检查并提交").click()
    page.get_by_role("button", name="提交给甲省教育厅办公室").click()
    expect(page.get_by_text("已提交给甲省教育厅办公室")).to_be_visible()
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED
    assert report.overview.body == (
        "<p>本学年度，学校认真落实信息公开工作。网络断开时写的一句。登录过期后写的一句。与同事同时写的一句。</p>"
    )
