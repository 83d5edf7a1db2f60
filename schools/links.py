"""One-time links that set a password: made for the moment in which somebody is shown or sent one, and kept nowhere.

A mail in the outbox holds ``PLACEHOLDER`` and the ``state_of`` its account; the link is made when the mail goes out.
Whatever might write a link down all the same, the log above all, goes through ``mask``.

Knows no model: the log is set up before there are any.
"""

import logging
import re

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

PLACEHOLDER = "（设置密码的链接，发送时生成，只写在邮件中）"
# The address of schools.urls, with whatever stands before it: a proxy's log has the path alone.
_LINK = re.compile(r"(?:https?://[^\s/\"'<>]+)?/accounts/activate/[\w=-]+/[\w=-]+/?")


def make(user) -> str:
    """A link that sets the password of ``user``; it ends with its use or after PASSWORD_RESET_TIMEOUT."""
    arguments = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    return settings.SITE_URL + reverse("accounts:activate", args=arguments)


def state_of(user) -> str:
    """A digest of what ends a link when it changes: password, last sign-in, mail address. No link follows from it."""
    seen_at = user.last_login.timestamp() if user.last_login else ""
    state = f"{user.pk} {user.password} {seen_at} {user.email}"
    return salted_hmac("schools.links.state_of", state, algorithm="sha256").hexdigest()


def mask(text: str) -> str:
    """``text`` with ``PLACEHOLDER`` in the place of every link."""
    return _LINK.sub(PLACEHOLDER, text)


class MaskingFormatter(logging.Formatter):
    """A formatter for the log whose lines, stack traces included, hold no link."""

    def format(self, record):
        return mask(super().format(record))
