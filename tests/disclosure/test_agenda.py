"""In which order campaigns and reports stand for a person, and that no desk turns to next year before its time."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Campaign, Report
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, Status
from disclosure.review import queue
from disclosure.workflow import agenda, comments, transitions
from disclosure.workflow.agenda import SchoolEntry, Stage
from schools.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def this_year(campaign):
    """The campaign of this year, open for another month."""
    return campaign


@pytest.fixture
def next_year(province, this_year):
    """One that the office made early."""
    opens = timezone.localdate() + datetime.timedelta(days=300)
    return factories.make_campaign(
        province, this_year.year + 1, opens_on=opens, closes_on=opens + datetime.timedelta(days=60)
    )


@pytest.fixture
def last_year(province, this_year):
    return closed(factories.make_campaign(province, this_year.year - 1))


def closed(campaign, days_ago=300):
    """``campaign``, whose time is over."""
    campaign.opens_on = timezone.localdate() - datetime.timedelta(days=days_ago + 60)
    campaign.closes_on = timezone.localdate() - datetime.timedelta(days=days_ago)
    campaign.save()
    return campaign


def make_report(school, campaign, status):
    """A report of a campaign that may be closed: handed in while it was open."""
    dates = {"opens_on": campaign.opens_on, "closes_on": campaign.closes_on}
    campaign.closes_on = timezone.localdate()
    campaign.save()
    report = factories.make_report(school, campaign, status)
    Campaign.objects.filter(pk=campaign.pk).update(**dates)
    campaign.refresh_from_db()
    return report


def soup_of(browser, address):
    return BeautifulSoup(browser.get(address).text, "html.parser")


def home(browser):
    return soup_of(browser, reverse("author:home"))


def heading(page):
    """The heading of the page, without whose page it is."""
    return page.h1.find_all(string=True, recursive=False)[-1].strip()


def rows(page):
    """The reports on the desk: label, status, the next step."""
    return [
        (
            item.select_one(".work-label").text,
            item.select_one(".tag").text.strip(),
            step.find(string=True) if (step := item.select_one(".btn")) else "",
        )
        for item in page.select(".work")
    ]


def titles(page):
    return [heading.text for heading in page.select("h2.section-title")]


@pytest.fixture
def browser(client_of, author):
    return client_of(author)


@pytest.fixture
def office(client_of, reviewer):
    return client_of(reviewer)


# --- the order --------------------------------------------------------------------------------------------------------


def test_the_kinds_of_unfinished_work_stand_by_urgency(school, province, author, signatory):
    year = factories.latest_year()
    statuses = {
        year: Status.PUBLISHED,
        year - 1: Status.AWAITING_SIGNOFF,
        year - 2: Status.DRAFT,
        year - 3: Status.RETURNED,
        year - 4: Status.SUBMITTED,
    }
    reports = [make_report(school, factories.make_campaign(province, one), status) for one, status in statuses.items()]
    correction = transitions.perform(Action.START_CORRECTION, reports[0].pk, author, comment="满意率有误。")
    campaigns = list(Campaign.objects.all())
    by_campaign = {report.campaign_id: report for report in [correction, *reports[1:]]}

    def order(signs):
        found = agenda.arrange(SchoolEntry(one, by_campaign[one.pk], signs) for one in campaigns)
        return [year - entry.campaign.year for entry in found[Stage.UNFINISHED]], [
            year - entry.campaign.year for entry in found[Stage.OPEN]
        ]

    assert order(signs=False) == ([3, 2, 1, 0], [4])
    assert order(signs=True) == ([1, 3, 2, 0], [4])


def test_open_stands_before_ahead_and_ahead_before_past(school, province, this_year, next_year, last_year):
    year_before = closed(factories.make_campaign(province, last_year.year - 1), 700)
    far = factories.make_campaign(
        province,
        next_year.year + 1,
        opens_on=next_year.opens_on + datetime.timedelta(days=365),
        closes_on=next_year.closes_on + datetime.timedelta(days=365),
    )
    found = agenda.arrange(SchoolEntry(one, None) for one in Campaign.objects.order_by("?"))
    assert {stage: [entry.campaign for entry in entries] for stage, entries in found.items()} == {
        Stage.UNFINISHED: [],
        Stage.OPEN: [this_year],
        Stage.AHEAD: [next_year, far],
        Stage.PAST: [last_year, year_before],
    }


def test_of_two_that_are_open_the_one_that_closes_first_stands_first(province, this_year):
    other = factories.make_campaign(
        province, this_year.year - 1, closes_on=timezone.localdate() + datetime.timedelta(days=3)
    )
    found = agenda.arrange(SchoolEntry(one, None) for one in Campaign.objects.all())
    assert [entry.campaign for entry in found[Stage.OPEN]] == [other, this_year]


# --- the school's desk ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_a_campaign_made_early_takes_no_report_from_the_desk(status, browser, school, this_year, next_year):
    report = factories.make_report(school, this_year, status)
    page = home(browser)
    assert heading(page) == f"{this_year.label}信息公开工作报告"
    assert page.select_one(f".action-row a[href^='/desk/reports/{report.pk}/']") is not None
    assert "往年的报告" not in titles(page)
    assert titles(page)[-1] == "即将开始"
    opens, closes = (f"{day.year}年{day.month}月{day.day}日" for day in (next_year.opens_on, next_year.closes_on))
    assert page.select(".task-list")[-1].select_one(".task-hint").text == f"{opens}开放填报，{closes}截止"


def test_when_the_next_one_opens_what_was_returned_stays_in_front(browser, school, this_year, last_year):
    report = make_report(school, last_year, Status.RETURNED)
    page = home(browser)
    assert rows(page) == [
        (f"{last_year.label}报告", "退回修改", "修改并答复"),
        (f"{this_year.label}报告", "未填报", "开始填写"),
    ]
    [first, second] = page.select(".work")
    assert "审核人退回了报告。还有 1 条审核意见没有答复。" in first.text
    assert first.select_one("a.btn-primary")["href"] == reverse("author:report", args=[report.pk])
    assert second.form["action"] == reverse("author:start", args=[this_year.pk])
    assert page.select("a.btn-primary, button.btn-primary") == [first.select_one("a.btn-primary")]
    assert "往年的报告" not in titles(page)


def test_returned_reports_of_two_years_are_both_on_the_desk(browser, school, province, this_year, last_year, next_year):
    make_report(school, last_year, Status.RETURNED)
    returned = factories.make_report(school, this_year, Status.RETURNED)
    before = closed(factories.make_campaign(province, last_year.year - 1), 700)
    make_report(school, before, Status.PUBLISHED)
    author = factories.someone(Role.AUTHOR, school)
    comments.answer(returned.pk, returned.open_return().remarks.get().pk, "已补充。", author)
    page = home(browser)
    assert rows(page) == [
        (f"{this_year.label}报告", "退回修改", "打开报告"),
        (f"{last_year.label}报告", "退回修改", "修改并答复"),
    ]
    assert titles(page) == ["即将开始", "往年的报告"]
    assert [row.th.text for row in page.select("tbody tr")] == [before.label]


@pytest.mark.parametrize("status", Status)
def test_what_stands_under_past_years_is_of_past_years_and_done(status, browser, school, this_year, last_year):
    """Whatever becomes of last year's report, it is under 往年的报告 only when nobody has anything to do with it."""
    make_report(school, last_year, status)
    page = home(browser)
    past = [row.th.text for row in page.select("tbody tr")]
    is_done = status in (Status.PUBLISHED, Status.WITHDRAWN)
    assert past == ([last_year.label] if is_done else [])
    assert [label for label, *_ in rows(page)] == (
        [] if is_done else _by_urgency(status, f"{last_year.label}报告", f"{this_year.label}报告")
    )


