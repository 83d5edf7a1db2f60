"""The demonstration: complete, invented, told through the real workflow, and loaded once."""

import re
from collections import Counter
from datetime import datetime
from io import StringIO

import pytest
from django.contrib.auth import password_validation
from django.core.management import CommandError, call_command
from django.utils import timezone

from disclosure.demo import clock, history, world
from disclosure.demo.world import SCHOOLS, SHOWN_ACCOUNTS, Stage
from disclosure.demo.writing import Writer
from disclosure.evaluation import judge
from disclosure.models import Campaign, Publication, Report, Submission
from disclosure.models.assembly import complete
from disclosure.report.enums import Decision, Status
from disclosure.richtext import personal_data, to_text
from schools.enums import Role
from schools.models import Event, Membership, OutgoingMail, Province, School, User
from tests import factories

pytestmark = pytest.mark.django_db

# One school for each stage that the demonstration shows today: all that can happen, in a third of the time.
ONE_A_STAGE = list({school.stage: school for school in reversed(SCHOOLS)}.values())


def local(*when) -> datetime:
    return timezone.make_aware(datetime(*when))


def seed(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def few(monkeypatch):
    """The demonstration with a handful of schools."""
    shown = {name.partition("-")[0] for name in SHOWN_ACCOUNTS}
    schools = [school for school in SCHOOLS if school.key in shown]
    monkeypatch.setattr(history.tell, "__defaults__", (schools, 1))


def test_the_whole_demonstration_looks_like_a_portal_in_use():
    now = local(2026, 11, 20, 17, 0)
    history.tell(now)
    assert (Province.objects.count(), School.objects.count()) == (3, len(SCHOOLS))
    assert set(Report.objects.filter(campaign__year=2026).values_list("status", flat=True)) == set(Status.values)
    assert set(Publication.objects.values_list("year", flat=True)) == {2022, 2023, 2024, 2025, 2026}
    assert set(Publication.objects.values_list("number", flat=True)) == {1, 2, 3}
    assert Publication.objects.current().count() > 150
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    # Nothing is missing that a list or a page could show.
    assert School.objects.exclude(reports__campaign__year=2026).exists()
    assert Report.objects.exclude(late_reason="").count() > 3
    assert set(Submission.objects.values_list("decision", flat=True)) >= {
        Decision.PENDING,
        Decision.RETURNED,
        Decision.APPROVED,
        Decision.RECALLED,
    }
    _is_invented()
    _is_told_in_order(now)
    _is_right()
    _is_varied()


def _is_invented():
    assert School.objects.exclude(name__endswith=world.MARK).count() == 0
    phones = set()
    for publication in Publication.objects.all():
        document = publication.read()
        phones |= {contact.office_phone for contact in document.contacts}
        for section in document.sections.model_fields_set:
            assert personal_data.find_in_html(document.sections[section].body) == []
    for person in (contact for submission in Submission.objects.all() for contact in submission.read().contacts):
        assert re.fullmatch(r"100\d{8}", person.mobile)
        assert person.email.endswith(".example")
    assert all(re.fullmatch(r"0000-0000\d{3}", phone) for phone in phones)
    assert {email.rpartition("@")[2] for email in User.objects.values_list("email", flat=True)} == {"demo.invalid"}
    assert OutgoingMail.objects.count() == 0


def _is_told_in_order(now):
    """Nothing lies in the future, and no step before the one it follows."""
    assert Event.objects.filter(at__gt=now).count() == 0
    for report in Report.objects.all():
        times = list(Event.objects.filter(object_type="report", object_id=report.pk).order_by("pk").values_list("at"))
        assert times == sorted(times)
        assert report.status_since >= report.created_at
    for publication in Publication.objects.select_related("submission").filter(backfilled=False):
        assert publication.submission.submitted_at < publication.published_at
        assert publication.published_at.year - publication.year in (0, 1)


def _is_right():
    """Whatever was handed in has no error, and a reason for every warning; what is late says so."""
    for report in complete(Report.objects.exclude(status=Status.DRAFT)):
        assert [one for one in judge(report).judged if one.is_open and not report.backfilled] == [], report
    for report in Report.objects.select_related("campaign").filter(first_submitted_at__isnull=False, backfilled=False):
        was_late = timezone.localdate(report.first_submitted_at) > report.campaign.closes_on
        assert bool(report.late_reason) is was_late, report


def _is_varied():
    documents = [publication.read() for publication in Publication.objects.filter(year=2025, number=1)]
    assert len({document.sections.proactive.figures.total for document in documents}) > 0.9 * len(documents)
    openings = Counter(to_text(document.sections.overview.body)[:12] for document in documents)
    assert len(openings) > 3
    absent = [document for document in documents if document.sections.other.is_absent]
    assert absent == []
    assert any(
        publication.read().sections.other.is_absent for publication in Publication.objects.filter(backfilled=True)
    )


@pytest.mark.parametrize(
    "now", [local(2026, 10, 21, 0, 30), local(2026, 12, 31, 23, 0), local(2028, 2, 29, 12, 0), local(2027, 8, 31, 9, 0)]
)
def test_it_can_be_loaded_on_any_day(now):
    history.tell(now, ONE_A_STAGE, years=1)
    year = history.current_year(now.date())
    assert set(Report.objects.filter(campaign__year=year).values_list("status", flat=True)) == set(Status.values)
    assert Event.objects.filter(at__gt=now).count() == 0
    overdue = Campaign.objects.filter(year=year, closes_on__lt=timezone.localdate(now))
    assert [campaign.province.name for campaign in overdue] == ["四川省"]


def test_a_school_writes_the_same_each_time():
    history.tell(local(2026, 11, 20, 17, 0), SCHOOLS[5:6])
    writer = Writer(SCHOOLS[5], School.objects.get())
    for publication in Publication.objects.filter(backfilled=False):
        campaign = Campaign.objects.get(province__code="32", year=publication.year)
        again = writer.report(campaign, publication.read().signature.date)
        assert again.public().hash == publication.sha256


def test_every_stage_has_its_story_and_is_shown():
    assert set(history.STORIES) == set(Stage)
    shown = {school.stage for school in SCHOOLS} | {stage for school in SCHOOLS for stage in school.past.values()}
    assert shown | {Stage.BACKFILLED} == set(Stage)


def test_schools_and_login_names_are_unique():
    assert len({school.key for school in SCHOOLS}) == len(SCHOOLS)
    assert len({school.name for school in SCHOOLS}) == len(SCHOOLS)


def test_it_is_loaded_once_and_names_its_accounts(few):
    out = seed()
    assert all(name in out for name in SHOWN_ACCOUNTS)
    assert world.PASSWORD in out
    before = Event.objects.count()
    assert seed() == "演示数据已经载入，未作改动。\n"
    assert Event.objects.count() == before
    for username in SHOWN_ACCOUNTS:
        user = User.objects.get(username=username)
        assert user.check_password(world.PASSWORD)
        password_validation.validate_password(world.PASSWORD, user)


def test_it_does_not_mix_with_what_is_there(few):
    factories.make_province()
    with pytest.raises(CommandError, match="没有载入演示数据"):
        seed()
    assert School.objects.count() == 0
    seed(force=True)
    assert School.objects.filter(name__endswith=world.MARK).exists()


def test_it_does_not_take_over_a_login_name(few):
    factories.make_user("operator")
    with pytest.raises(CommandError, match="operator"):
        seed()
    assert School.objects.count() == 0


def test_it_names_no_accounts_where_there_is_no_demonstration():
    assert seed(accounts=True) == ""


def test_the_clock_moves_for_the_time_of_telling_alone():
    then = local(2020, 2, 29, 12, 0)
    with clock.at(then):
        assert timezone.now() == then
        assert timezone.localdate().isoformat() == "2020-02-29"
        assert Report().status_since == then
    assert timezone.now() > then
