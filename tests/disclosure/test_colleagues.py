"""Two reviewers of one office at one report: whose a remark is, what happens to a colleague's, who else is here."""

import importlib
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Presence, Publication, Remark, Report, written_by
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from disclosure.workflow.transitions import Refused
from schools.audit import events_of
from schools.enums import EventType, Role
from schools.models import OutgoingMail, User
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "请补充培训的时间。"


@pytest.fixture
def submitted(school, campaign):
    return factories.make_report(school, campaign, Status.SUBMITTED)


@pytest.fixture
def second_reviewer(province):
    return factories.make_actor(Role.REVIEWER, province, "second-reviewer", "李审核", email="li@example.gov.cn")


@pytest.fixture
def remark(submitted, second_reviewer):
    """What the colleague wrote."""
    return comments.add(submitted.pk, SectionKey.OVERVIEW, TEXT, second_reviewer)


@pytest.fixture
def browser(client_of, reviewer):
    return client_of(reviewer)


def at(name, report, *more):
    return reverse(f"review:{name}", args=[report.pk, *more])


def soup_of(response):
    return BeautifulSoup(response.text, "html.parser")


def notice_of(response):
    return soup_of(response).select_one(".notifications").get_text(strip=True)


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_a_remark_is_said_to_be_whose_it_is(submitted, remark, reviewer, second_reviewer, province):
    namesake = factories.make_actor(Role.REVIEWER, province, "third-reviewer", "李审核")
    own = comments.add(submitted.pk, SectionKey.OTHER, "请写明事项。", reviewer)
    of_before = Remark(created_by_name="李审核")
    assert [remark.author_for(one.user) for one in (second_reviewer, reviewer, namesake)] == [
        "您",
        "李审核",
        "另一位李审核",
    ]
    assert (of_before.author_for(second_reviewer.user), of_before.is_by(second_reviewer.user)) == ("李审核", False)
    assert written_by([remark, own], reviewer.user) == "您写了 1 条，李审核写了 1 条审核意见"
    assert written_by([remark], reviewer.user) == "李审核写了 1 条审核意见"


def test_every_page_that_keeps_from_approving_names_who_wrote(submitted, remark, browser, reviewer):
    decide = soup_of(browser.get(at("report", submitted))).select_one("#decide")
    assert "李审核写了 1 条审核意见。" in decide.text
    seen = {"seen": factories.seen(submitted)}
    assert "李审核写了 1 条审核意见。" in soup_of(browser.get(at("approve", submitted), seen)).main.text
    refusal = soup_of(browser.post(at("approve", submitted), seen)).select_one(".error-summary")
    assert "李审核写了 1 条审核意见。请先删除意见，或者选择「退回修改」。" in refusal.text


# --- deleting ---------------------------------------------------------------------------------------------------------


def test_a_colleagues_remark_is_not_deleted_in_one_click(submitted, remark, browser, reviewer):
    page = soup_of(browser.get(at("report", submitted)))
    [link] = page.select("#notes-overview .remark-remove a")
    assert link["href"] == at("remark_remove", submitted, remark.pk)
    assert page.select("button[name=remove]") == []
    # Neither by a page that was opened before, nor past the pages.
    answer = browser.post(at("remark", submitted, "overview"), {"remove": remark.pk})
    assert answer.url == at("remark_remove", submitted, remark.pk)
    with pytest.raises(comments.OfColleague):
        comments.remove(submitted.pk, remark.pk, reviewer)
    assert Remark.objects.get() == remark


def test_one_made_of_a_finding_is_not_either(school, campaign, browser, second_reviewer, reviewer):
    document = factories.full_document(
        school, campaign.year, sections__overview__body="<p>学校的主动公布清零已经更新，全年工作按计划完成。</p>"
    )
    report = factories.make_report(school, campaign, Status.SUBMITTED, document=document)
    finding = judge(complete(Report.objects.filter(pk=report.pk)).get()).judged[0].finding
    [remark] = comments.take_up(report.pk, [finding.key], second_reviewer)
    [taken] = soup_of(browser.get(at("report", report))).select(".finding-taken")
    assert taken.select("button") == []
    assert [link["href"] for link in taken.select("a")] == [at("remark_remove", report, remark.pk)]


