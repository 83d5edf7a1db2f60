"""Who is asking, and whether they have been away too long.

Both work when the view is known and before it runs, and leave public pages alone: those are the same for everyone, so
they ask neither session nor database, and a cache may keep them.
"""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout

from schools.access import to_sign_in
from schools.actor import SESSION_KEY, actor_of

PUBLIC_NAMESPACE = "public"
SEEN_AT = "seen_at"
# The session is written at most this often, in seconds: the idle limit is counted in minutes.
SEEN_EVERY = 60


def _is_public(request) -> bool:
    return request.resolver_match.namespaces[:1] == [PUBLIC_NAMESPACE]


class IdleTimeoutMiddleware:
    """Sign out whoever has done nothing for ``settings.IDLE_TIMEOUT``.

    What a page asks by itself (``X-Background: 1``) is nothing done. The membership that was chosen is remembered,
    so that who signs in again, in place or not, goes on where they were.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if _is_public(request) or not request.user.is_authenticated:
            return None
        now = int(time.time())
        seen_at = request.session.get(SEEN_AT)
        if seen_at is not None and now - seen_at > settings.IDLE_TIMEOUT.total_seconds():
            return self._sign_out(request)
        if seen_at is None or (now - seen_at >= SEEN_EVERY and request.headers.get("X-Background") != "1"):
            request.session[SEEN_AT] = now
        return None

    def _sign_out(self, request):
        chosen = request.session.get(SESSION_KEY)
        logout(request)
        if chosen is not None:
            request.session[SESSION_KEY] = chosen
        minutes = int(settings.IDLE_TIMEOUT.total_seconds() // 60)
        response = to_sign_in(request)
        if response.status_code == 302:
            messages.info(
                request, f"您有 {minutes} 分钟没有操作，为保障安全已退出登录。请重新登录，随后回到刚才的页面。"
            )
        return response


class ActorMiddleware:
    """Give each request its ``actor``: an Actor, or None for a visitor and on public pages.

    One query where somebody is signed in, none otherwise.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not _is_public(request):
            request.actor = actor_of(request)
