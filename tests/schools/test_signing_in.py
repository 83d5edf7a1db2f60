"""Signing in and out, in place and on the page; too many failures; the own password."""

import datetime

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user
from django.utils import timezone

from schools.enums import EventType, Role
from schools.models import Event
from tests import factories
from tests.factories import PASSWORD

LOGIN = "/accounts/login/"
JSON = {"Accept": "application/json"}

pytestmark = pytest.mark.django_db


def _sign_in(client, username, password=PASSWORD, headers=None, **more):
    return client.post(LOGIN, {"username": username, "password": password} | more, headers=headers)


def _events():
    return list(Event.objects.order_by("id").values_list("type", "actor_name", "object_label"))


@pytest.mark.parametrize(
    ("persona", "home"),
    [
        ("author", "/desk/"),
        ("signatory", "/desk/"),
        ("reviewer", "/review/"),
        ("province_admin", "/review/"),
        ("operator", "/operator/"),
    ],
)
def test_everyone_begins_where_their_work_is(client, request, persona, home):
    actor = request.getfixturevalue(persona)
    response = _sign_in(client, actor.user.username)
    assert (response.status_code, response["Location"]) == (302, home)
    assert get_user(client) == actor.user


def test_a_sign_in_stands_in_the_audit_trail_with_its_address(client, author):
    client.post(LOGIN, {"username": "author", "password": PASSWORD}, REMOTE_ADDR="203.0.113.7")
    event = Event.objects.get()
    assert (event.type, event.actor_id, event.role) == (EventType.SIGNED_IN, author.user.pk, Role.AUTHOR)
    assert (event.organisation, event.address) == ("甲省明德学院", "203.0.113.7")


def test_one_returns_to_the_page_asked_for(client, author):
    assert client.get("/accounts/password/")["Location"] == f"{LOGIN}?next=/accounts/password/"
    assert _sign_in(client, "author", next="/accounts/password/")["Location"] == "/accounts/password/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site_after_signing_in(client, author, elsewhere):
    assert _sign_in(client, "author", next=elsewhere)["Location"] == "/desk/"


def test_a_reviewer_who_followed_the_public_link_begins_at_the_queue(client, reviewer):
    assert _sign_in(client, "reviewer", next="/desk/")["Location"] == "/review/"


def test_who_is_signed_in_already_is_sent_on(client_of, reviewer):
    assert client_of(reviewer).get(LOGIN)["Location"] == "/review/"


def test_a_wrong_password_is_told_at_the_form_and_recorded(client, author):
    response = _sign_in(client, "author", "wrong")
    assert response.status_code == 400
    assert "账号或密码不正确，请核对后重试。" in response.content.decode()
    assert _events() == [(EventType.SIGN_IN_FAILED, "未登录的访客", "宋填报（author）")]


def test_what_was_typed_as_an_unknown_account_is_not_kept(client, db):
    _sign_in(client, "my-secret-password", "x")
    event = Event.objects.get()
    assert (event.object_label, event.detail) == ("", {"account": "不存在的账号"})


def test_a_deactivated_account_cannot_sign_in(client, author):
    author.user.is_active = False
    author.user.save()
    assert _sign_in(client, "author").status_code == 400
    assert not get_user(client).is_authenticated


# --- Too many failures --------------------------------------------------------------------------------------


def test_five_failures_close_the_account_for_a_quarter_of_an_hour(client, author):
    answers = [_sign_in(client, "author", "wrong").status_code for _ in range(5)]
    assert answers == [400, 400, 400, 400, 429]
    locked = _sign_in(client, "author")  # even with the right password
    assert locked.status_code == 429
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + datetime.timedelta(minutes=15))
    assert f"<strong>{until:%H:%M}</strong> 以后再试" in locked.content.decode()
    assert not get_user(client).is_authenticated
    types = [type for type, _, _ in _events()]
    assert types == [
        *[EventType.SIGN_IN_FAILED] * 4,
        EventType.LOCKED_OUT,
        EventType.SIGN_IN_FAILED,
        EventType.SIGN_IN_FAILED,
    ]


def test_a_script_is_told_of_the_lock_as_json(client, author):
    for _ in range(5):
        response = _sign_in(client, "author", "wrong", headers=JSON)
    assert response.status_code == 429
    assert response.json()["message"].startswith("登录失败次数过多，登录已暂停，请在 ")