def _by_urgency(status, last, this):
    """What is with the reviewer stands behind what is still to be begun."""
    return [this, last] if status == Status.SUBMITTED else [last, this]


def test_a_leader_sees_first_what_waits_for_the_signature(client_of, school, this_year, last_year, signatory):
    make_report(school, last_year, Status.RETURNED)
    report = factories.make_report(school, this_year, Status.AWAITING_SIGNOFF)
    page = home(client_of(signatory))
    assert rows(page) == [
        (f"{this_year.label}报告", "待领导审签", "审阅并签发"),
        (f"{last_year.label}报告", "退回修改", "打开报告"),
    ]
    assert page.select_one(".work a.btn")["href"] == reverse("author:check", args=[report.pk])


def test_before_anything_has_opened_the_desk_says_when(browser, next_year, this_year):
    this_year.delete()
    page = home(browser)
    assert (heading(page), titles(page)) == ("工作台", ["即将开始"])
    assert "现在没有要填写的报告。" in page.text


def test_every_step_of_the_desk_leads_somewhere(browser, client_of, school, province, signatory, author):
    year = factories.latest_year()
    for back, status in enumerate(Status):
        make_report(school, factories.make_campaign(province, year - back), status)
    for who in (browser, client_of(signatory)):
        for link in home(who).select(".work a"):
            assert who.get(link["href"]).status_code == 200


