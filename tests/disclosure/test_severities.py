"""How a province weighs the rules of the checks in a campaign, and what that does to reports."""

import html

import pytest

from disclosure import checks
from disclosure.campaigns.forms import RulesForm, proposal
from disclosure.evaluation import judge
from disclosure.models import Campaign, Report
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, Severity, Status
from disclosure.workflow import transitions
from schools.enums import EventType
from schools.models import Event
from tests import factories

pytestmark = pytest.mark.django_db

SLIP = "no_known_slips"
ERROR_RULE = "head_is_complete"
FIXED = [rule for rule in checks.RULES if rule.is_fixed]


@pytest.fixture
def url(campaign):
    return f"/province/campaigns/{campaign.pk}/rules/"


@pytest.fixture
def admin(client_of, province_admin):
    return client_of(province_admin)


def _chosen(campaign, **changes) -> dict[str, str]:
    """What the page posts: everything as it is, but for ``changes``."""
    form = RulesForm(campaign)
    return {name: str(form[name].value()) for name in form.fields} | changes


def _with_a_slip(school, campaign):
    document = factories.full_document(
        school, campaign.year, sections__overview__body="<p>学校的主动公布清零已经更新，全年工作按计划完成。</p>"
    )
    return factories.make_report(school, campaign, document=document)


def _slip_of(report):
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    return next(one for one in judgement.judged if one.finding.rule == SLIP)


def test_every_rule_stands_in_its_group_with_its_own_severity(admin, url):
    page = html.unescape(admin.get(url).content.decode())
    assert [title for title in checks.GROUPS.values() if f">{title}</h2>" not in page] == []
    assert [rule.name for rule in checks.RULES if rule.title not in page or rule.why not in page] == []
    assert page.count("系统原定：") == len(checks.RULES) - len(FIXED)


def test_what_the_portal_could_not_publish_is_not_offered(admin, url):
    page = admin.get(url).content.decode()
    assert [rule.name for rule in FIXED if f'name="{rule.name}"' in page] == []
    assert page.count("不能调整，也不能豁免") == len(FIXED) > 0


def test_a_change_is_read_once_more_before_it_is_saved(admin, url, campaign, school):
    factories.make_report(school, campaign)
    page = admin.post(url, _chosen(campaign, **{SLIP: "error"})).content.decode()
    assert "没有常见的错别字：请核对 → <strong>须改正</strong>" in page
    assert "现有 1 份报告正在填写或等待审签" in page
    campaign.refresh_from_db()
    assert campaign.severities == {}


def test_a_confirmed_change_is_stored_and_stands_in_the_trail(admin, url, campaign, province_admin):
    response = admin.post(url, _chosen(campaign, **{SLIP: "error", ERROR_RULE: "warning"}) | {"confirmed": "1"})
    assert response.url == url
    campaign.refresh_from_db()
    assert campaign.severities == {SLIP: "error", ERROR_RULE: "warning"}
    event = Event.objects.get(type=EventType.SEVERITIES_CHANGED)
    assert event.actor_id == province_admin.user.pk
    assert event.detail == {
        checks.BY_NAME[ERROR_RULE].title: ["须改正", "请核对"],
        checks.BY_NAME[SLIP].title: ["请核对", "须改正"],
    }
    assert "没有常见的错别字：请核对 → 须改正" in admin.get(url).content.decode()


def test_going_back_keeps_what_was_chosen(admin, url, campaign):
    page = admin.post(url, _chosen(campaign, **{SLIP: "error"}) | {"edit": "1"}).content.decode()
    select = page.partition(f'name="{SLIP}"')[2].partition("</select>")[0]
    assert '<option value="error" selected>' in select


