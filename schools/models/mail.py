"""The outbox: a mail is a row first, sent after the commit, retried until it is gone or given up."""

from django.db import models
from django.utils import timezone

from schools.enums import MailStatus
from schools.fields import LineField


class OutgoingMailQuerySet(models.QuerySet):
    """Mails by how they stand."""

    def in_status(self, status: MailStatus):
        """the mails in one status; every mail is in exactly one."""
        return {
            MailStatus.SENT: self.filter(sent_at__isnull=False),
            MailStatus.WAITING: self.filter(sent_at__isnull=True, given_up=False),
            MailStatus.FAILED: self.filter(sent_at__isnull=True, given_up=True),
        }[status]


class OutgoingMail(models.Model):
    """A mail to one person.

    ``body`` holds no link that sets a password: where ``link_state`` is given, one is put in when the mail goes out.
    """

    to = models.EmailField("收件人")
    subject = LineField("主题", max_length=200)
    body = models.TextField("正文")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    due_at = models.DateTimeField("下次发送时间", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("已尝试次数", default=0)
    last_error = LineField("最近一次错误", max_length=300, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    given_up = models.BooleanField("已放弃", default=False)
    event = LineField("事件", max_length=30, blank=True, help_text="告知的是哪一种事件；账号的邮件没有。")
    object_type = models.CharField("对象类型", max_length=30, blank=True)
    object_id = models.BigIntegerField("对象编号", null=True, blank=True)
    # What the account was like that the link is for (``schools.links.state_of``). Once it has changed, the link that
    # was issued would have ended, and the mail is not sent any more.
    link_state = LineField("链接对应的账号状态", max_length=64, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知邮件"
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

    @property
    def status(self) -> MailStatus:
        """How the mail stands."""
        if self.sent_at:
            return MailStatus.SENT
        return MailStatus.FAILED if self.given_up else MailStatus.WAITING
