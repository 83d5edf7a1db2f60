"""The reviewer's pages, as each persona sees them."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.models import Publication, Remark, Report, Withdrawal
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from disclosure.workflow.transitions import perform
from schools.audit import record
from schools.enums import EventType, Role
from schools.models import Event, OutgoingMail, School
from tests import factories
from tests.factories import full_document, hand_in, make_report, make_versions, seen, write

pytestmark = pytest.mark.django_db


def at(name, report, *more):
    return reverse(f"review:{name}", args=[report.pk, *more])


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(node) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def main_of(response) -> str:
    """The words of the page itself."""
    return text_of(soup_of(response).find("main"))


def notice_of(response) -> str:
    """The banner after an action."""
    return text_of(soup_of(response).select_one(".notifications"))


def summary_of(response) -> str:
    """The error summary."""
    return text_of(soup_of(response).select_one(".error-summary"))


@pytest.fixture
def client(client_of, reviewer):
    return client_of(reviewer)


@pytest.fixture
def submitted(school, campaign):
    return make_report(school, campaign, Status.SUBMITTED)


@pytest.fixture
def resubmitted(school, campaign, author, reviewer):
    """Returned for 概述, mended, handed in again."""
    report = make_report(school, campaign, Status.RETURNED)
    comments.answer(report.pk, Remark.objects.get().pk, "已补充培训时间。", author)
    write(
        report,
        full_document(
            school,
            campaign.year,
            sections__overview__body="<p>本学年度，学校把信息公开纳入年度重点工作，由校办牵头，各部门各负其责。</p>",
            sections__overview__figures__training_staff=75,
        ),
        author,
    )
    return hand_in(report)


PAGES = ("report", "changes", "pdf", "docx", "send_back", "approve", "withdraw", "reopen", "log")


# --- who may look -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_sent_to_sign_in(name, submitted, client_of):
    response = client_of(None).get(at(name, submitted))
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={at(name, submitted)}")


@pytest.mark.parametrize("name", PAGES)
def test_another_provinces_reviewer_finds_nothing(name, submitted, client_of, other_reviewer):
    assert client_of(other_reviewer).get(at(name, submitted)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_author_is_told_whose_page_it_is(name, submitted, client_of, author):
    response = client_of(author).get(at(name, submitted))
    assert response.status_code == 403
    assert "这个页面供审核人、省级管理员使用。您现在的身份是甲省明德学院的填报人。" in main_of(response)


@pytest.mark.parametrize("name", ["report", "changes", "pdf", "log", "send_back"])
def test_the_provinces_administrator_reviews_as_well(name, submitted, client_of, province_admin):
    response = client_of(province_admin).get(at(name, submitted), {"seen": seen(submitted)})
    assert response.status_code == 200


def test_another_provinces_reviewer_cannot_write_either(submitted, client_of, other_reviewer):
    client, sha256 = client_of(other_reviewer), seen(submitted)
    for address, data in (
        (at("remark", submitted, "overview"), {"text": "请补充。"}),
        (at("approve", submitted), {"seen": sha256}),
        (at("send_back", submitted), {"seen": sha256, "comment": "请修改。"}),
        (at("withdraw", submitted), {"comment": "有误。"}),
        (at("reopen", submitted), {"comment": "有误。"}),
    ):
        assert client.post(address, data).status_code == 404
    assert (Remark.objects.count(), Publication.objects.count()) == (0, 0)


def test_pages_to_look_at_do_not_write(submitted, client):
    events = Event.objects.count()
    for name in PAGES:
        client.get(at(name, submitted), {"seen": seen(submitted)})
    submitted.refresh_from_db()
    assert (submitted.status, Event.objects.count()) == (Status.SUBMITTED, events)


# --- the queue --------------------------------------------------------------------------------------------------------


def rows_of(response):
    return [text_of(row.find("th")).split()[0] for row in soup_of(response).select("table.queue tbody tr")]


def tabs_of(response):
    return {
        text_of(link).rpartition(" ")[0]: int(text_of(link).rpartition(" ")[2])
        for link in soup_of(response).select(".queue-tabs a")
    }


def test_the_queue_opens_with_what_waits(submitted, second_school, campaign, client):
    make_report(second_school, campaign)
    response = client.get("/review/")
    assert rows_of(response) == ["甲省明德学院"]
    assert tabs_of(response) == {"待审核": 1, "学校填写中": 1, "全部": 2}
    assert "应报 2 所 已提交 1 所 待审核 1 份 已公开 0 所" in main_of(response)


def test_the_queue_opens_with_all_where_nothing_waits(school, second_school, campaign, client):
    response = client.get("/review/")
    assert rows_of(response) == ["甲省明德学院", "甲省求是职业学院"]
    assert tabs_of(response) == {"待审核": 0, "未开始": 2, "全部": 2}


def test_the_queue_says_who_has_not_submitted_and_whom_to_ask(school, campaign, client):
    factories.make_actor(Role.AUTHOR, school, name="宋填报", email="song@example.edu.cn")
    campaign.closes_on = campaign.opens_on
    campaign.save()
    response = client.get("/review/", {"tab": "overdue"})
    row = soup_of(response).select_one("table.queue tbody tr")
    assert text_of(row) == "甲省明德学院 未开始 未提交 逾期 30 天 宋填报 song@example.edu.cn"
    assert row.select_one("a")["href"] == "mailto:song@example.edu.cn"


def test_the_queue_of_another_year(school, campaign, province, client):
    last_year = factories.make_campaign(province, campaign.year - 1)
    make_report(school, last_year, Status.PUBLISHED)
    response = client.get("/review/", {"year": last_year.year, "tab": "published"})
    assert rows_of(response) == ["甲省明德学院"]
    assert [one["value"] for one in soup_of(response).select("#year option[selected]")] == [str(last_year.year)]


def test_searching_keeps_to_what_was_chosen(submitted, second_school, campaign, client):
    make_report(second_school, campaign, Status.SUBMITTED)
    response = client.get("/review/", {"q": "qiushi", "tab": "pending", "sort": "latest"})
    assert rows_of(response) == ["甲省求是职业学院"]
    links = [link["href"] for link in soup_of(response).select(".queue-tabs a")]
    assert all(link.startswith("?q=qiushi&sort=latest&tab=") for link in links)


def test_a_search_without_a_hit_says_what_to_do(submitted, client):
    response = client.get("/review/", {"q": "没有这所"})
    assert "没有符合条件的学校 请减少条件，或者换一个状态查看。" in main_of(response)


def test_without_a_campaign_the_queue_says_what_comes_next(client, client_of, province_admin):
    assert "还没有填报任务" in main_of(client.get("/review/"))
    link = soup_of(client_of(province_admin).get("/review/")).select_one(".empty-state a")
    assert link["href"] == reverse("province:campaign_add")


@pytest.mark.parametrize("count", [3, 140])
def test_the_queue_costs_the_same_for_three_schools_and_for_a_hundred_and_forty(
    count, province, client, django_assert_num_queries
):
    schools = School.objects.bulk_create(
        School(province=province, name=f"甲省第{number}学院", slug=f"school-number-{number}") for number in range(count)
    )
    year = factories.latest_year()
    for campaign in [factories.make_campaign(province, year - back) for back in range(10)]:
        Report.objects.bulk_create(Report(school=school, campaign=campaign) for school in schools)
    client.get("/review/")
    with django_assert_num_queries(11):
        response = client.get("/review/", {"tab": "all"})
    assert len(rows_of(response)) == min(count, 50)


# --- the report -------------------------------------------------------------------------------------------------------


def test_the_report_stands_there_as_it_would_be_published(submitted, client):
    response = client.get(at("report", submitted))
    paper = soup_of(response).select_one(".review-parts")
    reports = " ".join(text_of(report) for report in paper.select(".report"))
    assert "甲省明德学院" in text_of(paper.select_one(".report-title"))
    for words in (
        "根据《高等学校信息公开办法》",
        "公布<高等学校信息公开事项清单>的通知",
        "七、其他需要报告的事项",
        "0000-0000003",
    ):
        assert words in reports
    for words in ("10000000002", "10000000003", "0@qq.com"):
        assert words not in reports
        assert words in text_of(paper.select_one(".private-contacts"))


def test_what_is_masked_for_the_public_is_masked_for_the_reviewer(school, campaign, client):
    body = "<p>退款账号4111111111111111。</p>"
    report = make_report(
        school, campaign, Status.SUBMITTED, full_document(school, campaign.year, sections__other__body=body)
    )
    response = client.get(at("report", report))
    assert "退款账号411111******1111。" in text_of(soup_of(response).select_one("#part-other .report"))
    assert "4111111111111111" not in response.content.decode()
    notes = text_of(soup_of(response).select_one("#notes-other"))
    assert "已说明 正文里有银行卡号「411111******1111」" in notes
    assert "「411111******1111」 看原文" in notes


def test_it_says_who_handed_in_when_why_late_and_what_was_explained(school, campaign, client, signatory, author):
    campaign.closes_on = campaign.opens_on
    campaign.save()
    document = full_document(school, campaign.year, sections__evaluation__figures__satisfaction_percent=None)
    report = make_report(school, campaign, Status.SUBMITTED, document, late_reason="系统迁移。")
    page = soup_of(client.get(at("report", report)))
    facts = text_of(page.select_one(".overview-facts"))
    assert facts.startswith("提交 第 1 次，")
    assert "分管领导签发 方签发" in facts
    assert "逾期原因 系统迁移。" in facts
    assert text_of(page.select_one(".found-counts")) == "已说明 1"
    finding = text_of(page.select_one("#notes-evaluation .finding"))
    assert finding.startswith("已说明 没有填写满意率")
    assert re.search("学校说明（宋填报，.*） 已经核对，情况属实。", finding)


def test_last_years_figures_stand_beside_this_years(school, campaign, province, client):
    last_year = factories.make_campaign(province, campaign.year - 1)
    document = full_document(school, last_year.year, sections__evaluation__figures__responses=160)
    make_report(school, last_year, Status.PUBLISHED, document)
    report = make_report(school, campaign, Status.SUBMITTED)
    table = soup_of(client.get(at("report", report))).select_one("#notes-evaluation table")
    assert text_of(table.caption) == f"与 {last_year.year} 年比较"
    assert [text_of(row) for row in table.select("tbody tr")] == [
        "收回评议意见 （份） 200 160 +40（+25%）",
        "满意率 （%） 97.5 97.5 持平",
    ]


def test_last_years_report_need_not_be_published(school, campaign, province, client):
    last_year = factories.make_campaign(province, campaign.year - 1)
    make_report(school, campaign, Status.SUBMITTED)
    make_report(school, last_year, Status.SUBMITTED)
    report = Report.objects.get(campaign=campaign)
    table = soup_of(client.get(at("report", report))).select_one("#notes-evaluation table")
    assert text_of(table.caption) == f"与 {last_year.year} 年比较"


def test_without_last_year_the_figures_say_so(submitted, client):
    table = soup_of(client.get(at("report", submitted))).select_one("#notes-evaluation table")
    assert text_of(table.caption) == "填报的数字（没有上一年的报告可比）"


def test_the_requests_beside_the_report_are_the_totals_alone(submitted, client):
    rows = soup_of(client.get(at("report", submitted))).select("#notes-on_request tbody th")
    assert [text_of(row).split()[0] for row in rows][:4] == ["本期新收", "上期结转", "予以公开", "部分公开"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.AWAITING_SIGNOFF])
def test_the_schools_draft_is_the_schools_alone(status, school, campaign, client):
    report = make_report(school, campaign, status)
    response = client.get(at("report", report))
    page = main_of(response)
    assert response.status_code == 200
    assert "学校提交之前，内容只有学校自己能看到。" in page
    assert "根据《高等学校信息公开办法》" not in page
    assert client.get(at("pdf", report)).status_code == 404
    assert client.get(at("docx", report)).status_code == 404
    assert client.get(at("changes", report)).status_code == 404


def test_the_draft_of_a_correction_is_the_schools_alone_too(school, campaign, client, author):
    report = make_report(school, campaign, Status.PUBLISHED)
    perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。")
    write(report, full_document(school, campaign.year, title="更正中的标题"), author)
    page = main_of(client.get(at("report", report)))
    assert "学校正在更正，原来的版本仍然公开" in page
    assert "更正原因 满意率有误。" in page
    assert "更正中的标题" not in page


def test_a_returned_report_is_shown_as_it_was_returned_with_the_answers_so_far(school, campaign, client, author):
    report = make_report(school, campaign, Status.RETURNED)
    comments.answer(report.pk, Remark.objects.get().pk, "已补充。", author)
    write(report, full_document(school, campaign.year, title="修改中的标题"), author)
    response = client.get(at("report", report))
    page = main_of(response)
    assert "已退回，等学校修改" in page
    assert "请按各部分的意见修改。" in page
    assert "已补充。" in text_of(soup_of(response).select_one("#notes-overview"))
    assert "修改中的标题" not in page
    assert not soup_of(response).select("form.remark-remove, .remark-add, #decide")


def test_a_published_report_leads_to_its_public_page_and_to_the_withdrawal(school, campaign, client):
    report = make_report(school, campaign, Status.PUBLISHED)
    links = [link["href"] for link in soup_of(client.get(at("report", report))).select("main a")]
    assert f"/schools/{school.slug}/{campaign.year}/" in links
    assert at("withdraw", report) in links


def test_a_withdrawn_report_says_why_and_may_be_reopened(school, campaign, client):
    report = make_report(school, campaign, Status.WITHDRAWN)
    response = client.get(at("report", report))
    assert "撤回原因 附件内容有误，更正后重新公开。" in main_of(response)
    assert at("reopen", report) in [link["href"] for link in soup_of(response).select("main a")]


def test_the_pdf_is_of_what_was_handed_in(submitted, client):
    response = client.get(at("pdf", submitted))
    assert (response.status_code, response["Content-Type"], response.content[:5]) == (200, "application/pdf", b"%PDF-")


def queries_of(client, address) -> int:
    """What opening a page costs the second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_report_costs_the_same_for_one_remark_and_for_three(resubmitted, reviewer, client):
    comments.add(resubmitted.pk, SectionKey.OVERVIEW, "意见一。", reviewer)
    one = queries_of(client, at("report", resubmitted))
    for number in range(2):
        comments.add(resubmitted.pk, SectionKey.OVERVIEW, f"意见{number}。", reviewer)
    assert queries_of(client, at("report", resubmitted)) == one <= 24


