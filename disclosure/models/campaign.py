"""One year's task of reporting in one province."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from disclosure.report.document import EARLIEST_YEAR, LATEST_YEAR
from schools.fields import LineField


class Campaign(models.Model):
    """What a province asks of its schools in one year, and until when."""

    province = models.ForeignKey("schools.Province", models.PROTECT, related_name="campaigns", verbose_name="省份")
    year = models.PositiveSmallIntegerField(
        "年份",
        validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)],
        help_text="报告应报送的年份；2022-2023学年度的报告填 2023。",
    )
    label = LineField("填报年度", max_length=40, help_text="写在报告标题里，例如：2022-2023学年度。")
    period_start = models.DateField("统计期限开始")
    period_end = models.DateField("统计期限结束")
    opens_on = models.DateField("开放填报日期")
    closes_on = models.DateField("截止日期", help_text="当天仍可按时提交；之后提交须说明原因，并记为逾期。")
    addressee = LineField("主送机关", max_length=100, blank=True, help_text="例如：湖北省教育厅办公室。可以不填。")
    guidance = models.JSONField("填写说明", default=dict, blank=True)
    severities = models.JSONField(
        "检查规则的轻重", default=dict, blank=True, help_text="省里另定的轻重，按规则；没有列出的按系统的。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "填报任务"
        ordering = ["-year", "province__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "year"],
                name="one_campaign_a_province_and_year",
                violation_error_message="这一年的填报任务已经建立。",
            ),
            models.CheckConstraint(
                condition=models.Q(period_start__lte=models.F("period_end")),
                name="campaign_period_runs_forward",
                violation_error_message="统计期限的结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on")),
                name="campaign_closes_after_opening",
                violation_error_message="截止日期不能早于开放填报日期。",
            ),
        ]

    def __str__(self):
        return f"{self.province.name}{self.label}"

    @property
    def is_open(self) -> bool:
        """Whether writing has begun; it does not end, since a late report is better than none."""
        return timezone.localdate() >= self.opens_on

    @property
    def is_overdue(self) -> bool:
        return timezone.localdate() > self.closes_on

    @property
    def days_left(self) -> int:
        """Whole days until the closing date, 0 on the day itself, negative afterwards."""
        return (self.closes_on - timezone.localdate()).days

    @property
    def days_overdue(self) -> int:
        """Whole days since the closing date, 0 until then."""
        return max(0, -self.days_left)

    def guidance_for(self, key: str) -> str:
        """The province's own guidance for one part of the report, plain text, or ""."""
        return self.guidance.get(key, "")
