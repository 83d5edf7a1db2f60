"""Who is editing what right now."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from disclosure.report.enums import SectionKey

FRESH = timedelta(seconds=60)


class Presence(models.Model):
    """A person who has a section open; fresh for a minute after the browser's last sign of life.

    ``section`` is "" for a reviewer, who has the whole report open: authors and reviewers never see each other.
    """

    report = models.ForeignKey("disclosure.Report", models.CASCADE, related_name="presences")
    section = models.CharField(max_length=20, choices=SectionKey.choices, blank=True)
    user = models.ForeignKey("schools.User", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "section", "user"], name="presence_once")]

    def __str__(self):
        return f"{self.user.name} {self.report_id} {self.section}"

    @classmethod
    def note(cls, report, section: str, user) -> list[str]:
        """Say that ``user`` has the section open; the names of the others who do."""
        cls.objects.update_or_create(report=report, section=section, user=user, defaults={"seen_at": timezone.now()})
        return cls.others(report, section, user)

    @classmethod
    def others(cls, report, section: str, user) -> list[str]:
        """The names of those besides ``user`` who have the section open."""
        fresh = cls.objects.filter(report=report, section=section, seen_at__gt=timezone.now() - FRESH)
        return list(fresh.exclude(user=user).order_by("user__name").values_list("user__name", flat=True))

    @classmethod
    def leave(cls, report, section: str, user) -> None:
        """Say that ``user`` has closed the section."""
        cls.objects.filter(report=report, section=section, user=user).delete()