# --- remarks ----------------------------------------------------------------------------------------------------------


def test_a_remark_is_written_beside_its_part(submitted, client):
    response = client.post(at("remark", submitted, "overview"), {"text": "请补充培训的时间。"})
    assert response["Location"] == f"{at('report', submitted)}#notes-overview"
    page = client.get(at("report", submitted))
    assert notice_of(page) == "已写下对「概述」的审核意见，退回时一并发给学校。"
    assert "请补充培训的时间。" in text_of(soup_of(page).select_one("#notes-overview .remark"))
    assert not soup_of(page).select("#notes-other .remark")


def test_a_remark_is_taken_back_and_its_words_are_told_once_more(submitted, client, reviewer):
    remark = comments.add(submitted.pk, SectionKey.OTHER, "请补充。", reviewer)
    response = client.post(at("remark", submitted, "other"), {"remove": remark.pk}, follow=True)
    assert notice_of(response) == "已删除审核意见：「请补充。」"
    again = client.post(at("remark", submitted, "other"), {"remove": remark.pk}, follow=True)
    assert notice_of(again) == "这条审核意见已经删除。"
    assert not Remark.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_remark_without_a_word_is_refused_beside_its_field(text, submitted, client):
    response = client.post(at("remark", submitted, "overview"), {"text": text})
    assert response.status_code == 400
    assert summary_of(response) == "没有写下审核意见 请写明审核意见。"
    field = soup_of(response).select_one("#id_overview_text")
    assert (field["aria-invalid"], field.find_parent("details").has_attr("open")) == ("true", True)
    assert soup_of(response).select_one(".error-summary a")["href"] == "#id_overview_text"