def test_the_question_names_the_author_and_what_it_means(submitted, remark, browser, second_reviewer):
    address = at("remark_remove", submitted, remark.pk)
    form = soup_of(browser.get(address)).select_one("form.confirmation")
    assert form.h1.text == "删除李审核写的审核意见"
    assert form.select_one(".confirmation-consequence").text == (
        "删除之后，退回时学校不会看到这条意见。这是最后一条意见：删除之后，报告就可以审核通过。"
        "李审核会收到邮件，操作记录写明是您删除的。"
    )
    assert TEXT in form.text
    User.objects.filter(pk=second_reviewer.user.pk).update(email="")
    comments.add(submitted.pk, SectionKey.OTHER, "请写明事项。", second_reviewer)
    assert soup_of(browser.get(address)).select_one(".confirmation-consequence").text == (
        "删除之后，退回时学校不会看到这条意见。李审核没有可用的邮箱，请当面告知；操作记录写明是您删除的。"
    )
    assert Remark.objects.count() == 2


def test_its_author_is_told_and_the_office_reads_it_in_the_log(submitted, remark, browser, client_of, author):
    OutgoingMail.objects.all().delete()
    answer = browser.post(at("remark_remove", submitted, remark.pk), follow=True)
    assert notice_of(answer) == f"已删除李审核写的审核意见：「{TEXT}」"
    assert not Remark.objects.exists()
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.event) == ("li@example.gov.cn", EventType.REMARK_REMOVED)
    assert mail.subject.startswith("审核意见被删除：甲省明德学院")
    assert "严审核删除了您对「概述」写的审核意见：" in mail.body
    assert TEXT in mail.body
    event = events_of(submitted).first()
    assert (event.type, event.detail) == (
        EventType.REMARK_REMOVED,
        {"section": "overview", "text": TEXT, "author": "李审核"},
    )
    log = soup_of(browser.get(at("log", submitted)))
    assert [one.text for one in log.select_one(".story > li").select(".story-said")] == [
        TEXT,
        "这条意见由同事写下：李审核",
    ]
    assert "审核意见被删除" in log.select_one("tbody").text
    assert TEXT not in client_of(author).get(reverse("author:history", args=[submitted.pk])).text


def test_ones_own_remark_goes_in_one_click_and_nobody_is_written_to(submitted, remark, client_of, second_reviewer):
    OutgoingMail.objects.all().delete()
    answer = client_of(second_reviewer).post(at("remark", submitted, "overview"), {"remove": remark.pk}, follow=True)
    assert notice_of(answer) == f"已删除审核意见：「{TEXT}」"
    assert not Remark.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert events_of(submitted).first().detail == {"section": "overview", "text": TEXT}


def test_two_of_one_name_are_two_people(submitted, remark, client_of, province):
    namesake = client_of(factories.make_actor(Role.REVIEWER, province, "third-reviewer", "李审核"))
    answer = namesake.post(at("remark", submitted, "overview"), {"remove": remark.pk}, follow=True)
    assert soup_of(answer).select_one("form.confirmation h1").text == "删除另一位李审核写的审核意见"
    assert Remark.objects.get() == remark


def test_who_has_left_the_office_is_not_written_to(submitted, remark, browser, second_reviewer):
    OutgoingMail.objects.all().delete()
    second_reviewer.membership.is_active = False
    second_reviewer.membership.save()
    browser.post(at("remark_remove", submitted, remark.pk))
    assert not Remark.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_asking_twice_and_too_late_says_so(submitted, remark, browser, second_reviewer):
    address = at("remark_remove", submitted, remark.pk)
    comments.remove(submitted.pk, remark.pk, second_reviewer)
    assert notice_of(browser.post(address, follow=True)) == "这条审核意见已经删除。"
    later = comments.add(submitted.pk, SectionKey.OTHER, "请写明事项。", second_reviewer)
    transitions.perform(
        Action.SEND_BACK, submitted.pk, second_reviewer, sha256=factories.seen(submitted), comment="请修改。"
    )
    answer = browser.post(at("remark_remove", submitted, later.pk), follow=True)
    assert notice_of(answer) == "只有待审核的报告可以写审核意见。"
    assert Remark.objects.get() == later


def test_the_trail_knows_who_wrote_the_remarks_of_before(submitted, remark, second_reviewer, province):
    namesake = factories.make_actor(Role.REVIEWER, province, "third-reviewer", "李审核")
    other = comments.add(submitted.pk, SectionKey.OTHER, TEXT, namesake)
    Remark.objects.update(created_by=None)
    importlib.import_module("disclosure.migrations.0009_authors_of_remarks").find_authors(apps, None)
    assert dict(Remark.objects.values_list("pk", "created_by")) == {
        remark.pk: second_reviewer.user.pk,
        other.pk: namesake.user.pk,
    }


# --- deciding at the same time ----------------------------------------------------------------------------------------


