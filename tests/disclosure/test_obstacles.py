"""Whatever the workflow would refuse when a report is handed in, every page before says so and names it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.findings.progress import progress_of
from disclosure.models import Other, Report
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from schools.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db

UNDATED = {"confidentiality_review": {"reviewer": "周保密", "date": None}}
SLIPPED = {"sections__overview__body": "<p>学校的主动公布清零已经更新，全年工作按计划完成。</p>"}
CLEAN = "<p>本学年度，学校由党政办公室牵头做好信息公开工作，各负其责。</p>"


def make(school, campaign, **changes):
    document = factories.full_document(school, campaign.year, **{"sections__overview__body": CLEAN} | changes)
    return factories.make_report(school, campaign, document=document)


def fresh(report):
    return complete(Report.objects.filter(pk=report.pk)).get()


def an_error(school, campaign):
    return make(school, campaign, **UNDATED)


def a_warning(school, campaign):
    return make(school, campaign, **SLIPPED)


def a_waiver_that_is_asked(school, campaign):
    report = make(school, campaign, **UNDATED)
    [error] = judge(fresh(report)).errors
    responses.answer(report.pk, [error.finding.key], "审查日期没有记录。", factories.someone(Role.AUTHOR, school))
    return report


def a_waiver_that_was_declined(school, campaign):
    report = a_waiver_that_is_asked(school, campaign)
    [error] = judge(fresh(report)).errors
    reviewer = factories.someone(Role.REVIEWER, school.province)
    responses.decide(report.pk, error.finding.key, False, "请向保密办核实。", reviewer)
    return report


def a_part_nobody_has_looked_through(school, campaign):
    report = make(school, campaign)
    Other.objects.filter(report=report).update(carried_from=campaign.year - 1)
    return report


def a_remark_without_an_answer(school, campaign):
    return returned(school, campaign, {SectionKey.OVERVIEW: "请补充培训的时间。"})


def returned(school, campaign, remarks):
    document = factories.full_document(school, campaign.year, sections__overview__body=CLEAN)
    return factories.make_report(school, campaign, Status.RETURNED, document=document, remarks=remarks)


@dataclass(frozen=True)
class Obstacle:
    """A report that cannot be handed in; ``refusal`` begins what the workflow says, ``named`` stands on the pages."""

    make: Callable
    refusal: str
    named: str


OBSTACLES = [
    Obstacle(an_error, "还有 1 处须改正", "须改正 1 处"),
    Obstacle(a_warning, "还有 1 处请核对", "请核对 1 处"),
    Obstacle(a_waiver_that_is_asked, "还有 1 处须改正", "已申请豁免 1 处"),
    Obstacle(a_waiver_that_was_declined, "还有 1 处须改正", "须改正 1 处"),
    Obstacle(a_part_nobody_has_looked_through, "还有 1 处须改正", "须改正 1 处"),
    Obstacle(a_remark_without_an_answer, "还有 1 条审核意见没有答复", "审核意见 1 条"),
]


def soup_of(browser, name, *arguments):
    return BeautifulSoup(browser.get(reverse(f"author:{name}", args=arguments)).text, "html.parser")


@pytest.fixture
def browser(client_of, author):
    return client_of(author)


@pytest.mark.parametrize("obstacle", OBSTACLES, ids=lambda one: one.make.__name__)
def test_what_would_be_refused_is_said_before(obstacle, browser, school, campaign, author):
    report = obstacle.make(school, campaign)
    with pytest.raises(transitions.Refused, match=obstacle.refusal):
        transitions.perform(Action.SUBMIT, report.pk, author, sha256=factories.seen(report))

    assert (progress_of(fresh(report)).is_ready, progress_of(fresh(report)).done) == (False, 8)
    check = soup_of(browser, "check", report.pk)
    assert check.select("form[action$='/actions/submit/']") == []
    assert [link.text for link in check.select(".check-left a")] == [obstacle.named]
    [place] = [link["href"] for link in check.select(".check-left a")]
    assert check.select_one(place) is not None
    for key in (SectionKey.OVERVIEW, SectionKey.COMPLAINTS):
        panel = soup_of(browser, "section", report.pk, key).select_one("[data-checks-content]")
        assert "没有要处理的问题" not in panel.text
        assert panel.select("a.btn-primary") == []
    for desk in (soup_of(browser, "home"), soup_of(browser, "report", report.pk)):
        [first] = desk.select(".action-row a.btn-primary")
        assert first.text == "继续填写"
        assert "8 / 9 部分" in desk.text


def test_where_nothing_is_left_every_page_leads_to_handing_in(browser, school, campaign, author):
    report = make(school, campaign)
    assert (progress_of(fresh(report)).is_ready, progress_of(fresh(report)).done) == (True, 9)
    assert len(soup_of(browser, "check", report.pk).select("form[action$='/actions/submit/']")) == 1
    assert soup_of(browser, "home").select_one(".action-row a.btn-primary").text == "检查并提交"
    assert (
        transitions.perform(Action.SUBMIT, report.pk, author, sha256=factories.seen(report)).status == Status.SUBMITTED
    )


def test_the_panel_names_each_open_remark_with_the_way_to_its_answer(browser, school, campaign, author):
    report = returned(school, campaign, {SectionKey.OVERVIEW: "请补充时间。", SectionKey.OTHER: "请写明事项。"})
    overview, other = report.open_return().remarks.order_by("pk")
    page = soup_of(browser, "section", report.pk, "overview")
    panel = page.select_one("[data-checks-content]")
    assert panel.select_one("[data-checks-count]").text == "审核意见 1 条待答复"
    assert page.select_one("[data-checks-bar-count]").text == "审核意见 1 条待答复"
    [here, elsewhere] = panel.select(".check a")
    assert (here.text, here["href"]) == ("审核意见：请补充时间。", f"#answer-{overview.pk}")
    assert page.select_one(here["href"]) is not None
    assert (elsewhere.text, elsewhere["href"]) == (
        "审核意见：请写明事项。",
        f"{reverse('author:section', args=[report.pk, 'other'])}#answer-{other.pk}",
    )

    comments.answer(report.pk, overview.pk, "已补充。", author)
    panel = soup_of(browser, "section", report.pk, "overview").select_one("[data-checks-content]")
    assert [link["href"] for link in panel.select(".check a")] == [elsewhere["href"]]
    assert "没有要处理的问题" not in panel.text
    comments.answer(report.pk, other.pk, "已写明。", author)
    panel = soup_of(browser, "section", report.pk, "overview").select_one("[data-checks-content]")
    assert "没有要处理的问题" in panel.text


@pytest.mark.parametrize("name", ["report", "check"])
def test_beside_the_score_stands_how_many_remarks_wait(name, browser, school, campaign, author):
    report = returned(school, campaign, {SectionKey.OVERVIEW: "请补充时间。", SectionKey.OTHER: "请写明事项。"})
    note = soup_of(browser, name, report.pk).select_one(".score .score-remarks")
    assert "还有 2 条审核意见没有答复" in note.text
    assert note.a["href"] == f"{reverse('author:check', args=[report.pk])}#unsettled"
    for remark in report.open_return().remarks.all():
        comments.answer(report.pk, remark.pk, "已修改。", author)
    assert soup_of(browser, name, report.pk).select(".score .score-remarks") == []


def test_what_can_be_done_on_the_page_of_the_checks_alone_is_not_called_handing_in(browser, school, campaign, author):
    """An error in a part that the return keeps locked: no part to go on with, and nothing to hand in."""
    report = returned(school, campaign, {SectionKey.OTHER: "请写明事项。"})
    comments.answer(report.pk, report.open_return().remarks.get().pk, "已写明。", author)
    campaign.severities = {"no_known_slips": "error"}
    campaign.save()
    factories.write(report, factories.full_document(school, campaign.year, **SLIPPED))
    [first] = soup_of(browser, "home").select(".action-row a.btn-primary")
    assert (first.text, first["href"]) == ("查看还差什么", reverse("author:check", args=[report.pk]))


def test_a_reason_for_being_late_is_announced_before_it_is_asked(browser, school, campaign, author):
    report = make(school, campaign, **UNDATED)
    assert "逾期原因" not in soup_of(browser, "check", report.pk).text
    campaign.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    campaign.save()
    left = [line.get_text(strip=True) for line in soup_of(browser, "check", report.pk).select(".check-left li")]
    assert [line for line in left if line.startswith("填报已于") and line.endswith("提交时还须说明逾期原因。")] == left[
        -1:
    ]