def test_a_remark_too_long_is_kept_in_its_field(submitted, client):
    response = client.post(at("remark", submitted, "overview"), {"text": "长" * 2001})
    assert response.status_code == 400
    assert soup_of(response).select_one("#id_overview_text").text.strip() == "长" * 2001
    assert "最多 2000 字，现在有 2001 字，请精简。" in summary_of(response)


def test_a_remark_may_be_as_long_as_its_field_lets_it_be(submitted, client):
    client.post(at("remark", submitted, "overview"), {"text": "补\r\n" * 999 + "充。"})
    assert Remark.objects.get().text == "补\n" * 999 + "充。"


def test_a_remark_that_comes_too_late_is_not_lost(submitted, client, author):
    perform(Action.RECALL, submitted.pk, author)
    response = client.post(at("remark", submitted, "overview"), {"text": "请补充培训的时间。"})
    assert response.status_code == 409
    assert "只有待审核的报告可以写审核意见。" in summary_of(response)
    assert "请补充培训的时间。" in main_of(response)


def test_there_are_no_remarks_on_parts_that_do_not_exist(submitted, client):
    assert client.post(at("remark", submitted, "appendix"), {"text": "请补充。"}).status_code == 404


def test_who_comes_back_to_the_address_of_a_remark_finds_the_part_it_is_about(submitted, client):
    """As after an expired session: the sign-in leads back to the page the remark was sent from."""
    response = client.get(at("remark", submitted, "overview"))
    assert response.url == f"{at('report', submitted)}#notes-overview"


