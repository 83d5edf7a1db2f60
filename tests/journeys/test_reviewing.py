"""A reviewer at work: reads, writes remarks, returns, compares, approves, goes on to the next."""

import re

import pytest
from playwright.sync_api import Page, expect

from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Publication, Remark, Report, Slip
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from tests import factories
from tests.journeys.conftest import PHONE


@pytest.fixture
def submitted(site, author, reviewer, campaign) -> Report:
    return factories.make_report(author.school, campaign, Status.SUBMITTED)


@pytest.fixture
def resubmitted(submitted, author, reviewer, campaign) -> Report:
    """Returned for 概述, mended, handed in again."""
    comments.add(submitted.pk, SectionKey.OVERVIEW, "请补充培训的时间。", reviewer)
    transitions.perform(
        Action.SEND_BACK, submitted.pk, reviewer, sha256=factories.seen(submitted), comment="请按意见修改。"
    )
    comments.answer(submitted.pk, Remark.objects.get().pk, "已补充。", author)
    body = "<p>本学年度，学校把信息公开纳入年度重点工作，由校办牵头，各部门各负其责。</p>"
    document = factories.full_document(
        author.school,
        campaign.year,
        sections__overview__body=body,
        sections__overview__figures__training_staff=75,
    )
    factories.write(submitted, document, author)
    return factories.hand_in(submitted)


def open_remark(page: Page, name: str, key: str):
    """The field of a remark on the part called ``name``."""
    page.get_by_role("group", name=f"{name}：审核").get_by_text("写审核意见").click()
    field = page.locator(f"#id_{key}_text")
    expect(field).to_be_focused()
    return field


def test_a_report_is_read_remarked_on_and_returned_by_keyboard(
    page, sign_in, submitted, second_school, campaign, check_axe
):
    factories.make_report(second_school, campaign, Status.SUBMITTED)
    sign_in(page, "reviewer")
    expect(page).to_have_url(re.compile("/review/$"))
    check_axe(page)
    page.get_by_role("link", name="审核等候最久的一份").click()
    check_axe(page)

    open_remark(page, "概述", "overview").fill("请补充培训的时间。")
    check_axe(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_have_text("已写下对「概述」的审核意见，退回时一并发给学校。")
    expect(page.locator("#id_overview_text")).to_have_value("")

    page.get_by_role("link", name="退回修改…").click()
    expect(page.locator(".confirmation-consequence")).to_have_text(
        "甲省明德学院只能修改「概述」，其余部分保持锁定；填报人会收到邮件。"
    )
    check_axe(page)
    page.get_by_label("总体意见").fill("请按意见修改。")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_have_text("报告已退回，填报人会收到邮件。")
    check_axe(page)
    page.get_by_role("link", name="下一份待审核：甲省求是职业学院").click()
    expect(page.get_by_role("heading", level=1).first).to_contain_text("甲省求是职业学院")
    submitted.refresh_from_db()
    assert submitted.status == Status.RETURNED


def test_what_changed_is_compared_and_the_report_approved(page, sign_in, resubmitted, check_axe):
    sign_in(page, "reviewer")
    page.goto(f"/review/reports/{resubmitted.pk}/")
    expect(page.locator("#notes-overview")).to_contain_text("已补充。")
    page.get_by_role("link", name="看改了什么").click()
    change = page.locator("#overview")
    expect(change.locator(".is-edited del")).to_have_text(["党政办公室"])
    expect(change.locator(".is-edited ins")).to_have_text(["校办"])
    expect(change.locator(".change-notes")).to_contain_text("请补充培训的时间。")
    check_axe(page)
    page.get_by_role("link", name="回到报告，作出决定").click()
    page.get_by_role("link", name="审核通过并发布…").click()
    check_axe(page)
    page.get_by_role("button", name="审核通过并发布").click()
    expect(page.get_by_role("status")).to_have_text("已审核通过，报告已经向社会公开。")
    page.get_by_role("link", name="公开页面").click()
    expect(page.get_by_text("由校办牵头")).to_be_visible()
    assert Publication.objects.get().school == resubmitted.school


def test_a_remark_survives_an_expired_session(page, sign_in, submitted, sign_out_everywhere):
    sign_in(page, "reviewer")
    page.goto(f"/review/reports/{submitted.pk}/")
    open_remark(page, "概述", "overview").fill("我写了很久的一条意见。")
    sign_out_everywhere()
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in_here(page)
    expect(page).to_have_url(re.compile(f"/review/reports/{submitted.pk}/"))
    expect(page.locator("#id_overview_text")).to_have_value("我写了很久的一条意见。")
    page.locator("#id_overview_text").press("Control+Enter")
    expect(page.locator("#notes-overview .remark")).to_contain_text("我写了很久的一条意见。")
    assert Remark.objects.get().text == "我写了很久的一条意见。"


def sign_in_here(page: Page) -> None:
    page.locator("[name=username]").fill("reviewer")
    page.locator("[name=password]").fill(factories.PASSWORD)
    page.locator("main [type=submit]").click()


def test_two_reviewers_decide_and_the_second_is_told(
    page, new_context, sign_in, submitted, province_admin, browser_errors
):
    browser_errors.allow("status of 409")
    other = new_context().new_page()
    for one, username in ((page, "reviewer"), (other, "province-admin")):
        sign_in(one, username)
        one.goto(f"/review/reports/{submitted.pk}/")
        one.get_by_role("link", name="审核通过并发布…").click()
    for one in (page, other):
        one.get_by_role("button", name="审核通过并发布").click()
    summary = other.get_by_role("alert")
    expect(summary).to_contain_text("报告现在是「已发布」")
    expect(summary).to_contain_text("严审核，审核通过并发布。")
    assert Publication.objects.count() == 1


def test_remarks_need_no_script(new_context, sign_in, submitted):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "reviewer")
    page.goto(f"/review/reports/{submitted.pk}/")
    group = page.get_by_role("group", name="概述：审核")
    group.get_by_text("写审核意见").click()
    group.get_by_label("对「概述」的意见").fill("请补充培训的时间。")
    group.get_by_role("button", name="写下意见").click()
    expect(group.locator(".remark")).to_contain_text("请补充培训的时间。")
    group.get_by_role("button", name="删除这条意见").click()
    expect(group.locator(".remark")).to_have_count(0)


