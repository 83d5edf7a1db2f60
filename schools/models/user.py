"""People and what they do for which organisation."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from schools.enums import PROVINCE_ROLES, SCHOOL_ROLES, Role
from schools.fields import LineField


class User(AbstractUser):
    """A person who signs in. Operators are superusers; everyone else acts through a membership."""

    first_name = None
    last_name = None
    name = LineField("姓名", max_length=40)
    email = models.EmailField("电子邮箱", blank=True, help_text="用于接收通知；可以不填。")

    objects = UserManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self):
        return f"{self.name}（{self.username}）"

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class Membership(models.Model):
    """One role of one person in one school or one provincial office."""

    user = models.ForeignKey("schools.User", models.PROTECT, related_name="memberships", verbose_name="账号")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    school = models.ForeignKey(
        "schools.School",
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name="学校",
    )
    province = models.ForeignKey(
        "schools.Province",
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name="省份",
    )
    is_active = models.BooleanField("有效", default=True)
    created_at = models.DateTimeField("加入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(role__in=sorted(SCHOOL_ROLES), school__isnull=False, province__isnull=True)
                    | models.Q(role__in=sorted(PROVINCE_ROLES), school__isnull=True, province__isnull=False)
                ),
                name="membership_role_fits_organisation",
                violation_error_message="填报人和分管领导属于学校；审核人和省级管理员属于省份。",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "school"],
                name="membership_once_a_school",
                violation_error_message="此人在这所学校已经担任这个角色。",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "province"],
                name="membership_once_a_province",
                violation_error_message="此人在这个省已经担任这个角色。",
            ),
        ]

    def __str__(self):
        return f"{self.user.name} · {self.organisation} · {self.get_role_display()}"

    @property
    def organisation(self):
        """The school or the province this membership is of."""
        return self.school or self.province
