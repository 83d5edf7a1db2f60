"""Form fields that take what clerks type: figures in three states, dates as documents write them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from django import forms

from disclosure.models.fields import CountField, DaysField, PercentField, YuanField
from disclosure.report.document import DAY_YEARS, NOT_APPLICABLE
from schools.lines import one_line

NOT_APPLICABLE_WORD = "不适用"
_NOT_APPLICABLE_INPUTS = frozenset({"不适用", "n/a", "na", "/", "-", "--", "—", "——", "–"})
_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPING = re.compile(r"(?<=\d)[,，](?=\d{3})")


class FigureField(forms.CharField):
    """A number, nothing, or 不适用: the cleaned value is a number, None or ``"n/a"``.

    Full-width digits, blanks and thousands separators are read; 「近2000」 is not a number and is said so.
    """

    def __init__(self, *, unit: str = "", places: int = 0, maximum: Decimal, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.unit, self.places, self.maximum = unit, places, maximum
        self.widget.attrs |= {
            "inputmode": "decimal" if places else "numeric",
            "autocomplete": "off",
            "data-figure": str(places),
            "class": "figure-input",
        }

    def prepare_value(self, value):
        if value == NOT_APPLICABLE:
            return NOT_APPLICABLE_WORD
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return "" if value is None else str(value)

    def to_python(self, value):
        text = unicodedata.normalize("NFKC", super().to_python(value)).strip().lower()
        if not text:
            return None
        if text in _NOT_APPLICABLE_INPUTS:
            return NOT_APPLICABLE
        number = self._number(_GROUPING.sub("", text.replace(" ", "")))
        return number if self.places else int(number)

    def _number(self, text: str) -> Decimal:
        if not _PLAIN_NUMBER.fullmatch(text):
            words = "数字" if self.places else "整数"
            raise forms.ValidationError(f"请填{words}；没有发生填 0，与学校无关填「不适用」，不清楚就空着。")
        number = Decimal(text)
        if number > self.maximum:
            raise forms.ValidationError(f"这个数太大了，最多 {self.maximum:,}。")
        if number != round(number, self.places):
            raise forms.ValidationError(f"最多保留 {self.places} 位小数。" if self.places else "请填整数，不要小数。")
        return round(number, self.places)


def figure_field(column) -> FigureField:
    """The form field of a figure's column."""
    places = getattr(column, "places", 0)
    digits = getattr(column, "digits", 9)
    return FigureField(
        label=column.verbose_name, places=places, maximum=Decimal(10) ** (digits - places) - Decimal(10) ** -places
    )


FIGURE_COLUMNS = (CountField, YuanField, DaysField, PercentField)


class DayInput(forms.DateInput):
    """The browser's own date picker, which takes and gives ISO dates."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if value and not _is_iso(str(value)):
            # A date picker shows nothing for words that are no date; they must not vanish.
            context["widget"]["type"] = "text"
        return context


def _is_iso(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


class DayField(forms.DateField):
    """A day, as a picker gives it or as documents write it: 2023-11-17, 2023年11月17日, 2023.11.17, 2023/11/17."""

    widget = DayInput

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs["error_messages"] = {"invalid": "请填写日期，例如 2023年11月17日。"} | kwargs.get("error_messages", {})
        super().__init__(input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"], **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(" ", "")
        day = super().to_python(value)
        if day and day.year not in DAY_YEARS:
            raise forms.ValidationError(f"{day.year}年不合理，请核对年份。")
        return day


class MethodsField(forms.CharField):
    """How people were asked, one way a line or parted by 、; the cleaned value is a list of texts."""

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        parts = map(one_line, re.split(r"[、，,；;\n]", super().to_python(value)))
        methods = [part for part in parts if part]
        if any(len(method) > 200 for method in methods):
            raise forms.ValidationError("每种评议方式请不要超过 200 字，用顿号分开。")
        return methods
