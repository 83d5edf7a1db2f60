"""The person behind a request, and for which organisation and in which role they act now."""

from dataclasses import dataclass

from schools.enums import PROVINCE_ROLES, SCHOOL_ROLES, Role
from schools.models import Membership, Province, School, User

SESSION_KEY = "membership"


@dataclass(frozen=True)
class Actor:
    """Someone acting in one role for one organisation; ``user`` is None for the portal itself (loading, tasks)."""

    user: User | None
    membership: Membership | None = None
    address: str | None = None

    @property
    def is_system(self) -> bool:
        return self.user is None

    @property
    def name(self) -> str:
        return "系统" if self.is_system else self.user.name

    @property
    def role(self) -> str:
        return self.membership.role if self.membership else ""

    @property
    def school(self) -> School | None:
        return self.membership.school if self.membership else None

    @property
    def province(self) -> Province | None:
        """The province of the office or of the school acted for."""
        if self.membership is None:
            return None
        return self.membership.province or self.membership.school.province

    @property
    def organisation(self) -> str:
        return str(self.membership.organisation) if self.membership else ""

    @property
    def is_author(self) -> bool:
        return self.role == Role.AUTHOR

    @property
    def is_signatory(self) -> bool:
        return self.role == Role.SIGNATORY

    @property
    def is_reviewer(self) -> bool:
        """True for reviewers; provincial administrators review as well, since a small office has one person."""
        return self.role in PROVINCE_ROLES

    @property
    def is_province_admin(self) -> bool:
        return self.role == Role.PROVINCE_ADMIN

    @property
    def acts_for_school(self) -> bool:
        return self.role in SCHOOL_ROLES


SYSTEM = Actor(user=None)


def active_memberships(user):
    """The memberships a person may act through now, most recent first."""
    return (
        Membership.objects.filter(user=user, is_active=True)
        .exclude(school__is_active=False)
        .select_related("user", "school__province", "province")
        .order_by("-id")
    )


def actor_for(user: User, chosen: int | None = None, address: str | None = None) -> Actor:
    """``user`` acting through the membership ``chosen`` (its primary key) while it is active, else the newest one."""
    memberships = list(active_memberships(user))
    membership = next((one for one in memberships if one.pk == chosen), memberships[0] if memberships else None)
    return Actor(user=user, membership=membership, address=address)


def actor_of(request) -> Actor | None:
    """Who is asking, or None for a visitor. The session remembers the membership that was chosen."""
    if not request.user.is_authenticated:
        return None
    return actor_for(request.user, request.session.get(SESSION_KEY), request.META.get("REMOTE_ADDR") or None)
