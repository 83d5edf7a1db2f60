"""The outbox: after the commit, once, again after a failure, given up in the end."""

import threading
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail as sent
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from schools import mail
from schools.models import OutgoingMail

FAILING = "tests.schools.test_mail.FailingBackend"


class FailingBackend(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


class SlowBackend(BaseEmailBackend):
    """A mail server that takes its time, and remembers how often it was asked."""

    started = threading.Barrier(2, timeout=0.5)
    asked = []

    def send_messages(self, messages):
        SlowBackend.asked.append(messages[0].subject)
        with suppress(threading.BrokenBarrierError):  # nobody else came to send the same mail: as it should be
            SlowBackend.started.wait()
        return 1


class TardyBackend(BaseEmailBackend):
    """A mail server that takes a lease's time for each mail; ``late`` is how long it has taken so far."""

    late = timedelta()
    leases = []

    def send_messages(self, messages):
        row = OutgoingMail.objects.get(subject=messages[0].subject)
        TardyBackend.leases.append(row.due_at - timezone.now())
        TardyBackend.late += mail.LEASE
        return 1


class InterruptedBackend(BaseEmailBackend):
    """While the first mail is sent, a second one is written; while that is sent, somebody presses Ctrl+C."""

    def send_messages(self, messages):
        if messages[0].subject == "第二封":
            raise KeyboardInterrupt
        OutgoingMail.objects.create(to="song@example.edu.cn", subject="第二封", body="正文")
        return 1


def _enqueue(subject="已发布", to="song@example.edu.cn"):
    return mail.enqueue(to, subject, "正文\n")


@pytest.mark.django_db
def test_mail_is_sent_after_the_commit_and_once(django_capture_on_commit_callbacks, school):
    with django_capture_on_commit_callbacks(execute=True):
        row = mail.enqueue("song@example.edu.cn", "已发布", "正文\n", obj=school)
        assert sent.outbox == []
    assert [(message.to, message.subject, message.body) for message in sent.outbox] == [
        (["song@example.edu.cn"], "已发布", "正文\n")
    ]
    row.refresh_from_db()
    assert (row.object_type, row.object_id, row.attempts, row.last_error) == ("school", school.pk, 1, "")
    assert row.sent_at is not None
    assert mail.deliver_due() == (0, 0)
    assert len(sent.outbox) == 1


@pytest.mark.django_db
def test_nothing_is_sent_of_what_was_undone(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        _enqueue()
        transaction.set_rollback(True)
    assert (callbacks, sent.outbox, OutgoingMail.objects.count()) == ([], [], 0)


@pytest.mark.django_db
def test_a_line_break_in_a_subject_adds_no_header():
    _enqueue("已发布\r\nBcc: everyone@example.edu.cn")
    assert mail.deliver_due() == (1, 0)
    assert (sent.outbox[0].subject, sent.outbox[0].bcc) == ("已发布 Bcc: everyone@example.edu.cn", [])


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_later_and_then_given_up(settings):
    settings.EMAIL_BACKEND = FAILING
    row, now = _enqueue(), timezone.now()
    waits = []
    for _ in range(5):
        assert mail.deliver_due(now) == (0, 1)
        row.refresh_from_db()
        waits.append(row.due_at - now)
        assert mail.deliver_due(row.due_at - timedelta(seconds=1)) == (0, 0)
        now = row.due_at
    assert waits == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=12),
    ]
    assert not row.given_up
    assert mail.deliver_due(now) == (0, 1)
    row.refresh_from_db()
    assert (row.given_up, row.attempts, row.sent_at) == (True, 6, None)
    assert row.last_error == "邮件服务器没有响应，或者连接中断"
    assert mail.deliver_due(now + timedelta(days=30)) == (0, 0)


@pytest.mark.django_db
def test_one_bad_mail_does_not_hold_up_the_others():
    bad, good = _enqueue(to="宋@@example"), _enqueue("第二封")
    assert mail.deliver_due() == (1, 1)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.sent_at, good.sent_at is None) == (None, False)


