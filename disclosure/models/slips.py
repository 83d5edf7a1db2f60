"""Typing slips that operators add to those the portal knows."""

from django.core.exceptions import ValidationError
from django.db import models

from schools.fields import LineField


class Slip(models.Model):
    """A wrong form and the right one; see ``checks.slips.Slip``, which rules read."""

    wrong = LineField("错误写法", max_length=30, unique=True, help_text="例如：主动公布清零。尽量写得长些，以免误报。")
    right = LineField("正确写法", max_length=30, help_text="例如：主动公布清单。")
    example = LineField("例句", max_length=100, blank=True, help_text="错误写法在报告里的样子。")
    unless = LineField(
        "例外",
        max_length=200,
        blank=True,
        help_text="含有错误写法、却没有错的较长词语，用顿号隔开；例如「的的」的例外：目的的、的的确确。",
    )
    added_at = models.DateTimeField("添加时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "错别字"
        ordering = ["wrong"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(wrong=models.F("right")),
                name="slip_differs_from_right_form",
                violation_error_message="错误写法和正确写法相同。",
            )
        ]

    def __str__(self):
        return f"{self.wrong} → {self.right}"

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The longer words in which the wrong form is right."""
        return tuple(filter(None, (one.strip() for one in self.unless.split("、"))))

    def clean(self):
        """Refuse what would never speak, or speak where nothing is wrong."""
        if any(self.wrong not in one for one in self.exceptions):
            raise ValidationError({"unless": f"每个例外都应含有「{self.wrong}」。"})
        if self.wrong and self.wrong in self.right and self.right not in self.exceptions:
            # 「公开清」 → 「公开清单」 would find itself in every right text.
            raise ValidationError({"unless": f"正确写法里含有错误写法，请把「{self.right}」列为例外。"})
        if self.example and self.wrong not in self.example:
            raise ValidationError({"example": f"例句里应有「{self.wrong}」。"})
