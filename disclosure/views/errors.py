"""What is shown when a request cannot be read, when database or disk are away, and when the portal itself has failed."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.template import loader
from django.utils.cache import add_never_cache_headers

from disclosure.health import Outage, outage_of
from schools.access import wants_json

UNREADABLE = "浏览器发来的内容不完整或格式有误，没有保存。"
TOO_LARGE = (
    f"这次提交的内容超过 {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024} MB，没有保存。"
    "请删去不需要的内容后再试。"
)
# In bytes, and how much of it at a time. Whoever sends more sees a broken connection.
_MOST_DRAINED, _CHUNK = 64 * 1024 * 1024, 1024 * 1024
# When to ask again, in seconds, while database or disk are away.
RETRY_AFTER = 30


def bad_request(request, exception):
    """The page for a request that cannot be read; a script gets the same as JSON.

    Django's own asks for a CSRF token first, and so reads again the very body that cannot be read.
    """
    # A session that could not be written is for Django one that somebody has deleted.
    if outage := outage_of(exception):
        return unavailable(request, outage)
    is_too_large = isinstance(exception, RequestDataTooBig)
    if is_too_large:
        _drain(request)
    status, sentence = (413, TOO_LARGE) if is_too_large else (400, UNREADABLE)
    if wants_json(request):
        return JsonResponse({"state": "refused", "message": sentence}, status=status)
    return HttpResponse(loader.get_template("400.html").render({"sentence": sentence}), status=status)


def _drain(request) -> None:
    """Read what is still being sent: an answer before its end is lost with the connection."""
    read = 0
    try:
        while read < _MOST_DRAINED and (chunk := request.read(_CHUNK)):
            read += len(chunk)
    except OSError:  # the visitor has gone
        pass


def server_error(request):
    """The page for a fault of ours, with the number under which the log tells of it; that of an outage for an outage.

    Rendered without the request, as Django does it: what failed may be the session or the database.
    """
    # Django calls this while it handles the exception, from whichever middleware or view it came.
    if outage := outage_of(sys.exception()):
        return unavailable(request, outage)
    return HttpResponseServerError(loader.get_template("500.html").render({"number": request.id}))


def unavailable(request, outage: Outage):
    """The page while database or disk are away; a script gets the same as JSON. Needs neither of them."""
    if wants_json(request):
        response = JsonResponse({"state": "unavailable", "message": f"{outage.sentence}。"}, status=503)
    else:
        context = {"title": outage.title, "sentence": outage.sentence, "number": request.id}
        response = HttpResponse(loader.get_template("503.html").render(context), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response