@pytest.mark.django_db
def test_a_server_that_is_away_is_asked_once_a_batch(settings):
    settings.EMAIL_BACKEND = FAILING
    for number in range(3):
        mail.enqueue(f"a{number}@example.edu.cn", "主题", "正文")
    assert mail.deliver_due() == (0, 1)
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]


@pytest.mark.django_db
def test_what_was_given_up_can_be_sent_again_and_what_was_sent_is_not():
    done, given_up = _enqueue("第一封"), _enqueue("第二封")
    OutgoingMail.objects.filter(pk=given_up.pk).update(given_up=True, attempts=6)
    mail.deliver_due()
    assert mail.send_again(OutgoingMail.objects.all()) == 1
    assert mail.deliver_due() == (1, 0)
    assert [message.subject for message in sent.outbox] == ["第一封", "第二封"]
    assert done.pk != given_up.pk


@pytest.mark.django_db
def test_a_mail_whose_sender_died_is_taken_again_after_the_lease():
    row, now = _enqueue(), timezone.now()
    assert mail._claim(OutgoingMail.objects.get(), now)
    assert mail.deliver_due(now) == (0, 0)
    assert mail.deliver_due(now + mail.LEASE) == (1, 0)
    row.refresh_from_db()
    assert row.attempts == 2


@pytest.mark.django_db
def test_the_lease_of_a_mail_begins_with_its_own_turn(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.schools.test_mail.TardyBackend"
    _enqueue("第一封")
    _enqueue("第二封")
    start = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: start + TardyBackend.late)
    assert mail.deliver_due() == (2, 0)
    assert TardyBackend.leases == [mail.LEASE, mail.LEASE]


@pytest.mark.django_db
def test_only_one_of_two_gets_the_same_mail():
    _enqueue()
    first, second, now = OutgoingMail.objects.get(), OutgoingMail.objects.get(), timezone.now()
    assert [mail._claim(first, now), mail._claim(second, now)] == [True, False]


def test_two_processes_at_once_send_a_mail_once(committed_db, settings):
    OutgoingMail.objects.create(to="song@example.edu.cn", subject="已发布", body="正文")
    settings.EMAIL_BACKEND = "tests.schools.test_mail.SlowBackend"
    SlowBackend.asked.clear()
    results = []

    def deliver():
        results.append(mail.deliver_due())
        connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [(0, 0), (1, 0)]
    assert SlowBackend.asked == ["已发布"]


@pytest.mark.django_db
def test_the_command_says_what_it_sent():
    _enqueue()
    out = StringIO()
    call_command("deliver_mail", stdout=out)
    call_command("deliver_mail", stdout=out)
    assert out.getvalue() == "已发送 1 封，失败 0 封。\n"
    with pytest.raises(CommandError, match="--loop 应为正整数（秒）。"):
        call_command("deliver_mail", loop=0)


def test_the_command_looks_again_and_again_until_it_is_interrupted(committed_db, settings):
    settings.EMAIL_BACKEND = "tests.schools.test_mail.InterruptedBackend"
    OutgoingMail.objects.create(to="song@example.edu.cn", subject="第一封", body="正文")
    out = StringIO()
    call_command("deliver_mail", loop=1, stdout=out)
    assert out.getvalue() == "已发送 1 封，失败 0 封。\n"
    assert list(OutgoingMail.objects.order_by("id").values_list("subject", "attempts")) == [
        ("第一封", 1),
        ("第二封", 1),
    ]


def test_the_loop_goes_on_when_the_database_has_been_away(committed_db, settings):
    settings.EMAIL_BACKEND = "tests.schools.test_mail.InterruptedBackend"
    OutgoingMail.objects.create(to="song@example.edu.cn", subject="第二封", body="正文")
    refused = []

    def away_at_first(execute, *arguments):
        if not refused:
            refused.append("once")
            raise OperationalError("the server closed the connection")
        return execute(*arguments)

    with connection.execute_wrapper(away_at_first):
        call_command("deliver_mail", loop=1, stdout=StringIO())
    assert OutgoingMail.objects.get().attempts == 1