# --- what changed -----------------------------------------------------------------------------------------------------


def test_the_changes_since_the_return_stand_beside_remark_and_answer(resubmitted, client):
    response = client.get(at("changes", resubmitted))
    (change,) = soup_of(response).select("section.change")
    assert change["id"] == "overview"
    assert text_of(change.select_one("tbody tr")) == "参加培训的人员 （人次） 60 75 +15（+25%）"
    assert [one.text for one in change.select(".is-edited del")] == ["党政办公室"]
    assert [one.text for one in change.select(".is-edited ins")] == ["校办"]
    assert len(change.select(".change-text .is-removed")) == 4
    notes = text_of(change.select_one(".change-notes"))
    assert "请补充培训的时间。" in notes
    assert "已补充培训时间。" in notes
    assert "没有改动的部分：标题、引言与落款；二、主动公开情况；" in main_of(response)


def test_a_remark_on_a_part_the_school_left_as_it_was_is_told(school, campaign, client, author):
    report = make_report(school, campaign, Status.RETURNED)
    comments.answer(report.pk, Remark.objects.get().pk, "培训时间见第三段。", author)
    hand_in(report)
    page = main_of(client.get(at("changes", report)))
    assert "内容没有任何改动" in page
    assert "一、概述 没有改动" in page
    assert "培训时间见第三段。" in page