@pytest.mark.parametrize("name", ["report", "changes", "log", "return", "approve"])
def test_it_fits_a_phone(name, phone, sign_in, resubmitted, reviewer, check_axe, assert_no_horizontal_scroll):
    if name == "return":
        comments.add(resubmitted.pk, SectionKey.OVERVIEW, "请补充培训的时间。", reviewer)
    sign_in(phone, "reviewer")
    path = "" if name == "report" else f"{name}/"
    phone.goto(f"/review/reports/{resubmitted.pk}/{path}?seen={factories.seen(resubmitted)}")
    check_axe(phone)
    assert_no_horizontal_scroll(phone)


def test_the_queue_fits_a_phone(phone, sign_in, submitted, check_axe, assert_no_horizontal_scroll):
    sign_in(phone, "reviewer")
    check_axe(phone)
    assert_no_horizontal_scroll(phone)


@pytest.fixture
def explained(site, author, reviewer, campaign) -> Report:
    """Under review with three warnings that the school explained."""
    document = factories.full_document(
        author.school,
        campaign.year,
        sections__evaluation__figures__satisfaction_percent=None,
        sections__other__body="<p>学校认真贯彻《高等学院信息公开办法》，退款账号4111111111111111。</p>",
    )
    return factories.make_report(author.school, campaign, Status.SUBMITTED, document)


@pytest.fixture
def asking(site, author, reviewer, campaign) -> Report:
    """A draft whose author asks to be let off the date of the confidentiality review."""
    review = {"reviewer": "周保密", "date": None}
    document = factories.full_document(author.school, campaign.year, confidentiality_review=review)
    report = factories.make_report(author.school, campaign, document=document)
    (error,) = judge(complete(Report.objects.filter(pk=report.pk)).get()).errors
    responses.answer(report.pk, [error.finding.key], "本校报告不涉密，由党委会集体审定。", author)
    return report


def marked(page: Page) -> list[str]:
    """What the page marks for the eye."""
    return page.evaluate("[...CSS.highlights.get('finding')].map((range) => range.toString())")


