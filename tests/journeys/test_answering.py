"""Findings answered in a browser: on the page of the checks and beside the form, up to the submission."""

import re

import pytest
from playwright.sync_api import expect

from disclosure.findings import responses
from disclosure.models import Answer
from disclosure.report.enums import Status
from tests import factories
from tests.journeys.test_writing_autosave import wait_until_started

SLIPPED = "<p>学校的主动公布清零已经更新，办事零门栏，群众普遍满意。</p>"


@pytest.fixture
def report(site, campaign, author, reviewer):
    """A draft with two warnings of one kind in the overview, and an error: the confidentiality review has no date."""
    document = factories.full_document(
        author.school,
        campaign.year,
        sections__overview__body=SLIPPED,
        confidentiality_review={"reviewer": "周保密", "date": None},
    )
    return factories.make_report(author.school, campaign, document=document)


@pytest.fixture
def check(report):
    return f"/desk/reports/{report.pk}/check/"


def test_a_report_with_warnings_and_an_error_is_explained_waived_and_handed_in(page, report, check, sign_in, reviewer):
    sign_in(page, "author")
    page.goto(check)
    expect(page.get_by_text("还不能提交")).to_be_visible()
    expect(page.get_by_role("button", name="提交给甲省教育厅办公室")).to_have_count(0)

    first = page.locator("#warnings .check").first
    first.get_by_text("不改，说明理由").click()
    first.get_by_label("不改的理由").fill("都是本校栏目的名称。")
    first.get_by_label("同类 2 条用同一理由").check()
    first.get_by_role("button", name="写下理由").click()
    expect(page.get_by_text("已对 2 条写明理由。")).to_be_visible()
    expect(page.locator("#told .check")).to_have_count(2)
    expect(page.locator("#warnings")).to_have_count(0)

    error = page.locator("#errors .check")
    error.get_by_text("本校情况特殊？申请豁免").click()
    error.get_by_label("申请豁免的理由").fill("审查由上级单位统一办理，没有单独的日期。")
    error.get_by_role("button", name="提交申请").click()
    expect(page.locator("#asked")).to_contain_text("已申请豁免，等审核人决定")

    key = Answer.objects.get(reason__startswith="审查由").key
    responses.decide(report.pk, key, True, "情况属实。", reviewer)
    page.reload()
    expect(page.get_by_text("检查通过，可以提交")).to_be_visible()
    page.get_by_role("button", name="提交给甲省教育厅办公室").click()
    expect(page.get_by_text("已提交给甲省教育厅办公室")).to_be_visible()
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_beside_the_form_a_ready_reason_is_one_click_and_the_page_stays(page, report, sign_in):
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/overview/")
    wait_until_started(page)
    first = page.locator("[data-finding]").first
    first.get_by_text("不改，说明理由").click()
    first.get_by_role("button", name="原文如此（专名或引文），不是错别字。").click()
    expect(page.locator("[data-answer-state=answered]")).to_have_count(1)
    assert page.url.partition("#")[0].partition("?")[0].endswith("/overview/")
    assert Answer.objects.get().reason == "原文如此（专名或引文），不是错别字。"


def test_too_long_a_reason_is_counted_while_it_is_typed_and_stays(page, report, check, sign_in, browser_errors):
    browser_errors.allow("status of 409")
    sign_in(page, "author")
    page.goto(check)
    first = page.locator("#warnings .check").first
    first.get_by_text("不改，说明理由").click()
    field = first.get_by_label("不改的理由")
    field.fill("长" * 950)
    expect(first.get_by_text("还可以写 50 字。")).to_be_visible()
    field.fill("长" * 1003)
    expect(first.get_by_text("超出 3 字，请精简。最多 1000 字。")).to_be_visible()
    first.get_by_role("button", name="写下理由").click()
    expect(page.get_by_text("理由最多 1000 字，现在有 1003 字，请精简。").first).to_be_visible()
    expect(page.locator("#warnings .check").first.get_by_label("不改的理由")).to_have_value("长" * 1003)
    assert not Answer.objects.exists()


def test_what_was_typed_survives_an_expired_session(page, report, check, sign_in, sign_out_everywhere):
    sign_in(page, "author")
    page.goto(check)
    first = page.locator("#warnings .check").first
    first.get_by_text("不改，说明理由").click()
    first.get_by_label("不改的理由").fill("写了很久的理由。")
    sign_out_everywhere()
    first.get_by_role("button", name="写下理由").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    page.locator("[name=username]").fill("author")
    page.locator("[name=password]").fill(factories.PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"**{check}")
    field = page.locator("#warnings .check").first.get_by_label("不改的理由")
    expect(field).to_be_visible()
    expect(field).to_have_value("写了很久的理由。")
    page.get_by_role("button", name="写下理由").first.click()
    expect(page.get_by_text("已写明理由。")).to_be_visible()
    page.reload()
    expect(page.get_by_text("已恢复您刚才填写的内容。")).to_have_count(0)


@pytest.mark.parametrize("who", ["page", "phone"])
def test_the_page_is_accessible_and_fits(request, report, check, sign_in, check_axe, assert_no_horizontal_scroll, who):
    page = request.getfixturevalue(who)
    sign_in(page, "author")
    page.goto(check)
    for summary in page.locator(".answer-fold > summary").all():
        summary.click()
    check_axe(page)
    assert_no_horizontal_scroll(page)


@pytest.mark.parametrize("who", ["page", "phone"])
def test_the_severities_are_accessible_and_fit(
    request, campaign, site, province_admin, sign_in, check_axe, assert_no_horizontal_scroll, who
):
    page = request.getfixturevalue(who)
    sign_in(page, "province-admin")
    page.goto(f"/province/campaigns/{campaign.pk}/rules/")
    check_axe(page)
    assert_no_horizontal_scroll(page)
    page.get_by_label("没有常见的错别字").select_option("须改正")
    page.get_by_role("button", name="保存，先看影响").click()
    check_axe(page)
    assert_no_horizontal_scroll(page)
    page.get_by_role("button", name="确认保存").click()
    expect(page.get_by_text("已调整 1 条检查规则的轻重。")).to_be_visible()
    campaign.refresh_from_db()
    assert campaign.severities == {"no_known_slips": "error"}