def test_a_correction_is_compared_with_what_is_public(school, campaign, client, author):
    report = make_report(school, campaign, Status.PUBLISHED)
    perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。")
    write(report, full_document(school, campaign.year, sections__evaluation__figures__satisfaction_percent=96), author)
    hand_in(report)
    response = client.get(at("changes", report))
    assert "与当时发布的版本相比" in main_of(response)
    assert [one["id"] for one in soup_of(response).select("section.change")] == ["evaluation"]


def test_a_returned_correction_can_be_compared_with_either(school, campaign, client, author, reviewer):
    report = make_report(school, campaign, Status.PUBLISHED)
    perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。")
    write(report, full_document(school, campaign.year, sections__evaluation__figures__satisfaction_percent=96), author)
    report = hand_in(report)
    comments.add(report.pk, SectionKey.EVALUATION, "正文也请更正。", reviewer)
    perform(Action.SEND_BACK, report.pk, reviewer, sha256=seen(report), comment="请修改。")
    comments.answer(report.pk, Remark.objects.get().pk, "没有别的改动。", author)
    hand_in(report)
    assert [one["value"] for one in soup_of(client.get(at("changes", report))).select("#since option")] == ["2", "1"]
    assert "内容没有任何改动" in main_of(client.get(at("changes", report)))
    since = client.get(at("changes", report), {"since": "1"})
    assert [one["id"] for one in soup_of(since).select("section.change")] == ["evaluation"]


def test_remarks_of_earlier_rounds_are_settled(resubmitted, client, author, reviewer):
    comments.add(resubmitted.pk, SectionKey.OTHER, "还请补充。", reviewer)
    perform(Action.SEND_BACK, resubmitted.pk, reviewer, sha256=seen(resubmitted), comment="请再修改。")
    for remark in resubmitted.open_return().remarks.all():
        comments.answer(resubmitted.pk, remark.pk, "已补充。", author)
    hand_in(resubmitted)
    (earlier,) = soup_of(client.get(at("changes", resubmitted))).select("main > div details.unfold:last-of-type")[-1:]
    assert text_of(earlier.summary).startswith("第 1 次提交的审核意见（")
    assert "请补充培训的时间。" in text_of(earlier)


def test_why_a_report_was_withdrawn_is_no_remark_on_what_was_handed_in(school, campaign, client, author, reviewer):
    report = make_report(school, campaign, Status.PUBLISHED)
    perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。")
    hand_in(report)
    perform(Action.WITHDRAW, report.pk, reviewer, comment="误列了个人信息。")
    perform(Action.REOPEN, report.pk, reviewer, comment="请重新填报。")
    report = hand_in(report)
    assert "误列了个人信息。" not in main_of(client.get(at("changes", report)))
    comments.add(report.pk, SectionKey.OTHER, "请补充。", reviewer)
    perform(Action.SEND_BACK, report.pk, reviewer, sha256=seen(report), comment="请修改。")
    comments.answer(report.pk, Remark.objects.get().pk, "已补充。", author)
    hand_in(report)
    page = client.get(at("changes", report))
    assert "误列了个人信息。" not in main_of(page)
    assert [text_of(one) for one in soup_of(page).select("details.unfold > summary")] == ["退回时的总体意见"]


def test_the_first_submission_has_nothing_to_compare_with(submitted, client):
    assert "没有可以比较的上一版" in main_of(client.get(at("changes", submitted)))