def test_a_finding_leads_to_its_words_and_becomes_a_remark_and_back(page, sign_in, explained, check_axe):
    sign_in(page, "reviewer")
    page.goto(f"/review/reports/{explained.pk}/")
    assert "411111******1111" in marked(page)
    assert "《高等学院信息公开办法》" in marked(page)
    check_axe(page)

    notes = page.get_by_role("group", name="其他事项：审核")
    finding = notes.locator(".finding").filter(has_text="银行卡号")
    finding.get_by_role("link", name="看原文").click()
    assert page.evaluate("[...CSS.highlights.get('finding-current')].map(String)") == ["411111******1111"]

    # What is being written on the page meanwhile stays there.
    field = open_remark(page, "概述", "overview")
    field.fill("写了一半的意见")
    count = notes.locator(".finding").count()
    finding.get_by_role("button", name="理由不足，写成意见").click()
    expect(finding.get_by_text("已写成意见")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("已写成 1 条审核意见，退回时一并发给学校。")
    expect(field).to_have_value("写了一半的意见")
    expect(page.locator("#part-nav")).to_contain_text("意见 1")
    expect(page.get_by_role("link", name="退回修改…")).to_be_visible()
    assert Remark.objects.count() == 1
    check_axe(page)

    finding.get_by_role("button", name="删除").click()
    expect(finding.get_by_role("button", name="理由不足，写成意见")).to_be_focused()
    expect(page.get_by_role("link", name="审核通过并发布…")).to_be_visible()
    assert (Remark.objects.count(), notes.locator(".finding").count()) == (0, count)


def test_a_finding_becomes_a_remark_without_script(new_context, sign_in, explained):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "reviewer")
    page.goto(f"/review/reports/{explained.pk}/")
    notes = page.get_by_role("group", name="评议：审核")
    notes.get_by_role("button", name="理由不足，写成意见").click()
    expect(page.get_by_text("已写成 1 条审核意见，退回时一并发给学校。")).to_be_visible()
    notes.get_by_role("button", name="删除").click()
    expect(notes.get_by_role("button", name="理由不足，写成意见")).to_be_visible()
    assert not Remark.objects.exists()


def test_a_click_after_the_session_ended_leads_to_signing_in_and_back(
    page, sign_in, explained, sign_out_everywhere, browser_errors
):
    browser_errors.allow("status of 40")
    sign_in(page, "reviewer")
    page.goto(f"/review/reports/{explained.pk}/")
    sign_out_everywhere()
    page.get_by_role("group", name="评议：审核").get_by_role("button", name="理由不足，写成意见").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in_here(page)
    expect(page).to_have_url(re.compile(f"/review/reports/{explained.pk}/$"))
    assert not Remark.objects.exists()


def test_a_waiver_asked_for_is_found_in_the_queue_and_granted(page, sign_in, asking, check_axe, browser_errors):
    browser_errors.allow("status of 400")
    sign_in(page, "reviewer")
    expect(page.get_by_role("link", name="申请豁免 1")).to_have_attribute("aria-current", "page")
    check_axe(page)
    page.get_by_role("link", name="甲省明德学院").click()
    asked = page.get_by_role("region", name="学校申请豁免")
    expect(asked).to_contain_text("本校报告不涉密，由党委会集体审定。")
    check_axe(page)
    asked.get_by_role("button", name="同意豁免").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明理由。")
    check_axe(page)
    asked.get_by_label("决定的理由").fill("情况属实。")
    asked.get_by_role("button", name="同意豁免").click()
    expect(page.get_by_text("已记录：同意豁免。学校会收到邮件。")).to_be_visible()
    expect(asked).to_contain_text("同意豁免（严审核")
    check_axe(page)
    factories.hand_in(asking)
    page.reload()
    expect(page.locator("#notes-head .finding")).to_contain_text("已豁免")


def test_findings_and_waivers_fit_a_phone(phone, sign_in, explained, check_axe, assert_no_horizontal_scroll):
    sign_in(phone, "reviewer")
    phone.goto(f"/review/reports/{explained.pk}/")
    check_axe(phone)
    assert_no_horizontal_scroll(phone)


def test_what_is_found_after_handing_in_stands_apart_and_becomes_a_remark_where_it_stands(
    page, sign_in, submitted, check_axe, assert_no_horizontal_scroll
):
    Slip.objects.create(wrong="公开栏目", right="公开专栏")
    sign_in(page, "reviewer")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="审核等候最久的一份").click()
    expect(page.get_by_text("提交时各项检查没有发现问题。")).to_be_visible()
    page.locator(".found-later a").click()
    since = page.get_by_role("group", name="提交后新出现")
    expect(since).to_be_in_viewport()
    check_axe(page)
    assert_no_horizontal_scroll(page)
    since.get_by_role("button", name="写成意见").click()
    expect(since.get_by_text("已写成意见")).to_be_visible()
    assert Remark.objects.get().section == SectionKey.EXPERIENCE