@pytest.mark.parametrize("years", [2, 5])
def test_the_desk_costs_the_same_for_two_returned_reports_and_for_five(
    years, browser, school, province, django_assert_num_queries
):
    for back in range(years):
        make_report(school, factories.make_campaign(province, factories.latest_year() - back), Status.RETURNED)
    with django_assert_num_queries(10):
        assert len(rows(home(browser))) == years


# --- the office's queue -----------------------------------------------------------------------------------------------


def shown(office, **parameters):
    page = BeautifulSoup(office.get(reverse("review:queue"), parameters).text, "html.parser")
    return heading(page), [(one.strong.text, one.span.text) for one in page.select(".queue-campaigns a")]


def test_the_queue_opens_where_something_waits(office, school, second_school, this_year, last_year, next_year):
    make_report(school, last_year, Status.SUBMITTED)
    factories.make_report(second_school, this_year, Status.DRAFT)
    opens = next_year.opens_on
    assert shown(office) == (
        f"{last_year.label}报告审核",
        [
            (last_year.label, "待审核 1 份"),
            (this_year.label, "学校未完成 1 份"),
            (next_year.label, f"{opens.year}年{opens.month}月{opens.day}日开放填报"),
        ],
    )
    assert shown(office, year=next_year.year)[0] == f"{next_year.label}报告审核"


def test_a_request_for_a_waiver_waits_too(office, school, last_year, this_year, author):
    document = factories.full_document(
        school, last_year.year, confidentiality_review={"reviewer": "周保密", "date": None}
    )
    report = factories.make_report(school, last_year, document=document)
    [error] = judge(complete(Report.objects.filter(pk=report.pk)).get()).errors
    responses.answer(report.pk, [error.finding.key], "审查日期没有记录。", author)
    assert shown(office)[1][0] == (last_year.label, "申请豁免 1 份，学校未完成 1 份")


def test_a_campaign_made_early_does_not_turn_the_queue(office, school, this_year, next_year):
    assert shown(office)[0] == f"{this_year.label}报告审核"
    factories.make_report(school, this_year, Status.PUBLISHED)
    assert shown(office)[0] == f"{this_year.label}报告审核"


def test_what_schools_have_not_finished_comes_before_what_has_just_opened(office, school, this_year, last_year):
    make_report(school, last_year, Status.RETURNED)
    assert shown(office) == (
        f"{last_year.label}报告审核",
        [(last_year.label, "学校未完成 1 份"), (this_year.label, "填报中")],
    )


def test_one_campaign_needs_no_choice(office, school, this_year, last_year):
    make_report(school, last_year, Status.PUBLISHED)
    assert shown(office) == (f"{this_year.label}报告审核", [])


def test_a_queue_that_lies_ahead_says_when_it_opens(office, next_year, this_year):
    page = soup_of(office, f"{reverse('review:queue')}?year={next_year.year}")
    opens = next_year.opens_on
    facts = {row.dt.text: row.dd.text for row in page.select("dl.facts > div")}
    assert facts["开放填报"] == f"{opens.year}年{opens.month}月{opens.day}日"
    assert not any(term.startswith("距截止") for term in facts)


def test_another_provinces_reports_do_not_count(school, other_school, other_campaign, this_year, reviewer):
    factories.make_report(other_school, other_campaign, Status.SUBMITTED)
    stages = queue.campaigns(reviewer)
    assert [(entry.campaign, entry.pending) for entry in stages[Stage.OPEN]] == [(this_year, 0)]
    assert stages[Stage.UNFINISHED] == []


def test_a_correction_of_an_old_year_is_seen_beside_this_years_work(
    office, school, second_school, this_year, last_year, author
):
    report = make_report(school, last_year, Status.PUBLISHED)
    transitions.perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。")
    factories.make_report(second_school, this_year, Status.SUBMITTED)
    assert shown(office) == (
        f"{this_year.label}报告审核",
        [(this_year.label, "待审核 1 份"), (last_year.label, "学校未完成 1 份")],
    )
