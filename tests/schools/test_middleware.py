"""Being away too long, and who is asking."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user

from schools.enums import EventType, Role
from schools.middleware import SEEN_AT
from schools.models import Event
from tests import factories

PAGE = "/accounts/password/"
LIMIT = 30 * 60

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _half_an_hour(settings):
    settings.IDLE_TIMEOUT = timedelta(seconds=LIMIT)


def _away(client, seconds):
    """Let the last thing done be so long ago."""
    session = client.session
    session[SEEN_AT] = int(time.time()) - seconds
    session.save()
    return session[SEEN_AT]


def test_who_was_away_too_long_is_signed_out_and_told_so(client_of, author):
    client = client_of(author)
    client.get(PAGE)
    _away(client, LIMIT + 5)
    response = client.get(f"{PAGE}?a=1", follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=/accounts/password/%3Fa%3D1", 302)]
    assert "您有 30 分钟没有操作，为保障安全已退出登录。请重新登录，随后回到刚才的页面。" in response.content.decode()
    assert not get_user(client).is_authenticated
    assert [event.type for event in Event.objects.all()] == [EventType.SIGNED_OUT]


def test_a_script_is_told_so_as_json(client_of, author):
    client = client_of(author)
    client.get(PAGE)
    _away(client, LIMIT + 5)
    response = client.post(PAGE, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (401, {"state": "signed_out"})


def test_a_fetch_that_does_not_say_so_is_known_by_the_browser(client):
    response = client.get(PAGE, headers={"Sec-Fetch-Dest": "empty"})
    assert (response.status_code, response.json()) == (401, {"state": "signed_out"})


def test_after_a_form_sent_too_late_one_returns_to_the_page_of_the_form(client_of, author):
    client = client_of(author)
    _away(client, LIMIT + 5)
    response = client.post(PAGE, {"a": 1}, headers={"Referer": "http://testserver/accounts/organisation/?b=2"})
    assert response["Location"] == "/accounts/login/?next=/accounts/organisation/%3Fb%3D2"
    elsewhere = client.post(PAGE, {"a": 1}, headers={"Referer": "https://evil.example/"})
    assert elsewhere["Location"] == "/accounts/login/?next=/accounts/login/"


def test_doing_something_prolongs_the_session(client_of, author):
    client = client_of(author)
    client.get(PAGE)
    _away(client, LIMIT - 5)
    client.get(PAGE)
    assert time.time() - client.session[SEEN_AT] < 5


def test_what_a_page_asks_by_itself_does_not_prolong_the_session(client_of, author):
    client = client_of(author)
    client.get(PAGE)
    seen = _away(client, LIMIT - 5)
    assert client.get(PAGE, headers={"X-Background": "1"}).status_code == 200
    assert client.session[SEEN_AT] == seen


def test_the_session_is_written_at_most_once_a_minute(client_of, author, django_assert_num_queries):
    client = client_of(author)
    client.get(PAGE)
    seen = _away(client, 50)
    with django_assert_num_queries(3):  # session, user, memberships
        client.get(PAGE)
    assert client.session[SEEN_AT] == seen


def test_the_chosen_membership_outlives_the_idle_sign_out(client_of, author, second_school):
    other = factories.make_membership(Role.AUTHOR, second_school, user=author.user)
    client = client_of(author)
    client.post("/accounts/organisation/", {"membership": author.membership.pk})
    _away(client, LIMIT + 5)
    client.get(PAGE)
    response = client.post("/accounts/login/", {"username": "author", "password": factories.PASSWORD})
    assert response["Location"] == "/desk/"
    assert client.session["membership"] == author.membership.pk != other.pk


def test_public_pages_ask_neither_session_nor_user(client_of, author, django_assert_num_queries):
    client = client_of(author)
    _away(client, LIMIT + 5)
    with django_assert_num_queries(3):  # how much each part of the sitemap holds
        response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert not response.has_header("Vary")
    assert get_user(client) == author.user