def test_what_a_school_writes_is_text_in_the_comparison_too(school, campaign, client, author):
    report = make_report(school, campaign, Status.RETURNED)
    comments.answer(report.pk, Remark.objects.get().pk, "<script>alert(1)</script>", author)
    body = "<p>&lt;script&gt;alert(2)&lt;/script&gt;</p>"
    write(report, full_document(school, campaign.year, sections__overview__body=body), author)
    hand_in(report)
    html = client.get(at("changes", report)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in html


# --- decisions --------------------------------------------------------------------------------------------------------


def test_approving_publishes_and_leads_on_to_the_next(submitted, second_school, campaign, client):
    make_report(second_school, campaign, Status.SUBMITTED)
    page = client.get(at("approve", submitted), {"seen": seen(submitted)})
    form = soup_of(page).select_one("form.confirmation")
    assert "报告立即向社会公开，学校会收到邮件。" in text_of(form)
    response = client.post(form["action"], {"seen": form.select_one("[name=seen]")["value"]}, follow=True)
    assert response.redirect_chain == [(at("report", submitted), 302)]
    assert notice_of(response) == "已审核通过，报告已经向社会公开。"
    assert text_of(soup_of(response).select_one(".next-report")) == "下一份待审核：甲省求是职业学院"
    assert Publication.objects.get().school == submitted.school


def test_the_second_click_is_told_what_the_first_one_did(submitted, client):
    data = {"seen": seen(submitted)}
    client.post(at("approve", submitted), data)
    response = client.post(at("approve", submitted), data)
    assert response.status_code == 409
    assert "报告现在是「已发布」" in summary_of(response)
    assert re.search("最近一次处理：.*，严审核，审核通过并发布。", summary_of(response))
    assert Publication.objects.count() == 1


def test_what_was_handed_in_anew_is_not_approved(submitted, client, author, school, campaign):
    looked_at = seen(submitted)
    perform(Action.RECALL, submitted.pk, author)
    write(submitted, full_document(school, campaign.year, title="另一个标题"), author)
    hand_in(submitted)
    for response in (
        client.get(at("approve", submitted), {"seen": looked_at}),
        client.post(at("approve", submitted), {"seen": looked_at}),
    ):
        assert response.status_code == 409
        assert transitions.SEEN_IS_OLD in summary_of(response)
        assert not soup_of(response).select("form.confirmation")
    assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["approve", "send_back"])
def test_nobody_decides_without_having_opened_the_report(name, submitted, client):
    response = client.get(at(name, submitted))
    assert response.status_code == 409
    assert "请先打开报告通读全文，再作决定。" in summary_of(response)


def test_with_remarks_there_is_no_approval(submitted, client, reviewer):
    comments.add(submitted.pk, SectionKey.OTHER, "请补充。", reviewer)
    page = client.get(at("approve", submitted), {"seen": seen(submitted)})
    assert "还不能审核通过" in main_of(page)
    response = client.post(at("approve", submitted), {"seen": seen(submitted)})
    assert response.status_code == 409
    assert "您写了 1 条审核意见。请先删除意见，或者选择「退回修改」。" in summary_of(response)


def test_returning_names_the_parts_and_takes_the_comment(submitted, client, reviewer):
    comments.add(submitted.pk, SectionKey.OTHER, "请补充其他事项。", reviewer)
    comments.add(submitted.pk, SectionKey.HEAD, "标题有误。", reviewer)
    form = soup_of(client.get(at("send_back", submitted), {"seen": seen(submitted)})).select_one("form.confirmation")
    assert "甲省明德学院只能修改「标题、引言与落款」、「其他事项」，其余部分保持锁定；填报人会收到邮件。" in text_of(
        form
    )
    assert [text_of(one) for one in form.select(".remark-text")] == ["标题有误。", "请补充其他事项。"]
    data = {"seen": form.select_one("[name=seen]")["value"], "comment": "请修改两处。"}
    response = client.post(form["action"], data, follow=True)
    assert notice_of(response) == "报告已退回，填报人会收到邮件。"
    submitted.refresh_from_db()
    assert (submitted.status, submitted.open_return().comment) == (Status.RETURNED, "请修改两处。")


def test_a_return_without_a_comment_is_asked_for_it(submitted, client, reviewer):
    comments.add(submitted.pk, SectionKey.OTHER, "请补充。", reviewer)
    response = client.post(at("send_back", submitted), {"seen": seen(submitted), "comment": " "})
    assert response.status_code == 400
    assert "总体意见：请写明退回的总体意见。" in summary_of(response)
    assert soup_of(response).select_one("#id_comment")["aria-invalid"] == "true"


def test_a_return_without_a_remark_is_led_back_to_the_report(submitted, client):
    page = client.get(at("send_back", submitted), {"seen": seen(submitted)})
    assert "还没有写审核意见" in main_of(page)
    response = client.post(at("send_back", submitted), {"seen": seen(submitted), "comment": "请修改。"})
    assert response.status_code == 409
    assert "请修改。" in text_of(soup_of(response).select_one(".kept-text"))


