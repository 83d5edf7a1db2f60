"""What was handed in, and what the reviewer said to it."""

from collections import Counter
from collections.abc import Iterable

from django.db import models

from disclosure.report.document import Document
from disclosure.report.enums import Decision, SectionKey
from schools.fields import LineField


class Submission(models.Model):
    """The frozen document of one handing-in, complete with what is private, what was found of it, and the decision on it.

    ``document``, ``sha256`` and ``findings`` never change (a trigger refuses it); ``frozen`` reads the last. The
    decision is written once by the workflow; a return, and what waits for a decision, end with the correction they
    belong to where that is given up or its report withdrawn.
    """

    report = models.ForeignKey("disclosure.Report", models.PROTECT, related_name="submissions", verbose_name="报告")
    number = models.PositiveSmallIntegerField("第几次提交")
    document = models.JSONField("内容")
    sha256 = models.CharField("内容校验值", max_length=64)
    findings = models.JSONField(
        "提交时的检查结果",
        default=list,
        blank=True,
        help_text="每项有规则、轻重、部分、检查结果、学校的说明、审核人的豁免理由。",
    )
    submitted_at = models.DateTimeField("提交时间", auto_now_add=True)
    submitted_by_name = LineField("提交人", max_length=80)
    signed_by_name = LineField("签发人", max_length=80, blank=True)
    decision = models.CharField("处理结果", max_length=20, choices=Decision.choices, default=Decision.PENDING)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by_name = LineField("处理人", max_length=80, blank=True)
    comment = models.TextField("处理意见", blank=True)
    publication = models.OneToOneField(
        "disclosure.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submission",
        verbose_name="发布版本",
    )

    class Meta:
        verbose_name = verbose_name_plural = "提交记录"
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="submission_number_once"),
            models.UniqueConstraint(
                fields=["report"],
                condition=models.Q(decision=Decision.PENDING),
                name="one_pending_submission",
                violation_error_message="上一次提交还没有处理。",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.PENDING, decided_at__isnull=True)
                | (~models.Q(decision=Decision.PENDING) & models.Q(decided_at__isnull=False)),
                name="submission_decision_has_its_time",
                violation_error_message="处理结果和处理时间须同时填写。",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision=Decision.RETURNED) | ~models.Q(comment=""),
                name="return_carries_a_comment",
                violation_error_message="退回修改须说明意见。",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.APPROVED, publication__isnull=False)
                | (~models.Q(decision=Decision.APPROVED) & models.Q(publication__isnull=True)),
                name="approval_is_a_publication",
                violation_error_message="审核通过的报告即发布。",
            ),
        ]

    def __str__(self):
        return f"{self.report} 第{self.number}次提交"

    def read(self) -> Document:
        """The document as handed in."""
        return Document.read(self.document)


class Remark(models.Model):
    """What the reviewer asks of one part of a submission, and the school's answer.

    The school sees it once the submission is returned; a part with a remark is a part that may be edited then.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="remarks", verbose_name="提交记录")
    section = models.CharField("部分", max_length=20, choices=SectionKey.choices)
    text = models.TextField("审核意见", max_length=2000)
    created_at = models.DateTimeField("写下时间", auto_now_add=True)
    created_by = models.ForeignKey(
        "schools.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人账号"
    )
    created_by_name = LineField("审核人", max_length=80)
    answer = models.TextField("学校答复", max_length=2000, blank=True)
    settled_at = models.DateTimeField("处理完毕时间", null=True, blank=True)
    settled_by_name = LineField("答复人", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True) | ~models.Q(answer=""),
                name="settled_remark_has_an_answer",
                violation_error_message="标为已处理之前，请写明如何处理。",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="remark_says_something",
                violation_error_message="请写明审核意见。",
            ),
        ]

    def __str__(self):
        return f"{self.get_section_display()}：{self.text[:40]}"

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    def is_by(self, user) -> bool:
        """Whether ``user`` wrote it. By the account, not by the name: two people may have one name."""
        return user is not None and self.created_by_id == user.pk

    def author_for(self, user) -> str:
        """Who wrote it, as ``user`` is told: 您, or the colleague's name."""
        if self.is_by(user):
            return "您"
        namesake = self.created_by_id and user is not None and self.created_by_name == user.name
        return f"另一位{self.created_by_name}" if namesake else self.created_by_name


def written_by(remarks: Iterable[Remark], user) -> str:
    """How many of ``remarks`` each person wrote, ``user`` in front: 「您写了 2 条，李审核写了 1 条审核意见」."""
    counts = Counter(remark.author_for(user) for remark in sorted(remarks, key=lambda one: not one.is_by(user)))
    return "，".join(f"{author}写了 {count} 条" for author, count in counts.items()) + "审核意见"
