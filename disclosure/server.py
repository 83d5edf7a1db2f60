"""What gunicorn itself answers, before the portal is asked: in words too."""

import logging

from csp.utils import build_policy
from gunicorn import util

from disclosure import errors

logger = logging.getLogger(__name__)
_plain = util.write_error


def install() -> None:
    """Put our pages in the place of gunicorn's English ones, for which it has no setting.

    They answer an address or headers that are too long, and what is no HTTP at all. A journey asks for each.
    """
    util.write_error = write_error


def write_error(sock, status: int, reason: str, message: str) -> None:
    """Send the page of ``status`` over ``sock``, as ``gunicorn.util.write_error`` does; ``message`` is for the log."""
    try:
        response = _response(status, reason)
    except Exception:  # an answer in English is better than none
        logger.exception("The page of an error could not be made.")
        _plain(sock, status, reason, message)
        return
    util.write_nonblock(sock, response)


def _response(status: int, reason: str) -> bytes:
    body = errors.html(errors.WORDS.get(status, errors.UNREADABLE)).encode()
    headers = {
        "Connection": "close",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Content-Security-Policy": build_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("latin-1") + body