def test_a_comment_that_comes_too_late_is_not_lost(submitted, client, reviewer, province_admin):
    comments.add(submitted.pk, SectionKey.OTHER, "请补充。", reviewer)
    data = {"seen": seen(submitted), "comment": "我写了很久的意见。"}
    perform(Action.SEND_BACK, submitted.pk, province_admin, sha256=data["seen"], comment="先退回。")
    response = client.post(at("send_back", submitted), data)
    assert response.status_code == 409
    assert "报告现在是「已退回，待学校修改」" in summary_of(response)
    assert "管省办，退回修改。" in summary_of(response)
    assert "我写了很久的意见。" in text_of(soup_of(response).select_one(".kept-text"))


def test_withdrawing_tells_the_public_why(school, campaign, client, client_of):
    report = make_report(school, campaign, Status.PUBLISHED)
    form = soup_of(client.get(at("withdraw", report))).select_one("form.confirmation")
    assert "原地址只显示撤回说明和您写的原因" in text_of(form)
    assert client.post(form["action"], {"comment": ""}).status_code == 400
    response = client.post(form["action"], {"comment": "含有个人信息。"}, follow=True)
    assert notice_of(response) == "已撤回公开，公众看到的是撤回说明和原因。"
    public = client_of(None).get(f"/schools/{school.slug}/{campaign.year}/")
    assert public.status_code == 410
    assert "含有个人信息。" in public.content.decode()


def version_at(report, number):
    return f"/review/reports/{report.pk}/versions/{number}/withdraw/"


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.DRAFT, Status.SUBMITTED])
def test_the_report_lists_its_versions_and_leads_to_the_withdrawal_of_an_older_one(
    status, school, campaign, client, author
):
    report = make_versions(school, campaign)
    if status != Status.PUBLISHED:
        perform(Action.START_CORRECTION, report.pk, author, comment="件数有误。")
    if status == Status.SUBMITTED:
        hand_in(report)
    page = soup_of(client.get(at("report", report)))
    assert [text_of(one).split()[:3] for one in page.select(".versions > li")] == [
        ["第", "2", "版（现行版本）"],
        ["第", "1", "版"],
    ]
    assert [link["href"] for link in page.select("a[href*=versions]")] == [version_at(report, 1)]


def test_a_report_of_one_version_lists_none(school, campaign, client):
    page = soup_of(client.get(at("report", make_report(school, campaign, Status.PUBLISHED))))
    assert not page.select(".versions")


def test_withdrawing_a_version_tells_the_public_why_and_leaves_the_newest(school, campaign, client, client_of):
    report = make_versions(school, campaign)
    form = soup_of(client.get(version_at(report, 1))).select_one("form.confirmation")
    assert text_of(form.select_one(".confirmation-consequence")) == (
        "公众将看不到第 1 版和它的下载文件，它的地址只显示撤回说明和您写的原因；现行的第 2 版仍然公开，学校会收到邮件。"
    )
    response = client.post(form["action"], {"comment": " "})
    assert response.status_code == 400
    assert "请写明撤回原因。原因会向公众显示。" in summary_of(response)
    response = client.post(form["action"], {"comment": "含有个人信息。"}, follow=True)
    assert notice_of(response) == "已撤回第 1 版，公众在它的地址看到的是撤回说明和原因。"
    assert "第 1 版（已撤回公开）" in main_of(response)
    assert not soup_of(response).select("a[href*=versions]")
    public = f"/schools/{school.slug}/{campaign.year}/"
    assert [client_of(None).get(public + tail).status_code for tail in ("", "v2/", "v1/")] == [200, 200, 410]


def test_a_second_click_on_the_withdrawal_of_a_version_is_told_that_it_is_done(school, campaign, client):
    report = make_versions(school, campaign)
    for status in (302, 409):
        response = client.post(version_at(report, 1), {"comment": "含有个人信息。"})
        assert response.status_code == status
    assert "严审核已经撤回第 1 版，不需要再撤回。" in summary_of(response)
    assert "含有个人信息。" in text_of(soup_of(response).select_one(".kept-text"))


def test_the_newest_version_is_not_withdrawn_alone(school, campaign, client):
    report = make_versions(school, campaign)
    for response in (client.get(version_at(report, 2)), client.post(version_at(report, 2), {"comment": "有误。"})):
        assert response.status_code == 409
        assert "请使用「撤回公开」。" in summary_of(response)