def test_what_is_set_back_is_no_longer_stored(admin, url, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(severities={SLIP: "error"})
    campaign.refresh_from_db()
    admin.post(url, _chosen(campaign, **{SLIP: "warning"}) | {"confirmed": "1"})
    campaign.refresh_from_db()
    assert campaign.severities == {}


def test_nothing_changed_is_no_event(admin, url, campaign):
    response = admin.post(url, _chosen(campaign), follow=True)
    assert "没有改动" in response.content.decode()
    assert not Event.objects.filter(type=EventType.SEVERITIES_CHANGED).exists()


def test_a_choice_made_over_somebody_elses_is_shown_first(admin, url, campaign):
    stale = _chosen(campaign, **{SLIP: "error"})
    Campaign.objects.filter(pk=campaign.pk).update(severities={ERROR_RULE: "warning"})
    response = admin.post(url, stale | {"confirmed": "1"})
    assert response.status_code == 400
    assert "有人改过检查规则的轻重" in response.content.decode()
    campaign.refresh_from_db()
    assert campaign.severities == {ERROR_RULE: "warning"}


def test_a_second_click_changes_nothing(admin, url, campaign):
    chosen = _chosen(campaign, **{SLIP: "error"}) | {"confirmed": "1"}
    assert [admin.post(url, chosen).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(type=EventType.SEVERITIES_CHANGED).count() == 1


def test_nonsense_is_refused_beside_the_field(admin, url, campaign):
    response = admin.post(url, _chosen(campaign, **{SLIP: "off"}) | {"confirmed": "1"})
    assert response.status_code == 400
    assert "请选择「须改正」或「请核对」" in response.content.decode()
    campaign.refresh_from_db()
    assert campaign.severities == {}


def test_a_fixed_rule_is_not_changed_by_a_forged_form(admin, url, campaign):
    admin.post(url, _chosen(campaign, **{FIXED[0].name: "warning"}) | {"confirmed": "1"})
    campaign.refresh_from_db()
    assert campaign.severities == {}


def test_only_what_was_changed_is_listed_on_request(admin, url, campaign):
    assert "本省没有改过规则的轻重" in admin.get(f"{url}?changed=1").content.decode()
    Campaign.objects.filter(pk=campaign.pk).update(severities={SLIP: "error"})
    page = admin.get(f"{url}?changed=1").content.decode()
    assert page.count('<li class="rule">') == 1
    campaign.refresh_from_db()
    form = RulesForm(campaign, only_changed=True)
    admin.post(f"{url}?changed=1", {"seen": form["seen"].value(), SLIP: "warning", "confirmed": "1"})
    campaign.refresh_from_db()
    assert campaign.severities == {}


def test_names_and_severities_this_version_does_not_know_do_no_harm(admin, url, campaign, school):
    stored = {"a_rule_of_tomorrow": "error", SLIP: "shouted", FIXED[0].name: "warning"}
    Campaign.objects.filter(pk=campaign.pk).update(severities=stored)
    report = _with_a_slip(school, campaign)
    assert _slip_of(report).finding.severity == Severity.WARNING
    assert admin.get(url).status_code == 200
    campaign.refresh_from_db()
    admin.post(url, _chosen(campaign, **{ERROR_RULE: "warning"}) | {"confirmed": "1"})
    campaign.refresh_from_db()
    assert campaign.severities == stored | {ERROR_RULE: "warning"}


def test_another_provinces_campaign_is_not_there(client_of, other_campaign, province_admin):
    assert client_of(province_admin).get(f"/province/campaigns/{other_campaign.pk}/rules/").status_code == 404


def test_a_raised_rule_blocks_and_a_lowered_one_asks(school, campaign, author):
    report = _with_a_slip(school, campaign)
    factories.explain(report)
    Campaign.objects.filter(pk=campaign.pk).update(severities={SLIP: "error"})
    with pytest.raises(transitions.NotReady, match="还有 1 处须改正"):
        transitions.perform(Action.SUBMIT, report.pk, author, sha256=factories.seen(report))
    one = _slip_of(report)
    # What explained a warning asks for nothing.
    assert (one.blocks, one.is_asked) == (True, False)
    Campaign.objects.filter(pk=campaign.pk).update(severities={})
    done = transitions.perform(Action.SUBMIT, report.pk, author, sha256=factories.seen(report))
    assert done.status == Status.SUBMITTED


def test_an_error_made_lighter_is_explained_and_handed_in(school, campaign, author):
    report = factories.make_report(
        school, campaign, document=factories.full_document(school, addressee="", preamble="")
    )
    with pytest.raises(transitions.NotReady):
        factories.hand_in(report)
    Campaign.objects.filter(pk=campaign.pk).update(severities={ERROR_RULE: "warning"})
    assert factories.hand_in(report).status == Status.SUBMITTED


def test_what_was_handed_in_stays_handed_in(admin, url, school, campaign):
    report = _with_a_slip(school, campaign)
    factories.hand_in(report)
    admin.post(url, _chosen(campaign, **{SLIP: "error"}) | {"confirmed": "1"})
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_the_next_years_campaign_starts_from_this_years(admin, province):
    factories.make_campaign(province, 2030, severities={SLIP: "error", "gone": "error"})
    assert proposal(province)["severities"] == {SLIP: "error", "gone": "error"}
    data = {
        "year": "2031",
        "label": "2030-2031学年度",
        "period_start": "2030-09-01",
        "period_end": "2031-08-31",
        "opens_on": "2031-09-01",
        "closes_on": "2031-10-31",
        "addressee": "甲省教育厅办公室",
    }
    admin.post("/province/campaigns/add/", data)
    assert Campaign.objects.get(year=2031).severities == {SLIP: "error", "gone": "error"}
    # The page of its dates leaves them alone.
    admin.post(f"/province/campaigns/{Campaign.objects.get(year=2031).pk}/", data | {"addressee": "甲省教育厅"})
    assert Campaign.objects.get(year=2031).severities == {SLIP: "error", "gone": "error"}


def test_operators_do_not_set_them_by_hand(client_of, operator, campaign):
    page = client_of(operator).get(f"/operator/disclosure/campaign/{campaign.pk}/change/").content.decode()
    assert 'name="opens_on"' in page
    assert 'name="severities"' not in page
