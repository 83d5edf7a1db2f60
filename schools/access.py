"""Who may open which page: decorators for views, and the answers to those who may not.

A visitor is sent to the sign-in and back; a person in another role gets the 403 page with the reason in one sentence,
and the attempt stands in the audit trail; a fetch by script gets the same as JSON.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from schools import audit
from schools.actor import Actor
from schools.enums import PROVINCE_ROLES, SCHOOL_ROLES, EventType, Role
from schools.lines import clipped

SIGNED_OUT = {"state": "signed_out"}
NO_MEMBERSHIP = "您的账号目前没有可用的任职，不能填报或审核。"
NOT_ALLOWED = "您的账号没有这项权限。"


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks and not a person: it says so, or the browser does."""
    return "application/json" in request.headers.get("Accept", "") or request.headers.get("Sec-Fetch-Dest") == "empty"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the sign-in, and back here afterwards; a fetch learns that nobody is signed in."""
    if wants_json(request):
        return JsonResponse(SIGNED_OUT, status=401)
    return redirect_to_login(_way_back(request))


def _way_back(request) -> str:
    """The page to come back to: this one, or, as a POST cannot be repeated, the page it was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    if is_our_address(request, referer):
        parts = urlsplit(referer)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return resolve_url("accounts:login")


def is_our_address(request: HttpRequest, address: str) -> bool:
    """Whether ``address`` leads to this portal and not, by somebody's invention, elsewhere."""
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def home_of(actor: Actor) -> str:
    """The address where a person's work begins, by role."""
    if actor.role in SCHOOL_ROLES:
        return resolve_url("author:home")
    if actor.role in PROVINCE_ROLES:
        return resolve_url("review:queue")
    if actor.user.is_superuser:
        return resolve_url("admin:index")
    return resolve_url("accounts:choose_organisation")


def require(why_not: str | None) -> None:
    """Go on where there is no reason why not; otherwise the 403 page says the reason.

    Raises ``PermissionDenied``: call it where nothing is half done, since the transaction around it is undone.
    """
    if why_not is not None:
        raise PermissionDenied(why_not)


def signed_in(view):
    """A view for whoever is signed in, in whichever role. ``request.actor`` is an Actor there."""

    @wraps(view)
    @never_cache
    def inner(request, *args, **kwargs):
        if request.actor is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return inner


def role_required(*roles: Role):
    """A view for people who act in one of ``roles`` now."""

    def decorate(view):
        @wraps(view)
        @signed_in
        def inner(request, *args, **kwargs):
            require(why_not_in_role(request.actor, *roles))
            return view(request, *args, **kwargs)

        return inner

    return decorate


def why_not_in_role(actor: Actor, *roles: Role) -> str | None:
    """Why an actor may not do what is for ``roles``, or None."""
    if actor.role in roles:
        return None
    if actor.membership is None:
        return NO_MEMBERSHIP
    wanted = "、".join(Role(role).label for role in roles)
    return f"这个页面供{wanted}使用。您现在的身份是{actor.organisation}的{Role(actor.role).label}。"


school_only = role_required(Role.AUTHOR, Role.SIGNATORY)
province_only = role_required(Role.REVIEWER, Role.PROVINCE_ADMIN)
province_admin_only = role_required(Role.PROVINCE_ADMIN)


def denied(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """The answer to every denied attempt, and its line in the audit trail: Django's handler403."""
    reason = str(exception) or NOT_ALLOWED
    # Public pages know no actor; nothing is denied there. A request that fails before its view has none either.
    actor = getattr(request, "actor", None)
    address = request.META.get("REMOTE_ADDR") or None
    audit.record(
        EventType.DENIED,
        actor,
        address=address,
        by="未登录的访客",
        path=clipped(request.path, 300),
        reason=clipped(reason, 300),
    )
    if wants_json(request):
        return JsonResponse({"state": "denied", "message": reason}, status=403)
    home = home_of(actor) if actor else resolve_url("public:home")
    return render(request, "403.html", {"exception": reason, "home": home}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that is too old. A script is given a fresh token, to ask once more with: no other site
    can read it.
    """
    if wants_json(request):
        return JsonResponse({"state": "stale", "csrf_token": get_token(request)}, status=403)
    return render(request, "403_csrf.html", status=403)