def test_nothing_is_returned_that_was_not_on_the_page(submitted, remark, browser, reviewer, second_reviewer):
    comments.add(submitted.pk, SectionKey.OTHER, "请写明事项。", reviewer)
    address = at("send_back", submitted)
    form = soup_of(browser.get(address, {"seen": factories.seen(submitted)})).select_one("form.confirmation")
    sent = {one["name"]: one["value"] for one in form.select("input[type=hidden]")} | {"comment": "请按意见修改。"}
    comments.remove(submitted.pk, remark.pk, second_reviewer)
    answer = browser.post(address, sent)
    page = soup_of(answer)
    assert answer.status_code == 409
    assert "有同事增加或删除了审核意见" in page.select_one(".error-summary").text
    assert [one.get_text(strip=True) for one in page.select(".remark-text")] == ["请写明事项。"]
    assert page.select_one("#id_comment").text.strip() == "请按意见修改。"
    sent["remarks"] = page.select_one("form.confirmation input[name=remarks]")["value"]
    assert browser.post(address, sent).status_code == 302
    submitted.refresh_from_db()
    assert submitted.status == Status.RETURNED


def test_a_remark_of_meanwhile_keeps_from_approving_and_names_its_author(submitted, browser, second_reviewer):
    seen = {"seen": factories.seen(submitted)}
    assert browser.get(at("approve", submitted), seen).status_code == 200
    comments.add(submitted.pk, SectionKey.OVERVIEW, TEXT, second_reviewer)
    answer = browser.post(at("approve", submitted), seen)
    assert (answer.status_code, Publication.objects.count()) == (409, 0)
    assert "李审核写了 1 条审核意见。" in answer.text


def test_a_return_that_names_other_remarks_is_refused(submitted, remark, reviewer):
    with pytest.raises(Refused, match="有同事增加或删除了审核意见"):
        transitions.perform(
            Action.SEND_BACK,
            submitted.pk,
            reviewer,
            sha256=factories.seen(submitted),
            comment="请修改。",
            remarks=f"{remark.pk},{remark.pk + 1}",
        )


# --- who else is here -------------------------------------------------------------------------------------------------


def test_each_is_told_of_the_other_and_no_longer_once_they_leave(submitted, browser, client_of, second_reviewer):
    other = client_of(second_reviewer)
    address = at("presence", submitted)
    assert browser.post(address, {"here": "1"}).json() == {"others": []}
    assert other.post(address, {"here": "1"}).json() == {"others": ["严审核"]}
    assert browser.post(address, {"here": "1"}).json() == {"others": ["李审核"]}
    for name in ("report", "approve"):
        page = soup_of(browser.get(at(name, submitted), {"seen": factories.seen(submitted)}))
        assert page.select_one("[data-review-presence]").text == "李审核 也正在审核这份报告"
    other.post(address, {"here": "0"})
    assert browser.post(address, {"here": "1"}).json() == {"others": []}
    place = soup_of(browser.get(at("report", submitted))).select_one("[data-review-presence]")
    assert (place.text, place.has_attr("hidden")) == ("", True)


def test_after_a_minute_without_a_sign_nobody_is_there(submitted, browser, second_reviewer):
    Presence.note(submitted, "", second_reviewer.user)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert browser.post(at("presence", submitted), {"here": "1"}).json() == {"others": []}


def test_school_and_office_do_not_see_each_other(submitted, browser, client_of, author):
    transitions.perform(Action.RECALL, submitted.pk, author)
    writing = reverse("author:presence", args=[submitted.pk, "overview"])
    client_of(author).post(writing, {"here": "1"})
    assert browser.post(at("presence", submitted), {"here": "1"}).json() == {"others": []}
    assert client_of(author).post(writing, {"here": "1"}).json()["others"] == []


# --- the same in the school -------------------------------------------------------------------------------------------


def test_taking_back_a_colleagues_reason_names_them_and_tells_its_words(
    school, campaign, author, second_author, client_of
):
    document = factories.full_document(
        school, campaign.year, sections__overview__body="<p>学校的主动公布清零已经更新，全年工作按计划完成。</p>"
    )
    report = factories.make_report(school, campaign, document=document)
    [warning] = judge(complete(Report.objects.filter(pk=report.pk)).get()).unanswered
    [said] = responses.answer(report.pk, [warning.finding.key], "栏目名称就是这样。", second_author)
    address = reverse("author:take_back_answer", args=[report.pk, warning.finding.key])
    answer = client_of(author).post(address, {"over": said.version}, follow=True)
    assert notice_of(answer) == "已撤回陆填报写的理由：「栏目名称就是这样。」"
