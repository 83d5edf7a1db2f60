"""Signing in and out, the own password, the organisation acted for."""

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import auth, messages
from django.db import transaction
from django.http import JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from schools import accounts, audit
from schools.access import home_of, is_our_address, signed_in, wants_json
from schools.actor import SESSION_KEY, active_memberships, actor_for
from schools.enums import EventType
from schools.forms import ChangePasswordForm, ChooseOrganisationForm, NewPasswordForm, SignInForm

# A link proves who one is as a password does; the sign-in that follows needs the backend's name.
BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request):
    """Sign in, on its own page or in place: with ``Accept: application/json`` the answer is
    ``{"user_id", "csrf_token"}`` or 400 ``{"message"}``. ``membership`` names the one to go on with, if any.
    """
    if request.method != "POST":
        if request.actor is not None:
            return redirect(_after_sign_in(request, request.actor))
        return render(request, "schools/login.html", {"form": SignInForm(request), "next": _next(request)})
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        if wants_json(request):
            sentences = [sentence for errors in form.errors.values() for sentence in errors]
            return JsonResponse({"message": "".join(sentences)}, status=400)
        return render(request, "schools/login.html", {"form": form, "next": _next(request)}, status=400)
    user = form.get_user()
    auth.login(request, user)
    _remember(request, user, request.POST.get("membership", ""))
    if wants_json(request):
        return JsonResponse({"user_id": user.pk, "csrf_token": get_token(request)})
    return redirect(_after_sign_in(request, actor_for(user, request.session.get(SESSION_KEY))))


def _remember(request, user, membership: str) -> None:
    """Keep in the session which membership is acted through, where it is one of the person's own."""
    if membership and any(str(one.pk) == membership for one in active_memberships(user)):
        request.session[SESSION_KEY] = int(membership)


def _next(request) -> str:
    """The page that was asked for before signing in, if it is one of ours."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    # A path from the root on: a bare word would be taken for the name of a page.
    return address if address.startswith("/") and is_our_address(request, address) else ""


def _after_sign_in(request, actor) -> str:
    """Where to go: first choose, if there is a choice; then the page asked for; else where one's work begins.

    The public pages link to the author's desk for everyone; a reviewer who follows that link means the queue.
    """
    asked = _next(request)
    if asked in (resolve_url("author:home"), resolve_url("review:queue"), resolve_url("accounts:login")):
        asked = ""
    chosen = actor.membership and actor.membership.pk == request.session.get(SESSION_KEY)
    if not chosen and active_memberships(actor.user).count() > 1:
        return resolve_url("accounts:choose_organisation") + (f"?{_query(next=asked)}" if asked else "")
    return asked or home_of(actor)


def _query(**values) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()


@require_POST
def logout(request):
    """Sign out."""
    auth.logout(request)
    messages.success(request, "您已退出登录。")
    return redirect("accounts:login")


def locked_out(request, original_response, credentials):
    """The answer of django-axes to too many failures: how long, and what to do."""
    username = (credentials or {}).get("username") or ""
    attempts = AccessAttempt.objects.filter(username=username, ip_address=request.axes_ip_address)
    last = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first() or timezone.now()
    until = timezone.localtime(last + settings.AXES_COOLOFF_TIME)
    if wants_json(request):
        message = f"登录失败次数过多，登录已暂停，请在 {until:%H:%M} 以后再试。"
        return JsonResponse({"message": message}, status=429)
    context = {"until": until, "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)}
    return render(request, "schools/locked.html", context, status=429)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password_change(request):
    """Change the own password; other sessions of the person end."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "schools/password_change.html", {"form": form}, status=400 if form.errors else 200)
    accounts.change_password(request.actor, form)
    auth.update_session_auth_hash(request, request.user)
    messages.success(request, "密码已修改。在其他设备上的登录已全部退出。")
    return redirect(home_of(request.actor))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request, uidb64, token):
    """Set a password through a one-time link, and sign in. Opening the link does not use it up."""
    user = accounts.user_of_link(uidb64, token)
    if user is None:
        return render(request, "schools/link_invalid.html", {"days": accounts.LINK_DAYS}, status=410)
    form = NewPasswordForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "person": user, "is_new": not user.has_usable_password()}
        return render(request, "schools/activate.html", context, status=400 if form.errors else 200)
    accounts.set_password(user, form, request.META.get("REMOTE_ADDR") or None)
    auth.login(request, user, backend=BACKEND)
    messages.success(request, "密码已设置，您已登录。")
    return redirect(_after_sign_in(request, actor_for(user, request.session.get(SESSION_KEY))))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose_organisation(request):
    """For which organisation and in which role to act, one at a time."""
    memberships = active_memberships(request.user)
    form = ChooseOrganisationForm(request.POST or None, memberships=memberships)
    if request.method == "POST" and form.is_valid():
        return _choose(request, form.cleaned_data["membership"])
    context = {"form": form, "memberships": memberships, "next": _next(request)}
    if memberships or request.user.is_superuser:
        return render(request, "schools/choose_organisation.html", context, status=400 if form.errors else 200)
    return render(request, "schools/no_membership.html", status=403)


def _choose(request, membership):
    actor = actor_for(request.user, membership.pk, request.actor.address)
    with transaction.atomic():
        request.session[SESSION_KEY] = membership.pk
        audit.record(EventType.ORGANISATION_CHOSEN, actor, membership)
    messages.success(request, f"您现在以{membership.organisation}{membership.get_role_display()}的身份工作。")
    return redirect(_next(request) or home_of(actor))
