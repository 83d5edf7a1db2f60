"""What happens to accounts: inviting, links, deactivating. Each step is one transaction with its audit event.

A provincial administrator manages the people who act in the own province. An account is deactivated, never deleted.
"""

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.http import urlsafe_base64_decode

from schools import audit, links, mail
from schools.actor import Actor
from schools.enums import EventType
from schools.models import Membership, Province, School, User

LINK_DAYS = settings.PASSWORD_RESET_TIMEOUT // 86400
# An account whose link has not been used yet.
NEVER_ACTIVATED = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)

OPERATORS = "系统运维人员"
NOT_ONESELF = "不能停用自己的账号或任职。如需停用，请由另一位省级管理员办理。"
NOT_ONES_OWN_ROLE = "不能修改自己的任职。如需修改，请由另一位省级管理员办理。"
ALSO_ELSEWHERE = "此人还在其他省任职，姓名、邮箱和密码须由系统运维人员办理；您可以修改或停用其在本省的任职。"
DEACTIVATED_ELSEWHERE = "此人还在其他省任职，恢复账号须由系统运维人员办理。"
DEACTIVATED = "账号已停用。请先恢复账号。"


# --- Who belongs to a province ------------------------------------------------------------------------------


def memberships_of(province: Province):
    """Every membership in a province: in its office or in one of its schools, active or not."""
    return Membership.objects.filter(Q(province=province) | Q(school__province=province))


def people_of(province: Province):
    """The people a province's administrator manages. Operators are not among them: a link for one of them would
    make the administrator an operator.
    """
    here = memberships_of(province).values("user")
    return User.objects.filter(pk__in=here, is_superuser=False)


def _is_active_elsewhere(user: User, province: Province) -> bool:
    elsewhere = Membership.objects.filter(user=user, is_active=True).exclude(
        pk__in=memberships_of(province).values("pk")
    )
    return elsewhere.exists()


# --- Rights -------------------------------------------------------------------------------------------------


def why_not_change_person(actor: Actor, user: User) -> str | None:
    """Changing name and mail address, or giving out a link that sets the password."""
    return ALSO_ELSEWHERE if _is_active_elsewhere(user, actor.province) else None


def why_not_issue_link(actor: Actor, user: User) -> str | None:
    """Giving out a link that sets the password."""
    if not user.is_active:
        return DEACTIVATED
    return why_not_change_person(actor, user)


def why_not_deactivate(actor: Actor, user: User) -> str | None:
    """Deactivating somebody's account, or one membership of it."""
    return NOT_ONESELF if user == actor.user else None


def why_not_reactivate(actor: Actor, user: User) -> str | None:
    """Letting a deactivated account in again: with it come the roles it has in other provinces."""
    return DEACTIVATED_ELSEWHERE if _is_active_elsewhere(user, actor.province) else None


def why_not_change_membership(actor: Actor, membership: Membership) -> str | None:
    """Changing role or school of a membership."""
    return NOT_ONES_OWN_ROLE if membership.user_id == actor.user.pk else None


# --- Links --------------------------------------------------------------------------------------------------


def user_of_link(uidb64: str, token: str) -> User | None:
    """Whose password a link sets, or None where it is used, expired, or of a deactivated account."""
    try:
        user = User.objects.get(pk=urlsafe_base64_decode(uidb64).decode(), is_active=True)
    except (ValueError, User.DoesNotExist):
        return None
    return user if default_token_generator.check_token(user, token) else None


def _mail_link(user: User, actor: Actor) -> None:
    if not user.email:
        return
    context = {
        "user": user,
        "link": links.PLACEHOLDER,
        "days": LINK_DAYS,
        "office": actor.province.office if actor.province else OPERATORS,
        "is_new": not user.has_usable_password(),
    }
    subject, _, body = render_to_string("emails/password_link.txt", context).strip().partition("\n")
    mail.enqueue(user.email, subject.strip(), body.strip() + "\n", obj=user, link_state=links.state_of(user))


# --- Steps --------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(actor: Actor, user: User, membership: Membership) -> str:
    """Save a new account with its first membership, both unsaved so far; return the link that activates it."""
    user.set_unusable_password()
    user.save()
    membership.user = user
    membership.save()
    link = links.make(user)
    audit.record(
        EventType.ACCOUNT_INVITED,
        actor,
        user,
        role=membership.get_role_display(),
        organisation=str(membership.organisation),
    )
    _mail_link(user, actor)
    return link


@transaction.atomic
def issue_link(actor: Actor, user: User) -> str:
    """A new link for an account; one that was never activated loses its older links."""
    if not user.has_usable_password():
        # The random part of an unusable password goes into the token.
        user.set_unusable_password()
        user.save(update_fields=["password"])
    link = links.make(user)
    audit.record(EventType.LINK_ISSUED, actor, user)
    _mail_link(user, actor)
    return link


@transaction.atomic
def set_password(user: User, form, address: str | None) -> None:
    """Save the password of a valid ``SetPasswordForm`` reached through a link."""
    type = EventType.PASSWORD_CHANGED if user.has_usable_password() else EventType.ACCOUNT_ACTIVATED
    form.save()
    audit.record(type, Actor(user, user.memberships.filter(is_active=True).first(), address), user)


@transaction.atomic
def change_password(actor: Actor, form) -> None:
    """Save the new password of a valid ``PasswordChangeForm``."""
    form.save()
    audit.record(EventType.PASSWORD_CHANGED, actor, actor.user)


@transaction.atomic
def change_person(actor: Actor, user: User, changes: dict) -> None:
    """Save name and mail address; ``changes`` are as told by ``forms.changes_of``."""
    user.save(update_fields=["name", "email"])
    audit.record(EventType.ACCOUNT_CHANGED, actor, user, **changes)


@transaction.atomic
def save_membership(actor: Actor, membership: Membership, before: str = "") -> None:
    """Save a new or changed membership; ``before`` says what it was."""
    membership.save()
    audit.record(EventType.ACCOUNT_CHANGED, actor, membership.user, before=before, after=str(membership))


@transaction.atomic
def end_membership(actor: Actor, membership: Membership) -> None:
    """End one membership; the account stays."""
    Membership.objects.filter(pk=membership.pk).update(is_active=False)
    audit.record(EventType.ACCOUNT_CHANGED, actor, membership.user, ended=str(membership))


@transaction.atomic
def restore_membership(actor: Actor, membership: Membership) -> None:
    """Let a membership that was ended hold again."""
    Membership.objects.filter(pk=membership.pk).update(is_active=True)
    audit.record(EventType.ACCOUNT_CHANGED, actor, membership.user, restored=str(membership))


@transaction.atomic
def deactivate(actor: Actor, user: User) -> None:
    """Shut an account out at once: its sessions end with its next request.

    Who is still active in another province keeps the account, and loses what it reaches in this one.
    """
    if _is_active_elsewhere(user, actor.province):
        memberships_of(actor.province).filter(user=user).update(is_active=False)
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    audit.record(EventType.ACCOUNT_DEACTIVATED, actor, user)


@transaction.atomic
def reactivate(actor: Actor, user: User) -> None:
    """Let an account in again, in the memberships it had."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    audit.record(EventType.ACCOUNT_REACTIVATED, actor, user)


@transaction.atomic
def save_school(actor: Actor, school: School, changes: dict) -> None:
    """Save a new or changed school."""
    type = EventType.SCHOOL_ADDED if school._state.adding else EventType.SCHOOL_CHANGED
    school.save()
    audit.record(type, actor, school, **changes)
