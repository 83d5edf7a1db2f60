"""What Django and django-axes tell of signing in, written into the audit trail."""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from schools import audit
from schools.actor import SESSION_KEY, actor_for
from schools.enums import EventType
from schools.models import User

VISITOR = "未登录的访客"


def _address(request):
    return request.META.get("REMOTE_ADDR") or None


def _actor(request, user):
    return actor_for(user, request.session.get(SESSION_KEY), _address(request))


@receiver(user_logged_in)
def _signed_in(request, user, **kwargs):
    audit.record(EventType.SIGNED_IN, _actor(request, user), user)


@receiver(user_logged_out)
def _signed_out(request, user, **kwargs):
    # Signing out twice is told of without a user.
    if user is not None:
        audit.record(EventType.SIGNED_OUT, _actor(request, user), user)


@receiver(user_login_failed)
def _failed(credentials, request=None, **kwargs):
    """The name is kept where it is an account's: what else stands there may be a password in the wrong field."""
    user = User.objects.filter(username=credentials.get("username")).first()
    audit.record(
        EventType.SIGN_IN_FAILED,
        obj=user,
        address=_address(request) if request else None,
        by=VISITOR,
        account=user.username if user else "不存在的账号",
    )


@receiver(user_locked_out)
def _locked_out(request, username, ip_address, **kwargs):
    # Each further attempt while locked is told of as well, without a count; as a failure it is recorded already.
    if request.axes_failures_since_start is None:
        return
    user = User.objects.filter(username=username).first()
    audit.record(
        EventType.LOCKED_OUT,
        obj=user,
        address=ip_address,
        by=VISITOR,
        account=user.username if user else "不存在的账号",
        failures=request.axes_failures_since_start,
    )
