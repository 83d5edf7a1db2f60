"""The provincial administrator's campaigns."""

import datetime

import pytest
from django.utils import timezone

from disclosure.campaigns.forms import proposal
from disclosure.models import Campaign
from disclosure.report.enums import SectionKey, Status
from schools.enums import EventType
from schools.models import Event
from tests import factories

CAMPAIGNS = "/province/campaigns/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client_of, province_admin):
    return client_of(province_admin)


def _data(**values):
    return {
        "year": "2030",
        "label": "2029-2030学年度",
        "period_start": "2029-09-01",
        "period_end": "2030-08-31",
        "opens_on": "2030-09-01",
        "closes_on": "2030-10-31",
        "addressee": "甲省教育厅办公室",
    } | values


@pytest.mark.parametrize(
    ("today", "year", "opens", "closes"),
    [
        ("2030-09-15", 2030, "2030-09-15", "2030-10-31"),
        ("2030-08-31", 2029, "2030-08-31", "2030-09-30"),
        ("2030-12-01", 2030, "2030-12-01", "2030-12-31"),
    ],
)
def test_a_new_campaign_is_proposed_for_the_year_that_ended_last(province, today, year, opens, closes):
    proposed = proposal(province, datetime.date.fromisoformat(today))
    assert proposed == {
        "year": year,
        "label": f"{year - 1}-{year}学年度",
        "period_start": datetime.date(year - 1, 9, 1),
        "period_end": datetime.date(year, 8, 31),
        "opens_on": datetime.date.fromisoformat(opens),
        "closes_on": datetime.date.fromisoformat(closes),
        "addressee": "甲省教育厅办公室",
        "guidance": {},
        "severities": {},
    }


def test_the_next_campaign_starts_from_what_the_last_one_said(province):
    factories.make_campaign(province, 2030, addressee="甲省教育厅", guidance={"overview": "请写明培训情况。"})
    proposed = proposal(province, datetime.date(2030, 9, 15))
    assert (proposed["year"], proposed["opens_on"]) == (2031, datetime.date(2031, 9, 1))
    assert (proposed["addressee"], proposed["guidance"]) == ("甲省教育厅", {"overview": "请写明培训情况。"})


def test_the_form_shows_what_is_proposed(admin_client, province):
    form = admin_client.get(f"{CAMPAIGNS}add/").context["form"]
    assert form.initial["label"] == proposal(province)["label"]
    assert [field.name for field in form.guidance_fields()] == [f"guidance_{key.value}" for key in SectionKey]


def test_a_campaign_is_made_with_its_guidance_and_recorded(admin_client, province):
    data = _data(guidance_overview=" 请写明培训情况。\n附培训名单。 ", guidance_other="")
    assert admin_client.post(f"{CAMPAIGNS}add/", data)["Location"] == CAMPAIGNS
    campaign = Campaign.objects.get()
    assert (campaign.province, campaign.year, campaign.closes_on) == (province, 2030, datetime.date(2030, 10, 31))
    assert campaign.guidance == {"overview": "请写明培训情况。\n附培训名单。"}
    event = Event.objects.get()
    assert (event.type, event.object_label) == (EventType.CAMPAIGN_ADDED, "甲省2029-2030学年度")


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"period_end": "2029-08-31"}, {"period_end": ["统计期限的结束日期不能早于开始日期。"]}),
        ({"closes_on": "2030-08-31"}, {"closes_on": ["截止日期不能早于开放填报日期。"]}),
        ({"year": "2031"}, {"year": ["这一年的填报任务已经建立。"]}),
        ({"label": ""}, {"label": ["这个字段是必填项。"]}),
        ({"opens_on": "昨天"}, {"opens_on": ["输入一个有效的日期。"]}),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(admin_client, province, values, errors):
    factories.make_campaign(province, 2031)
    response = admin_client.post(f"{CAMPAIGNS}add/", _data(**values))
    assert (response.status_code, response.context["form"].errors) == (400, errors)
    assert Campaign.objects.count() == 1


def test_another_province_may_have_the_same_year(admin_client, other_province):
    factories.make_campaign(other_province, 2030)
    assert admin_client.post(f"{CAMPAIGNS}add/", _data()).status_code == 302


def test_a_change_is_told_before_and_after(admin_client, province):
    campaign = factories.make_campaign(province, 2030, guidance={"overview": "旧的说明"})
    data = _data(opens_on=campaign.opens_on.isoformat(), closes_on="2099-10-31", guidance_overview="新的说明")
    assert admin_client.post(f"{CAMPAIGNS}{campaign.pk}/", data)["Location"] == CAMPAIGNS
    before = campaign.closes_on
    campaign.refresh_from_db()
    assert (campaign.closes_on, campaign.guidance) == (datetime.date(2099, 10, 31), {"overview": "新的说明"})
    event = Event.objects.get()
    assert (event.type, event.detail) == (
        EventType.CAMPAIGN_CHANGED,
        {"截止日期": [before.isoformat(), "2099-10-31"], "概述": ["旧的说明", "新的说明"]},
    )


def test_the_year_stays_once_a_school_has_begun(admin_client, school, province):
    campaign = factories.make_campaign(province, 2030)
    factories.make_report(school, campaign)
    admin_client.post(f"{CAMPAIGNS}{campaign.pk}/", _data(year="2031", label="改过的年度"))
    campaign.refresh_from_db()
    assert (campaign.year, campaign.label) == (2030, "改过的年度")


def test_the_list_counts_what_came_in(admin_client, school, second_school, campaign):
    third = factories.make_school(school.province)
    factories.make_report(school, campaign, Status.PUBLISHED)
    factories.make_report(second_school, campaign, Status.SUBMITTED)
    factories.make_report(third, campaign)
    response = admin_client.get(CAMPAIGNS)
    [row] = response.context["rows"]
    counted = row["campaign"]
    assert (counted.started, counted.handed_in, counted.waiting, counted.published) == (3, 2, 1, 1)
    assert response.context["schools"] == 3


@pytest.mark.parametrize(
    ("opens", "closes", "standing"),
    [
        (-30, 12, ("还有 12 天", "waiting")),
        (-30, 0, ("今天截止", "attention")),
        (-30, -1, ("已截止", "done")),
        (1, 30, ("未开始", "neutral")),
    ],
)
def test_the_list_says_how_each_stands(admin_client, province, opens, closes, standing):
    today = timezone.localdate()
    days = datetime.timedelta
    factories.make_campaign(province, opens_on=today + days(opens), closes_on=today + days(closes))
    assert admin_client.get(CAMPAIGNS).context["rows"][0]["standing"] == standing


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_few_queries(client_of, province_admin, django_assert_num_queries, rows):
    for year in range(rows):
        factories.make_campaign(province_admin.province, 2020 + year)
    client = client_of(province_admin)
    client.get(CAMPAIGNS)
    with django_assert_num_queries(5):  # session, user, memberships; schools, campaigns
        assert len(client.get(CAMPAIGNS).context["rows"]) == rows


def test_an_empty_province_is_told_what_comes_next(admin_client):
    assert "新建本年度的填报任务后，学校即可在开放日期起填报。" in admin_client.get(CAMPAIGNS).content.decode()


def test_a_campaign_of_another_province_is_not_found(admin_client, other_campaign):
    assert admin_client.get(f"{CAMPAIGNS}{other_campaign.pk}/").status_code == 404
    assert admin_client.post(f"{CAMPAIGNS}{other_campaign.pk}/", _data()).status_code == 404
