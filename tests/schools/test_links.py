"""One-time links: shown and mailed, and written down nowhere."""

import logging
import re
import smtplib
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings as portal
from django.contrib.sessions.models import Session
from django.core import mail as sent
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode
from django.utils.module_loading import import_string

from schools import accounts, links, mail
from schools.models import OutgoingMail, User
from tests import factories

pytestmark = pytest.mark.django_db

FAILING = "tests.schools.test_mail.FailingBackend"
LINK = re.compile(r"https?://[^\s/]+(/accounts/activate/[\w=-]+/[\w=-]+/)")


class QuotingBackend(BaseEmailBackend):
    """A mail server that refuses a mail and quotes the line it does not like."""

    def send_messages(self, messages):
        raise smtplib.SMTPDataError(554, f"5.7.1 {LINK.search(messages[0].body)[0]} looks like spam".encode())


@pytest.fixture
def person(author):
    """An author with a mail address and a password."""
    author.user.email = "song@example.edu.cn"
    author.user.save()
    return author.user


@pytest.fixture
def operator_client(client_of, operator):
    return client_of(operator)


def everything_stored() -> str:
    """Every value of every table, and what the sessions hold, which is packed there."""
    with connection.cursor() as cursor:
        stored = []
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored += [str(value) for row in cursor.fetchall() for value in row]
    stored += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(stored)


def tokens_in(text: str) -> list[str]:
    """The secret parts of the links in ``text``."""
    return [path.rstrip("/").rpartition("/")[2] for path in LINK.findall(text)]


def _links_sent() -> list[str]:
    return [path for message in sent.outbox for path in LINK.findall(message.body)]


# --- Where they are not -------------------------------------------------------------------------------------


def test_no_table_ever_holds_a_link_that_was_issued(
    client_of, operator_client, province_admin, school, django_capture_on_commit_callbacks
):
    # Many of them: Django keeps messages that are too long for a cookie in the session, which is a table.
    people = [factories.make_user(f"a{number}", f"人{number}") for number in range(40)]
    User.objects.update(email="song@example.edu.cn")
    data = {"name": "新填报", "username": "xin", "email": "xin@example.edu.cn", "role": "author", "school": school.pk}
    with django_capture_on_commit_callbacks(execute=True):
        invited = client_of(province_admin).post("/province/accounts/add/", data).content.decode()
        issued = operator_client.post(
            reverse("admin:schools_user_changelist"),
            {"action": "issue_links", "_selected_action": [person.pk for person in people]},
        ).content.decode()
        before = everything_stored()
    after = everything_stored()
    tokens = tokens_in(invited) + tokens_in(issued) + tokens_in("\n".join(message.body for message in sent.outbox))
    assert len(tokens) == 1 + 40 + 41
    assert [token for token in tokens if token in before or token in after] == []


def test_an_operator_is_shown_each_link_once_and_told_of_who_gets_none(operator_client, person, second_author):
    User.objects.filter(pk=second_author.user.pk).update(is_active=False)
    chosen = {"action": "issue_links", "_selected_action": [person.pk, second_author.user.pk]}
    page = operator_client.post(reverse("admin:schools_user_changelist"), chosen)
    assert page.status_code == 200
    text = page.content.decode()
    [token] = tokens_in(text)
    assert accounts.user_of_link(urlsafe_base64_encode(str(person.pk).encode()), token) == person
    assert accounts.DEACTIVATED in text
    assert "no-store" in page["Cache-Control"]
    assert tokens_in(operator_client.get(reverse("admin:schools_user_changelist")).content.decode()) == []


def test_the_operators_list_of_mails_shows_no_link(operator_client, operator, person):
    accounts.issue_link(operator, person)
    row = OutgoingMail.objects.get()
    page = operator_client.get(reverse("admin:schools_outgoingmail_change", args=[row.pk])).content.decode()
    assert links.PLACEHOLDER in page
    assert "/accounts/activate/" not in page


def test_the_log_masks_a_link_in_a_line_and_in_a_stack_trace(person):
    formatter = import_string(portal.LOGGING["formatters"]["line"]["()"])("{levelname} {message}", style="{")
    path = links.make(person).removeprefix(portal.SITE_URL)
    record = logging.LogRecord("django.security.csrf", logging.WARNING, "", 1, "Forbidden: %s", (path,), None)
    assert formatter.format(record) == f"WARNING Forbidden: {links.PLACEHOLDER}"
    try:
        raise RuntimeError(f"cannot send: open {links.make(person)} now")
    except RuntimeError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "Failed", (), (type(error), error, error.__traceback__))
    text = formatter.format(record)
    assert text.endswith(f"RuntimeError: cannot send: open {links.PLACEHOLDER} now")
    assert "/accounts/activate/" not in text


