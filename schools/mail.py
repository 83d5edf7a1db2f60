"""The outbox: mail is a row in the transaction of what it tells of, and is sent after the commit.

A row never holds a link that sets a password: that is made, and put into the text, when the mail goes out.
"""

import logging
import smtplib
import socket
import ssl
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from schools import links
from schools.audit import type_name
from schools.enums import MailStatus
from schools.lines import clipped, storable
from schools.models import OutgoingMail, User

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

# Why a mail was not sent, for whoever runs the portal; the first that fits. The log has the error itself.
REASONS = (
    (SERVER_IS_AWAY, "邮件服务器没有响应，或者连接中断"),
    (smtplib.SMTPAuthenticationError, "邮件服务器不接受发信的用户名或密码"),
    (smtplib.SMTPSenderRefused, "邮件服务器不接受发件人的地址"),
    (smtplib.SMTPRecipientsRefused, "邮件服务器不接受收件人的地址"),
    (smtplib.SMTPException, "邮件服务器没有接受这封邮件"),
    (ssl.SSLError, "与邮件服务器的加密连接没有建立"),
    (OSError, "邮件没有写到磁盘，或者没有送到邮件服务器"),
    (ValueError, "收件人的地址或邮件的内容不合规定"),
)
UNKNOWN_REASON = "发送时出错，原因见日志"
LINK_HAS_ENDED = "账号、邮箱或密码后来有变动，邮件中的链接已经作废，因此不再发送；需要时请重新发出链接"


class LinkHasEnded(Exception):
    """The link that a mail was to bring would not be valid any more."""


def enqueue(to: str, subject: str, body: str, obj=None, event: str = "", link_state: str = "") -> OutgoingMail:
    """Put a mail into the outbox; ``obj`` is the model instance it is about, ``event`` the type of event it tells of.

    It is sent once the commit is done. A mail that brings the account ``obj`` a link to set the password says
    ``links.PLACEHOLDER`` in its body, and with ``link_state`` what that account is like now.
    """
    from schools.tasks import deliver_mail  # the task calls deliver_due, so at the top the two would wait in a ring

    row = OutgoingMail.objects.create(
        to=to,
        subject=clipped(subject, OutgoingMail._meta.get_field("subject").max_length),
        body=storable(body),
        object_type=type_name(obj) if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        event=event,
        link_state=link_state,
    )
    # robust: what was decided stands, even where the task cannot be handed over; `deliver_mail` sends it later.
    transaction.on_commit(deliver_mail.enqueue, robust=True)
    return row


def waiting():
    """The mails that are neither sent nor given up."""
    return OutgoingMail.objects.in_status(MailStatus.WAITING)


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
            body = _body(mail)
        except LinkHasEnded:
            _give_up(mail, LINK_HAS_ENDED)
            failed += 1
            continue
        try:
            EmailMessage(mail.subject, body, to=[mail.to]).send()
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


def _body(mail: OutgoingMail) -> str:
    """The text as it goes out, with a link made now where one belongs into it."""
    if not mail.link_state:
        return mail.body
    user = User.objects.filter(pk=mail.object_id, is_active=True).first()
    if user is None or user.email != mail.to or links.state_of(user) != mail.link_state:
        raise LinkHasEnded
    return mail.body.replace(links.PLACEHOLDER, links.make(user))


def _postpone(mail, error, now) -> None:
    reason = _reason(error)
    if mail.attempts > len(WAITS):
        _give_up(mail, reason)
    else:
        OutgoingMail.objects.filter(pk=mail.pk).update(due_at=now + WAITS[mail.attempts - 1], last_error=reason)


def _give_up(mail, reason: str) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(given_up=True, last_error=reason)


def _reason(error: Exception) -> str:
    """Why a mail was not sent, in words, with what the mail server answered."""
    reason = next((reason for kinds, reason in REASONS if isinstance(error, kinds)), UNKNOWN_REASON)
    replies = []
    if isinstance(error, smtplib.SMTPResponseException):
        replies = [(error.smtp_code, error.smtp_error)]
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = list(error.recipients.values())
    said = "；".join(f"{code} {_text(reply)}" for code, reply in replies)
    # Some servers quote the line of the mail that they do not like.
    reason = links.mask(f"{reason}（{said}）" if said else reason)
    return clipped(reason, OutgoingMail._meta.get_field("last_error").max_length)


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else str(reply)


def send_again(mails) -> int:
    """Give the unsent mails of a queryset a fresh start; return how many there are."""
    count = mails.filter(sent_at__isnull=True).update(given_up=False, attempts=0, due_at=timezone.now())
    from schools.tasks import deliver_mail  # see enqueue

    transaction.on_commit(deliver_mail.enqueue, robust=True)
    return count
