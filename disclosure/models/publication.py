"""The public side: what was published, for good."""

from django.db import models
from django.urls import reverse

from disclosure.models.fields import PublicLineField, PublicTextField
from disclosure.report.document import Document
from schools.fields import LineField
from schools.models import AppendOnlyError


class PublicationQuerySet(models.QuerySet):
    """Which publications the public sees."""

    def current(self):
        """The newest version of each school and year, unless it is withdrawn."""
        newer = type(self)(self.model).filter(
            school=models.OuterRef("school"),
            year=models.OuterRef("year"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(newer), withdrawal__isnull=True)

    def at(self, slug: str, year: int):
        """All versions at one public address, newest first, withdrawn or not."""
        return (
            self.filter(school__slug=slug, year=year)
            .select_related("school__province", "withdrawal")
            .order_by("-number")
        )


class Publication(models.Model):
    """One published version of a report: an immutable public document. A correction is a new one.

    A trigger in the database refuses UPDATE and DELETE. Names are kept as they were on the day of publication.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="publications", verbose_name="学校")
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveSmallIntegerField("版本")
    title = PublicLineField("标题", max_length=200)
    label = PublicLineField("填报年度", max_length=40)
    document = models.JSONField("内容")
    sha256 = models.CharField("内容校验值", max_length=64)
    backfilled = models.BooleanField("补录", default=False)
    change_note = PublicTextField("更正说明", max_length=500, blank=True)
    published_at = models.DateTimeField("发布时间", db_index=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发布版本"
        ordering = ["-year", "-published_at", "-id"]
        indexes = [models.Index(fields=["-year", "-published_at", "-id"], name="publication_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "number"], name="publication_version_once"),
            models.CheckConstraint(
                condition=models.Q(number=1, change_note="") | (models.Q(number__gt=1) & ~models.Q(change_note="")),
                name="a_later_version_says_why",
                violation_error_message="更正后的版本须有更正说明。",
            ),
        ]

    def __str__(self):
        return f"{self.title}（第{self.number}版）" if self.number > 1 else self.title

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError("A publication cannot be changed; a correction is a new one.")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("public:report", args=[self.school.slug, self.year])

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("A publication cannot be deleted; it can be withdrawn.")

    @property
    def own_withdrawal(self) -> "Withdrawal | None":
        """That this very version was taken down, or None."""
        return getattr(self, "withdrawal", None)

    def read(self) -> Document:
        """The public document.

        Masked once more: what is known to be private today may not have been on the day of publication.
        """
        return Document.read(self.document).public()


class Withdrawal(models.Model):
    """That one version was taken down, when and why: its address answers 410 for good.

    While the newest version has one, every address of the report answers 410; an older version may have one alone.
    """

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="withdrawal", verbose_name="发布版本")
    reason = PublicTextField("撤回原因", max_length=500, help_text="将向公众显示。")
    withdrawn_at = models.DateTimeField("撤回时间", auto_now_add=True)
    withdrawn_by_name = LineField("撤回人", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "撤回公开"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="withdrawal_says_why",
                violation_error_message="请写明撤回原因。",
            )
        ]

    def __str__(self):
        return f"{self.publication} 撤回"
