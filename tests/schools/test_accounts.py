"""Inviting people, links, roles, deactivating."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.utils import timezone

from schools import accounts
from schools.actor import Actor
from schools.enums import EventType, Role
from schools.models import Event, Membership, OutgoingMail, User
from tests import factories

ACCOUNTS = "/province/accounts/"
NEW = "river stone lamp"

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client_of, province_admin):
    return client_of(province_admin)


def _invite(client, **values):
    data = {"name": "新填报", "username": "xin", "email": "", "role": Role.AUTHOR.value, "school": ""}
    return client.post(f"{ACCOUNTS}add/", data | values)


def _path(link):
    return re.sub(r"^https?://[^/]+", "", link)


def _types():
    return list(Event.objects.order_by("id").values_list("type", flat=True))


# --- Inviting -----------------------------------------------------------------------------------------------


def test_an_invited_person_sets_a_password_and_is_signed_in(admin_client, client, school):
    response = _invite(admin_client, school=school.pk)
    assert response.status_code == 200
    link = response.context["link"]
    assert f"readonly data-copy>{link}</textarea>" in response.content.decode()
    user = User.objects.get(username="xin")
    assert not user.has_usable_password()
    assert (user.memberships.get().role, user.memberships.get().school) == (Role.AUTHOR, school)

    page = client.get(_path(link))
    assert "新填报，欢迎使用" in page.content.decode()
    done = client.post(_path(link), {"new_password1": NEW, "new_password2": NEW})
    assert done["Location"] == "/desk/"
    assert get_user(client) == user
    assert _types() == [EventType.ACCOUNT_INVITED, EventType.ACCOUNT_ACTIVATED, EventType.SIGNED_IN]
    assert Event.objects.get(type=EventType.ACCOUNT_INVITED).detail == {"role": "填报人", "organisation": school.name}


def test_a_link_works_once(admin_client, client, school):
    link = _invite(admin_client, school=school.pk).context["link"]
    client.post(_path(link), {"new_password1": NEW, "new_password2": NEW})
    again = client.get(_path(link))
    assert again.status_code == 410
    assert "您已经用它设置过密码：请直接登录。" in again.content.decode()
    assert client.post(_path(link), {"new_password1": NEW, "new_password2": NEW}).status_code == 410


def test_a_link_expires_after_seven_days(admin_client, client, school, monkeypatch):
    link = _invite(admin_client, school=school.pk).context["link"]
    now = PasswordResetTokenGenerator._now
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: now(self) + timedelta(days=6, hours=23))
    assert client.get(_path(link)).status_code == 200
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: now(self) + timedelta(days=7, hours=1))
    assert client.get(_path(link)).status_code == 410


@pytest.mark.parametrize("path", ["MQ/abc-def/", "x/y/", "4pyT/cz1x-1/", "OTk5OTk5/cz1x-1/"])
def test_an_invented_link_is_answered_with_what_to_do(client, db, path):
    assert client.get(f"/accounts/activate/{path}").status_code == 410


def test_a_bad_password_is_told_and_the_link_stays_good(admin_client, client, school):
    link = _invite(admin_client, school=school.pk).context["link"]
    response = client.post(_path(link), {"new_password1": "short", "new_password2": "short"})
    assert (response.status_code, response.context["form"].errors) == (
        400,
        {"new_password2": ["密码太短，至少需要 10 个字符。"]},
    )
    assert client.get(_path(link)).status_code == 200


def test_the_link_is_mailed_where_there_is_an_address(
    admin_client, school, django_capture_on_commit_callbacks, settings
):
    with django_capture_on_commit_callbacks(execute=True):
        page = _invite(admin_client, school=school.pk, email="xin@example.edu.cn").content.decode()
    [link] = re.findall(r"data-copy>(\S+)</textarea>", page)
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["xin@example.edu.cn"], "请启用您的账号：高校信息公开年度报告")
    ]
    assert link.startswith(f"{settings.SITE_URL}/accounts/activate/")
    # Made when the mail goes out, not when it was written: another link than the one shown, for the same account.
    [mailed] = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert mailed.split("/")[:-2] == link.split("/")[:-2]


def test_no_mail_is_made_without_an_address(admin_client, school):
    _invite(admin_client, school=school.pk)
    assert not OutgoingMail.objects.exists()


def test_a_reviewer_is_invited_for_the_province_whatever_school_was_chosen(admin_client, province, school):
    _invite(admin_client, role=Role.REVIEWER.value, school=school.pk)
    membership = Membership.objects.get(user__username="xin")
    assert (membership.school, membership.province) == (None, province)


def test_what_is_wrong_with_an_invitation_is_told_beside_its_field(admin_client, author, other_school):
    def errors(**values):
        response = _invite(admin_client, **values)
        assert response.status_code == 400
        first, second = response.context["forms"]
        return first.errors | second.errors

    school = author.school.pk
    assert errors(name="", school=school) == {"name": ["这个字段是必填项。"]}
    assert errors(username="Author", school=school) == {
        "username": ["这个账号名已被使用，请换一个。如果是同一个人，请在其账号页面增加任职。"]
    }
    assert list(errors(username="a b", school=school)) == ["username"]
    assert list(errors(email="nobody", school=school)) == ["email"]
    assert errors() == {"school": ["请选择填报人所属的学校。"]}
    assert errors(role="", school=school) == {"role": ["这个字段是必填项。"]}
    assert list(errors(school=other_school.pk)) == ["school"]
    assert User.objects.count() == 2


def test_nobody_makes_an_operator_by_inviting(admin_client, school):
    _invite(admin_client, school=school.pk, is_superuser="on", is_staff="on")
    user = User.objects.get(username="xin")
    assert (user.is_superuser, user.is_staff) == (False, False)


# --- Links for people who are there -------------------------------------------------------------------------


def test_a_new_link_for_a_forgotten_password_ends_the_old_one_when_used(admin_client, client, author):
    address = f"{ACCOUNTS}{author.user.pk}/link/"
    assert admin_client.get(address).status_code == 200
    link = admin_client.post(address).context["link"]
    author.user.refresh_from_db()
    assert author.user.check_password(factories.PASSWORD)
    assert "宋填报，请设置新密码" in client.get(_path(link)).content.decode()
    client.post(_path(link), {"new_password1": NEW, "new_password2": NEW})
    author.user.refresh_from_db()
    assert author.user.check_password(NEW)
    assert _types() == [EventType.LINK_ISSUED, EventType.PASSWORD_CHANGED, EventType.SIGNED_IN]


def test_a_second_invitation_link_ends_the_first(admin_client, client, school):
    first = _invite(admin_client, school=school.pk).context["link"]
    user = User.objects.get(username="xin")
    second = admin_client.post(f"{ACCOUNTS}{user.pk}/link/").context["link"]
    assert [client.get(_path(link)).status_code for link in (first, second)] == [410, 200]


def test_a_deactivated_account_gets_no_link_and_its_links_end(admin_client, client, author):
    address = f"{ACCOUNTS}{author.user.pk}/link/"
    link = admin_client.post(address).context["link"]
    admin_client.post(f"{ACCOUNTS}{author.user.pk}/deactivate/")
    assert client.get(_path(link)).status_code == 410
    refused = admin_client.post(address)
    assert refused.status_code == 403
    assert accounts.DEACTIVATED in refused.content.decode()


def test_an_operators_password_is_out_of_reach(admin_client, province, operator):
    factories.make_membership(Role.REVIEWER, province, user=operator.user)
    for page in ("", "edit/", "link/", "deactivate/"):
        assert admin_client.get(f"{ACCOUNTS}{operator.user.pk}/{page}").status_code == 404
    assert admin_client.post(f"{ACCOUNTS}{operator.user.pk}/link/").status_code == 404


def test_the_password_of_somebody_who_works_elsewhere_too_is_out_of_reach(admin_client, reviewer, other_province):
    factories.make_membership(Role.REVIEWER, other_province, user=reviewer.user)
    for page in ("edit/", "link/"):
        response = admin_client.post(f"{ACCOUNTS}{reviewer.user.pk}/{page}")
        assert response.status_code == 403
        assert accounts.ALSO_ELSEWHERE in response.content.decode()


# --- The list -----------------------------------------------------------------------------------------------


def _listed(client, query=""):
    return [person.username for person in client.get(f"{ACCOUNTS}?{query}").context["page"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["reviewer", "province-admin", "author", "invited", "left"]),
        ("q=宋", ["author"]),
        ("q=AUTH", ["author"]),
        ("q=明德", ["author"]),
        ("role=reviewer", ["reviewer"]),
        ("state=invited", ["invited"]),
        ("state=inactive", ["left"]),
        ("state=active", ["reviewer", "province-admin", "author"]),
        ("q=nobody", []),
    ],
)
def test_accounts_of_the_own_province_are_found(
    admin_client, author, reviewer, other_author, other_reviewer, second_school, query, names
):
    invited = factories.make_actor(Role.AUTHOR, second_school, "invited", "新来").user
    invited.set_unusable_password()
    invited.save()
    factories.make_actor(Role.AUTHOR, second_school, "left", "旧人", is_active=False)
    assert sorted(_listed(admin_client, query)) == sorted(names)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_accounts_asks_the_same_few_queries(client_of, province_admin, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.make_actor(Role.AUTHOR, factories.make_school(province_admin.province))
    client = client_of(province_admin)
    client.get(ACCOUNTS)
    with django_assert_num_queries(6):  # session, user, memberships; count, people, their memberships
        assert len(_listed(client)) == rows + 1


@pytest.mark.parametrize("page", ["", "edit/", "link/", "deactivate/", "roles/add/"])
def test_an_account_of_another_province_is_not_found(admin_client, other_author, page):
    assert admin_client.get(f"{ACCOUNTS}{other_author.user.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["edit/", "end/"])
def test_a_role_in_another_province_is_not_found(admin_client, other_author, page):
    assert admin_client.get(f"/province/roles/{other_author.membership.pk}/{page}").status_code == 404


# --- Changing -----------------------------------------------------------------------------------------------


def test_name_and_address_are_changed_and_told_before_and_after(admin_client, author):
    admin_client.post(f"{ACCOUNTS}{author.user.pk}/edit/", {"name": "宋新名", "email": "song@example.edu.cn"})
    author.user.refresh_from_db()
    assert (author.user.name, author.user.email) == ("宋新名", "song@example.edu.cn")
    assert Event.objects.get().detail == {"姓名": ["宋填报", "宋新名"], "电子邮箱": ["", "song@example.edu.cn"]}


def test_a_role_is_changed_within_the_province(admin_client, author, second_school):
    admin_client.post(
        f"/province/roles/{author.membership.pk}/edit/", {"role": "signatory", "school": second_school.pk}
    )
    author.membership.refresh_from_db()
    assert (author.membership.role, author.membership.school) == (Role.SIGNATORY, second_school)
    assert Event.objects.get().detail == {
        "before": "宋填报 · 甲省明德学院 · 填报人",
        "after": "宋填报 · 甲省求是职业学院 · 分管领导",
    }


def test_a_role_moves_to_the_office_and_back(admin_client, author, province, school):
    address = f"/province/roles/{author.membership.pk}/edit/"
    admin_client.post(address, {"role": "reviewer", "school": ""})
    author.membership.refresh_from_db()
    assert (author.membership.school, author.membership.province) == (None, province)
    admin_client.post(address, {"role": "author", "school": school.pk})
    author.membership.refresh_from_db()
    assert (author.membership.school, author.membership.province) == (school, None)


def test_a_second_role_is_added_once(admin_client, author, school):
    address = f"{ACCOUNTS}{author.user.pk}/roles/add/"
    assert admin_client.post(address, {"role": "signatory", "school": school.pk}).status_code == 302
    again = admin_client.post(address, {"role": "signatory", "school": school.pk})
    assert again.status_code == 400
    assert again.context["form"].non_field_errors() == ["此人已有相同的任职。如果已停用，请直接恢复。"]
    assert author.user.memberships.count() == 2


def test_a_role_ends_after_a_confirmation_and_comes_back(admin_client, author):
    address = f"/province/roles/{author.membership.pk}/"
    assert "宋填报不能再以甲省明德学院填报人的身份工作" in admin_client.get(f"{address}end/").content.decode()
    admin_client.post(f"{address}end/")
    author.membership.refresh_from_db()
    assert not author.membership.is_active
    admin_client.post(f"{address}restore/")
    author.membership.refresh_from_db()
    assert author.membership.is_active
    assert [event.detail for event in Event.objects.order_by("id")] == [
        {"ended": "宋填报 · 甲省明德学院 · 填报人"},
        {"restored": "宋填报 · 甲省明德学院 · 填报人"},
    ]


def test_nobody_changes_their_own_role_or_shuts_themselves_out(admin_client, province_admin):
    own = f"/province/roles/{province_admin.membership.pk}/"
    for address, reason in [
        (f"{own}edit/", accounts.NOT_ONES_OWN_ROLE),
        (f"{own}end/", accounts.NOT_ONESELF),
        (f"{ACCOUNTS}{province_admin.user.pk}/deactivate/", accounts.NOT_ONESELF),
    ]:
        response = admin_client.post(address, {"role": "reviewer"})
        assert response.status_code == 403
        assert reason in response.content.decode()
    province_admin.user.refresh_from_db()
    assert province_admin.user.is_active


# --- Deactivating -------------------------------------------------------------------------------------------


def test_a_deactivated_account_is_out_at_once_and_comes_back_as_it_was(admin_client, client_of, author):
    there = client_of(author)
    admin_client.post(f"{ACCOUNTS}{author.user.pk}/deactivate/")
    assert not get_user(there).is_authenticated
    assert User.objects.filter(pk=author.user.pk, is_active=False).exists()
    admin_client.post(f"{ACCOUNTS}{author.user.pk}/reactivate/")
    assert get_user(there) == author.user
    assert _types() == [EventType.ACCOUNT_DEACTIVATED, EventType.ACCOUNT_REACTIVATED]


def test_who_works_in_another_province_too_keeps_the_account(admin_client, reviewer, other_province):
    elsewhere = factories.make_membership(Role.REVIEWER, other_province, user=reviewer.user)
    page = admin_client.post(f"{ACCOUNTS}{reviewer.user.pk}/deactivate/", follow=True)
    assert "已停用严审核在本省的全部任职；此人在其他省的任职不受影响。" in page.content.decode()
    reviewer.user.refresh_from_db()
    assert reviewer.user.is_active
    assert list(reviewer.user.memberships.filter(is_active=True)) == [elsewhere]


def test_who_left_the_province_is_not_let_in_again_from_there(admin_client, reviewer, other_province):
    factories.make_membership(Role.REVIEWER, other_province, user=reviewer.user)
    Membership.objects.filter(pk=reviewer.membership.pk).update(is_active=False)
    User.objects.filter(pk=reviewer.user.pk).update(is_active=False)  # by the other province or by an operator
    refused = admin_client.post(f"{ACCOUNTS}{reviewer.user.pk}/reactivate/")
    assert refused.status_code == 403
    assert accounts.DEACTIVATED_ELSEWHERE in refused.content.decode()
    page = admin_client.get(f"{ACCOUNTS}{reviewer.user.pk}/").content.decode()
    assert accounts.DEACTIVATED_ELSEWHERE in page
    assert "恢复账号</button>" not in page
    assert not User.objects.get(pk=reviewer.user.pk).is_active


def test_an_account_that_never_signed_in_says_so(admin_client, author):
    assert "从未登录" in admin_client.get(f"{ACCOUNTS}{author.user.pk}/").content.decode()
    User.objects.filter(pk=author.user.pk).update(last_login=timezone.now())
    assert "从未登录" not in admin_client.get(f"{ACCOUNTS}{author.user.pk}/").content.decode()


def test_an_operators_link_is_signed_by_the_operators(operator, author):
    author.user.email = "song@example.edu.cn"
    author.user.save()
    accounts.issue_link(Actor(operator.user), author.user)
    assert "系统运维人员为您发出了重新设置密码的链接" in OutgoingMail.objects.get().body
