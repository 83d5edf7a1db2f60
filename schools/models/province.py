"""A province and the office in it that reviews."""

from django.core.validators import RegexValidator
from django.db import models

from schools.fields import LineField


class Province(models.Model):
    """A province, region or municipality; its office issues campaigns and reviews reports."""

    code = models.CharField(
        "行政区划代码",
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[1-9]\d\Z", "请填写两位数字，例如 43。")],
        help_text="GB/T 2260 的前两位，例如 43。",
    )
    name = LineField("省份名称", max_length=30, unique=True)
    office = LineField("审核单位", max_length=60, help_text="例如：湖南省教育厅办公室。")

    class Meta:
        verbose_name = verbose_name_plural = "省份"
        ordering = ["code"]

    def __str__(self):
        return self.name
