"""The audit trail: who did what, when, to which thing. Rows are only ever added."""

from django.db import models

from schools.enums import EventType
from schools.fields import LineField


class AppendOnlyError(Exception):
    """Raised by an attempt to change or delete a row that is history."""


class Event(models.Model):
    """One thing that happened.

    Without foreign keys, so that history neither blocks nor vanishes with the data it tells of. A trigger in the
    database refuses UPDATE and DELETE as well (see ``schools.guards``).
    """

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    type = models.CharField("事件", max_length=30, choices=EventType.choices, db_index=True)
    actor_id = models.BigIntegerField("账号编号", null=True)
    actor_name = LineField("操作人", max_length=80, blank=True)
    role = models.CharField("角色", max_length=20, blank=True)
    organisation = LineField("单位", max_length=80, blank=True)
    province_code = models.CharField("省份代码", max_length=2, blank=True, db_index=True)
    object_type = models.CharField("对象类型", max_length=30, blank=True)
    object_id = models.BigIntegerField("对象编号", null=True)
    object_label = LineField("对象", max_length=200, blank=True)
    detail = models.JSONField("详情", default=dict, blank=True)
    address = models.GenericIPAddressField("网络地址", null=True)

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id", "-id"], name="event_of_object")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.get_type_display()} {self.object_label}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError("An event is history and cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("An event is history and cannot be deleted.")
