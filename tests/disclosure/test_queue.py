"""The reviewer's queue: which schools, in which heap, in which order."""

import datetime

import pytest
from django.utils import timezone

from disclosure.models import Report, Submission
from disclosure.report.enums import Action, Status
from disclosure.review import queue
from disclosure.review.queue import Order, Query, Tab
from disclosure.workflow import transitions
from schools.enums import Level, Ownership, Role
from schools.models import Membership, School
from tests import factories
from tests.factories import make_report, make_school

pytestmark = pytest.mark.django_db


def close(campaign, days_ago):
    campaign.closes_on = timezone.localdate() - datetime.timedelta(days=days_ago)
    campaign.save(update_fields=["closes_on"])


def names(rows):
    return [row.school.name for row in rows]


def hand_in_at(report, days_ago):
    """Make the newest submission as old as that."""
    moment = timezone.now() - datetime.timedelta(days=days_ago)
    Submission.objects.filter(pk=report.submissions.first().pk).update(submitted_at=moment)


def test_every_status_lies_in_one_tab():
    assert set(queue.TAB_OF) == set(Status)
    assert set(queue.TAB_OF.values()) == set(Tab) - {Tab.NOT_STARTED, Tab.WAIVER, Tab.OVERDUE, Tab.ALL}


@pytest.mark.parametrize("status", Status)
def test_a_report_lies_in_the_tab_of_its_status(status, school, campaign, reviewer):
    make_report(school, campaign, status)
    counts = queue.counts(queue.rows(reviewer, campaign))
    assert {tab: count for tab, count in counts.items() if count} == {queue.TAB_OF[status]: 1, Tab.ALL: 1}


def test_it_lists_every_school_of_the_province_and_no_other(
    school, second_school, other_school, campaign, other_campaign, reviewer, other_reviewer
):
    make_report(other_school, other_campaign, Status.SUBMITTED)
    rows = queue.rows(reviewer, campaign)
    assert names(rows) == ["甲省明德学院", "甲省求是职业学院"]
    assert [row.tab for row in rows] == [Tab.NOT_STARTED, Tab.NOT_STARTED]
    assert names(queue.rows(other_reviewer, other_campaign)) == ["乙省致远大学"]


def test_a_school_that_left_stays_where_it_has_a_report(school, second_school, campaign, reviewer):
    make_report(school, campaign)
    School.objects.update(is_active=False)
    assert names(queue.rows(reviewer, campaign)) == ["甲省明德学院"]


def test_each_year_stands_for_itself(school, campaign, province, reviewer):
    last_year = factories.make_campaign(province, campaign.year - 1)
    make_report(school, last_year, Status.PUBLISHED)
    make_report(school, campaign, Status.SUBMITTED)
    assert [(row.tab, row.is_public) for row in queue.rows(reviewer, last_year)] == [(Tab.PUBLISHED, True)]
    assert [(row.tab, row.is_public) for row in queue.rows(reviewer, campaign)] == [(Tab.PENDING, False)]


def test_a_report_under_correction_is_public_all_the_while(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.PUBLISHED)
    transitions.perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。")
    (row,) = queue.rows(reviewer, campaign)
    assert (row.tab, row.is_public, row.is_correction, row.is_handed_in) == (Tab.WRITING, True, True, True)


def test_it_names_the_authors_who_can_be_reached(school, second_school, campaign, reviewer, signatory):
    factories.make_actor(Role.AUTHOR, school, name="宋填报", email="song@example.edu.cn")
    gone = factories.make_actor(Role.AUTHOR, school, name="去职者")
    Membership.objects.filter(pk=gone.membership.pk).update(is_active=False)
    first, second = queue.rows(reviewer, campaign)
    assert [(one.user.name, one.user.email) for one in first.authors] == [("宋填报", "song@example.edu.cn")]
    assert second.authors == ()


# --- overdue ----------------------------------------------------------------------------------------------------------


def test_on_the_closing_date_nobody_is_overdue(school, campaign, reviewer):
    close(campaign, 0)
    assert queue.counts(queue.rows(reviewer, campaign))[Tab.OVERDUE] == 0


def test_after_it_whoever_has_not_handed_in_is_overdue_by_the_day(school, second_school, campaign, province, reviewer):
    third = make_school(province, "甲省第三学院", slug="z")
    make_report(school, campaign, Status.SUBMITTED)
    make_report(second_school, campaign)
    close(campaign, 3)
    rows = queue.rows(reviewer, campaign)
    assert [(row.school, row.days_overdue) for row in rows] == [(school, 0), (second_school, 3), (third, 3)]
    assert [row.overdue_label for row in rows if row.is_in(Tab.OVERDUE)] == ["逾期 3 天", "逾期 3 天"]
    counts = queue.counts(rows)
    assert (counts[Tab.OVERDUE], counts[Tab.WRITING], counts[Tab.NOT_STARTED], counts[Tab.ALL]) == (2, 1, 1, 3)


def test_what_came_late_is_late_and_no_longer_overdue(school, campaign, reviewer):
    close(campaign, 3)
    make_report(school, campaign, Status.SUBMITTED, late_reason="系统迁移。")
    (row,) = queue.rows(reviewer, campaign)
    assert (row.is_late, row.days_overdue) == (True, 0)


