"""What people say to what the checks find: the school's reasons, and the reviewer's waivers."""

from datetime import UTC

from django.db import models

from disclosure.report.enums import SectionKey, Severity
from schools.fields import LineField


class _Said(models.Model):
    """What one finding of one report was told, and by whom.

    ``key`` is the finding's (``checks.Finding.key``); rule, part and sentence are kept as they were read, so that the
    record is understood also when the finding is gone.
    """

    key = models.CharField("检查结果标识", max_length=32)
    rule = models.CharField("规则", max_length=80)
    section = models.CharField("部分", max_length=20, choices=SectionKey.choices)
    sentence = models.TextField("检查结果")
    reason = models.TextField("理由", max_length=1000)
    said_at = models.DateTimeField("写下时间", auto_now=True)
    said_by_name = LineField("写下人", max_length=80)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.sentence[:40]}：{self.reason[:40]}"

    @property
    def version(self) -> str:
        """What a form that was opened over these words names, to notice that somebody has said otherwise since."""
        return f"{self.said_at.astimezone(UTC):%Y%m%d%H%M%S%f}"


class Answer(_Said):
    """Why the school leaves a finding as it is.

    To a warning it is the explanation that the reviewer reads; to an error the request to have it waived. Saying it
    anew replaces it.
    """

    report = models.ForeignKey("disclosure.Report", models.CASCADE, related_name="answers", verbose_name="报告")
    severity = models.CharField("轻重", max_length=10, choices=Severity.choices)

    class Meta:
        verbose_name = verbose_name_plural = "对检查结果的说明"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="one_answer_a_finding"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="answer_says_why", violation_error_message="请写明理由。"
            ),
        ]

    @property
    def is_request(self) -> bool:
        """Whether it asks to waive what was an error when it was written; no explanation of a warning does."""
        return self.severity == Severity.ERROR


class Waiver(_Said):
    """The reviewer's decision on an error: whether the report may be handed in with it, and why."""

    report = models.ForeignKey("disclosure.Report", models.CASCADE, related_name="waivers", verbose_name="报告")
    is_granted = models.BooleanField("豁免")

    class Meta:
        verbose_name = verbose_name_plural = "对检查错误的豁免"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="one_waiver_a_finding"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="waiver_says_why", violation_error_message="请写明理由。"
            ),
        ]

    @property
    def decision(self) -> str:
        """What was decided, in words."""
        return "同意豁免" if self.is_granted else "不予豁免"