def test_the_lock_of_one_address_does_not_shut_out_the_person_elsewhere(client, author):
    for _ in range(5):
        client.post(LOGIN, {"username": "author", "password": "wrong"}, REMOTE_ADDR="203.0.113.7")
    response = client.post(LOGIN, {"username": "author", "password": PASSWORD}, REMOTE_ADDR="203.0.113.8")
    assert response["Location"] == "/desk/"


# --- In place -----------------------------------------------------------------------------------------------


def test_signing_in_in_place_gives_the_person_and_a_token_that_works(client_of, author):
    client = client_of(None, enforce_csrf_checks=True)
    client.get(LOGIN)
    headers = JSON | {"X-CSRFToken": client.cookies["csrftoken"].value}
    response = _sign_in(client, "author", headers=headers)
    assert response.status_code == 200
    assert sorted(response.json()) == ["csrf_token", "user_id"]
    assert response.json()["user_id"] == author.user.pk
    signed_out = client.post("/accounts/logout/", headers={"X-CSRFToken": response.json()["csrf_token"]})
    assert (signed_out.status_code, signed_out["Location"]) == (302, LOGIN)


def test_a_wrong_password_in_place_is_told_as_json(client, author):
    response = _sign_in(client, "author", "wrong", headers=JSON)
    assert response.status_code == 400
    assert response.json() == {
        "message": "账号或密码不正确，请核对后重试。连续输错 5 次，将暂停登录 15 分钟。",
    }


def test_one_goes_on_with_the_membership_the_page_was_open_for(client, author, second_school):
    factories.make_membership(Role.AUTHOR, second_school, user=author.user)
    response = _sign_in(client, "author", headers=JSON, membership=author.membership.pk)
    assert response.status_code == 200
    assert client.session["membership"] == author.membership.pk


def test_somebody_elses_membership_is_not_taken_on(client, author, colleague):
    _sign_in(client, "author", headers=JSON, membership=colleague.membership.pk)
    assert "membership" not in client.session


def test_an_old_token_is_answered_with_a_fresh_one_for_scripts_and_a_page_for_people(client_of, author):
    client = client_of(author, enforce_csrf_checks=True)
    response = client.post("/accounts/logout/", headers=JSON)
    assert (response.status_code, response.json()["state"]) == (403, "stale")
    again = client.post("/accounts/logout/", headers={"X-CSRFToken": response.json()["csrf_token"]})
    assert again.status_code == 302
    page = client.post("/accounts/logout/")
    assert page.status_code == 403
    assert "页面已过期，没有提交" in page.content.decode()


# --- Signing out --------------------------------------------------------------------------------------------


def test_signing_out_is_a_post_and_stands_in_the_audit_trail(client_of, author):
    client = client_of(author)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert not get_user(client).is_authenticated
    assert _events() == [(EventType.SIGNED_OUT, "宋填报（author）", "宋填报（author）")]


# --- The own password ---------------------------------------------------------------------------------------


def _change(client, old=PASSWORD, new="river stone lamp", again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post("/accounts/password/", data)


def test_changing_the_password_keeps_this_session_and_ends_the_others(client_of, author):
    here, elsewhere = client_of(author), client_of(author)
    assert _change(here)["Location"] == "/desk/"
    assert get_user(here) == author.user
    assert not get_user(elsewhere).is_authenticated
    author.user.refresh_from_db()
    assert author.user.check_password("river stone lamp")
    assert _events() == [(EventType.PASSWORD_CHANGED, "宋填报（author）", "宋填报（author）")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"old": "wrong"}, "现在的密码不正确。"),
        ({"new": "short"}, "密码太短，至少需要 10 个字符。"),
        ({"new": "2938475610"}, "密码只包含数字。"),
        ({"new": "password123"}, "这个密码太常见了。"),
        ({"new": "author1234"}, "密码与账号、姓名或电子邮箱太相近。"),
        ({"new": "river stone lamp", "again": "river stone lump"}, "两次输入的密码不一样。"),
    ],
)
def test_a_password_that_does_not_do_is_told_beside_its_field(client_of, author, data, sentence):
    response = _change(client_of(author), **data)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    author.user.refresh_from_db()
    assert author.user.check_password(PASSWORD)
