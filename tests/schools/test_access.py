"""Who may open which page, and the trail of those who tried."""

import pytest

from schools.enums import EventType, Role
from schools.models import Event, Membership, School
from tests import factories

ORGANISATION = "/accounts/organisation/"

pytestmark = pytest.mark.django_db


def test_a_denied_attempt_gets_the_reason_and_stands_in_the_audit_trail(client_of, author):
    response = client_of(author).get("/province/")
    reason = "这个页面供省级管理员使用。您现在的身份是甲省明德学院的填报人。"
    assert response.status_code == 403
    assert reason in response.content.decode()
    event = Event.objects.get()
    assert (event.type, event.actor_name) == (EventType.DENIED, "宋填报（author）")
    assert event.detail == {"path": "/province/", "reason": reason}


def test_a_denied_script_gets_the_reason_as_json(client_of, reviewer):
    response = client_of(reviewer).get("/province/", headers={"Accept": "application/json"})
    assert response.status_code == 403
    assert response.json() == {
        "state": "denied",
        "message": "这个页面供省级管理员使用。您现在的身份是甲省的审核人。",
    }


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("visitor", 302),
        ("author", 403),
        ("signatory", 403),
        ("colleague", 403),
        ("reviewer", 403),
        ("other_reviewer", 403),
        ("operator", 403),
        ("province_admin", 200),
    ],
)
@pytest.mark.parametrize("page", ["/province/", "/province/schools/", "/province/accounts/", "/province/campaigns/"])
def test_a_provinces_administration_is_its_administrators(client_of, request, persona, status, page):
    actor = request.getfixturevalue(persona)
    assert client_of(actor).get(page).status_code == status


def test_a_deactivated_persons_session_ends_with_the_next_request(client_of, author):
    client = client_of(author)
    assert client.get(ORGANISATION).status_code == 200
    author.user.is_active = False
    author.user.save()
    assert client.get(ORGANISATION).status_code == 302


# --- For which organisation ---------------------------------------------------------------------------------


@pytest.fixture
def second(author, second_school):
    """The author writes for another school too."""
    return factories.make_membership(Role.AUTHOR, second_school, user=author.user)


def test_who_has_several_memberships_chooses_first(client, author, second):
    response = client.post(
        "/accounts/login/", {"username": "author", "password": factories.PASSWORD, "next": "/accounts/password/"}
    )
    assert response["Location"] == "/accounts/organisation/?next=%2Faccounts%2Fpassword%2F"
    chosen = client.post(ORGANISATION, {"membership": author.membership.pk, "next": "/accounts/password/"})
    assert chosen["Location"] == "/accounts/password/"


def test_choosing_is_for_the_session_and_stands_in_the_audit_trail(client_of, author, second):
    client = client_of(author)
    page = client.post(ORGANISATION, {"membership": author.membership.pk}, follow=True)
    assert page.redirect_chain == [("/desk/", 302)]
    assert page.wsgi_request.actor.membership == author.membership
    event = Event.objects.get()
    assert (event.type, event.organisation) == (EventType.ORGANISATION_CHOSEN, "甲省明德学院")
    client.post(ORGANISATION, {"membership": second.pk})
    assert client.get(ORGANISATION).wsgi_request.actor.membership == second


def test_nobody_acts_through_anothers_membership(client_of, author, colleague):
    client = client_of(author)
    response = client.post(ORGANISATION, {"membership": colleague.membership.pk})
    assert response.status_code == 400
    assert "这项任职已经停用，请重新选择。" in response.content.decode()
    assert "membership" not in client.session


@pytest.mark.parametrize(
    "ends",
    [
        lambda actor: Membership.objects.filter(pk=actor.membership.pk).update(is_active=False),
        lambda actor: School.objects.filter(pk=actor.school.pk).update(is_active=False),
    ],
    ids=["membership", "school"],
)
def test_who_has_no_active_membership_is_told_what_to_do(client_of, author, ends):
    ends(author)
    client = client_of(author)
    assert "任职，不能填报或审核。" in client.get("/desk/").content.decode()
    response = client.get(ORGANISATION)
    assert response.status_code == 403
    assert "您的账号目前没有可用的任职" in response.content.decode()


def test_a_membership_that_ends_is_no_longer_acted_through(client_of, author, second):
    client = client_of(author)
    client.post(ORGANISATION, {"membership": second.pk})
    Membership.objects.filter(pk=second.pk).update(is_active=False)
    assert client.get(ORGANISATION).wsgi_request.actor.membership == author.membership
