"""What is shown when a request cannot be read, and when the portal itself has failed."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.template import loader

from schools.access import wants_json

UNREADABLE = "浏览器发来的内容不完整或格式有误，没有保存。"
TOO_LARGE = (
    f"这次提交的内容超过 {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024} MB，没有保存。"
    "请删去不需要的内容后再试。"
)
# In bytes, and how much of it at a time. Whoever sends more sees a broken connection.
_MOST_DRAINED, _CHUNK = 64 * 1024 * 1024, 1024 * 1024


def bad_request(request, exception):
    """The page for a request that cannot be read; a script gets the same as JSON.

    Django's own asks for a CSRF token first, and so reads again the very body that cannot be read.
    """
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
    """The page for a fault of ours, with the number under which the log tells of it.

    Rendered without the request, as Django does it: what failed may be the session or the database.
    """
    return HttpResponseServerError(loader.get_template("500.html").render({"number": request.id}))
