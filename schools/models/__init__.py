"""Who takes part, what each did, and what each was told."""

from schools.models.event import AppendOnlyError, Event
from schools.models.mail import OutgoingMail
from schools.models.province import Province
from schools.models.school import School
from schools.models.user import Membership, User

__all__ = ["AppendOnlyError", "Event", "Membership", "OutgoingMail", "Province", "School", "User"]
