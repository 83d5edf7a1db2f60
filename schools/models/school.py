"""A college or university that reports."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from schools.enums import Level, Ownership
from schools.fields import LineField

# As in ``disclosure.report.document.SchoolHead``.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class School(models.Model):
    """A college or university. It is deactivated when it closes or merges, never deleted."""

    province = models.ForeignKey("schools.Province", models.PROTECT, related_name="schools", verbose_name="省份")
    name = LineField("学校名称", max_length=60, unique=True)
    slug = models.SlugField(
        "网址名称", max_length=80, unique=True, help_text="校名的拼音，用于公开网址，例如 hunan-daxue。"
    )
    code = models.CharField(
        "学校标识码",
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^\d{10}\Z", "学校标识码是十位数字。")],
        help_text="教育部编制的十位代码；暂时没有可以不填。",
    )
    city = LineField("所在城市", max_length=30, blank=True)
    level = models.CharField("办学层次", max_length=20, choices=Level.choices, blank=True)
    ownership = models.CharField("办学性质", max_length=20, choices=Ownership.choices, blank=True)
    is_active = models.BooleanField("参加填报", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "学校"
        ordering = ["province__code", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__isnull=True) | ~models.Q(code=""),
                name="school_code_is_null_when_unknown",
                violation_error_message="没有学校标识码时请留空。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("public:school", args=[self.slug])

    def clean_fields(self, exclude=None):
        """Hold the slug to the form of the interchange format as well (Django's own rule lets ``a_b`` and ``-a`` by),
        and let no name pass that a spreadsheet would take for a formula when the list of schools is exported.
        """
        super().clean_fields(exclude)
        errors = {
            name: f"不能以「{getattr(self, name)[0]}」开头。"
            for name in ("name", "city")
            if name not in (exclude or ()) and getattr(self, name).startswith(_FORMULA)
        }
        if "slug" not in (exclude or ()) and not _SLUG.fullmatch(self.slug):
            errors["slug"] = "只能用小写字母、数字和连字符，例如 hunan-daxue。"
        if errors:
            raise ValidationError(errors)

    def clean(self):
        # A form posts "" for an empty code; "" twice would break uniqueness.
        self.code = self.code or None
