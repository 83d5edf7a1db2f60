"""A school's report of one campaign, from the first draft on: the private side."""

from django.db import models
from django.utils import timezone

from disclosure.report.enums import AUTHORS_TURN, Decision, Status
from schools.enums import PROVINCE_ROLES, SCHOOL_ROLES


class ReportQuerySet(models.QuerySet):
    """Which reports, by who asks."""

    def visible_to(self, actor):
        """The reports an actor may know of: the own school's, or the own province's."""
        if actor is None or actor.membership is None:
            return self.none()
        if actor.role in SCHOOL_ROLES:
            return self.filter(school_id=actor.membership.school_id)
        if actor.role in PROVINCE_ROLES:
            return self.filter(campaign__province_id=actor.membership.province_id)
        return self.none()

    def with_context(self):
        """Report with the school, province and campaign that every page about it names: one query."""
        return self.select_related("school__province", "campaign__province")


class Report(models.Model):
    """The report as a case that moves through the workflow. What it says lives in its sections.

    ``status`` is written by ``disclosure.workflow.transitions`` alone.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="reports", verbose_name="学校")
    campaign = models.ForeignKey("disclosure.Campaign", models.PROTECT, related_name="reports", verbose_name="填报任务")
    status = models.CharField("状态", max_length=20, choices=Status.choices, default=Status.DRAFT, db_index=True)
    status_since = models.DateTimeField("状态起始时间", default=timezone.now)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    backfilled = models.BooleanField("补录", default=False, help_text="往年已经发布、补录到本系统的报告。")
    first_submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    late_reason = models.CharField("逾期原因", max_length=500, blank=True)
    correction_reason = models.CharField(
        "更正原因", max_length=500, blank=True, help_text="更正期间不为空；发布后成为公开的更正说明。"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告"
        ordering = ["-campaign__year", "school__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "campaign"],
                name="one_report_a_school_and_campaign",
                violation_error_message="学校在这个填报任务中已经有一份报告。",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[Status.DRAFT, Status.AWAITING_SIGNOFF])
                | models.Q(first_submitted_at__isnull=False),
                name="report_past_draft_was_submitted",
                violation_error_message="没有提交过的报告不能进入审核。",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[Status.DRAFT, Status.AWAITING_SIGNOFF, Status.SUBMITTED, Status.RETURNED]
                )
                | models.Q(correction_reason=""),
                name="report_correction_ends_with_publication",
                violation_error_message="已发布的报告不在更正之中。",
            ),
        ]

    def __str__(self):
        return f"{self.school.name}{self.campaign.label}报告"

    @property
    def is_late(self) -> bool:
        return bool(self.late_reason)

    @property
    def is_correction(self) -> bool:
        return bool(self.correction_reason)

    @property
    def is_with_author(self) -> bool:
        return self.status in AUTHORS_TURN

    def open_return(self):
        """The submission whose return the school is working on, or None."""
        last = self.submissions.exclude(decision=Decision.RECALLED).order_by("-number").first()
        return last if last and last.decision == Decision.RETURNED else None

    def open_remarks(self) -> list:
        """The remarks of that return that nobody has answered yet: they keep the report from being handed in."""
        returned = self.open_return()
        return list(returned.remarks.filter(settled_at__isnull=True)) if returned else []