def test_a_failure_that_quotes_the_link_is_noted_without_it(operator, person, settings):
    settings.EMAIL_BACKEND = "tests.schools.test_links.QuotingBackend"
    accounts.issue_link(operator, person)
    assert mail.deliver_due() == (0, 1)
    assert OutgoingMail.objects.get().last_error == (
        f"邮件服务器没有接受这封邮件（554 5.7.1 {links.PLACEHOLDER} looks like spam）"
    )


# --- Where they are -----------------------------------------------------------------------------------------


def test_the_mail_brings_a_link_that_holds(client, operator, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        accounts.issue_link(operator, person)
    [path] = _links_sent()
    assert links.PLACEHOLDER not in sent.outbox[0].body
    assert client.get(path).status_code == 200


def test_a_mail_that_was_kept_waiting_brings_a_fresh_link(client, operator, person, settings, monkeypatch):
    settings.EMAIL_BACKEND = FAILING
    accounts.issue_link(operator, person)
    mail.deliver_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", _in_days(6))
    assert mail.deliver_due(timezone.now() + timedelta(days=1)) == (1, 0)
    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", _in_days(12))
    assert client.get(_links_sent()[0]).status_code == 200


def _in_days(days):
    # As the generator counts: local time without a zone.
    now = timezone.make_naive(timezone.now())
    return lambda self: now + timedelta(days=days)


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"email": "another@example.edu.cn"},
        {"last_login": "2026-11-01T00:00Z"},
        {"password": "md5$salt$other"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_mail_whose_link_would_have_ended_is_not_sent_and_says_why(operator, person, change):
    accounts.issue_link(operator, person)
    User.objects.filter(pk=person.pk).update(**change)
    assert mail.deliver_due() == (0, 1)
    row = OutgoingMail.objects.get()
    assert (sent.outbox, row.given_up, row.last_error) == ([], True, mail.LINK_HAS_ENDED)


def test_a_second_invitation_ends_the_first_one_that_still_waits(operator, school):
    user = factories.make_user("xin", "新填报")
    user.email = "xin@example.edu.cn"
    user.set_unusable_password()
    user.save()
    accounts.issue_link(operator, user)
    accounts.issue_link(operator, user)
    assert mail.deliver_due() == (1, 1)
    assert list(OutgoingMail.objects.order_by("id").values_list("given_up", flat=True)) == [True, False]


def test_what_somebody_writes_into_another_mail_is_never_turned_into_a_link(person):
    mail.enqueue("song@example.edu.cn", "退回修改", f"请看：{links.PLACEHOLDER}", obj=person)
    mail.deliver_due()
    assert sent.outbox[0].body == f"请看：{links.PLACEHOLDER}"


# --- Mails from before --------------------------------------------------------------------------------------


def test_mails_from_before_are_masked_and_those_that_wait_are_sent(client, person, second_author):
    def old(user, **values):
        body = f"请打开：\n{links.make(user)}\n\n您的账号：{user.username}\n"
        email = "song@example.edu.cn"
        return OutgoingMail.objects.create(
            to=email, subject="x", body=body, object_type="user", object_id=user.pk, **values
        ).pk

    waiting, done, lost = old(person), old(person, sent_at=timezone.now()), old(person, given_up=True)
    User.objects.filter(pk=second_author.user.pk).update(
        last_login=timezone.now() + timedelta(minutes=1), email="song@example.edu.cn"
    )
    used = old(second_author.user)
    import_module("schools.migrations.0008_mask_links_in_mail").mask(apps, None)

    assert tokens_in("\n".join(OutgoingMail.objects.values_list("body", flat=True))) == []
    assert OutgoingMail.objects.get(pk=done).body == f"请打开：\n{links.PLACEHOLDER}\n\n您的账号：author\n"
    assert mail.deliver_due() == (1, 1)
    assert OutgoingMail.objects.get(pk=waiting).sent_at is not None
    assert client.get(_links_sent()[0]).status_code == 200
    assert OutgoingMail.objects.get(pk=used).last_error == mail.LINK_HAS_ENDED
    mail.send_again(OutgoingMail.objects.filter(pk=lost))
    assert mail.deliver_due() == (1, 0)
    assert client.get(_links_sent()[1]).status_code == 200
