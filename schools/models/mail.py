"""The outbox: a mail is a row first, sent after the commit, retried until it is gone or given up."""

from django.db import models
from django.utils import timezone

from schools.fields import LineField


class OutgoingMail(models.Model):
    """A mail to one person."""

    to = models.EmailField("收件人")
    subject = LineField("主题", max_length=200)
    body = models.TextField("正文")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    due_at = models.DateTimeField("下次发送时间", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("已尝试次数", default=0)
    last_error = LineField("最近一次错误", max_length=300, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    given_up = models.BooleanField("已放弃", default=False)
    object_type = models.CharField("对象类型", max_length=30, blank=True)
    object_id = models.BigIntegerField("对象编号", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待发邮件"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, given_up=False),
                name="mail_waiting",
            )
        ]

    def __str__(self):
        return f"{self.to}：{self.subject}"