def test_a_version_of_a_withdrawn_report_says_that_it_stays_away(school, campaign, client):
    report = make_versions(school, campaign)
    Withdrawal.objects.create(publication=Publication.objects.get(number=2), reason="有误。", withdrawn_by_name="某人")
    Report.objects.filter(pk=report.pk).update(status=Status.WITHDRAWN)
    assert "这份报告重新公开之后，公众仍看不到第 1 版" in main_of(client.get(version_at(report, 1)))


@pytest.mark.parametrize("number", [0, 3, 99999999999999999999])
def test_a_version_that_does_not_exist_is_not_there(number, school, campaign, client):
    report = make_versions(school, campaign)
    assert client.get(version_at(report, number)).status_code == 404


def test_another_provinces_reviewer_finds_no_version(school, campaign, client_of, other_reviewer):
    report = make_versions(school, campaign)
    client = client_of(other_reviewer)
    answers = [client.get(version_at(report, 1)), client.post(version_at(report, 1), {"comment": "有误。"})]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_reopening_gives_the_report_back_to_the_school(school, campaign, client):
    report = make_report(school, campaign, Status.WITHDRAWN)
    assert client.post(at("reopen", report), {"comment": " "}).status_code == 400
    response = client.post(at("reopen", report), {"comment": "请删去个人信息。"}, follow=True)
    assert notice_of(response) == "已重新开放填报，填报人会收到邮件。"
    report.refresh_from_db()
    assert (report.status, report.correction_reason) == (Status.DRAFT, "请删去个人信息。")


@pytest.mark.parametrize("name", ["withdraw", "reopen"])
def test_a_decision_that_is_not_open_says_why(name, submitted, client):
    response = client.get(at(name, submitted))
    assert response.status_code == 409
    assert not soup_of(response).select("form.confirmation")


# --- the log ----------------------------------------------------------------------------------------------------------


def test_the_log_tells_the_story_in_sentences(resubmitted, client):
    entries = [text_of(entry) for entry in soup_of(client.get(at("log", resubmitted))).select(".story > li")]
    assert [re.sub(r"^\S+ \d\d:\d\d ", "", entry) for entry in entries] == [
        "宋填报 （填报人） 提交审核",
        "宋填报 （填报人） 答复审核意见：概述 已补充培训时间。",
        "严审核 （审核人） 退回修改 请按各部分的意见修改。",
        "严审核 （审核人） 写审核意见：概述 请补充培训的时间。",
        "宋填报 （填报人） 提交审核",
        "宋填报 （填报人） 开始填报",
    ]


def test_saves_that_follow_each_other_are_one_entry(school, campaign, client_of, author, second_author):
    report = make_report(school, campaign)
    for actor, key in (
        (author, "overview"),
        (author, "head"),
        (author, "overview"),
        (second_author, "other"),
        (author, "other"),
    ):
        record(EventType.SECTION_SAVED, actor, report, section=key, version=1)
    story = client_of(author).get(reverse("author:history", args=[report.pk]))
    assert [text_of(entry) for entry in soup_of(story).select(".story-what")] == [
        "宋填报 （填报人） 保存内容：其他事项",
        "陆填报 （填报人） 保存内容：其他事项",
        "宋填报 （填报人） 保存内容 3 次：标题、引言与落款；概述",
        "宋填报 （填报人） 开始填报",
    ]


def test_the_log_shows_the_mails_and_how_they_stand(submitted, client):
    for number, state in enumerate(
        ({"sent_at": "2026-11-01T00:00Z"}, {"given_up": True, "attempts": 6}, {"last_error": "timeout"}, {})
    ):
        OutgoingMail.objects.create(
            to=f"a{number}@example.edu.cn",
            subject="主题",
            body="",
            object_type="report",
            object_id=submitted.pk,
            event=EventType.RETURNED,
            **state,
        )
    OutgoingMail.objects.create(to="x@example.edu.cn", subject="别的", body="", object_type="report", object_id=0)
    rows = [text_of(row).split(" ", 2)[2] for row in soup_of(client.get(at("log", submitted))).select("tbody tr")]
    assert rows == [
        "a3@example.edu.cn 主题 待发",
        "a2@example.edu.cn 主题 发送失败，稍后重试",
        "a1@example.edu.cn 主题 未发出（试过 6 次）",
        "a0@example.edu.cn 主题 已发送",
    ]


@pytest.mark.parametrize("answers", [1, 30])
def test_the_log_costs_the_same_for_one_answer_and_for_thirty(
    answers, submitted, client, author, django_assert_num_queries
):
    for _ in range(answers):
        record(EventType.REMARK_ANSWERED, author, submitted, section="overview", text="已补充。")
    client.get(at("log", submitted))
    with django_assert_num_queries(10):
        client.get(at("log", submitted))
