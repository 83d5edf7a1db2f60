"""A file that was brought into a report: where it is kept, what was proposed of it, and what became of that."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from disclosure.models.submission import Submission
from disclosure.report.enums import Decision, ImportState
from schools.enums import PROVINCE_ROLES, SCHOOL_ROLES
from schools.fields import LineField


class ImportQuerySet(models.QuerySet):
    """Which imports, by who asks."""

    def visible_to(self, actor):
        """The own school's; for the own province's office those that stand in something handed in."""
        if actor is None or actor.membership is None:
            return self.none()
        if actor.role in SCHOOL_ROLES:
            return self.filter(report__school_id=actor.membership.school_id)
        if actor.role in PROVINCE_ROLES:
            return self.filter(report__campaign__province_id=actor.membership.province_id).handed_in()
        return self.none()

    def handed_in(self):
        """Those that a handing-in was made of which the school did not take back.

        What a school tries out in its draft is no concern of the office.
        """
        later = Submission.objects.filter(report=OuterRef("report"), submitted_at__gte=OuterRef("applied_at")).exclude(
            decision=Decision.RECALLED
        )
        in_force = Q(ended_at__isnull=True) & Exists(later)
        return self.filter(in_force | Exists(later.filter(submitted_at__lt=OuterRef("ended_at"))))

    def without_texts(self):
        """For lists: without what was proposed and what stood before, which may be as long as ten reports."""
        return self.defer("proposal", "before")

    def lock_source(self, sha256: str) -> None:
        """Lock all imports of one file until the end of the transaction: none of them is cleared meanwhile.

        SQLite has locked everything when the transaction began.
        """
        list(self.filter(sha256=sha256).order_by("pk").select_for_update().values_list("pk"))

    def held_by(self, submission: Submission):
        """Those that ``submission`` was made of, newest first, for a list."""
        return (
            self.without_texts()
            .filter(
                Q(ended_at__isnull=True) | Q(ended_at__gt=submission.submitted_at),
                report=submission.report_id,
                applied_at__lte=submission.submitted_at,
            )
            .select_related("uploaded_by")
        )


class Import(models.Model):
    """One file, or one paste, on its way into a report's draft.

    The file's bytes lie in the storage under ``sha256`` (``disclosure.drafting.sources``). ``proposal`` is a
    ``disclosure.importing.proposal.Proposal`` as JSON, with the moves of the author; ``choices`` what else they chose;
    ``revision`` counts both up. ``before`` holds the parts as they stood before they were written over, with the
    version that writing gave each, and the rows for which there was no room. All four are ``drafting.imports``'s to
    read and write.
    """

    report = models.ForeignKey("disclosure.Report", models.PROTECT, related_name="imports", verbose_name="报告")
    name = LineField("文件名", max_length=200)
    sha256 = models.CharField("文件校验值", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("文件大小", help_text="字节。")
    is_pasted = models.BooleanField("粘贴的内容", default=False)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey("schools.User", models.PROTECT, related_name="+", verbose_name="上传人")
    state = models.CharField("状态", max_length=20, choices=ImportState.choices, default=ImportState.OPEN)
    applied_at = models.DateTimeField("写入时间", null=True, blank=True)
    applied_by = models.ForeignKey(
        "schools.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="写入人"
    )
    ended_at = models.DateTimeField("撤销或放弃时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        "schools.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销或放弃人"
    )
    proposal = models.JSONField("识别结果")
    choices = models.JSONField("选择", default=dict, blank=True)
    revision = models.PositiveIntegerField("改动次数", default=0)
    before = models.JSONField("写入前的内容", default=dict, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state=ImportState.OPEN),
                name="one_open_import_a_report",
                violation_error_message="这份报告还有一次没有完成的导入。",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ImportState.APPLIED, ImportState.UNDONE],
                    applied_at__isnull=False,
                    applied_by__isnull=False,
                )
                | Q(
                    state__in=[ImportState.OPEN, ImportState.ABANDONED],
                    applied_at__isnull=True,
                    applied_by__isnull=True,
                ),
                name="import_was_applied_by_somebody",
                violation_error_message="写入的导入须记下写入人和时间。",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ImportState.UNDONE, ImportState.ABANDONED],
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                )
                | Q(state__in=[ImportState.OPEN, ImportState.APPLIED], ended_at__isnull=True, ended_by__isnull=True),
                name="import_was_ended_by_somebody",
                violation_error_message="撤销或放弃的导入须记下操作人和时间。",
            ),
        ]

    def __str__(self):
        return f"{self.report}：{self.name}"

    @property
    def is_open(self) -> bool:
        return self.state == ImportState.OPEN

    @property
    def is_cleared(self) -> bool:
        """Whether its file and its texts are gone: it came to nothing, and long ago (``drafting.imports.cleanup``).

        Told by the choices, which hold something from the beginning and are not as long as the texts.
        """
        return self.ended_at is not None and not self.choices

    @property
    def is_applied(self) -> bool:
        return self.state == ImportState.APPLIED
