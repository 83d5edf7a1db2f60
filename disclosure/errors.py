"""What is shown when a request cannot be taken, when database or disk are away, and when the portal itself has failed."""

import sys
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.utils.cache import add_never_cache_headers

from disclosure.health import Outage, outage_of
from schools.access import wants_json


@dataclass(frozen=True)
class Words:
    """What a page says of an error: its heading, what happened, and what to do."""

    title: str
    sentence: str
    advice: str


UNREADABLE = Words(
    "这个请求无法处理",
    "浏览器发来的内容不完整或格式有误，没有保存。",
    "请返回上一页重试；仍然不行时，请重新打开浏览器。",
)
TOO_LARGE = Words(
    "内容太大，没有保存",
    f"这次提交的内容超过 {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024} MB，没有保存。",
    "请返回上一页，删去不需要的内容后再试。",
)
READ_ONLY = Words(
    "这个网址只供查阅",
    "这个网址不接受提交，发来的内容没有保存。",
    "要查阅这里的内容，请在浏览器的地址栏里重新打开这个网址。",
)
BY_BUTTON_ONLY = Words(
    "这个网址不能直接打开",
    "这个网址只用来接收页面上的操作，本身没有可看的内容。",
    "请回到刚才的页面，从页面上的按钮进入。",
)
# What else a visitor can provoke before a view is asked, or a static file answers.
WORDS = {
    400: UNREADABLE,
    413: TOO_LARGE,
    414: Words(
        "网址太长，无法打开",
        "这个网址超过了系统能够接收的长度。",
        "如果您在查找报告，请减少查找的文字；如果网址是从别处复制的，请检查是否多复制了内容。",
    ),
    416: Words(
        "没有这一段内容",
        "浏览器要求的是文件的一部分，而文件没有那么长。",
        "请重新下载整个文件。",
    ),
    431: Words(
        "浏览器发来的信息太多",
        "随请求发来的附加信息（例如 Cookie）超过了系统能够接收的长度。",
        "请清除浏览器中本站的 Cookie，再重新打开网页。",
    ),
    500: Words("系统出了问题", "这不是您的操作造成的，系统已记录下来。", "请稍后再试。"),
}
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
    if isinstance(exception, RequestDataTooBig):
        return page(request, 413, TOO_LARGE)
    return page(request, 400, UNREADABLE)


def page(request, status: int, words: Words) -> HttpResponse:
    """An error as a page of ours; a script gets its sentences as JSON."""
    if wants_json(request):
        return JsonResponse({"state": "refused", "message": f"{words.sentence}{words.advice}"}, status=status)
    return HttpResponse(html(words), status=status)


def html(words: Words) -> str:
    """The page of an error. It needs no request, and so can be shown where there is none."""
    return loader.get_template("400.html").render({"words": words})


def in_words(request, response: HttpResponseBase) -> HttpResponse:
    """A page in the place of an error that comes without one, with the other headers as they were."""
    status = response.status_code
    if status == 405:
        words = READ_ONLY if "GET" in response.get("Allow", "") else BY_BUTTON_ONLY
    else:
        words = WORDS.get(status, UNREADABLE)
    answer = page(request, status, words)
    for name, value in response.items():
        answer.headers.setdefault(name, value)
    # The length was that of nothing.
    answer.headers.pop("Content-Length", None)
    return answer


def server_error(request):
    """The page for a fault of ours, with the number under which the log tells of it; that of an outage for an outage.

    Rendered without the request, as Django does it: what failed may be the session or the database.
    """
    # Django calls this while it handles the exception, from whichever middleware or view it came.
    if outage := outage_of(sys.exception()):
        return unavailable(request, outage)
    return HttpResponseServerError(loader.get_template("500.html").render({"number": request.id}))


class ErrorPageMiddleware:
    """See to it that an error arrives, and in words.

    A wrong method, above all, Django and WhiteNoise answer with an empty page. And what is still being sent is read
    first: an answer before its end is lost with the connection.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code < 400:
            return response
        _drain(request)
        return in_words(request, response) if response.streaming or not response.content else response


def _drain(request) -> None:
    """Read what is still being sent."""
    read = 0
    try:
        while read < _MOST_DRAINED and (chunk := request.read(_CHUNK)):
            read += len(chunk)
    except OSError:  # the visitor has gone
        pass


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
