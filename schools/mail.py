"""The outbox: mail is a row in the transaction of what it tells of, and is sent after the commit."""

import logging
import smtplib
import socket
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from schools.audit import type_name
from schools.lines import clipped, storable
from schools.models import OutgoingMail

log = logging.getLogger(__name__)

# How long to wait after the first, second … failure; after as many failures and one more it is given up.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
# Whoever takes a mail has this long to send it; when the process dies meanwhile, another one takes it again.
LEASE = timedelta(minutes=10)
BATCH = 100


# What says that the mail server cannot be reached at all, and not that it refuses one mail.
SERVER_IS_AWAY = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    smtplib.SMTPConnectError,
    smtplib.SMTPServerDisconnected,
)


def enqueue(to: str, subject: str, body: str, obj=None) -> OutgoingMail:
    """Put a mail into the outbox; ``obj`` is the model instance it is about. It is sent once the commit is done."""
    from schools.tasks import deliver_mail  # the task calls deliver_due, so at the top the two would wait in a ring

    row = OutgoingMail.objects.create(
        to=to,
        subject=clipped(subject, OutgoingMail._meta.get_field("subject").max_length),
        body=storable(body),
        object_type=type_name(obj) if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
    )
    # robust: what was decided stands, even where the task cannot be handed over; `deliver_mail` sends it later.
    transaction.on_commit(deliver_mail.enqueue, robust=True)
    return row


def waiting():
    """The mails that are neither sent nor given up."""
    return OutgoingMail.objects.filter(sent_at__isnull=True, given_up=False)


def deliver_due(now: datetime | None = None) -> tuple[int, int]:
    """Send what is due at ``now``; return how many were sent and how many failed.

    A server that cannot be reached ends the batch: what is left stays due.

    Any number of processes may run this at once: a mail belongs to whoever's UPDATE finds it unclaimed. Nothing is
    locked while the mail server is spoken to. At worst, when a process dies between sending and noting it, a mail
    goes out again after ``LEASE``.
    """
    now = now or timezone.now()
    sent = failed = 0
    for mail in waiting().filter(due_at__lte=now).order_by("due_at", "id")[:BATCH]:
        # From this mail's own turn on: the ones before it may have waited for the server longer than a lease.
        if not _claim(mail, max(now, timezone.now())):
            continue
        try:
            EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
        except Exception as error:  # whatever is wrong with one mail or server must not hold up the others
            log.warning("Mail %s failed at attempt %s: %s", mail.pk, mail.attempts, error)
            _postpone(mail, error, now)
            failed += 1
            if isinstance(error, SERVER_IS_AWAY):
                # Whoever waits for this (a request, where tasks run in it) shall not wait once more for each mail.
                break
        else:
            OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error="")
            sent += 1
    return sent, failed


def _claim(mail, now) -> bool:
    """Take a mail for this process, counting the attempt; False where another one was faster."""
    unclaimed = waiting().filter(pk=mail.pk, attempts=mail.attempts, due_at=mail.due_at)
    mail.attempts += 1
    return unclaimed.update(attempts=F("attempts") + 1, due_at=now + LEASE) == 1


def _postpone(mail, error, now) -> None:
    row = OutgoingMail.objects.filter(pk=mail.pk)
    reason = clipped(f"{type(error).__name__}: {error}", OutgoingMail._meta.get_field("last_error").max_length)
    if mail.attempts > len(WAITS):
        row.update(given_up=True, last_error=reason)
    else:
        row.update(due_at=now + WAITS[mail.attempts - 1], last_error=reason)


def send_again(mails) -> int:
    """Give the unsent mails of a queryset a fresh start; return how many there are."""
    count = mails.filter(sent_at__isnull=True).update(given_up=False, attempts=0, due_at=timezone.now())
    from schools.tasks import deliver_mail  # see enqueue

    transaction.on_commit(deliver_mail.enqueue, robust=True)
    return count