# --- looking for schools ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["湖畔理工大学", "湘江医学院"]),
        ("理工", ["湖畔理工大学"]),
        ("hupan", ["湖畔理工大学"]),
        ("hupanligong", ["湖畔理工大学"]),
        ("hupan-ligong", ["湖畔理工大学"]),
        ("HPLG", ["湖畔理工大学"]),
        ("xj", ["湘江医学院"]),
        ("湖 大学", ["湖畔理工大学"]),
        ("湖 医", []),
        ("9100000001", ["湘江医学院"]),
        ("没有", []),
    ],
)
def test_it_finds_by_name_pinyin_initials_and_code(words, expected, province, campaign, reviewer):
    make_school(province, "湖畔理工大学", slug="hupan-ligong-daxue")
    make_school(province, "湘江医学院", slug="xiangjiang-yixueyuan", code="9100000001")
    query = Query.read({"q": words})
    assert names([row for row in queue.rows(reviewer, campaign) if query.fits(row)]) == expected


def test_it_filters_by_level_ownership_lateness_and_correction(province, campaign, author, school, reviewer):
    one = make_school(province, "甲校", slug="a", level=Level.UNDERGRADUATE, ownership=Ownership.PUBLIC)
    two = make_school(province, "乙校", slug="b", level=Level.VOCATIONAL, ownership=Ownership.PRIVATE)
    transitions.perform(
        Action.START_CORRECTION,
        make_report(one, campaign, Status.PUBLISHED).pk,
        factories.someone(Role.AUTHOR, one),
        comment="有误。",
    )
    close(campaign, 3)
    make_report(two, campaign, Status.SUBMITTED, late_reason="系统迁移。")
    rows = queue.rows(reviewer, Report.objects.first().campaign)

    def found(**parameters):
        return names([row for row in rows if Query.read(parameters).fits(row)])

    assert found(level="undergraduate") == ["甲校"]
    assert found(ownership="private") == ["乙校"]
    assert found(level="undergraduate", ownership="private") == []
    assert found(late="1") == ["乙校"]
    assert found(correction="1") == ["甲校"]


def test_what_makes_no_sense_in_the_address_is_left_out():
    assert Query.read({"level": "x", "ownership": "'", "late": "yes", "sort": "password", "q": "  "}) == Query()
    assert not Query().narrows
    assert len(Query.read({"q": "长" * 500}).words) == 60


# --- order ------------------------------------------------------------------------------------------------------------


def test_it_orders_by_submission_school_and_status(province, campaign, reviewer):
    for slug, name, status, days in (
        ("a", "甲校", Status.PUBLISHED, 1),
        ("b", "乙校", None, 0),
        ("c", "丙校", Status.SUBMITTED, 5),
        ("d", "丁校", Status.SUBMITTED, 2),
    ):
        school = make_school(province, name, slug=slug)
        if status:
            hand_in_at(make_report(school, campaign, status), days)
    rows = queue.rows(reviewer, campaign)
    assert {order: names(queue.ordered(rows, order)) for order in Order} == {
        Order.SUBMITTED: ["丙校", "丁校", "甲校", "乙校"],
        Order.LATEST: ["甲校", "丁校", "丙校", "乙校"],
        Order.SCHOOL: ["甲校", "乙校", "丙校", "丁校"],
        Order.STATUS: ["丙校", "丁校", "乙校", "甲校"],
    }


def test_what_was_taken_back_does_not_count_as_submitted(school, campaign, author, reviewer):
    report = make_report(school, campaign, Status.SUBMITTED)
    transitions.perform(Action.RECALL, report.pk, author)
    (row,) = queue.rows(reviewer, campaign)
    assert (row.submitted_at, row.is_handed_in) == (None, False)


# --- the next one -----------------------------------------------------------------------------------------------------


def test_the_next_one_is_the_one_that_has_waited_longest(
    school, second_school, other_school, campaign, other_campaign, reviewer
):
    first = make_report(school, campaign, Status.SUBMITTED)
    second = make_report(second_school, campaign, Status.SUBMITTED)
    hand_in_at(make_report(other_school, other_campaign, Status.SUBMITTED), 9)
    hand_in_at(first, 1)
    hand_in_at(second, 2)
    assert queue.next_pending(reviewer) == second
    assert queue.next_pending(reviewer, besides=second) == first
    transitions.perform(Action.APPROVE, first.pk, reviewer, sha256=factories.seen(first))
    assert queue.next_pending(reviewer, besides=second) is None


# --- cost -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 140])
def test_a_campaign_is_read_in_five_queries_however_many_schools(
    count, province, campaign, reviewer, django_assert_num_queries
):
    schools = School.objects.bulk_create(
        School(province=province, name=f"甲省第{number}学院", slug=f"school-number-{number}") for number in range(count)
    )
    Report.objects.bulk_create(Report(school=school, campaign=campaign) for school in schools[:-1])
    with django_assert_num_queries(5):
        rows = queue.rows(reviewer, campaign)
        assert len([row.authors for row in rows]) == count
        queue.ordered(rows, Order.STATUS)
        queue.counts(rows)
