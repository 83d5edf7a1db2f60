"""What every request is given first: a number for the log and the visitor's true address."""

import ipaddress
import logging
import re
import secrets
from contextvars import ContextVar

from django.conf import settings

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Number each request, in the log and in the answer's X-Request-ID: the report of a fault then finds its lines.

    A number given by a proxy is kept where a proxy is configured; a visitor's own is not, or anyone could write
    into the log what it should say.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        trusted = settings.PROXIES and re.fullmatch(r"[A-Za-z0-9-]{8,64}", given)
        request.id = given if trusted else secrets.token_hex(6)
        token = _request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class RequestIdFilter(logging.Filter):
    """Give each line of the log the number of its request, or a dash outside of one."""

    def filter(self, record):
        record.request_id = _request_id.get()
        return True


def _is_address(text: str) -> bool:
    """Whether ``text`` is an IP address; some proxies write a port behind it, and PostgreSQL stores nothing else."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class ClientAddressMiddleware:
    """Put the visitor's address into REMOTE_ADDR, from X-Forwarded-For where proxies are configured.

    Each proxy adds at the end the address that called it, so with n proxies the n-th entry from the end was
    written by the outermost of them: the visitor's. What stands before it anyone can invent.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.PROXIES:
            entries = [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",")]
            if len(entries) >= settings.PROXIES and _is_address(entries[-settings.PROXIES]):
                request.META["REMOTE_ADDR"] = entries[-settings.PROXIES]
        # A link-local address names the network card of this machine, which PostgreSQL does not store.
        request.META["REMOTE_ADDR"] = request.META.get("REMOTE_ADDR", "").partition("%")[0]
        return self.get_response(request)
